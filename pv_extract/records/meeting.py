"""The meeting: its head, who was there, its agendas, what happened while it lasted, who spoke."""

from typing import Literal

from pv_extract.records.vocabulary import (
    BodyKind,
    ClockTime,
    Count,
    DocumentKind,
    EventKind,
    IsoDate,
    Model,
    OrganizationKind,
    Outcome,
    SpanPair,
    Status,
)


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
