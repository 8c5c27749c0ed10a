"""How alike two written names are, whatever OCR, initials and the order of words did to them."""

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

NEAR = 78.0
"""Words less alike than this (0 to 100) are not taken for one another."""
CLUSTERS = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("cl", "d"))
"""Pairs of letters that OCR takes for one."""
FAMILY_ONLY = (85.0, "family name only")
TITLES = ("monsieur", "madame", "mademoiselle")
SHORT_TITLE = 4
"""Letters of the longest abbreviation of a title, as OCR may leave it."""


def resemblance(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    """How alike two names are, 0 to 100, and in what way.

    >>> resemblance(("morval", "laurent"), ("laurent", "morval"))
    (100.0, 'same words')
    >>> resemblance(("j", "morel"), ("jean", "morel"))[1], resemblance(("anne", "morel"), ("jean", "morel"))
    ('initial', (0.0, ''))
    """
    if sorted(a) == sorted(b):
        return 100.0, "same words"
    if sorted(map(_simplified, a)) == sorted(map(_simplified, b)):
        return 97.0, "look-alike letters"
    short, long_ = sorted((a, b), key=len)
    if len(short) == 1 and len(long_) > 1:
        return FAMILY_ONLY if short[0] in long_ and len(short[0]) > 2 else (0.0, "")
    scores, left = [], list(long_)
    for word in sorted(short, key=len, reverse=True):
        best = max(left, key=lambda other: _word_score(word, other))
        scores.append(_word_score(word, best))
        left.remove(best)
    if min(scores) == 0.0:
        return 0.0, ""
    if len(left) == 1 and len(short) > 1 and is_title(left[0]):
        return min(scores), "title"
    if left:
        return min(*scores, 88.0), "fewer words"
    return min(scores), "initial" if 89.0 in scores else "slip"


def is_title(word: str) -> bool:
    """Whether a word is what OCR leaves of « M. », « Mme », « Monsieur », « Madame ».

    >>> [is_title(word) for word in ("nr", "mrne", "noclame", "monsioiii", "jean", "marie")]
    [True, True, True, True, False, False]
    """
    if len(word) <= SHORT_TITLE:
        return _simplified(word)[0] in "mn" and not set(word) & set("aiouy")
    return any(Levenshtein.distance(_simplified(word), title) <= len(title) / 2 - 1 for title in TITLES)


def _simplified(word: str) -> str:
    for pair, letter in CLUSTERS:
        word = word.replace(pair, letter)
    return word


def _word_score(a: str, b: str) -> float:
    if a == b:
        return 100.0
    if min(len(a), len(b)) == 1:
        return 89.0 if a[0] == b[0] else 0.0
    score = fuzz.ratio(_simplified(a), _simplified(b))
    return score if min(len(a), len(b)) >= 4 and score >= NEAR else 0.0
