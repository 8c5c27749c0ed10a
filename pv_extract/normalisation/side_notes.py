"""The margin of a text laid out with blanks: short notes beside the running text, line by line.

A register prints counts, dates and the object left of its text; ``pdftotext -layout`` writes both in the same lines.
Each note is put before the paragraph that it begins beside, or behind the one in whose midst it begins.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from pv_extract.normalisation.columns import GUTTER
from pv_extract.normalisation.paragraphs import lines_of
from pv_extract.text import AlignedText, Span

WIDEST, NARROWEST = 40, 10  # columns that a margin takes, the blanks behind it included
FEWEST_LINES, FEWEST_NOTES = 8, 4  # lines of text beside a margin; those that have a note
LEAST_BODY = 40  # median length of the lines of text; cells of tables are shorter
ALIGNED = 0.6  # share of the lines whose text begins in the same column
LABELS = 0.5  # share of the notes that are labels of the text on their line: « Absents :    MM. Morel et Roux »
RUNNING = 0.35  # share of the lines that begin in lower case, as running text does and a list of titles does not
LABEL = regex.compile(r"(?:[:.)]|^\s*\d+\s?[./°-]?|^\s*[-•*])\s*\Z")
COUNTED = regex.compile(r":\s*\d{1,4}\s*\Z")  # a note that is whole: « en exercice : 15 »


class Line(NamedTuple):
    """A line beside a margin: the places of its note and of its text, either may be missing."""

    note: Span | None
    body: Span | None


class Part(NamedTuple):
    """A stretch of the text and what stands behind it in the new order."""

    span: Span
    behind: str


BLANK = Part(Span(0, 0), "\n")


def with_notes_apart(text: AlignedText) -> AlignedText:
    """The text with the notes of its margins between the paragraphs."""
    lines = list(lines_of(text.text))
    parts: list[Part] = []
    at = 0
    for first, end, column in margins(text.text, lines):
        parts += [Part(line, "\n") for line in lines[at:first]]
        parts += apart(text.text, [parted(text.text, line, column) for line in lines[first:end]])
        at = end
    if not parts:
        return text
    parts += [Part(line, "\n") for line in lines[at:]]
    return text.rearranged([part for part in parts if part.span.end > part.span.start or part.behind])


def margins(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """The runs of lines beside a margin: the first, the one behind the last, the column in which the text begins."""
    rows = [line.of(text) for line in lines]
    starts = Counter(last_start(row) for row in rows)
    columns = {start: often for start, often in starts.items() if NARROWEST <= start <= WIDEST}
    column = max(columns, key=lambda start: columns[start], default=0)
    if columns.get(column, 0) < FEWEST_LINES:
        return
    edges = [index for index, row in enumerate(rows) if "\t" in row or row[column - GUTTER : column].strip()]
    for before, end in pairwise([-1, *edges, len(rows)]):
        if is_margin(rows[before + 1 : end], column):
            yield before + 1, end, column


def last_start(row: str) -> int:
    """Where the last words of a line begin that wide gaps part."""
    words = row.rstrip()
    return len(words) - len(words.rpartition(" " * GUTTER)[2].lstrip())


def is_margin(rows: Sequence[str], column: int) -> bool:
    """Whether what stands left of a column are notes beside running text, and not the labels of its paragraphs."""
    bodies = [body for row in rows if (body := row[column:]).strip()]
    notes = [row for row in rows if row[:column].strip()]
    if len(bodies) < FEWEST_LINES or len(notes) < FEWEST_NOTES:
        return False
    aligned = sum(body[0] != " " for body in bodies)
    running = sum(body.lstrip()[0].islower() for body in bodies)
    labels = sum(bool(LABEL.search(row[:column]) and row[column:].strip()) for row in notes)
    shares = aligned >= ALIGNED * len(bodies) and running >= RUNNING * len(bodies) and labels <= LABELS * len(notes)
    return shares and median(len(body.strip()) for body in bodies) >= LEAST_BODY


def parted(text: str, line: Span, column: int) -> Line:
    """A line as its note and its text, the text with the blanks that set it in."""
    note, body = line.of(text)[:column], line.of(text)[column:]
    lead = len(note) - len(note.lstrip())
    return Line(
        Span(line.start + lead, line.start + len(note.rstrip())) if note.strip() else None,
        Span(line.start + column, line.end) if body.strip() else None,
    )


def apart(text: str, lines: Sequence[Line]) -> Iterator[Part]:
    """The paragraphs of the text, each behind the notes that begin on its first line and before those amid it."""
    waiting: list[Part] = []
    opened = False
    for index, line in enumerate(lines):
        if line.body is None or not opened:
            yield from waiting
            waiting = []
        above = lines[index - 1].note if index else None
        if line.note and (above is None or ends_note(text, above)):
            note = [BLANK, *note_from(text, lines[index:]), BLANK]
            if opened and line.body:
                waiting += note
            else:
                yield from note
        if line.body:
            yield Part(line.body, "\n")
        elif opened:
            yield BLANK
        opened = line.body is not None
    yield from waiting


def note_from(text: str, lines: Sequence[Line]) -> Iterator[Part]:
    """The note that begins on the first of some lines, its lines joined."""
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        if line.note is None:
            return
        whole = following is None or following.note is None or ends_note(text, line.note)
        hyphened = line.note.of(text).endswith("-") and not line.note.of(text).endswith(" -")
        yield Part(line.note, "\n" if whole else "" if hyphened else " ")
        if whole:
            return


def ends_note(text: str, line: Span) -> bool:
    """Whether a line of a margin ends its note: by a count."""
    return bool(COUNTED.search(line.of(text)))
