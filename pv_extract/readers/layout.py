"""From words on a page to lines in reading order: columns one after the other, table rows whole, paragraphs apart.

All lengths are in points; thresholds are in line heights, so that they hold for every type size.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pv_extract.readers.composition import Line, Placed
from pv_extract.readers.grid import COLUMNS, STRAY, Cells, in_columns, is_near
from pv_extract.readers.rows import main_box, overlap, pieces_of, rows_of
from pv_extract.readers.text_columns import in_order, is_running

PARAGRAPH_GAP = 1.28
"""A step between two lines, in normal steps, that begins a paragraph."""
CODES = 3
"""The least number of numbers below one another that are those of the titles beside them."""


def arrange(words: Sequence[Placed]) -> list[Line]:
    """The lines of a page, or of a part of one, in reading order.

    Columns of running text, and a margin beside it, are read one after the other; rows of short cells
    are one line each, their cells apart.
    """
    return arrange_rows(rows_of(words))


def arrange_rows(rows: list[list[Placed]]) -> list[Line]:
    """The same for words that are known to be rows (from left to right)."""
    pieces = [pieces_of(row) for row in rows]
    return [_line(cells) for cells in in_columns(in_order(pieces, depth=4))]


def side_by_side(left: list[list[Placed]], right: list[list[Placed]]) -> bool:
    """Whether two blocks of rows are the columns of one table: short cells at the same heights."""
    if not left or not right:
        return False
    boxes = [[main_box(row) for row in rows] for rows in (left, right)]
    if max(b.x1 for b in boxes[0]) > min(b.x0 for b in boxes[1]):
        return False
    fewer, more = sorted(boxes, key=len)
    level = sum(any(overlap(a, b) > 0.6 for b in more) for a in fewer)
    if len(left) <= len(right) and level == len(left) >= CODES and all(map(_is_code, left)):
        return True
    pieces = [[pieces_of(row) for row in rows] for rows in (left, right)]
    return level >= 0.9 * len(more) and not any(is_running(rows) for rows in pieces)


def _is_code(row: Sequence[Placed]) -> bool:
    """Whether a row is the number of an item and nothing else: « D23-21 », « 2022-05-01 »."""
    return len(row) == 1 and len(row[0].text) > 2 and any(map(str.isdigit, row[0].text))


def goes_on_below(upper: list[list[Placed]], lower: list[list[Placed]]) -> bool:
    """Whether two blocks are parts of one table: cells of both begin at the same place, and no gap parts them."""
    above, below = ([pieces_of(row) for row in rows] for rows in (upper, lower))
    if not above or not below or not is_near(above[-1], below[0]):
        return False
    starts = [piece.box.x0 for row in above for piece in row[1:]]
    cells = [piece.box for row in below for piece in row]
    return any(abs(box.x0 - x) <= STRAY * (box.bottom - box.top) for box in cells for x in starts)


def paragraphs(lines: Iterable[Line]) -> Iterator[Line | None]:
    """The lines, with None where white space or a new column says that a paragraph begins."""
    lines = list(lines)
    steps = [_step(a, b) for a, b in pairwise(lines)]
    right = _right_edge(lines)
    normal = PARAGRAPH_GAP * _normal(steps)
    for index, line in enumerate(lines):
        if index:
            step, before = steps[index - 1], lines[index - 1]
            beside = [s for s in (*steps[index - 2 : index - 1], *steps[index : index + 1]) if s > 0]
            apart = step > PARAGRAPH_GAP * max(beside, default=0.0) or _broken_by_hand(before, line, right)
            if step < 0 or (step > normal and apart and not _same_table(before, line)):
                yield None
        yield line


def _step(above: Line, below: Line) -> float:
    """The way from line to line, in line heights; negative where a new column begins."""
    height = min(above.box.bottom - above.box.top, below.box.bottom - below.box.top)
    return (below.box.bottom - above.box.bottom) / max(1.0, height)


def _normal(steps: list[float]) -> float:
    """The usual step: a low quartile, for many paragraphs are one line long."""
    usual = sorted(step for step in steps if 0.7 < step < 2.5)
    return usual[len(usual) // 4] if usual else 1.2


def _right_edge(lines: list[Line]) -> float:
    edges = sorted(line.box.x1 for line in lines)
    return edges[len(edges) * 9 // 10] if edges else 0.0


def _same_table(above: Line, below: Line) -> bool:
    return len(above.cells) == len(below.cells) >= COLUMNS


def _broken_by_hand(above: Line, below: Line, right: float) -> bool:
    """Whether the line ends before it is full, or the next one is printed in another weight."""
    first = next((cell[0] for cell in below.cells if cell), None)
    last = next((cell[-1] for cell in reversed(above.cells) if cell), None)
    if first is None or last is None or first.text[0].islower():
        return False
    room = right - above.box.x1 - 0.25 * (above.box.bottom - above.box.top)
    return first.box.x1 - first.box.x0 < room or last.bold != first.bold


def _line(cells: Cells) -> Line:
    return Line(cells, main_box([word for cell in cells for word in cell]))
