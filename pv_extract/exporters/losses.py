"""What an export could not carry: leaves of the records that have no place in the format, and what it left out."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pv_extract.messages import words
from pv_extract.records import Record

PLACES = 100  # of each kind of loss, so that the report of a million records stays small
SCHEMA_VERSION = "/schema_version"
VOTED = frozenset(
    f"/deliberations/*/vote/{what}"
    for choice in ("for", "against", "abstention", "not_participating")
    for what in (f"{choice}s" if choice == "abstention" else choice, f"{choice}_names")
) | {"/deliberations/*/vote/outcome"}
"""How a vote ended, its counts and its names."""


class Loss(NamedTuple):
    """A kind of loss, in a few words of English and French."""

    id: str
    english: str
    french: str


@dataclass
class Losses:
    """The losses of one export.

    ``carries`` says what the format carries: patterns of JSON Pointers, ``*`` for any element, each for the leaves
    at and below it. Every other leaf of a record that is seen counts as not carried.
    """

    format: str
    carries: frozenset[str]
    records: int = 0
    leaves: Counter[str] = field(default_factory=Counter)
    told: dict[Loss, list[str]] = field(default_factory=dict)
    counts: Counter[Loss] = field(default_factory=Counter)

    def see(self, record: Record) -> None:
        """Count a record, and its leaves."""
        self.records += 1
        self.leaves.update(leaves(record.model_dump(by_alias=True)))

    @property
    def not_carried(self) -> dict[str, int]:
        """How many leaves of each pattern have no place in the format."""
        return {pattern: count for pattern, count in sorted(self.leaves.items()) if not self.carried(pattern)}

    def carried(self, pattern: str) -> bool:
        """Whether the format has a place for the leaves of a pattern."""
        return pattern == SCHEMA_VERSION or any(
            pattern == carried or pattern.startswith(f"{carried}/") or not carried for carried in self.carries
        )

    def tell(self, loss: Loss, record: Record, pointer: str = "") -> None:
        """Count a loss at a place of a record."""
        self.counts[loss] += 1
        places = self.told.setdefault(loss, [])
        if len(places) < PLACES:
            places.append(f"{record.source.name}#{pointer}")

    def report(self) -> dict[str, Any]:
        """The losses as JSON: what was not carried by pattern, what else was lost by kind, where."""
        return {
            "format": self.format,
            "records": self.records,
            "not_carried": self.not_carried,
            "losses": [self._told(loss) for loss in sorted(self.told)],
        }

    def _told(self, loss: Loss) -> dict[str, Any]:
        what = {"id": loss.id, "en": loss.english, "fr": loss.french}
        return {**what, "count": self.counts[loss], "first_places": self.told[loss]}

    def to_json(self) -> str:
        """The report as JSON text."""
        return json.dumps(self.report(), ensure_ascii=False, indent=1) + "\n"

    def summary(self) -> Iterator[str]:
        """The losses in a few lines for people."""
        yield words(f"{self.format}: records: {self.records}", f"{self.format} : notices : {self.records}")
        if parts := ", ".join(f"{part} {count}" for part, count in self._by_part()):
            yield words(f"values without a place in {self.format}: {parts}", f"valeurs sans place : {parts}")
        for loss in sorted(self.told):
            yield words(f"{loss.english}: {self.counts[loss]}", f"{loss.french} : {self.counts[loss]}")

    def _by_part(self) -> Iterable[tuple[str, int]]:
        parts: Counter[str] = Counter()
        for pattern, count in self.not_carried.items():
            parts[pattern.split("/")[1]] += count
        return sorted(parts.items())


def leaves(value: Any, pattern: str = "") -> Iterator[str]:
    """The pattern of every leaf that is not null, ``*`` for elements of lists and keys of the evidence.

    >>> list(leaves({"agenda": [{"number": None, "title": "Budget"}]}))
    ['/agenda/*/title']
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{pattern}/{'*' if pattern == '/evidence' else key}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, f"{pattern}/*")
    elif value is not None:
        yield pattern
