"""How the formats put a finding into words, in the user's language."""

from collections.abc import Sequence

from pv_extract.checks import Finding, Severity
from pv_extract.messages import words


def message(finding: Finding) -> str:
    """What was found."""
    return words(*finding.message)


def place(finding: Finding) -> str:
    """Page and line, where they are known: « p. 2, l. 41 »."""
    parts = []
    if finding.page is not None:
        parts.append(f"p. {finding.page}")
    if finding.line is not None:
        parts.append(f"l. {finding.line}")
    return ", ".join(parts)


def articles(known: Sequence[str]) -> str:
    """The articles that a rule stands on, none for a rule of plain logic: « CGCT L2121-15, L3121-13 »."""
    return f"CGCT {', '.join(known)}" if known else ""


def told(finding: Finding) -> str:
    """The words that a finding rests on, in their line where it is known; empty where there are none."""
    return finding.context or " ".join((finding.quote or "").split())


def sentence(finding: Finding) -> str:
    """Rule, message, article, quote and place: all of a finding in one line."""
    law = articles(finding.articles)
    quote = f" « {told(finding)} »" if finding.quote else ""
    where = f" ({place(finding)})" if place(finding) else ""
    return f"{finding.rule} {message(finding)}{f' ({law})' if law else ''}{quote}{where}"


def name_of(severity: Severity) -> str:
    """A severity in the user's language."""
    return {
        "error": words("error", "erreur"),
        "warning": words("warning", "alerte"),
        "info": words("info", "info"),
    }[severity]
