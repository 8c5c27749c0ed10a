"""Scans in colour of pages without any: given to the engine in grey, which it reads in three quarters of the time."""

from pathlib import Path

from PIL import Image

from pv_extract.readers.inks import MODES, SMALL_DPI, chroma
from pv_extract.readers.scan import PageImage

TINGED = 20
"""The chroma, in 255 levels, from which a pixel is not grey: much of yellowed paper has it, where it is stained."""
FEW = 0.003
"""The part of a page that is tinged where there are signatures at most.

On yellowed paper worn type is darker in one colour than in grey: seven typescripts had 4 % more errors in grey.
"""


def in_grey(image: PageImage, folder: Path) -> PageImage:
    """The page in grey, written into the folder, where next to nothing of it is coloured; else the page as it is."""
    if not _is_colourless(image):
        return image
    path = folder / "grey.pgm"
    with Image.open(image.path) as picture:
        picture.draft("L", picture.size)  # the light of a JPEG is stored apart from its colours
        picture.convert("L").save(path)
    return PageImage(path, image.dpi)


def _is_colourless(image: PageImage) -> bool:
    """Whether a page was scanned in colour and has next to none."""
    with Image.open(image.path) as picture:
        if picture.mode not in MODES:
            return False
        step, width = max(1, round(image.dpi / SMALL_DPI)), picture.width
        picture.draft("RGB", (width // step, picture.height // step))  # a JPEG is decoded small, other formats whole
        page = picture.convert("RGB")
    levels = chroma(page.reduce(max(1, step * page.width // width))).histogram()
    return sum(levels[TINGED:]) <= FEW * sum(levels)
