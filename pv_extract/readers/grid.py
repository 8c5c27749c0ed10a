"""Tables without rules: which words stand in which column, and cells that go on in the next line.

A tick is worth nothing without its column, and columns are often too close to be told by the gaps of one row; they
are told by all rows together. All lengths are in points; thresholds are in line heights.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pv_extract.readers.composition import Placed, around
from pv_extract.words import Box

LEAST_ROWS = 3
"""The least number of rows with cells apart that make a table."""
APART = 2
"""The most narrow rows in a row that have one cell only: the rest of a cell that was wrapped."""
NARROW = 0.6
"""The part of the text's width that such a row takes at most; running text takes more."""
NEAR = 2.5
"""The step from row to row within a table, in line heights, at most."""
WRAPPED = 1.7
"""The same within a cell: a blank line parts two rows."""
PADDING = 0.7
"""The blank that a cell keeps on its right, in line heights, at least."""
STRAY = 0.25
"""How far from the edge of its column a cell may begin, in line heights."""
LOOSE = 0.5
"""The same within a row, where the words beside it tell too."""
CROSSED = 0.2
"""The part of the rows of which a cell may overflow into the next column."""
TAB_GAP = 0.85
"""A gap between two words, in line heights, that is a tab and no blank (a blank is about 0.25)."""
TAB_LETTERS = 2.2
"""The same in mean letter widths: OCR boxes are tight, typewriters' blanks are wide."""
MANY = 5
"""In a row of more words, wide gaps may be blanks: it may be a justified line."""
BLANK = 0.25
"""The width of a blank, in line heights."""
COLUMNS = 3
"""The least number of columns that are kept apart where they are empty."""


class Piece(NamedTuple):
    """Words of one row without a wide gap between them."""

    words: list[Placed]
    box: Box


Row = list[Piece]
Cells = list[list[Placed]]
"""The words of each column; none where the cell is empty."""


def wide_gap(row: Sequence[Placed]) -> float:
    """The least gap between two words of a row that is no blank."""
    height = median([word.box.bottom - word.box.top for word in row]) or 1.0
    letters = sum(len(word.text) for word in row)
    return max(TAB_GAP * height, TAB_LETTERS * sum(word.box.x1 - word.box.x0 for word in row) / letters)


def in_columns(rows: Sequence[Row]) -> Iterator[Cells]:
    """The cells of each row, in order: its pieces; in a table of three columns and more one for each column.

    What stands alone in the first column is no row: it heads those below, or is a name that nothing is said of.
    """
    at = 0
    fine = [_cut(row) for row in rows]
    for first, last in _tables(fine):
        table = fine[first:last]
        edges = _edges(table)
        if len(edges) >= COLUMNS:
            yield from map(_pieces, rows[at:first])
            head, *below = [_cells(row, edges) for row in table]
            whole = _unwrapped([_spread(head, below), *below], [*edges, max(map(_right, table))])
            yield from (cells if any(cells[1:]) else cells[:1] for cells in whole)
            at = last
    yield from map(_pieces, rows[at:])


def _pieces(row: Row) -> Cells:
    return [piece.words for piece in row]


def _cut(row: Row) -> Row:
    """A row of many words cut at each gap that may part two cells; those of a justified line may be as wide."""
    words = [word for piece in row for word in piece.words]
    if len(words) <= MANY:
        return row
    wide = wide_gap(words)
    cells = [[words[0]]]
    for left, right in pairwise(words):
        if right.box.x0 - left.box.x1 > wide:
            cells.append([])
        cells[-1].append(right)
    return [Piece(cell, around(cell)) for cell in cells]


