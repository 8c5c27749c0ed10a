"""Where the lines beside a margin on the right, and those of the left of two columns, are full.

That is long before the edge of the page. All lengths are in points.
"""

from collections.abc import Sequence

from pv_extract.words import Box

FEWEST = 3  # lines on each side of a gutter
LEVEL = 0.5  # of the lines of a column have one beside them; titles set out to the left stand above their text
GUTTER = 3.0  # between the two sides, at least
FARTHEST = 0.98  # of the lines, from the left, end before the edge; one may stick out


def edges_beside(lines: Sequence[Box]) -> dict[int, float]:
    """The right edges of the lines of a page that have a column to their right, by their places in reading order."""
    edges: dict[int, float] = {}
    for x in sorted({line.x0 for line in lines}, reverse=True):
        if beside := left_of(lines, x):
            edge = edge_of([lines[at] for at in beside])
            edges |= {at: min(edge, edges.get(at, edge)) for at in with_neighbours(lines, beside, x)}
    return edges


def edge_of(lines: Sequence[Box]) -> float:
    """Where lines end that are full."""
    ends = sorted(line.x1 for line in lines)
    return ends[int(len(ends) * FARTHEST)]


def left_of(lines: Sequence[Box], x: float) -> list[int]:
    """The lines that stand left of a column which begins at a place; none where there is no such column."""
    column = [line for line in lines if line.x0 >= x]
    if len(column) < FEWEST:
        return []
    top, bottom = min(line.top for line in column), max(line.bottom for line in column)
    beside = [at for at, line in enumerate(lines) if line.x0 < x and line.bottom > top and line.top < bottom]
    parted = all(lines[at].x1 + GUTTER < x for at in beside)
    level = sum(any(note.top < lines[at].bottom and lines[at].top < note.bottom for at in beside) for note in column)
    return beside if parted and len(beside) >= FEWEST and level >= LEVEL * len(column) else []


def with_neighbours(lines: Sequence[Box], beside: Sequence[int], x: float) -> list[int]:
    """The lines beside a column, and those above and below that leave its place free as they do."""
    crossing = [at for at, line in enumerate(lines) if line.x0 < x <= line.x1 + GUTTER]
    first = max((at for at in crossing if at < beside[0]), default=-1)
    last = min((at for at in crossing if at > beside[-1]), default=len(lines))
    return [at for at in range(first + 1, last) if lines[at].x0 < x]
