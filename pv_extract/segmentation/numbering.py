"""Numbers and titles of items as they are printed, and when two of them are one."""

from functools import lru_cache

import regex
from rapidfuzz import fuzz

from pv_extract.calendars import roman_value
from pv_extract.grammar import fold

# fmt: off
ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2,
    "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6,
    "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12, "treizieme": 13,
    "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "dix-septieme": 17, "dix-huitieme": 18,
    "dix-neuvieme": 19, "vingtieme": 20,
}
# fmt: on
ORDINAL = regex.compile(r"(\d{1,2})\s?(?:re|er|ere|e|eme)")
TITLE_WORD = regex.compile(r"\w+")


def rank_of(number: str) -> int | None:
    """The place in a sequence that a printed number gives: « 3 », « IV », « PREMIÈRE », « B ».

    >>> rank_of("3"), rank_of("IV"), rank_of("Deuxième"), rank_of("2.1")
    (3, 4, 2, None)
    """
    plain = fold(number).strip(" .)°-")
    if plain.isdigit():
        return int(plain)
    low = plain.lower()
    if low in ORDINALS:
        return ORDINALS[low]
    if digits := ORDINAL.fullmatch(low):
        return int(digits[1])
    if (value := roman_value(plain)) is not None:
        return value
    return ord(low) - ord("a") + 1 if len(low) == 1 and low.isalpha() else None


def printed_number(number: str) -> str:
    """The item's number without its punctuation; ordinals in letters are numbers.

    >>> printed_number("3."), printed_number("II-4"), printed_number("PREMIÈRE")
    ('3', 'II-4', '1')
    """
    low = fold(number).lower().strip()
    if low in ORDINALS:
        return str(ORDINALS[low])
    if digits := ORDINAL.fullmatch(low):
        return digits[1]
    return number.strip(" .)°-–")


@lru_cache(maxsize=4096)
def title_key(text: str) -> str:
    """A title as it is compared: folded, without punctuation, numbers of its own kept."""
    return " ".join(TITLE_WORD.findall(fold(text).lower()))


def same_title(a: str, b: str) -> bool:
    """Whether two titles are one, cut short or carried on."""
    a, b = title_key(a), title_key(b)
    if not a or not b:
        return False
    n = min(len(a), len(b))
    if n >= 20 and fuzz.ratio(a[:n], b[:n]) >= 90:
        return True
    return fuzz.ratio(a, b) >= 86 or (n >= 12 and fuzz.token_sort_ratio(a, b) >= 90)
