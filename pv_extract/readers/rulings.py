"""Ruled lines on a scanned page: frames, underlines, rows of dashes.

Boxes are in pixels. Lines are searched for on a small copy of the page and erased on the page itself.
"""

from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from pv_extract.words import Box

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SEARCH_DPI = 100
DARK = 190
"""Greys below this are ink on white paper: a hairline is pale on the small copy."""
OF_PAPER = 0.8
"""The same as a part of the level of the paper, where that is darker: tinted, yellowed, or grey from the copier."""
LEAST = 0.6
"""The length in inches from which a line is a ruling; few words are that long in one stroke."""
FILLED = 0.85
"""The part of a ruling that is ink; the feet of serif letters on their line fill less."""
CLEAR = 0.6
"""The part of the rows beside a ruling that may be ink; in a picture there is more."""
STROKE = 0.2
"""The length in inches from which ink along a ruling belongs to it and not to a letter."""
THICKEST = 4
"""The most rows of the small copy in one piece of a line: what leans more is several pieces."""
STROKE_FILLED = 0.75
"""The part of such a stroke that is ink: a scan has holes in it."""
TOUCH = 0.03
"""Inches within which a sign touches a ruling."""
INK, PAPER = 0, 255


class Ruling(NamedTuple):
    """A ruled line, one or several pixels thick: ``x0 <= x < x1``, ``top <= y < bottom``."""

    x0: int
    top: int
    x1: int
    bottom: int


class Rulings(NamedTuple):
    """The lines of a page, from the top and from the left."""

    horizontal: list[Ruling]
    vertical: list[Ruling]


def find_rulings(page: "Picture", dpi: float) -> Rulings:
    """The ruled lines on a grey page."""
    step = max(1, round(dpi / SEARCH_DPI))
    small = ink_of(page.reduce(step), dark_on(page))
    least = round(LEAST * dpi / step)
    across = [_enlarged(run, step) for run in _lines(small, least)]
    upright = _lines(small.transpose(Image.Transpose.TRANSPOSE), least)
    return Rulings(across, [_turned(_enlarged(run, step)) for run in upright])


def paper_of(page: "Picture") -> int:
    """The level of the paper of a grey page: the one that half of it is at least as light as."""
    half, levels = page.width * page.height // 2, accumulate(page.histogram())
    return next(level for level, darker in enumerate(levels) if darker > half)


def dark_on(page: "Picture") -> int:
    """The level below which a grey page is ink, by that of its paper."""
    return min(DARK, round(OF_PAPER * paper_of(page)))


def ink_of(page: "Picture", dark: int = DARK) -> "Picture":
    """Ink and paper, black and white, of a grey page; levels below ``dark`` are ink."""
    return page.point([INK] * dark + [PAPER] * (256 - dark))


def _enlarged(run: Ruling, step: int) -> Ruling:
    return Ruling(*(side * step for side in run))


def _turned(run: Ruling) -> Ruling:
    return Ruling(run.top, run.x0, run.bottom, run.x1)


def _lines(ink: "Picture", least: int) -> list[Ruling]:
    """The horizontal lines, rows of one line put together."""
    rows = ink.tobytes()
    lines: list[Ruling] = []
    for row, x0, x1 in _runs(_bridged(ink, 1), least):
        if _is_line(rows, ink.width, row, x0, x1):
            _join(lines, Ruling(x0, row, x1, row + 1))
    return lines


def _bridged(ink: "Picture", gap: int) -> "Picture":
    """The ink, each gap of up to ``2 * gap`` pixels within a row filled."""
    shifts = [ImageChops.offset(ink, shift, 0) for shift in range(-gap, gap + 1) if shift]
    for shifted in shifts:
        ink = ImageChops.darker(ink, shifted)
    return ink


