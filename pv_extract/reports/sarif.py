"""SARIF 2.1.0 (OASIS), as code scanning reads it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

import json
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from pv_extract import __version__
from pv_extract.checks import Finding, Severity, Sheet, sheets
from pv_extract.messages import in_french, words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import articles, message, told

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
CODE = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070633"  # code général des collectivités territoriales
ARTICLE = "https://www.legifrance.gouv.fr/search/code?tab_selection=code&searchField=NUM_ARTICLE&query="


def render(report: Report) -> str:
    """The report as a SARIF log of one run."""
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run(report)]}, ensure_ascii=False, indent=1) + "\n"
    )


def run(report: Report) -> dict[str, Any]:
    """The one run: the rules, what was found, which files could not be read."""
    problems = [(file, words(*file.problem)) for file in report.files if file.problem]
    invocation: dict[str, Any] = {"executionSuccessful": not problems}
    if problems:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": text}, "locations": [{"physicalLocation": artifact(file)}]}
            for file, text in problems
        ]
    return {
        "tool": {"driver": driver()},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [result(file, each) for file, each in report.findings()],
    }


def driver() -> dict[str, Any]:
    """The tool and its rules."""
    return {
        "name": "pv-extract",
        "semanticVersion": __version__,
        "language": "fr" if in_french() else "en",
        "rules": [rule(sheet) for sheet in sheets().values()],
    }


def rule(sheet: Sheet) -> dict[str, Any]:
    """A rule, with its explanation and where its article can be read."""
    law = articles(sheet.articles)
    explanation = words(*sheet.explanation)
    return {
        "id": sheet.id,
        "shortDescription": {"text": words(*sheet.title)},
        "fullDescription": {"text": explanation},
        "help": {"text": f"{explanation}{f' ({law})' if law else ''}"},
        "helpUri": f"{ARTICLE}{quote(sheet.articles[0])}" if sheet.articles else CODE,
    }


def result(file: Checked, each: Reported) -> dict[str, Any]:
    """A finding, with its place in the text, its place in the record, and its fingerprint."""
    finding = each.finding
    location: dict[str, Any] = {"physicalLocation": {**artifact(file), "region": region(finding)}}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": list(sheets()).index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": message(finding)},
        "locations": [location],
        "partialFingerprints": {"pvExtract/v1": each.fingerprint, "primaryLocationLineHash": each.fingerprint},
        "properties": {"page": finding.page},
    }


def artifact(file: Checked) -> dict[str, Any]:
    """Where a file is: relative to the sources' root where it is below it."""
    uri = quote(file.path.encode("utf-8", "surrogateescape"))
    if PurePosixPath(file.path).is_absolute():
        return {"artifactLocation": {"uri": f"file://{uri}"}}
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}


def region(finding: Finding) -> dict[str, Any]:
    """The line in the text as read, the first where only the record was at hand."""
    place: dict[str, Any] = {"startLine": finding.line or 1}
    return {**place, "snippet": {"text": told(finding)}} if finding.quote else place
