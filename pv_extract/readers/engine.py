"""Tesseract behind one function: an image goes in, words with boxes and confidences come out.

Where ``tesserocr`` is installed the engine runs in this process; else the command ``tesseract`` is kept running. Either
way no image waits for the model to be loaded anew. Where the command cannot be kept, it is run for the one image.
"""

import os
import re
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from pv_extract.readers.composition import Part
from pv_extract.readers.engine_errors import engine_failed, engine_hangs, engine_missing, language_missing
from pv_extract.readers.scan import PageImage
from pv_extract.readers.standing_engine import StandingEngine, can_be_named, can_stand
from pv_extract.words import Box

WORD_LEVEL = "5"
TESSDATA = (
    "usr/share/tesseract-ocr/*/tessdata",
    "usr/share/tessdata",
    "usr/local/share/tessdata",
    "opt/homebrew/share/tessdata",
)
"""Where the packages of Debian, Fedora, Arch and Homebrew put the engine's models."""

COMMAND = "tesseract"
VERSION = re.compile(r"\d+(?:\.\d+)*")
TAKES_NAMES = 4, 1
"""The first version that reads the names of images on its standard input."""

LIMIT = 600
"""The seconds that the engine may take for an image; a page of text takes a few."""

_of_thread = threading.local()
_stock: deque[tuple[int, tuple[str, ...], StandingEngine]] = deque(maxlen=2 * (os.cpu_count() or 1))
"""Engines at leisure: the process that started each, and how; the oldest ones end where there are too many."""
_stock_lock = threading.Lock()


class Layout(IntEnum):
    """What the engine is told about an image: Tesseract's page segmentation modes."""

    PAGE = 3
    LINES = 6


class OcrWord(NamedTuple):
    """A word as the engine reports it: box in pixels, confidence 0 to 1, numbers of block and line.

    ``column`` is the strip of the page, from the left, where upright rules part it; ``underlined`` is told by
    the rules of the page, ``part`` says what the word belongs to.
    """

    text: str
    box: Box
    confidence: float
    block: int
    paragraph: int
    line: int
    column: int = 0
    underlined: bool = False
    part: Part = Part.BODY


def recognise(image: PageImage, lang: str, layout: Layout = Layout.PAGE) -> list[OcrWord]:
    """The words that Tesseract reads in an image, in its reading order.

    Raises OcrMissing where the engine or its language is not installed, UnreadableSource where it fails or hangs.
    """
    # Tesseract's own threads get in each other's way; pages are read side by side instead.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    read = _by_library if _library() else _by_command
    return list(words_of_table(read(image, lang, layout)))


def words_of_table(table: str) -> Iterator[OcrWord]:
    """The words of Tesseract's TSV output."""
    for row in table.splitlines():
        fields = row.split("\t")
        if fields[0] != WORD_LEVEL or not (text := "".join(fields[11:]).strip()):
            continue
        block, paragraph, line, _, left, top, width, height = map(int, fields[2:10])
        box = Box(left, top, left + width, top + height)
        yield OcrWord(text, box, max(0.0, float(fields[10])) / 100, block, paragraph, line)


def _by_command(image: PageImage, lang: str, layout: Layout) -> str:
    try:
        if can_stand() and can_be_named(image.path) and _takes_names():
            return _by_standing_engine(image, lang, layout)
    except TimeoutError:
        raise engine_hangs(image, LIMIT) from None
    except OSError:
        pass  # it is run for the one image, and tells what is wrong
    return _by_one_run(image, lang, layout)


def _takes_names() -> bool:
    """Whether the engine is young enough to read names of images. Raises OSError where there is none."""
    return tuple(map(int, _version().split("."))) >= TAKES_NAMES


@cache
def _version() -> str:
    """The version that the command tells, in figures and points. Raises OSError where there is none."""
    told = subprocess.run(
        [COMMAND, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    found = VERSION.search(told.stdout.decode("utf-8", "replace"))
    return found[0] if found else "0"


def _by_standing_engine(image: PageImage, lang: str, layout: Layout) -> str:
    """What an engine reads that is kept for the next image once it has read. Raises OSError where it fails."""
    program = shutil.which(COMMAND)
    if not program:
        raise FileNotFoundError(COMMAND)
    command = (program, "-", "-", "-l", lang, "--psm", str(int(layout)), "--dpi", str(round(image.dpi)))
    engine = _taken(os.getpid(), command) or StandingEngine(command)
    table = engine.read(image.path, LIMIT)
    with _stock_lock:
        _stock.append((os.getpid(), command, engine))
    return table


def _taken(process: int, command: tuple[str, ...]) -> StandingEngine | None:
    """An engine that this process (not the one that it was forked from) has at leisure, for one thread alone."""
    with _stock_lock:
        for at, (owner, started, engine) in enumerate(_stock):
            if (owner, started) == (process, command):
                del _stock[at]
                return engine
    return None


def _by_one_run(image: PageImage, lang: str, layout: Layout) -> str:
    import pytesseract

    config = f"--dpi {round(image.dpi)} --psm {layout}"
    try:
        return str(pytesseract.image_to_data(str(image.path), lang=lang, config=config, timeout=LIMIT))
    except pytesseract.TesseractNotFoundError:
        raise engine_missing() from None
    except pytesseract.TesseractError as error:
        raise engine_failed(str(error), image, lang) from None
    except RuntimeError:
        raise engine_hangs(image, LIMIT) from None


def _by_library(image: PageImage, lang: str, layout: Layout) -> str:
    api = _loaded(_library(), lang)
    try:
        api.SetPageSegMode(layout)
        api.SetImageFile(str(image.path))
        api.SetSourceResolution(round(image.dpi))
        started = monotonic()
        if not api.Recognize(1000 * LIMIT) and monotonic() - started >= LIMIT:
            raise engine_hangs(image, LIMIT)
        return str(api.GetTSVText(0))
    except (OSError, RuntimeError) as error:
        raise engine_failed(str(error), image, lang) from None
    finally:
        api.Clear()


def _loaded(library: Any, lang: str) -> Any:
    """The engine of this thread, its model loaded."""
    engines = _of_thread.__dict__
    if lang not in engines:
        models = _models()
        if not models or not all((models / f"{code}.traineddata").is_file() for code in lang.split("+")):
            raise language_missing(lang)
        engines[lang] = library.PyTessBaseAPI(path=str(models), lang=lang)
    return engines[lang]


@cache
def _library() -> Any:
    """The module ``tesserocr``; None where it is not installed, or where the engine's models are not found."""
    try:
        import tesserocr
    except ImportError:
        return None
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # stderr is for people
    return tesserocr if _models() else None


@cache
def _models() -> Path | None:
    """The folder of the engine's models, None where it is at no usual place."""
    if told := os.environ.get("TESSDATA_PREFIX"):
        return Path(told)
    found = (folder for pattern in TESSDATA for folder in sorted(Path("/").glob(pattern), reverse=True))
    return next(found, None)


def engine() -> str:
    """The name and version of the engine."""
    if library := _library():
        return str(library.tesseract_version().splitlines()[0])
    return f"tesseract {_version()}"


def identity(lang: str) -> str:
    """What reads images here: the engine's version, the digests of its models; empty where there is no engine."""
    try:
        version = engine()
    except OSError:
        return ""
    return " ".join([version, *(_digest_of_model(code) for code in lang.split("+"))])


def _digest_of_model(code: str) -> str:
    folder = _models()
    try:
        return sha256((folder / f"{code}.traineddata").read_bytes()).hexdigest() if folder else "?"
    except OSError:
        return "-"
