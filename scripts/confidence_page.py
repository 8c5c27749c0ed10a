"""The page that says how far confidence can be trusted: stated against observed, and what to review."""

from collections.abc import Sequence
from itertools import pairwise

GOAL = 0.99
INTRODUCTION = """## Confidence

Written by `python -m scripts.fit_confidence`. The `confidence` of a value is the chance that it is right, told from its
field, the rule that read it, how it is known, how odd its line and its page look, and what the OCR engine says of its
words. The weights (`pv_extract/confidence.toml`) are fitted on {documents} documents: annotated minutes, samples, and
drawn minutes clean and with 2 and 5 % of their characters wrong. Every figure here is of documents left out of the fit
(five folds, whole documents). A chance is an average over such minutes: of a council unlike all of these it is a guess.
"""

Judged = tuple[bool, float, bool]


def page(judged: Sequence[Judged], documents: int) -> str:
    """The page, from cases as (right, stated chance, whether of a real document)."""
    lines = [INTRODUCTION.format(documents=documents)]
    parts = {"All documents": list(judged), "Real minutes alone": [case for case in judged if case[2]]}
    for title, cases in parts.items():
        if cases:
            lines += [f"### {title}", "", summary(cases), "", *reliability(cases), ""]
    return "\n".join(lines).rstrip() + "\n"


def summary(cases: Sequence[Judged]) -> str:
    """How many are right, and how many must be reviewed."""
    right = sum(case[0] for case in cases) / len(cases)
    error = sum(abs(stated - observed) * n for stated, observed, n in deciles(cases)) / len(cases)
    told = f"{len(cases)} values, of which {100 * right:.1f} % are right; stated and observed differ by {error:.3f}."
    first = f"If the least sure {100 * reviewed(cases):.1f} % are reviewed and mended, 99 % of all are right;"
    second = f"for 99 % of those not reviewed to be right by themselves, {100 * unreviewed(cases):.1f} % must be."
    return f"{told}\n{first}\n{second}"


def deciles(cases: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Stated and observed share of right values in ten parts of equal size, the least sure first, and their sizes."""
    ordered = sorted(cases, key=lambda case: case[1])
    cuts = [len(ordered) * i // 10 for i in range(11)]
    parts = [ordered[a:b] for a, b in pairwise(cuts) if b > a]
    return [(sum(c[1] for c in part) / len(part), sum(c[0] for c in part) / len(part), len(part)) for part in parts]


def reliability(cases: Sequence[Judged]) -> list[str]:
    """The deciles as a table."""
    rows = [f"| {i} | {s:.3f} | {o:.3f} | {n} |" for i, (s, o, n) in enumerate(deciles(cases), 1)]
    return ["| decile | stated | observed | values |", "|---|--:|--:|--:|", *rows]


def reviewed(cases: Sequence[Judged]) -> float:
    """The share of values, the least sure first, whose review leaves 99 % of all right."""
    wrong = sum(not case[0] for case in cases)
    for number, case in enumerate(sorted(cases, key=lambda case: case[1])):
        if wrong <= (1 - GOAL) * len(cases):
            return number / len(cases)
        wrong -= not case[0]
    return 1.0


def unreviewed(cases: Sequence[Judged]) -> float:
    """The least share to review so that 99 % of the values not reviewed are right."""
    accepted = right = best = 0
    for case in sorted(cases, key=lambda case: -case[1]):
        accepted, right = accepted + 1, right + case[0]
        if right >= GOAL * accepted:
            best = accepted
    return 1 - best / len(cases)
