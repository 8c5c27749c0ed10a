"""The ticks of a table whose cells were lost: what stands under a head on the page, by the boxes of the words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pv_extract.blocks import Block, Layout
from pv_extract.grammar import fold
from pv_extract.members.cells import DUST, TICK
from pv_extract.text import Span
from pv_extract.words import Box, Word

FEWEST_HEADS = 2
ASIDE = 0.75  # how far from the middle of its row a tick may stand, in heights of the row: scans lean a little


class Head(NamedTuple):
    """The head of a column of ticks: the status that they tell, and its place."""

    status: str
    box: Box


def status_heads(layout: Layout, row: Block) -> list[Head]:
    """The heads of statuses in a row, where there are several and each stands there once; else none."""
    heads = [
        Head(mention.sets["status"], word.box)
        for word in layout.document.words_in(layout.source_span(row.span))
        for mention in layout.grammar.find("TickedUnder", told(layout, word))
    ]
    return heads if len(heads) >= FEWEST_HEADS and len({head.status for head in heads}) == len(heads) else []


def told(layout: Layout, word: Word) -> str:
    """The letters of a word as rules compare them."""
    return fold(layout.document.text[word.start : word.end]).lower().strip(DUST)


def placed_status(layout: Layout, heads: Sequence[Head], cells: Sequence[Span]) -> str | None:
    """The status whose head stands over the one tick beside the first cell of a row; None where that is not sure."""
    named = next((cell for cell in cells if cell.end > cell.start), None)
    if not heads or named is None:
        return None
    source = layout.source_span(named)
    box = layout.document.box_of(source)
    if box is None:
        return None
    page = layout.document.page_at(source.start)
    above = {
        head.status
        for word in layout.document.words_on(page)
        if word.box.x0 > box.x1 and is_beside(word.box, box) and TICK.fullmatch(told(layout, word))
        for head in standing_over(word.box, heads)
    }
    return above.pop() if len(above) == 1 else None


def is_beside(tick: Box, row: Box) -> bool:
    """Whether a tick stands at the height of a row."""
    return abs(tick.top + tick.bottom - row.top - row.bottom) <= 2 * ASIDE * (row.bottom - row.top)


def standing_over(tick: Box, heads: Iterable[Head]) -> list[Head]:
    """The heads over the middle of a tick."""
    middle = (tick.x0 + tick.x1) / 2
    return [head for head in heads if head.box.x0 <= middle <= head.box.x1]
