"""Tables ruled with lines: pdfplumber finds their cells from the rulings, our words fill them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.readers.composition import Line, Placed, around
from pv_extract.readers.layout import arrange, paragraphs
from pv_extract.readers.pdf_drawings import Drawn
from pv_extract.readers.rows import rows_of
from pv_extract.words import Box

TOLERANCE = 3.0
"""Rulings this far apart (points) are one."""
LAYOUT_CELL_LINES = 5
"""Cells with more lines than this, in a table of few cells, are columns of a page and no table cells."""


@dataclass(frozen=True)
class Ruled:
    """A ruled table: the boxes of its cells, row by row; None where a wider or higher cell reaches in."""

    box: Box
    rows: list[list[Box | None]]


def ruled_tables(drawn: Drawn) -> list[Ruled]:
    """The tables of a page from top to bottom, those of one column (frames, boxed titles) left out."""
    if not may_hold_grid(drawn):
        return []
    from pdfplumber import table as finder

    edges = [_edge(box, "h") for box in drawn.horizontal] + [_edge(box, "v") for box in drawn.vertical]
    merged = finder.merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    crossings = finder.edges_to_intersections(merged, TOLERANCE, TOLERANCE)
    groups = finder.cells_to_tables(finder.intersections_to_cells(crossings))
    tables = [_ruled([Box(*cell) for cell in cells]) for cells in groups]
    return sorted((t for t in tables if len(t.rows[0]) > 1), key=lambda t: (t.box.top, t.box.x0))


def may_hold_grid(drawn: Drawn) -> bool:
    """Whether the rulings could make two cells side by side: three verticals between two horizontals."""
    return (
        len({round(box.x0 / TOLERANCE) for box in drawn.vertical}) >= 3
        and len({round(box.top / TOLERANCE) for box in drawn.horizontal}) >= 2
    )


def _edge(box: Box, orientation: str) -> dict[str, object]:
    x0, top, x1, bottom = box
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
        "object_type": "line",
    }


def _ruled(cells: list[Box]) -> Ruled:
    edges = sorted({cell.x0 for cell in cells})
    rows = []
    for top in sorted({cell.top for cell in cells}):
        at = {cell.x0: cell for cell in cells if cell.top == top}
        rows.append([at.get(x) for x in edges])
    box = Box(
        edges[0],
        min(c.top for c in cells),
        max(c.x1 for c in cells),
        max(c.bottom for c in cells),
    )
    return Ruled(box, rows)


def table_lines(table: Ruled, words: Sequence[Placed]) -> list[list[Line | None]]:
    """The table as groups of lines: one group of rows, or one group for each cell of a page layout."""
    placed = [(word, *_middle(word.box)) for word in words]
    contents = [[_inside(placed, cell) for cell in row] for row in table.rows]
    filled = [content for row in contents for content in row if content]
    if _is_layout(filled):
        return [list(paragraphs(arrange(content))) for content in filled]
    return [[_row(row) for row in contents if any(row)]]


def inside_table(word: Placed, table: Ruled) -> bool:
    """Whether the middle of a word lies in a table."""
    x, y = _middle(word.box)
    return table.box.x0 <= x < table.box.x1 and table.box.top <= y < table.box.bottom


def _inside(placed: Sequence[tuple[Placed, float, float]], cell: Box | None) -> list[Placed]:
    if cell is None:
        return []
    x0, top, x1, bottom = cell
    return [word for word, x, y in placed if x0 <= x < x1 and top <= y < bottom]


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _is_layout(cells: list[list[Placed]]) -> bool:
    if not cells or len(cells) > 6:
        return False
    return sum(len(rows_of(cell)) for cell in cells) > LAYOUT_CELL_LINES * len(cells)


def _row(contents: list[list[Placed]]) -> Line:
    cells = [[word for row in rows_of(content) for word in row] for content in contents]
    return Line(cells, around([word for cell in cells for word in cell]))
