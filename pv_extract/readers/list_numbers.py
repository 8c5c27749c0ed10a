"""The numbers of a list that the engine read as a column of their own, put back at the head of their lines.

Boxes are in points.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from pv_extract.readers.composition import Placed, around
from pv_extract.words import Box

Rows = list[list[Placed]]
"""Rows of words, from top to bottom."""

NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5}|[a-h])[.,;:)°/-]{0,2}")
STOP = re.compile(r"[.)°/-]{1,2}")
"""What the engine may leave at the line when it reads its number apart."""
LEAST = 2
"""The least number of lines of such a column."""
LEVEL = 0.5
"""The part of its height that a number shares with its line."""
INDENT = 5.0
"""How far the line may stand from its number, in heights of the number."""


def rejoined(blocks: Iterable[Rows]) -> list[Rows]:
    """The blocks of a column; numbers that stand alone are put before the lines beside them, if each has one."""
    found = [[list(row) for row in block] for block in blocks]
    rows = list(chain.from_iterable(found))
    for numbers in [run for block in found for run in _runs(block)]:
        lines = [_line_beside(row[0].box, rows) for row in numbers]
        if len({id(line) for line in lines if line}) == len(numbers):
            for row, line in zip(numbers, lines, strict=True):
                _put_before(line or [], row.pop())
    filled = [[row for row in block if row] for block in found]
    return [block for block in filled if block]


def _runs(block: Rows) -> Iterator[Rows]:
    """The stretches of rows that are numbers alone."""
    for alone, run in groupby(block, key=_is_number):
        rows = list(run)
        if alone and len(rows) >= LEAST:
            yield rows


def _is_number(row: Sequence[Placed]) -> bool:
    return len(row) == 1 and NUMBER.fullmatch(row[0].text) is not None


def _line_beside(number: Box, rows: Iterable[list[Placed]]) -> list[Placed] | None:
    """The line that begins to the right of a number, at its height."""
    height = number.bottom - number.top
    for row in filter(None, rows):
        line = around(row)
        shared = min(line.bottom, number.bottom) - max(line.top, number.top)
        if shared >= LEVEL * height and 0 < line.x0 - number.x0 <= INDENT * height:
            return None if _is_number(row[:1]) else row
    return None


def _put_before(line: list[Placed], number: Placed) -> None:
    """Put a number before its line; the stop that the line begins with is its own."""
    if STOP.fullmatch(line[0].text) and len(line) > 1:
        stop = line.pop(0)
        number = number._replace(text=number.text + stop.text, box=around([number, stop]))
    line.insert(0, number)
