"""Titles whose underlines touch their letters: read again without them where the engine was not sure of them.

Boxes are in pixels of the page.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw

from pv_extract.readers.composition import Part
from pv_extract.readers.engine import Layout, OcrWord, recognise
from pv_extract.readers.rulings import Ruling, Rulings, paper_of
from pv_extract.readers.scan import PageImage, greys_of, step_of
from pv_extract.readers.touching_underlines import drawn, touching, without_underlines
from pv_extract.words import Box

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SURE, SPANNED = 0.8, 0.6
"""The least confidence of each word, and the part of the line that words span, where a title was surely read."""
BETTER = 1.05
"""How much more must be surely read of a title without its underline."""
LEAST, SURELY_READ = 3.0, 0.6
"""How many letters, as far as they are sure, are a title, and their least mean confidence."""
DASHES = frozenset("-–—")
ABOVE, BELOW, BESIDE = 1.5, 0.5, 1.0
"""How far around its underline a title reaches, in heights of the page's words."""
PIECES = 1.0
"""How far the pieces of an underline that leans stand apart at most, in such heights."""


class Title(NamedTuple):
    """The pieces of an underline, the part of the page where its words stand, and the places of these among all."""

    lines: list[Ruling]
    zone: Box
    words: list[int]


def with_titles_read_again(
    words: Sequence[OcrWord], image: PageImage, rulings: Rulings, lang: str, folder: Path
) -> list[OcrWord]:
    """The words of a page, those over an underline as they are read without it, where more is surely read so."""
    body = [word for word in words if word.part is not Part.STAMP]
    if not rulings.horizontal or not body:
        return list(words)
    greys = greys_of(image)
    step = step_of(image.dpi)
    lines = drawn(greys, touching(greys.reduce(step), rulings.horizontal, step, image.dpi), image.dpi)
    height = median(word.box.bottom - word.box.top for word in body)
    titles = [title for title in _titles(lines, words, height) if not _is_sure(title, words)]
    if not titles:
        return list(words)
    path = folder / "titles.pgm"
    _sheet(greys, titles, words, image.dpi).save(path)
    return _replaced(words, titles, recognise(PageImage(path, image.dpi), lang, Layout.LINES))


def _titles(lines: Iterable[Ruling], words: Sequence[OcrWord], height: float) -> list[Title]:
    groups: list[list[Ruling]] = []
    for line in sorted(lines):
        near = (g for g in groups if line.x0 - g[-1].x1 < PIECES * height > abs(line.top - g[-1].top))
        groups.append([line]) if (group := next(near, None)) is None else group.append(line)
    return [_title(group, words, height) for group in groups]


def _title(lines: list[Ruling], words: Sequence[OcrWord], height: float) -> Title:
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    zone = Box(x0 - BESIDE * height, top - ABOVE * height, x1 + BESIDE * height, bottom + BELOW * height)
    body = [word for word in words if word.part is Part.BODY]
    rows = {_row(word) for word in body if _is_in(word, zone)}
    level = [word.box for word in body if _row(word) in rows and zone.top <= (word.box.top + word.box.bottom) / 2]
    left = min([zone.x0, *(box.x0 - BESIDE * height for box in level)])
    right = max([zone.x1, *(box.x1 + BESIDE * height for box in level)])
    zone = zone._replace(x0=left, x1=right)
    return Title(lines, zone, [at for at, word in enumerate(words) if _is_in(word, zone)])


def _row(word: OcrWord) -> tuple[int, ...]:
    return word.column, word.block, word.paragraph, word.line


def _is_in(word: OcrWord, zone: Box) -> bool:
    return word.part is not Part.STAMP and _lies_in(word.box, zone)