def _tables(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The stretches of rows that may be tables, as ``[first, last)``."""
    if not rows:
        return
    narrow = NARROW * (max(map(_right, rows)) - min(map(_left, rows)))
    first, many, single = 0, 0, 0
    for index, row in enumerate([*rows, None]):
        single = 0 if row and len(row) > 1 else single + 1
        if row and (not index or is_near(rows[index - 1], row)) and _fits(row, narrow) and single <= APART:
            many += len(row) > 1
            first = first if many else index + 1
            continue
        if many >= LEAST_ROWS:
            yield first, index
        opens = row is not None and len(row) > 1
        first, many, single = (index, 1, 0) if opens else (index + 1, 0, 0)


def _fits(row: Row, narrow: float) -> bool:
    """Whether a row has several cells, or one that may be the rest of a cell."""
    return len(row) > 1 or _right(row) - _left(row) <= narrow


def is_near(above: Row, below: Row) -> bool:
    """Whether two rows may follow each other in a table."""
    height = max(piece.box.bottom - piece.box.top for piece in below)
    return max(p.box.bottom for p in below) - max(p.box.bottom for p in above) <= NEAR * height


def _left(row: Row) -> float:
    return row[0].box.x0


def _right(row: Row) -> float:
    return max(piece.box.x1 for piece in row)


def _edges(table: Sequence[Row]) -> list[float]:
    """The left edges of a table's columns, from the left."""
    words = [word.box for row in table for piece in row for word in piece.words]
    stray = STRAY * median(box.bottom - box.top for box in words)
    starts = sorted({round(piece.box.x0) for row in table for piece in row[1:]})
    heads = {round(piece.box.x0) for piece in table[0]}
    edges = [min(_left(row) for row in table)]
    for x in starts:
        often = x in heads or sum(abs(x - box.x0) <= stray for box in words) > 1
        crossed = sum(box.x0 < x - stray and box.x1 > x + stray for box in words)
        if often and crossed <= CROSSED * len(table) and _parts(table, edges[-1], x, stray):
            edges.append(x)
    return edges


def _parts(table: Sequence[Row], edge: float, x: float, stray: float) -> bool:
    """Whether something stands between two edges, so that they are those of two columns."""
    pieces = (piece.box for row in table for piece in row)
    return any(edge - stray <= box.x0 and box.x1 <= x + stray for box in pieces)


def _cells(row: Row, edges: Sequence[float]) -> Cells:
    """The words of a row by columns; one that overflows into the next column stays whole."""
    cells: Cells = [[] for _ in edges]
    for piece in row:
        for index, word in enumerate(piece.words):
            before = piece.words[index - 1].box.x1 if index else float("-inf")
            if not index or any(_begins(word, edge, before) for edge in edges):
                reach = LOOSE * (word.box.bottom - word.box.top)
                column = max((at for at, edge in enumerate(edges) if edge <= word.box.x0 + reach), default=0)
            cells[column].append(word)
    return cells


def _spread(head: Cells, rows: Sequence[Cells]) -> Cells:
    """The heads of the columns; those that stand so close that they make one cell, each over its own column."""
    spread = list(head)
    for at, cell in enumerate(head):
        end = at + len(cell)
        alone = len(cell) > 1 and end <= len(head) and not any(head[at + 1 : end])
        if alone and all(_heads(word, [row[at + i] for row in rows]) for i, word in enumerate(cell)):
            spread[at:end] = [[word] for word in cell]
    return spread


def _heads(word: Placed, column: Iterable[Sequence[Placed]]) -> bool:
    """Whether a word stands over the middle of all the cells of a column."""
    middles = [(box.x0 + box.x1) / 2 for box in (around(cell) for cell in column if cell)]
    return bool(middles) and all(word.box.x0 <= x <= word.box.x1 for x in middles)


def _begins(word: Placed, edge: float, before: float) -> bool:
    """Whether a word begins a column: close to its edge, and behind the end of the word before."""
    height = word.box.bottom - word.box.top
    return abs(word.box.x0 - edge) <= LOOSE * height and before <= edge + STRAY * height


def _unwrapped(table: Iterable[Cells], edges: Sequence[float]) -> Iterator[Cells]:
    """The rows, those that go on with the cells of the row above put there; the last edge is the right one."""
    entry: Cells = []
    above: Cells = []
    for row in table:
        if above and _is_rest(row, entry, above, edges):
            entry = [[*old, *new] for old, new in zip(entry, row, strict=True)]
            above = [new or old for old, new in zip(above, row, strict=True)]
            continue
        if entry:
            yield entry
        entry = above = row
    if entry:
        yield entry


def _is_rest(row: Cells, entry: Cells, above: Cells, edges: Sequence[float]) -> bool:
    """Whether each cell of a row goes on with the cell above it, which had no room for its first word."""
    filled = [index for index, cell in enumerate(row) if cell]
    if len(filled) >= sum(map(bool, entry)) or not all(above[index] for index in filled):
        return False
    if any(_step(above[index], row[index]) > WRAPPED for index in filled):
        return False
    full = [index for index in filled if _is_full(above[index], row[index][0], index, edges)]
    return bool(full) and all(index in full or index == len(row) - 1 for index in filled)


def _step(above: Sequence[Placed], below: Sequence[Placed]) -> float:
    """The way from the last line of a cell to the next, in line heights."""
    box = around(below)
    return (box.bottom - max(word.box.bottom for word in above)) / (box.bottom - box.top)


def _is_full(above: Sequence[Placed], word: Placed, column: int, edges: Sequence[float]) -> bool:
    box = around(above)
    height = box.bottom - box.top
    return box.x1 + BLANK * height + word.box.x1 - word.box.x0 > edges[column + 1] - PADDING * height
