"""How well the lists of those present were read: whether their members can be counted."""

from collections.abc import Iterator
from itertools import product

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.course import HERE
from pv_extract.grammar import searched
from pv_extract.text import Span

LEFT_OVER = 0.12  # share of a list that functions and small words may take
NAME = regex.compile(r"\p{Lu}[\p{L}'’-]{2,}")


def roll_is_clear(case: Case) -> bool:
    """Whether the roll was read whole: each status known, none at odds with another, few words left over."""
    members, in_office = case.record.attendance.members, case.stated.in_office
    odd = any(m.status == "unknown" or (m.status in HERE and m.proxy_to) for m in members)
    too_many = in_office is not None and case.seats > in_office
    return not odd and not too_many and unread_share(case) < LEFT_OVER


def unread_share(case: Case) -> float:
    """The share of the letters of the lists of those present that are neither label, honorific, name nor role."""
    letters = {at for span in lists(case) for at in range(span.start, span.end) if case.text[at].isalpha()}
    left = letters.difference(*(range(part.start, part.end) for part in (*entries(case), *told(case, "civilite"))))
    return len(left) / len(letters) if letters else 1.0


def every_name_was_read(case: Case) -> bool:
    """Whether no word that may be a name is left over in the lists of those present."""
    parts = (*entries(case), *told(case, "civilite", "fonction", "membres"))
    read = {at for part in parts for at in range(part.start, part.end)}
    words = (m.span() for span in lists(case) for m in NAME.finditer(case.text, span.start, span.end))
    return all(not read.isdisjoint(range(*word)) for word in words)


def lists(case: Case) -> Iterator[Span]:
    """The spans of the normalised text that list those present."""
    for roll in case.segments.roll_call.rolls:
        if roll.status in HERE:
            yield from (block.span for block in roll.blocks)
            yield from (roll.content,) if roll.content else ()


def entries(case: Case) -> Iterator[Span]:
    """The names, roles and groups of the rolls."""
    for entry in case.segments.roll_call.entries:
        yield from (part for part in (entry.name, entry.role, entry.group) if part)


def told(case: Case, *words: str) -> Iterator[Span]:
    """Where some words of the grammars' vocabulary stand in the lists of those present."""
    for span, word in product(lists(case), words):
        found = searched(f"words.{word}", case.grammar.word(word), case.read(span))
        yield from (Span(*m.span()).shift(span.start) for m in found)
