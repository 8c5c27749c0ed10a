"""What minutes tell besides the votes: agendas, approvals of earlier minutes, speeches."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.decisions import clean_title
from pv_extract.evidence import Found
from pv_extract.grammar import fold, searched
from pv_extract.meeting.header import sentence_case
from pv_extract.members.people import people_in
from pv_extract.members.roster import Roster
from pv_extract.mentions import Mention
from pv_extract.segmentation.numbering import printed_number
from pv_extract.segmentation.sections import AgendaItem, Section, Segments
from pv_extract.text import Span
from pv_extract.values import dates_near, read_date, read_number

APPROVAL_REACH = 7  # blocks between the minutes being put to approval, remarks, and their adoption


def item_tree(layout: Layout, item: AgendaItem) -> Found:
    """A point of an agenda as the record has it."""
    number = printed_number(layout.read(item.number)) if item.number else None
    tree = {
        "number": Found(number, item.number, item.rule) if item.number else None,
        "title": Found(clean_title(layout.read(item.title)), item.title, item.rule),
    }
    return Found(tree, item.title, item.rule)


def agenda(layout: Layout, segments: Segments) -> list[Found]:
    """The agenda of this meeting: the first list that the minutes print, with the points that were added to it."""
    lists = [s for s in segments.of("agenda") if s.items]
    added = [s for s in lists[1:] if s.mention and s.mention.rule.endswith("agenda_additions")]
    return [item_tree(layout, item) for section in (*lists[:1], *added) for item in section.items]


def upcoming(layout: Layout, segments: Segments, year: int | None) -> list[Found]:
    """The agendas of other meetings, examined here."""
    out = []
    for section in segments.of("upcoming"):
        if section.mention is None:
            continue
        body = section.mention.fields.get("body")
        tree: dict[str, Any] = {
            "body": body_tree(layout, body, section.mention) if body else {"name": None, "kind": None},
            "date": upcoming_date(layout, section, year),
            "items": [item_tree(layout, item) for item in section.items],
        }
        out.append(Found(tree, section.mention.span, section.mention.rule))
    return out


def body_tree(layout: Layout, span: Span, mention: Mention) -> dict[str, Any]:
    """The assembly that a span names, and its kind where a rule of the grammars knows it."""
    kind = layout.grammar.first("Body", fold(layout.read(span)))
    name = Found(sentence_case(layout.read(span)), span, mention.rule)
    return {"name": name, "kind": Found(kind.sets["kind"], span, kind.rule) if kind else None}


def upcoming_date(layout: Layout, section: Section, year: int | None) -> Found | None:
    """The date of the other meeting: in its heading, else the one date that the section gives to that body."""
    assert section.mention is not None
    span = section.mention.fields.get("date")
    if span is not None and (date := read_date(layout.read(span), year)):
        return Found(date.isoformat(), span, section.mention.rule)
    body = section.mention.fields.get("body")
    name = fold(layout.read(body)).lower() if body else ""
    dates = layout.grammar.word("date")
    for block in section.blocks:
        at = block.lowered.find(name) if name else -1
        while at >= 0:
            found = next(
                searched("words.date", dates, block.folded, at, min(len(block.folded), at + len(name) + 24)), None
            )
            if found and (date := read_date(found[0], year)):
                return Found(
                    date.isoformat(), Span(*found.span()).shift(block.span.start), section.mention.rule, "derived"
                )
            at = block.lowered.find(name, at + 1)
    return None


@dataclass(frozen=True)
class Approved:
    """Earlier minutes put to approval: the mention of them, with their date if told, and what may tell the outcome."""

    mention: Mention
    blocks: tuple[Block, ...]


def approvals(layout: Layout, segments: Segments, meeting: Found | None) -> list[Found]:
    """The earlier minutes put to approval, each date once; where no date is told, those that were adopted."""
    return dated_approvals(layout, segments, meeting) or undated_approval(layout, segments)


def dated_approvals(layout: Layout, segments: Segments, meeting: Found | None) -> list[Found]:
    """The approvals of minutes that a date names; the date of this meeting is not one of them."""
    out: dict[str, Found] = {}
    for approved in approved_minutes(layout, segments):
        date = earlier_date(layout, approved.mention.fields["date"], meeting)
        if date is not None and meeting is not None and date == meeting.value:
            continue
        tree = approval_tree(layout, approved, date)
        key = str(date)
        if key not in out or (out[key].value["outcome"] is None and tree["outcome"] is not None):
            out[key] = Found(tree, approved.mention.span, approved.mention.rule)
    return list(out.values())


def undated_approval(layout: Layout, segments: Segments) -> list[Found]:
    """The approval of minutes that no date names: « Le procès-verbal de la dernière séance est adopté »."""
    for section in segments.sections:
        if section.kind in ("agenda", "upcoming", "summary", "signatures", "deliberation"):
            continue
        adopting = tuple(b for b in section.blocks if adopts_minutes(layout, b))[:1]
        blocks = section.blocks if section.kind == "approval" else adopting
        if said := [m for m in layout.find("VoteOutcome", blocks) if m.sets.get("outcome")]:
            return [Found(approval_tree(layout, Approved(said[0], tuple(blocks)), None), said[0].span, said[0].rule)]
    return []


def earlier_date(layout: Layout, span: Span, meeting: Found | None) -> str | None:
    """The date of earlier minutes; where no year is printed, the last such day before the meeting."""
    text = layout.read(span)
    if date := read_date(text):
        return date.isoformat()
    if meeting is None:
        return None
    day = datetime.date.fromisoformat(meeting.value)
    return next((d.isoformat() for d in dates_near(text, day, layout.read(meeting.span)) if d < day), None)


def approved_minutes(layout: Layout, segments: Segments) -> list[Approved]:
    """Where earlier minutes are approved: under a heading of their own, or in a sentence of the head."""
    found: list[Approved] = []
    for section in segments.sections:
        if section.kind in ("agenda", "upcoming", "summary", "signatures"):
            continue
        for at, block in enumerate(section.blocks):
            for mention in block.find("Approval", layout.grammar):
                if section.kind == "approval":
                    found.append(Approved(mention, section.blocks))
                elif section.kind == "deliberation":
                    found += [Approved(mention, (block,))] if adopts_minutes(layout, block) else []
                elif tells_outcome(layout, [block]):
                    found.append(Approved(mention, (block,)))
                elif adopted := [b for b in section.blocks[at + 1 : at + APPROVAL_REACH] if adopts_minutes(layout, b)]:
                    found.append(Approved(mention, tuple(adopted[:1])))
                elif block.has("Procedural", layout.grammar):
                    found.append(Approved(mention, section.blocks[at : at + 4]))
    return found


def adopts_minutes(layout: Layout, block: Block) -> bool:
    """Whether a block says of minutes that they are adopted."""
    return any(m.rule.endswith("minutes_adopted") for m in block.find_all("VoteOutcome", layout.grammar))


def tells_outcome(layout: Layout, blocks: Sequence[Block]) -> bool:
    """Whether blocks tell how a vote went."""
    return any(b.has("VoteOutcome", layout.grammar) or b.has("Decision", layout.grammar) for b in blocks)


def approval_tree(layout: Layout, approved: Approved, date: str | None) -> dict[str, Any]:
    """An approval as the record has it."""
    found = [m for b in approved.blocks for m in b.find_all("VoteOutcome", layout.grammar)]
    said = [m for m in found if m.sets.get("outcome")]
    decided = layout.find("Decision", approved.blocks)
    manner = next((m for m in said if m.sets.get("manner")), None)
    firm = [m for m in said if m.sets["outcome"] != "noted"]  # « Dont acte » answers a remark on the minutes
    told = next(iter((*firm, *said, *decided)), None)
    outcome = Found(told.sets["outcome"], told.span, told.rule) if told else carried(layout, approved.blocks)
    return {
        "meeting_date": Found(date, approved.mention.fields["date"], approved.mention.rule) if date else None,
        "outcome": outcome,
        "manner": Found(manner.sets["manner"], manner.span, manner.rule) if manner else None,
    }


def carried(layout: Layout, blocks: Sequence[Block]) -> Found | None:
    """« adopted » where the voices counted leave no doubt of it."""
    for mention in (m for b in blocks for m in b.find("VoteCount", layout.grammar)):
        voices = {field: read_number(layout.read(span)) or 0 for field, span in mention.fields.items()}
        if voices.get("in_favour", 0) > voices.get("against", 0):
            return Found("adopted", mention.span, mention.rule, "derived")
    return None


def discussion(layout: Layout, segments: Segments, roster: Roster) -> list[Found]:
    """Who speaks to which item; the span is that of the paragraph."""
    out: list[Found] = []
    for section in segments.sections:
        if section.kind not in ("deliberation", "discussion", "text", "upcoming"):
            continue
        number = section.heading.number if section.heading else None
        item = printed_number(layout.read(number)) if number else None
        for block in section.blocks:
            for mention in block.find("Speech", layout.grammar):
                for person in people_in(layout, mention.fields["person"]):
                    speaker = roster.person(layout, person.span, mention.rule)
                    source = layout.source_span(block.span)
                    tree = {
                        "speaker": speaker,
                        "item": Found(item, number, mention.rule, "derived") if number else None,
                        "span": [source.start, source.end],
                    }
                    out.append(Found(tree, mention.span, mention.rule))
    return out
