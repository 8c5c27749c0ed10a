"""The rules of minutes: what contradicts itself, and which mention the law asks for was not found."""

from pv_extract.checks import (
    attendance,
    ballots,
    budgets,
    contents,
    convocation,
    debates,
    elections,
    folios,
    head_counts,
    interests,
    numbers,
    presidency,
    publicity,
    quorum,
    signatures,
    sums,
    voters,
    votes,
)
from pv_extract.checks.case import Case
from pv_extract.checks.contract import Check, Finding, Flaw, Outcome, Severity, Skipped, Words
from pv_extract.checks.facts import Facts, Statutes, facts_of
from pv_extract.checks.law import Sheet, sheets
from pv_extract.checks.running import case_of, contradictions, run

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
    "ballots",
    "budgets",
    "case_of",
    "contents",
    "contradictions",
    "convocation",
    "debates",
    "elections",
    "facts_of",
    "folios",
    "head_counts",
    "interests",
    "numbers",
    "presidency",
    "publicity",
    "quorum",
    "run",
    "sheets",
    "signatures",
    "sums",
    "voters",
    "votes",
]
