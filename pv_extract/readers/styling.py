"""Styles as intervals that may nest, made into the ordered runs of a Document."""

from collections.abc import Iterable
from typing import NamedTuple

from pv_extract.document import Style


class Styled(NamedTuple):
    """An interval of characters that are bold, or in italics, or both."""

    start: int
    end: int
    bold: bool = False
    italic: bool = False


def style_runs(intervals: Iterable[Styled]) -> tuple[Style, ...]:
    """The intervals, which may overlap, as runs that do not.

    >>> style_runs([Styled(0, 9, bold=True), Styled(3, 5, italic=True)])[1]
    Style(start=3, end=5, bold=True, italic=True)
    """
    steps: list[tuple[int, int, int]] = []
    for item in intervals:
        if item.start < item.end:
            steps += ((item.start, item.bold, item.italic), (item.end, -item.bold, -item.italic))
    steps.sort()
    runs: list[Style] = []
    at = bolds = italics = 0
    for offset, bold, italic in steps:
        if offset > at and (bolds or italics):
            _append(runs, Style(at, offset, bolds > 0, italics > 0))
        at, bolds, italics = offset, bolds + bold, italics + italic
    return tuple(runs)


def _append(runs: list[Style], run: Style) -> None:
    last = runs[-1] if runs else None
    if last and last.end == run.start and last[2:] == run[2:]:
        runs[-1] = Style(last.start, run.end, run.bold, run.italic)
    else:
        runs.append(run)
