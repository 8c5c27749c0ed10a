"""Tables of members flattened by the reading: all communes first, then the names, the words of one on several lines."""

from collections.abc import Sequence

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.members.people import is_person, people_in
from pv_extract.text import Span

GIVEN = regex.compile(r"\W*\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?\W*")
FAMILY = regex.compile(r"\W*(?:(?:de|du|des|d'|la|le)\s?)*\p{Lu}[\p{Lu}' -]+\W*")
WHOLE = regex.compile(r"\W*(?:\p{Lu}\p{Ll}+[ -]){1,2}(?:(?:de|du|des|d'|la|le)\s?)*\p{Lu}[\p{Lu}' -]+\W*")
WHOLE_REVERSED = regex.compile(r"\W*\p{Lu}[\p{Lu}' -]+\s\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?\W*")
FEWEST_PLACES = 2  # words of a column of communes, set before the column of names


def unflattened(layout: Layout, blocks: Sequence[Block]) -> dict[int, Span | None]:
    """What blocks of a roll are parts of: the whole name for its first line; None for its second, and for a commune."""
    lines = [b for b in blocks if not b.is_row]
    out: dict[int, Span | None] = {b.index: None for b in places_of(layout, lines)}
    rest = [b for b in lines if b.index not in out]
    reversed_order = any(WHOLE_REVERSED.fullmatch(b.text) for b in rest)
    first, second = (FAMILY, GIVEN) if reversed_order else (GIVEN, FAMILY)
    at = 0
    while at < len(rest) - 1:
        upper, lower = rest[at], rest[at + 1]
        if lower.index == upper.index + 1 and is_half(layout, first, upper) and is_half(layout, second, lower):
            out |= {upper.index: trimmed(layout, Span(upper.span.start, lower.span.end)), lower.index: None}
            at += 1
        at += 1
    return out


def names_one(layout: Layout, cell: Span) -> bool:
    """Whether a cell is somebody's whole name: an honorific and a name, or both names, the family's in capitals."""
    text, people = layout.read(cell), people_in(layout, cell)
    courteous = len(people) == 1 and people[0].honorific is not None
    return courteous or any(form.fullmatch(text) for form in (WHOLE, WHOLE_REVERSED))


def is_half(layout: Layout, form: "regex.Pattern[str]", block: Block) -> bool:
    """Whether a line holds a given name, or a family name, and nothing else."""
    return bool(form.fullmatch(block.text)) and is_person(layout, block.text)


def places_of(layout: Layout, lines: Sequence[Block]) -> list[Block]:
    """The communes that stand in capitals before the names of a list, where the names are told apart by their case."""
    run: list[Block] = []
    for block in lines:
        if not FAMILY.fullmatch(block.text):
            break
        run.append(block)
    names = [b for b in lines[len(run) :] if WHOLE.fullmatch(b.text) or GIVEN.fullmatch(b.text)]
    words = [word for b in run for word in b.text.split()]
    named_in_run = len(names) < 2 or len(words) < FEWEST_PLACES or any(is_family(layout, b) for b in run)
    return [] if named_in_run or not any(is_place(layout, word) for word in words) else run


def is_family(layout: Layout, block: Block) -> bool:
    """Whether the minutes write a line in capitals elsewhere behind an honorific, as they do a family name."""
    word = regex.escape(fold(block.text).strip())
    return bool(regex.search(rf"(?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s+(?:\S+\s)?(?i:{word})\b", fold(layout.text.text)))


def is_place(layout: Layout, word: str) -> bool:
    """Whether a word is made as the names of communes are, or written elsewhere behind « commune de », « à »."""
    name = regex.escape(fold(word).strip(" -,;"))
    told = regex.search(rf"(?:commune|ville|mairie|maire)\s+d(?:e\s+|'|u\s+)(?i:{name})\b", fold(layout.text.text))
    return bool(told) or layout.grammar.has("PlaceShape", fold(word))
