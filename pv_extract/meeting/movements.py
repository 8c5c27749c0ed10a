"""Who comes and goes while the meeting lasts, who takes the chair, when it is interrupted."""

from dataclasses import dataclass, field
from math import inf
from typing import Any

from pv_extract.blocks import Layout
from pv_extract.deliberations.voters import persons_moving
from pv_extract.evidence import Found
from pv_extract.members.roster import Roster, installed
from pv_extract.mentions import Mention
from pv_extract.segmentation import DECISIVE
from pv_extract.segmentation.numbering import printed_number
from pv_extract.segmentation.sections import Section, Segments
from pv_extract.values import read_time


@dataclass
class Course:
    """The events told so far: each person's last one, who presides, the item that was treated last."""

    presiding: str | None
    seen: set[tuple[str, str]] = field(default_factory=set)
    item: Found | None = None


def events(layout: Layout, segments: Segments, roster: Roster) -> list[Found]:
    """Arrivals, departures, changes of the chair, interruptions, in order; each once."""
    out: list[Found] = []
    course = Course(roster.chair)
    for section in segments.sections:
        if section.kind in ("agenda", "upcoming", "summary"):
            continue
        before = set(course.seen)
        out += section_events(layout, section, roster, course)
        if leaves_the_chair(layout, section):
            course.seen, course.presiding = before, roster.chair
        roster = installed(layout, section.blocks, roster)
        course.item = item_of(layout, section) or course.item
    return out


def item_of(layout: Layout, section: Section) -> Found | None:
    """The number of the item that a section treats, None where none is printed."""
    if section.heading is None or section.heading.number is None:
        return None
    number = printed_number(layout.read(section.heading.number))
    return Found(number, section.heading.number, section.heading.rule, "derived")


def decided_at(layout: Layout, section: Section) -> float:
    """The index of the last block of a section that decides; who comes or goes behind it does so after the item."""
    decides = (b.index for b in section.blocks if any(b.has(kind, layout.grammar) for kind in DECISIVE))
    return max(decides, default=inf)


def section_events(layout: Layout, section: Section, roster: Roster, course: Course) -> list[Found]:
    """The events of one section that were not told before."""
    out: list[Found] = []
    treated, decided = item_of(layout, section), decided_at(layout, section)
    for block in section.blocks:
        last = treated or course.item if block.index > decided else course.item
        for mention in block.find_all("Event", layout.grammar):
            for event in event_trees(layout, mention, roster, last):
                kind, person = event["kind"].value, event["person"] and event["person"].value
                if kind == "chair_change":
                    if section.kind == "head" or person["id"] == course.presiding:
                        continue
                    course.presiding = person["id"]
                key = (kind, person["name"] if person else str(block.index))
                if key not in course.seen or kind in ("suspension", "resumption"):
                    out.append(Found(event, mention.span, mention.rule))
                course.seen.add(key)
                course.seen.discard((opposite(key[0]), key[1]))
    return out


def leaves_the_chair(layout: Layout, section: Section) -> bool:
    """Whether somebody cedes the chair and leaves for the vote of one item: that may be told again of the next."""
    found = (m for b in section.blocks for m in b.find_all("Event", layout.grammar))
    return section.kind == "deliberation" and any(m.rule.endswith("leaves_the_chair") for m in found)


def opposite(kind: str) -> str:
    """The event that undoes another: who left may arrive again."""
    return {"arrival": "departure", "departure": "arrival"}.get(kind, kind)


def event_trees(layout: Layout, mention: Mention, roster: Roster, item: Found | None) -> list[dict[str, Any]]:
    """One event for each person that a mention names; an event of a person needs one who can be named."""
    kind = mention.sets["kind"]
    time = mention.fields.get("time")
    clock = read_time(layout.read(time)) if time else None
    printed = mention.fields.get("item")
    after = Found(layout.read(printed), printed, mention.rule) if printed else item
    tree: dict[str, Any] = {
        "kind": Found(kind, mention.span, mention.rule),
        "person": None,
        "time": Found(clock, time, mention.rule) if clock and time else None,
        "after_item": after,
    }
    if "person" not in mention.fields:
        return [tree] if kind in ("suspension", "resumption") else []
    people = persons_moving(layout, mention, roster)
    given = [person for person in people if person.value["id"] is not None or not given_alone(layout, person)]
    return [{**tree, "person": person} for person in given]


def given_alone(layout: Layout, person: Found) -> bool:
    """Whether somebody is called by one word that is no family name in capitals: « Anne » of « Anne et Luc Roux »."""
    written = layout.read(person.span).strip()
    return " " not in written and not written.isupper()
