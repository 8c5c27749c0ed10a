"""The pages of a transcription: numbers alone on their lines, amid a sentence, with the running heads under them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from pv_extract.document import Document
from pv_extract.normalisation.paragraphs import SENTENCE_END, lines_of
from pv_extract.text import AlignedText, Edit, Span

NUMBER = regex.compile(r"\s*[\[(|]?\s*[-–—]?\s*(\d{1,4})\s*[-–—]?\s*[\])|]?\s*")
HEADED = regex.compile(
    r"\s*(?:(\d{1,4})\s{3,}[^\p{Ll}\t]*\p{Lu}{3}[^\p{Ll}\t]*|[^\p{Ll}\t]*\p{Lu}{3}[^\p{Ll}\t]*\s{3,}(\d{1,4}))\s*"
)
FULL = 0.9  # of the longest lines; a shorter line ends a paragraph
LONGEST_HEAD = 80  # characters of a running head


class PageBreak(NamedTuple):
    """A number between blank lines: the lines of text above and below it."""

    number: int
    above: Span
    below: Span

    def goes_on(self, text: str, width: float) -> bool:
        """Whether the text above goes on below: in lower case, or behind a full line, amid a sentence."""
        line = self.above.of(text).rstrip()
        if SENTENCE_END.search(line):
            return False
        return self.begins_low(text) or len(line) >= FULL * width

    def begins_low(self, text: str) -> bool:
        """Whether the line below begins in lower case."""
        return self.below.of(text).lstrip()[:1].islower()


def page_break_edits(text: AlignedText, document: Document) -> Iterator[Edit]:
    """Deletes the numbers of pages that one of them proves, amid a sentence, and those due behind or before it."""
    if len(document.pages) > 1 or document.words:
        return
    lines = list(lines_of(text.text))
    width = max((len(line.of(text.text).rstrip()) for line in lines), default=0)
    for run in numbered_runs(list(page_breaks(text.text, lines))):
        if not any(found.goes_on(text.text, width) and found.begins_low(text.text) for found in run):
            continue
        for found in run:
            gap = "\n" if found.goes_on(text.text, width) else "\n\n"
            yield Edit(Span(found.above.end, found.below.start), gap, "furniture.page_number")


def page_breaks(text: str, lines: Sequence[Span]) -> Iterator[PageBreak]:
    """The numbers that stand alone between blank lines, a line in capitals right below them taken with them."""
    filled = [(at, line) for at, line in enumerate(lines) if line.of(text).strip()]
    for place, ((at, line), (under, head)) in enumerate(pairwise(filled)):
        number = NUMBER.fullmatch(line.of(text)) or HEADED.fullmatch(line.of(text))
        if number is None or not place or at == filled[place - 1][0] + 1:
            continue
        last = place + (under == at + 1 and is_head(head.of(text)))
        below = filled[last + 1 : last + 2]
        if below and below[0][0] > filled[last][0] + 1:
            yield PageBreak(int(number[1] or number[2]), filled[place - 1][1], below[0][1])


def is_head(line: str) -> bool:
    """Whether a line can be a running head: in capitals, and short."""
    return line.isupper() and len(line.strip()) <= LONGEST_HEAD


def numbered_runs(found: Sequence[PageBreak]) -> Iterator[list[PageBreak]]:
    """The numbers that follow each other, each one more than the one before it."""
    run: list[PageBreak] = []
    for page in found:
        if run and page.number != run[-1].number + 1:
            yield run
            run = []
        run.append(page)
    if run:
        yield run
