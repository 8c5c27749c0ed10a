"""PV-405 to PV-407: who is named under a vote, against the counts and the list of members (logic)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Words, check, flaw, together
from pv_extract.checks.course import Course
from pv_extract.checks.votes import items, of_single_votes, weighted
from pv_extract.checks.wording import french_count
from pv_extract.records import Person, Vote

SEPARATOR = regex.compile(r"[,;+/]|\bet\b|\n\s*[-•*]")
IN_FRENCH = {"for": "pour", "against": "contre", "abstentions": "abstention"}
FIELDS = {"for": ("for_", "for_names"), "against": ("against", "against_names")}
FIELDS["abstentions"] = ("abstentions", "abstention_names")


@dataclass(frozen=True)
class Named:
    """Somebody named under a choice of a vote, and the pointer to the name."""

    choice: str
    person: Person
    pointer: str


def named(item: int, vote: Vote) -> list[Named]:
    """Everybody named under the choices of an item's vote."""
    pointer = f"/deliberations/{item}/vote"
    return [
        Named(choice, person, f"{pointer}/{key}/{n}")
        for choice, (_, key) in FIELDS.items()
        for n, person in enumerate(getattr(vote, key))
    ]


def counted(case: Case) -> Iterator[tuple[str, str, int, Sequence[Named]]]:
    """The choices of which both names and number are printed in one passage: pointer, choice, number, names."""
    for i, _, vote in () if weighted(case) else items(case):
        for choice, (key, _) in FIELDS.items():
            number, names = getattr(vote, key), [n for n in named(i, vote) if n.choice == choice]
            pointer = f"/deliberations/{i}/vote/{choice}"
            if number is not None and names and together(case.record, pointer, *(n.pointer for n in names)):
                yield pointer, choice, number, names


@check("PV-405", "error", logic=True)
@of_single_votes
def no_more_names_than_voices(case: Case) -> Iterator[Flaw]:
    """No more voters are named under a choice than voices printed for it."""
    for pointer, choice, number, names in counted(case):
        if len(names) > number:
            yield flaw(pointer, *names_words(len(names), number, choice))


@check("PV-405", "error", logic=True, text=True)
@of_single_votes
def no_fewer_names_than_voices(case: Case) -> Iterator[Flaw]:
    """Where those against or abstaining are named, as many are named as voices printed, proxies aside."""
    for pointer, choice, number, names in counted(case):
        known = choice != "for" and all(n.person.id for n in names) and is_closed(case, names[-1])
        if known and is_read(case, pointer, names) and len(names) + proxies_of(case, names) < number:
            yield flaw(pointer, *names_words(len(names), number, choice))


def is_closed(case: Case, last: Named) -> bool:
    """Whether a list of names ends with a bracket or a full stop: else a page may break it, or a form not be read."""
    place = case.record.evidence.get(last.pointer)
    assert case.layout is not None
    behind = case.layout.document.text[place.span[1] :] if place else ""
    return behind.lstrip()[:1] in (")", ".", ";")


def is_read(case: Case, pointer: str, names: Sequence[Named]) -> bool:
    """Whether no entry of a printed list, from the number to its last name, is left that no name was read in."""
    count, last = (case.record.evidence.get(at) for at in (pointer, names[-1].pointer))
    assert case.layout is not None
    printed = case.layout.document.text[count.span[1] : last.span[1]] if count and last else ""
    return len(SEPARATOR.split(printed)) <= len(names)


def proxies_of(case: Case, names: Sequence[Named]) -> int:
    """The proxies that those named hold for others who are not named with them."""
    ids = {n.person.id for n in names}
    givers = (m for m in case.record.attendance.members if m.proxy_to and m.proxy_to.id in ids)
    return sum(m.id not in ids for m in givers)


def names_words(names: int, number: int, choice: str) -> Words:
    """How many are named for how many voices."""
    english = f"{names} named for {number} {choice}"
    french = french_count(names, "votant nommé", "votants nommés")
    return Words(english, f"{french}, {number} voix « {IN_FRENCH[choice]} »")


@check("PV-406", "warning", logic=True)
@of_single_votes
def voters_are_there(case: Case) -> Iterator[Flaw]:
    """Whoever is named as a voter was present or represented at that moment."""
    course, members = Course(case.record), {m.id for m in case.record.attendance.members}
    for i, _, vote in items(case):
        there = course.voting(i)
        for voter in named(i, vote):
            if voter.person.id in members and voter.person.id not in there:
                name = voter.person.name
                yield flaw(
                    voter.pointer, f"{name} votes but was not there", f"{name} vote sans être présent ni représenté"
                )


@check("PV-407", "error", logic=True)
@of_single_votes
def nobody_votes_both_ways(case: Case) -> Iterator[Flaw]:
    """Nobody is named under two choices of one vote, unless holding a proxy."""
    holders = {m.proxy_to.id for m in case.record.attendance.members if m.proxy_to}
    for i, _, vote in items(case):
        for one, other in combinations(named(i, vote), 2):
            same = one.person.id is not None and one.person.id == other.person.id and one.choice != other.choice
            if same and one.person.id not in holders and together(case.record, one.pointer, other.pointer):
                name = one.person.name
                english, french = f"{name} is named under two choices", f"{name} figure sous deux sens de vote"
                yield flaw(other.pointer, english, french, one.pointer)
