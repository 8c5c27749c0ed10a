"""Pages that lie on their side or stand on their head: found by what the engine makes of them, and turned.

A page the wrong way up is read with confidences near 0.2, one the right way up with 0.7 and more. Tesseract
itself reads a page that was turned clockwise, but its words then stand.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from pv_extract.readers import ocr
from pv_extract.readers.engine import OcrWord, recognise
from pv_extract.readers.scan import PageImage

DOUBTFUL = 0.5
"""The mean confidence under which a page may be the wrong way up."""
FEWEST = 5
"""Fewer words are no page of text."""
SURE = 0.8
"""The confidence of a word that is surely read."""
BETTER = 3
"""How many times more letters must be surely read on a page once it is turned."""
LEAST_SURE = 30
"""The least number of letters that are surely read on a turned page."""
QUARTERS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


def read_upright(image: PageImage, lang: str, folder: Path) -> tuple[PageImage, list[OcrWord]]:
    """The image of a page the right way up, and its words; a turned image is written into the folder."""
    words = ocr.words_of_image(image, lang)
    turns = _turns(image, words, lang)
    if not turns:
        return image, words
    turned = _turned(image, turns, folder / f"{image.path.stem}-upright.ppm")
    return turned, ocr.words_of_image(turned, lang)


def _turns(image: PageImage, words: Sequence[OcrWord], lang: str) -> int:
    """How many quarter turns against the clock bring the page the right way up."""
    letters = sum(len(word.text) for word in words)
    if len(words) < FEWEST:
        return 0
    if sum(len(word.text) * word.confidence for word in words) >= DOUBTFUL * letters:
        return 1 if _stand(words) else 0
    with TemporaryDirectory(prefix="pv-extract-") as folder:
        sure = {turns: _sure_letters(_tried(image, turns, lang, Path(folder))) for turns in (2, 3)}
    best = max(sure, key=sure.__getitem__)
    return best if sure[best] >= max(LEAST_SURE, BETTER * _sure_letters(words)) else 0


def _stand(words: Sequence[OcrWord]) -> bool:
    """Whether most words are higher than wide, short ones aside."""
    long = [word.box for word in words if len(word.text) >= 4]
    return sum(box.bottom - box.top > box.x1 - box.x0 for box in long) > len(long) / 2


def _sure_letters(words: Sequence[OcrWord]) -> int:
    """How many letters are surely read, none where the words stand."""
    if _stand(words):
        return 0
    return sum(c.isalpha() for word in words if word.confidence >= SURE for c in word.text)


def _tried(image: PageImage, turns: int, lang: str, folder: Path) -> list[OcrWord]:
    """What the engine reads on a small copy of the turned page."""
    return recognise(_turned(image, turns, folder / f"{turns}.ppm", shrink=2), lang)


def _turned(image: PageImage, turns: int, path: Path, shrink: int = 1) -> PageImage:
    with Image.open(image.path) as picture:
        whole = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    whole.reduce(shrink).transpose(QUARTERS[turns]).save(path)
    return PageImage(path, image.dpi / shrink, turns)
