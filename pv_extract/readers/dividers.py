"""What ruled lines part: the columns of a page, and the corner into which the prefecture's platform prints its receipt.

Boxes are in pixels.
"""

from typing import NamedTuple

from pv_extract.readers.rulings import Ruling, Rulings
from pv_extract.words import Box

COLUMN_HEIGHT = 0.5
"""The part of the page's height that a rule between columns has."""
COLUMN_WIDTH = 1.0
"""The least width of a column in inches."""
LEAN = 0.15
"""How far, in inches, two pieces of one upright rule may stand apart; a page is seldom straight."""
STAMP_HEIGHT, STAMP_WIDTH = (0.4, 1.5), (1.0, 4.5)
"""The size in inches of the box that a stamp makes with the edges of the page."""
STAMP_REACH = 0.5
"""How far from those edges, in inches, its rules may end."""


class Divider(NamedTuple):
    """An upright rule between two columns: its place at its top and at its bottom."""

    top: tuple[int, int]
    bottom: tuple[int, int]

    def at(self, y: int) -> int:
        """Where the rule, drawn out to the edges of the page, stands at a height."""
        (x0, y0), (x1, y1) = self.top, self.bottom
        return round(x0 + (x1 - x0) * (y - y0) / max(1, y1 - y0))


def dividers(rulings: Rulings, size: tuple[int, int], dpi: float) -> list[Divider]:
    """The rules that part the page into columns, from left to right; a frame's edges are none.

    The upright lines of a table are none either: rows are ruled on both sides of them.
    """
    width, height = size
    found: list[Divider] = []
    left = 0
    for pieces in _uprights(rulings.vertical, dpi):
        first, last = pieces[0], max(pieces, key=lambda piece: piece.bottom)
        rule = Divider(_middle(first, first.top), _middle(last, last.bottom))
        x = min(rule.at(0), rule.at(height))
        tall = sum(piece.bottom - piece.top for piece in pieces) >= COLUMN_HEIGHT * height
        if tall and x - left >= COLUMN_WIDTH * dpi and width - x >= COLUMN_WIDTH * dpi:
            if not _is_in_table(rule, rulings.horizontal, dpi):
                found.append(rule)
            left = x
    return found


def stamp_box(rulings: Rulings, size: tuple[int, int], dpi: float) -> Box | None:
    """The box in the upper right corner of the page into which the prefecture's platform prints its receipt.

    The platform draws its left side and its foot, and prints it over whatever stands there.
    """
    width, _ = size
    for side in rulings.vertical:
        for foot in rulings.horizontal:
            meet = max(abs(foot.x0 - side.x0), abs(foot.top - side.bottom)) < LEAN * dpi
            tall = STAMP_HEIGHT[0] * dpi < foot.bottom - side.top < STAMP_HEIGHT[1] * dpi
            wide = STAMP_WIDTH[0] * dpi < width - side.x0 < STAMP_WIDTH[1] * dpi
            if meet and tall and wide and side.top < STAMP_REACH * dpi and _reach(foot, rulings, width, dpi):
                return Box(side.x0, 0, width, foot.bottom)
    return None


def _reach(foot: Ruling, rulings: Rulings, width: int, dpi: float) -> bool:
    """Whether a line goes on, in one piece or in several that lean, to the right edge of the page."""
    end = max(line.x1 for line in rulings.horizontal if abs(line.top - foot.top) < LEAN * dpi)
    return width - end < STAMP_REACH * dpi


def _uprights(pieces: list[Ruling], dpi: float) -> list[list[Ruling]]:
    """The pieces of each upright rule, from its top; the rules from left to right."""
    rules: list[list[Ruling]] = []
    for piece in sorted(pieces, key=lambda p: p.top):
        for rule in rules:
            if abs(rule[-1].x0 + rule[-1].x1 - piece.x0 - piece.x1) < 2 * LEAN * dpi:
                rule.append(piece)
                break
        else:
            rules.append([piece])
    return sorted(rules, key=lambda rule: rule[0].x0)


def _middle(piece: Ruling, y: int) -> tuple[int, int]:
    return (piece.x0 + piece.x1) // 2, y


def _is_in_table(rule: Divider, lines: list[Ruling], dpi: float) -> bool:
    reach = LEAN * dpi
    left = right = 0
    for line in lines:
        if rule.top[1] + reach < line.top and line.bottom < rule.bottom[1] - reach:
            x = rule.at(line.top)
            left += line.x0 < x - reach and line.x1 > x - reach
            right += line.x1 > x + reach and line.x0 < x + reach
    return min(left, right) > 1
