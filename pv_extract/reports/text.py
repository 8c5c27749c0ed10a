"""For people at a terminal: findings by file, each with its place, its article and the words it rests on."""

from collections.abc import Iterator

import click

from pv_extract.checks import Severity
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import articles, message, name_of, place

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
QUOTED = 100  # characters of a quote that are shown


def render(report: Report) -> str:
    """The whole report, without colours; nothing where nothing was found."""
    return click.unstyle("".join(group(file) for file in report.files) + summary(report))


def group(file: Checked, skipped: bool = False) -> str:
    """One file's findings, and on demand the rules that could not be evaluated; nothing where there are none."""
    lines = [line for each in file.found for line in lines_of(each)]
    if skipped:
        lines += [
            click.style(f"  {each.rule}  {not_evaluated(words(*each.reason))}", dim=True) for each in file.skipped
        ]
    if file.problem:
        lines.append(f"  {click.style(words(*file.problem), fg='red')}")
    return "\n".join([click.style(file.path, bold=True), *lines, "", ""]) if lines else ""


def lines_of(each: Reported) -> Iterator[str]:
    """A finding in two lines: place, severity, rule, message, article; then the quote."""
    finding = each.finding
    severity = click.style(f"{name_of(finding.severity):<7}", fg=COLOURS[finding.severity])
    law = click.style(f"  ({articles(finding.rule)})", dim=True) if articles(finding.rule) else ""
    where = place(finding) + words(": ", " : ") if place(finding) else ""
    yield f"  {severity}  {click.style(finding.rule, bold=True)}  {where}{message(finding)}{law}"
    if finding.quote:
        yield click.style(f"           « {shortened(finding.quote)} »", dim=True)


def shortened(quote: str) -> str:
    """A quote on one line, its middle left out where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED // 2]} […] {line[-QUOTED // 2 :]}"


def not_evaluated(reason: str) -> str:
    """Why a rule was not evaluated."""
    return words(f"not evaluated: {reason}", f"non évaluée : {reason}")


def summary(report: Report) -> str:
    """One line of figures; nothing where nothing was found."""
    if not any(file.found or file.problem for file in report.files):
        return ""
    errors, warnings, notes = (report.count(severity) for severity in ("error", "warning", "info"))
    touched = sum(bool(file.found) for file in report.files)
    unread = sum(bool(file.problem) for file in report.files)
    line = words(
        f"errors: {errors}, warnings: {warnings}, infos: {notes}; files: {touched} of {len(report.files)}",
        f"erreurs : {errors}, alertes : {warnings}, infos : {notes} ; fichiers : {touched} sur {len(report.files)}",
    )
    line += words(f", unreadable: {unread}", f", illisibles : {unread}") if unread else ""
    return line + accepted(report.accepted) + "\n"


def accepted(number: int) -> str:
    """How many findings the baseline holds back."""
    return words(f"; accepted in the baseline: {number}", f" ; admis dans la référence : {number}") if number else ""
