"""Persons in lists: who is named, and what stands behind each name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from pv_extract.blocks import Layout
from pv_extract.grammar import fold
from pv_extract.members.names import PARTICLES, is_upper, split_honorific
from pv_extract.text import Span

# What may stand right before a name that begins an entry of a list.
ENTRY_START = regex.compile(r"(?:\A|[,;:\n\t•/|]|\bet|[-–—*>]|\d[.)°]?|\s{2,}|\)|\.)\s*\Z")
# « MOREL (de) Paul »: the particle behind the family name, by which lists are ordered.
PARTICLE_BEHIND = regex.compile(r"\((?:d[eu]|des|d'|de\s+l(?:a|'|es)|l[ea]|van|von)\)\s*\Z", regex.IGNORECASE)
TIED = regex.compile(r"\b(?:a|par|de|d'|pour)\s*\Z")
TIED_ON, TIED_BEFORE = regex.compile(r"[\d|~!*_`]\p{L}"), regex.compile(r"\p{L}[\d|~!*_`]\Z")
INITIALS = regex.compile(r"\p{Lu}{2,5}")
GIVEN = regex.compile(r"\s*\(\p{Lu}\p{Ll}+(?:[- ]\p{Lu}\p{Ll}+){0,2}\)")
WORD = regex.compile(r"\S+")
TAIL_OPENS = regex.compile(r"\s*[,(:–—\t-]")
# « Mesdames : », « Mesdames et Messieurs : » right before the first name of a list.
HONORIFIC_OVER = regex.compile(r"\b((?:(?:mesdames|messieurs|mmes|mm)\b\.?(?:\s+et\s+)?)+)\s*:\s*\Z", regex.IGNORECASE)
# What may stand right behind a name on a list.
ENTRY_END = regex.compile(
    r"\s+(?:M\.|MM\b|Mr?s?\b|Mmes?\b|Mlles?\b|Messieurs\b|Mesdames\b)|\s*(?:\Z|[,;:.()\[\]\n\t/|*]|[-–—>=+]|et\b|à\b|\ba\b|par\b|\d|dite?\s+\p{Lu}\p{Ll}+\s*(?:[,;()\n]|\Z))"
)
# Characters before a name that say what it is (« la société coopérative »), and behind it that say by whom it acts.
LONGEST_FORM, LONGEST_BOND = 30, 40


@dataclass(frozen=True)
class Named:
    """A person named at ``span``; ``tail`` is what follows, up to the next name.

    ``honorific`` is the one printed before the name or, in « Mmes Roux, Fabre », before the list it is in.
    """

    span: Span
    tail: Span
    honorific: str | None = None


def people_in(layout: Layout, span: Span) -> list[Named]:
    """The persons of a list in a span of the normalised text.

    A name begins an entry: behind a separator, an honorific or another name. What stands in brackets or
    behind a name (its role, a proxy) is left in the tail.
    """
    spans = told_apart(layout, list(name_spans(layout, span)), span.end)
    ends = [s.start for s in spans[1:]] + [span.end] * bool(spans)
    out: list[Named] = []
    scope: str | None = None
    for name, end in zip(spans, ends, strict=True):
        if out and is_initials_behind(layout, out[-1], name):
            out[-1] = replace(out[-1], tail=Span(out[-1].tail.start, end))
            continue
        scope = honorific_of(layout, name, scope)
        out.append(Named(name, Span(name.end, end), scope))
    return out


def is_initials_behind(layout: Layout, before: Named, name: Span) -> bool:
    """Whether a name is what somebody named in full belongs to: « Mme Anne ROUX, UDAF »."""
    whole = layout.read(before.span)
    bare = split_honorific(whole)[1]
    initials = layout.read(name).strip()
    whole_name = " " in bare or layout.grammar.has("Role", fold(initials))
    return bare != whole.strip() and whole_name and bool(INITIALS.fullmatch(initials))


def told_apart(layout: Layout, spans: list[Span], end: int) -> list[Span]:
    """The names, those that two bear with the given name in brackets behind: « Thirion (Nicolas), Thirion (Jean) »."""
    written = [split_honorific(layout.read(span))[1] for span in spans]
    out = []
    for span, name in zip(spans, written, strict=True):
        given = GIVEN.match(layout.read(Span(span.end, end))) if written.count(name) > 1 else None
        out.append(Span(span.start, span.end + given.end()) if given else span)
    return out


def honorific_of(layout: Layout, name: Span, scope: str | None) -> str | None:
    """The honorific before a name or over its list (« Mesdames : »), else that of the names before it (``scope``).

    « Mmes et MM. » says of nobody which of the two they are.
    """
    written = layout.read(name).strip()
    honorific, bare = split_honorific(written)
    if bare != written:
        return honorific
    if over := HONORIFIC_OVER.search(fold(layout.read(Span(max(0, name.start - 40), name.start)))):
        return split_honorific(f"{over[1]} {written}")[0]
    return scope


def name_spans(layout: Layout, span: Span) -> Iterator[Span]:
    """The spans of the names that begin an entry of the list."""
    text = fold(layout.read(span))
    closed = bracket_map(text)
    last_end = None
    for found in layout.grammar.find_all("Names", text):
        start, end = found.span
        if closed[start] or not begins_entry(text, start, end, last_end) or is_fragment(text, start, end):
            continue
        pieces = split_names(text, start, end)
        if not ends_entry(layout, text, start, end):
            continue
        for piece in (without_role(layout, text, p) for p in pieces):
            written = text[piece.start : piece.end]
            if is_person(layout, written):
                yield piece.shift(span.start)
                last_end = piece.end


def bracket_map(text: str) -> list[bool]:
    """For each character, whether it stands inside brackets; one that its line does not close opens nothing."""
    out, opened = [False] * (len(text) + 1), list[int]()
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            start = opened.pop()
            out[start + 1 : at] = [True] * (at - start - 1)
        elif char == "\n":
            opened.clear()
    return out


def begins_entry(text: str, start: int, end: int, last_end: int | None) -> bool:
    """Whether the name at ``start`` begins an entry: an honorific, a separator or a name stands before."""
    if split_honorific(text[start:end])[1] != text[start:end].strip():
        return not TIED.search(text[max(0, start - 8) : start].lower())
    if last_end is not None and not text[last_end:start].strip(" \t"):
        return True
    before = text[max(0, start - 12) : start]
    return bool(ENTRY_START.search(before)) and not PARTICLE_BEHIND.search(before)


def ends_entry(layout: Layout, text: str, start: int, end: int) -> bool:
    """Whether a name is followed by what may follow a name on a list: a separator, a role, a mark."""
    if split_honorific(text[start:end])[1] != text[start:end].strip() or ENTRY_END.match(text, end):
        return True
    tail = text[end : end + 60]
    mark = layout.grammar.first("EntryMark", tail)
    return bool(mark and mark.span.start < 12) or layout.grammar.has("Role", tail)


def is_fragment(text: str, start: int, end: int) -> bool:
    """Whether a figure or a speck ties a name to letters beside it: « ROCH|LLARD », « RQIJ8FR » are no names."""
    return TIED_ON.match(text, end) is not None or TIED_BEFORE.search(text[max(0, start - 3) : start]) is not None


def split_names(text: str, start: int, end: int) -> list[Span]:
    """The names of a run without separators: « Florence RODE Ernest CAND », « MOREL Paul ROUX Anne ».

    Capitals tell the family names; a run whose case does not tell is one name.
    """
    named = end - len(split_honorific(text[start:end])[1])
    words = [Span(named + m.start(), named + m.end()) for m in WORD.finditer(text[named:end])]
    upper = [is_upper(word.of(text)) for word in words]
    if len(words) < 4 or not any(upper) or all(upper):
        return [Span(start, end)]
    plain = (i for i, w in enumerate(words) if not is_particle(w.of(text)) and not is_honorific(w.of(text)))
    family_first = upper[next(plain, 0)]
    words[0] = Span(start, words[0].end)
    pieces, at = [], 0
    for i in range(1, len(words)):
        turn = upper[i] and not upper[i - 1] if family_first else upper[i - 1] and not upper[i]
        if turn and not is_particle(words[i - 1].of(text)) and not is_honorific(words[i - 1].of(text)):
            pieces.append(Span(words[at].start, words[i - 1].end))
            at = i
    pieces.append(Span(words[at].start, words[-1].end))
    return pieces


def without_role(layout: Layout, text: str, name: Span) -> Span:
    """The name without the role written right behind it: « MOREL Paul Adjoint »."""
    words = text[name.start : name.end].split(" ")
    while len(words) > 2 and layout.grammar.has("NotAName", words[-1]):
        words.pop()
    return Span(name.start, name.start + len(" ".join(words)))


def is_particle(word: str) -> bool:
    """Whether a word is a particle of a family name."""
    return word.lower().rstrip("'") in PARTICLES


def is_honorific(word: str) -> bool:
    """Whether a word is an honorific."""
    return split_honorific(word + " X")[0] is not None


def is_person(layout: Layout, written: str) -> bool:
    """Whether words in name's clothes name somebody, not a role or a label."""
    bare = split_honorific(written)[1]
    letters = [c for c in bare if c.isalpha()]
    if len(letters) < 2 or any(c.isdigit() for c in bare):
        return False
    return not any(layout.grammar.has("NotAName", form) for form in dict.fromkeys((fold(bare), fold(written))))


def is_legal_person(layout: Layout, name: Span) -> bool:
    """Whether a name is that of a company or an association, which takes part through whoever represents it."""
    start = max(0, name.start - LONGEST_FORM)
    found = layout.grammar.find("LegalPerson", layout.folded(Span(start, name.end + LONGEST_BOND)))
    return any(m.fields["name"].start + start < name.end <= m.span.end + start for m in found)


def name_share(layout: Layout, span: Span) -> float:
    """The share (0 to 1) of a span's letters that belong to names, roles and marks of a list."""
    text = layout.read(span)
    letters = sum(c.isalpha() for c in text)
    if not letters:
        return 0.0
    taken = 0
    for person in people_in(layout, span):
        taken += sum(c.isalpha() for c in layout.read(person.span))
        tail = layout.read(person.tail)
        if len(tail) <= 120 and (TAIL_OPENS.match(tail) or layout.grammar.has("EntryMark", fold(tail))):
            taken += sum(c.isalpha() for c in tail)
    return taken / letters
