"""What ALTO, PAGE and hOCR files have in common: pages of columns of blocks of rows of words, in points."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pv_extract.document import Document, upright_size
from pv_extract.errors import UnreadableSource
from pv_extract.readers import ocr
from pv_extract.readers.composition import NOWHERE, Composer, Line, Part, Placed, around
from pv_extract.readers.source import Source
from pv_extract.words import Box

WORD = re.compile(r"[^ \t\r\n]+")
POINT = re.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")
UNKNOWN_ENGINE = "unknown"
T = TypeVar("T")


@dataclass(frozen=True)
class OcrPage:
    """A page as a file describes it: columns of blocks in reading order, width and height in points.

    ``apart`` are columns that are no part of the body, by what they are; ``turns`` are the quarter turns against the
    clock by which the page was set upright before it was read. Our own files have both.
    """

    columns: Sequence[Sequence[ocr.Block]]
    width: float
    height: float
    apart: Mapping[Part, Sequence[Sequence[ocr.Block]]] = field(default_factory=dict)
    turns: int = 0

    def lines(self) -> list[Line | None]:
        """The lines of the page, laid out as those of the engine; as they stand in a file without boxes."""
        if all(word.box != NOWHERE for column in self.columns for block in column for row in block for word in row):
            return [*ocr.lines_of_columns(self.columns), *ocr.lines_apart(self.apart)]
        lines: list[Line | None] = []
        for block in (block for column in self.columns for block in column):
            lines += [None] * bool(lines) + [Line([row], around(row)) for row in block]
        return lines


@dataclass(frozen=True)
class OcrFile:
    """The pages of a file, the engine and the language that it names."""

    pages: Sequence[OcrPage]
    engine: str | None = None
    language: str | None = None


def document_of(source: Source, files: Iterable[OcrFile], media_type: str, reader: str) -> Document:
    """The pages of the files, one after the other; raises UnreadableSource where no page holds a word."""
    composer = Composer()
    languages: list[str] = []
    for file in files:
        languages += [file.language] if file.language and file.language not in languages else []
        for page in file.pages:
            shown = upright_size(page.width, page.height, page.turns)
            composer.page(page.lines(), *shown, "ocr", file.engine or UNKNOWN_ENGINE, turns=page.turns)
    document = composer.document(source, media_type, reader, ocr_language=", ".join(languages) or None)
    if document.text.isspace() or not document.text:
        raise UnreadableSource(
            f"{source.name} holds no word: it describes pages that were not read, run the OCR that makes it again",
            f"{source.name} ne contient aucun mot : il décrit des pages non lues, relancez l'OCR qui le produit",
        )
    return document


def words_in(
    text: str, box: Box, bold: bool = False, italic: bool = False, confidence: float | None = None
) -> list[Placed]:
    """The words of a text that stands in a box, each with its share of the width."""
    placed: list[Placed] = []
    step = (box.x1 - box.x0) / max(1, len(text))
    for match in WORD.finditer(text):
        place = box
        if box != NOWHERE and len(match[0]) < len(text):
            x0, x1 = (round(box.x0 + step * offset, 2) for offset in match.span())
            place = Box(x0, box.top, x1, box.bottom)
        placed.append(Placed(match[0], place, bold, italic, confidence))
    return placed


def shares(box: Box, texts: Sequence[str]) -> list[Box]:
    """The parts of a line's box that its texts take, a blank between them; NOWHERE for all where it has none."""
    if box == NOWHERE:
        return [NOWHERE] * len(texts)
    step = (box.x1 - box.x0) / max(1, sum(map(len, texts)) + len(texts) - 1)
    parts, at = [], box.x0
    for text in texts:
        parts.append(Box(at, box.top, at + step * len(text), box.bottom))
        at += step * (len(text) + 1)
    return parts


def slices(box: Box, count: int) -> list[Box]:
    """The box of a region cut into lines of equal height; NOWHERE for all where it has none."""
    if box == NOWHERE:
        return [NOWHERE] * count
    step = (box.bottom - box.top) / max(1, count)
    return [Box(box.x0, box.top + step * n, box.x1, box.top + step * (n + 1)) for n in range(count)]


def box_of_points(points: str) -> Box:
    """The box around a polygon such as « 10,20 90,20 90,40 », NOWHERE where there is none."""
    found = [(float(x), float(y)) for x, y in POINT.findall(points)]
    if not found:
        return NOWHERE
    xs, ys = zip(*found, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def scaled(box: Box, scale: float) -> Box:
    """A box of a file in points, of which ``scale`` make one of its units."""
    return Box(*(round(side * scale, 2) for side in box))


def number(text: str | None) -> float | None:
    """The number that an attribute holds; None where it holds none, or one that is no place on a page."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e7 else None


def in_reading_order(items: Sequence[T], names: Sequence[Sequence[str]], places: Mapping[str, int]) -> list[T]:
    """The items sorted by the places of their names; one without a place stays behind the one before it.

    >>> in_reading_order("abc", [["x"], [], ["y"]], {"x": 2, "y": 1})
    ['c', 'a', 'b']
    """
    keys: list[int] = []
    for own in names:
        known = [places[name] for name in own if name in places]
        keys.append(known[0] if known else keys[-1] if keys else -1)
    return [items[index] for index in sorted(range(len(items)), key=keys.__getitem__)]
