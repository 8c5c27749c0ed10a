"""How good the text layer of a page is: the share of its words that are made of the letter triples of French.

Copiers write such layers, and fonts without their table of characters make some. The triples (« éra », « ant »
and 10 000 others) are those of the forms of the dictionary « classique » of Grammalecte (MPL-2.0), written by
``scripts/build_letter_triples.py``; they take 15 kB and no start-up. Names and numbers do not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import islice

MOST = 400
"""Words of a page that are looked at."""
LEAST = 30
"""Fewer words prove nothing."""
SIGNS = ".,;:!?()[]{}«»\"“”‘’'–—-*/…•"
ADDRESS = re.compile(r"[@/\\]|www|\.\w+\.")
GARBAGE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x1f\x7f-\x9f]")
"""Signs of a font without its table of characters: replacements, the private use area, controls."""
LOWER_CASE = re.compile(r"(?=(?:\W*[^\W\d_]){3})[^A-ZÀ-Þ²³°@/]+")
PARTS = re.compile(r"[-‐¬'’.,·°()]")
POOR, GARBLED = 0.95, 0.7
"""Scores under which a layer is read again: over the image of a scan, and where the page itself is set in type."""
LETTERS, ACCENTED = 600, 0.003
"""In so many small letters of French at least this share has an accent; it is usually 0.035."""


def layer_score(words: Iterable[str]) -> float | None:
    """The share (0 to 1) of the words of a page that look French, None where too few are words at all.

    >>> layer_score(["c0nseil", "délibère", "approuvc", "l'unanimité", "commune"] * 10)
    0.6
    """
    judged = [seems for word in islice(words, MOST) if (seems := looks_french(word)) is not None]
    return round(sum(judged) / len(judged), 3) if len(judged) >= LEAST else None


def strange_words(text: str) -> tuple[frozenset[str], float]:
    """The words in lower case that cannot be French, and their share (0 to 1) of all such words; 0 where they are few.

    >>> strange, share = strange_words("le conseil dclibère sur la cornmune")
    >>> sorted(strange), share
    (['cornmune', 'dclibère'], 0.0)
    """
    words = [word for word in text.split() if word[0].islower() and LOWER_CASE.fullmatch(word)]
    strange = [word for word in words if looks_french(word) is False]
    return frozenset(strange), len(strange) / len(words) if len(words) >= LEAST else 0.0


def is_poor(words: Sequence[str], over_scan: bool) -> bool:
    """Whether a layer is to be read again; one over no scan, where type is set, only if it is garbled."""
    score = layer_score(words)
    if not over_scan:
        return score is not None and score < GARBLED
    return lacks_accents(words) or (score is not None and score < POOR)


def quality(words: Sequence[str]) -> tuple[bool, float]:
    """What tells the better of two readings of a page: accents first, then the score."""
    return not lacks_accents(words), layer_score(words) or 0.0


def lacks_accents(words: Iterable[str]) -> bool:
    """Whether a text is too long to be French without a single accent."""
    letters = [letter for word in words for letter in word if letter.islower() or unicodedata.combining(letter)]
    return len(letters) >= LETTERS and sum(letter > "z" for letter in letters) < ACCENTED * len(letters)


@lru_cache(maxsize=50_000)
def looks_french(word: str) -> bool | None:
    """Whether a word could be French; None for a name, a number, an address, a sign."""
    if GARBAGE.search(word):
        return False
    core = unicodedata.normalize("NFC", word).strip(SIGNS)
    if len(core) < 2 or not core[0].islower() or word[-1] in "-‐¬" or ADDRESS.search(core):
        return None
    return all(_is_made_of_triples(part) for part in PARTS.split(core.lower()) if len(part) > 1 and part != "qu")


def _is_made_of_triples(part: str) -> bool:
    whole, known = f" {part} ", letter_triples()
    return all(whole[at : at + 3] in known for at in range(len(part)))


@cache
def letter_triples() -> frozenset[str]:
    """The triples of letters in French words, a blank at their ends."""
    table = resources.files("pv_extract.repair").joinpath("data", "letter_triples.txt").read_text(encoding="utf-8")
    return frozenset(line[:2] + letter for line in table.splitlines() for letter in line[2:])
