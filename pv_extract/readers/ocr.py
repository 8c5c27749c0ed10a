"""The words of a page image, column after column, and the lines that they make."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from pv_extract.readers.composition import Line, Part, Placed, around
from pv_extract.readers.engine import Layout, OcrWord, recognise
from pv_extract.readers.faintness import darkened
from pv_extract.readers.greys import in_grey
from pv_extract.readers.gutters import parted
from pv_extract.readers.inks import stamps_lifted
from pv_extract.readers.layout import arrange_rows, goes_on_below, paragraphs, side_by_side
from pv_extract.readers.list_numbers import rejoined
from pv_extract.readers.markings import with_rules_apart, with_underlines
from pv_extract.readers.rows import merge_rows
from pv_extract.readers.scan import Column, PageImage, columns
from pv_extract.readers.skew import leaning, sheared, slope_of
from pv_extract.readers.underlined_titles import with_titles_read_again
from pv_extract.readers.unread_ink import unread
from pv_extract.words import Box

SPECK = 0.4
"""A line of fewer letters and no digit that is read with less confidence is dust, or a piece of a signature."""
GRAIN = 0.4
"""A letter or figure less high than this share of its line, and read with less confidence than that, is dust."""
DOTS, DOT_GAP = frozenset(".,:;'`‘’"), 2.0
"""What the engine reads in a dot, and how far from the words of its line, in their heights, it is none of them."""
LEAST_LETTERS = 4
SURE = 0.6
"""A line of a second look has at least so many letters and this confidence; else it is no text."""


PARTS = list(Part)
"""The body first, what stands apart from it behind."""

Block = list[list[Placed]]
"""Rows of words, from top to bottom."""


def lines_of(words: Iterable[OcrWord], scale: float) -> list[Line | None]:
    """The lines that the engine saw, in points (``scale`` points a pixel), and the gaps of paragraphs."""
    parts: dict[Part, list[list[Block]]] = {part: [] for part in Part}
    for (part, _), column in groupby(words, key=lambda w: (w.part, w.column)):
        parts[part].append(list(_blocks(column, scale)))
    return [*lines_of_columns(parts.pop(Part.BODY)), *lines_apart(parts)]


def _blocks(column: Iterable[OcrWord], scale: float) -> Iterator[Block]:
    for _, block in groupby(column, key=lambda w: w.block):
        rows = groupby(block, key=lambda w: (w.paragraph, w.line))
        yield [[_placed(word, scale) for word in row] for _, row in rows]


def lines_of_columns(columns: Iterable[Iterable[Block]]) -> list[Line | None]:
    """The lines of columns of blocks, in their order; blocks that are columns of one table are put side by side."""
    page = [list(column) for column in columns]
    slope = slope_of(row for column in page for block in column for row in block)
    if not slope:
        return _laid_out(page)
    straight = [[[sheared(row, slope) for row in block] for block in column] for column in page]
    return [line and leaning(line, slope) for line in _laid_out(straight)]


def lines_apart(parts: Mapping[Part, Iterable[Iterable[Block]]]) -> list[Line | None]:
    """The lines of what is no part of the body: in no table, and behind the page's own lines."""
    return [
        Line([row], around(row), part)
        for part, columns in parts.items()
        for column in columns
        for block in column
        for row in block
    ]


def _laid_out(columns: Iterable[list[Block]]) -> list[Line | None]:
    lines: list[Line | None] = []
    for column in (part for whole in columns for part in parted(whole)):
        for rows in _with_tables(rejoined(column)):
            lines += [None] * bool(lines) + list(paragraphs(arrange_rows(rows)))
    return [line for before, line in pairwise([None, *lines]) if line or not before or not _announces(before)]


def _announces(line: Line) -> bool:
    """Whether a line says what stands under it: « Date de la convocation : »."""
    return len(line.cells) == 1 and line.cells[0][-1].text.endswith(":")


def _with_tables(column: Iterable[Block]) -> list[Block]:
    blocks: list[Block] = []
    for rows in column:
        if blocks and (side_by_side(blocks[-1], rows) or side_by_side(rows, blocks[-1])):
            blocks[-1] = merge_rows(blocks[-1] + rows)
        elif blocks and goes_on_below(blocks[-1], rows):
            blocks[-1] = blocks[-1] + rows
        else:
            blocks.append(rows)
    return blocks


def _placed(word: OcrWord, scale: float) -> Placed:
    box = Box(*(round(side * scale, 2) for side in word.box))
    return Placed(word.text, box, bold=word.underlined, confidence=word.confidence)


