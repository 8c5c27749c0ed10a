"""The course of a meeting: who can have been there, and who can have voted, at each item.

Whoever comes or goes while an item is treated may or may not have been there for its vote: nothing is held against
the document that one reading of it would excuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pv_extract.grammar import fold
from pv_extract.records import Event, Member, Record

State = Literal["in", "out", "represented"]
HERE = ("present", "remote")
MOVES = ("arrival", "departure")
PROXY_WORDS = ("pouvoir", "procuration", "mandat", "represent")


@dataclass(frozen=True)
class Course:
    """A meeting from item to item."""

    record: Record

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """The source offsets of each item: from its heading to that of the next."""
        places = [self.record.evidence.get(f"/deliberations/{i}") for i in range(len(self.record.deliberations))]
        starts = [place.span[0] if place else 0 for place in places]
        return [(at, min((s for s in starts if s > at), default=2**62)) for at in starts]

    @cached_property
    def moves(self) -> dict[str, list[tuple[int, Event]]]:
        """The arrivals and departures of each member by id, with the offsets where they stand, in order."""
        out: dict[str, list[tuple[int, Event]]] = {}
        for i, event in enumerate(self.record.events):
            if event.kind in MOVES and event.person and event.person.id:
                place = self.record.evidence.get(f"/events/{i}")
                out.setdefault(event.person.id, []).append((place.span[0] if place else 0, event))
        return {member: sorted(moves, key=lambda move: move[0]) for member, moves in out.items()}

    def present(self, item: int) -> frozenset[str]:
        """The ids of the members who can have been in the room when an item was put to the vote."""
        return frozenset(m.id for m in self.record.attendance.members if "in" in self.states(m, item))

    def voting(self, item: int) -> frozenset[str]:
        """The ids of the members who can have voted on an item, themselves or by proxy."""
        return frozenset(m.id for m in self.record.attendance.members if self.states(m, item) != {"out"})

    def states(self, member: Member, item: int) -> set[State]:
        """The states that a member can have been in at an item."""
        start, end = self.bounds[item]
        opening = min(at for at, _ in self.bounds)
        possible = set(self.at_opening(member))
        for at, event in self.moves.get(member.id, ()):
            if at >= end:
                break
            after = self.after(member, event, at)
            sure = opening <= at < start and not self.may_return(member, event, at)
            possible = after if sure else possible | after
        return possible

    def at_opening(self, member: Member) -> Iterator[State]:
        """The states that a member can have been in when the meeting opened; who is listed as present may come late."""
        if member.status == "represented":
            yield "represented"
        elif member.status in HERE or member.status == "unknown":
            yield "in"
        if member.status in ("excused", "absent", "unknown") or self.comes_late(member):
            yield "out"

    def comes_late(self, member: Member) -> bool:
        """Whether the first thing told of a member is an arrival."""
        moves = self.moves.get(member.id)
        return bool(moves and moves[0][1].kind == "arrival")

    def after(self, member: Member, event: Event, at: int) -> set[State]:
        """The states behind an arrival or departure; who leaves may give a proxy."""
        if event.kind == "arrival":
            return {"in"}
        return {"out", "represented"} if member.proxy_to or self.proxy_told(at) else {"out"}

    def item_at(self, at: int) -> int | None:
        """The item that is treated where something stands."""
        return next((i for i, (start, end) in enumerate(self.bounds) if start <= at < end), None)

    def proxy_told(self, at: int) -> bool:
        """Whether the item in which somebody leaves speaks of a proxy, or cannot be read."""
        item = self.item_at(at)
        text = self.record.deliberations[item].text if item is not None else None
        return text is None or any(word in fold(text).lower() for word in PROXY_WORDS)

    def may_return(self, member: Member, event: Event, at: int) -> bool:
        """Whether a departure may be for one vote only: minutes often leave out the return, but then tell no time."""
        item = self.item_at(at)
        if event.kind != "departure" or item is None:
            return False
        apart = self.record.deliberations[item].vote.not_participating_names
        return event.time is None or any(p.id == member.id for p in apart)
