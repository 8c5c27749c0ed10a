"""Images of pages: PNG, JPEG, and TIFF with any number of pages, through OCR."""

import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pv_extract.document import Document, upright_size
from pv_extract.errors import UnreadableSource
from pv_extract.readers.composition import Composer
from pv_extract.readers.recognition import read_images
from pv_extract.readers.resolution import resolution
from pv_extract.readers.saved_ocr import bind
from pv_extract.readers.scan import PageImage
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_PIXELS = 30
"""An image smaller than this in width or height holds no line of text."""
ORIENTATION, UPRIGHT = 0x0112, 1
ON_ITS_SIDE = (5, 6, 7, 8)
"""What cameras write for a picture that viewers turn by a quarter."""
DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError, OverflowError, struct.error)
"""What Pillow raises for a damaged image."""
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "TIFF": "image/tiff"}


def read(source: Source, options: ReadOptions) -> Document:
    """One page for each image of the file.

    Raises UnreadableSource for an image that is damaged, too small or without a word, OcrMissing where the
    engine or its language is not installed; with ``ocr="never"`` no image can be read.
    """
    if options.ocr == "never":
        raise UnreadableSource(
            f"{source.name} is an image, which only OCR reads: leave out --ocr never",
            f"{source.name} est une image, que seule l'OCR peut lire : retirez --ocr never",
        )
    from PIL import Image

    composer, files = Composer(), list[Path | None]()
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(source.data)) as picture,
            TemporaryDirectory(prefix="pv-extract-") as folder,
        ):
            media_type = MEDIA_TYPES.get(picture.format or "", "image/png")
            sizes: list[tuple[float, float]] = []
            images = _images(source, picture, Path(folder), sizes)
            for number, page in enumerate(read_images(images, options, Path(folder))):
                composer.page(page.lines, *sizes[number], "ocr", page.engine, turns=page.turns)
                files.append(page.file)
    except (*DAMAGE, Image.DecompressionBombError):
        raise UnreadableSource(
            f"{source.name} is damaged or cut short: scan or export it again",
            f"{source.name} est endommagé ou tronqué : numérisez-le ou exportez-le de nouveau",
        ) from None
    if not composer.words:
        raise UnreadableSource(
            f"no word was found in {source.name}: check the scan (blank, upside down, too coarse?)",
            f"aucun mot trouvé dans {source.name} : vérifiez la numérisation (vierge, retournée, trop grossière ?)",
        )
    if options.save_ocr:
        bind(options.save_ocr, source, files)
    return composer.document(source, media_type, "image", ocr_language=options.lang)


def _images(source: Source, picture: "Image", folder: Path, sizes: list[tuple[float, float]]) -> Iterator[PageImage]:
    """Each page's image file; the size of each page as viewers show it, in points, is appended to ``sizes``."""
    count = getattr(picture, "n_frames", 1)
    for index in range(count):
        picture.seek(index)
        _check_size(source, picture)
        picture.load()
        dpi = resolution(float(picture.info.get("dpi", (0, 0))[0]), *picture.size)
        orientation = picture.getexif().get(ORIENTATION, UPRIGHT)
        if count == 1 and source.path and orientation == UPRIGHT:
            path = source.path
        else:
            path = _saved(picture, folder / f"{index + 1:04}")
        width, height = upright_size(picture.width * 72 / dpi, picture.height * 72 / dpi, orientation in ON_ITS_SIDE)
        sizes.append((width, height))
        yield PageImage(path, dpi)


def _check_size(source: Source, picture: "Image") -> None:
    if min(picture.size) < LEAST_PIXELS:
        raise UnreadableSource(
            f"{source.name} is only {picture.width} × {picture.height} pixels: scan it at 300 dpi",
            f"{source.name} ne fait que {picture.width} × {picture.height} pixels : numérisez-le à 300 ppp",
        )


def _saved(picture: "Image", stem: Path) -> Path:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    path = stem.with_suffix(".ppm" if upright.mode in ("RGB", "RGBA", "P", "CMYK") else ".pgm")
    upright.convert("RGB" if path.suffix == ".ppm" else "L").save(path)
    return path
