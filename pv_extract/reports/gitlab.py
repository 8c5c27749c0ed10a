"""The code quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

import json
from hashlib import sha256
from typing import Any

from pv_extract.checks import Severity
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import sentence

SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """A JSON array, empty where nothing was found; a file that could not be read is a blocker."""
    unread = [problem(file, words(*file.problem)) for file in report.files if file.problem]
    found = [issue(file, each) for file, each in report.findings()]
    return json.dumps([*unread, *found], ensure_ascii=False, indent=1) + "\n"


def issue(file: Checked, each: Reported) -> dict[str, Any]:
    """One finding."""
    finding = each.finding
    return {
        "description": sentence(finding),
        "check_name": finding.rule,
        "fingerprint": each.fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": file.path, "lines": {"begin": finding.line or 1}},
    }


def problem(file: Checked, text: str) -> dict[str, Any]:
    """One file that could not be read."""
    return {
        "description": text,
        "check_name": "unreadable",
        "fingerprint": sha256(f"unreadable\n{file.path}".encode("utf-8", "surrogateescape")).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": file.path, "lines": {"begin": 1}},
    }
