"""The numbers of items within chapters: « 11.1 » below « II. FINANCES » is II.1, where others are numbered so too."""

from collections.abc import Iterator

import regex

from pv_extract.calendars import roman_value
from pv_extract.repair.item_numbers import STROKES
from pv_extract.text import Edit, Span

RULE, LIKELY = "number.in_chapter", 0.9
CHAPTER = regex.compile(r"^[ ]{0,12}(?P<roman>[IVX]{1,5})[ ]?[.)–—-](?!\d)[^\n]*\p{L}{3}", regex.MULTILINE)
NESTED = regex.compile(
    r"^[ ]{0,12}(?P<chapter>[IVXl1|i!]{1,5})[.-](?P<item>\d{1,2})(?=[ .):–—-]{1,4}[^\n]*\p{L}{3})", regex.MULTILINE
)


def chapter_number_edits(text: str) -> Iterator[Edit]:
    """The repairs of the chapters' numbers in those of items, in a damaged text that has some of them sound."""
    chapters = [(found.start(), found["roman"]) for found in CHAPTER.finditer(text) if roman_value(found["roman"])]
    items = [(found, chapter_at(chapters, found.start())) for found in NESTED.finditer(text)]
    if not any(found["chapter"] == chapter for found, chapter in items):
        return
    for found, chapter in items:
        if chapter and found["chapter"] != chapter and strokes(found["chapter"]) == chapter:
            yield Edit(Span(*found.span("chapter")), chapter, RULE, LIKELY)


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
