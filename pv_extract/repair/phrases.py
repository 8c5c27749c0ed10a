"""The phrases of minutes in running text: the little words between broken ones are read with them.

« lo procès-verbal dé|a reunion clu 9 février »: no word of three letters can be mended by itself, but as a whole the
phrase is near no other.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from pv_extract.repair.formulas import is_word
from pv_extract.repair.lexicon import lexicon, skeleton
from pv_extract.repair.likeness import cost
from pv_extract.text import Edit, Span

RULE = "formula.phrase"
NEAR = 76.0  # likeness, from 0 to 100, from which on a place is looked at
PER_LETTER = 0.3  # what may be believed of each letter of a phrase
LETTER = regex.compile(r"[\p{L}\d|!]")
WORD = regex.compile(r"[\p{L}\d|!]+")
SPECK = regex.compile(r"\p{L}[_|~*^`,]\p{L}")
LETTERS_ALONE = frozenset("acdjlmnsty")  # words of one letter, and those that are one before an apostrophe
BREAK = regex.compile(r"[:;\t\n]|\.\s+\p{Lu}")


class Guess(NamedTuple):
    """A phrase that a place may be: what it costs a letter to believe it, minus its length, and the place."""

    cost: float
    length: int
    span: Span
    phrase: str


@cache
def phrases() -> Mapping[str, str]:
    """The phrases by their letters without accents and blanks."""
    text = resources.files("pv_extract.repair").joinpath("data", "phrases.txt").read_text(encoding="utf-8")
    return {"".join(LETTER.findall(skeleton(phrase))): phrase for phrase in text.splitlines() if phrase}


def phrase_edits(text: str) -> Iterator[Edit]:
    """The repairs of phrases in a damaged text, none overlapping another."""
    start = 0
    for line in text.split("\n"):
        if is_strange(line):
            taken: set[int] = set()
            for guess in sorted(guesses(line)):
                place = range(*guess.span)
                if taken.isdisjoint(place):
                    taken.update(place)
                    after = as_written(guess.phrase, guess.span.of(line))
                    if after != guess.span.of(line):
                        yield Edit(guess.span.shift(start), after, RULE)
        start += len(line) + 1


def guesses(line: str) -> Iterator[Guess]:
    """The phrases that places of a line may be."""
    lower = skeleton(line.lower())
    if len(lower) != len(line):
        return
    places = [found.start() for found in LETTER.finditer(lower)]
    letters = "".join(lower[at] for at in places)
    for bare, phrase in phrases().items():
        near = fuzz.partial_ratio_alignment(bare, letters, score_cutoff=NEAR) if len(bare) <= len(letters) else None
        if near is None:
            continue
        # At the ends of a line the part that is most alike may be shorter than the phrase.
        first = min(near.dest_start, max(0, near.dest_end - len(bare)))
        last = max(near.dest_end, min(len(places), near.dest_start + len(bare)))
        span = whole_words(line, Span(places[first], places[last - 1] + 1))
        spent = cost("".join(LETTER.findall(span.of(lower))), bare, span.of(line).isupper(), 24.0)
        if spent <= PER_LETTER * len(bare) and is_broken(line, span):
            yield Guess(spent / len(bare) - len(bare) / 100, -len(bare), span, phrase)


def whole_words(line: str, span: Span) -> Span:
    """The place with the whole of the words that lie in it for the greater part."""
    inside = [
        found.span()
        for found in WORD.finditer(line)
        if 2 * (min(found.end(), span.end) - max(found.start(), span.start)) >= found.end() - found.start()
    ]
    return Span(inside[0][0], inside[-1][1]) if inside else span


def is_broken(line: str, span: Span) -> bool:
    """Whether a place holds words that are none, and no end of a sentence or of a label."""
    return is_strange(span.of(line)) and not BREAK.search(span.of(line))


def is_strange(text: str) -> bool:
    """Whether a text holds a word that is none of French, a letter by itself, or a speck inside a word."""
    return SPECK.search(text) is not None or any(map(is_none, WORD.findall(text)))


@lru_cache(maxsize=50_000)
def is_none(word: str) -> bool:
    """Whether a word is none of French; one with a capital may be a name."""
    form = skeleton(word.lower())
    if form.isdigit():
        return False
    if len(form) == 1:
        return form not in LETTERS_ALONE
    return not (bool(lexicon().variants(form)) if word.islower() else is_word(form))


def as_written(phrase: str, written: str) -> str:
    """The phrase in capitals where it is written so, with a capital where it begins with one."""
    if written.isupper():
        return phrase.upper()
    return phrase[0].upper() + phrase[1:] if written[0].isupper() else phrase
