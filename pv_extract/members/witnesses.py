"""Witnesses: whom the text shows at work in the room, where the minutes print no list of those present."""

from collections.abc import Iterator, Sequence

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.names import PARTICLES, read_name, same_person
from pv_extract.members.people import people_in
from pv_extract.text import Span

APPOSITION = regex.compile(r"\s*,\s*(?!qui\b|intéressée?\b)(?=\p{Ll})")


def witnesses(layout: Layout, blocks: Sequence[Block]) -> list[Found]:
    """The people named in full who speak in the debates or leave the room; guests told as such are left out."""
    left = [name for name, _ in people_of(layout, blocks, "departure")]
    late = [name for name, _ in people_of(layout, blocks, "arrival")]
    seen = [*people_of(layout, blocks, "departure"), *people_of(layout, blocks, None)]
    out = []
    for name, found in sorted(seen, key=lambda told: told[1].span.start):
        gone = any(same_person(name, other) for other in left)
        spoke = not layout.grammar.has("Petition", fold(behind(layout, found.span)))
        came = any(same_person(name, other) for other in late)
        if (gone or (spoke and not came)) and read_name(name).given and not is_guest(layout, found.span):
            out.append(found)
    return out


def people_of(layout: Layout, blocks: Sequence[Block], kind: str | None) -> Iterator[tuple[str, Found]]:
    """The names of those whom events of a kind are told of; of those who speak where it is None."""
    for block in blocks:
        told = block.find_all("Event" if kind else "Speech", layout.grammar)
        for mention in (m for m in told if "person" in m.fields and m.sets.get("kind") == kind):
            for person in people_in(layout, mention.fields["person"]):
                name = layout.read(person.span)
                yield name, Found({"id": None, "name": read_name(name).full}, person.span, mention.rule)


def behind(layout: Layout, name: Span) -> str:
    """The words right behind a name."""
    return layout.text.text[name.end : name.end + 80]


def is_guest(layout: Layout, name: Span) -> bool:
    """Whether a name's own words, or those set off behind it, make it somebody who is no member, or nobody."""
    written = read_name(layout.read(name)).written.split()
    if len(written) < 2 or fold(written[0]).lower() in PARTICLES:
        return True
    words = behind(layout, name)
    return bool(APPOSITION.match(words)) and not layout.grammar.has("Role", fold(words))
