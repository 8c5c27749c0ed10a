"""The entries of a roll's lines: who is named, in what part, for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pv_extract.blocks import Layout
from pv_extract.grammar import fold
from pv_extract.members.names import couple_in, split_honorific, title_in, tokens_of
from pv_extract.members.people import Named, is_legal_person, people_in
from pv_extract.members.proxies import ProxyGiven, overlaps, proxy_pairs
from pv_extract.members.rolls import Roll
from pv_extract.mentions import Mention
from pv_extract.records import How
from pv_extract.text import Span

LABEL_WORD = "attendance.not_a_name"  # an office or a label where a college may stand: « Adjoints : M. Roux »
# A full stop that ends what is said of a member, not an abbreviation.
SENTENCE_END = regex.compile(r"(?<=\p{Ll}{3}|\))\.\s+(?=\p{Lu})")
EITHER_AWAY = regex.compile(r"absent\S*\s*(?:ou|/)\s*excuse|excuse\S*\s*(?:ou|/)\s*absent")
INITIALS = regex.compile(r"[^()\n,;]{0,30}\(\s*(\p{Lu}{2,4})\s*\)")
OPENING_BLOCKS = 20  # among which minutes say that co-owners meet
# What a guest is, behind the name.
CAPACITY = regex.compile(
    r"(?:\s*[,(]|\t)\s*(?P<role>(?!(?i:pr[ée]sent|excus|absent)e?\b)\p{L}[^;()\n\t]{2,100}?)"
    r"\s*(?:[);\t]|\s[-–—]\s|[.,–—-]?\s*$)"
)


@dataclass(frozen=True)
class Entry:
    """Somebody on a roll. ``status`` is None for staff and guests: they are no members."""

    name: Span
    status: str | None
    rule: str
    how: How = "stated"
    role: Span | None = None
    group: Span | None = None
    votes: Span | None = None
    substitute_for: Span | None = None
    honorific: str | None = None
    initials: Span | None = None


def grouped(entries: Sequence[Entry], group: Span | None) -> list[Entry]:
    """The entries, those without a group of their own in that of the line above."""
    return [e if e.group or group is None else replace(e, group=group) for e in entries]


def read_line(layout: Layout, roll: Roll, line: Span, above: Span | None, proxies: list[ProxyGiven]) -> list[Entry]:
    """The entries of a line of a roll: one person, or several between separators."""
    group, rest = group_prefix(layout, line)
    above = above if rest == line else None
    people = people_in(layout, group) if group else []
    if people and (roll.status in ("proxy", "represented") or people[0].honorific):
        group, rest = None, line
    pairs = proxy_pairs(layout, roll, rest) if roll.status != "other" else []
    proxies += pairs
    if roll.status == "proxy":
        return []
    hidden = [p.holder for p in pairs]
    replaced = substitutions(layout, rest)
    hidden += [person for person, _ in replaced if not says_away(layout, person, rest)]
    people = [p for p in people_in(layout, rest) if not any(overlaps(p.span, h) for h in hidden)]
    known = [*hidden, *(p.span for p in people)]
    people += [Named(s, Span(s.end, s.end)) for _, s in replaced if not any(overlaps(s, k) for k in known)]
    people = sorted(people, key=lambda p: p.span.start) or listed_name(layout, rest, pairs)
    proxies += behind_capacity(layout, people, pairs)
    people = couples_apart(layout, people)
    entries = paired(layout, rejoined(layout, [entry_of(layout, roll, person, group or above) for person in people]))
    return [as_substitute(e, substituted(e, replaced), roll.status) for e in entries]


def behind_capacity(layout: Layout, people: Sequence[Named], pairs: Sequence[ProxyGiven]) -> list[ProxyGiven]:
    """The proxies given in brackets behind what a member is: « Paul Morel, Région Ouest (procuration à Anne Roux) »."""
    out = []
    for person in people:
        told = layout.grammar.first("CapacityProxy", layout.folded(person.tail))
        holders = people_in(layout, told.fields["holder"].shift(person.tail.start)) if told else []
        if len(holders) == 1 and not any(overlaps(person.span, pair.giver) for pair in pairs):
            out.append(ProxyGiven(person.span, holders[0].span, "attendance.behind_capacity", person.tail))
    return out


def couples_apart(layout: Layout, people: Sequence[Named]) -> list[Named]:
    """The persons, « M. et Mme Roux » as two; not where they own something or vote together."""
    owners = any(b.has("CoOwners", layout.grammar) for b in layout.blocks[:OPENING_BLOCKS])
    out: list[Named] = []
    for person in people:
        second = couple_in(layout.read(person.span))
        if second is None or owners or weight_of(layout, person.tail):
            out.append(person)
            continue
        there = Span(person.span.start + second, person.span.end)
        honorifics = ["M.", "Mme"] if split_honorific(layout.read(there))[0] == "Mme" else ["Mme", "M."]
        out += [replace(person, honorific=honorifics[0]), Named(there, person.tail, honorifics[1])]
    return out


def as_substitute(entry: Entry, titular: Span | None, status: str) -> Entry:
    """The entry of whoever stands in for somebody: a mark behind the titular's name is the titular's."""
    if titular is None or entry.status is None:
        return entry
    seated = {"proxy": entry.status, "unknown": "present"}.get(status, status)
    return replace(entry, substitute_for=titular, status=seated)


def rejoined(layout: Layout, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, a double name printed with blanks around its hyphen as one where the text joins it elsewhere."""
    out: list[Entry] = []
    for entry in entries:
        word, last = layout.read(entry.name), layout.read(out[-1].name).split()[-1] if out else ""
        between = layout.read(Span(out[-1].name.end, entry.name.start)).strip() if out else ""
        if out and between in ("-", "–") and " " not in word and f"{last}-{word}" in layout.text.text:
            out[-1] = replace(out[-1], name=Span(out[-1].name.start, entry.name.end))
        else:
            out.append(entry)
    return out


