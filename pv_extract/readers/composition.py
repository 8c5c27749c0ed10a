"""Words placed on a page, and the text, word and style runs of a Document made from their lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from pv_extract.document import Document, Markup, Page, upright_size
from pv_extract.readers.source import Source
from pv_extract.readers.styling import Styled, style_runs
from pv_extract.text import Span
from pv_extract.words import Box, Word, Words

NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
"""The box of a word that a file places nowhere on its page."""
HYPHENS = "-‐¬\u00ad"


class Part(StrEnum):
    """What a piece of a scanned page is; the values are the types of blocks in our own ALTO files.

    ``STAMP`` is the receipt that the prefecture's platform prints over a corner of the page, ``SPECK`` what the engine
    read in dust, ruled lines and the strokes of signatures.
    """

    BODY = "column"
    STAMP = "stamp"
    SPECK = "speck"


class Placed(NamedTuple):
    """A word as printed: its characters, box and style, and the OCR confidence (0 to 1) where it has one.

    ``whole`` is the word that it begins, where the file tells: « délibération » of « délibé- ».
    """

    text: str
    box: Box
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    whole: str | None = None


class Line(NamedTuple):
    """A printed line or table row: cells of words, and the box around them."""

    cells: list[list[Placed]]
    box: Box
    part: Part = Part.BODY


GLUE = 0.1
"""Two words this close (in line heights) with one of them raised or small are one word: « 1er »."""


@dataclass
class Composer:
    """Writes pages one after the other and keeps where each word went."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    words: Words = field(default_factory=Words)
    styled: list[Styled] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    apart: list[Span] = field(default_factory=list)
    specks: list[Span] = field(default_factory=list)
    engines: list[str] = field(default_factory=list)

    def page(
        self,
        lines: Iterable[Line | None],
        width: float,
        height: float,
        method: str,
        engine: str | None = None,
        layer_score: float | None = None,
        turns: int = 0,
    ) -> None:
        """Write one page, which this OCR engine has read; None stands for the empty line between two paragraphs.

        ``width`` and ``height`` are those of the page as the source shows it, ``turns`` the quarter turns against the
        clock that set it upright.
        """
        if engine and engine not in self.engines:
            self.engines.append(engine)
        if self.pages:
            self._write("\f")
            self.pages[-1] = replace(self.pages[-1], end=self.length)
        start = self.length
        above: Line | None = None
        for line in lines:
            begin = self.length
            if line is not None and line.part is Part.BODY:
                self._line(line)
                self._rejoin(above, line, begin)
            elif line is not None:
                self._set_apart(line)
            self._write("\n")
            above = line
        number = len(self.pages) + 1
        size = upright_size(round(width, 2), round(height, 2), turns)
        self.pages.append(Page(number, start, self.length, *size, method, layer_score, turns))

    def document(
        self,
        source: Source,
        media_type: str,
        reader: str,
        ocr_language: str | None = None,
    ) -> Document:
        """All that was written, as the Document of a source."""
        return Document(
            name=source.name,
            sha256=source.sha256,
            media_type=media_type,
            reader=reader,
            text="".join(self.parts),
            pages=tuple(self.pages),
            words=self.words,
            styles=style_runs(self.styled),
            markup=tuple(self.markup),
            apart=tuple(self.apart),
            specks=tuple(self.specks),
            ocr_engine=", ".join(self.engines) or None,
            ocr_language=ocr_language if self.engines else None,
        )

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _set_apart(self, line: Line) -> None:
        """Write a line that is no part of the body; its words have no place there."""
        start = self.length
        self._write("\t".join(" ".join(word.text for word in cell) for cell in line.cells))
        (self.specks if line.part is Part.SPECK else self.apart).append(Span(start, self.length))

    def _rejoin(self, above: Line | None, below: Line, end: int) -> None:
        """Note what stands between the halves of a word, where the file tells the whole word."""
        left, right = above.cells[-1][-1:] if above else [], below.cells[0][:1]
        if not left or not left[0].whole or not right:
            return
        stem = left[0].text.rstrip(HYPHENS)
        rest = left[0].whole.removeprefix(stem)
        if rest != left[0].whole and rest.strip(HYPHENS) and right[0].text.startswith(rest.lstrip(HYPHENS)):
            hyphen = "-" if rest[0] in HYPHENS else ""
            self.markup.append(Markup(end - 1 - len(left[0].text) + len(stem), end, hyphen))

    def _line(self, line: Line) -> None:
        run: Styled | None = None
        for index, cell in enumerate(line.cells):
            if index:
                self._write("\t")
            previous: Placed | None = None
            for word in cell:
                if previous and not _glued(previous, word):
                    self._write(" ")
                run = self._word(word, run)
                previous = word
        if run:
            self.styled.append(run)

    def _word(self, word: Placed, run: Styled | None) -> Styled | None:
        """Write the word; return the styled run that it belongs to."""
        start, end = self.length, self.length + len(word.text)
        self._write(word.text)
        if word.box != NOWHERE:
            self.words.append(Word(start, end, word.box, word.confidence))
        if run and (run.bold, run.italic) == (word.bold, word.italic):
            return Styled(run.start, end, run.bold, run.italic)
        if run:
            self.styled.append(run)
        return Styled(start, end, word.bold, word.italic) if word.bold or word.italic else None


def _glued(left: Placed, right: Placed) -> bool:
    """Whether nothing stands between two neighbours of which one is raised or small."""
    a, b = left.box, right.box
    high, low = a.bottom - a.top, b.bottom - b.top
    gap = b.x0 - a.x1
    if gap > GLUE * (high + low) or min(high, low) > 0.8 * max(high, low):
        return False
    return -0.5 * low < gap < GLUE * max(high, low)


def around(words: Sequence[Placed]) -> Box:
    """The box around words, at least one."""
    x0, top, x1, bottom = words[0].box
    for word in words:
        box = word.box
        x0 = box.x0 if box.x0 < x0 else x0
        top = box.top if box.top < top else top
        x1 = box.x1 if box.x1 > x1 else x1
        bottom = box.bottom if box.bottom > bottom else bottom
    return Box(x0, top, x1, bottom)
