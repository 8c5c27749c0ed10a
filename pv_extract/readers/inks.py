"""Coloured stamps over black text, each taken off the page: what is under it can be read, and what it says too.

In grey, a seal and the letters under it are one blot. In colour they come apart: a pixel of ink on paper is a mixture
of the two, and its chroma (how far its channels differ: none in black, grey and white) tells how much of it is ink.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

from pv_extract.readers.composition import Part
from pv_extract.readers.rulings import PAPER, Rulings
from pv_extract.readers.scan import Column, PageImage
from pv_extract.words import Box

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MODES = frozenset(("RGB", "RGBA", "P", "CMYK", "YCbCr"))
"""The modes of images in colour."""
SMALL_DPI = 75
COLOURED = 40
"""The chroma, in 255 levels, from which a pixel is coloured ink; yellowed paper and the fringes of JPEG have less."""
BLACK, COLOURLESS = 120, 30
"""The brightest channel and the chroma under which a pixel is black ink."""
CELL = 0.1
"""The width in inches of the cells in which coloured ink is looked for; strokes in neighbouring cells are one stamp."""
CELL_INK = 5
"""The mean of a cell, in 255 levels of ink, from which there is ink in it."""
LEAST, MOST = (0.35, 0.35), (4.5, 3.5)
"""The width and height of a stamp in inches."""
FILLED = 0.45
"""The part of its box that a stamp inks at most; the ground of a table's head fills more."""
REACH = 3
"""The width, in pixels of the small copy, of what touches a pixel."""
TOUCHED = 0.003
"""The least area in square inches of black ink that coloured ink touches where a stamp lies over text."""
STRONGEST = 3.0
"""How many levels darker than the paper an ink is, at most, for each level of chroma; beyond, it is all but black."""

TILTS = range(-16, 17, 2)
"""The degrees that stamps are turned against the clock by those who are in a hurry, as far as the engine cares."""

Cell = tuple[int, int]


class Stamp(NamedTuple):
    """A coloured stamp: its box in pixels, and how many levels darker than the paper each level of chroma makes it."""

    box: Box
    strength: float


class Stamps(NamedTuple):
    """The coloured stamps of a page, and the colour of its paper."""

    paper: tuple[int, ...]
    found: list[Stamp]


def stamps_lifted(image: PageImage, folder: Path) -> tuple[PageImage, list[Column]]:
    """The page without the coloured stamps that lie over its text, and these; most pages have none, and come back.

    New images are written into the folder.
    """
    paper, stamps = stamps_over_text(image)
    if not stamps:
        return image, []
    with Image.open(image.path) as picture:
        page = picture.convert("RGB")
    greys, columns = page.convert("L"), []
    for number, (box, strength) in enumerate(stamps):
        x0, top, x1, bottom = (round(side) for side in box)
        colour = chroma(on_white(page.crop((x0, top, x1, bottom)), paper))
        ink = colour.point([min(PAPER, round(strength * level)) for level in range(256)])
        greys.paste(ImageChops.add(greys.crop((x0, top, x1, bottom)), ink), (x0, top))
        printed = level(ink, image.dpi)
        left, above = x0 - (printed.width - ink.width) // 2, top - (printed.height - ink.height) // 2
        file = _saved(ImageChops.invert(printed), image, folder / f"stamp-{number}.pgm")
        columns.append(Column(file, left, printed, Rulings([], []), True, Part.STAMP, above))
    return _saved(greys, image, folder / "lifted.pgm"), columns


def level(ink: "Picture", dpi: float) -> "Picture":
    """The ink of a stamp, turned so that its lines are level: then rows are full of ink or empty."""
    small = ink.reduce(max(1, round(dpi / SMALL_DPI)))

    def contrast(tilt: int) -> float:
        rows = small.rotate(-tilt, expand=True).resize((1, small.height), Image.Resampling.BOX)
        return float(ImageStat.Stat(rows).var[0])

    return ink.rotate(-max(TILTS, key=contrast), Image.Resampling.BICUBIC, expand=True)


def _saved(picture: "Picture", page: PageImage, path: Path) -> PageImage:
    picture.save(path)
    return PageImage(path, page.dpi)


