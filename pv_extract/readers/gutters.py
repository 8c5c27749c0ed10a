"""Columns that the engine took for one: a page typed in two columns, read straight across the gutter.

Boxes are in points; x runs to the right, y down the page.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from pv_extract.readers.composition import Placed

Rows = list[list[Placed]]
"""Rows of words, from top to bottom."""

MIDDLE = (0.3, 0.7)
"""Where the gutter lies in the width of the text."""
STEPS = 80
"""Places that are tried for it."""
ACROSS = 8
"""The least number of rows with words on both sides: those that the engine read across."""
WIDE = 1.2
"""The least gap of such a row at the gutter, in heights of its words."""
CROSSING = 0.1
"""The part of the rows that may have a word on the gutter: typists overrun their margin."""
FULL = 0.15
"""The part of the lines of each column that are running text; names and sums side by side are a table."""
FULL_WORDS, FULL_WIDTH = 4, 0.7
"""What such a line has: words, and a part of the width of its column."""


def parted(blocks: Iterable[Rows]) -> list[list[Rows]]:
    """The columns of blocks that the page has: one, or two where its rows were read across a gutter."""
    blocks = list(blocks)
    rows = [row for block in blocks for row in block]
    gutter = _gutter(rows)
    if gutter is None:
        return [blocks]
    first = min(row[0].box.top for row in rows if _reads_across(row, gutter))
    head = [block for block in blocks if max(row[-1].box.bottom for row in block) <= first]
    body = [block for block in blocks if block not in head]
    left, right = zip(*(_sides(block, gutter) for block in body), strict=True)
    return [column for column in (head, _in_order(left), _in_order(right)) if column]


def _gutter(rows: Rows) -> float | None:
    """The place between two columns of running text, None on a page of one column."""
    if len(rows) < 2 * ACROSS:
        return None
    x0, x1 = min(row[0].box.x0 for row in rows), max(row[-1].box.x1 for row in rows)
    places = [x0 + (x1 - x0) * (MIDDLE[0] + (MIDDLE[1] - MIDDLE[0]) * step / STEPS) for step in range(STEPS + 1)]
    crossed = Counter(at for row in rows for at in _crossed(row, places))
    crossings = [crossed[at] for at in range(len(places))]
    fewest = [x for x, count in zip(places, crossings, strict=True) if count == min(crossings)]
    gutter = fewest[len(fewest) // 2]
    across = sum(_reads_across(row, gutter) for row in rows)
    if across < ACROSS or min(crossings) > CROSSING * len(rows):
        return None
    return gutter if all(_is_running([row for row in side if row]) for side in _sides(rows, gutter)) else None


def _sides(rows: Rows, gutter: float) -> tuple[Rows, Rows]:
    return [_left_of(row, gutter) for row in rows], [_right_of(row, gutter) for row in rows]


def _crossed(row: Iterable[Placed], places: Sequence[float]) -> set[int]:
    """Which of the places, from left to right, have a word of the row on them."""
    reaches = (range(bisect_right(places, word.box.x0), bisect_left(places, word.box.x1)) for word in row)
    return set(chain.from_iterable(reaches))


def _reads_across(row: list[Placed], gutter: float) -> bool:
    left, right = _left_of(row, gutter), _right_of(row, gutter)
    if not left or not right:
        return False
    return right[0].box.x0 - left[-1].box.x1 > WIDE * (left[-1].box.bottom - left[-1].box.top)


def _is_running(column: Rows) -> bool:
    width = max(row[-1].box.x1 for row in column) - min(row[0].box.x0 for row in column)
    full = sum(len(row) >= FULL_WORDS and row[-1].box.x1 - row[0].box.x0 >= FULL_WIDTH * width for row in column)
    return full >= FULL * len(column)


def _left_of(row: Iterable[Placed], gutter: float) -> list[Placed]:
    return [word for word in row if word.box.x0 + word.box.x1 < 2 * gutter]


def _right_of(row: Iterable[Placed], gutter: float) -> list[Placed]:
    return [word for word in row if word.box.x0 + word.box.x1 >= 2 * gutter]


def _in_order(blocks: Iterable[Rows]) -> list[Rows]:
    """The blocks of one column from the top, those without a word left out."""
    filled = [[row for row in block if row] for block in blocks]
    return sorted((block for block in filled if block), key=lambda block: block[0][0].box.top)
