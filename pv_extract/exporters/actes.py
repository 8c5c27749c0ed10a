"""The matter of a deliberation in the nomenclature @CTES, from its title, by the table of words ``actes.toml``.

The nomenclature is that of the transmission of acts to the prefecture (« Aide au contrôle de légalité
dématérialisé »), levels 1 and 2: 57 codes. Only sure words count; everything else is left to a person.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import regex

from pv_extract.exporters.naming import plain

UNSURE = ""


class Matter(NamedTuple):
    """A code of level 2, as ``7.10``, and its name as SCDL wants it: level 1, a slash, level 2."""

    code: str
    name: str


class Guess(NamedTuple):
    """The matter that a title is sure to be of, or None; and the codes that its words speak for."""

    matter: Matter | None
    candidates: tuple[str, ...]


def matter_of(title: str) -> Guess:
    """What the words of a title say.

    >>> matter_of("Décision modificative n° 1 du budget communal").matter.code
    '7.1'
    >>> matter_of("Subvention et emprunt pour la halle")
    Guess(matter=None, candidates=('7.3', '7.5'))
    """
    text = plain(title)
    near = ((words, code) for hint, words, code in _patterns() if hint in text)
    found = [(match.start(), match.end(), code) for words, code in near for match in words.finditer(text)]
    codes = {code for start, end, code in found if not any(_inside(start, end, other) for other in found)}
    candidates = tuple(sorted(codes - {UNSURE}, key=order))
    return Guess(matters()[candidates[0]] if len(codes) == 1 and candidates else None, candidates)


def order(code: str) -> tuple[int, ...]:
    """The place of a code in the nomenclature: 7.10 comes after 7.9."""
    return tuple(int(part) for part in code.split("."))


def _inside(start: int, end: int, other: tuple[int, int, str]) -> bool:
    return other[0] <= start and end <= other[1] and (start, end) != other[:2]


@cache
def matters() -> dict[str, Matter]:
    """Every matter by its code, in the order of the nomenclature."""
    return {entry["code"]: Matter(entry["code"], entry["name"]) for entry in table()["matter"]}


@cache
def table() -> dict[str, list[Any]]:
    """The table of words as it is written."""
    return tomllib.loads((files("pv_extract.exporters") / "actes.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> list[tuple[str, regex.Pattern[str], str]]:
    """For all words of the table: what a text that has them contains, their pattern, the code."""
    sure = [(words, entry["code"]) for entry in table()["matter"] for words in entry["words"]]
    every = sure + [(words, UNSURE) for words in table()["unsure"]]
    return [(plain(words).split()[0], _pattern(words), code) for words, code in every]


def _pattern(words: str) -> regex.Pattern[str]:
    return regex.compile("(?<= )" + " ".join(f"{word}[sx]?" for word in plain(words).split()) + "(?= )")
