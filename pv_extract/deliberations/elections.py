"""Elections by ballot: one for each office and round, with what the urn held and who had how many voices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.deliberations.ballots import Ballot
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.people import name_share, people_in
from pv_extract.members.roll_groups import LIST_SHARE
from pv_extract.members.roster import Roster
from pv_extract.mentions import Mention
from pv_extract.segmentation.numbering import rank_of
from pv_extract.text import Span
from pv_extract.values import read_number

KINDS = ("ElectionRound", "ElectionOffice", "Ballots", "CandidateVotes", "Elected")
COUNTS = ("ballots", "blank", "void", "cast", "majority")


@dataclass
class Round:
    """One round of an election, as its mentions tell it."""

    office: Mention | None = None
    number: Mention | None = None
    counts: dict[str, Found] = field(default_factory=dict)
    candidates: list[Mention] = field(default_factory=list)
    elected: list[Mention] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Whether candidates had voices in it, or somebody was elected out of counted ballots."""
        return bool(self.candidates or (self.elected and self.counts))


def elections(layout: Layout, ballot: Ballot, title: Span, roster: Roster) -> list[Found]:
    """The rounds of the elections that a ballot tells, each with the office voted for."""
    rounds = [r for r in rounds_of(layout, ballot) if r.told]
    return [election(layout, rounds, at, title, roster) for at in range(len(rounds))]


def rounds_of(layout: Layout, ballot: Ballot) -> list[Round]:
    """The rounds in order: a heading opens one, and so do counts that are told anew."""
    rounds = [Round()]
    for mention in mentions_of(layout, ballot.blocks):
        if opens_round(layout, rounds[-1], mention):
            same = mention.kind != "ElectionOffice"
            rounds.append(Round(office=rounds[-1].office if same else None))
        enter(layout, rounds[-1], mention)
    return rounds


def mentions_of(layout: Layout, blocks: Sequence[Block]) -> list[Mention]:
    """The mentions that tell an election, in order; rows of candidates where a head announces them."""
    found = [m for block in blocks for kind in KINDS for m in block.find(kind, layout.grammar)]
    found += [*candidate_rows(layout, blocks), *listed_elected(layout, blocks)]
    return sorted(found, key=lambda m: (m.span.start, m.span.end))


def candidate_rows(layout: Layout, blocks: Sequence[Block]) -> Iterator[Mention]:
    """The candidates of a table or list whose head says that voices follow: « MOREL Paul | 14 | quatorze »."""
    announced = False
    for block in blocks:
        if block.has("CandidateHead", layout.grammar):
            announced = True
        elif announced:
            row = block.first("CandidateRow", layout.grammar)
            announced = row is not None
            if row is not None and not block.has("CandidateVotes", layout.grammar):
                yield row


def listed_elected(layout: Layout, blocks: Sequence[Block]) -> Iterator[Mention]:
    """Whoever is named under « Sont élus : », one on each line."""
    head: Mention | None = None
    for block in blocks:
        if found := block.first("ElectedHead", layout.grammar):
            head = found
        elif head is not None and name_share(layout, block.span) >= LIST_SHARE:
            yield replace(head, kind="Elected", span=block.span, fields={**head.fields, "person": block.span})
        else:
            head = None


def opens_round(layout: Layout, current: Round, mention: Mention) -> bool:
    """Whether a mention begins another round than the one being read."""
    if mention.kind in ("ElectionRound", "ElectionOffice"):
        return bool(current.counts or current.candidates or current.elected)
    if mention.kind == "Ballots":
        return any(name in current.counts for name in mention.fields)
    if mention.kind == "Elected":
        return elects_to_other(layout, current, mention)
    if mention.kind == "CandidateVotes":
        written = tuple(fold(layout.read(mention.fields["person"])).lower().split())
        known = {tuple(fold(layout.read(m.fields["person"])).lower().split()) for m in current.candidates}
        same = any(m.span.start == mention.span.start for m in current.elected)
        return bool(current.elected) and written not in known and not same and not is_listed(mention)
    return False


