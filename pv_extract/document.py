r"""A document as read: its text, and where on which page every character stands.

All offsets are half-open character offsets into ``Document.text``. The conventions of that text: ``\n``
ends a line, ``\t`` separates the cells of a table row or the columns of a line, ``\f`` ends a page.
Boxes are in points (1/72 inch) from the top left corner of the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pv_extract.text import Span
from pv_extract.words import Box, Word, Words

if TYPE_CHECKING:
    from array import array


class Style(NamedTuple):
    """A run of characters that are printed bold or in italics."""

    start: int
    end: int
    bold: bool
    italic: bool


class Markup(NamedTuple):
    """Characters of the source that are notation, not text: ``**``, ``<i>``, the pipes of a table.

    ``after`` is what they stand for in the text: nothing, or the tab that separates two cells.
    """

    start: int
    end: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points (0 where the source has none), its part of the text.

    Size and boxes are those of the page the right way up; ``turns`` are the quarter turns against the clock by which
    it was set so, where the source shows it on its side or on its head.

    ``method`` says how it was read: ``text`` (the source is text), ``layer`` (text layer of a PDF), ``ocr``,
    ``unread`` (it needs OCR, which was not asked for). ``layer_score`` is the share (0 to 1) of the words of a poor
    text layer that look French, None where the layer is good or there is none.
    """

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    method: str = "text"
    layer_score: float | None = None
    turns: int = 0

    def shown(self, box: Box) -> Box:
        """A box of the page the right way up, where it lies on the page as the source shows it.

        >>> Page(1, 0, 0, 842, 595, turns=1).shown(Box(72, 50, 300, 60))
        Box(x0=535, top=72, x1=545, bottom=300)
        """
        x0, top, x1, bottom = box
        if self.turns == 1:
            return Box(self.height - bottom, x0, self.height - top, x1)
        if self.turns == 2:
            return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return Box(top, self.width - x1, bottom, self.width - x0) if self.turns else box


def upright_size(width: float, height: float, turns: int) -> tuple[float, float]:
    """The width and height of a page once it is set upright by quarter turns."""
    return (height, width) if turns % 2 else (width, height)


@dataclass(frozen=True)
class Document:
    """One source, read. ``pages`` cover the text without gap; words, styles, markup and ``apart`` are in order.

    ``apart`` are the spans that the source itself says are no part of its body: headers, footers, notes, the stamp of
    the prefecture. ``specks`` are what OCR read where there is hardly text: dust, ruled lines, signatures.
    """

    name: str
    sha256: str
    media_type: str
    reader: str
    text: str
    pages: tuple[Page, ...]
    words: Sequence[Word] = ()
    styles: tuple[Style, ...] = ()
    markup: tuple[Markup, ...] = ()
    apart: tuple[Span, ...] = ()
    specks: tuple[Span, ...] = ()
    ocr_engine: str | None = None
    ocr_language: str | None = None

    def __post_init__(self) -> None:
        edges = [0, *(page.end for page in self.pages)]
        if [page.start for page in self.pages] != edges[:-1] or edges[-1] != len(self.text):
            raise ValueError("pages must cover the text without gap or overlap")
        if not self._words.are_in_order(len(self.text)):
            check_order(self.words, len(self.text))
        for runs in (self.styles, self.markup):
            check_order(runs, len(self.text))

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    @cached_property
    def _words(self) -> Words:
        return self.words if isinstance(self.words, Words) else Words(self.words)

    @cached_property
    def _word_starts(self) -> "array[int]":
        return self._words.starts

    @cached_property
    def _style_starts(self) -> list[int]:
        return [style.start for style in self.styles]

    def page_at(self, offset: int) -> Page:
        """The page on which the character at ``offset`` stands."""
        return self.pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def words_on(self, page: Page) -> Sequence[Word]:
        """The words of a page."""
        first, last = self._standing_on(page)
        return self.words[first:last]

    def right_sides(self, page: Page) -> "array[float]":
        """Where the words of a page end, in points from its left."""
        return self._words.rights(*self._standing_on(page))

    def _standing_on(self, page: Page) -> tuple[int, int]:
        """The index of the first word of a page, and of the first behind it."""
        return bisect_left(self._word_starts, page.start), bisect_left(self._word_starts, page.end)

    def words_in(self, span: Span) -> Sequence[Word]:
        """The words that the span touches."""
        first, last = self._touched(span)
        return self.words[first:last]

    def ends_of(self, span: Span) -> tuple[Word, Word] | None:
        """The first and the last word that the span touches."""
        first, last = self._touched(span)
        return (self._words[first], self._words[last - 1]) if first < last else None

    def _touched(self, span: Span) -> tuple[int, int]:
        """The index of the first word that the span touches, and of the first behind it."""
        first = max(0, bisect_right(self._word_starts, span.start) - 1)
        last = bisect_right(self._word_starts, span.end - 1)
        return first + (first < last and self._words.end(first) <= span.start), last

    def box_of(self, span: Span) -> Box | None:
        """The box around the words of the span that stand on its first page, set upright; None if none is known."""
        first, last = self._touched(span)
        last = min(last, bisect_left(self._word_starts, self.page_at(span.start).end))
        return self._words.around(first, last) if first < last else None

    def shown_box_of(self, span: Span) -> Box | None:
        """The same, where it lies on the page as the source shows it."""
        box = self.box_of(span)
        return self.page_at(span.start).shown(box) if box else None

    def confidence_of(self, span: Span) -> float | None:
        """The lowest OCR confidence among the words of the span, None where the source is not OCR'd here."""
        return min(self.confidences_in(span), default=None)

    def confidences_in(self, span: Span) -> list[float]:
        """The OCR confidences of the words of the span, none where the source is not OCR'd here."""
        return self._words.confidences(*self._touched(span))

    def style_share(self, span: Span) -> tuple[float, float]:
        """The shares (0 to 1) of the span's visible characters that are bold, and that are in italics."""
        visible = visible_characters(self.text[span.start : span.end])
        if not visible:
            return 0.0, 0.0
        first = max(0, bisect_right(self._style_starts, span.start) - 1)
        bold = italic = 0
        for style in self.styles[first : bisect_left(self._style_starts, span.end)]:
            part = self.text[max(style.start, span.start) : min(style.end, span.end)]
            count = visible_characters(part)
            bold += count * style.bold
            italic += count * style.italic
        return bold / visible, italic / visible

    @property
    def mean_confidence(self) -> float | None:
        """The mean OCR confidence (0 to 1) of all words, None where no page was OCR'd."""
        known = self._words.confidences()
        return round(sum(known) / len(known), 4) if known else None


def visible_characters(text: str) -> int:
    """The number of characters that are no blanks."""
    return sum(map(len, text.split()))


def check_order(runs: Sequence[Word | Style | Markup], length: int) -> None:
    """Raise ValueError unless the runs are in order, apart, not empty and inside the text."""
    last = 0
    for run in runs:
        if not last <= run.start < run.end <= length:
            raise ValueError(f"misplaced run {run!r} in a text of {length} characters")
        last = run.end
