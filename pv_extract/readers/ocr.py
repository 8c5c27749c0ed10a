"""The words of a page image, column after column, and the lines that they make."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from pv_extract.document import Box
from pv_extract.readers.composition import Line, Placed
from pv_extract.readers.engine import Layout, OcrWord, recognise
from pv_extract.readers.gutters import parted
from pv_extract.readers.layout import arrange_rows, merge_rows, paragraphs, side_by_side
from pv_extract.readers.markings import with_underlines, without_rules
from pv_extract.readers.scan import PageImage, columns, unread
from pv_extract.readers.skew import leaning, sheared, slope_of

SPECK = 0.4
"""A line of fewer letters and no digit that is read with less confidence is dust, or a piece of a signature."""
LEAST_LETTERS = 4
SURE = 0.6
"""A line of a second look has at least so many letters and this confidence; else it is no text."""


Block = list[list[Placed]]
"""Rows of words, from top to bottom."""


def lines_of(words: Iterable[OcrWord], scale: float) -> list[Line | None]:
    """The lines that the engine saw, in points (``scale`` points a pixel), and the gaps of paragraphs."""
    columns = groupby(words, key=lambda w: w.column)
    return lines_of_columns(_blocks(column, scale) for _, column in columns)


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


def _laid_out(columns: Iterable[list[Block]]) -> list[Line | None]:
    lines: list[Line | None] = []
    for column in (part for whole in columns for part in parted(whole)):
        for rows in _with_tables(column):
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
        else:
            blocks.append(rows)
    return blocks


def _placed(word: OcrWord, scale: float) -> Placed:
    box = Box(*(round(side * scale, 2) for side in word.box))
    return Placed(word.text, box, bold=word.underlined, confidence=word.confidence)


def words_of_image(image: PageImage, lang: str) -> list[OcrWord]:
    """The words of a page, column after column, each in the engine's reading order."""
    words: list[OcrWord] = []
    with TemporaryDirectory(prefix="pv-extract-") as name:
        for number, column in enumerate(columns(image, Path(name))):
            read = recognise(column.image, lang)
            missed = unread(column, (word.box for word in read), Path(name))
            if missed:
                read = _with_missed(read, recognise(missed, lang, Layout.LINES))
            moved = [_moved(word, number, column.left) for word in _without_specks(read)]
            words += with_underlines(without_rules(moved, column.rulings, image.dpi), column.rulings)
    return words


def _without_specks(words: Iterable[OcrWord]) -> Iterator[OcrWord]:
    for _, group in groupby(words, key=lambda w: (w.block, w.paragraph, w.line)):
        line = list(group)
        text = "".join(word.text for word in line)
        letters, has_digit = sum(c.isalpha() for c in text), any(c.isdigit() for c in text)
        if has_digit or letters >= LEAST_LETTERS or _confidence(line) >= SPECK:
            yield from line


def _confidence(line: Iterable[OcrWord]) -> float:
    """The mean confidence of the words, long ones counting for more."""
    weights = [(len(word.text), word.confidence) for word in line]
    return sum(length * sure for length, sure in weights) / sum(length for length, _ in weights)


def _moved(word: OcrWord, column: int, left: int) -> OcrWord:
    x0, top, x1, bottom = word.box
    return word._replace(box=Box(x0 + left, top, x1 + left, bottom), column=column)


def _with_missed(read: list[OcrWord], missed: list[OcrWord]) -> list[OcrWord]:
    """The words with the lines of a second look put in at their height, each a block of its own."""
    block = max((word.block for word in read), default=0)
    words = list(read)
    for _, group in groupby(missed, key=lambda w: (w.block, w.paragraph, w.line)):
        line = list(group)
        letters = sum(c.isalnum() for word in line for c in word.text)
        if letters < LEAST_LETTERS or _confidence(line) < SURE:
            continue
        block += 1
        place = _place(words, min(word.box.top for word in line))
        words[place:place] = [word._replace(block=block) for word in line]
    return words


def _place(words: list[OcrWord], top: float) -> int:
    """Where a line that begins at this height goes: after the last word that stands above it."""
    above = [index for index, word in enumerate(words) if word.box.bottom <= top + 0.5 * _height(word)]
    return above[-1] + 1 if above else 0


def _height(word: OcrWord) -> float:
    return word.box.bottom - word.box.top