def paired(layout: Layout, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the first of « M. Roux et Mme Morel (VALMORIN) » in the group of the second."""
    out = list(entries)
    for i, (entry, following) in enumerate(pairwise(entries)):
        between = layout.read(Span(entry.name.end, following.name.start)).strip().lower()
        if between == "et" and entry.group is None:
            out[i] = replace(entry, group=following.group)
    return out


def listed_name(layout: Layout, line: Span, pairs: Sequence[ProxyGiven]) -> list[Named]:
    """The short name or nickname of a bullet list of persons, which only its place on the roll tells: « - SF »."""
    found = regex.match(r"\s*[-*•+]\s+(\p{L}[\p{L}' .-]{1,28}?)\s*(?:$|[,(])", layout.read(line))
    if found is None or pairs or layout.grammar.has("NotAName", fold(found[1])):
        return []
    name = Span(*found.span(1)).shift(line.start)
    return [Named(name, Span(name.end, line.end))]


def substitutions(layout: Layout, line: Span) -> list[tuple[Span, Span]]:
    """Who is replaced by whom on a line: « M. Fabre (suppléant de M. Morel) »."""
    found = layout.grammar.find("Substitution", fold(layout.read(line)))
    moved = [m.shift(line.start).fields for m in found]
    return [(f["person"], f["substitute"]) for f in moved if "person" in f and "substitute" in f]


def says_away(layout: Layout, person: Span, line: Span) -> bool:
    """Whether a line says that the replaced member is away: « M. Morel : absent excusé, remplacé par M. Fabre »."""
    return layout.grammar.has("AwayBehind", layout.folded(Span(person.end, line.end)))


def substituted(entry: Entry, replaced: Sequence[tuple[Span, Span]]) -> Span | None:
    """Whom an entry stands in for."""
    return next((person for person, substitute in replaced if overlaps(entry.name, substitute)), None)


def group_prefix(layout: Layout, line: Span) -> tuple[Span | None, Span]:
    """The commune or college that a line opens with, and the rest of the line."""
    found = layout.grammar.first("Group", fold(layout.read(line)))
    if found is None or "group" not in found.fields:
        return None, line
    group = found.fields["group"].shift(line.start)
    if any(m.rule == LABEL_WORD for m in layout.grammar.find("NotAName", fold(layout.read(group)))):
        return None, Span(line.start + found.span.end, line.end)
    return group, Span(line.start + found.span.end, line.end)


def entry_of(layout: Layout, roll: Roll, person: Named, group: Span | None) -> Entry:
    """The entry of a person of a list: the label's status, unless a mark behind the name says otherwise."""
    tail = fold(layout.read(person.tail))
    status, rule = roll.status, roll.rule
    if status == "proxy":
        status = "represented"
    if status == "other":
        return Entry(person.span, None, rule, role=capacity_of(layout, person.tail), honorific=person.honorific)
    label = "unknown" if tells_either(layout, roll) else status
    for mark in marks_of(layout, SENTENCE_END.split(tail)[0]):
        said = mark.sets["mark"]
        if said == "represented" and status == "present" and is_legal_person(layout, person.span):
            continue
        if said in ("remote", "represented", "excused", "absent", "present") and overrides(label, said):
            status, rule = said, mark.rule
            break
    role = role_of(layout, person.tail) or titled(layout, person.span)
    if layout.grammar.has("Staff", tail):
        return Entry(person.span, None, rule, role=role, honorific=person.honorific)
    initials = initials_behind(layout, person)
    group = group or (None if initials else bracketed_group(layout, person.tail, role))
    votes = weight_of(layout, person.tail)
    return Entry(
        person.span, status, rule, role=role, group=group, votes=votes, honorific=person.honorific, initials=initials
    )


def initials_behind(layout: Layout, person: Named) -> Span | None:
    """The initials of a name in brackets behind it, by which notes call its bearer: « Anne Nguyen-Roch (ANR) »."""
    found = INITIALS.match(layout.read(person.tail))
    if found is None:
        return None
    firsts = [word[0] for word in tokens_of(split_honorific(layout.read(person.span))[1])]
    same = sorted(firsts) == sorted(fold(found[1]).lower())
    return Span(*found.span(1)).shift(person.tail.start) if same else None


def tells_either(layout: Layout, roll: Roll) -> bool:
    """Whether a label leaves open who is excused and who is absent: « Sont absents ou excusés : »."""
    return bool(EITHER_AWAY.search(layout.folded(roll.label).lower()))


def marks_of(layout: Layout, tail: str) -> list[Mention]:
    """What a tail says of its member; a proxy that follows at once is stronger: « excusé, pouvoir à Mme Roux »."""
    marks = layout.grammar.find("EntryMark", tail)
    given = [m for m in marks if m.sets["mark"] == "represented"]
    if given and not any(c.isupper() for c in tail[marks[0].span.end : given[0].span.start]):
        return [*given, *marks]
    return marks


def capacity_of(layout: Layout, tail: Span) -> Span | None:
    """In what capacity a guest was there, as the words behind the name say."""
    found = CAPACITY.match(layout.read(tail))
    return Span(*found.span("role")).shift(tail.start) if found else role_of(layout, tail)


def titled(layout: Layout, name: Span) -> Span | None:
    """The office that stands between the honorific and the name: « Monsieur le maire Normand Roy »."""
    found = title_in(layout.read(name))
    return Span(*found).shift(name.start) if found else None


def weight_of(layout: Layout, tail: Span) -> Span | None:
    """The voices in brackets right behind a name: « Mme AUBRY (842) », « M. ROUX (12 voix) »."""
    found = layout.grammar.first("Weight", fold(layout.read(tail)))
    return found.fields["votes"].shift(tail.start) if found else None


def overrides(label: str, mark: str) -> bool:
    """Whether a mark behind a name is stronger than the label above the list."""
    if mark == "represented":
        return label != "represented"
    if mark == "remote":
        return label in ("present", "unknown")
    if mark == "present":
        return label == "unknown"
    return label in ("present", "unknown", "absent")


def role_of(layout: Layout, tail: Span) -> Span | None:
    """The role written right behind a name."""
    found = layout.grammar.first("Role", fold(layout.read(tail)))
    return found.fields["role"].shift(tail.start) if found and "role" in found.fields else None


def bracketed_group(layout: Layout, tail: Span, role: Span | None) -> Span | None:
    """The commune in brackets behind a name: « Paul Morel (VALMORIN) »."""
    if named := layout.grammar.first("EntryGroup", fold(layout.read(tail))):
        return named.fields["group"].shift(tail.start)
    found = regex.match(r"\s*\((\p{Lu}[^()\n]{2,50})\)", layout.read(tail))
    if found is None or role is not None:
        return None
    text = fold(found[1])
    if (
        split_honorific(text)[0]
        or any(layout.grammar.has(kind, text) for kind in ("EntryMark", "Role", "NotAName"))
        or any(c.isdigit() for c in text)
    ):
        return None
    return Span(*found.span(1)).shift(tail.start)
