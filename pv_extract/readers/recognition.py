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

from pv_extract.readers import ocr, saved_ocr
from pv_extract.readers.composition import Line, Part
from pv_extract.readers.engine import OcrWord, engine
from pv_extract.readers.ocr_file import OcrFile
from pv_extract.readers.orientation import read_upright
from pv_extract.readers.scan import PageImage
from pv_extract.readers.source import ReadOptions

AHEAD = 2
"""Images made ahead of the engine, for each of its processes."""


class ReadPage(NamedTuple):
    """The lines of a page, in points, the OCR engine that read it, the file where what it read is kept.

    ``turns`` are the quarter turns against the clock by which the page was set upright to be read.
    """

    lines: list[Line | None]
    engine: str | None = None
    file: Path | None = None
    turns: int = 0

    def words(self) -> list[str]:
        """The words of the body."""
        body = (line for line in self.lines if line and line.part is Part.BODY)
        return [word.text for line in body for cell in line.cells for word in cell]


class Reading(NamedTuple):
    """What one process brings back: the words that the engine read, or the page that an earlier run kept.

    ``image`` is that of the page the right way up.
    """

    image: PageImage
    words: list[OcrWord]
    kept: OcrFile | None
    file: Path | None


def read_images(images: Iterable[PageImage], options: ReadOptions, folder: Path) -> Iterator[ReadPage]:
    """What each page says, in the order of the pages; images that lie in ``folder`` are deleted once read.

    Raises OcrMissing where the engine or its language is not installed, UnreadableSource where it fails.
    """
    processes = options.side_by_side or os.cpu_count() or 1
    pending: deque[tuple[PageImage, Future[Reading]]] = deque()
    with ThreadPoolExecutor(processes) as pool:
        try:
            for image in images:
                pending.append((image, pool.submit(_reading, image, options, folder)))
                if len(pending) > AHEAD * processes:
                    yield _finished(*pending.popleft(), options, folder)
            while pending:
                yield _finished(*pending.popleft(), options, folder)
        finally:
            pool.shutdown(cancel_futures=True)


def _reading(image: PageImage, options: ReadOptions, folder: Path) -> Reading:
    file = saved_ocr.place(options.save_ocr, image, options.lang) if options.save_ocr else None
    kept = saved_ocr.load(file, image) if file else None
    upright, words = (image, []) if kept else read_upright(image, options.lang, folder)
    return Reading(upright, words, kept, file)


def _finished(image: PageImage, future: Future[Reading], options: ReadOptions, folder: Path) -> ReadPage:
    upright, words, kept, file = future.result()
    if kept:
        turns = next((read.turns for read in kept.pages), 0)
        page = ReadPage([line for read in kept.pages for line in read.lines()], kept.engine, file, turns)
    else:
        page = ReadPage(ocr.lines_of(words, 72 / image.dpi), engine(), file, upright.turns)
        if file:
            saved_ocr.save(file, words, upright, options.lang, engine())
    for path in {image.path, upright.path}:
        if path.parent == folder:
            path.unlink(missing_ok=True)
    return page
