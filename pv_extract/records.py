"""The record: what one meeting becomes, as frozen pydantic models. Nothing is made up: what is not known is null."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

DocumentKind = Literal[
    "proces_verbal",
    "compte_rendu",
    "liste_des_deliberations",
    "deliberation",
    "extrait_du_registre",
    "convocation",
    "ordre_du_jour",
    "other",
]
OrganizationKind = Literal[
    "commune",
    "communaute_de_communes",
    "communaute_d_agglomeration",
    "communaute_urbaine",
    "metropole",
    "departement",
    "region",
    "syndicat_intercommunal",
    "syndicat_mixte",
    "etablissement_public",
    "association",
    "societe",
    "copropriete",
    "etat",
    "other",
]
BodyKind = Literal[
    "conseil_municipal",
    "conseil_communautaire",
    "conseil_metropolitain",
    "conseil_departemental",
    "conseil_regional",
    "comite_syndical",
    "bureau",
    "commission_permanente",
    "commission",
    "conseil_d_administration",
    "comite_directeur",
    "assemblee_generale",
    "conseil_de_quartier",
    "cse",
    "conseil",
    "other",
]
Status = Literal["present", "remote", "represented", "excused", "absent", "unknown"]
Outcome = Literal[
    "adopted", "rejected", "postponed", "withdrawn", "noted", "favourable_opinion", "unfavourable_opinion"
]
EventKind = Literal["arrival", "departure", "chair_change", "suspension", "resumption"]
How = Literal["stated", "derived", "inferred"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Decimal = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
Count = Annotated[int, Field(ge=0)]
SpanPair = tuple[int, int]


class Model(BaseModel):
    """Frozen, and closed to keys that the contract does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ocr(Model):
    """The engine, its language, the mean confidence (0 to 1) of its words, the numbers of the pages that it read."""

    engine: str
    language: str
    mean_confidence: float | None
    pages: tuple[int, ...] = ()


class Source(Model):
    """The document: name, digest of its bytes, media type, number of pages, who read it."""

    name: str
    sha256: str
    media_type: str
    pages: int
    reader: str
    ocr: Ocr | None


class Person(Model):
    """Somebody named: ``id`` is that of the member, null where the person is not one."""

    id: str | None
    name: str


class Organization(Model):
    """Who holds the meeting."""

    name: str | None = None
    kind: OrganizationKind | None = None


class Body(Model):
    """The assembly that meets."""

    name: str | None = None
    kind: BodyKind | None = None


class Meeting(Model):
    """The head of the minutes."""

    document_kind: DocumentKind | None = None
    title: str | None = None
    organization: Organization = Organization()
    body: Body = Body()
    date: IsoDate | None = None
    start_time: ClockTime | None = None
    end_time: ClockTime | None = None
    place: str | None = None
    mode: Literal["in_person", "remote", "hybrid"] | None = None
    public: bool | None = None
    convocation_date: IsoDate | None = None
    chair: Person | None = None
    secretaries: tuple[Person, ...] = ()


class Member(Model):
    """A member of the assembly, and how they took part when the meeting opened."""

    id: str
    name: str
    honorific: str | None = None
    family_name: str | None = None
    given_name: str | None = None
    role: str | None = None
    group: str | None = None
    status: Status = "unknown"
    proxy_to: Person | None = None
    substitute_for: Person | None = None
    votes: Count | None = None


class Other(Model):
    """Staff or guest."""

    name: str
    role: str | None = None


class Stated(Model):
    """Numbers printed in the document, never computed."""

    in_office: Count | None = None
    present: Count | None = None
    represented: Count | None = None
    present_or_represented: Count | None = None
    excused: Count | None = None
    absent: Count | None = None
    voting: Count | None = None
    quorum: Count | None = None
    votes: Count | None = None


class Quorum(Model):
    """Whether the document says that the quorum was reached."""

    reached: bool | None = None


class Attendance(Model):
    """Who was there, and the counts that are printed."""

    members: tuple[Member, ...] = ()
    others: tuple[Other, ...] = ()
    stated: Stated = Stated()
    quorum: Quorum = Quorum()


class Item(Model):
    """A point of an agenda."""

    number: str | None = None
    title: str


class Upcoming(Model):
    """The agenda of another meeting, examined at this one."""

    body: Body = Body()
    date: IsoDate | None = None
    items: tuple[Item, ...] = ()


class Approval(Model):
    """Earlier minutes put to approval."""

    meeting_date: IsoDate | None = None
    outcome: Outcome | None = None
    manner: Literal["unanimity", "majority"] | None = None


class Vote(Model):
    """How an item was decided; counts are those printed, else null."""

    outcome: Outcome | None = None
    manner: Literal["unanimity", "majority"] | None = None
    secret: Literal[True] | None = None
    voting: Count | None = None
    for_: Count | None = Field(default=None, alias="for")
    against: Count | None = None
    abstentions: Count | None = None
    not_participating: Count | None = None
    for_names: tuple[Person, ...] = ()
    against_names: tuple[Person, ...] = ()
    abstention_names: tuple[Person, ...] = ()
    not_participating_names: tuple[Person, ...] = ()


class Candidate(Model):
    """A candidate and the votes received."""

    person: Person
    votes: Count | None = None


class Election(Model):
    """One round of a ballot for one office; ``blank`` holds what is printed as « blancs ou nuls » too."""

    office: str | None = None
    round: Count | None = None
    candidates: tuple[Candidate, ...] = ()
    ballots: Count | None = None
    blank: Count | None = None
    void: Count | None = None
    cast: Count | None = None
    majority: Count | None = None
    elected: tuple[Person, ...] = ()


class Amount(Model):
    """A sum of money as printed."""

    value: Decimal
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    tax: Literal["HT", "TTC"] | None = None


class Reference(Model):
    """A text of law or an earlier deliberation that the item cites."""

    kind: str
    text: str
    target: str | None = None


class Presence(Model):
    """A member's part in one vote, where it is not the one at the opening of the meeting."""

    person: Person
    status: Status


class Deliberation(Model):
    """A numbered or titled item that the assembly decided on; one per vote."""

    number: str | None = None
    reference: str | None = None
    title: str
    rapporteur: Person | None = None
    text: str | None = None
    decision: str | None = None
    vote: Vote = Vote()
    presence: tuple[Presence, ...] = ()
    elections: tuple[Election, ...] = ()
    amounts: tuple[Amount, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


class Event(Model):
    """Something that changed who was there or who presided."""

    kind: EventKind
    person: Person | None = None
    time: ClockTime | None = None
    after_item: str | None = None


class Discussion(Model):
    """Who spoke, and to which item."""

    speaker: Person
    item: str | None = None
    span: SpanPair


class Segment(Model):
    """A part of the source and what it is."""

    kind: str
    span: SpanPair


class Unclaimed(Model):
    """A part of the source that no rule took."""

    span: SpanPair
    text: str


class Finding(Model):
    """Something in the document that contradicts itself, or that could not be settled."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    pointer: str | None = None
    span: SpanPair | None = None


class Correction(Model):
    """A repair made to the text."""

    span: SpanPair
    before: str
    after: str
    rule: str


class Evidence(Model):
    """Where a value stands in the source, which rule read it, and how it is known."""

    span: SpanPair
    quote: str
    page: int
    box: tuple[float, float, float, float] | None
    rule: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    how: How


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
    evidence: dict[str, Evidence] = {}

    def to_json(self, indent: int | None = 1) -> str:
        """The record as JSON text, with the contract's keys."""
        return self.model_dump_json(by_alias=True, indent=indent)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(by_alias=True, mode="serialization"),
    }
