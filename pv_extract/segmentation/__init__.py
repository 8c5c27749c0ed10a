"""Segmentation: the minutes cut into head, roll call, agendas, items, other bodies' agendas, end.

Afterwards every block belongs to exactly one section, in the order of the text.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.members.attendance import RollCall, call_roll
from pv_extract.segmentation.agendas import agenda_zones
from pv_extract.segmentation.families import choose, with_agenda_points
from pv_extract.segmentation.headings import EXPLICIT, PART, Heading, candidates
from pv_extract.segmentation.matters import matters
from pv_extract.segmentation.merging import merged
from pv_extract.segmentation.openings import SET_OFF
from pv_extract.segmentation.sections import Section, Segments
from pv_extract.segmentation.sieve import (
    capitalised,
    listed,
    proven,
    registered,
    unrepeated,
    with_parts,
    without_subtitles,
    without_themes,
)
from pv_extract.segmentation.subpoints import parts_above, with_neighbours

DECISIVE = ("Decision", "VoteOutcome", "VoteCount", "Elected", "ChoiceVotes")
LONGEST_BREAK = 25  # blocks between two rolls of one roll call
LONGEST_NAME = 60  # characters of a line that only names a member
FEW_TITLES = 1  # in minutes that may be prose without titles: the head of a table
DECISION_REACH = 3  # blocks within which a formula and a vote tell one decision


def segment(layout: Layout) -> Segments:
    """Cut the minutes into sections."""
    roll_call = call_roll(layout)
    end = closing_index(layout)
    zones = agenda_zones(layout, roll_call, end)
    taken = set(roll_call.blocks) | {b.index for zone in zones for b in zone.blocks}
    members = member_names(layout, roll_call)
    free = [b for b in layout.blocks[:end] if b.index not in taken and name_words(b.lowered) not in members]
    agenda = [layout.read(item.title) for zone in zones if zone.kind == "agenda" for item in zone.items]
    headings = item_headings(layout, free, agenda, body_index(layout, roll_call))
    return Segments(tuple(ordered_sections(layout, roll_call, zones, headings, end)), roll_call)


def member_names(layout: Layout, roll_call: RollCall) -> set[frozenset[str]]:
    """The names of the roll call, each as the set of its words; a family name alone may be a word of a title."""
    spans = (*(entry.name for entry in roll_call.entries), *(proxy.giver for proxy in roll_call.proxies))
    names = (name_words(layout.folded(span).lower()) for span in spans)
    return {name for name in names if len(name) > 1}


def name_words(text: str) -> frozenset[str]:
    """The words of a short text, without accents and in lower case; none of a longer one, or one with a number."""
    named = len(text) <= LONGEST_NAME and not any(map(str.isdigit, text))
    return frozenset(regex.findall(r"[\p{L}'-]+", text)) if named else frozenset()


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
    """The index of the last block that surely belongs to the head: the opening formula, the first run of rolls."""
    opening = next((b.index for b in layout.blocks[:60] if b.has("MeetingDate", layout.grammar)), -1)
    decided = next((b.index for b in layout.blocks if b.has("Decision", layout.grammar)), len(layout.blocks))
    last = opening
    for index in sorted(roll_call.blocks):
        if index >= decided or (last >= 0 and index > last + LONGEST_BREAK):
            break
        last = max(last, index)
    return last


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
    if any(block.has(kind, grammar) for kind in ("VoteOutcome", "VoteCount", "Elected", "ChoiceVotes")):
        return "formula"
    decision = block.first("Decision", grammar)
    if decision is None:
        return None
    return "formula" if decision.rule.endswith("deliberated") else "verb"


def item_headings(layout: Layout, blocks: Sequence[Block], agenda: Sequence[str], body: int) -> list[Heading]:
    """The headings that cut the minutes into items, in order; only explicit ones before block ``body``."""
    lines = list(candidates(layout, blocks, agenda))
    parts = [b.index for b in blocks if is_part_title(layout, b)]
    points = listed(lines) | registered(lines, parts, [b.index for b in blocks if decides(layout, b)])
    found = without_themes(layout, unrepeated([h for h in lines if h.block.index not in points]))
    found = [h for h in merged(layout, found) if h.style != "alone"]
    found = capitalised(layout, found)
    found = [h for h in found if h.block.index > body or h.style in EXPLICIT or h.agenda is not None]
    sure = [h for h in found if h.style not in SET_OFF or h.agenda is not None]
    chosen = chosen_headings(layout, blocks, sure)
    if len(sure) < len(found) and not any(map(proven, chosen)):
        chosen = chosen_headings(layout, blocks, found)
    untitled = not agenda and len(chosen) <= FEW_TITLES and not any(map(proven, chosen))
    told = matters(layout, [b for b in blocks if b.index > body]) if untitled else []
    return told if len(told) > len(chosen) else chosen


def chosen_headings(layout: Layout, blocks: Sequence[Block], found: Sequence[Heading]) -> list[Heading]:
    """The headings, of those found, that fit the decisions of some blocks best."""
    procedural = {
        h.block.index for h in found if h.title and layout.grammar.has("Procedural", fold(layout.read(h.title)))
    }
    decisions = decision_blocks(layout, blocks, found)
    procedural |= parts_above(found, decisions, layout.read)
    chosen = without_subtitles(choose(found, decisions, procedural), decisions)
    told = [b.index for b in blocks if any(b.has(kind, layout.grammar) for kind in DECISIVE)]
    whole = with_agenda_points(with_neighbours(chosen, found, layout.read), found)
    return with_parts(whole, found, told)


def ordered_sections(
    layout: Layout, roll_call: RollCall, zones: Sequence[Section], headings: Sequence[Heading], end: int
) -> list[Section]:
    """All sections in the order of the text, every block in exactly one."""
    opens = {zone.blocks[0].index: zone for zone in zones}
    listed = {b.index for zone in zones for b in zone.blocks}
    heads = {h.block.index: h for h in headings if h.block.index < end}
    sections: list[Section] = []
    current = Section("head", ())
    for block in layout.blocks:
        if zone := opens.get(block.index):
            sections += [current, zone]
            current = Section("head" if current.kind == "head" else "text", ())
        elif block.index in listed:
            continue
        elif opened := opened_by(layout, block, current, heads.get(block.index), end):
            sections.append(current)
            current = opened
        else:
            current = replace(current, blocks=(*current.blocks, block))
    return [named_section(layout, section) for section in (*sections, current) if section.blocks]


def opened_by(layout: Layout, block: Block, current: Section, heading: Heading | None, end: int) -> Section | None:
    """The section that a block opens: the closing formula before ``end``, signatures from there on, an item, a part."""
    if block.index == end - 1 and block.has("Closing", layout.grammar):
        return Section("closing", (block,))
    if block.index == end:
        return Section("signatures", (block,))
    if heading:
        return Section("item", (block,), heading=heading)
    if current.kind == "item" and is_part_title(layout, block):
        return Section("item", (block,), heading=part_heading(layout, block))
    return None


def is_part_title(layout: Layout, block: Block) -> bool:
    """Whether a block ends the item above it: « Questions diverses », « Informations »."""
    return block.has("SectionHeading", layout.grammar)


def part_heading(layout: Layout, block: Block) -> Heading:
    """The title of a part as a heading; what is decided under it has captions of its own."""
    return Heading(block, block.index, PART, "heading.part", title=trimmed(layout, block.span))


def named_section(layout: Layout, section: Section) -> Section:
    """An item by what it is: the approval of minutes, procedure, a deliberation, or a point merely discussed."""
    if section.kind != "item" or section.heading is None:
        return section
    procedure = procedural_rules(layout, section.heading)
    if any(rule.endswith("approval_heading") for rule in procedure):
        return replace(section, kind="approval")
    if procedure:
        return replace(section, kind="procedure")
    if is_decided(layout, section, section.heading):
        return replace(section, kind="deliberation")
    return replace(section, kind="text" if section.heading.style == PART else "discussion")


def procedural_rules(layout: Layout, heading: Heading) -> list[str]:
    """The rules by which an item's title is one of procedure."""
    title = layout.read(heading.title) if heading.title else heading.block.text
    rules = [m.rule for m in layout.grammar.find("Procedural", fold(title))]
    if heading.reference is not None:  # choosing who presides over one vote is registered as an act
        rules = [rule for rule in rules if not rule.endswith("presiding")]
    if heading.style == "resolution":  # « CINQUIÈME RÉSOLUTION (Pouvoirs) » empowers somebody
        rules = [rule for rule in rules if not rule.endswith("proxies_told")]
    return rules


def is_decided(layout: Layout, section: Section, heading: Heading) -> bool:
    """Whether a decision or a vote stands under an item's heading, or behind the title on its line."""
    body = [b for b in section.blocks if b.index > heading.last] or list(section.blocks)
    if any(b.has(kind, layout.grammar) for b in body for kind in (*DECISIVE, "NamedVoters")):
        return True
    return heading.block in section.blocks and any(heading.block.has(kind, layout.grammar) for kind in DECISIVE)
