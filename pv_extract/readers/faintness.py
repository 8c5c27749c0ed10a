"""Faint pages: grey type on grey paper, as carbon copies and worn copiers leave it, made dark for the engine."""

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

from pv_extract.readers.scan import PageImage

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FAINT = (40, 80)
"""How much darker than the paper, in 255 levels, the darkest hundredth of a faint page is; a blank back has less."""
INK = 0.01
"""The part of a page that is surely ink where there is text."""
GRAIN = 4
"""How many times smaller the copy is on which the paper between the letters is seen."""
LETTER = 9
"""The width of what is taken for letters on that copy, in its pixels."""


def darkened(image: PageImage, folder: Path) -> PageImage | None:
    """The image of a faint page with its type as dark as ink, its paper white; None where the page is not faint."""
    with Image.open(image.path) as picture:
        if picture.mode == "1":
            return None
        page = picture.convert("L")
    contrast = _level(page, 0.5) - _level(page, INK)
    if not FAINT[0] <= contrast < FAINT[1]:
        return None
    depth = ImageChops.subtract(_paper(page), page)
    path = folder / "darkened.pgm"
    depth.point([255 - min(255, round(255 * level / contrast)) for level in range(256)]).save(path)
    return PageImage(path, image.dpi)


def _paper(page: "Picture") -> "Picture":
    """What the page would be without its letters: its paper, with shadows and yellowed edges."""
    small = page.reduce(GRAIN).filter(ImageFilter.MedianFilter(LETTER)).filter(ImageFilter.GaussianBlur(LETTER))
    return small.resize(page.size, Image.Resampling.BILINEAR)


def _level(page: "Picture", share: float) -> int:
    """The level under which a share of the page lies."""
    left = share * page.width * page.height
    for level, pixels in enumerate(page.histogram()):
        left -= pixels
        if left <= 0:
            return level
    return 255
