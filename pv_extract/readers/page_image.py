"""The image of a scanned PDF page: the embedded one at its own resolution, else the page rendered."""

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from pv_extract.readers.inks import is_coloured
from pv_extract.readers.scan import PageImage

if TYPE_CHECKING:
    from PIL.Image import Image

RENDER_DPI = 300
COVERS = 0.95
"""The part of the page's width and height that an image spans where it is the whole page."""
LEAST_DPI = 100


def page_image(pdf: pdfium.PdfDocument, index: int, folder: Path) -> PageImage:
    """Write the image of a page (from 0) into the folder."""
    page = pdf[index]
    try:
        return _embedded(page, folder / f"{index + 1:04}") or _rendered(page, folder / f"{index + 1:04}")
    finally:
        page.close()


def _rendered(page: pdfium.PdfPage, stem: Path) -> PageImage:
    """The page as it is shown, in colour where it has any."""
    coloured = is_coloured(page.render().to_pil().convert("RGB"))
    path, mode = (stem.with_suffix(".ppm"), "RGB") if coloured else (stem.with_suffix(".pgm"), "L")
    page.render(scale=RENDER_DPI / 72, grayscale=not coloured).to_pil().convert(mode).save(path)
    return PageImage(path, RENDER_DPI)


def _embedded(page: pdfium.PdfPage, stem: Path) -> PageImage | None:
    """The image that makes up the whole page, None where there is none or more is drawn."""
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or not isinstance(objects[0], pdfium.PdfImage):
        return None
    image, rotation = objects[0], page.get_rotation()
    a, b, c, d, _, _ = image.get_matrix().get()
    pixels, _ = image.get_px_size()
    upright = abs(b) < 1 and abs(c) < 1 and a > 0 and d > 0
    width, height = (page.get_height(), page.get_width()) if rotation in (90, 270) else page.get_size()
    if not upright or a < COVERS * width or d < COVERS * height or pixels / a * 72 < LEAST_DPI:
        return None
    dpi = pixels / a * 72
    if rotation == 0 and image.get_filters() == ["DCTDecode"]:
        path = stem.with_suffix(".jpg")
        path.write_bytes(bytes(image.get_data()))
        return PageImage(path, dpi)
    return PageImage(_saved(image, rotation, stem), dpi)


def _saved(image: pdfium.PdfImage, rotation: int, stem: Path) -> Path:
    picture: Image = image.get_bitmap().to_pil()
    if image.get_metadata().bits_per_pixel == 1:  # Tesseract is a third slower on greys
        path, picture = stem.with_suffix(".pbm"), picture.convert("L").point(_threshold, "1")
    elif picture.mode == "RGB":
        path = stem.with_suffix(".ppm")
    else:
        path, picture = stem.with_suffix(".pgm"), picture.convert("L")
    if rotation:
        picture = picture.rotate(-rotation, expand=True)
    picture.save(path)
    return path


def _threshold(level: int) -> int:
    return 255 if level > 127 else 0
