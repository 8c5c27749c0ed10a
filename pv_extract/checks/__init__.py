"""The rules of minutes: what contradicts itself, and which mention the law asks for was not found."""

from pv_extract.checks import attendance, contents
from pv_extract.checks.contract import Case, Check, Finding, Flaw, Outcome, Severity, Skipped, Words
from pv_extract.checks.facts import Facts, Statutes, facts_of
from pv_extract.checks.law import Sheet, sheets
from pv_extract.checks.running import case_of, run

__all__ = [
    "Case",
    "Check",
    "Facts",
    "Finding",
    "Flaw",
    "Outcome",
    "Severity",
    "Sheet",
    "Skipped",
    "Statutes",
    "Words",
    "attendance",
    "case_of",
    "contents",
    "facts_of",
    "run",
    "sheets",
]
