"""The roster: the members of the assembly, and whom a written name or office stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.entries import Entry
from pv_extract.members.names import Name, couple_in, read_name, same_person, split_honorific, tokens_of
from pv_extract.text import Span

OFFICE = regex.compile(
    r"\b(maire|bourgmestre|president)(?:e|sse)?\b(?:\s?-\s?presidente?|\s+d(?:u|e)\s+(?:l')?\s?(?:comite|cse|syndicat|association|c\.?[ci]\.?a\.?s\b|centre|communaute|agglomeration|caisse|office|regie"
    r"|conseil(?:\s+(?:d'administration|communal|municipal|communautaire|syndical)|\s*$))\b.*)?"
)

COUPLE = 2  # members of one family name, whom « M. et Mme » names both
PARTS = regex.compile(r"\s*[,;/]\s*|\s+et\s+")


@dataclass(frozen=True)
class Member:
    """A member as the roll and the text tell them."""

    id: str
    name: Name
    entry: Entry
    status: Found
    role: Found | None = None
    group: Found | None = None
    votes: Found | None = None
    proxy_to: Found | None = None
    substitute_for: Found | None = None
    initials: str | None = None


@dataclass(frozen=True)
class Roster:
    """The members, in the order of the text, and whom a written name stands for."""

    members: tuple[Member, ...] = ()
    chair: str | None = None  # id of the member who presides, or the chair's written name
    installed: str | None = None  # id of whoever was elected mayor or president during the meeting
    guests: tuple[str, ...] = ()  # staff and guests, as the roll writes them

    def resolve(self, written: str) -> Member | None:
        """The one member that a written name can stand for; None where there is none, or more than one."""
        if office := office_of(written):
            return self.holder(office)
        found = [m for m in self.members if m.initials == written]
        found = found or [m for m in self.members if same_person(m.name.written, written)]
        if len(found) > 1:
            found = closest(found, written)
        return found[0] if len(found) == 1 else None

    def holder(self, office: str) -> Member | None:
        """The member who holds the office of mayor or president, else whoever presides."""
        if self.installed is not None:
            return next((m for m in self.members if m.id == self.installed), None)
        held = [(m, offices_in(str(m.role.value))) for m in self.members if m.role]
        same = [m for m, offices in held if office in offices]
        if len(same) == 1:
            return same[0]
        known = any(offices for _, offices in held)
        return None if known else next((m for m in self.members if m.id == self.chair), None)

    def person(self, layout: Layout, span: Span, rule: str, how: Any = "stated") -> Found:
        """The person that a span names, linked to their member where one is meant."""
        written = layout.read(span)
        member = self.resolve(written)
        if member:
            return Found({"id": member.id, "name": member.name.full}, span, rule, how)
        guests = [guest for guest in self.guests if same_person(guest, written)]
        name = read_name(guests[0] if len(guests) == 1 else written)
        return Found({"id": None, "name": name.full}, span, rule, how)

    def persons(self, layout: Layout, span: Span, rule: str, how: Any = "stated") -> list[Found]:
        """The persons that a span names: both of a couple who are members, « M. et Mme Roux »."""
        written = layout.read(span)
        both = [m for m in self.members if same_person(m.name.written, split_honorific(written)[1])]
        if couple_in(written) is None or len(both) != COUPLE:
            return [self.person(layout, span, rule, how)]
        return [Found({"id": m.id, "name": m.name.full}, span, rule, how) for m in both]


def office_of(written: str) -> str | None:
    """The office that stands for a person: « Monsieur le Maire », « la Présidente », « le Président ».

    >>> office_of("Madame le Maire"), office_of("M. Lemaire")
    ('maire', None)
    """
    low = fold(written).lower().strip(" .,;:")
    found = regex.fullmatch(
        r"(?:(?:m\.|mme|monsieur|madame)\s+)?(?:le|la|du)\s+(maire|bourgmestre|president)(?:e|sse)?", low
    )
    return found[1] if found else None


def installed(layout: Layout, blocks: Sequence[Block], roster: Roster) -> Roster:
    """The roster behind blocks that may elect a mayor or a president: « la Présidente » is that person from then on."""
    for mention in layout.find("Elected", blocks):
        office = mention.fields.get("office")
        if office is not None and office_of(f"le {layout.read(office)}"):
            member = roster.resolve(layout.read(mention.fields["person"]))
            roster = replace(roster, installed=member.id) if member else roster
    return roster


def offices_in(role: str) -> set[str]:
    """The offices of mayor or president that a role holds, others aside.

    >>> offices_in("Maire de Valmorin, Présidente"), offices_in("vice-président"), offices_in("maire de Brenne")
    ({'president'}, set(), set())
    >>> offices_in("présidente du CCAS")
    {'president'}
    """
    parts = (OFFICE.fullmatch(part.strip()) for part in PARTS.split(fold(role).lower()))
    return {found[1] for found in parts if found}


def closest(members: Sequence[Member], written: str) -> list[Member]:
    """Of members whose names all fit, those that fit to the letter, or whose honorific is the same."""
    wanted = sorted(tokens_of(written))
    exact = [m for m in members if sorted(tokens_of(m.name.written)) == wanted]
    if exact:
        members = exact
    honorific = split_honorific(written)[0]
    if len(members) > 1 and honorific:
        same = [m for m in members if m.name.honorific == honorific]
        members = same or members
    return list(members)
