"""What ruled lines say of the words on a scanned page: that they are underlined, or printed in a stamp.

Boxes are in pixels of the page.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from pv_extract.readers.composition import Part
from pv_extract.readers.engine import OcrWord
from pv_extract.readers.rulings import Ruling, Rulings, is_drawn
from pv_extract.words import Box

RULE_SIGNS = frozenset("|¦_—[]{}/\\")
"""What the engine reads in ruled lines."""
DASH = "—"
MIDDLE = 0.25
"""The part of a word's height, at its top and its foot, in which no dash beside it stands."""
UNDER = (-0.35, 0.4)
"""Where an underline stands, from the foot of the words, in their heights; descenders reach below it."""
COVERED = 0.7
"""The part of a line of words that its underline spans."""
BEYOND = 1.5
"""How far an underline may reach beyond its words, in their heights; the edge of a frame or table goes further."""


def with_rules_apart(words: Iterable[OcrWord], rulings: Rulings, dpi: float) -> list[OcrWord]:
    """The words, the pieces of a ruled line among them marked as specks; a dash of an underlined title is none."""
    line = list(words)
    around = zip([None, *line], line, [*line[1:], None], strict=False)
    return [
        word._replace(part=Part.SPECK) if _is_rule(word, rulings, dpi) and not _is_dash(before, word, behind) else word
        for before, word, behind in around
    ]


def _is_dash(before: OcrWord | None, word: OcrWord, behind: OcrWord | None) -> bool:
    """Whether a sign stands between two words of its line, at the height of their middles."""
    if before is None or behind is None or word.text != DASH:
        return False
    middle = (word.box.top + word.box.bottom) / 2
    return all(_is_beside(other, word) and _holds_in_its_middle(other.box, middle) for other in (before, behind))


def _is_beside(other: OcrWord, word: OcrWord) -> bool:
    line = (other.block, other.paragraph, other.line) == (word.block, word.paragraph, word.line)
    return line and any(map(str.isalnum, other.text))


def _holds_in_its_middle(box: Box, y: float) -> bool:
    margin = MIDDLE * (box.bottom - box.top)
    return box.top + margin <= y <= box.bottom - margin


def _is_rule(word: OcrWord, rulings: Rulings, dpi: float) -> bool:
    return RULE_SIGNS.issuperset(word.text) and is_drawn(word.box, rulings, dpi)


def with_underlines(words: Iterable[OcrWord], rulings: Rulings) -> list[OcrWord]:
    """The words, those of lines that are underlined marked so."""
    marked: list[OcrWord] = []
    for _, group in groupby(words, key=lambda w: (w.block, w.paragraph, w.line)):
        line = list(group)
        if is_underlined([word.box for word in line], rulings.horizontal):
            line = [word._replace(underlined=True) for word in line]
        marked += line
    return marked


def is_underlined(words: Sequence[Box], rules: Sequence[Ruling]) -> bool:
    """Whether a line of words is underlined from end to end; a leaning rule is found in several pieces."""
    height = max(word.bottom - word.top for word in words)
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    pieces = [rule for rule in rules if any(_is_under(rule, word, height) for word in words)]
    if any(rule.x0 < x0 - BEYOND * height or rule.x1 > x1 + BEYOND * height for rule in pieces):
        return False
    return _spanned(pieces) >= COVERED * (x1 - x0)


def _is_under(rule: Ruling, word: Box, height: float) -> bool:
    foot = (rule.top + rule.bottom) / 2 - word.bottom
    return UNDER[0] * height <= foot <= UNDER[1] * height and rule.x0 < word.x1 and word.x0 < rule.x1


def _spanned(rules: Iterable[Ruling]) -> float:
    """The width that rules span together."""
    spanned, reached = 0.0, float("-inf")
    for rule in sorted(rules, key=lambda r: r.x0):
        spanned += max(0.0, rule.x1 - max(reached, rule.x0))
        reached = max(reached, rule.x1)
    return spanned
