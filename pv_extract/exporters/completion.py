"""What a person adds to an export: the list of what is missing goes out, and comes back filled in."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pv_extract.errors import UsageError
from pv_extract.readers.decoding import decode
from pv_extract.readers.source import open_source

KEY = "CLE"
HEAD = (KEY, "DOCUMENT", "MANQUE", "CODES_POSSIBLES")
NAME, OF_THE_NAME = "COLL_NOM", ("COLL_SIRET", "PREF_ID")


@dataclass(frozen=True)
class Completed:
    """Cells that a person filled in: by the key of their row, and those that hold for a whole council by its name."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    councils: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fill(self, key: str, row: dict[str, str]) -> dict[str, str]:
        """A row with its empty cells filled where a person did so."""
        added = self.rows.get(key, {})
        council = self.councils.get(row[NAME] or added.get(NAME, ""), {})
        return {column: cell or added.get(column) or council.get(column, "") for column, cell in row.items()}


NOTHING = Completed()


def missing_beside(target: Path) -> Path:
    """The list of what is missing from an export: ``<stem>.missing.csv`` beside it."""
    return target.with_name(f"{target.stem}.missing.csv")


def completed_in(file: Path) -> Completed:
    """What a person filled in: the list of what is missing, saved by any spreadsheet (``,`` or ``;``).

    Raises UnreadableSource, UsageError where it is not that list, or says two things of one council.
    """
    rows = {row.pop(KEY): row for row in _rows(file)}
    councils: dict[str, dict[str, str]] = {}
    for row in rows.values():
        known = councils.setdefault(row.get(NAME, ""), {})
        for column in OF_THE_NAME:
            if (cell := row.get(column, "")) and known.setdefault(column, cell) != cell:
                raise _contradiction(file, row[NAME], column, known[column], cell)
    councils.pop("", None)
    return Completed(rows, councils)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    lines = decode(open_source(file)).splitlines(keepends=True)
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    if KEY not in (reader.fieldnames or ()):
        raise UsageError(
            f"{file} has no column {KEY}: give the list FILE.missing.csv that an export wrote, filled in",
            f"{file} n'a pas de colonne {KEY} : donnez la liste FILE.missing.csv qu'un export a écrite, remplie",
        )
    for row in reader:
        yield {column: (cell or "").strip() for column, cell in row.items() if column}


def _contradiction(file: Path, name: str, column: str, first: str, second: str) -> UsageError:
    return UsageError(
        f"{file}: {name} has two values in {column}, {first} and {second}: keep one",
        f"{file} : {name} a deux valeurs dans {column}, {first} et {second} : gardez-en une",
    )
