"""Columns of text laid out with blanks, as ``pdftotext -layout`` writes it: cells are parted by tabs.

Lines that leave the same strips blank are rows of one table, their empty cells included, so that what stands under
a heading stays under it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pv_extract.text import Edit, Span

PIECE = regex.compile(
    r"\S+(?: {1,2}\S+| {3,}:(?= ))*"
)  # words without a wide gap between them, one before a colon aside
NARROW_GAP = regex.compile(r"(?<=\S) {2}(?=\S)")
FEWEST_SPACED = 5  # single letters that make a title
GUTTER = 2  # least width of the blank strip between two columns of text, in characters
GRID_ROWS, GRID_COLUMNS = 3, 3  # a smaller table has no empty cells that say anything
HEADED = 12  # lines below a head that tell whether it is two: « Présent  Excusé »
Row = Sequence[Span]  # the places of a line's pieces, from its start


def column_edits(text: str) -> Iterator[Edit]:
    """The gaps between the cells of a text's tables, each made as many tabs as columns lie in it."""
    lines = text.split("\n")
    pieces = [None if no_row(line) else [Span(*found.span()) for found in PIECE.finditer(line)] for line in lines]
    rows = [
        heads_apart(line, pieces[at], pieces[at - 1 : at], pieces[at + 1 : at + 1 + HEADED])
        for at, line in enumerate(lines)
    ]
    start = 0
    for line, row, at in zip(lines, rows, cells_of(rows), strict=True):
        yield from (edit._replace(span=edit.span.shift(start)) for edit in tabs(row or (), at))
        start += len(line) + 1


def heads_apart(line: str, row: Row | None, above: Sequence[Row | None], below: Sequence[Row | None]) -> Row | None:
    """A head's pieces, each parted at two blanks where the rows below fill both sides of them and never the blanks."""
    if row is None or len(row) < 2 or any(other and len(other) > 1 for other in above):
        return row
    filled = [piece for other in below if other and len(other) > 1 for piece in other]
    return [part for piece in row for part in parted(line, piece, filled)]


def parted(line: str, piece: Span, filled: Sequence[Span]) -> Iterator[Span]:
    """The parts of a piece under each of which a piece of the rows below stands."""
    start = piece.start
    for gap in NARROW_GAP.finditer(line, piece.start, piece.end):
        sides = Span(start, gap.start()), Span(gap.end(), piece.end)
        both = all(any(overlap(side, other) for other in filled) for side in sides)
        if both and not any(overlap(Span(*gap.span()), other) for other in filled):
            yield sides[0]
            start = gap.end()
    yield Span(start, piece.end)


def overlap(one: Span, other: Span) -> bool:
    """Whether two pieces share a column of characters."""
    return one.start < other.end and other.start < one.end


def no_row(line: str) -> bool:
    """Whether a line has its cells already, or is a title whose letters stand apart: « C O N S E I L »."""
    letters = line.split()
    return "\t" in line or (len(letters) > FEWEST_SPACED and all(len(letter) == 1 for letter in letters))


def tabs(row: Row, at: Sequence[int]) -> Iterator[Edit]:
    """The edits of a line whose pieces stand in the columns ``at``; empty cells before the first one count too."""
    if row and at[0]:
        yield Edit(Span(0, row[0].start), "\t" * at[0], "layout.column")
    for (left, before), (right, behind) in pairwise(zip(row, at, strict=True)):
        yield Edit(Span(left.end, right.start), "\t" * (behind - before), "layout.column")


def cells_of(rows: Sequence[Row | None]) -> list[list[int]]:
    """For each row the index of the column in which each of its pieces stands; 0, 1, 2… where there is no grid.

    A row without pieces is a blank line; None is a line that belongs to no table.
    """
    places = [list(range(len(row or ()))) for row in rows]
    for table, columns in tables(rows):
        if len(table) >= GRID_ROWS and len(columns) >= GRID_COLUMNS:
            for index in table:
                places[index] = [column_at(columns, piece) for piece in rows[index] or ()]
    return places


def tables(rows: Sequence[Row | None]) -> Iterator[tuple[list[int], list[Span]]]:
    """The tables: indices of successive rows, and the columns that they share; one blank line does not part them."""
    table: list[int] = []
    columns: list[Span] = []
    for index, row in enumerate(rows):
        if row is not None and not row and table and table[-1] == index - 1:
            continue
        if table and not (row and (carries_on(columns, row) or heads_rows(columns, row, rows[index + 1 :]))):
            yield table, columns
            table, columns = [], []
        if row and (table or len(row) > 1):
            table.append(index)
            columns = widened(columns, row)
    if table:
        yield table, columns


def carries_on(columns: Sequence[Span], row: Row) -> bool:
    """Whether a row is one more of a table: it joins no two columns, and one piece alone is not in the first."""
    if len(row) == 1 and row[0].start < columns[0].end:
        return False
    wider = widened(columns, row)
    return all(len({column_at(wider, piece) for piece in pieces}) == len(pieces) for pieces in (columns, row))


def heads_rows(columns: Sequence[Span], row: Row, below: Sequence[Row | None]) -> bool:
    """Whether a line alone in the first column names the group of the rows below, which carry the table on."""
    following = next(iter(below), None)
    if len(row) != 1 or row[0].start >= columns[0].end or not following or len(following) < 2:
        return False
    wider = widened(columns, row)
    return len(wider) == len(columns) and carries_on(wider, following)


def widened(columns: Sequence[Span], row: Row) -> list[Span]:
    """The columns with what one more row fills, parted by strips that every row leaves blank."""
    wider: list[Span] = []
    for piece in sorted((*columns, *row)):
        if wider and piece.start < wider[-1].end + GUTTER:
            wider[-1] = Span(wider[-1].start, max(wider[-1].end, piece.end))
        else:
            wider.append(piece)
    return wider


def column_at(columns: Sequence[Span], piece: Span) -> int:
    """The index of the column in which a piece stands."""
    return sum(column.start <= piece.start for column in columns) - 1
