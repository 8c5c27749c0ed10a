"""How sure a value is: the chance that it is right, from who read it, how, and how clean its line and page are.

The weights are data, fitted by ``scripts/fit_confidence.py`` on annotated and on drawn minutes; ``docs/accuracy.md``
shows how the chances stated compare with what was observed.
"""

import math
import re
import tomllib
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

# What a reader of letters leaves and a typist does not: stray signs, figures and capitals inside words, lone letters.
ODD = re.compile(
    r"[_|~`{}^\\¬]|[a-zà-ÿ][0-9][a-zà-ÿ]|[a-zà-ÿ][A-ZÀ-Ý][a-zà-ÿ]|[a-zà-ÿ][,.;:*\"!][a-zà-ÿ]"
    r"|(?<=\s)[b-km-xzB-KN-XZ](?=\s)|[A-ZÀ-Ý]{2}[0-9a-z][A-ZÀ-Ý]|\b[bcdfghjklmnpqrstvwxz]{4,}\b"
)
INDEX = re.compile(r"/\d+")


class Signals(NamedTuple):
    """What a chance is told from: field, rule, how it is known, oddness of page and line, OCR confidence or null."""

    field: str
    rule: str
    how: str
    page: float
    line: float
    read: float | None


def signals(pointer: str, rule: str, how: str, text: str, start: int, end: int, read: float | None) -> Signals:
    """The signals of the value at a JSON Pointer, read between two offsets of the document's text."""
    return Signals(field_of(pointer), rule, how, page_oddness(text), line_oddness(text, start, end), read)


def field_of(pointer: str) -> str:
    """A pointer without its indices.

    >>> field_of("/attendance/members/3/status")
    '/attendance/members/status'
    """
    return INDEX.sub("", pointer)


@lru_cache(maxsize=4)
def page_oddness(text: str) -> float:
    """How odd a document looks: the logarithm of one more than its odd places in a thousand characters."""
    return math.log1p(1000 * len(ODD.findall(text)) / max(1, len(text)))


def line_oddness(text: str, start: int, end: int) -> float:
    """How odd the lines of a span look: the logarithm of one more than their odd places."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return stretch_oddness(text, first, last if last >= 0 else len(text))


@lru_cache(maxsize=256)
def stretch_oddness(text: str, start: int, end: int) -> float:
    """The same of the characters between two offsets; many values stand on one line."""
    return math.log1p(len(ODD.findall(text, start, end)))


def chance(signs: Signals) -> float:
    """The chance, 0 to 1, that a value with these signals is right."""
    weights = model()
    return calibrated(1 / (1 + math.exp(-score(signs, weights))), weights["calibration"])


def score(signs: Signals, weights: dict[str, Any]) -> float:
    """The log-odds before calibration; a rule or field never seen weighs nothing."""
    known = [
        weights[kind].get(name, 0.0)
        for kind, name in (("field", signs.field), ("rule", signs.rule), ("how", signs.how))
    ]
    unread = 0.0 if signs.read is None else 1 - signs.read
    slopes = weights["slope"]
    measured = slopes["page"] * signs.page + slopes["line"] * signs.line + slopes["unread"] * unread
    return float(weights["intercept"] + sum(known) + measured)


def calibrated(raw: float, knots: list[list[float]]) -> float:
    """A raw chance on the broken line through the knots ``[raw, observed]``."""
    at = bisect_right([knot[0] for knot in knots], raw)
    if at in (0, len(knots)):
        return knots[max(0, at - 1)][1]
    (x0, y0), (x1, y1) = knots[at - 1], knots[at]
    return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)


@cache
def model() -> dict[str, Any]:
    """The fitted weights, as shipped."""
    return tomllib.loads((files("pv_extract") / "confidence.toml").read_text(encoding="utf-8"))
