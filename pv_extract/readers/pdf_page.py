"""What stands on one page of a PDF, through PDFium: words, rulings, images.

Calls into PDFium cost about a microsecond each: two for the box of a word, one for its style; the rest is
done once per text object or once per font.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pv_extract.document import Box
from pv_extract.readers.composition import Placed

WORD = re.compile(r"[^\s\x02\ufffe\x00]+[\x02\ufffe]?")
"""U+0002 and U+FFFE are PDFium's signs for a hyphen at the end of a line."""
SYMBOL_BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0d8\uf076\uf0fc\uf06e\uf0e8\uf0f0"), "•")
"""The bullets of Symbol and Wingdings, which have no Unicode characters of their own."""
BOLD_NAME = re.compile(r"bold|black|heavy|(?<!ex)demi(?!light)|[-,](?:bd|bi)\b", re.I)
ITALIC_NAME = re.compile(r"ital|obli|[-,](?:it|bi)\b", re.I)
FORCE_BOLD, ITALIC_FLAG = 1 << 18, 1 << 6
FILL_AND_STROKE = 2
THIN = 3.0
"""A filled rectangle narrower than this (points) is a ruling."""
MAX_SEGMENTS = 400
MAX_DEPTH = 4

Transform = Callable[[float, float, float, float], Box]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page besides its text: boxes of images, rulings, and how many paths there are."""

    images: list[Box] = field(default_factory=list)
    horizontal: list[Box] = field(default_factory=list)
    vertical: list[Box] = field(default_factory=list)
    paths: int = 0
    objects: int = 0


class Fonts:
    """Which fonts of a document are bold or italic."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, bool]] = {}

    def style(self, text_object: Any) -> tuple[bool, bool]:
        """Whether a text object is printed bold, and whether in italics."""
        font = pdfium_c.FPDFTextObj_GetFont(text_object)
        if not font:
            return False, False
        address = ctypes.addressof(font.contents)
        if address not in self._known:
            self._known[address] = _font_style(font)
        bold, italic = self._known[address]
        if not bold and pdfium_c.FPDFTextObj_GetTextRenderMode(text_object) == FILL_AND_STROKE:
            bold = True
        return bold, italic


def _font_style(font: Any) -> tuple[bool, bool]:
    name = _name(pdfium_c.FPDFFont_GetBaseFontName, font) + " " + _name(pdfium_c.FPDFFont_GetFamilyName, font)
    flags = pdfium_c.FPDFFont_GetFlags(font)
    angle = ctypes.c_int(0)
    pdfium_c.FPDFFont_GetItalicAngle(font, angle)
    mac_bold, mac_italic = _mac_style(font)
    bold = bool(BOLD_NAME.search(name)) or bool(flags & FORCE_BOLD) or mac_bold
    italic = bool(ITALIC_NAME.search(name)) or bool(flags & ITALIC_FLAG) or angle.value != 0 or mac_italic
    return bold, italic


