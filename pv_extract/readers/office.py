"""What ODT and DOCX have in common: XML in a ZIP archive, made into paragraphs, cells and styles."""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from pv_extract.document import Document, Page
from pv_extract.errors import UnreadableSource
from pv_extract.readers.safe_xml import parse_xml
from pv_extract.readers.source import Source
from pv_extract.readers.styling import Styled, style_runs
from pv_extract.text import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_MEMBER = 200_000_000
"""Bytes of XML that no minutes reach: more is an attack (a « ZIP bomb »)."""
DAMAGE = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error)
"""What zipfile raises for an archive that is damaged, locked, or packed in a way it does not know."""
LAYOUT_CELLS, LAYOUT_PARAGRAPHS = 6, 3
"""A table of few cells with many paragraphs each lays out a page, it tabulates nothing."""


class Run(NamedTuple):
    """Characters of one style."""

    text: str
    bold: bool = False
    italic: bool = False


Paragraph = list[Run]
Cell = list[Paragraph]


@dataclass
class Writer:
    """Writes paragraphs and tables one after the other, and keeps their styles."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    styled: list[Styled] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def paragraph(self, runs: Iterable[Run]) -> None:
        """Write a paragraph and its line end; an empty one is an empty line."""
        for text, bold, italic in runs:
            if text and (bold or italic):
                self.styled.append(Styled(self.length, self.length + len(text), bold, italic))
            self._write(text)
        self._write("\n")

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write one line a row, cells apart; or, for a table that lays out the page, cell after cell."""
        cells = [cell for row in rows for cell in row if any(is_visible(p) for p in cell)]
        if cells and len(cells) <= LAYOUT_CELLS and _mean_length(cells) > LAYOUT_PARAGRAPHS:
            columns = max(len(row) for row in rows)
            for column in range(columns):
                for row in rows:
                    if column < len(row):
                        self._cell_as_text(row[column])
            return
        for row in rows:
            self.paragraph(_joined([_joined(cell, " ") for cell in row], "\t"))

    def apart(self, paragraphs: Iterable[Paragraph]) -> None:
        """Keep paragraphs that are no part of the body (a header, a footer, a note), each text once."""
        for paragraph in paragraphs:
            text = " ".join("".join(run.text for run in paragraph).split())
            if text and text not in self.aside:
                self.aside.append(text)

    def document(self, source: Source, media_type: str, reader: str) -> Document:
        """All that was written, what stands apart at its end; raises UnreadableSource where no body is visible."""
        text = "".join(self.parts)
        if not text or text.isspace():
            raise UnreadableSource(
                f"{source.name} holds no text (pictures only?): export it to PDF, which OCR can read",
                f"{source.name} ne contient aucun texte (que des images ?) : exportez-le en PDF, que l'OCR peut lire",
            )
        apart = []
        for paragraph in self.aside:
            text += "\n"
            apart.append(Span(len(text), len(text) + len(paragraph)))
            text += f"{paragraph}\n"
        return Document(
            name=source.name,
            sha256=source.sha256,
            media_type=media_type,
            reader=reader,
            text=text,
            pages=(Page(1, 0, len(text)),),
            styles=style_runs(self.styled),
            apart=tuple(apart),
        )

    def _cell_as_text(self, cell: Cell) -> None:
        for paragraph in cell:
            self.paragraph(paragraph)
        self.paragraph([])

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def members(source: Source, pattern: str) -> Iterator["_Element"]:
    """The roots of the XML files of the archive whose names match, in the order of their names."""
    with ZipFile(BytesIO(source.data)) as archive:
        names = sorted(name for name in archive.namelist() if re.fullmatch(pattern, name))
    for name in names:
        if (root := member(source, name)) is not None:
            yield root


def integer(text: str | None, otherwise: int) -> int:
    """The number that an attribute holds, the other one where it holds none."""
    return int(text) if text and text.isdecimal() else otherwise


def is_visible(paragraph: Paragraph) -> bool:
    """Whether a paragraph prints anything."""
    return any(run.text.strip() for run in paragraph)


def _mean_length(cells: Sequence[Cell]) -> float:
    return sum(sum(map(is_visible, cell)) for cell in cells) / len(cells)


def _joined(paragraphs: Iterable[Paragraph], separator: str) -> Paragraph:
    """The runs of several paragraphs as one, without their line ends; empty ones count for cells only."""
    joined: Paragraph = []
    for index, paragraph in enumerate(p for p in paragraphs if separator == "\t" or is_visible(p)):
        if index:
            joined.append(Run(separator))
        joined += (Run(_on_one_line(run.text), run.bold, run.italic) for run in paragraph)
    return joined


def _on_one_line(text: str) -> str:
    return text if text == "\t" else text.replace("\n", " ").replace("\t", " ")


def member(source: Source, name: str) -> "_Element | None":
    """The root of an XML file of the archive, None where there is none.

    Raises UnreadableSource for a damaged, locked, unsafe or suspiciously large one.
    """
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            if name not in archive.namelist():
                return None
            with archive.open(name) as stream:
                data = stream.read(LARGEST_MEMBER + 1)
    except DAMAGE:
        data = b""
    if not 0 < len(data) <= LARGEST_MEMBER:
        raise UnreadableSource(
            f"{source.name} is damaged or locked: open it in a word processor and save it again",
            f"{source.name} est endommagé ou protégé : ouvrez-le dans un traitement de texte et "
            "enregistrez-le de nouveau",
        )
    return parse_xml(Source(source.name, data))
