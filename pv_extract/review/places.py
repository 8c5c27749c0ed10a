"""The places of a record's values on its pages, numbered in reading order."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pv_extract.checks.contract import place_of
from pv_extract.records import Evidence, Record

DOUBTFUL = 0.8
"""A value is marked for a second look where the chance that it is right is lower."""


class Place(NamedTuple):
    """Where values stand: page from 1, span in the source text, box in points, None where none is known."""

    page: int
    span: tuple[int, int]
    box: tuple[float, float, float, float] | None
    quote: str


@dataclass(frozen=True)
class Places:
    """The places of a record: each once, however many values stand there."""

    record: Record

    @cached_property
    def numbers(self) -> dict[Place, int]:
        """Every place with its number, from 1, in reading order."""
        found = {place_at(evidence) for evidence in self.record.evidence.values()}
        order = sorted(found, key=lambda place: (place.page, place.span, place.quote))
        return {place: number for number, place in enumerate(order, 1)}

    @cached_property
    def doubtful(self) -> frozenset[Place]:
        """The places of values that may be wrong."""
        return frozenset(place_at(each) for each in self.record.evidence.values() if is_doubtful(each))

    def number(self, pointer: str) -> int | None:
        """The number of the place of a value, or of the object around it."""
        evidence = place_of(self.record, pointer)
        return self.numbers[place_at(evidence)] if evidence else None


def place_at(evidence: Evidence) -> Place:
    """The place of some evidence."""
    return Place(evidence.page, evidence.span, evidence.box, evidence.quote)


def is_doubtful(evidence: Evidence) -> bool:
    """Whether a person had better look at a value."""
    return evidence.confidence < DOUBTFUL
