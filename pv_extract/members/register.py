"""The people of an assembly known beforehand, from a roster in CSV, and whom of them a written name can stand for.

It adds nobody to a record and settles nothing but spellings.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pv_extract.errors import UsageError
from pv_extract.grammar import fold
from pv_extract.members.names import read_name, split_honorific, tokens_of
from pv_extract.records import Member
from pv_extract.values import read_date

COLUMNS = {  # each column, in English and in French
    "name": "nom",
    "honorific": "civilite",
    "role": "fonction",
    "group": "groupe",
    "from": "debut",
    "to": "fin",
    "aliases": "graphies",
}
SHORTEST_DAMAGED = 7  # letters; a shorter word one letter away may be another name: FABRE, FAURE
SHORTEST_MIXED = 4  # the same for a word that holds a digit, which no name does
LONG_WORD = 9  # letters, from which two may be damaged


@dataclass(frozen=True)
class Listed:
    """Somebody on the roster: the usual name, what else is known, in office from and to (ISO dates, both included)."""

    name: str
    honorific: str | None = None
    role: str | None = None
    group: str | None = None
    since: str | None = None
    until: str | None = None
    aliases: tuple[str, ...] = ()

    def in_office(self, day: str | None) -> bool:
        """Whether they are in office on a day; on an unknown one only those without dates surely are."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since or day) <= day <= (self.until or day)

    @cached_property
    def family(self) -> frozenset[str]:
        """The folded words of the family name."""
        return frozenset(tokens_of(read_name(self.name).family or self.name))

    def fits(self, written: str, honorific: str | None) -> bool:
        """Whether a written name is theirs to the letter, given names left out or initials aside."""
        if {honorific, self.honorific} == {"M.", "Mme"}:
            return False
        words = tokens_of(written)
        if any(sorted(words) == sorted(tokens_of(alias)) for alias in self.aliases):
            return True
        left = list(tokens_of(self.name))
        for word in sorted(words, key=len, reverse=True):
            same = next((w for w in left if w == word or (len(word) == 1 and w[0] == word)), None)
            if same is None:
                return False
            left.remove(same)
        return not self.family.isdisjoint(words)

    def damaged_in(self, written: str, honorific: str | None) -> bool:
        """Whether a written name is theirs but for one damaged word of the family name, or letters read as digits."""
        if {honorific, self.honorific} == {"M.", "Mme"}:
            return False
        words, own = plain_words(written), plain_words(self.name)
        wrong = [(a, b) for a, b in zip(words, own, strict=False) if a != b]
        if len(words) != len(own) or len(own) < 2 or len(wrong) != 1:
            return False
        [(read, meant)] = wrong
        allowed = 2 if len(meant) >= LONG_WORD else 1
        shortest = SHORTEST_DAMAGED if read.isalpha() else SHORTEST_MIXED
        sure = not read.isalpha() or meant in self.family
        return len(meant) >= shortest and sure and Levenshtein.distance(read, meant) <= allowed


def plain_words(name: str) -> list[str]:
    """The folded words of a name, given names first, digits and all."""
    return fold(read_name(name).full).lower().replace("-", " ").split()


@dataclass(frozen=True)
class Register:
    """The roster: everybody who is or was in office."""

    people: tuple[Listed, ...] = ()

    def called(self, member: Member, day: str | None) -> tuple[list[Listed], bool]:
        """Whom a member's name can stand for among those in office on a day, and whether it is damaged."""
        people = [each for each in self.people if each.in_office(day)]
        exact = [each for each in people if each.fits(member.name, member.honorific)]
        whole = [each for each in exact if sorted(tokens_of(each.name)) == sorted(tokens_of(member.name))]
        if exact:
            return (whole if len(whole) == 1 else exact), False
        return [each for each in people if each.damaged_in(member.name, member.honorific)], True


def load_register(file: Path) -> Register:
    """The roster in a CSV file, columns parted by commas or semicolons. Raises UsageError naming line and column."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error}", f"{file} : illisible : {error}") from error
    lines = decoded(data).splitlines()
    heading = lines[0] if lines else ""
    rows = csv.reader(lines, delimiter=";" if heading.count(";") > heading.count(",") else ",")
    columns = [column_of(file, title) for title in next(rows, [])]
    if "name" not in columns:
        raise wrong(file, 1, "no column `name`", "il manque la colonne `nom`")
    people = (person(file, rows.line_num, dict(zip(columns, row, strict=False))) for row in rows if any(row))
    return Register(tuple(people))


def decoded(data: bytes) -> str:
    """The text of a CSV file as spreadsheets save it: UTF-8, with or without byte order mark, else Latin-1."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def column_of(file: Path, title: str) -> str:
    """The column that a title means, in either language."""
    plain = fold(title).lower().strip()
    found = next((name for name, french in COLUMNS.items() if plain in (name, french)), None)
    if found is None:
        english, french = ", ".join(COLUMNS), ", ".join(COLUMNS.values())
        raise wrong(file, 1, f"no column is called {title!r}: {english}", f"colonne inconnue {title!r} : {french}")
    return found


def person(file: Path, line: int, row: Mapping[str, str]) -> Listed:
    """The person of a row."""
    cells = {name: " ".join(text.split()) for name, text in row.items() if text.strip()}
    if "name" not in cells:
        raise wrong(file, line, "a person without name", "une personne sans nom")
    honorific = cells.get("honorific")
    return Listed(
        name=cells["name"],
        honorific=(split_honorific(f"{honorific} X")[0] or honorific) if honorific else None,
        role=cells.get("role"),
        group=cells.get("group"),
        since=day(file, line, cells.get("from")),
        until=day(file, line, cells.get("to")),
        aliases=tuple(alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip()),
    )


def day(file: Path, line: int, text: str | None) -> str | None:
    """The ISO date of a cell."""
    if text is None:
        return None
    date = read_date(text)
    if date is None:
        raise wrong(file, line, f"{text!r} is no date", f"{text!r} n'est pas une date")
    return date.isoformat()


def wrong(file: Path, line: int, english: str, french: str) -> UsageError:
    """The error for a roster that cannot be used."""
    return UsageError(f"{file}: line {line}: {english}", f"{file} : ligne {line} : {french}")
