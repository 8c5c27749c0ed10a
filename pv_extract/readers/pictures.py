"""Pictures of pages for people to look at, their sizes in the points that boxes are told in."""

import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium

from pv_extract.errors import UnreadableSource
from pv_extract.readers.formats import format_of
from pv_extract.readers.image import DAMAGE
from pv_extract.readers.pdf import open_pdf
from pv_extract.readers.resolution import resolution
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110
"""Enough to read small print on a screen."""
QUALITY = 60


class Picture(NamedTuple):
    """A page as JPEG, its width and height in points."""

    jpeg: bytes
    width: float
    height: float


def pictures(source: Source) -> Iterator[Picture]:
    """The pages of a PDF or of an image file in their order, as viewers show them; nothing for other formats.

    Raises UnreadableSource for a file that is damaged or locked.
    """
    kind = format_of(source, ReadOptions())
    return _of_pdf(source) if kind == "pdf" else _of_image(source) if kind == "image" else iter(())


def _of_pdf(source: Source) -> Iterator[Picture]:
    with closing(open_pdf(source)) as pdf:
        for index in range(len(pdf)):
            try:
                page = pdf[index]
            except pdfium.PdfiumError:
                yield Picture(b"", 0.0, 0.0)
                continue
            with closing(page):
                yield Picture(_jpeg(page.render(scale=DPI / 72).to_pil()), *page.get_size())


def _of_image(source: Source) -> Iterator[Picture]:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(source.data)) as picture:
            for index in range(getattr(picture, "n_frames", 1)):
                picture.seek(index)
                dpi = resolution(float(picture.info.get("dpi", (0, 0))[0]), *picture.size)
                upright = ImageOps.exif_transpose(picture)
                size = upright.width * 72 / dpi, upright.height * 72 / dpi
                small = upright.convert("RGB").resize((round(size[0] * DPI / 72), round(size[1] * DPI / 72)))
                yield Picture(_jpeg(small), *size)
    except (*DAMAGE, Image.DecompressionBombError):
        raise UnreadableSource(
            f"{source.name} is damaged or cut short: scan or export it again",
            f"{source.name} est endommagé ou tronqué : numérisez-le ou exportez-le de nouveau",
        ) from None


def _jpeg(picture: "Image") -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
