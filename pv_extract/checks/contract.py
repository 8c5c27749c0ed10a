"""What a check is: the case it looks at, what it yields, how it is registered.

A *rule* has an id, a sheet (``law.py``: title, articles, dates, assemblies) and one or more *checks*: small functions
``(case) -> Iterator[Flaw | Skipped]``. Nothing here says that a deliberation is illegal: a flaw is a contradiction
inside the document, or a mention that was not found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from pv_extract.checks.case import Case
from pv_extract.records import Evidence, Record

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # from the least to the worst


class Words(NamedTuple):
    """One text in English and in French; ``messages.words(*text)`` is the one that the user reads."""

    en: str
    fr: str


@dataclass(frozen=True)
class Flaw:
    """What a check found, at a JSON Pointer into the record, and the pointers of the other values it rests on.

    ``span`` (source characters) says where it stands when no value of the record does.
    """

    pointer: str | None
    message: Words
    rests_on: tuple[str, ...] = ()
    span: tuple[int, int] | None = None


def flaw(pointer: str | None, english: str, french: str, *rests_on: str, at: tuple[int, int] | None = None) -> Flaw:
    """A flaw from its words in both languages; ``at``: the source characters where it stands."""
    return Flaw(pointer, Words(english, french), rests_on, at)


@dataclass(frozen=True)
class Skipped:
    """Why a rule could not be checked."""

    reason: Words
    rule: str = ""


@dataclass(frozen=True)
class Finding:
    """A flaw with its rule, its severity and the place it rests on: quote, page from 1, line from 1 (of the text).

    ``context`` is the line with a quote that is only a part of it; ``articles`` those that bind this assembly.
    ``unsure``: what it rests on was read with doubt, and the severity is a step less for it.
    """

    rule: str
    severity: Severity
    message: Words
    pointer: str | None = None
    span: tuple[int, int] | None = None
    quote: str | None = None
    page: int | None = None
    line: int | None = None
    unsure: bool = False
    context: str | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The findings, by rule; the rules that could not be checked, with the reason; the ids of those that were."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    checked: tuple[str, ...] = ()


Function = Callable[[Case], Iterator[Flaw | Skipped]]


@dataclass(frozen=True)
class Check:
    """A function of a rule, the severity of its flaws, what it reads.

    ``logic``: only the document's own logic, no law. ``text``: it needs the document, a record is not enough.
    """

    rule: str
    severity: Severity
    logic: bool
    function: Function = field(compare=False)
    text: bool = False


CHECKS: list[Check] = []


def check(rule: str, severity: Severity, *, logic: bool = False, text: bool = False) -> Callable[[Function], Function]:
    """Register a function as a check of a rule."""

    def register(function: Function) -> Function:
        CHECKS.append(Check(rule, severity, logic, function, text))
        return function

    return register


NEAR = 100  # source characters: values read farther apart may tell of two votes


def together(record: Record, *pointers: str) -> bool:
    """Whether values were read in one passage; those whose place is not known are taken to be."""
    spans = sorted(place.span for pointer in pointers if (place := record.evidence.get(pointer)))
    return all(after[0] - before[1] <= NEAR for before, after in pairwise(spans))


def place_of(record: Record, pointer: str | None) -> Evidence | None:
    """The evidence of a value: its own, or that of the nearest object or list around it."""
    while pointer:
        if known := record.evidence.get(pointer):
            return known
        pointer = pointer.rpartition("/")[0]
    return None
