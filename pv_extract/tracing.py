"""For people: a document line by line, with the rules that took each line and the repairs made to it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pv_extract.document import Document
from pv_extract.normalisation import LAYOUT
from pv_extract.records import Evidence, Record
from pv_extract.text import Correction, Span

MARGIN = " " * 10
AROUND_BEFORE = re.compile(r"(?:\S{1,40}[ \t]+)?\S{0,40}\Z")
AROUND_AFTER = re.compile(r"\S{0,40}(?:[ \t]+\S{1,40})?")


class SourceLine(NamedTuple):
    """A line of the source: its page, its number on that page (both from 1), its span."""

    page: int
    number: int
    span: Span

    @property
    def place(self) -> str:
        """Where it stands: ``p2 l14``."""
        return f"p{self.page} l{self.number}"


def source_lines(document: Document) -> Iterator[SourceLine]:
    """The lines of a document as read, empty ones too."""
    for page in document.pages:
        at = page.start
        for number, line in enumerate(document.text[page.start : page.end].split("\n"), start=1):
            yield SourceLine(page.number, number, Span(at, at + len(line)))
            at += len(line) + 1


def repairs(document: Document, edits: Iterable[Correction]) -> Iterator[str]:
    """One line for each repair of letters: place, the word before and after it, its rule."""
    lines = list(source_lines(document))
    starts = [line.span.start for line in lines]
    for edit in sorted(edits, key=lambda e: e.span):
        if edit.rule.startswith(LAYOUT):
            continue
        line = lines[bisect_right(starts, edit.span.start) - 1]
        before, after = in_its_place(document.text, edit)
        yield f"{line.place}: {shown(before)} → {shown(after)}  [{edit.rule}]"


def in_its_place(text: str, edit: Correction) -> tuple[str, str]:
    """What stood there and what stands there now, each with the words around it on its line."""
    before = AROUND_BEFORE.search(text[max(0, edit.span.start - 100) : edit.span.start])
    after = AROUND_AFTER.match(text, edit.span.end)
    left, right = before[0] if before else "", after[0] if after else ""
    return left + edit.span.of(text) + right, left + edit.after + right


def shown(text: str) -> str:
    """The text in quotes on one line: line ends and tabs as arrows, other invisible characters escaped."""
    arrows = text.replace("\n", "⏎").replace("\t", "⇥")
    return f"« {''.join(c if c.isprintable() else c.encode('unicode_escape').decode() for c in arrows)} »"


def trace(document: Document, record: Record) -> Iterator[str]:
    """The source line by line: the segment that took it, then the values read there and the repairs made."""
    lines = [line for line in source_lines(document) if document.text[slice(*line.span)].strip()]
    notes = notes_by_line(lines, record)
    parts = sorted([*((s.span, s.kind) for s in record.segments), *((u.span, "unclaimed") for u in record.unclaimed)])
    for index, line in enumerate(lines):
        kinds = [kind for (start, end), kind in parts if start < line.span.end and end > line.span.start]
        text = document.text[slice(*line.span)].rstrip("\f")
        yield f"{line.place:<9} {'+'.join(dict.fromkeys(kinds)) or '?':<14} {text}"
        yield from notes[index]


def notes_by_line(lines: list[SourceLine], record: Record) -> dict[int, list[str]]:
    """What was read and repaired, by the index of the line where it begins."""
    starts = [line.span.start for line in lines]
    notes: dict[int, list[str]] = defaultdict(list)
    for pointer, evidence in sorted(record.evidence.items(), key=lambda e: (e[1].span, e[0])):
        notes[bisect_right(starts, evidence.span[0]) - 1].append(f"{MARGIN}← {value_note(pointer, evidence)}")
    for repair in record.corrections:
        note = f"{MARGIN}~ {shown(repair.before)} → {shown(repair.after)}  {repair.rule}"
        notes[bisect_right(starts, repair.span[0]) - 1].append(note)
    return notes


def value_note(pointer: str, evidence: Evidence) -> str:
    """A value's pointer, its rule, and how it is known."""
    return f"{pointer}  {evidence.rule} ({evidence.how}, {evidence.confidence:.2f})"
