"""For programs: every file with its findings, the rules that found nothing and those that could not be evaluated."""

import json
from typing import Any

from pv_extract import __version__
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import message


def render(report: Report) -> str:
    """The report as a JSON object."""
    content = {
        "version": __version__,
        "summary": {
            "files": len(report.files),
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "infos": report.count("info"),
            "accepted": report.accepted,
        },
        "files": [file_of(file) for file in report.files],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def file_of(file: Checked) -> dict[str, Any]:
    """One file."""
    return {
        "path": file.path,
        "minutes": file.minutes,
        "problem": words(*file.problem) if file.problem else None,
        "findings": [finding_of(each) for each in file.found],
        "skipped": [{"rule": each.rule, "reason": words(*each.reason)} for each in file.skipped],
        "passed": list(file.passed),
    }


def finding_of(each: Reported) -> dict[str, Any]:
    """One finding; ``span`` in characters of the text as read, ``page`` and ``line`` from 1."""
    finding = each.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": message(finding),
        "articles": list(finding.articles),
        "pointer": finding.pointer,
        "span": finding.span,
        "quote": finding.quote,
        "context": finding.context,
        "page": finding.page,
        "line": finding.line,
        "unsure": finding.unsure,
        "fingerprint": each.fingerprint,
    }
