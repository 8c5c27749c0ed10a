"""A scanned page made ready for the engine: in columns where rules part it, without its rules and speckle.

An ordinary page goes to the engine as it is; each step is taken where the page itself shows the need for it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFilter

from pv_extract.document import Box
from pv_extract.readers.composition import Part
from pv_extract.readers.dividers import Divider, dividers, stamp_box
from pv_extract.readers.rulings import (
    PAPER,
    SEARCH_DPI,
    Ruling,
    Rulings,
    find_rulings,
    ink_of,
    without_rulings,
)

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

GRAINY = 0.025
"""The share of strokes with a hole of one pixel from which a black-and-white scan has ragged edges.

Clean type has 0.01 to 0.02, a noisy scanner's or a fax's 0.03 to 0.09.
"""
SPECKLED = 0.1
"""The same share from which the type itself is made of grains, as coloured type and photocopies become."""
SOFTENING = 1
"""The radius in pixels that turns ragged edges into greys: half of the words misread on such scans are then read."""
SMOOTHING = 1.6
"""The radius in pixels, at 300 dpi, that turns what grains a median leaves into greys."""
MAJORITY = [0] * 128 + [PAPER] * 128
"""What the most of the pixels around one are, from their mean."""
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


class PageImage(NamedTuple):
    """The image of a page: its file, its resolution in pixels per inch.

    ``turns`` are the quarter turns against the clock by which the page was set upright.
    """

    path: Path
    dpi: float
    turns: int = 0


class Column(NamedTuple):
    """What the engine is given, its left edge on the page in pixels, and its ink on a small copy.

    ``rulings`` are those of the whole page, in the page's pixels; ``cleaned`` says that the image has none. ``part`` is
    the body or a stamp, ``top`` the upper edge on the page.
    """

    image: PageImage
    left: int
    ink: "Picture"
    rulings: Rulings
    cleaned: bool
    part: Part = Part.BODY
    top: int = 0


def columns(image: PageImage, folder: Path) -> list[Column]:
    """The columns of a page, from left to right; most pages are one, their image the file that was given.

    New images are written into the folder.
    """
    with Image.open(image.path) as picture:
        is_bilevel, size = picture.mode == "1", picture.size
        step = _step(image.dpi)
        picture.draft("L", (size[0] // step, size[1] // step))  # a JPEG is decoded small, other formats whole
        greys = picture.convert("L")
    scale = round(size[0] / greys.width)
    rulings = _enlarged(find_rulings(greys, image.dpi / scale), scale)
    rules, stamp = dividers(rulings, size, image.dpi), stamp_box(rulings, size, image.dpi)
    grain = _grain(greys) if is_bilevel else 0.0
    if not rules and not stamp and grain <= GRAINY:
        return [Column(image, 0, ink_of(greys.reduce(max(1, step // scale))), rulings, False)]
    if rules or stamp:
        greys = without_rulings(_greys(image), rulings, image.dpi)
    if grain > GRAINY:
        greys = _evened(greys, grain, image.dpi)
    parts = []
    for number, (part, left, strip) in enumerate(_parts(greys, rules, stamp)):
        path = folder / f"column-{number}.pgm"
        strip.save(path)
        parts.append(Column(PageImage(path, image.dpi), left, ink_of(strip.reduce(step)), rulings, True, part))
    return parts


def _step(dpi: float) -> int:
    return max(1, round(dpi / SEARCH_DPI))


def _greys(image: PageImage) -> "Picture":
    with Image.open(image.path) as picture:
        return picture.convert("L")


def _enlarged(rulings: Rulings, scale: int) -> Rulings:
    return Rulings(*([Ruling(*(scale * side for side in line)) for line in lines] for lines in rulings))


def _grain(page: "Picture") -> float:
    """The share of the strokes of a black-and-white page that have a hole of one pixel."""
    middle = page.crop((0, page.height // 3, page.width, 2 * page.height // 3)).tobytes()
    return middle.count(b"\x00\xff\x00") / max(1, middle.count(b"\xff\x00"))


def _evened(page: "Picture", grain: float, dpi: float) -> "Picture":
    """The page with its ragged edges made greys; a median would wipe out thin strokes that are not speckled."""
    return _smoothed(page, dpi) if grain > SPECKLED else page.filter(ImageFilter.GaussianBlur(SOFTENING))


def _smoothed(page: "Picture", dpi: float) -> "Picture":
    without_grains = page.filter(ImageFilter.BoxBlur(1)).point(
        MAJORITY
    )  # a median of black and white, three times faster
    return without_grains.filter(ImageFilter.GaussianBlur(SMOOTHING * dpi / 300))


def _parts(page: "Picture", rules: list[Divider], stamp: Box | None) -> Iterable[tuple[Part, int, "Picture"]]:
    """The columns of the page, each with its left edge, then what is printed in the stamp."""
    receipt = []
    if stamp:
        x0, top, x1, bottom = (round(side) for side in stamp)
        receipt.append((Part.STAMP, x0, page.crop((x0, top, x1, bottom))))
        page.paste(PAPER, (x0, top, x1, bottom))
    return [*((Part.BODY, *column) for column in _parted(page, rules)), *receipt]


def _parted(page: "Picture", rules: list[Divider]) -> Iterable[tuple[int, "Picture"]]:
    """The page cut along its upright rules, each part with its left edge; a rule may lean."""
    width, height = page.size
    edges = [Divider((0, 0), (0, height)), *rules, Divider((width, 0), (width, height))]
    for left, right in pairwise(edges):
        x0, x1 = (max(0, min(left.at(0), left.at(height))), min(width, max(right.at(0), right.at(height))))
        part = page.crop((x0, 0, x1, height))
        draw = ImageDraw.Draw(part)
        draw.polygon([(0, 0), (left.at(0) - x0, 0), (left.at(height) - x0, height), (0, height)], PAPER)
        edge = (x1 - x0, 0), (right.at(0) - x0, 0), (right.at(height) - x0, height), (x1 - x0, height)
        draw.polygon(edge, PAPER)
        yield x0, part


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
    greys = _greys(column.image)
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
    dpi, step = column.image.dpi, _step(column.image.dpi)
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
