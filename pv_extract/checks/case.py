"""What is checked: a record, its document where that is at hand, what the user tells of the assembly."""

import datetime
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pv_extract.blocks import Block, Layout
from pv_extract.checks.course import HERE, MOVES
from pv_extract.checks.facts import Facts
from pv_extract.grammar import Grammar, Rule, fold, searched
from pv_extract.members.names import same_person
from pv_extract.mentions import Mention
from pv_extract.records import Deliberation, Record, Stated
from pv_extract.segmentation import segment
from pv_extract.segmentation.sections import Segments
from pv_extract.text import Span
from pv_extract.values import MONTHS

INDENT = 8  # characters before a mention that still opens its line
# Repairs of letters that a reader got wrong; those of layout, notation and letter-spaced titles are none.
MISREAD = re.compile(r"(?:letter|formula|word|accent|name|ocr(?!\.letter_spaced$))\.")
IN_FIGURES = re.compile(r"\d\s?[/.-]\s?\d")  # « 3/4/2023 », « 03.04.23 »
TREATED = re.compile(r"/(?:agenda|approvals|deliberations)/")


@dataclass(frozen=True)
class Printed:
    """A legal mention as the source prints it: where (source characters), its words, those of its parts."""

    at: tuple[int, int]
    text: str
    fields: Mapping[str, str]
    opens_line: bool


