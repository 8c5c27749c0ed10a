"""Names that come back: one that OCR broke is read as the document writes it elsewhere, more than once.

Two people may bear names that differ in a letter. So a name is left alone that stands on a list beside the other, or
whose given name is another; only names that nobody bears (« RA8ATER ») are mended there too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.repair.formulas import TITLES, formulas, is_word
from pv_extract.repair.likeness import cost, squeezed
from pv_extract.repair.splitting import FUNCTION_WORDS
from pv_extract.text import Edit, Span

RULE, LIKELY = "name.recurring", 0.9
PART = regex.compile(
    r"(?<![\p{L}\d])(?P<word>\p{Lu}[\p{L}\d|!]*(?:[-'’.,`~_*^—]{1,2}[\p{L}\d|!]+)*+|[\p{Ll}\d]{1,3}(?=\s))"
)
NAME_PART = regex.compile(r"\p{Lu}\p{L}+(?:[-'’]\p{L}+)*+")
HONORIFICS = TITLES | {"m", "mm", "mme", "mmes", "mlle", "mr", "dr", "me"}
PARTICLES = FUNCTION_WORDS | {
    "el",
    "al",
    "ben",
    "da",
    "dos",
    "di",
    "van",
    "von",
    "der",
    "den",
    "del",
    "saint",
    "sainte",
}
SHORTEST = 5  # letters of a name that is doubted
MOST_PARTS = 4
TWICE = 2  # times that a document must write a name to prove it
PER_LETTER, MOST = 0.45, 5.0  # what may be believed of each letter of a name, and of a whole one
PARTED, CLEAR = 0.5, 1.5  # what a blank too many or too few costs; by how much the nearest name must lead the next
CANDIDATES = 4
LIST_SHARE = 0.5  # share of the words of a line with a capital that makes it one of a list of names


class Part(NamedTuple):
    """A word with a capital: its letters in lower case, how it is written, its place, and the line it is on."""

    key: str
    written: str
    span: Span
    line: int


@dataclass(frozen=True)
class Names:
    """The names that a document writes more than once: how each is written, how often, and on which list lines."""

    written: Mapping[str, str]
    counts: Mapping[str, int]
    listed: frozenset[str]


def recurrence_edits(text: str) -> Iterator[Edit]:
    """The repairs of names in a damaged text, none overlapping another."""
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    parts = [parts_of(line, start, at) for at, (line, start) in enumerate(zip(lines, starts, strict=True))]
    lists = frozenset(at for at, line in enumerate(lines) if is_list(line))
    names = proven(parts, lists)
    for row in parts:
        taken: set[int] = set()
        for _, first, size, key in sorted(guesses(text, row, names, lists)):
            places = range(first, first + size)
            if taken.isdisjoint(places):
                taken.update(places)
                span = Span(row[first].span.start, row[first + size - 1].span.end)
                after = in_case_of(span.of(text), names.written[key])
                if span.of(text) != after:
                    yield Edit(span, after, RULE, LIKELY)


def in_case_of(read: str, written: str) -> str:
    """A name as written elsewhere, in capitals where it is one word that was read as several in capitals.

    >>> in_case_of("BEAU CHENE", "Beauchêne"), in_case_of("Beau chêne", "Beauchêne")
    ('BEAUCHÊNE', 'Beauchêne')
    """
    return written.upper() if read.isupper() and " " in read and " " not in written else written


def parts_of(line: str, start: int, at: int) -> list[Part]:
    """The words of a line that may be parts of names."""
    return [
        Part(squeezed(found["word"]), found["word"], Span(*found.span()).shift(start), at)
        for found in PART.finditer(line)
    ]


def is_list(line: str) -> bool:
    """Whether most words of a line have a capital, as on a list of names."""
    words = regex.findall(r"\p{L}{2,}", line)
    return bool(words) and sum(word[0].isupper() for word in words) > LIST_SHARE * len(words)


def proven(parts: Sequence[Sequence[Part]], lists: frozenset[int]) -> Names:
    """The names written alike more than once, alone and with a given name beside."""
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    listed: set[str] = set()
    for row in parts:
        for first in range(len(row)):
            for size in range(1, min(3, len(row) - first) + 1):
                run = row[first : first + size]
                if not is_name(run):
                    break
                key = "".join(part.key for part in run)
                writings[key][" ".join(part.written for part in run)] += 1
                if run[0].line in lists:
                    listed.add(key)
    counts = {key: sum(found.values()) for key, found in writings.items() if len(key) >= SHORTEST}
    often = {key: count for key, count in counts.items() if count >= TWICE}
    return Names({key: usual(key, writings) for key in often}, often, frozenset(listed))


def usual(key: str, writings: Mapping[str, Counter[str]]) -> str:
    """How a document writes a name: in one word where it does once, and its parts stand nowhere by themselves.

    The engine parts « GENEVOIX » before its V, and runs no names together that stand apart.
    """
    whole = next((written for written in writings[key] if " " not in written), None)
    apart = [written for written in writings[key] if " " in written]
    if whole and all(is_broken(written.split(" "), writings[key][written], writings) for written in apart):
        return whole
    return writings[key].most_common(1)[0][0]


def is_broken(parts: Sequence[str], times: int, writings: Mapping[str, Counter[str]]) -> bool:
    """Whether the parts of a name are none themselves: no particles, and met in it alone."""
    keys = [squeezed(part) for part in parts]
    return not any(key in PARTICLES or writings[key].total() > times for key in keys)


def is_name(run: Sequence[Part]) -> bool:
    """Whether words side by side may be a name: no honorifics, no words of formulas."""
    beside = all(b.span.start - a.span.end == 1 for a, b in pairwise(run))
    last = run[-1]
    return (
        beside
        and NAME_PART.fullmatch(last.written) is not None
        and last.key not in HONORIFICS
        and last.key not in formulas()
    )


def guesses(
    text: str, row: Sequence[Part], names: Names, lists: frozenset[int]
) -> Iterator[tuple[float, int, int, str]]:
    """The names of the document that words of a line may be: what it costs a letter, which words, and the name."""
    for first in range(len(row)):
        for size in range(1, min(MOST_PARTS, len(row) - first) + 1):
            run = row[first : first + size]
            if size > 1 and text[run[-2].span.end : run[-1].span.start].strip(" .,`'~_*"):
                break
            key = "".join(part.key for part in run)
            if (
                run[-1].key in FUNCTION_WORDS
                or run[-1].key in HONORIFICS
                or (run[-1].key in formulas() and key not in names.counts)
                or not run[0].written[0].isupper()
            ):
                break
            if is_doubtful(run, key, names):
                found = nearest(key, names)
                if found and not holds(run, found[1]) and may_be(run, *found, names, lists):
                    spent = found[0] + PARTED * abs(size - names.written[found[1]].count(" ") - 1)
                    yield spent / len(found[1]), first, size, found[1]


def is_doubtful(run: Sequence[Part], key: str, names: Names) -> bool:
    """Whether words may be a broken name: not written so elsewhere, and not words of French alone."""
    if len(key) < SHORTEST:
        return False
    if key in names.counts:
        return len(run) > names.written[key].count(" ") + 1
    return not all(is_word(part.key) for part in run)


def holds(run: Sequence[Part], key: str) -> bool:
    """Whether some of the words are the name by themselves."""
    sizes = range(1, len(run))
    return any("".join(part.key for part in run[at : at + size]) == key for size in sizes for at in range(len(run)))


def nearest(key: str, names: Names) -> tuple[float, str] | None:
    """The one name of the document that a form is near, and what it costs to believe it."""
    if key in names.counts:
        return 0.0, key
    near = process.extract(
        key, names.counts.keys(), scorer=OSA.distance, score_cutoff=round(0.6 * len(key)), limit=CANDIDATES
    )
    priced = sorted((cost(key, other, True), other) for other, _, _ in near)
    if not priced or priced[0][0] > min(MOST, PER_LETTER * len(key)):
        return None
    if any(
        spent - priced[0][0] < CLEAR and other not in priced[0][1] and priced[0][1] not in other
        for spent, other in priced[1:]
    ):
        return None
    return priced[0]


def may_be(run: Sequence[Part], spent: float, key: str, names: Names, lists: frozenset[int]) -> bool:
    """Whether broken words may be a proven name: not where both stand on lists, unless nobody is called so."""
    if spent == 0 or any(not NAME_PART.fullmatch(part.written) for part in run):
        return True
    return not (run[0].line in lists and key in names.listed)
