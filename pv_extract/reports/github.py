"""Annotations of GitHub Actions: workflow commands on stdout, the gravest first, since only ten of a kind are shown."""

from pv_extract.checks import Severity
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.text import summary
from pv_extract.reports.wording import sentence

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """One annotation a finding and one a file that could not be read, then the figures."""
    unread = [annotation("error", file, words(*file.problem), title="") for file in report.files if file.problem]
    found = sorted(report.findings(), key=lambda pair: list(COMMANDS).index(pair[1].finding.severity))
    lines = [*unread, *(annotated(file, each) for file, each in found)]
    return "".join(f"{line}\n" for line in lines) + summary(report)


def annotated(file: Checked, each: Reported) -> str:
    """The annotation of a finding."""
    finding = each.finding
    return annotation(COMMANDS[finding.severity], file, sentence(finding), finding.rule, finding.line)


def annotation(command: str, file: Checked, text: str, title: str, line: int | None = None) -> str:
    """A workflow command: ``::error file=…,line=…,title=…::text``."""
    fields = {"file": file.path, "line": str(line or 1), "title": f"pv-extract {title}".strip()}
    properties = ",".join(f"{name}={escaped_property(value)}" for name, value in fields.items())
    return f"::{command} {properties}::{escaped(text)}"


def escaped(text: str) -> str:
    """Text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """The value of a property as a workflow command takes it."""
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