def words_of_image(image: PageImage, lang: str) -> list[OcrWord]:
    """The words of a page, column after column, each in the engine's reading order.

    A faint page is read as it is and darkened; the reading with more letters that the engine is sure of is kept.
    """
    with TemporaryDirectory(prefix="pv-extract-") as name:
        page, stamps = stamps_lifted(image, Path(name))
        page = in_grey(page, Path(name))
        words = _words_of_columns(page, stamps, lang, Path(name))
        dark = darkened(page, Path(name))
        if dark:
            words = max(words, _words_of_columns(dark, stamps, lang, Path(name)), key=_sure_letters)
    return sorted(words, key=lambda w: PARTS.index(w.part))


def _words_of_columns(image: PageImage, stamps: Iterable[Column], lang: str, folder: Path) -> list[OcrWord]:
    words: list[OcrWord] = []
    body = columns(image, folder)
    for number, column in enumerate((*body, *stamps)):
        read = recognise(column.image, lang)
        boxes = (word.box for word in read)
        missed = unread(column, boxes, folder) if column.part is Part.BODY else None
        if missed:
            again = recognise(missed.image, lang, Layout.LINES)
            read = _with_missed(
                read, [word._replace(box=_shifted(word.box, missed.left, missed.top)) for word in again]
            )
        moved = [_moved(word, number, column) for word in _with_specks(read)]
        words += with_underlines(with_rules_apart(moved, column.rulings, image.dpi), column.rulings)
    return with_titles_read_again(words, image, body[0].rulings, lang, folder)


def _sure_letters(words: Iterable[OcrWord]) -> int:
    return sum(len(word.text) for word in words if word.confidence >= SURE)


def _with_specks(words: Iterable[OcrWord]) -> Iterator[OcrWord]:
    """The words, those of lines that are hardly text marked as specks."""
    for line in _lines(words):
        tallest = max(map(_height, line))
        yield from _marked(line) if _is_speck(line) else (_without_grain(w, tallest) for w in _without_dots(line))


def _without_dots(line: list[OcrWord]) -> list[OcrWord]:
    """The words of a line, a point or colon far beyond its last word marked as a speck."""
    if len(line) < 2 or line[-1].text not in DOTS:
        return line
    gap = line[-1].box.x0 - line[-2].box.x1
    return [*line[:-1], *_marked(line[-1:])] if gap > DOT_GAP * _height(line[-2]) else line


def _without_grain(word: OcrWord, tallest: float) -> OcrWord:
    grain = len(word.text) == 1 and word.text.isalnum() and _height(word) < GRAIN * tallest
    return word._replace(part=Part.SPECK) if grain and word.confidence < SPECK else word


def _is_speck(line: list[OcrWord]) -> bool:
    text = "".join(word.text for word in line)
    letters, has_digit = sum(c.isalpha() for c in text), any(c.isdigit() for c in text)
    return not has_digit and letters < LEAST_LETTERS and _confidence(line) < SPECK


def _marked(line: Iterable[OcrWord]) -> list[OcrWord]:
    return [word._replace(part=Part.SPECK) for word in line]


def _lines(words: Iterable[OcrWord]) -> Iterator[list[OcrWord]]:
    return (list(line) for _, line in groupby(words, key=lambda w: (w.block, w.paragraph, w.line)))


def _confidence(line: Iterable[OcrWord]) -> float:
    """The mean confidence of the words, long ones counting for more."""
    weights = [(len(word.text), word.confidence) for word in line]
    return sum(length * sure for length, sure in weights) / sum(length for length, _ in weights)


def _moved(word: OcrWord, number: int, column: Column) -> OcrWord:
    part = column.part if word.part is Part.BODY else word.part
    return word._replace(box=_shifted(word.box, column.left, column.top), column=number, part=part)


def _shifted(box: Box, left: int, top: int) -> Box:
    return Box(box.x0 + left, box.top + top, box.x1 + left, box.bottom + top)


def _with_missed(read: list[OcrWord], missed: list[OcrWord]) -> list[OcrWord]:
    """The words with the lines of a second look put in at their height, each a block of its own; unsure ones last."""
    last = max((word.block for word in read), default=0)
    words, specks = list(read), list[OcrWord]()
    for block, words_of_line in enumerate(_lines(missed), last + 1):
        line = [word._replace(block=block) for word in words_of_line]
        letters = sum(c.isalnum() for word in line for c in word.text)
        if letters < LEAST_LETTERS or _confidence(line) < SURE:
            specks += _marked(line)
            continue
        place = _place(words, min(word.box.top for word in line))
        words[place:place] = line
    return words + specks


def _place(words: list[OcrWord], top: float) -> int:
    """Where a line that begins at this height goes: after the last word that stands above it."""
    above = [index for index, word in enumerate(words) if word.box.bottom <= top + 0.5 * _height(word)]
    return above[-1] + 1 if above else 0


def _height(word: OcrWord) -> float:
    return word.box.bottom - word.box.top
