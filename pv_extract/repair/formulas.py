"""The words of the formulas of minutes: a word that OCR broke is read where one of them alone is near.

Labels and formulas open lists and votes (« Étaient présents », « Contre », « délibéré »), so that a letter lost in
one of them loses all that it announces. They are few and known beforehand, unlike names, which are left alone.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.repair.lexicon import Lexicon, lexicon, skeleton
from pv_extract.repair.wording import cased
from pv_extract.text import Edit, Span

RULE, JOINED = "formula.word", "formula.joined"
TOKEN = regex.compile(
    r"(?:(?<!\S)|(?<=\b[lLdDsSnN]['’]))[\"«(\[]*(?P<word>[\p{L}\d|!]{4,24}?)(?=[.,;:!?)\]»\"]*(?!\S))"
)
PARTED = regex.compile(r"(?<!\S)(?P<word>\p{L}{1,12}[ ]{1,2}\p{L}{1,12})(?=[.,;:!?)]*(?!\S))")
HONORIFIC = regex.compile(r"(?:MM?|Mmes?|Mlles?|Mr|Dr|Me)\.?")
LETTERS, LONG = 5, 9  # letters from which on one error is allowed, and two
LEAST_LETTERS = 0.6  # share of a token that must be letters
NAME_LENGTH = 7  # letters; a shorter word with a capital inside a line may be a name


@cache
def formulas() -> dict[str, str]:
    """The words of the formulas by their form without accents."""
    text = resources.files("pv_extract.repair").joinpath("data", "formulas.txt").read_text(encoding="utf-8")
    return {skeleton(word): word for word in text.split()}


def formula_edits(text: str) -> Iterator[Edit]:
    """The repairs of words of formulas in a damaged text, none overlapping another."""
    known, end = lexicon(), 0
    for found in regex.finditer(rf"{PARTED.pattern}|{TOKEN.pattern}", text, overlapped=True):
        span = Span(*found.span("word"))
        if span.start < end:
            continue
        written = found["word"]
        to = joined(written, known) if " " in written else intended(written, known)
        if to and (" " in written or not may_be_name(text, span)):
            yield Edit(span, cased(to, "".join(filter(str.isalpha, written))), JOINED if " " in written else RULE)
            end = span.end


def joined(written: str, known: Lexicon) -> str | None:
    """The word of a formula that two parts make: « délib éré »; None where both are words."""
    parts = [skeleton(part.lower()) for part in written.split()]
    if all(known.knows(part) for part in parts):
        return None
    return formulas().get("".join(parts))


def intended(written: str, known: Lexicon) -> str | None:
    """The one word of a formula that a token that is no word is near: one error from five letters on, two from nine."""
    form = skeleton(written.lower().replace("’", "'"))
    if form in formulas() or known.knows(written.lower()) or known.variants(form):
        return None
    if sum(c.isalpha() for c in form) < LEAST_LETTERS * len(form) or len(form) < LETTERS:
        return None
    most = 2 if len(form) >= LONG else 1
    near = process.extract(form, formulas().keys(), scorer=OSA.distance, score_cutoff=most, limit=3)
    if not near or (len(near) > 1 and near[0][1] == near[1][1] and stem(near[0][0]) != stem(near[1][0])):
        return None
    return formulas()[near[0][0]]


def stem(word: str) -> str:
    """A word without the endings of gender and number."""
    return regex.sub(r"e?s?$", "", word)


def may_be_name(text: str, span: Span) -> bool:
    """Whether a word with a capital stands where a name may: behind an honorific, or inside a line in lower case."""
    word = span.of(text)
    if not word[0].isupper():
        return False
    before = regex.findall(r"\w[\w.]*", text[text.rfind("\n", 0, span.start) + 1 : span.start])
    if not before or word.isupper():
        return bool(before) and HONORIFIC.fullmatch(before[-1]) is not None
    return len(word) < NAME_LENGTH or before[-1][0].isupper()
