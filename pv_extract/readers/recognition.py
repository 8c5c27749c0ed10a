"""OCR of many pages: side by side, one process each, and only of those that no earlier run has saved.

Tesseract's own threads only get in each other's way. Few images are made ahead of the engine, and each is
deleted once it is read, so that a scan of 200 pages takes no more room than one of 20.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pv_extract.readers import ocr
from pv_extract.readers.composition import Line
from pv_extract.readers.scan import PageImage
from pv_extract.readers.source import ReadOptions

AHEAD = 2
"""Images made ahead of the engine, for each of its processes."""


class ReadPage(NamedTuple):
    """The lines of a page, in points, and the OCR engine that read it, None where none did."""

    lines: list[Line | None]
    engine: str | None


def read_images(images: Iterable[PageImage], options: ReadOptions, folder: Path) -> Iterator[ReadPage]:
    """What each page says, in the order of the pages; images that lie in ``folder`` are deleted once read.

    Raises OcrMissing where the engine or its language is not installed, UnreadableSource where it fails.
    """
    processes = os.cpu_count() or 1
    pending: deque[tuple[PageImage, Future[ReadPage]]] = deque()
    with ThreadPoolExecutor(processes) as pool:
        try:
            for image in images:
                pending.append((image, pool.submit(_read, image, options)))
                if len(pending) > AHEAD * processes:
                    yield _finished(*pending.popleft(), folder)
            while pending:
                yield _finished(*pending.popleft(), folder)
        finally:
            pool.shutdown(cancel_futures=True)


def _finished(image: PageImage, page: Future[ReadPage], folder: Path) -> ReadPage:
    read = page.result()
    if image.path.parent == folder:
        image.path.unlink(missing_ok=True)
    return read


def _read(image: PageImage, options: ReadOptions) -> ReadPage:
    words = ocr.words_of_image(image, options.lang)
    return ReadPage(ocr.lines_of(words, 72 / image.dpi), ocr.engine())
