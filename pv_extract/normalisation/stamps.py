"""The prefecture's receipt, printed or stamped over a page: lines of its own, or cells beside other text.

What it says in so many words proves it; a date, a name of an office that stand right beside it belong to it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from pv_extract.grammar import Grammar, fold_whole
from pv_extract.mentions import Mention
from pv_extract.text import Edit, Span

DATE, ACKNOWLEDGEMENT = "stamp_date", "stamp_acknowledgement"
LINE = regex.compile(r"[^\n]*[^\s][^\n]*")
LONGEST = 200  # characters of a line of a stamp
REACH = 250  # characters: the next line of a stamp begins or ends no further away


class Cell(NamedTuple):
    """A cell of a line, what proves that it is of a stamp, and what makes it one beside a stamp."""

    span: Span
    proof: Mention | None
    part: Mention | None


class Row(NamedTuple):
    """A line that holds something: its span, its text, its cells."""

    span: Span
    text: str
    cells: list[Cell]

    @property
    def is_proven(self) -> bool:
        """Whether a cell proves a stamp."""
        return any(cell.proof for cell in self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether nothing but what stamps say stands in the line."""
        return all(cell.proof or cell.part for cell in self.cells)

    def says(self, rule: str) -> bool:
        """Whether a rule reads a cell of the line."""
        mentions = (cell.proof or cell.part for cell in self.cells)
        return any(mention.rule.endswith(rule) for mention in mentions if mention)

    def belongs_to(self, stamp: "Row") -> bool:
        """Whether the line is of the stamp whose line is beside it; a date alone only where that awaits one."""
        awaits = not stamp.says(ACKNOWLEDGEMENT) and not any(c.isdigit() for c in stamp.text)
        return self.is_whole and (awaits or not self.says(DATE))

    def edits(self, length: int) -> Iterator[Edit]:
        """Deletes the line with its end, so that no gap is left in a text of this length; else its proven cells."""
        if self.is_whole:
            first = next(mention for cell in self.cells if (mention := cell.proof or cell.part))
            yield Edit(Span(self.span.start, min(self.span.end + 1, length)), "", first.rule)
        else:
            yield from (Edit(cell.span, "", cell.proof.rule) for cell in self.cells if cell.proof)


def stamp_edits(text: str, grammar: Grammar) -> Iterator[Edit]:
    """Deletes the lines and cells of stamps."""
    folded, end = fold_whole(text), 0
    for line in lines_with_hints(folded, grammar):
        row = row_of(folded, line, grammar)
        if line.start < end or not row.is_proven:
            continue
        stamp = [*rows_above(folded, row, end, grammar), row, *rows_below(folded, row, grammar)]
        end = max(part.span.end for part in stamp)
        for part in stamp:
            yield from part.edits(len(text))


def lines_with_hints(folded: str, grammar: Grammar) -> Iterator[Span]:
    """The lines, none too long, in which a rule may find the proof of a stamp."""
    hints = [regex.escape(hint) for rule in grammar.by_kind.get("Stamp", ()) for hint in rule.hints]
    end = -1
    for found in regex.finditer("|".join(hints), folded.lower()) if hints else ():
        if found.start() > end:
            start, end = folded.rfind("\n", 0, found.start()) + 1, folded.find("\n", found.start())
            end = end if end >= 0 else len(folded)
            if end - start <= LONGEST:
                yield Span(start, end)


def row_of(folded: str, line: Span, grammar: Grammar) -> Row:
    """A line in its cells that hold something."""
    cells, at = [], line.start
    for cell in line.of(folded).split("\t"):
        span = Span(at, at + len(cell))
        at = span.end + 1
        if cell.strip():
            cells.append(Cell(span, *(grammar.first(kind, cell) for kind in ("Stamp", "StampPart"))))
    return Row(line, line.of(folded), cells)


def rows_above(folded: str, row: Row, floor: int, grammar: Grammar) -> Iterator[Row]:
    """The lines above one of a stamp that belong to it, none above a place."""
    while lines := list(LINE.finditer(folded, max(floor, row.span.start - REACH), max(floor, row.span.start - 1))):
        line = Span(*lines[-1].span())
        above = row_of(folded, line, grammar)
        if (line.start > floor and folded[line.start - 1] != "\n") or not above.belongs_to(row):
            return
        yield above
        row = above


def rows_below(folded: str, row: Row, grammar: Grammar) -> Iterator[Row]:
    """The lines below one of a stamp that belong to it."""
    while found := LINE.search(folded, row.span.end + 1, row.span.end + REACH):
        line = Span(*found.span())
        below = row_of(folded, line, grammar)
        if folded[line.end : line.end + 1] not in ("\n", "") or not below.belongs_to(row):
            return
        yield below
        row = below
