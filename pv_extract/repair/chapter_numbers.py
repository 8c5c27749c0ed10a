"""The numbers of items within chapters: « 11.1 » below « II. FINANCES » is II.1, where others are numbered so too."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pv_extract.calendars import roman_value
from pv_extract.repair.item_numbers import ROMANS, STROKES
from pv_extract.text import Edit, Span

RULE, LIKELY = "number.in_chapter", 0.9
CHAPTER = regex.compile(r"^[ ]{0,12}(?P<roman>[IVX]{1,5})[ ]?[.)–—-](?!\d)[^\n]*\p{L}{3}", regex.MULTILINE)
NESTED = regex.compile(
    r"^[ ]{0,12}(?P<chapter>[IVXHl1|i!]{1,5})[.-](?P<item>\d{1,2})(?=[ \t.):–—-]{1,4}[^\n]*\p{L}{3})", regex.MULTILINE
)
LOST = 1  # strokes that the number of a chapter may have lost


class Nested(NamedTuple):
    """The number of an item as read: its chapter, its place there, and the chapter whose heading stands above."""

    chapter: str
    item: int
    span: Span
    above: str | None


def chapter_number_edits(text: str) -> Iterator[Edit]:
    """The repairs of the chapters' numbers in those of items, in a damaged text that has some of them sound."""
    chapters = [(found.start(), found["roman"]) for found in CHAPTER.finditer(text) if roman_value(found["roman"])]
    items = [
        Nested(found["chapter"], int(found["item"]), Span(*found.span("chapter")), chapter_at(chapters, found.start()))
        for found in NESTED.finditer(text)
    ]
    known = in_order(items) if any(map(is_sound, items)) else [None] * len(items)
    shown = any(item.chapter == item.above for item in items)
    for item, due in zip(items, known, strict=True):
        likely = item.above if shown and item.above and strokes(item.chapter) == item.above else None
        after = due or likely
        if after and after != item.chapter:
            yield Edit(item.span, after, RULE, LIKELY)


def is_sound(item: Nested) -> bool:
    """Whether a chapter's number can be no arabic one: « IV », « III », not « I » alone, which may be a bullet's."""
    return len(item.chapter) > 1 and roman_value(item.chapter) is not None


def in_order(items: Sequence[Nested]) -> list[str | None]:
    """The chapter of each item where all follow one another, « II.2 » then « III.1 »; none where a sound one does not.

    Those that no other leads to may have lost a stroke where a chapter is missing behind them: they stay open.
    """
    found: list[str | None] = []
    before: tuple[int, int] | None = None
    for item in items:
        chapter = due(item, before)
        if chapter is None or (is_sound(item) and ROMANS[chapter] != item.chapter):
            return [None] * len(items)
        if before and chapter > before[0] + 1:
            found = [None if known == ROMANS[before[0]] else known for known in found]
        found.append(ROMANS[chapter])
        before = chapter, item.item
    return found


def due(item: Nested, before: tuple[int, int] | None) -> int | None:
    """The one chapter that an item may be of behind another, None where none is or several are."""
    last, place = before or (0, 0)
    if item.item > 1:
        return last if item.item == place + 1 and reads_as(item.chapter, last) else None
    read = strokes(item.chapter)
    if last and read == ROMANS[1]:  # the first chapter behind the agenda, or the second with a stroke lost
        return 1 if not reads_as(item.chapter, last + 1) else None
    if reads_as(item.chapter, last + 1):
        return last + 1
    return ROMANS.index(read) if read in ROMANS else None


def reads_as(number: str, chapter: int) -> bool:
    """Whether the number of a chapter may have been read so: its strokes, or all but one."""
    read, printed = strokes(number), ROMANS[chapter]
    return read == printed or (read + LOST * "I" == printed and set(read) == {"I"})


def chapter_at(chapters: list[tuple[int, str]], place: int) -> str | None:
    """The number of the last chapter that opens above a place."""
    above = [roman for start, roman in chapters if start < place]
    return above[-1] if above else None


def strokes(number: str) -> str:
    """A number with what may be a stroke as one.

    >>> strokes("11"), strokes("l|"), strokes("IV")
    ('II', 'II', 'IV')
    """
    return "".join(STROKES.get(sign, sign) for sign in number)
