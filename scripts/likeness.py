"""When two printed values say the same: names, titles, labels, numbers. Mirrors the reference scorer."""

import re
import unicodedata
from typing import Any

from rapidfuzz import fuzz

HONORIFICS = {"m", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "mesdames", "messieurs", "mr", "dr"}
HONORIFICS |= {"maitre", "me", "docteur"}


def folded(text: Any) -> str:
    """Lower-case letters and digits, accents gone.

    >>> folded("Procès-verbal – œuvre n° 3")
    'proces verbal oeuvre n 3'
    """
    plain = unicodedata.normalize("NFKD", str(text).replace("œ", "oe").replace("Œ", "OE"))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", kept).strip()


def name_of(person: Any) -> Any:
    """The name of a person of a record."""
    return person.get("name") if isinstance(person, dict) else person


def same_name(a: Any, b: Any) -> bool:
    """Whether all the parts of the shorter name are in the longer one, initials included.

    >>> same_name("J. Brévin", "BREVIN Jeanne"), same_name("Paul Brévin", "Jean Brévin")
    (True, False)
    """
    first, second = (sorted(t for t in folded(x).split() if t not in HONORIFICS) for x in (a, b))
    if not first or not second:
        return False
    if fuzz.ratio(" ".join(first), " ".join(second)) >= 90:
        return True
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    return all(any(fuzz.ratio(s, t) >= 85 or (len(s) == 1 and t.startswith(s)) for t in long) for s in short)


def same_text(a: Any, b: Any) -> bool:
    """Whether two texts are 85 % alike."""
    a, b = folded(a), folded(b)
    return fuzz.ratio(a, b) >= 85 or fuzz.token_sort_ratio(a, b) >= 90


def same_title(a: Any, b: Any) -> bool:
    """Whether two titles are alike, or one is a long opening of the other."""
    if same_text(a, b):
        return True
    a, b = folded(a), folded(b)
    length = min(len(a), len(b))
    return length >= 25 and fuzz.ratio(a[:length], b[:length]) >= 90


def same_label(a: Any, b: Any) -> bool:
    """Whether one label is the other with more words: « Assemblée générale », « Assemblée générale ordinaire »."""
    return same_text(a, b) or fuzz.token_set_ratio(folded(a), folded(b)) >= 95


def same_value(a: Any, b: Any) -> bool:
    """Whether two values are printed alike."""
    return str(a) == str(b)


def same_number(a: Any, b: Any) -> bool:
    """Whether two values are the same number."""
    try:
        return float(a) == float(b)
    except (TypeError, ValueError):
        return False


def exact(a: Any, b: Any) -> bool:
    """Whether two elements are written alike once case, accents and word order are folded."""
    return sorted(folded(written(a)).split()) == sorted(folded(written(b)).split())


def written(value: Any) -> Any:
    """What an element of a list is told by: its name or its title."""
    return value.get("name") or value.get("title") or "" if isinstance(value, dict) else value
