"""The names of a record in the spelling of the roster; where the two disagree, the page wins and a finding says so."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pv_extract.grammar import fold
from pv_extract.members.names import read_name
from pv_extract.members.register import Listed, Register
from pv_extract.records import Finding, Member, Record


def linked(record: Record, register: Register) -> Record:
    """The record with the roster's spellings for the members that it knows, and findings where the two disagree.

    Evidence stays that of the document. A member whom the roster does not know for sure keeps the name of the page.
    """
    if not register.people:
        return record
    members = record.attendance.members
    found = {member.id: register.called(member, record.meeting.date) for member in members}
    claims = Counter(people[0] for people, _ in found.values() if len(people) == 1)
    known = {key: people[0] for key, (people, _) in found.items() if len(people) == 1 and claims[people[0]] == 1}
    told = [
        finding
        for at, member in enumerate(members)
        for finding in remarks(member, f"/attendance/members/{at}", known.get(member.id), *found[member.id])
    ]
    tree = respelled(record.model_dump(by_alias=True), known)
    tree["findings"] = [*tree["findings"], *(finding.model_dump() for finding in told)]
    return Record.model_validate(tree)


def respelled(value: Any, known: Mapping[str, Listed]) -> Any:
    """A record's tree where everybody known goes by the roster's name."""
    if isinstance(value, dict):
        inside = {key: respelled(inner, known) for key, inner in value.items()}
        person = known.get(inside.get("id") or "")
        return inside if person is None else inside | named(person, inside)
    return [respelled(each, known) for each in value] if isinstance(value, list | tuple) else value


def named(person: Listed, tree: Mapping[str, Any]) -> dict[str, str | None]:
    """The parts of a name that a member, or whoever refers to one, has of the roster."""
    name = read_name(person.name)
    parts = {"name": person.name, "family_name": name.family, "given_name": name.given}
    return {key: value for key, value in parts.items() if key in tree}


def remarks(
    member: Member, pointer: str, person: Listed | None, people: Sequence[Listed], damaged: bool
) -> Iterator[Finding]:
    """What is to be said of a member and the roster."""
    if person is None:
        yield unlinked(member, pointer, people)
        return
    if damaged:
        yield remark("roster-repaired", pointer, member.name, person.name, "is taken for", "est compris comme")
    for key in ("role", "group"):
        printed, listed = getattr(member, key), getattr(person, key)
        if printed and listed and not agree(printed, listed):
            yield remark("roster-disagrees", f"{pointer}/{key}", printed, listed, "is printed, not", "est imprimé, non")


def agree(printed: str, listed: str) -> bool:
    """Whether two roles or groups say the same, one perhaps more shortly."""
    short, long_ = sorted((fold(printed).lower(), fold(listed).lower()), key=len)
    return short in long_


def unlinked(member: Member, pointer: str, people: Sequence[Listed]) -> Finding:
    """The finding that the roster does not tell who a member is."""
    if people:
        names = ", ".join(person.name for person, _ in groupby(people))
        return remark("roster-ambiguous", pointer, member.name, names, "can stand for", "peut désigner")
    english, french = "is not on the roster in office", "n'est pas en fonction selon la liste"
    return Finding(
        rule="roster-unknown",
        severity="info",
        message=f"« {member.name} » {english} / « {member.name} » {french}",
        pointer=pointer,
    )


def remark(rule: str, pointer: str, page: str, roster: str, english: str, french: str) -> Finding:
    """A finding that sets the page beside the roster."""
    message = f"« {page} » {english} « {roster} » / « {page} » {french} « {roster} »"
    return Finding(rule=rule, severity="info", message=message, pointer=pointer)