@dataclass(frozen=True)
class Case:
    """What is checked: a record, its laid-out text where the document itself is at hand, and what else is known."""

    record: Record
    facts: Facts
    grammar: Grammar
    layout: Layout | None = None
    segmented: Segments | None = None

    @cached_property
    def date(self) -> datetime.date | None:
        """The date of the meeting."""
        return datetime.date.fromisoformat(self.record.meeting.date) if self.record.meeting.date else None

    @cached_property
    def is_misread(self) -> bool:
        """Whether letters were read wrongly: pages were OCR'd, words had to be repaired or are not French."""
        repaired = any(MISREAD.match(c.rule) for c in self.record.corrections)
        told = any(f.rule in ("misread-text", "poor-text-layer") for f in self.record.findings)
        return bool(self.record.source.ocr) or repaired or told

    @cached_property
    def stated(self) -> Stated:
        """The printed counts of members; without those read from one number, or of those in the room alone."""
        stated = self.record.attendance.stated
        places = {key: self.record.evidence.get(f"/attendance/stated/{key}") for key in Stated.model_fields}
        spans = Counter(place.span for place in places.values() if place)
        doubtful = [key for key, place in places.items() if place and spans[place.span] > 1]
        if stated.present == self.in_the_room:
            doubtful.append("present")
        return stated.model_copy(update=dict.fromkeys(doubtful))

    @cached_property
    def in_the_room(self) -> int | None:
        """How many are present where others take part from afar; the printed number may be only theirs."""
        members = self.record.attendance.members
        afar = any(m.status == "remote" for m in members)
        return sum(m.status == "present" for m in members) if afar else None

    @cached_property
    def seats(self) -> int:
        """How many seats the members listed hold: a substitute that of a member listed, or one of their own."""
        members = self.record.attendance.members
        own = [m for m in members if m.substitute_for is None]
        titulars = [m.substitute_for.name for m in members if m.substitute_for]
        return len(own) + sum(not any(same_person(t, m.name) for m in own) for t in titulars)

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
        if not members or any(m.status == "unknown" for m in members) or self.seats > (in_office or self.seats):
            return False
        if self.stated.present is not None:
            return sum(m.status in HERE for m in members) == self.stated.present
        return self.seats == in_office

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
        return self.segmented or segment(self.layout)

    @property
    def text(self) -> str:
        """The normalised text; empty where only the record is at hand."""
        return self.layout.text.text if self.layout else ""

    def dates(self, words: Sequence[str] = ()) -> Iterator[Span]:
        """The dates printed in the document, or in its blocks with one of some words: spans of the normalised text."""
        pattern = self.grammar.word("date")
        for block in self.layout.blocks if self.layout else ():
            if words and not any(word in block.lowered for word in words):
                continue
            if IN_FIGURES.search(block.text) or any(m in block.lowered for m in MONTHS):
                yield from (
                    Span(*m.span()).shift(block.span.start) for m in searched("words.date", pattern, block.folded)
                )

    def votes_told(self, item: int) -> int:
        """How many votes an item tells at least: as often as it decides, counts, or says in which manner."""
        decided = [m for m in self.mentions_in(item, "Decision") if m.rule == "votes.deliberated"]
        counted = [m for m in self.mentions_in(item, "VoteCount") if "in_favour" in m.fields]
        manners = [m for m in self.mentions_in(item, "VoteOutcome") if m.sets.get("manner")]
        return max(len(decided), len(counted), len(manners))

    def mentions_in(self, item: int, kind: str) -> list[Mention]:
        """The mentions of a kind in the text of an item; with the document at hand, those that the extraction found."""
        place = self.record.evidence.get(f"/deliberations/{item}/text")
        if self.layout is None or place is None:
            return self.grammar.find(kind, fold(self.record.deliberations[item].text or ""))
        first, last = (bisect_left(self.block_starts, at) for at in place.span)
        return [m for block in self.layout.blocks[first:last] for m in block.find(kind, self.grammar)]

    @cached_property
    def block_starts(self) -> list[int]:
        """Where each block of the document begins in its source."""
        starts = [self.source(block.span)[0] for block in self.layout.blocks] if self.layout else []
        return list(accumulate(starts, max))

    @cached_property
    def line_ends(self) -> list[int]:
        """The source characters that end the lines of the document."""
        return [m.start() for m in re.finditer("\n", self.layout.document.text)] if self.layout else []

    def line_at(self, offset: int) -> int | None:
        """The line of the source text, from 1, on which a character stands; None where only the record is at hand."""
        return bisect_left(self.line_ends, offset) + 1 if self.layout else None

    @property
    def is_general_meeting(self) -> bool:
        """Whether all members of an association, owners or shareholders meet: few are named, many vote by shares."""
        return self.record.meeting.body.kind == "assemblee_generale"

    def legal_rules(self, what: str) -> list[Rule]:
        """The rules of the grammars that find legal mentions of a kind."""
        return [r for r in self.grammar.by_kind.get("LegalMention", ()) if r.sets.get("what") == what]

    def find(self, what: str, blocks: Sequence[Block] | None = None) -> list[Mention]:
        """The legal mentions of a kind in some blocks, else in the document; spans into the normalised text."""
        rules, every = self.legal_rules(what), self.layout.blocks if self.layout else ()
        searched = every if blocks is None else blocks
        return [m.shift(b.span.start) for b in searched for rule in rules for m in rule.find(b.folded, b.promising)]

    def printed(self, what: str) -> list[Printed]:
        """The legal mentions of a kind in the document, and in its stamps and margins, those that recur once."""
        if self.layout is None:
            return []
        body = [self.as_printed(m, self.text, self.source(m.span)) for m in self.find(what)]
        source, seen = self.layout.document.text, {mention.text for mention in body}
        for span in self.furniture:
            text = span.of(source)
            for m in self.in_text(what, text):
                mention = self.as_printed(m, text, (span.start + m.span.start, span.start + m.span.end))
                if mention.text not in seen:
                    body.append(mention)
                seen.add(mention.text)
        return body

    @cached_property
    def furniture(self) -> list[Span]:
        """The spans of the source that belong to its pages: stamps, margins, running heads."""
        edits = self.layout.text.edits if self.layout else ()
        return sorted(edit.span for edit in edits if edit.rule.startswith("furniture."))

    def as_printed(self, mention: Mention, text: str, at: tuple[int, int]) -> Printed:
        """A mention in a text as the source prints it, which begins and ends ``at`` two of its characters."""
        fields = {name: span.of(text) for name, span in mention.fields.items()}
        line = text.rfind("\n", 0, mention.span.start) + 1
        return Printed(at, mention.span.of(text), fields, mention.span.start - line < INDENT)

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
