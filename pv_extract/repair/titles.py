"""Titles that come back: an item stands in the agenda and again over its deliberation; one copy mends the other."""

from collections import Counter
from collections.abc import Iterator, Mapping

import regex
from rapidfuzz import fuzz

from pv_extract.repair.likeness import cost, squeezed
from pv_extract.repair.phrases import WORD, is_none, is_strange
from pv_extract.text import Edit, Span

RULE, LIKELY = "title.recurring", 0.9
LONGEST, SHORTEST = 160, 15  # characters of a line that may be a title; letters of one that may be recognized
BEHIND = 22  # characters that a number may take before the title
NEAR, PER_LETTER, CLEAR = 72.0, 0.45, 2.0
NUMBER = regex.compile(r"^\s*(?:[-–—•*]\s*|(?:n°\s*)?\d[\d./-]*\s*[-–—.):/ ]+\s*|[A-Z]{1,4}[.)]\s*)*")
LONGEST_CODE, TELLING = 4, 4  # characters of a code or number; letters from which on a sound word tells titles apart


def title_edits(text: str) -> Iterator[Edit]:
    """The repairs of titles in a damaged text."""
    lines = [line for line in text.split("\n") if 0 < len(line) <= LONGEST and "\t" not in line]
    lines = [line for line in lines if not line.rstrip().endswith((":", ",", ";"))]
    strange = {line for line in lines if is_strange(line)}
    sound = sound_titles(line for line in lines if line not in strange)
    start = 0
    for line in text.split("\n"):
        found = recognized(line, sound) if line in strange and sound else None
        if found and found[0].of(line) != found[1]:
            yield Edit(found[0].shift(start), found[1], RULE, LIKELY)
        start += len(line) + 1


def sound_titles(lines: Iterator[str]) -> Mapping[str, str]:
    """Lines that may be titles, without their numbers, by their letters."""
    found: dict[str, str] = {}
    for line in lines:
        title = NUMBER.sub("", line).strip()
        bare = squeezed(title)
        if len(bare) >= SHORTEST and title[-1] not in ".,;:" and title[0].isupper():
            found.setdefault(bare, title)
    return found


def recognized(line: str, titles: Mapping[str, str]) -> tuple[Span, str] | None:
    """The place of a title in a broken line, at its end, and how the document writes it elsewhere."""
    priced = sorted(priced_titles(line, titles))
    if not priced or (len(priced) > 1 and priced[1][0] - priced[0][0] < CLEAR):
        return None
    _, start, bare = priced[0]
    span = Span(start, len(line.rstrip(" .")))
    title = titles[bare]
    return span, title.upper() if span.of(line).isupper() else title


def priced_titles(line: str, titles: Mapping[str, str]) -> Iterator[tuple[float, int, str]]:
    """The titles that the end of a line may be: what it costs to believe it, where it begins, and its letters."""
    whole = squeezed(line)
    starts = [found.start() for found in WORD.finditer(line) if found.start() <= BEHIND]
    for bare in titles:
        if not starts or abs(len(whole) - len(bare)) > BEHIND or fuzz.partial_ratio(bare, whole) < NEAR:
            continue
        spent, start = min((cost(squeezed(line[at:]), bare, True, PER_LETTER * len(bare)), at) for at in starts)
        if spent <= PER_LETTER * len(bare) and same_words(line[start:], titles[bare]):
            yield spent, start, bare


def same_words(read: str, title: str) -> bool:
    """Whether a broken title has no sound word, code or number that the other lacks: « M14 » is not « M49 »."""
    words = Counter(squeezed(word) for word in WORD.findall(read) if is_telling(word))
    return not words - Counter(squeezed(word) for word in WORD.findall(title))


def is_telling(word: str) -> bool:
    """Whether a word tells one title from another: a number, a code, or a word that is not broken."""
    if any(map(str.isdigit, word)):
        return len(word) <= LONGEST_CODE
    return len(word) >= TELLING and not is_none(word)
