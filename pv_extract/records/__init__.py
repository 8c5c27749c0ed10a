"""The record: what one meeting becomes, as frozen pydantic models. Nothing is made up: what is not known is null."""

from typing import Any, Literal

from pydantic import Field

from pv_extract.records.deliberations import Amount, Candidate, Deliberation, Election, Presence, Reference, Vote
from pv_extract.records.meeting import (
    Approval,
    Attendance,
    Body,
    Discussion,
    Event,
    Item,
    Meeting,
    Member,
    Organization,
    Other,
    Person,
    Quorum,
    Stated,
    Upcoming,
)
from pv_extract.records.provenance import Correction, Evidence, Finding, Ocr, Segment, Source, Unclaimed
from pv_extract.records.vocabulary import BodyKind, How, Model, OrganizationKind, Status

__all__ = [
    "SCHEMA_VERSION",
    "Amount",
    "Approval",
    "Attendance",
    "Body",
    "BodyKind",
    "Candidate",
    "Correction",
    "Deliberation",
    "Discussion",
    "Election",
    "Event",
    "Evidence",
    "Finding",
    "How",
    "Item",
    "Meeting",
    "Member",
    "Ocr",
    "Organization",
    "OrganizationKind",
    "Other",
    "Person",
    "Presence",
    "Quorum",
    "Record",
    "Reference",
    "Segment",
    "Source",
    "Stated",
    "Status",
    "Unclaimed",
    "Upcoming",
    "Vote",
    "json_schema",
]

SCHEMA_VERSION = "1.0"


class Record(Model):
    """One meeting."""

    schema_version: Literal["1.0"] = "1.0"
    source: Source
    meeting: Meeting = Meeting()
    attendance: Attendance = Attendance()
    agenda: tuple[Item, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    approvals: tuple[Approval, ...] = ()
    deliberations: tuple[Deliberation, ...] = ()
    events: tuple[Event, ...] = ()
    discussion: tuple[Discussion, ...] = ()
    segments: tuple[Segment, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    evidence: dict[str, Evidence] = Field(default={})

    def to_json(self, indent: int | None = 1) -> str:
        """The record as JSON text, with the contract's keys."""
        return self.model_dump_json(by_alias=True, indent=indent)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(by_alias=True, mode="serialization"),
    }
