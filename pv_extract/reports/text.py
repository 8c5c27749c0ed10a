"""For people at a terminal: findings by file, each with its place, its article and the words it rests on."""

from collections.abc import Iterator, Sequence

import click

from pv_extract.checks import Severity, Skipped, Words
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import articles, message, name_of, place, told

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}
QUOTED = 100  # characters of a quote that are shown


def render(report: Report) -> str:
    """The whole report, without colours; nothing where nothing was found."""
    return click.unstyle("".join(group(file) for file in report.files) + summary(report))


def group(file: Checked, skipped: bool = False) -> str:
    """One file's findings, and on demand the rules that could not be evaluated; nothing where there are none."""
    lines = [line for each in file.found for line in lines_of(each)]
    if skipped:
        lines += [click.style(f"  {line}", dim=True) for line in not_evaluated(file.skipped)]
    if file.problem:
        lines.append(f"  {click.style(words(*file.problem), fg='red')}")
    return "\n".join([click.style(file.path, bold=True), *lines, "", ""]) if lines else ""


def lines_of(each: Reported) -> Iterator[str]:
    """A finding in two lines: place, severity, rule, message, article; then the quote."""
    finding = each.finding
    severity = click.style(f"{name_of(finding.severity):<7}", fg=COLOURS[finding.severity])
    law = click.style(f"  ({articles(finding.articles)})", dim=True) if finding.articles else ""
    where = place(finding) + words(": ", " : ") if place(finding) else ""
    yield f"  {severity}  {click.style(finding.rule, bold=True)}  {where}{message(finding)}{law}"
    if finding.quote:
        yield f"           « {marked(shortened(told(finding), finding.quote), finding.quote)} »"


def shortened(line: str, quote: str) -> str:
    """A line as wide as can be shown, around its quote; of a quote that is longer, the middle is left out."""
    words_of_quote = " ".join(quote.split())
    if len(line) <= QUOTED:
        return line
    if len(words_of_quote) > QUOTED:
        return f"{words_of_quote[: QUOTED // 2]} […] {words_of_quote[-QUOTED // 2 :]}"
    first = max(0, min(line.find(words_of_quote) - (QUOTED - len(words_of_quote)) // 2, len(line) - QUOTED))
    before, after = ("[…]" if first else ""), ("[…]" if first + QUOTED < len(line) else "")
    return f"{before}{line[first : first + QUOTED]}{after}"


def marked(line: str, quote: str) -> str:
    """A line with its quote in bold, the words around it dim."""
    before, found, after = line.partition(" ".join(quote.split()))
    return "".join(click.style(part, dim=part != found, bold=part == found) for part in (before, found, after) if part)


def not_evaluated(skipped: Sequence[Skipped]) -> Iterator[str]:
    """The rules that were not evaluated, by reason."""
    rules: dict[Words, list[str]] = {}
    for each in skipped:
        rules.setdefault(each.reason, []).append(each.rule)
    for reason, ids in rules.items():
        listed = ", ".join(ids)
        yield words(f"not evaluated, {reason.en}: {listed}", f"non évaluées, {reason.fr} : {listed}")


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
