"""Enrolment: from the entries of the roll call to members, each once, with their proxies."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count

import regex

from pv_extract.blocks import Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.members.attendance import RollCall
from pv_extract.members.entries import Entry, bracketed_group
from pv_extract.members.names import Name, couple_in, read_name, same_person, tokens_of
from pv_extract.members.people import people_in
from pv_extract.members.proxies import ProxyGiven
from pv_extract.members.roster import Member, Roster, closest, office_of
from pv_extract.text import Span

PRESENT = ("present", "remote")
RANK = {"unknown": 0, "absent": 1, "excused": 2, "present": 3, "represented": 4, "remote": 5}
"""How much a status tells: of two entries for one member, the higher one holds."""


def link(layout: Layout, roll_call: RollCall, told: Sequence[ProxyGiven] = ()) -> Roster:
    """The members of the roll call, each once, with their proxies and those ``told`` outside of it."""
    roster = Roster(guests=tuple(layout.read(e.name) for e in roll_call.entries if e.status is None))
    for entry in roll_call.entries:
        if entry.status is not None:
            roster = enrolled(layout, roster, entry)
    for proxy in (*roll_call.proxies, *told):
        roster = represented(layout, roster, proxy)
    return roster


def enrolled(layout: Layout, roster: Roster, entry: Entry) -> Roster:
    """The roster with an entry: a new member, or more about one who is on it."""
    name = read_name(layout.read(entry.name))
    bears = name.honorific if couple_in(layout.read(entry.name)) is None else None
    name = name if bears else replace(name, honorific=entry.honorific)
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
    if member.entry.rule == entry.rule and not (member.entry.substitute_for or entry.substitute_for):
        return sorted(tokens_of(member.name.written)) == sorted(tokens_of(name.written))
    return True


def details(layout: Layout, member: Member, entry: Entry) -> Member:
    """The member with what the entry says besides the name."""
    member = replace(
        member,
        role=member.role or text_found(layout, entry.role, entry.rule),
        group=member.group or text_found(layout, entry.group, entry.rule),
    )
    if entry.initials is not None:
        member = replace(member, initials=layout.read(entry.initials))
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
    return Found(" ".join(layout.read(clean).split()), clean, rule)


def merged(layout: Layout, member: Member, name: Name, entry: Entry) -> Member:
    """The member with a second entry: whoever is represented is so even where a list of excused names them too."""
    if stronger(entry.status or "unknown", str(member.status.value)):
        member = replace(member, status=Found(entry.status, entry.name, entry.rule, entry.how))
    if fuller(name, member.name):
        member = replace(member, name=name)
    return details(layout, member, entry)


def fuller(name: Name, other: Name) -> bool:
    """Whether a name says more than another of the same person: « Odile Roy » than « O. Roy »."""
    words, others = tokens_of(name.written), tokens_of(other.written)
    return len("".join(words)) > len("".join(others)) and len(words) >= len(others)


def stronger(new: str, old: str) -> bool:
    """Whether a second mention's status replaces the first one's."""
    if old in PRESENT and new in ("excused", "absent"):
        return False
    return RANK[new] > RANK[old]


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
