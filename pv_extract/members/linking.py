"""Linking: who is who. « Monsieur PARSON », « PARSON Laure », « M. le Maire » become members or stay unlinked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count

import regex

from pv_extract.blocks import Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.members.attendance import RollCall
from pv_extract.members.entries import Entry, bracketed_group
from pv_extract.members.names import Name, is_upper, read_name, same_person, tokens_of
from pv_extract.members.people import people_in
from pv_extract.members.proxies import ProxyGiven
from pv_extract.members.roster import Member, Roster, closest, office_of
from pv_extract.text import Span

PRESENT = ("present", "remote")


def link(layout: Layout, roll_call: RollCall, told: Sequence[ProxyGiven] = ()) -> Roster:
    """The members of the roll call, each once, with their proxies and those ``told`` outside of it."""
    roster = Roster()
    for entry in roll_call.entries:
        if entry.status is not None:
            roster = enrolled(layout, roster, entry)
    for proxy in (*roll_call.proxies, *told):
        roster = represented(layout, roster, proxy)
    return roster


def enrolled(layout: Layout, roster: Roster, entry: Entry) -> Roster:
    """The roster with an entry: a new member, or more about one who is on it."""
    name = read_name(layout.read(entry.name))
    name = name if name.honorific else replace(name, honorific=entry.honorific)
    known = [m for m in roster.members if one_member(m, name, entry)]
    if len(known) > 1:
        known = closest(known, layout.read(entry.name))
    if len(known) == 1:
        return updated(roster, merged(layout, known[0], name, entry))
    member = Member(member_id(roster, name), name, entry, Found(entry.status, entry.name, entry.rule, entry.how))
    return replace(roster, members=(*roster.members, details(layout, member, entry)))


def one_member(member: Member, name: Name, entry: Entry) -> bool:
    """Whether an entry is about a member who is on the roster already.

    On one list two people may share a family name: there only the same whole name is the same person.
    """
    if not same_person(member.name.written, name.written):
        return False
    if member.name.honorific and name.honorific and {member.name.honorific, name.honorific} == {"M.", "Mme"}:
        return False
    if member.entry.rule == entry.rule:
        return sorted(tokens_of(member.name.written)) == sorted(tokens_of(name.written))
    return True


def details(layout: Layout, member: Member, entry: Entry) -> Member:
    """The member with what the entry says besides the name."""
    member = replace(
        member,
        role=member.role or text_found(layout, entry.role, entry.rule),
        group=member.group or text_found(layout, entry.group, entry.rule),
    )
    if entry.substitute_for is not None and member.substitute_for is None:
        titular = read_name(layout.read(entry.substitute_for)).full
        member = replace(member, substitute_for=Found({"id": None, "name": titular}, entry.substitute_for, entry.rule))
    if entry.votes is not None and member.votes is None:
        votes = trimmed(layout, entry.votes)
        member = replace(member, votes=Found(int(regex.sub(r"\D", "", layout.read(votes))), votes, entry.rule))
    return member


def text_found(layout: Layout, span: Span | None, rule: str) -> Found | None:
    """The words of a span, without blanks and punctuation around them."""
    if span is None:
        return None
    clean = trimmed(layout, span)
    return Found(layout.read(clean), clean, rule)


def merged(layout: Layout, member: Member, name: Name, entry: Entry) -> Member:
    """The member with a second entry: whoever is represented is so even where a list of excused names them too."""
    if stronger(entry.status or "unknown", str(member.status.value)):
        member = replace(member, status=Found(entry.status, entry.name, entry.rule, entry.how))
    if fuller(name, member.name):
        member = replace(member, name=name)
    return details(layout, member, entry)


def fuller(name: Name, other: Name) -> bool:
    """Whether a name says more than another of the same person: « Odile Roy » than « O. Roy »."""
    return sum(map(len, tokens_of(name.written))) > sum(map(len, tokens_of(other.written))) and len(
        tokens_of(name.written)
    ) >= len(tokens_of(other.written))


def stronger(new: str, old: str) -> bool:
    """Whether a second mention's status replaces the first one's."""
    rank = {"unknown": 0, "absent": 1, "excused": 2, "present": 3, "represented": 4, "remote": 5}
    if old in PRESENT and new in ("excused", "absent"):
        return False
    return rank[new] > rank[old]


def updated(roster: Roster, member: Member) -> Roster:
    """The roster with a member replaced by a newer version."""
    return replace(roster, members=tuple(member if m.id == member.id else m for m in roster.members))


def member_id(roster: Roster, name: Name) -> str:
    """An id made of the name, with a number where two members share it."""
    base = "-".join(tokens_of(name.full)) or "member"
    taken = {m.id for m in roster.members}
    return next(i for i in chain([base], (f"{base}-{n}" for n in count(2))) if i not in taken)


def represented(layout: Layout, roster: Roster, proxy: ProxyGiven) -> Roster:
    """The roster with a proxy: the giver is represented, by the holder where that is one person."""
    giver = roster.resolve(layout.read(proxy.giver))
    holder = roster.person(layout, proxy.holder, proxy.rule)
    if giver is None:
        if not nameable(layout, proxy.giver) or ambiguous(roster, layout.read(proxy.giver)):
            return roster
        group = bracketed_group(layout, Span(proxy.giver.end, proxy.span.end), None)
        roster = enrolled(layout, roster, Entry(proxy.giver, "represented", proxy.rule, group=group))
        giver = roster.resolve(layout.read(proxy.giver))
    if giver is None or giver.id == holder.value["id"]:
        return roster
    status = giver.status if giver.status.value == "represented" else Found("represented", proxy.giver, proxy.rule)
    if giver.status.value in PRESENT:
        status = giver.status
    return updated(roster, replace(giver, status=status, proxy_to=giver.proxy_to or holder))


def ambiguous(roster: Roster, written: str) -> bool:
    """Whether a written name can stand for several members."""
    return len([m for m in roster.members if same_person(m.name.written, written)]) > 1


def nameable(layout: Layout, span: Span) -> bool:
    """Whether a span names somebody, not an office or a thing."""
    return office_of(layout.read(span)) is None and bool(people_in(layout, span))


def with_chair(layout: Layout, roster: Roster, chair: Found | None, listed: bool) -> Roster:
    """The roster with whoever presides: was there, and is a member even where the list of those present skips them."""
    if chair is None:
        return roster
    member = roster.resolve(str(chair.value["name"]))
    if (
        member is None
        and listed
        and is_full_name(str(chair.value["name"]))
        and not ambiguous(roster, str(chair.value["name"]))
    ):
        entry = Entry(chair.span, "present", chair.rule, how="inferred")
        roster = enrolled(layout, roster, entry)
        member = roster.resolve(str(chair.value["name"]))
    return replace(roster, chair=member.id if member else None)


def with_proven(layout: Layout, roster: Roster, people: Iterable[Found | None]) -> Roster:
    """The roster with those whom the text proves to have been there, where no list of those present is printed."""
    for person in people:
        name = str(person.value["name"]) if person else ""
        if person is None or roster.resolve(name) or office_of(name) or not is_full_name(name):
            continue
        entry = Entry(person.span, "present", person.rule, how="inferred")
        roster = enrolled(layout, roster, entry)
    return all_relinked(roster)


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
