"""Columns of text laid out with blanks, as ``pdftotext -layout`` writes it: cells are parted by tabs.

Lines that leave the same strips blank are rows of one table, their empty cells included, so that what stands under
a heading stays under it.
"""

from collections.abc import Iterator, Sequence

import regex

from pv_extract.text import Edit, Span

PIECE = regex.compile(r"\S+(?: {1,2}\S+)*")  # words without a wide gap between them
GUTTER = 2  # least width of the blank strip between two columns of text, in characters
GRID_ROWS, GRID_COLUMNS = 3, 3  # a smaller table has no empty cells that say anything


Row = Sequence[Span]  # the places of a line's pieces, from its start


def column_edits(text: str) -> Iterator[Edit]:
    """The gaps between the cells of a text's tables, each made as many tabs as columns lie in it."""
    lines = text.split("\n")
    rows = [None if "\t" in line else [Span(*found.span()) for found in PIECE.finditer(line)] for line in lines]
    places = cells_of(rows)
    start = 0
    for line, row, at in zip(lines, rows, places, strict=True):
        if row and at[0]:
            yield Edit(Span(start, start + row[0].start), "\t" * at[0], "layout.column")
        for i in range(1, len(row or ())):
            gap = Span(start + row[i - 1].end, start + row[i].start)
            yield Edit(gap, "\t" * (at[i] - at[i - 1]), "layout.column")
        start += len(line) + 1


def cells_of(rows: Sequence[Row | None]) -> list[list[int]]:
    """For each row the index of the column in which each of its pieces stands; 0, 1, 2… where there is no grid.

    A row without pieces is a blank line; None is a line that belongs to no table.
    """
    places = [list(range(len(row or ()))) for row in rows]
    for table in tables(rows):
        columns = columns_of([rows[index] or () for index in table])
        if len(table) >= GRID_ROWS and len(columns) >= GRID_COLUMNS:
            for index in table:
                places[index] = [column_at(columns, piece) for piece in rows[index] or ()]
    return places


def tables(rows: Sequence[Row | None]) -> Iterator[list[int]]:
    """The indices of successive rows whose pieces stand in the same columns; one blank line does not part them."""
    table: list[int] = []
    for index, row in enumerate(rows):
        if row is not None and not row and table and table[-1] == index - 1:
            continue
        if table and not (row and carries_on([rows[i] or () for i in table], row)):
            yield table
            table = []
        if row and (table or len(row) > 1):
            table.append(index)
    if table:
        yield table


def carries_on(table: Sequence[Row], row: Row) -> bool:
    """Whether a row is one more of the table above: no two pieces share a column, one alone stands not in the first."""
    if len(row) == 1 and row[0].start < columns_of(table)[0].end:
        return False
    grown = [*table, row]
    columns = columns_of(grown)
    return all(len({column_at(columns, piece) for piece in pieces}) == len(pieces) for pieces in grown)


def columns_of(table: Sequence[Row]) -> list[Span]:
    """The columns of a table: what some row fills, parted by strips that every row leaves blank."""
    columns: list[Span] = []
    for piece in sorted(piece for row in table for piece in row):
        if columns and piece.start < columns[-1].end + GUTTER:
            columns[-1] = Span(columns[-1].start, max(columns[-1].end, piece.end))
        else:
            columns.append(piece)
    return columns


def column_at(columns: Sequence[Span], piece: Span) -> int:
    """The index of the column in which a piece stands."""
    return sum(column.start <= piece.start for column in columns) - 1
