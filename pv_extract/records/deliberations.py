"""What was decided: items with their votes, elections, sums of money and references."""

from typing import Annotated, Literal

from pydantic import Field

from pv_extract.records.meeting import Person
from pv_extract.records.vocabulary import Count, Decimal, Model, Outcome, Status


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
    """A sum of money as printed; the livre of before the franc has no ISO 4217 code, and so no currency."""

    value: Decimal
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None
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
