"""PV-510, PV-511: members with an interest in a matter, who do not vote on it (CGCT L2131-11, L1111-6)."""

import datetime
from collections.abc import Iterator, Mapping

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw, together
from pv_extract.checks.course import Course
from pv_extract.checks.facts import Facts
from pv_extract.checks.voters import Named, named
from pv_extract.checks.votes import cast, items, of_single_votes, weighted
from pv_extract.members.names import same_person
from pv_extract.records import Deliberation
from pv_extract.text import Span
from pv_extract.values import read_number

SEPARATORS = regex.compile(r"\s*(?:,|\bet\b)\s*")
APART_IN_COMMUNES = datetime.date(2022, 2, 23)  # loi n° 2022-217 (3DS)
APART_EVERYWHERE = datetime.date(2025, 12, 24)  # loi n° 2025-1249, art. 32: L3132-5, L4142-5


@check("PV-510", "error")
@of_single_votes
def nobody_abstains_from_and_takes_part_in_a_vote(case: Case) -> Iterator[Flaw]:
    """Whoever takes no part in a vote is not named among its voters (L2131-11)."""
    for i, item, _ in items(case):
        apart = {
            p.id: f"/deliberations/{i}/vote/not_participating_names/{n}"
            for n, p in enumerate(item.vote.not_participating_names)
            if p.id
        }
        for voter in named(i, item.vote):
            where = apart.get(voter.person.id or "")
            if where and together(case.record, where, voter.pointer):
                name = voter.person.name
                yield flaw(
                    voter.pointer, f"{name} takes no part and votes", f"{name} ne prend pas part au vote et vote", where
                )


@check("PV-510", "error")
@of_single_votes
def nobody_with_an_interest_votes(case: Case) -> Iterator[Flaw]:
    """Whoever is said to have an interest in the matter is not named among its voters (L2131-11)."""
    for voter in voters_with_an_interest(case):
        name = voter.person.name
        yield flaw(
            voter.pointer,
            f"{name} has an interest and votes",
            f"{name} est dit(e) intéressé(e) à l'affaire et figure parmi les votants",
        )


@check("PV-510", "warning")
@of_single_votes
def nobody_votes_through_a_member_with_an_interest(case: Case) -> Iterator[Flaw]:
    """Whoever has an interest in the matter does not vote for another either (L2131-11)."""
    holders = {m.id: m.proxy_to.name for m in case.record.attendance.members if m.proxy_to}
    for voter, people in interested_beside(case):
        holder = holders.get(voter.person.id or "")
        if holder and any(same_person(holder, each) for each in people):
            name = voter.person.name
            english = f"{name} votes through {holder}, who has an interest"
            yield flaw(voter.pointer, english, f"{name} vote par {holder}, qui est intéressé(e) à l'affaire")


def voters_with_an_interest(case: Case) -> Iterator[Named]:
    """The voters named who are said to have an interest."""
    for voter, people in interested_beside(case):
        if any(same_person(voter.person.name, each) for each in people):
            yield voter


def interested_beside(case: Case) -> Iterator[tuple[Named, list[str]]]:
    """Each voter named under an item, with the people said there to have an interest in it."""
    for i, item, _ in items(case):
        text = item.text or ""
        said = [m.fields["person"].of(text) for m in case.in_text("interested", text) if "person" in m.fields]
        yield from ((voter, said) for voter in named(i, item.vote))


@check("PV-510", "warning")
@of_single_votes
def whoever_takes_no_part_is_not_counted(case: Case) -> Iterator[Flaw]:
    """Voices are fewer than the voters of the head where somebody takes no part in a vote (L2131-11)."""
    voters, moves = case.stated.voting, Course(case.record).moves
    for i, _, vote in items(case):
        apart = vote.not_participating_names
        others = set(moves) - {p.id for p in apart}
        if voters is None or others or weighted(case) or vote.for_ is None or not apart or vote.voting is not None:
            continue
        if cast(vote) == voters:
            names = ", ".join(p.name for p in apart)
            yield flaw(
                f"/deliberations/{i}/vote/for",
                f"{names} takes no part, but {cast(vote)} of {voters} voices are counted",
                f"{names} ne prend pas part au vote, mais {cast(vote)} voix sont comptées sur {voters} votants",
            )


def not_counted(case: Case, item: Deliberation) -> int:
    """The members whom an item says not to count among those in office for its quorum (L1111-6, II).

    They represent the assembly in another body, which the matter concerns. PV-511: nobody is taken off whom the text
    does not tell of, and nobody before the law allowed it.
    """
    if case.date is None or case.date < apart_since(case.facts):
        return 0
    text = item.text or ""
    return sum(number_of(m.fields, text) for m in case.in_text("not_in_quorum", text))


def apart_since(facts: Facts) -> datetime.date:
    """The first day on which representatives in another body do not count for the quorum."""
    return APART_IN_COMMUNES if facts.law in ("municipal", "intercommunal") else APART_EVERYWHERE


def number_of(fields: Mapping[str, Span], text: str) -> int:
    """How many members a mention tells of: its number, or its names."""
    if "count" in fields:
        return read_number(fields["count"].of(text)) or 0
    return len(SEPARATORS.split(fields["person"].of(text)))