def stamps_over_text(image: PageImage) -> Stamps:
    """The coloured stamps of a page that touch its black ink."""
    with Image.open(image.path) as picture:
        if picture.mode not in MODES:
            return Stamps((), [])
        width, step = picture.width, max(1, round(image.dpi / SMALL_DPI))
        picture.draft("RGB", (width // step, picture.height // step))  # a JPEG is decoded small, other formats whole
        page = picture.convert("RGB")
    page = page.reduce(max(1, step * page.width // width))
    scale, paper = width / page.width, tuple(ImageStat.Stat(page).median)
    page = on_white(page, paper)
    found = (_stamp(page, box, image.dpi / scale) for box in _coloured(page, image.dpi / scale))
    return Stamps(paper, [stamp._replace(box=Box(*(scale * side for side in stamp.box))) for stamp in found if stamp])


def on_white(picture: "Picture", paper: tuple[int, ...]) -> "Picture":
    """A picture as it were on white paper; old paper is yellow, and its colour is no ink's."""
    return picture.point([min(255, level * 255 // max(1, white)) for white in paper for level in range(256)])


def is_coloured(page: "Picture") -> bool:
    """Whether as much of a page as the smallest stamp inks is printed in colour, at 72 pixels an inch or so."""
    return sum(chroma(page).histogram()[COLOURED:]) > TOUCHED * SMALL_DPI**2


def chroma(picture: "Picture") -> "Picture":
    """How far the channels of each pixel differ."""
    red, green, blue = picture.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return ImageChops.subtract(most, ImageChops.darker(ImageChops.darker(red, green), blue))


def _coloured(page: "Picture", dpi: float) -> Iterator[Box]:
    """The boxes of what is printed in colour, as large as stamps are."""
    width = max(1, round(CELL * dpi))
    ink = chroma(page).point([0] * COLOURED + [255] * (256 - COLOURED)).reduce(width)
    inked = {divmod(at, ink.width)[::-1] for at, level in enumerate(ink.tobytes()) if level >= CELL_INK}
    for x0, top, x1, bottom in _joined(map(_around, _neighbourhoods(inked))):
        box = Box(x0 * width, top * width, min(x1 * width, page.width), min(bottom * width, page.height))
        sides = (box.x1 - box.x0) / dpi, (box.bottom - box.top) / dpi
        if all(least <= side <= most for least, side, most in zip(LEAST, sides, MOST, strict=True)):
            yield box


def _neighbourhoods(cells: set[Cell]) -> Iterator[list[Cell]]:
    """The cells that touch each other, group by group."""
    left = set(cells)
    while left:
        group = [left.pop()]
        for x, y in group:
            beside = {(x + dx, y + dy) for dx, dy in product((-1, 0, 1), repeat=2)} & left
            left -= beside
            group += beside
        yield group


def _around(cells: Iterable[Cell]) -> Box:
    columns, rows = zip(*cells, strict=True)
    return Box(min(columns), min(rows), max(columns) + 1, max(rows) + 1)


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """The boxes, those that overlap made one: the arms of a seal stand within its ring."""
    joined: list[Box] = []
    for box in boxes:
        apart = [other for other in joined if not _overlap(box, other)]
        together = [box, *(other for other in joined if other not in apart)]
        x0, top, x1, bottom = zip(*together, strict=True)
        joined = [*apart, Box(min(x0), min(top), max(x1), max(bottom))]
    return sorted(joined)


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _stamp(page: "Picture", box: Box, dpi: float) -> Stamp | None:
    """The stamp in a box, None where what is printed there in colour does not lie over black text."""
    part = page.crop(tuple(round(side) for side in box))  # type: ignore[arg-type]
    colour = chroma(part)
    inked = colour.point([0] * COLOURED + [255] * (256 - COLOURED))
    dull = colour.point([255] * COLOURLESS + [0] * (256 - COLOURLESS))
    red, green, blue = (band.point([255] * BLACK + [0] * (256 - BLACK)) for band in part.split())
    black = ImageChops.darker(ImageChops.darker(red, green), ImageChops.darker(blue, dull))
    touched = ImageChops.darker(black, inked.filter(ImageFilter.MaxFilter(REACH)))
    if inked.histogram()[255] > FILLED * part.width * part.height or touched.histogram()[255] < TOUCHED * dpi**2:
        return None
    depth = ImageChops.invert(part.convert("L"))
    strength = ImageStat.Stat(depth, inked).mean[0] / ImageStat.Stat(colour, inked).mean[0]
    return Stamp(box, strength) if strength <= STRONGEST else None
