"""Segmentation: the blocks of the minutes cut into head, roll call, agendas, items, other bodies' agendas, end.

Afterwards every block belongs to exactly one section, in the order of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pv_extract.attendance import RollCall, call_roll
from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.headings import EXPLICIT, Heading, candidates, choose, merged, numbered, same_title
from pv_extract.mentions import Mention
from pv_extract.text import Span

DECISIVE = ("Decision", "VoteOutcome", "VoteCount", "Elected")
LONGEST_AGENDA_ITEM = 420
DECISION_REACH = 3  # blocks within which a formula and a vote tell one decision
LONGEST_DATED_TITLE = 120  # characters; a longer line with the meeting's date is the opening formula


@dataclass(frozen=True)
class AgendaItem:
    """A point of an agenda: the spans of its number (if printed) and of its title."""

    number: Span | None
    title: Span
    rule: str


@dataclass(frozen=True)
class Section:
    """A run of blocks and what it is; ``heading`` opens an item, ``mention`` is what the section was told by."""

    kind: str
    blocks: tuple[Block, ...]
    heading: Heading | None = None
    mention: Mention | None = None
    items: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True)
class Segments:
    """The sections of the minutes, and their roll call."""

    sections: tuple[Section, ...]
    roll_call: RollCall

    def of(self, *kinds: str) -> list[Section]:
        """The sections of some kinds."""
        return [s for s in self.sections if s.kind in kinds]

    def blocks_of(self, *kinds: str) -> list[Block]:
        """The blocks of the sections of some kinds."""
        return [b for s in self.sections if s.kind in kinds for b in s.blocks]


def segment(layout: Layout) -> Segments:
    """Cut the minutes into sections."""
    roll_call = call_roll(layout)
    end = closing_index(layout)
    zones = agenda_zones(layout, roll_call, end)
    taken = set(roll_call.blocks) | {b.index for zone in zones for b in zone.blocks}
    free = [b for b in layout.blocks[:end] if b.index not in taken]
    agenda = [layout.read(item.title) for zone in zones if zone.kind == "agenda" for item in zone.items]
    headings = item_headings(layout, free, agenda, body_index(layout, roll_call))
    return Segments(tuple(ordered_sections(layout, roll_call, zones, headings, end)), roll_call)


def closing_index(layout: Layout) -> int:
    """The index of the first block behind the last closing formula; the number of blocks where there is none."""
    last = None
    for block in layout.blocks:
        if block.has("Closing", layout.grammar):
            last = block.index
    if last is None or last < 0.35 * len(layout.blocks):
        return len(layout.blocks)
    return last + 1


def body_index(layout: Layout, roll_call: RollCall) -> int:
    """The index of the last block that surely belongs to the head: the opening formula, the roll call."""
    opening = next((b.index for b in layout.blocks[:60] if b.has("MeetingDate", layout.grammar)), -1)
    decided = next((b.index for b in layout.blocks if b.has("Decision", layout.grammar)), len(layout.blocks))
    return max((i for i in (opening, *roll_call.blocks) if i < decided), default=-1)


def agenda_zones(layout: Layout, roll_call: RollCall, end: int) -> list[Section]:
    """The agenda lists, the agendas of other meetings, and the lists that sum up the deliberations."""
    zones: list[Section] = []
    at = 0
    while at < len(layout.blocks):
        block = layout.blocks[at]
        kind, mention = zone_opening(layout, block, end)
        if kind is None or block.index in roll_call.blocks:
            at += 1
            continue
        zone = zone_from(layout, kind, mention, at, roll_call)
        zones.append(zone)
        at = zone.blocks[-1].index + 1
    return zones


def zone_opening(layout: Layout, block: Block, end: int) -> tuple[str | None, Mention | None]:
    """Which list a block opens: « agenda », « upcoming », « summary », or none."""
    for kind, emits in (("upcoming", "UpcomingHeading"), ("summary", "SummaryHeading"), ("agenda", "AgendaHeading")):
        found = block.first(emits, layout.grammar)
        if found and block.index < end:
            return kind, found
    return None, None


def zone_from(layout: Layout, kind: str, mention: Mention | None, at: int, roll_call: RollCall) -> Section:
    """The list that the block at ``at`` opens, and its items."""
    blocks = [layout.blocks[at]]
    items: list[AgendaItem] = []
    loose = kind == "upcoming"
    for block in layout.blocks[at + 1 :]:
        if block.index in roll_call.blocks or ends_list(layout, kind, block, items):
            break
        item = list_item(layout, block, items, loose)
        if item is None and not loose:
            if len(blocks) == 1 and len(block.text) < 200 and block.text.rstrip().endswith(":"):
                blocks.append(block)
                continue
            break
        blocks.append(block)
        if item is not None:
            items.append(item)
    return Section(kind, tuple(blocks), mention=mention, items=tuple(renumbered(layout, items, loose)))


def ends_list(layout: Layout, kind: str, block: Block, items: Sequence[AgendaItem]) -> bool:
    """Whether a block cannot belong to the list above it."""
    grammar = layout.grammar
    if items and regex.fullmatch(r"\W*preambule\W*", block.lowered):
        return True
    if any(
        block.has(k, grammar)
        for k in ("AgendaHeading", "UpcomingHeading", "SummaryHeading", "AttendanceLabel", "Closing")
    ):
        return True
    if kind == "upcoming":
        return False
    formula = any(block.has(k, grammar) for k in ("Quorum", "Secretary", "EndTime"))
    opening = len(block.text) > LONGEST_DATED_TITLE and block.has("MeetingDate", grammar)
    if (formula or opening) and numbered(layout, block) is None:
        return True
    if len(block.text) > LONGEST_AGENDA_ITEM:
        return True
    if not items:
        return False
    first = layout.read(items[0].title)
    heading = numbered(layout, block)
    title = layout.read(heading.title) if heading and heading.title else block.text
    if same_title(title, first):
        return True
    restarts = bool(heading and heading.rank == 1 and heading.style in ("arabic", "roman", "word", "resolution"))
    return (
        restarts
        and any(i.number is not None for i in items)
        and (heading is not None and not nested_list(layout, heading, items))
    )


def nested_list(layout: Layout, heading: Heading, items: Sequence[AgendaItem]) -> bool:
    """Whether a number 1 begins a list inside the agenda: the items above are numbered in another style."""
    last = next((layout.read(i.number) for i in reversed(items) if i.number), "")
    return heading.style == "arabic" and not last.strip(" .)°").isdigit()


def list_item(layout: Layout, block: Block, items: Sequence[AgendaItem], loose: bool) -> AgendaItem | None:
    """The agenda item that a block is, None for running text."""
    text = block.text.strip()
    filled = [c for c in block.cells() if c.end > c.start]
    if len(filled) > 2 or (loose and len(filled) == 2 and not layout.read(filled[0]).strip(" .)-").isdigit()):
        return None
    heading = numbered(layout, block)
    if heading and heading.title:
        return AgendaItem(heading.number, agenda_title(layout, heading.title), heading.rule)
    bullet = regex.match(r"[-–—*•>✓]+\s*(?=\S)|\(?[a-z]\)\s", text)
    if bullet and not (loose and items and (block.text[:1] == " " or text[bullet.end()].islower())):
        start = block.span.start + block.text.index(text) + bullet.end()
        title = agenda_title(layout, Span(start, block.span.end))
        return AgendaItem(None, title, "agenda.bullet") if title.end - title.start > 3 else None
    running = len(text) > 220 or (regex.search(r"[.!?]\W*$", text) and len(text) > 90)
    if running or bullet or not regex.search(r"\p{L}{3}", text) or not any(c.islower() or c.isupper() for c in text):
        return None
    if loose and (not items or (items[-1].number is None and items[-1].rule != "agenda.line")):
        return None
    if regex.match(r"\p{Ll}", text) and items:
        return None
    return AgendaItem(None, agenda_title(layout, trimmed(layout, block.span)), "agenda.line")


def agenda_title(layout: Layout, span: Span) -> Span:
    """The title of an agenda item: what is bold, or what stands before « : » or a dash and long prose."""
    span = trimmed(layout, span)
    text = layout.read(span)
    if layout.document.styles:
        bold_end = 0
        for word in regex.finditer(r"\S+", text):
            if layout.style(Span(span.start + word.start(), span.start + word.end()))[0] < 0.5:
                break
            bold_end = word.end()
        if 12 <= bold_end < len(text) - 12:
            return trimmed(layout, Span(span.start, span.start + bold_end))
    if len(text) > 140:
        cut = regex.search(
            r"\s[–—-]\s+(?=(?i:les?|la|il|l'|une?|ces?|cette)\b)|\s?:\s|\.\s+(?=\p{Lu})", text[:LONGEST_AGENDA_ITEM]
        )
        if cut and cut.start() >= 10:
            return trimmed(layout, Span(span.start, span.start + cut.start()))
    return span


def renumbered(layout: Layout, items: Sequence[AgendaItem], loose: bool) -> list[AgendaItem]:
    """The items without stray ones and part headings.

    In another body's numbered agenda, bullets and what comes last are details. « II. Finances » over a list of
    points is no point itself.
    """
    last = max((at for at, i in enumerate(items) if i.number is not None), default=None)
    if loose and last is not None:
        return [i for i in items[: last + 1] if i.number is not None or i.rule == "agenda.line"]
    return [i for i, following in zip(items, [*items[1:], None], strict=False) if not heads_part(layout, i, following)]


def heads_part(layout: Layout, item: AgendaItem, following: AgendaItem | None) -> bool:
    """Whether an agenda line in roman numerals only heads the points under it."""
    if following is None or item.number is None or not item.rule.endswith("item_roman"):
        return False
    if following.number is None:
        return following.rule == "agenda.bullet"
    return layout.read(following.number).strip(" .)°") in ("1", "a", "A")


def decision_blocks(layout: Layout, blocks: Sequence[Block], headings: Sequence[Heading]) -> list[int]:
    """The indices of the blocks that decide or tell a vote; neighbours under one heading count once.

    Verbs in capitals at the head of a line only count where no fuller formula stands in the minutes.
    """
    found = [(block.index, told) for block in blocks if (told := decides(layout, block))]
    strong = [index for index, told in found if told == "formula"]
    starts = {h.block.index for h in headings}
    indices: list[int] = []
    last = -DECISION_REACH
    for index in strong or [index for index, _ in found]:
        if index > last + DECISION_REACH or not starts.isdisjoint(range(last + 1, index + 1)):
            indices.append(index)
        last = index
    return indices


def decides(layout: Layout, block: Block) -> str | None:
    """Whether a block decides: by a « formula » or a vote, by a « verb » alone, or not."""
    grammar = layout.grammar
    if any(block.has(kind, grammar) for kind in ("Approval", "Secretary", "ProceduralVote")):
        return None
    if any(block.has(kind, grammar) for kind in ("VoteOutcome", "VoteCount", "Elected")):
        return "formula"
    decision = block.first("Decision", grammar)
    if decision is None:
        return None
    return "formula" if decision.rule.endswith("deliberated") else "verb"


def item_headings(layout: Layout, blocks: Sequence[Block], agenda: Sequence[str], body: int) -> list[Heading]:
    """The headings that cut the minutes into items, in order; only explicit ones before block ``body``."""
    found = merged(layout, list(candidates(layout, blocks, agenda)))
    found = [h for h in found if h.title is not None or h.reference is not None or h.number is not None]
    found = [h for h in found if h.block.index > body or h.style in EXPLICIT or h.agenda is not None]
    return choose(found, decision_blocks(layout, blocks, found))


def ordered_sections(
    layout: Layout, roll_call: RollCall, zones: Sequence[Section], headings: Sequence[Heading], end: int
) -> list[Section]:
    """All sections in the order of the text, every block in exactly one."""
    opens: dict[int, Section] = {zone.blocks[0].index: zone for zone in zones}
    zone_of = {b.index: zone for zone in zones for b in zone.blocks}
    heads = {h.block.index: h for h in headings}
    sections: list[Section] = []
    current = Section("head", ())
    for block in layout.blocks:
        if block.index in opens:
            sections.append(current)
            sections.append(opens[block.index])
            current = Section("head" if current.kind == "head" else "text", ())
        elif block.index in zone_of:
            continue
        elif block.index == end - 1 and block.has("Closing", layout.grammar):
            sections.append(current)
            current = Section("closing", (block,))
        elif block.index == end:
            sections.append(current)
            current = Section("signatures", (block,))
        elif block.index in heads and block.index < end:
            sections.append(current)
            current = Section("item", (block,), heading=heads[block.index])
        elif current.kind == "item" and is_part_title(layout, block):
            sections.append(current)
            current = Section("text", (block,))
        else:
            current = replace(current, blocks=(*current.blocks, block))
    sections.append(current)
    return [named_section(layout, s) for s in sections if s.blocks]


def is_part_title(layout: Layout, block: Block) -> bool:
    """Whether a block ends the item above it: « Questions diverses », « Informations »."""
    return block.has("SectionHeading", layout.grammar)


def named_section(layout: Layout, section: Section) -> Section:
    """An item by what it is: the approval of minutes, procedure, a deliberation, or a point merely discussed."""
    if section.kind != "item" or section.heading is None:
        return section
    title = layout.read(section.heading.title) if section.heading.title else section.heading.block.text
    from_grammar = [m.rule for m in layout.grammar.find("Procedural", fold(title))]
    if any(rule.endswith("approval_heading") for rule in from_grammar):
        return replace(section, kind="approval")
    if from_grammar:
        return replace(section, kind="procedure")
    body = [b for b in section.blocks if b.index > section.heading.last] or list(section.blocks)
    decided = any(b.has(kind, layout.grammar) for b in body for kind in (*DECISIVE, "NamedVoters"))
    run_in = section.heading.block in section.blocks and any(
        section.heading.block.has(k, layout.grammar) for k in DECISIVE
    )
    return replace(section, kind="deliberation" if decided or run_in else "discussion")
