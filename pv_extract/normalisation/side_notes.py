"""The margin of a text laid out with blanks: short notes beside the running text, line by line.

A register prints counts, dates and the object left of its text, others on its right; ``pdftotext -layout`` writes both
in the same lines.
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
LABEL = regex.compile(r"(?:[:)]|^\s*\S{1,3}\.|^\s*\d+\s?[./°-]?|^\s*[-•*])\s*\Z")
WORDED = 0.5  # share of the notes that hold words; a column of sums is none
COUNTED = regex.compile(r":\s*\d{1,4}\s*\Z")  # a note that is whole: « en exercice : 15 »


class Margin(NamedTuple):
    """A run of lines beside a margin: the first, the one behind the last, the column in which they are parted."""

    first: int
    end: int
    column: int
    is_right: bool = False

    def parted(self, row: str) -> tuple[str, str]:
        """The note and the text of a row, the note with the blanks up to the text."""
        left, right = row[: self.column], row[self.column :]
        return (right, left) if self.is_right else (left, right)


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
    for margin in margins(text.text, lines):
        parts += [Part(line, "\n") for line in lines[at : margin.first]]
        parts += apart(text.text, [parted(text.text, line, margin) for line in lines[margin.first : margin.end]])
        at = margin.end
    if not parts:
        return text
    parts += [Part(line, "\n") for line in lines[at:]]
    return text.rearranged([part for part in parts if part.span.end > part.span.start or part.behind])


def margins(text: str, lines: Sequence[Span]) -> Iterator[Margin]:
    """The margins of a text, left or right, from the top."""
    rows = [line.of(text) for line in lines]
    starts = Counter(last_start(row) for row in rows)
    left = {start: often for start, often in starts.items() if NARROWEST <= start <= WIDEST and often >= FEWEST_LINES}
    right = {start: often for start, often in starts.items() if start > LEAST_BODY and often >= FEWEST_NOTES}
    for columns, is_right in ((left, False), (right, True)):
        column = max(columns, key=lambda start: columns[start], default=0)
        found = list(margins_at(rows, column, is_right)) if columns else []
        if found:
            yield from found
            return


def margins_at(rows: Sequence[str], column: int, is_right: bool) -> Iterator[Margin]:
    """The runs of lines that leave the strip before a column blank, where what it parts are notes and text."""
    edges = [index for index, row in enumerate(rows) if "\t" in row or row[column - GUTTER : column].strip()]
    for before, end in pairwise([-1, *edges, len(rows)]):
        margin = Margin(before + 1, end, column, is_right)
        if is_margin(rows[before + 1 : end], margin):
            yield margin


def last_start(row: str) -> int:
    """Where the last words of a line begin that wide gaps part."""
    words = row.rstrip()
    return len(words) - len(words.rpartition(" " * GUTTER)[2].lstrip())


def is_margin(rows: Sequence[str], margin: Margin) -> bool:
    """Whether what a column parts are notes beside running text, and not labels of its paragraphs, sums behind them."""
    halves = [margin.parted(row) for row in rows]
    bodies = [body for _, body in halves if body.strip()]
    notes = [(note, body) for note, body in halves if note.strip()]
    if len(bodies) < FEWEST_LINES or len(notes) < FEWEST_NOTES:
        return False
    aligned = sum(body[0] != " " for body in bodies)
    running = sum(body.lstrip()[0].islower() for body in bodies)
    labels = sum(bool(LABEL.search(note) and body.strip()) for note, body in notes if not margin.is_right)
    words = sum(any(map(str.isalpha, note)) for note, _ in notes)
    shares = aligned >= ALIGNED * len(bodies) and running >= RUNNING * len(bodies) and labels <= LABELS * len(notes)
    return shares and words > WORDED * len(notes) and median(len(body.strip()) for body in bodies) >= LEAST_BODY


def parted(text: str, line: Span, margin: Margin) -> Line:
    """A line as its note and its text, the text with the blanks that set it in."""
    note, body = margin.parted(line.of(text))
    at, start = (margin.column, 0) if margin.is_right else (0, margin.column)
    lead = at + len(note) - len(note.lstrip())
    return Line(
        Span(line.start + lead, line.start + at + len(note.rstrip())) if note.strip() else None,
        Span(line.start + start, line.start + start + len(body.rstrip())) if body.strip() else None,
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
        yield Part(line.note, "\n" if whole or following is None else between(line.note.of(text), following, text))
        if whole:
            return


def between(note: str, following: Line, text: str) -> str:
    """What joins a line of a note to the next: a broken word is made whole later, as those of the text are."""
    if not note.endswith("-") or note.endswith(" -"):
        return " "
    return "\n" if following.note and following.note.of(text)[0].islower() else ""


def ends_note(text: str, line: Span) -> bool:
    """Whether a line of a margin ends its note: by a count."""
    return bool(COUNTED.search(line.of(text)))
