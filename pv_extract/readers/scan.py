"""A scanned page made ready for the engine: in columns where rules part it, without its rules and speckle.

An ordinary page goes to the engine as it is; each step is taken where the page itself shows the need for it.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFilter

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
from pv_extract.words import Box

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
        step = step_of(image.dpi)
        picture.draft("L", (size[0] // step, size[1] // step))  # a JPEG is decoded small, other formats whole
        greys = picture.convert("L")
    scale = round(size[0] / greys.width)
    rulings = _enlarged(find_rulings(greys, image.dpi / scale), scale)
    rules, stamp = dividers(rulings, size, image.dpi), stamp_box(rulings, size, image.dpi)
    grain = _grain(greys) if is_bilevel else 0.0
    if not rules and not stamp and grain <= GRAINY:
        return [Column(image, 0, ink_of(greys.reduce(max(1, step // scale))), rulings, False)]
    if rules or stamp:
        greys = without_rulings(greys_of(image), rulings, image.dpi)
    if grain > GRAINY:
        greys = _evened(greys, grain, image.dpi)
    parts = []
    for number, (part, left, strip) in enumerate(_parts(greys, rules, stamp)):
        path = folder / f"column-{number}.pgm"
        strip.save(path)
        parts.append(Column(PageImage(path, image.dpi), left, ink_of(strip.reduce(step)), rulings, True, part))
    return parts


def step_of(dpi: float) -> int:
    """How many pixels of an image are one of the small copy on which ink is searched."""
    return max(1, round(dpi / SEARCH_DPI))


def greys_of(image: PageImage) -> "Picture":
    """The page in grey."""
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
