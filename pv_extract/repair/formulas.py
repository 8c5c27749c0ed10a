"""The words of the formulas of minutes: what OCR broke is read where one of them alone is near.

Labels and formulas open lists and votes (« Étaient présents », « Contre », « délibéré »), so that a letter lost in
one of them loses all that it announces. They are few and known beforehand, unlike names, which are left alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.repair.lexicon import lexicon, skeleton
from pv_extract.repair.likeness import cost
from pv_extract.repair.splitting import FUNCTION_WORDS
from pv_extract.repair.wording import cased
from pv_extract.text import Edit, Span

RULE, JOINED = "formula.word", "formula.joined"
PIECE = regex.compile(
    r"(?:(?<!\S)|(?<=[(\[«\"<{]|\p{L}[-—_]))(?:(?:[cdjlmnstCDJLMNSTI|1]|[qQ]u)['’`])?"
    r"(?P<core>[\p{L}\d|!]++(?:['’.,`~*^|!]{1,2}[\p{L}\d|!]++)*)(?=(?:[-—_]\p{L}|[^\s\p{L}\d°]*(?!\S)))"
)
SPECKS = str.maketrans("", "", "'’.,`~*^")
MOST_PIECES = 4  # parts of one broken word
PER_LETTER = 0.6  # what may be believed of each letter of a word, in the unit of ``likeness``
PER_CAPITAL, SURE_CAPITAL = 0.35, 0.2  # the same where all are capitals, as in names; and what proves that it is none
PARTED, GLUED = 0.7, 1.0  # what it costs to believe that a blank, or the lack of an apostrophe, is damage
CLEAR = 1.5  # by how much the nearest word must lead the next
CANDIDATES = 6
FAR = 0.75  # letters of a word of which so many may differ for the word to be looked at
LETTERS, JOINED_LETTERS = 5, 6  # letters from which on a word is doubted
LEAST_LETTERS = 0.5  # share of a token that must be letters
NAME_LENGTH = 7  # letters; a shorter word with a capital inside a line may be a name
BEFORE, AFTER = regex.compile(r"(?P<word>\w[\w.-]*)\W*$"), regex.compile(r"[ ]{1,2}(?P<word>\w[\w.-]*)")
TITLES = frozenset(("monsieur", "madame", "mademoiselle", "messieurs", "mesdames"))


class Piece(NamedTuple):
    """A run of letters between blanks: as written, without specks and accents in lower case, and its place."""

    written: str
    form: str
    span: Span


class Guess(NamedTuple):
    """A word of a formula, how many pieces from which one on may be it, and what it costs a letter to believe it."""

    cost: float
    first: int
    size: int
    word: str


@cache
def formulas() -> Mapping[str, str]:
    """The words of the formulas by their form without accents, those that may be elided also with a lost apostrophe."""
    text = resources.files("pv_extract.repair").joinpath("data", "formulas.txt").read_text(encoding="utf-8")
    words = {skeleton(word): word for word in text.split()}
    elided = {f"l{bare}": f"l'{word}" for bare, word in words.items() if bare[0] in "aeiou"}
    return elided | words


def formula_edits(text: str) -> Iterator[Edit]:
    """The repairs of words of formulas in a damaged text, none overlapping another."""
    start = 0
    for line in text.split("\n"):
        pieces = [piece_of(found, start) for found in PIECE.finditer(line)]
        taken: set[int] = set()
        for guess in sorted(guesses(text, pieces)):
            places = range(guess.first, guess.first + guess.size)
            if taken.isdisjoint(places):
                taken.update(places)
                yield edit_of(pieces[guess.first : guess.first + guess.size], guess.word)
        start += len(line) + 1


def piece_of(found: "regex.Match[str]", start: int) -> Piece:
    """A piece of a line that starts at ``start``."""
    written = found["core"]
    form = skeleton(written.lower()).translate(SPECKS)
    return Piece(written, form, Span(*found.span("core")).shift(start))


def guesses(text: str, pieces: Sequence[Piece]) -> Iterator[Guess]:
    """The broken words of formulas that the pieces of a line may be."""
    for first in range(len(pieces)):
        for size, form in windows(text, pieces, first):
            run = pieces[first : first + size]
            read = intended(form, run[0].written[0].isupper())
            if read and not may_be_name(text, run, *read):
                yield Guess((read[1] + PARTED * (size - 1)) / len(read[0]), first, size, read[0])


def windows(text: str, pieces: Sequence[Piece], at: int) -> Iterator[tuple[int, str]]:
    """The sizes and forms of the runs of pieces that may be one word: broken at blanks, not made of words alone."""
    if is_doubtful(pieces[at]):
        yield 1, pieces[at].form
    if pieces[at].form in formulas():
        return
    for size in range(2, min(MOST_PIECES, len(pieces) - at) + 1):
        before, last = pieces[at + size - 2], pieces[at + size - 1]
        if text[before.span.end : last.span.start].strip(" ") or last.form.isdigit():
            return
        run = pieces[at : at + size]
        if last.written.isupper() != pieces[at].written.isupper():
            return
        form = "".join(piece.form for piece in run)
        if last.form in formulas():
            return
        if len(form) >= JOINED_LETTERS and any(is_fragment(piece) for piece in run):
            yield size, form


def is_doubtful(piece: Piece) -> bool:
    """Whether a piece may be damage: long enough, made of letters for the most part, no word of French."""
    if len(piece.form) < LETTERS or sum(map(str.isalpha, piece.form)) < LEAST_LETTERS * len(piece.form):
        return False
    return not (is_word(piece.form) and piece.written.isalpha())


def is_fragment(piece: Piece) -> bool:
    """Whether a piece is no word by itself: « délib », « t »."""
    return not is_word(piece.form) if len(piece.form) > 1 else piece.form not in "aly" and piece.form.isalpha()


@lru_cache(maxsize=50_000)
def is_word(form: str) -> bool:
    """Whether a form without accents is a word of French or a name of the dictionary."""
    known = lexicon()
    return known.knows(form) or bool(known.variants(form)) or form in formulas()


@lru_cache(maxsize=50_000)
def intended(form: str, capitals: bool) -> tuple[str, float] | None:
    """The one word of a formula that a form is near, and what it costs to believe it."""
    words = formulas()
    most = PER_LETTER * len(form)
    near = process.extract(
        form, words.keys(), scorer=OSA.distance, score_cutoff=round(FAR * len(form)), limit=CANDIDATES
    )
    priced = sorted((price(form, bare, capitals), bare) for bare, _, _ in near)
    if not priced or priced[0][0] > most:
        return None
    if any(rival - priced[0][0] < CLEAR and stem(bare) != stem(priced[0][1]) for rival, bare in priced[1:]):
        return None
    return words[priced[0][1]], priced[0][0]


def price(form: str, bare: str, capitals: bool) -> float:
    """What it costs to take a form for a word of a formula; a lost apostrophe has its price."""
    return cost(form, bare, capitals) + GLUED * ("'" in formulas()[bare])


def stem(word: str) -> str:
    """A word without the endings of gender and number."""
    return regex.sub(r"e?s?$", "", word)


def edit_of(run: Sequence[Piece], word: str) -> Edit:
    """The repair of a run of pieces."""
    written = "".join(filter(str.isalpha, "".join(piece.written for piece in run)))
    span = Span(run[0].span.start, run[-1].span.end)
    return Edit(span, cased(word, outlined(written)), JOINED if len(run) > 1 else RULE)


def outlined(written: str) -> str:
    """The letters of a damaged word in the one case that most of them have."""
    if 2 * sum(map(str.isupper, written)) > len(written):
        return written.upper()
    return written.capitalize() if written[0].isupper() else written.lower()


def may_be_name(text: str, run: Sequence[Piece], word: str, spent: float) -> bool:
    """Whether a word with a capital stands where a name may: beside another, or inside a line in lower case."""
    written, span = run[0].written, Span(run[0].span.start, run[-1].span.end)
    if not written[0].isupper() or word in TITLES:
        return False
    if all(piece.written.isupper() for piece in run):
        if spent > PER_CAPITAL * len(word):
            return True
        if spent <= SURE_CAPITAL * len(word) and len(word) >= NAME_LENGTH:
            return False
    before = BEFORE.search(text, text.rfind("\n", 0, span.start) + 1, span.start)
    after = AFTER.match(text, span.end)
    if any(beside and named(beside["word"]) for beside in (before, after)):
        return True
    letters = sum(len(piece.form) for piece in run)
    return before is not None and not written.isupper() and letters < NAME_LENGTH


def named(word: str) -> bool:
    """Whether a word may be a part of a name: it has a capital, and is no word of the formulas."""
    form = skeleton(word.lower()).strip(".")
    return word[0].isupper() and form not in formulas() and not (word.istitle() and form in FUNCTION_WORDS)
