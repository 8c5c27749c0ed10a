"""Columns: text laid out with blanks (as ``pdftotext -layout`` writes it) gets tabs between its cells.

Successive lines that leave the same strips blank are rows of one table; a cell that a row leaves empty is one,
so that what stands under a heading stays under it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pv_extract.text import Edit, Span

PIECE = regex.compile(r"\S+(?: {1,2}\S+)*")  # words without a wide gap between them
GUTTER = 2  # least width of the blank strip between two columns, in characters


@dataclass(frozen=True)
class Row:
    """A line of several pieces: where it starts in the text, and its pieces' places on the line."""

    start: int
    pieces: tuple[Span, ...]


def column_edits(text: str) -> Iterator[Edit]:
    """The gaps between the cells of a text's tables, each made as many tabs as columns lie in it."""
    for table in tables(text):
        strips = columns_of(table)
        for row in table:
            yield from row_edits(row, strips, alone=len(table) == 1)


def row_edits(row: Row, strips: list[Span], alone: bool) -> Iterator[Edit]:
    """The edits of a row: tabs between its cells, and before the first for the empty ones left of it."""
    at = [column_at(strips, piece) for piece in row.pieces]
    if at[0] and not alone:
        yield Edit(Span(row.start, row.start + row.pieces[0].start), "\t" * at[0], "layout.column")
    for left, right, before, after in zip(row.pieces, row.pieces[1:], at, at[1:], strict=False):
        yield Edit(Span(left.end, right.start).shift(row.start), "\t" * (after - before), "layout.column")


def tables(text: str) -> Iterator[list[Row]]:
    """Runs of successive rows whose cells stand in the same columns; a single blank line does not part them."""
    table: list[Row] = []
    start = blanks = 0
    for line in text.split("\n"):
        pieces = () if "\t" in line else tuple(Span(*found.span()) for found in PIECE.finditer(line))
        row = Row(start, pieces)
        start += len(line) + 1
        if not line.strip() and table and not blanks:
            blanks = 1
            continue
        if table and not (tabular(row, table) and aligned([*table, row])):
            yield table
            table = []
        if len(pieces) > 1 or table:
            table.append(row)
        blanks = 0
    if table:
        yield table


def tabular(row: Row, table: list[Row]) -> bool:
    """Whether a line can be a row of the table above: it has several cells, or one that stands under its second."""
    return len(row.pieces) > 1 or (len(row.pieces) == 1 and row.pieces[0].start >= columns_of(table)[0].end)


def aligned(table: list[Row]) -> bool:
    """Whether no two pieces of a row share a column."""
    strips = columns_of(table)
    return all(len({column_at(strips, piece) for piece in row.pieces}) == len(row.pieces) for row in table)


def columns_of(table: list[Row]) -> list[Span]:
    """The columns of a table: what some row fills, parted by strips that every row leaves blank."""
    strips: list[Span] = []
    for piece in sorted(piece for row in table for piece in row.pieces):
        if strips and piece.start < strips[-1].end + GUTTER:
            strips[-1] = Span(strips[-1].start, max(strips[-1].end, piece.end))
        else:
            strips.append(piece)
    return strips


def column_at(strips: list[Span], piece: Span) -> int:
    """The index of the column in which a piece stands."""
    return sum(strip.start <= piece.start for strip in strips) - 1
