"""The head of the minutes: where it ends, which document it says that it is."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.mentions import Mention
from pv_extract.segmentation.sections import Section, Segments

ITEMS = ("deliberation", "discussion", "upcoming", "summary")
OPENING = ("header.date_opening", "header.date_met", "header.date_before_met", "header.date_quebec")
TITLE_BLOCKS = 14  # blocks from the top among which the document names itself
LONGEST_TITLE = 200  # characters
FIRST_WORDS = 40  # characters; a title that goes on as a sentence names the document in them
BEHIND_ROLL = 2  # blocks behind the roll that still tell of the meeting: the secretary, the quorum
END_OF_REGISTERS = "1960"  # until then sittings are written in a register one behind the other, without a title
MINUTES = ("proces_verbal", "compte_rendu")


def head_blocks(layout: Layout, segments: Segments) -> list[Block]:
    """The blocks before the first item that the assembly deals with, those of the title at least; all without items."""
    blocks: list[Block] = []
    for section in segments.sections:
        if section.kind in ITEMS and blocks and not (seats(layout, section) or calls_roll(section, segments)):
            blocks += opening_of_item(layout, section, blocks, segments)
            break
        blocks += section.blocks
    whole = len(blocks) >= TITLE_BLOCKS or any(b.has("AttendanceLabel", layout.grammar) for b in blocks)
    return reproduced(layout, blocks if whole else list(layout.blocks[:TITLE_BLOCKS]))


def opening_of_item(layout: Layout, section: Section, head: Sequence[Block], segments: Segments) -> list[Block]:
    """The opening formula and the roll of an extract, which stand below the object of its only deliberation."""
    called = [b.index for b in section.blocks if b.index in segments.roll_call.blocks]
    opened = any(m.rule in OPENING for b in section.blocks for m in b.find("MeetingDate", layout.grammar))
    if not called or not opened or any(b.index in segments.roll_call.blocks for b in head):
        return []
    return [b for b in section.blocks if b.index <= called[-1] + BEHIND_ROLL]


def calls_roll(section: Section, segments: Segments) -> bool:
    """Whether what looks like an item is none: nothing is decided there, and the roll is called."""
    return section.kind == "discussion" and any(b.index in segments.roll_call.blocks for b in section.blocks)


def seats(layout: Layout, section: Section) -> bool:
    """Whether an item elects who presides over the meeting or writes its minutes."""
    return bool(section.blocks and section.blocks[0].has("SeatingItem", layout.grammar))


def reproduced(layout: Layout, blocks: list[Block]) -> list[Block]:
    """The blocks from the title of the minutes that a later meeting's agenda reproduces; all where there is none."""
    kind = document_kind(layout, blocks)
    if kind is None or kind.value != "ordre_du_jour":
        return blocks
    listed = (at for at, b in enumerate(blocks) if b.has("AttendanceLabel", layout.grammar))
    before = range(1, next(listed, 0))
    return blocks[next((at for at in before if titles_minutes(layout, blocks[at])), 0) :]


def titles_minutes(layout: Layout, block: Block) -> bool:
    """Whether a block is the dated title of minutes, not a point that approves some."""
    kinds = {m.sets["kind"] for m in block.find("DocumentKind", layout.grammar)}
    dated = block.has("MeetingDate", layout.grammar) and len(block.text) < LONGEST_TITLE
    return dated and not kinds.isdisjoint(MINUTES) and not block.has("ApprovingWord", layout.grammar)


def document_kind(layout: Layout, head: Sequence[Block]) -> Found | None:
    """What the document calls itself in its first lines."""
    for block in head[:TITLE_BLOCKS]:
        found = block.first("DocumentKind", layout.grammar)
        reach = LONGEST_TITLE if len(block.text) < LONGEST_TITLE else FIRST_WORDS
        if found and found.span.end - block.span.start < reach and not block.has("VoteOutcome", layout.grammar):
            return value_of(layout, found, "kind")
    return None


def register_kind(date: Found | None) -> Found | None:
    """« proces_verbal » where minutes of old do not say so: a register holds nothing else."""
    if date is None or date.value >= END_OF_REGISTERS or date.rule not in (*OPENING, "header.date_title"):
        return None
    return Found("proces_verbal", date.span, "header.register_kind", "inferred")


def meeting_title(layout: Layout, kind: Found | None) -> Found | None:
    """The line in which the document names itself."""
    if kind is None:
        return None
    block = next(b for b in layout.blocks if b.span.start <= kind.span.start < b.span.end)
    span = trimmed(layout, block.span)
    return Found(" ".join(layout.read(span).split()), span, kind.rule)


def opening_first(layout: Layout, head: Sequence[Block]) -> list[Block]:
    """The head's blocks with the opening formula (« L'an deux mille… ») before the others."""
    dated = (b for b in head if any(m.rule in OPENING for m in b.find("MeetingDate", layout.grammar)))
    opening = list(islice(dated, 1))
    return [*opening, *(b for b in head if b not in opening)]


def title_region(layout: Layout, head: Sequence[Block]) -> list[Block]:
    """The opening formula, then the other blocks from the top to it: where the document says whose meeting it tells."""
    ordered = opening_first(layout, head)
    last = max(TITLE_BLOCKS, head.index(ordered[0]) if ordered else 0)
    return [b for b in ordered if b in head[: last + 1]]


def earliest(layout: Layout, kind: str, blocks: Sequence[Block]) -> Mention | None:
    """The first mention of a kind by place."""
    for block in blocks:
        if found := block.first(kind, layout.grammar):
            return found
    return None


def value_of(layout: Layout, mention: Mention | None, field: str, how: Any = "stated") -> Found | None:
    """The text of a mention's field, or what the rule itself states for it."""
    if mention is None:
        return None
    if field in mention.sets:
        return Found(mention.sets[field], mention.span, mention.rule, how)
    span = mention.fields.get(field)
    if span is None:
        return None
    span = trimmed(layout, span)
    return Found(sentence_case(layout.read(span)), span, mention.rule, how)


def sentence_case(text: str) -> str:
    """Words of a title in capitals as running text has them: « CONSEIL MUNICIPAL » → « Conseil municipal »."""
    text = " ".join(text.split())
    return text[:1].upper() + (text[1:].lower() if text.isupper() and len(text) > 4 else text[1:])