def _runs(ink: "Picture", least: int) -> Iterable[tuple[int, int, int]]:
    """Row, start and end of each stretch of ink; one that goes on in the next row is cut at the edge."""
    width = ink.width
    for start, end in _stretches(ink.tobytes(), least):
        while start < end:
            row, x0 = divmod(start, width)
            x1 = min(width, x0 + end - start)
            if x1 - x0 >= least:
                yield row, x0, x1
            start += x1 - x0


def _stretches(levels: bytes, least: int) -> Iterable[tuple[int, int]]:
    """Where so much ink and more lies without a gap, searched for as a whole: ten times faster than by a pattern."""
    dark, paper = bytes([INK]) * least, bytes([PAPER])
    end = 0
    while (start := levels.find(dark, end)) >= 0:
        end = levels.find(paper, start)
        if end < 0:
            end = len(levels)
        yield start, end


def _is_line(rows: bytes, width: int, row: int, x0: int, x1: int) -> bool:
    def filled(y: int) -> float:
        return rows[y * width + x0 : y * width + x1].count(INK) / (x1 - x0)

    last = len(rows) // width - 1
    above = min((filled(y) for y in range(max(0, row - 4), row - 1)), default=0.0)
    below = min((filled(y) for y in range(row + 2, min(last, row + 4) + 1)), default=0.0)
    return filled(row) >= FILLED and max(above, below) < CLEAR


def _join(lines: list[Ruling], new: Ruling) -> None:
    for index in range(len(lines) - 1, max(-1, len(lines) - 8), -1):
        line = lines[index]
        near = new.top <= line.bottom + 1 and new.bottom - line.top <= THICKEST
        if near and new.x0 <= line.x1 + 2 and line.x0 <= new.x1 + 2:
            lines[index] = Ruling(min(line.x0, new.x0), line.top, max(line.x1, new.x1), max(line.bottom, new.bottom))
            return
    lines.append(new)


def without_rulings(page: "Picture", rulings: Rulings, dpi: float) -> "Picture":
    """A copy of a grey page with its ruled lines white; letters that touch them keep what stands out."""
    page, dark = page.copy(), dark_on(page)
    for line in rulings.horizontal:
        _erase(page, line, dpi, dark)
    if not rulings.vertical:
        return page
    turned = page.transpose(Image.Transpose.TRANSPOSE)
    for line in rulings.vertical:
        _erase(turned, _turned(line), dpi, dark)
    return turned.transpose(Image.Transpose.TRANSPOSE)


def _erase(page: "Picture", line: Ruling, dpi: float, dark: int) -> None:
    around, along = max(2, round(dpi / SEARCH_DPI)), round(LEAST * dpi)
    box = (
        max(0, line.x0 - along),
        max(0, line.top - around),
        min(page.width, line.x1 + along),
        min(page.height, line.bottom + around),
    )
    strip = page.crop(box)
    page.paste(PAPER, box, strokes_of(ink_of(strip, dark), dpi))


def strokes_of(ink: "Picture", dpi: float, up: int = 1) -> "Picture":
    """The long level strokes of a strip of ink, a little wider than they are: 255, and 0 around them.

    ``up`` is 0 where they are not made wider above.
    """
    mask = Image.new("L", ink.size, 0)
    draw, reach, rows = ImageDraw.Draw(mask), round(dpi / 150), ink.tobytes()
    for row, x0, x1 in _runs(_bridged(ink, 1), round(STROKE * dpi)):
        if rows[row * ink.width + x0 : row * ink.width + x1].count(INK) >= STROKE_FILLED * (x1 - x0):
            draw.rectangle((x0 - reach, row - up * reach, x1 - 1 + reach, row + reach), fill=255)
    return mask


def is_drawn(box: Box, rulings: Rulings, dpi: float) -> bool:
    """Whether a box of the page touches a ruled line."""
    reach = TOUCH * dpi
    return any(
        line.x0 - reach < box.x1
        and box.x0 < line.x1 + reach
        and line.top - reach < box.bottom
        and box.top < line.bottom + reach
        for line in (*rulings.horizontal, *rulings.vertical)
    )