def _name(getter: Any, font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    getter(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace")


def _mac_style(font: Any) -> tuple[bool, bool]:
    """Bold and italic after the ``head`` table of an embedded TrueType font (its name may be « F1 »)."""
    size = ctypes.c_size_t(0)
    if not pdfium_c.FPDFFont_GetIsEmbedded(font):
        return False, False
    if not pdfium_c.FPDFFont_GetFontData(font, None, 0, size) or not 12 < size.value < 20_000_000:
        return False, False
    data = (ctypes.c_uint8 * size.value)()
    pdfium_c.FPDFFont_GetFontData(font, data, size.value, size)
    return mac_style(bytes(data))


def mac_style(data: bytes) -> tuple[bool, bool]:
    """The ``macStyle`` bits of a TrueType or OpenType font: bold, italic."""
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        return False, False
    tables = int.from_bytes(data[4:6])
    for at in range(12, min(12 + 16 * tables, len(data) - 15), 16):
        if data[at : at + 4] == b"head":
            offset = int.from_bytes(data[at + 8 : at + 12])
            style = int.from_bytes(data[offset + 44 : offset + 46])
            return bool(style & 1), bool(style & 2)
    return False, False


def is_standing(words: list[Placed]) -> bool:
    """Whether most words of a page run upwards or downwards."""
    long = [word.box for word in words if len(word.text) >= 4]
    return 2 * sum(box.bottom - box.top > 1.5 * (box.x1 - box.x0) for box in long) > len(long)


def upright_rotation(textpage: pdfium.PdfTextPage) -> int:
    """The rotation of a page, in quarter turns to the right, that sets its text upright."""
    angles = (float(pdfium_c.FPDFText_GetCharAngle(textpage.raw, index)) for index in range(textpage.count_chars()))
    angle = next((angle for angle in angles if angle > 0.1), 0.0)
    return -round(angle / (math.pi / 2)) % 4


def transform_of(page: pdfium.PdfPage, rotation: int | None = None) -> Transform:
    """From PDF coordinates (left, bottom, right, top) to a Box, as the page is shown or else rotated."""
    bounds = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page.raw, bounds)
    left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
    if rotation is None:
        rotation = pdfium_c.FPDFPage_GetRotation(page.raw)
    if rotation == 1:
        return lambda x0, y0, x1, y1: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if rotation == 2:
        return lambda x0, y0, x1, y1: Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
    if rotation == 3:
        return lambda x0, y0, x1, y1: Box(top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: Box(x0 - left, top - y1, x1 - left, top - y0)


def words_on(textpage: pdfium.PdfTextPage, transform: Transform, fonts: Fonts) -> list[Placed]:
    """The words of the text layer, in the order of the content stream."""
    text = textpage.get_text_range().translate(SYMBOL_BULLETS)
    raw = textpage.raw
    exact = len(text) == textpage.count_chars()
    first_box, last_box = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()
    first_ref, last_ref = ctypes.byref(first_box), ctypes.byref(last_box)
    loose_box, object_at = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetTextObject
    styles: dict[int, tuple[bool, bool]] = {}
    words: list[Placed] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if not exact:
            start = pdfium_c.FPDFText_GetCharIndexFromTextIndex(raw, start)
            end = pdfium_c.FPDFText_GetCharIndexFromTextIndex(raw, end - 1) + 1
            if start < 0 or end <= start:
                continue
        if not loose_box(raw, start, first_ref) or not loose_box(raw, end - 1, last_ref):
            continue
        box = transform(
            min(first_box.left, last_box.left),
            min(first_box.bottom, last_box.bottom),
            max(first_box.right, last_box.right),
            max(first_box.top, last_box.top),
        )
        text_object = object_at(raw, start)
        style = (False, False)
        if text_object:
            address = ctypes.addressof(text_object.contents)
            known = styles.get(address)
            style = known if known is not None else fonts.style(text_object)
            styles[address] = style
        word = match[0]
        if word[-1] in "\x02\ufffe":
            word = word[:-1] + "-"
        words.append(Placed(word, box, *style))
    return words


def drawn_on(page: pdfium.PdfPage, transform: Transform) -> Drawn:
    """Images and rulings of a page, those inside form objects too."""
    drawn = Drawn()
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    objects = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(count))
    _collect(objects, IDENTITY, transform, drawn, MAX_DEPTH)
    return drawn


def _collect(objects: Iterator[Any], matrix: Matrix, transform: Transform, drawn: Drawn, depth: int) -> None:
    for item in objects:
        drawn.objects += 1
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            drawn.paths += 1
            _path(item, matrix, transform, drawn)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(transform(*_bounds(item, matrix)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            inner = _product(_matrix(item), matrix)
            count = pdfium_c.FPDFFormObj_CountObjects(item)
            children = (pdfium_c.FPDFFormObj_GetObject(item, index) for index in range(count))
            _collect(children, inner, transform, drawn, depth - 1)


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if matrix is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _moved(left.value, bottom.value, right.value, top.value, matrix)


def _moved(x0: float, y0: float, x1: float, y1: float, m: Matrix) -> tuple[float, float, float, float]:
    xs = (m[0] * x0 + m[2] * y0 + m[4], m[0] * x1 + m[2] * y1 + m[4])
    ys = (m[1] * x0 + m[3] * y0 + m[5], m[1] * x1 + m[3] * y1 + m[5])
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    return (
        a * outer[0] + b * outer[2],
        a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2],
        c * outer[1] + d * outer[3],
        e * outer[0] + f * outer[2] + outer[4],
        e * outer[1] + f * outer[3] + outer[5],
    )


def _path(item: Any, matrix: Matrix, transform: Transform, drawn: Drawn) -> None:
    """Keep the straight rulings of a path; a filled hairline is one, a larger rectangle is four."""
    box = transform(*_bounds(item, matrix))
    width, height = box.x1 - box.x0, box.bottom - box.top
    if max(width, height) < 2 * THIN:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    if width < THIN or height < THIN:
        (drawn.vertical if width < height else drawn.horizontal).append(box)
        return
    segments = pdfium_c.FPDFPath_CountSegments(item)
    if not stroke.value and segments <= 6:  # the ground of a cell, no ruling
        return
    if segments <= MAX_SEGMENTS:
        for line in _segments(item, segments, matrix, transform):
            if line.x1 - line.x0 < 0.5 and line.bottom - line.top > THIN:
                drawn.vertical.append(line)
            elif line.bottom - line.top < 0.5 and line.x1 - line.x0 > THIN:
                drawn.horizontal.append(line)


def _segments(item: Any, count: int, matrix: Matrix, transform: Transform) -> Iterator[Box]:
    own = _product(_matrix(item), matrix)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield transform(*_moved(*last, *point, own))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield transform(*_moved(*point, *start, own))
        last = point
