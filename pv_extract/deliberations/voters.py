"""Who voted how, and who left for the vote: the names that a ballot tells."""

from collections.abc import Iterator, Sequence
from typing import Any

from pv_extract.blocks import Layout, trimmed
from pv_extract.deliberations.ballots import Ballot
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.people import people_in
from pv_extract.members.roster import Roster, office_of
from pv_extract.mentions import Mention
from pv_extract.records import How
from pv_extract.text import Span

VOTERS = {
    "for": "for_names",
    "against": "against_names",
    "abstention": "abstention_names",
    "not_participating": "not_participating_names",
}
LONGEST_BOND = 40  # characters between a voter's name and the word for the proxy
LONGEST_DEPARTURE = 160  # characters from a departure on that may tie it to a vote


def named_voters(layout: Layout, ballot: Ballot, roster: Roster) -> dict[str, list[Found]]:
    """The voters named on each side of a vote, and who left the room for it."""
    sides: dict[str, list[Found]] = {name: [] for name in VOTERS.values()}
    for mention in ballot.of("NamedVoters"):
        side = sides[VOTERS[mention.sets["vote"]]]
        side += voters(layout, mention, roster, side)
    absent = sides["not_participating_names"]
    absent += leavers(layout, ballot, roster, absent)
    return sides


def voters(layout: Layout, mention: Mention, roster: Roster, known: Sequence[Found]) -> list[Found]:
    """The voters that a mention names, without those known already."""
    span = mention.fields.get("names")
    if span is None:
        return []
    found: list[Found] = []
    titled = {p.span for p in people_in(layout, span) if p.honorific}
    for name in (*persons_of(layout, span, roster), *through_proxy(layout, span)):
        people = roster.persons(layout, name, mention.rule)
        bare = name not in titled and len(layout.read(name).split()) < 2
        if roster.members and people[0].value["id"] is None and bare:
            continue
        given = [*people, *givers(layout, name, mention, people[0], roster)]
        found += [p for p in given if not any(p.value == other.value for other in (*known, *found))]
    return found


def through_proxy(layout: Layout, span: Span) -> list[Span]:
    """Whom a list of voters names behind « pouvoir de » or « + procuration de »."""
    bonds = layout.grammar.find("ThroughProxy", layout.folded(span))
    behind = (Span(span.start + bond.span.end, span.end) for bond in bonds)
    return [
        people[0].span for rest in behind if (people := people_in(layout, rest)) and people[0].span.start == rest.start
    ]


def givers(layout: Layout, name: Span, mention: Mention, holder: Found, roster: Roster) -> list[Found]:
    """Whose proxy a voter votes with, « M. Roux et son pouvoir »: the one member who gave theirs to that voter."""
    if not layout.grammar.has("OwnProxy", fold(layout.text.text[name.end : name.end + LONGEST_BOND])):
        return []
    given = [m for m in roster.members if m.proxy_to and m.proxy_to.value["id"] == holder.value["id"] is not None]
    tree = [{"id": m.id, "name": m.name.full} for m in given]
    return [Found(tree[0], name, mention.rule, "derived")] if len(tree) == 1 else []


def leavers(layout: Layout, ballot: Ballot, roster: Roster, known: Sequence[Found]) -> list[Found]:
    """Whoever leaves the room for this one vote: before the decision or while it is taken, in words that say so."""
    told = [m.span.start for m in ballot.mentions if m.kind != "NamedVoters"]
    decided = min(told, default=0)
    back = returned(layout, ballot, roster, max(told, default=0))
    out: list[Found] = []
    for mention, tied in departures(layout, ballot, decided):
        for person in persons_moving(layout, mention, roster, "derived"):
            absent = tied or (mention.span.start <= decided and person.value in back)
            if absent and not any(person.value == other.value for other in (*known, *out)):
                out.append(person)
    return out


def departures(layout: Layout, ballot: Ballot, decided: int) -> Iterator[tuple[Mention, bool]]:
    """Each departure that a ballot tells, and whether its words tie it to this vote, decided on at ``decided``."""
    for block in ballot.blocks:
        for mention in block.find("Event", layout.grammar):
            if mention.sets["kind"] == "departure":
                said = block.folded[mention.span.start - block.span.start :][:LONGEST_DEPARTURE]
                bond = "LeavesForVote" if mention.span.start <= decided else "LeavesDuringVote"
                yield mention, "time" not in mention.fields and layout.grammar.has(bond, said)


def returned(layout: Layout, ballot: Ballot, roster: Roster, decided: int) -> list[Any]:
    """The persons who come in behind the decision, at ``decided``, and before the item ends."""
    events = (m for b in ballot.blocks for m in b.find("Event", layout.grammar))
    arrivals = (m for m in events if m.sets["kind"] == "arrival" and m.span.start > decided)
    return [person.value for mention in arrivals for person in persons_moving(layout, mention, roster)]


def persons_moving(layout: Layout, event: Mention, roster: Roster, how: How = "stated") -> Iterator[Found]:
    """The persons who come or go in an event."""
    for name in persons_of(layout, event.fields.get("person"), roster):
        yield from roster.persons(layout, name, event.rule, how)


def persons_of(layout: Layout, span: Span | None, roster: Roster) -> list[Span]:
    """The spans of the persons that a span names, an office that somebody holds included."""
    if span is None:
        return []
    people = [p.span for p in people_in(layout, span)]
    if not people and office_of(layout.read(span)) and roster.resolve(layout.read(span)):
        people = [trimmed(layout, span)]
    return people