def is_listed(mention: Mention) -> bool:
    """Whether a candidate stands on the list of all of a round, elected or not: « Mme Roux ........ 132 élue »."""
    return mention.rule.endswith("candidate_leaders")


def elects_to_other(layout: Layout, current: Round, mention: Mention) -> bool:
    """Whether somebody is elected to another office than whoever was elected last."""
    offices = [m.fields.get("office") for m in (*current.elected[-1:], mention)]
    named = [fold(layout.read(office)).lower().strip() for office in offices if office is not None]
    return len(named) > 1 and named[0] != named[1]


def enter(layout: Layout, current: Round, mention: Mention) -> None:
    """Keep a mention in the round that it belongs to."""
    if mention.kind == "ElectionRound":
        current.number = mention
    elif mention.kind == "ElectionOffice":
        current.office = mention
    elif mention.kind == "Elected":
        current.elected.append(mention)
    elif mention.kind == "Ballots":
        for name, span in mention.fields.items():
            number = read_number(layout.read(span))
            if number is not None:
                current.counts.setdefault(name, Found(number, span, mention.rule))
    else:
        current.candidates.append(mention)


def election(layout: Layout, rounds: Sequence[Round], at: int, title: Span, roster: Roster) -> Found:
    """One round as the record has it."""
    told = rounds[at]
    place = (told.candidates or told.elected)[0]
    tree = {
        "office": office_of(layout, rounds, at, title),
        "round": number_of(layout, rounds, at),
        "candidates": candidates(layout, told, roster),
        **{name: told.counts.get(name) for name in COUNTS},
        "elected": elected(layout, told, roster),
    }
    return Found(tree, place.span, place.rule)


def office_of(layout: Layout, rounds: Sequence[Round], at: int, title: Span) -> Found | None:
    """The office: as whoever wins it is proclaimed, else as a heading within the item or its title names it."""
    later = [r for r in rounds[at:] if r.office is rounds[at].office]
    proclaimed = next((m for r in later for m in r.elected if "office" in m.fields), None)
    heading = next(
        (m.shift(title.start) for m in layout.grammar.find("ElectionOffice", fold(layout.read(title)))), None
    )
    mention = proclaimed or rounds[at].office or heading
    if mention is None:
        return None
    span = trimmed(layout, mention.fields["office"])
    return Found(" ".join(layout.read(span).split()), span, mention.rule)


def number_of(layout: Layout, rounds: Sequence[Round], at: int) -> Found | None:
    """The number of a round: as printed; else its place among those of its office, all with counts and none yet won."""
    mention = rounds[at].number
    if mention is not None:
        return Found(rank_of(layout.read(mention.fields["number"])), mention.fields["number"], mention.rule)
    same = [r for r in rounds if r.office is rounds[at].office]
    before = same[: same.index(rounds[at])]
    counted = all(r.counts and r.number is None for r in same) and not any(r.elected for r in before)
    place = next(iter(rounds[at].counts.values()), None)
    return Found(len(before) + 1, place.span, place.rule, "derived") if counted and place else None


def candidates(layout: Layout, told: Round, roster: Roster) -> list[dict[str, Any]]:
    """The candidates and the voices that each received, everybody once."""
    out: dict[str, dict[str, Any]] = {}
    for mention in told.candidates:
        person = roster.person(layout, trimmed(layout, mention.fields["person"]), mention.rule)
        votes = read_number(layout.read(mention.fields["votes"]))
        found = Found(votes, mention.fields["votes"], mention.rule) if votes is not None else None
        out.setdefault(str(person.value), {"person": person, "votes": found})
    return list(out.values())


def elected(layout: Layout, told: Round, roster: Roster) -> list[Found]:
    """Whoever was elected in a round, everybody once."""
    out: dict[str, Found] = {}
    for mention in told.elected:
        for person in people_in(layout, mention.fields["person"]):
            found = roster.person(layout, person.span, mention.rule)
            out.setdefault(str(found.value), found)
    return list(out.values())
