"""The lean of a page that was scanned askew, taken out of the boxes while they are laid out.

Rows and the cells of tables are told by their heights on the page; on a page that leans by half a degree, a
word at its right edge stands a third of a line lower than its row begins.
"""

from collections.abc import Iterable
from statistics import median

from pv_extract.readers.composition import Line, Placed
from pv_extract.words import Box

Row = list[Placed]

LEAST = 0.003
"""The slope (points down for each point to the right) from which a page leans."""
MOST = 0.1
"""A greater slope is none of the page, but of a few words that stand askew."""
ROWS, WORDS = 5, 4
"""The least number of rows that tell the slope, and of words in such a row."""


def slope_of(rows: Iterable[Row]) -> float:
    """How far the page's rows sink to the right, 0 where they are level."""
    slopes = [
        (row[-1].box.bottom - row[0].box.bottom) / (row[-1].box.x1 - row[0].box.x0)
        for row in rows
        if len(row) >= WORDS and row[-1].box.x1 > row[0].box.x0
    ]
    slope = median(slopes) if len(slopes) >= ROWS else 0.0
    return slope if LEAST <= abs(slope) <= MOST else 0.0


def sheared(row: Iterable[Placed], slope: float) -> Row:
    """The words, each moved up by as much as a row of this slope has sunk where it stands."""
    return [word._replace(box=_moved(word.box, -slope)) for word in row]


def leaning(line: Line, slope: float) -> Line:
    """A line of such words as it stands on the page."""
    return line._replace(cells=[sheared(cell, -slope) for cell in line.cells], box=_moved(line.box, slope))


def _moved(box: Box, slope: float) -> Box:
    fall = slope * (box.x0 + box.x1) / 2
    return Box(box.x0, round(box.top + fall, 2), box.x1, round(box.bottom + fall, 2))
