"""What a check is: the case it looks at, what it yields, how it is registered.

A *rule* has an id, a sheet (``law.py``: title, articles, dates, assemblies) and one or more *checks*: small functions
``(case) -> Iterator[Flaw | Skipped]``. Nothing here says that a deliberation is illegal: a flaw is a contradiction
inside the document, or a mention that was not found.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from pv_extract.blocks import Layout
from pv_extract.checks.course import HERE, MOVES
from pv_extract.checks.facts import Facts
from pv_extract.grammar import Grammar, Rule, fold, searched
from pv_extract.mentions import Mention
from pv_extract.records import Deliberation, Evidence, Record, Stated
from pv_extract.sections import Segments
from pv_extract.segmentation import segment
from pv_extract.text import Span
from pv_extract.values import MONTHS

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # from the least to the worst


# Repairs of letters that a reader got wrong; those of layout, notation and letter-spaced titles are none.
MISREAD = re.compile(r"(?:letter|formula|word|accent|name|ocr(?!\.letter_spaced$))\.")
TREATED = re.compile(r"/(?:agenda|approvals|deliberations)/")


class Words(NamedTuple):
    """One text in English and in French; ``messages.words(*text)`` is the one that the user reads."""

    en: str
    fr: str


@dataclass(frozen=True)
class Case:
    """What is checked: a record, its laid-out text where the document itself is at hand, and what else is known."""

    record: Record
    facts: Facts
    grammar: Grammar
    layout: Layout | None = None

    @cached_property
    def date(self) -> datetime.date | None:
        """The date of the meeting."""
        return datetime.date.fromisoformat(self.record.meeting.date) if self.record.meeting.date else None

    @cached_property
    def is_misread(self) -> bool:
        """Whether letters were read wrongly: pages were OCR'd, or words had to be repaired."""
        return bool(self.record.source.ocr) or any(MISREAD.match(c.rule) for c in self.record.corrections)

    @cached_property
    def stated(self) -> Stated:
        """The printed counts of members; without those that were read from one and the same number."""
        stated = self.record.attendance.stated
        places = {key: self.record.evidence.get(f"/attendance/stated/{key}") for key in Stated.model_fields}
        spans = Counter(place.span for place in places.values() if place)
        doubtful = [key for key, place in places.items() if place and spans[place.span] > 1]
        return stated.model_copy(update=dict.fromkeys(doubtful))

    @cached_property
    def somebody_moves(self) -> bool:
        """Whether anybody comes or goes during the meeting, even somebody whose name was not read."""
        blocks = self.layout.blocks if self.layout else ()
        told = (m.sets.get("kind") for b in blocks for m in b.find_all("Event", self.grammar))
        return any(e.kind in MOVES for e in self.record.events) or any(kind in MOVES for kind in told)

    @cached_property
    def list_is_whole(self) -> bool:
        """Whether members can be counted: every status is known, and a printed count confirms the list."""
        members, in_office = self.record.attendance.members, self.stated.in_office
        seats = sum(m.substitute_for is None for m in members)
        if not members or any(m.status == "unknown" for m in members) or seats > (in_office or seats):
            return False
        if self.stated.present is not None:
            return sum(m.status in HERE for m in members) == self.stated.present
        return seats == in_office

    @cached_property
    def date_is_of_the_head(self) -> bool:
        """Whether the meeting's date is told before anything is treated: further on, dates are of other meetings."""
        place = self.record.evidence.get("/meeting/date")
        treated = [known.span[0] for key, known in self.record.evidence.items() if TREATED.match(key)]
        return self.date is not None and (place is None or place.span[0] < min(treated, default=2**62))

    @cached_property
    def segments(self) -> Segments:
        """The sections and the roll call of the document; only where it is at hand."""
        assert self.layout is not None
        return segment(self.layout)

    @property
    def text(self) -> str:
        """The normalised text; empty where only the record is at hand."""
        return self.layout.text.text if self.layout else ""

    def dates(self) -> Iterator[Span]:
        """The dates that the document prints, as spans of the normalised text, by place."""
        pattern = self.grammar.word("date")
        for block in self.layout.blocks if self.layout else ():
            if any(c.isdigit() for c in block.text) or any(m in block.lowered for m in MONTHS):
                yield from (
                    Span(*m.span()).shift(block.span.start) for m in searched("words.date", pattern, block.folded)
                )

    @property
    def is_general_meeting(self) -> bool:
        """Whether all members of an association, owners or shareholders meet: few are named, many vote by shares."""
        return self.record.meeting.body.kind == "assemblee_generale"

    def legal_rules(self, what: str) -> list[Rule]:
        """The rules of the grammars that find legal mentions of a kind."""
        return [r for r in self.grammar.by_kind.get("LegalMention", ()) if r.sets.get("what") == what]

    def find(self, what: str) -> list[Mention]:
        """The legal mentions of a kind in the document, with spans into the normalised text, by place."""
        rules, blocks = self.legal_rules(what), self.layout.blocks if self.layout else ()
        return [m.shift(b.span.start) for b in blocks for rule in rules for m in rule.find(b.folded, b.hits)]

    def in_text(self, what: str, text: str) -> list[Mention]:
        """The legal mentions of a kind in a text."""
        folded = fold(text)
        return [mention for rule in self.legal_rules(what) for mention in rule.find(folded)]

    def says(self, what: str) -> bool:
        """Whether the document holds a legal mention of a kind."""
        return bool(self.find(what))

    def item_says(self, item: Deliberation, *what: str) -> bool:
        """Whether the text of an item holds a legal mention of any of some kinds."""
        return any(self.in_text(kind, f"{item.title}\n{item.text or ''}") for kind in what)

    def source(self, span: Span) -> tuple[int, int]:
        """The source characters behind a span of the normalised text."""
        assert self.layout is not None
        return self.layout.source_span(span)

    def read(self, span: Span) -> str:
        """The normalised characters of a span."""
        return span.of(self.text)


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
