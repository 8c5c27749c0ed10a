"""Annexes: documents bound behind the minutes, or behind an act, told apart so that no rule reads them as minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pv_extract.blocks import Block, Layout
from pv_extract.segmentation.headings import DECIDING, EXPLICIT

TOP = 3  # blocks of a page among which the heading of an annex stands
CLOSING_REACH = 60  # blocks between the closing formula and an annex: signatures, one to a line
SIGNATURE_REACH = 15
ACT_CLOSING = "closing_of_act"  # « Fait et délibéré » ends one act, and others may follow


def annexes_apart(layout: Layout) -> Layout:
    """The layout with the blocks of annexes in ``annexes``, the others numbered anew.

    An annex opens a page, under its name, behind the end of the minutes; it then goes to the end of the document.
    Behind the end of a single act it goes to the next act; where none is found and decisions follow, it is none.
    """
    taken = {index for run in annex_runs(layout) for index in run}
    if not taken:
        return layout
    kept = [block for block in layout.blocks if block.index not in taken]
    renumbered = tuple(replace(block, index=index) for index, block in enumerate(kept))
    return replace(layout, blocks=renumbered, annexes=tuple(layout.blocks[index] for index in sorted(taken)))


def annex_runs(layout: Layout) -> Iterator[range]:
    """The indices of the blocks of each annex."""
    tops, end = page_tops(layout), 0
    for block in layout.blocks:
        if block.index < end or not block.has("AnnexHeading", layout.grammar) or not opens_page(layout, block, tops):
            continue
        end = end_of_annex(layout, block, tops)
        if end > block.index:
            yield range(block.index, end)


def page_tops(layout: Layout) -> frozenset[int]:
    """The indices of the first blocks of each page but the first."""
    found: list[int] = []
    pages: dict[int, int] = {}
    for block in layout.blocks:
        page = layout.document.page_at(layout.source_span(block.span).start).number
        pages[page] = pages.get(page, 0) + 1
        if page > 1 and pages[page] <= TOP:
            found.append(block.index)
    return frozenset(found)


def opens_page(layout: Layout, block: Block, tops: frozenset[int]) -> bool:
    """Whether a block stands at the top of its page; in a source without pages, whether no signature follows it."""
    if len(layout.document.pages) > 1:
        return block.index in tops
    return not layout.find("Signature", layout.blocks[block.index + 1 : block.index + 1 + SIGNATURE_REACH])


def end_of_annex(layout: Layout, heading: Block, tops: frozenset[int]) -> int:
    """Where the annex under a heading ends, as an index of blocks; that of the heading where it opens none."""
    above, below = layout.blocks[: heading.index], layout.blocks[heading.index + 1 :]
    closings = layout.find("Closing", above[-CLOSING_REACH:])
    if any(not closing.rule.endswith(ACT_CLOSING) for closing in closings):
        return len(layout.blocks)
    if not closings and not layout.find("Signature", above[-SIGNATURE_REACH:]):
        return heading.index
    following = next((b.index for b in below if b.index in tops and opens_act(layout, b)), None)
    if following is None and decides(layout, below):
        return heading.index
    return len(layout.blocks) if following is None else following


def opens_act(layout: Layout, block: Block) -> bool:
    """Whether an act begins with a block: « EXTRAIT DU REGISTRE », « DÉLIBÉRATION N° 2024-07 »."""
    kinds = (m.sets.get("kind") for m in block.find("DocumentKind", layout.grammar))
    styles = (m.sets.get("style") for m in block.find("ItemHeading", layout.grammar))
    return "extrait_du_registre" in kinds or any(style in EXPLICIT for style in styles)


def decides(layout: Layout, blocks: Sequence[Block]) -> bool:
    """Whether something is decided or voted in some blocks."""
    return any(block.has(kind, layout.grammar) for block in blocks for kind in DECIDING)
