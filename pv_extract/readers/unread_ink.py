"""Ink on which the engine read nothing: lines of it are worth a second look."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw

from pv_extract.readers.rulings import PAPER, without_rulings
from pv_extract.readers.scan import Column, PageImage, greys_of, step_of
from pv_extract.words import Box

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LINE_HEIGHTS = (0.5, 2.5)
"""Heights of what may be a line of text, in heights of the page's words."""
LINE_LENGTH = 0.3
"""The least length in inches of ink without words that is worth a second look."""
LINE_INK = (0.08, 0.6)
"""The part of a line of text that is ink; a stroke of the pen has less, a picture more."""
MARGIN = 0.1
"""The white in inches that is left around such lines: the engine takes ink at the edge of an image for dirt."""

Corners = tuple[int, int, int, int]
"""A part of an image in pixels: left, top, right, bottom."""


class Missed(NamedTuple):
    """An image of the lines that the engine has not read, and where its corner lies in that of the column."""

    image: PageImage
    left: int
    top: int


def unread(column: Column, words: Iterable[Box], folder: Path) -> Missed | None:
    """The lines of ink on which the engine found no word, None where there is none."""
    boxes = list(words)
    found = list(_lines_without_words(column, boxes)) if boxes else []
    if not found:
        return None
    greys = greys_of(column.image)
    if not column.cleaned:
        greys = without_rulings(greys, column.rulings, column.image.dpi)
    sheet = Image.new("L", greys.size, PAPER)
    for line in found:
        sheet.paste(greys.crop(line), line[:2])
    draw = ImageDraw.Draw(sheet)
    for box in boxes:
        draw.rectangle([round(side) for side in box], PAPER)
    around = _around(found, round(MARGIN * column.image.dpi), sheet.size)
    path = folder / f"unread-{column.left}.pgm"
    sheet.crop(around).save(path)
    return Missed(PageImage(path, column.image.dpi), *around[:2])


def _around(lines: Sequence[Corners], margin: int, size: tuple[int, int]) -> Corners:
    """The part of an image with all these lines, and a margin around them."""
    x0, top, x1, bottom = zip(*lines, strict=True)
    return (
        max(0, min(x0) - margin),
        max(0, min(top) - margin),
        min(size[0], max(x1) + margin),
        min(size[1], max(bottom) + margin),
    )


def _lines_without_words(column: Column, boxes: Sequence[Box]) -> Iterable[Corners]:
    """The lines of ink outside the boxes of words, in pixels of the column."""
    dpi, step = column.image.dpi, step_of(column.image.dpi)
    height = median(box.bottom - box.top for box in boxes) / step
    small = column.ink.copy()
    draw = ImageDraw.Draw(small)
    if not column.cleaned:
        for ruling in (*column.rulings.horizontal, *column.rulings.vertical):
            x0, top, x1, bottom = (side // step for side in ruling)
            draw.rectangle((x0 - 2, top - 2, x1 + 2, bottom + 2), PAPER)
    for box in boxes:
        draw.rectangle([round(side / step) + grow for side, grow in zip(box, (-2, -2, 2, 2), strict=True)], PAPER)
    edges = round(min(box.x0 for box in boxes) / step), round(max(box.x1 for box in boxes) / step)
    for line in _lines_of_ink(small, height, edges):
        if _is_text(small, line, dpi / step):
            x0, top = round((line.x0 - 3) * step), round((line.top - 3) * step)
            yield x0, top, round((line.x1 + 3) * step), round((line.bottom + 3) * step)


def _lines_of_ink(ink: "Picture", height: float, edges: tuple[int, int]) -> Iterable[Box]:
    """Bands of rows with ink, between two edges, that are as high as a line of text (``height``: that of a word)."""
    left, right = edges
    ink = ink.crop((left, 0, right, ink.height))
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    top = None
    for y, level in enumerate([*rows, PAPER]):
        if level < PAPER - 1 and top is None:
            top = y
        elif level >= PAPER - 1 and top is not None:
            if LINE_HEIGHTS[0] * height <= y - top <= LINE_HEIGHTS[1] * height:
                inside = ink.crop((0, top, ink.width, y)).point([255] * 255 + [0]).getbbox()
                if inside:
                    yield Box(left + inside[0], top + inside[1], left + inside[2], top + inside[3])
            top = None


def _is_text(ink: "Picture", line: Box, dpi: float) -> bool:
    if line.x1 - line.x0 < LINE_LENGTH * dpi:
        return False
    part = ink.crop((int(line.x0), int(line.top), int(line.x1), int(line.bottom)))
    filled = part.histogram()[0] / (part.width * part.height)
    return LINE_INK[0] <= filled <= LINE_INK[1]
