"""Cells of a text's tables that go on in the next line: put together, so that each row of the table is one line.

``pdftotext -layout`` writes the lines of a cell beside those of its neighbours. A line that goes on with cells of the
line above, which had no room left, is no row of its own.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from pv_extract.normalisation.columns import GUTTER
from pv_extract.normalisation.paragraphs import lines_of
from pv_extract.text import AlignedText, Span

FEWEST_COLUMNS = 3  # of a table whose cells are put together

Row = list[Span]
"""The cells of a line, empty ones included."""


def with_whole_cells(text: AlignedText) -> AlignedText:
    """The text with the cells of its tables whole; nothing but their order changes."""
    lines = list(lines_of(text.text))
    entries = [entry for run in tables(text.text, lines) for entry in entries_of(text, run)]
    if all(len(entry) == 1 for entry in entries):
        return text
    wrapped = {line.start: entry for entry in entries for line in entry}
    parts: list[tuple[Span, str]] = []
    for line in lines:
        entry = wrapped.get(line.start, [line])
        if len(entry) == 1:
            parts.append((line, "\n"))
        elif line is entry[0]:
            parts += joined([cells_of(text.text, row) for row in entry])
    return text.rearranged(parts)


def tables(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """The runs of lines without a blank one in which the rows of tables stand."""
    for filled, run in groupby(lines, key=lambda line: bool(line.of(text).strip())):
        rows = list(run)
        if filled and any(len(cells_of(text, row)) >= FEWEST_COLUMNS for row in rows):
            yield rows


def cells_of(text: str, line: Span) -> Row:
    """The cells of a line, without the blanks around them."""
    cells, at = [], line.start
    for cell in line.of(text).split("\t"):
        lead = len(cell) - len(cell.lstrip())
        cells.append(Span(at + lead, at + max(lead, len(cell.rstrip()))))
        at += len(cell) + 1
    return cells


def entries_of(text: AlignedText, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """The rows of a table, each with the lines that go on with its cells."""
    rows = [cells_of(text.text, line) for line in lines]
    edges = right_edges(text, lines, rows)
    entry: list[Span] = []
    ends: list[int | None] = []
    for line, row in zip(lines, rows, strict=True):
        own = ends_of(text, line, row)
        within = all(end is None or end <= edges[at] for at, end in enumerate(own))
        if entry and not (within and goes_on(text.text, row, ends, edges)):
            yield entry
            entry, ends = [], []
        entry.append(line)
        ends = [new or old for new, old in zip_longest(own, ends)]
    yield entry


def ends_of(text: AlignedText, line: Span, row: Row) -> list[int | None]:
    """Where the cells of a line end, in characters of the source's line; None for empty ones."""
    start = text.starts[line.start]
    return [text.starts[cell.start] - start + cell.end - cell.start if is_filled(cell) else None for cell in row]


def right_edges(text: AlignedText, lines: Sequence[Span], rows: Sequence[Row]) -> list[int]:
    """Where each column of a table ends, in characters of the source's lines: before the next one begins."""
    begins: dict[int, int] = {}
    last = 0
    for line, row in zip(lines, rows, strict=True):
        for at, (cell, end) in enumerate(zip(row, ends_of(text, line, row), strict=True)):
            if end is not None:
                begins[at] = min(end - cell.end + cell.start, begins.get(at, end))
                last = max(last, end)
    return [min((begins[b] - GUTTER for b in begins if b > at), default=last) for at in range(max(begins) + 1)]


def goes_on(text: str, row: Row, ends: Sequence[int | None], edges: Sequence[int]) -> bool:
    """Whether each cell of a line goes on with one that had no room left for its first word; the last may be short.

    ``ends`` are where the cells above end, None for empty ones.
    """
    filled = [at for at, cell in enumerate(row) if is_filled(cell)]
    above = sum(end is not None for end in ends)
    if above < FEWEST_COLUMNS or len(row) > len(ends) or len(filled) >= above:
        return False
    if any(ends[at] is None for at in filled) or (0 in filled and not row[0].of(text)[0].islower()):
        return False
    full = [at for at in filled if (ends[at] or 0) + 1 + len(row[at].of(text).split(maxsplit=1)[0]) > edges[at]]
    return bool(full) and all(at in full for at in filled[:-1])


def is_filled(cell: Span) -> bool:
    """Whether a cell holds anything."""
    return cell.end > cell.start


def joined(rows: Sequence[Row]) -> Iterator[tuple[Span, str]]:
    """The cells of a row's lines, column by column."""
    columns = [list(filter(is_filled, column)) for column in zip_longest(*rows, fillvalue=Span(0, 0))]
    for at, column in enumerate(columns):
        last = "\n" if at == len(columns) - 1 else "\t"
        yield from ((cell, " ") for cell in column[:-1])
        yield column[-1] if column else Span(0, 0), last
