"""What is kept of a record to compare its meeting with others of the same body: a few kilobytes, whatever its size."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Severity
from pv_extract.checks.facts import Law, Profile
from pv_extract.grammar import fold
from pv_extract.members.names import tokens_of
from pv_extract.records import Deliberation, Person

NUMBER_FIRST = re.compile(r"^\D*?(?P<number>\d+)(?P<stem>\D+(?:19|20)\d\d)$")  # « 12/2024 »
NUMBER_LAST = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)$")  # « 2024-012 », « DE-2024-112 »

PersonKey = tuple[str, ...]


class Mark(NamedTuple):
    """A value with its place in the record and on the page; ``sure`` where it was read without doubt.

    ``quote``: the words it was read from, ``line``: of the document's text, from 1, where that is at hand.
    """

    text: str
    pointer: str
    page: int | None
    sure: bool
    quote: str
    line: int | None


class Number(NamedTuple):
    """A register number: what stands around it (« 2024- »), the number, where."""

    stem: str
    value: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Meeting:
    """One file's meeting: its series, its date, and what is compared from one meeting to the next.

    ``ceilings`` hold the gravest that each rule may be on it; a rule that is not there does not bind it.
    ``complete``: whether each of its deliberations has a register number. ``budgets`` and ``orientations`` are the
    titles of the items on them.
    """

    path: str
    series: str
    date: str
    ceilings: dict[str, Severity]
    approvals: tuple[Mark, ...]
    numbers: tuple[Number, ...]
    complete: bool
    proxies: tuple[tuple[PersonKey, PersonKey, Mark], ...]
    unexcused: tuple[tuple[PersonKey, Mark], ...]
    names: tuple[Mark, ...]
    kind: str | None = None
    budgets: tuple[Mark, ...] = ()
    orientations: tuple[Mark, ...] = ()
    law: Law | None = None
    profile: Profile | None = None


def meeting_of(path: str, case: Case, ceilings: dict[str, Severity], unsure: float) -> Meeting | None:
    """What is kept of a case; None where its body or its date is not known: it can be compared with nothing."""
    record = case.record
    series = series_of(case)
    if series is None or record.meeting.date is None:
        return None
    numbers = tuple(numbers_of(case, unsure))
    return Meeting(
        path,
        sys.intern(series),
        record.meeting.date,
        ceilings,
        tuple(approvals_of(case, unsure)),
        numbers,
        len(numbers) == len(record.deliberations),
        tuple(proxies_of(case, unsure)),
        tuple(unexcused_of(case, unsure)),
        tuple(names_of(case, unsure)),
        record.meeting.document_kind,
        tuple(titled(case, "budget", unsure)),
        tuple(titled(case, "orientations", unsure)),
        case.facts.law,
        case.facts.profile,
    )


def series_of(case: Case) -> str | None:
    """The body that meets, by the folded name of its organization and its kind."""
    organization, body = case.record.meeting.organization, case.record.meeting.body
    name = " ".join(tokens_of(organization.name or ""))
    kind = case.facts.body or body.kind or fold(body.name or "").lower()
    return f"{name}|{kind}" if name and kind else None


def mark(case: Case, text: str, pointer: str, unsure: float) -> Mark:
    """A value of the record, with its place."""
    known = case.record.evidence.get(pointer) or case.record.evidence.get(pointer.rpartition("/")[0])
    name, at = sys.intern(text), sys.intern(pointer)
    if known is None:
        return Mark(name, at, None, True, name, None)
    return Mark(name, at, known.page, known.confidence >= unsure, known.quote or name, case.line_at(known.span[0]))


def approvals_of(case: Case, unsure: float) -> Iterator[Mark]:
    """The dates of the minutes that were put to approval."""
    for i, approval in enumerate(case.record.approvals):
        if approval.meeting_date:
            yield mark(case, approval.meeting_date, f"/approvals/{i}/meeting_date", unsure)


def numbers_of(case: Case, unsure: float) -> Iterator[Number]:
    """The register numbers of the deliberations."""
    for i, deliberation in enumerate(case.record.deliberations):
        if found := number_in(deliberation):
            place = mark(case, deliberation.reference or "", f"/deliberations/{i}/reference", unsure)
            yield Number(sys.intern(found["stem"]), int(found["number"]), place)


def number_in(deliberation: Deliberation) -> "re.Match[str] | None":
    """The register number of a deliberation in its parts."""
    reference = "".join((deliberation.reference or "").split())
    return NUMBER_FIRST.match(reference) or NUMBER_LAST.match(reference)


def proxies_of(case: Case, unsure: float) -> Iterator[tuple[PersonKey, PersonKey, Mark]]:
    """Who was represented by whom."""
    for i, member in enumerate(case.record.attendance.members):
        if member.proxy_to:
            place = mark(case, member.name, f"/attendance/members/{i}/proxy_to", unsure)
            yield key_of(member.name), key_of(member.proxy_to), place


def unexcused_of(case: Case, unsure: float) -> Iterator[tuple[PersonKey, Mark]]:
    """Who is absent without excuse, where the minutes tell them from those excused."""
    members = case.record.attendance.members
    if any(m.status == "excused" for m in members) or case.says("unexcused"):
        for i, member in enumerate(members):
            if member.status == "absent":
                yield key_of(member.name), mark(case, member.name, f"/attendance/members/{i}/status", unsure)


def names_of(case: Case, unsure: float) -> Iterator[Mark]:
    """The members, as they are spelled."""
    for i, member in enumerate(case.record.attendance.members):
        yield mark(case, member.name, f"/attendance/members/{i}/name", unsure)


def titled(case: Case, what: str, unsure: float) -> Iterator[Mark]:
    """The titles of the items that a kind of legal mention tells of, votes that failed aside."""
    for i, item in enumerate(case.record.deliberations):
        if item.vote.outcome in ("adopted", "noted", None) and case.in_text(what, item.title):
            yield mark(case, item.title, f"/deliberations/{i}/title", unsure)


def key_of(person: Person | str) -> PersonKey:
    """The words of a name whatever their order, case and accents.

    >>> key_of("Hélène MOREL") == key_of("Morel Helene")
    True
    """
    return tuple(sorted(tokens_of(person if isinstance(person, str) else person.name)))
