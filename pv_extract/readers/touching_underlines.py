"""Underlines that touch the feet of their letters: taken off a scanned page, the tails of g, p and q left on it.

The engine reads next to nothing of such titles (« Débat d'ori Lin »), and titles are what minutes underline.
Boxes are in pixels.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pv_extract.readers.rulings import PAPER, Ruling, dark_on, ink_of, paper_of, strokes_of

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FEET = 0.03
"""The height in inches above a line in which the feet of its letters stand."""
TOUCHED = (0.3, 0.95)
"""The part of an underline that has ink so close above it: 0.4 to 0.85, that of a table 0.1; a dark edge has more."""
COVERED = 0.25
"""The part of an underline that is surely dark; what noise makes a line of on blank paper has less."""
STROKE_WHOLE = 0.9
"""The part of an underline that is long strokes on the page itself; bold type that is taken for one has less."""
BEYOND, LEAN = 2.0, 0.04
"""How far to the sides, and up and down, in inches, an underline that leans goes on from the piece that was found."""
TAIL = 0.02
"""How far below its line, in inches, the tail of a letter is looked for."""
MARKED = 0.9
"""What is surely ink, as a part of the level below which a page is ink."""


def touching(page: "Picture", lines: Iterable[Ruling], scale: int, dpi: float) -> list[Ruling]:
    """The horizontal lines on which letters stand, told on a grey copy of the page that is ``scale`` times smaller."""
    lines, feet = list(lines), max(2, round(FEET * dpi / scale))
    ink = ink_of(page, round(MARKED * dark_on(page)))
    between = ink.copy()
    draw = ImageDraw.Draw(between)
    small = [Ruling(*(side // scale for side in line)) for line in lines]
    for line in small:
        draw.rectangle((line.x0, line.top - 1, line.x1, line.bottom), PAPER)
    return [
        line
        for line, (x0, top, x1, bottom) in zip(lines, small, strict=True)
        if TOUCHED[0] <= _inked(between, (x0, top - feet - 1, x1, top - 1)) <= TOUCHED[1]
        and _inked(ink, (x0, top, x1, bottom)) >= COVERED
    ]


def _inked(ink: "Picture", box: tuple[int, int, int, int]) -> float:
    """The part of the columns of a box that have ink, all where it lies beyond the page."""
    x0, top, x1, bottom = box
    if top < 0:
        return 1.0
    part = ink.crop((x0, top, max(x0 + 1, x1), max(top + 1, bottom)))
    return _part(part, lambda level: level < PAPER)


def _part(strip: "Picture", is_one: Callable[[int], bool]) -> float:
    """The part of the columns of a strip whose mean level is such a one."""
    columns = strip.resize((strip.width, 1), Image.Resampling.BOX).tobytes()
    return sum(map(is_one, columns)) / len(columns)


def without_underlines(page: "Picture", lines: Iterable[Ruling], dpi: float) -> "Picture":
    """A copy of a grey page with paper in the place of these lines; letters keep what crosses them."""
    page, paper, dark = page.copy(), paper_of(page), dark_on(page)
    for line in lines:
        box = _around(line, page.size, dpi)
        ink = ink_of(page.crop(box), dark)
        page.paste(paper, box, _without_tails(strokes_of(ink, dpi, up=0), ink, line.bottom - line.top, dpi))
    return page


def drawn(page: "Picture", lines: Iterable[Ruling], dpi: float) -> list[Ruling]:
    """Those of the lines that are long strokes on the grey page itself, and no row of letters."""
    dark, deep = dark_on(page), round(TAIL * dpi)
    found = ((line, page.crop((line.x0, line.top - deep, line.x1, line.bottom + deep))) for line in lines)
    strokes = ((line, strokes_of(ink_of(strip, dark), dpi, up=0)) for line, strip in found)
    return [line for line, stroke in strokes if _part(stroke, lambda level: level > 0) >= STROKE_WHOLE]


def _around(line: Ruling, size: tuple[int, int], dpi: float) -> tuple[int, int, int, int]:
    along, up, down = round(BEYOND * dpi), round(LEAN * dpi), round((LEAN + TAIL) * dpi)
    x0, x1 = max(0, line.x0 - along), min(size[0], line.x1 + along)
    return x0, max(0, line.top - up), x1, min(size[1], line.bottom + down)


def _without_tails(line: "Picture", ink: "Picture", thickness: int, dpi: float) -> "Picture":
    """A line but for where a letter goes on below it."""
    reach = round(dpi / 150)
    below = ImageChops.subtract(ImageChops.offset(line, 0, reach + 2), line)
    tails = ends = ImageChops.multiply(below, ImageChops.invert(ink))
    for up in range(1, thickness + 4 * reach + 3):
        tails = ImageChops.lighter(tails, ImageChops.offset(ends, 0, -up))
    return ImageChops.subtract(line, tails.filter(ImageFilter.MaxFilter(3)))
