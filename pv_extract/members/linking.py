"""Linking: who is who. « Monsieur PARSON », « PARSON Laure », « M. le Maire » become members or stay unlinked."""

from collections.abc import Iterable
from dataclasses import replace

import regex

from pv_extract.blocks import Layout
from pv_extract.evidence import Found
from pv_extract.members.enrolment import ambiguous, enrolled, fuller, updated
from pv_extract.members.entries import Entry
from pv_extract.members.names import is_upper, read_name
from pv_extract.members.roster import Member, Roster, office_of


def with_chair(layout: Layout, roster: Roster, chair: Found | None, listed: bool) -> Roster:
    """The roster with whoever presides: was there, and is a member even where the list of those present skips them."""
    if chair is None:
        return roster
    name = str(chair.value["name"])
    member = roster.resolve(name)
    if member is None and listed and fits_list(roster, name) and not ambiguous(roster, name):
        roster = enrolled(layout, roster, Entry(chair.span, "present", chair.rule, how="inferred"))
        member = roster.resolve(name)
    return replace(roster, chair=member.id if member else None)


def fits_list(roster: Roster, name: str) -> bool:
    """Whether a name is as full as those of the list: in full, or by the family name alone where all are."""
    families = roster.members and all(member.name.given is None for member in roster.members)
    return is_full_name(name) or (bool(families) and office_of(name) is None)


def with_proven(layout: Layout, roster: Roster, people: Iterable[Found | None]) -> Roster:
    """The roster with those whom the text proves to have been there, where no list of those present is printed."""
    for person in people:
        name = str(person.value["name"]) if person else ""
        if person is None or roster.resolve(name) or office_of(name) or not is_full_name(name):
            continue
        roster = enrolled(layout, roster, Entry(person.span, "present", person.rule, how="inferred"))
    return all_relinked(roster)


def with_signers(layout: Layout, roster: Roster, signed: Iterable[Entry]) -> Roster:
    """The roster with those who signed; whom the text says excused may have come later, and signs all the same."""
    for entry in signed:
        if roster.resolve(layout.read(entry.name)) is None:
            roster = enrolled(layout, roster, entry)
    return roster


def all_relinked(roster: Roster) -> Roster:
    """The roster with the proxies' holders linked to those who are known by now, an office's holder included."""
    return replace(roster, members=tuple(relinked(roster, m) for m in roster.members))


def relinked(roster: Roster, member: Member) -> Member:
    """The member with the proxy's holder linked to whoever is a member by now, under the name known by now."""
    if member.proxy_to is None:
        return member
    known = member.proxy_to.value["id"]
    same = next((m for m in roster.members if m.id == known), None)
    holder = same or (roster.resolve(str(member.proxy_to.value["name"])) if known is None else None)
    if holder is None:
        return member
    return replace(member, proxy_to=replace(member.proxy_to, value={"id": holder.id, "name": holder.name.full}))


def is_full_name(name: str) -> bool:
    """Whether a name has a family name in capitals or two words."""
    return len(name.split()) > 1 or is_upper(name)


def named_in_full(layout: Layout, roster: Roster, people: Iterable[Found | None]) -> Roster:
    """The roster with fuller names where the text gives them: « Mme MOREL » of the list is « Mme MOREL Anne »."""
    for person in people:
        if person is None or person.value["id"] is None:
            continue
        member = next(m for m in roster.members if m.id == person.value["id"])
        written = read_name(layout.read(person.span))
        if fuller(written, member.name):
            roster = updated(roster, replace(member, name=replace(written, honorific=member.name.honorific)))
    return roster


def spelled_out(layout: Layout, roster: Roster) -> Roster:
    """The roster with the given names that the text spells out once for a member listed by an initial: « O. Roy »."""
    for member in roster.members:
        initial, _, family = member.name.written.partition(". ")
        if not family or len(initial) != 1 or not initial.isupper():
            continue
        given, name = rf"\b({initial}\p{{Ll}}[\p{{L}}-]+)\b", rf"\b(?i:{regex.escape(family)})\b"
        found = set(regex.findall(rf"{given}\s+{name}", layout.text.text))
        found |= set(regex.findall(rf"{name}\s+{given}", layout.text.text))
        if len(found) == 1 and not ambiguous(roster, family):
            full = read_name(f"{found.pop()} {family}")
            roster = updated(roster, replace(member, name=replace(full, honorific=member.name.honorific)))
    return all_relinked(roster)


def proven_present(roster: Roster, found: Iterable[Found | None]) -> Roster:
    """The roster where those of unknown status whom the text shows at work (presiding, speaking…) are present."""
    for person in found:
        if person is None or person.value["id"] is None:
            continue
        member = next(m for m in roster.members if m.id == person.value["id"])
        if member.status.value == "unknown":
            roster = updated(roster, replace(member, status=Found("present", person.span, person.rule, "inferred")))
    return roster


def member_tree(member: Member) -> Found:
    """A member as the record has it, with the evidence of each part."""
    name = member.name
    tree = {
        "id": member.id,
        "name": name.full,
        "honorific": name.honorific,
        "family_name": name.family,
        "given_name": name.given,
        "role": member.role,
        "group": member.group,
        "status": member.status,
        "proxy_to": member.proxy_to,
        "substitute_for": member.substitute_for,
        "votes": member.votes,
    }
    return Found(tree, member.entry.name, member.entry.rule)
