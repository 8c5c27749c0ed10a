"""Where rolls begin and end: labels, legends, tables and lists without a label, wherever the minutes call the roll."""

from collections.abc import Iterator
from dataclasses import replace

from pv_extract.blocks import Block, Layout
from pv_extract.members.column_heads import is_column_row, is_roll_table
from pv_extract.members.roll_groups import group_of_line
from pv_extract.members.rolls import Roll, continues, counts_alone, goes_on, same_columns
from pv_extract.mentions import Mention
from pv_extract.text import Span


def rolls_of(layout: Layout) -> Iterator[Roll]:
    """The rolls in the order of the text; those behind the first decision only where none came before."""
    current: Roll | None = None
    seen = decided = False
    for block in layout.blocks:
        if decided and seen and not (current and continues(layout, current, block)):
            break
        if opened := opened_by(layout, current, block):
            yield from closed(current)
            yield from opened[:-1]
            current = opened[-1]
            seen = seen or current.legend is None
        elif current and goes_on(layout, current, block):
            current = replace(current, blocks=(*current.blocks, block))
        else:
            yield from closed(current)
            current = None
        decided = decided or (seen and decides(layout, block))
    yield from closed(current)


def opened_by(layout: Layout, current: Roll | None, block: Block) -> list[Roll]:
    """The rolls that a block opens: by its labels, by a legend, or as the first line of a list without either."""
    tabled = is_column_row(layout, block) or (current is not None and same_columns(layout, current, block))
    entry = tabled or any(block.has(kind, layout.grammar) for kind in ("MarkedEntry", "CodeLegend"))
    if labels := [] if entry else block.find("AttendanceLabel", layout.grammar):
        ends = [*(label.span.start for label in labels[1:]), block.span.end]
        rolls = [labelled(label, end) for label, end in zip(labels, ends, strict=True)]
        return [replace(roll, group=roll.group or rolls[0].group) for roll in rolls]
    if legend := block.first("StyleLegend", layout.grammar):
        return [Roll("unknown", legend.rule, legend.span, rest_of(legend.span, block), legend=legend)]
    if current and not counts_alone(layout, current):
        return []
    if is_roll_table(layout, block):
        return [unlabelled(layout, block, "attendance.table")]
    return [unlabelled(layout, block, "attendance.entry_line")] if opens_marked_list(layout, block) else []


def labelled(label: Mention, end: int) -> Roll:
    """The roll that a label opens; what stands behind the label, up to ``end``, is on its line.

    A sentence names its members before it says so: « M. Roux, malade, s'est fait excuser ».
    """
    content = label.fields.get("names") or (Span(label.span.end, end) if end > label.span.end else None)
    return Roll(label.sets["status"], label.rule, label.span, content, group=label.fields.get("group"))


def unlabelled(layout: Layout, block: Block, rule: str) -> Roll:
    """The roll that begins with a block, which says itself what the list is."""
    start = Span(block.span.start, block.span.start)
    return Roll("unknown", rule, start, None, (*group_above(layout, block), block))


def decides(layout: Layout, block: Block) -> bool:
    """Whether the assembly decides something in a block, its secretary aside."""
    return block.has("Decision", layout.grammar) and not block.has("Secretary", layout.grammar)


def group_above(layout: Layout, block: Block) -> list[Block]:
    """The line right above a list that names the college or commune of its members."""
    return [b for b in layout.blocks[max(0, block.index - 1) : block.index] if group_of_line(layout, b)]


def opens_marked_list(layout: Layout, block: Block) -> bool:
    """Whether a block and the next one each name somebody and say whether they are there, without a label above."""
    two = layout.blocks[block.index : block.index + 2]
    return len(two) == 2 and all(b.has("MarkedEntry", layout.grammar) for b in two)


def closed(roll: Roll | None) -> Iterator[Roll]:
    """The roll, if there is one."""
    if roll is not None:
        yield roll


def rest_of(label: Span, block: Block) -> Span | None:
    """What stands behind a label on its line."""
    return Span(label.end, block.span.end) if label.end < block.span.end else None