def _lies_in(box: Box, zone: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return zone.x0 <= x <= zone.x1 and zone.top <= y <= zone.bottom


def _is_sure(title: Title, words: Sequence[OcrWord]) -> bool:
    inside = [words[at] for at in title.words]
    spanned = sum(word.box.x1 - word.box.x0 for word in inside)
    wide = max(line.x1 for line in title.lines) - min(line.x0 for line in title.lines)
    return spanned >= SPANNED * wide and all(word.confidence >= SURE for word in inside)


def _sheet(greys: "Picture", titles: Iterable[Title], words: Sequence[OcrWord], dpi: float) -> "Picture":
    """A page with these titles only, without their underlines."""
    titles = list(titles)
    clear = without_underlines(greys, [line for title in titles for line in title.lines], dpi)
    own = {at for title in titles for at in title.words}
    draw, paper = ImageDraw.Draw(clear), paper_of(greys)
    for at, word in enumerate(words):
        if at not in own:
            draw.rectangle([round(side) for side in word.box], paper)
    sheet = Image.new("L", greys.size, paper)
    for title in titles:
        x0, top, x1, bottom = (max(0, round(side)) for side in title.zone)
        sheet.paste(clear.crop((x0, top, x1, bottom)), (x0, top))
    return sheet


def _replaced(words: Sequence[OcrWord], titles: Iterable[Title], read: Sequence[OcrWord]) -> list[OcrWord]:
    """The words, those of each title of which more was read now replaced."""
    placed: dict[int, list[OcrWord]] = {}
    gone: set[int] = set()
    for number, title in enumerate(titles):
        new = [word for word in read if _lies_in(word.box, title.zone) and not _is_dust(word)]
        old = [words[at] for at in title.words]
        if gone.intersection(title.words):
            continue  # another piece of the same underline
        if _told(new) > max(LEAST, BETTER * _told(old)) and _told(new) >= SURELY_READ * _letters(new):
            body = [at for at in title.words if words[at].part is Part.BODY]
            at = body[0] if body else _place(words, title.zone)
            placed.setdefault(at, []).extend(_set_in(new, words, at, None if body else number))
            gone.update(title.words)
    kept = [[*placed.get(at, []), *([] if at in gone else [word])] for at, word in enumerate(words)]
    return [*chain.from_iterable(kept), *placed.get(len(words), [])]


def _is_dust(word: OcrWord) -> bool:
    """Whether a sign is a piece of a rule, or one that is not sure; a dash is neither."""
    return len(word.text) == 1 and word.text not in DASHES and (word.confidence < SURELY_READ or word.text == "|")


def _set_in(new: Sequence[OcrWord], words: Sequence[OcrWord], at: int, number: int | None) -> list[OcrWord]:
    """The words of a title in the line that stood at a place, or in one of its own before it."""
    model = words[min(at, len(words) - 1)]
    if number is not None:
        block = max(word.block for word in words) + 1 + number
        model = model._replace(block=block, column=words[max(0, at - 1)].column)
    own = model._replace(underlined=True, part=Part.BODY)
    return [own._replace(text=word.text, box=word.box, confidence=word.confidence) for word in new]


def _place(words: Sequence[OcrWord], zone: Box) -> int:
    """Where a title goes of which no word was read: behind the lowest line above it."""
    middle = (zone.top + zone.bottom) / 2
    above = [
        (word.box.bottom, at)
        for at, word in enumerate(words)
        if word.part is Part.BODY and word.box.bottom <= middle and word.box.x0 < zone.x1 and zone.x0 < word.box.x1
    ]
    lowest = max(above, default=(0.0, -1))[0]
    return max((at for bottom, at in above if bottom > lowest - (zone.bottom - zone.top) / 2), default=-1) + 1


def _letters(words: Iterable[OcrWord]) -> int:
    return sum(sum(map(str.isalnum, word.text)) for word in words)


def _told(words: Iterable[OcrWord]) -> float:
    """How many letters and figures were read, each as far as the engine is sure of it."""
    return sum(sum(map(str.isalnum, word.text)) * word.confidence for word in words)
