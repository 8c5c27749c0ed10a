"""Who took part in each vote: the part that members had at the opening, changed by those who came and went before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pv_extract.evidence import Found
from pv_extract.members.roster import Member, Roster

MOVES = {"arrival": "present", "departure": "absent"}


def with_presence(deliberations: Sequence[Found], events: Sequence[Found], roster: Roster) -> list[Found]:
    """The deliberations, each with the members whose part in its vote was not the one that they had at the opening.

    A departure for one vote only (its deliberation names who took no part) counts for that vote and no other.
    Who comes or goes outside of all deliberations without a number of an item is left out: nobody knows when.
    """
    members = {m.id: m for m in roster.members}
    moves = [e for e in events if e.value["kind"].value in MOVES and e.value["person"]]
    out = []
    for deliberation in deliberations:
        parts: dict[str, Found] = {}
        for event in moves:
            member = members.get(str(event.value["person"].value["id"]))
            if member and precedes(event, deliberation, deliberations):
                parts[member.id] = part_of(event, member)
        changed = [part for id_, part in parts.items() if part.value["status"] != members[id_].status.value]
        out.append(replace(deliberation, value={**deliberation.value, "presence": changed}))
    return out


def part_of(event: Found, member: Member) -> Found:
    """The part that a member had after coming or going; whoever leaves and has given a proxy is represented."""
    status = MOVES[event.value["kind"].value]
    if status == "absent" and member.proxy_to is not None:
        status = "represented"
    person = {"id": member.id, "name": member.name.full}
    return Found({"person": person, "status": status}, event.span, event.rule, "derived")


def precedes(event: Found, deliberation: Found, deliberations: Sequence[Found]) -> bool:
    """Whether an arrival or departure surely changed who voted on a deliberation."""
    here = next((d for d in deliberations if within(event, d)), None)
    if here is None:
        return named_before(event, deliberation, deliberations)
    if here is deliberation:
        return event.span.start < voted_at(deliberation)
    return here.span.start < deliberation.span.start and not for_one_vote(event, here)


def named_before(event: Found, deliberation: Found, deliberations: Sequence[Found]) -> bool:
    """Whether an event that the roll tells with an item's number (« arrivé au point 3 ») precedes a deliberation."""
    after = event.value["after_item"]
    if after is None or after.how != "stated":
        return False
    numbers = [d.value["number"].value if d.value["number"] else None for d in deliberations]
    if after.value not in numbers:
        return False
    last = len(numbers) - 1 - numbers[::-1].index(after.value)
    return deliberations.index(deliberation) > last


def within(event: Found, deliberation: Found) -> bool:
    """Whether an event is told in the text of a deliberation."""
    text = deliberation.value["text"].span
    return bool(min(deliberation.span.start, text.start) <= event.span.start < text.end)


def voted_at(deliberation: Found) -> int:
    """Where a deliberation tells its vote, or what it decides; the end of its text where it tells neither."""
    vote = deliberation.value["vote"]
    told: list[Any] = [vote["outcome"], vote["for"], deliberation.value["decision"]]
    places = [int(found.span.start) for found in told if found]
    return min(places, default=int(deliberation.value["text"].span.end))


def for_one_vote(event: Found, deliberation: Found) -> bool:
    """Whether somebody left for one vote only, as the deliberation names them among those who took no part."""
    apart = [p.value["id"] for p in deliberation.value["vote"]["not_participating_names"]]
    return event.value["kind"].value == "departure" and event.value["person"].value["id"] in apart
