"""What a check is: the case it looks at, what it yields, how it is registered and run.

A *rule* has an id, a sheet (``law.py``: title, articles, dates, assemblies) and one or more *checks*: small functions
``(case) -> Iterator[Flaw | Skipped]``. Nothing here says that a deliberation is illegal: a flaw is a contradiction
inside the document, or a mention that was not found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pv_extract.blocks import Layout
from pv_extract.checks.facts import Facts
from pv_extract.records import Evidence, Record

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # from the least to the worst


class Words(NamedTuple):
    """One text in English and in French; ``messages.words(*text)`` is the one that the user reads."""

    en: str
    fr: str


@dataclass(frozen=True)
class Case:
    """What is checked: a record, its laid-out text where the document itself is at hand, and what else is known."""

    record: Record
    facts: Facts
    layout: Layout | None = None

    def before(self, span: tuple[int, int], reach: int) -> str:
        """The source characters before a span; none where only the record is at hand."""
        return self.layout.document.text[max(0, span[0] - reach) : span[0]] if self.layout else ""


@dataclass(frozen=True)
class Flaw:
    """What a check found, at a JSON Pointer into the record, and the pointers of the other values it rests on."""

    pointer: str | None
    message: Words
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skipped:
    """Why a rule could not be checked."""

    reason: Words
    rule: str = ""


@dataclass(frozen=True)
class Finding:
    """A flaw with its rule, its severity and the place it rests on: quote, page from 1, line from 1 (of the text).

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


@dataclass(frozen=True)
class Outcome:
    """The findings, by rule; the rules that could not be checked, with the reason; the ids of those that were."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    checked: tuple[str, ...] = ()


Function = Callable[[Case], Iterator[Flaw | Skipped]]


@dataclass(frozen=True)
class Check:
    """A function of a rule, the severity of its flaws, and whether it reads law or only the document's own logic."""

    rule: str
    severity: Severity
    logic: bool
    function: Function = field(compare=False)


CHECKS: list[Check] = []


def check(rule: str, severity: Severity, *, logic: bool = False) -> Callable[[Function], Function]:
    """Register a function as a check of a rule; ``logic``: a contradiction of the document with itself."""

    def register(function: Function) -> Function:
        CHECKS.append(Check(rule, severity, logic, function))
        return function

    return register


def place_of(record: Record, pointer: str | None) -> Evidence | None:
    """The evidence of a value: its own, or that of the nearest object or list around it."""
    while pointer:
        if known := record.evidence.get(pointer):
            return known
        pointer = pointer.rpartition("/")[0]
    return None
