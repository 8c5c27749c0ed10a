"""What a record says, as rows to be read beside the page: every value that is not null, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pv_extract.checks.contract import place_of
from pv_extract.records import Evidence, Record
from pv_extract.review.places import Places, is_doubtful
from pv_extract.review.wording import label_of, value_of

LONG = 160
"""Characters: a longer value is folded up."""
PARTS = ("meeting", "attendance", "agenda", "approvals", "deliberations", "events", "upcoming", "discussion")
PERSON = {"id", "name"}
UNSAID = ("id", "span")


@dataclass(frozen=True)
class Cell:
    """A value: its words, the number of its place, how it is known; ``doubtful`` where it had better be looked at."""

    label: str
    text: str
    place: int | None
    known: str
    doubtful: bool

    @property
    def is_long(self) -> bool:
        """Whether it is better folded up."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class Row:
    """Values that belong together; an object may have a place of its own."""

    label: str
    cells: tuple[Cell, ...]
    place: int | None = None


@dataclass(frozen=True)
class Section:
    """A part of the record."""

    title: str
    rows: tuple[Row, ...]
    place: int | None = None


@dataclass(frozen=True)
class Facts:
    """The facts of a record."""

    record: Record
    places: Places

    def sections(self) -> Iterator[Section]:
        """The parts of the record that say something; each deliberation is one."""
        dump = self.record.model_dump(by_alias=True)
        for part in PARTS:
            if part == "deliberations":
                for index, value in enumerate(dump[part]):
                    title = " ".join(filter(None, (value["number"], value["title"])))
                    pointer = f"/deliberations/{index}"
                    yield Section(title, tuple(self._rows(value, pointer, "")), self._own(pointer))
            elif rows := tuple(self._rows(dump[part], f"/{part}", "")):
                yield Section(label_of(part), rows)

    def _rows(self, value: Any, pointer: str, label: str) -> Iterator[Row]:
        """The rows of a value: one for each leaf, or for each object of a list."""
        if isinstance(value, list | tuple):
            if any(isinstance(inner, dict) and set(inner) != PERSON for inner in value):
                for index, inner in enumerate(value):
                    yield self._object(inner, f"{pointer}/{index}", f"{label} {index + 1}".strip())
            elif cells := tuple(self._cells(value, pointer, "")):
                yield Row(label, cells)
        elif isinstance(value, dict) and set(value) != PERSON:
            for key, inner in value.items():
                words = label_of(key)
                yield from self._rows(inner, f"{pointer}/{key}", f"{label} · {words}" if label else words)
        elif cells := tuple(self._cells(value, pointer, "")):
            yield Row(label, cells)

    def _object(self, value: Any, pointer: str, label: str) -> Row:
        return Row(label, tuple(self._cells(value, pointer, "")), self._own(pointer))

    def _own(self, pointer: str) -> int | None:
        return self.places.number(pointer) if pointer in self.record.evidence else None

    def _cells(self, value: Any, pointer: str, label: str) -> Iterator[Cell]:
        """The leaves of a value that are not null, a person as one, in their order."""
        if isinstance(value, dict) and set(value) == PERSON:
            yield self._cell(value["name"], f"{pointer}/name", label)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key not in UNSAID:
                    yield from self._cells(inner, f"{pointer}/{key}", label_of(key))
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                yield from self._cells(inner, f"{pointer}/{index}", label)
        elif value is not None:
            yield self._cell(value, pointer, label)

    def _cell(self, value: Any, pointer: str, label: str) -> Cell:
        evidence = place_of(self.record, pointer)
        doubtful = evidence is not None and is_doubtful(evidence)
        return Cell(label, value_of(value), self.places.number(pointer), known(evidence), doubtful)


def known(evidence: Evidence | None) -> str:
    """How a value is known: « 0.93 · stated · Date »; empty where nothing says so."""
    return f"{evidence.confidence:.2f} · {value_of(evidence.how)} · {evidence.rule}" if evidence else ""
