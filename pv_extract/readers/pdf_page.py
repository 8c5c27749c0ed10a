"""What stands on one page of a PDF, through PDFium: its words, and the way it is turned.

Calls into PDFium cost about a microsecond each: two for the box of a word, one for its style; the rest is
done once per text object or once per font.
"""

import ctypes
import math
import re
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pv_extract.readers.composition import Placed
from pv_extract.readers.pdf_fonts import Fonts
from pv_extract.words import Box

WORD = re.compile(r"[^\s\x02\ufffe\x00]+[\x02\ufffe]?")
"""U+0002 and U+FFFE are PDFium's signs for a hyphen at the end of a line."""
SYMBOL_BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0d8\uf076\uf0fc\uf06e\uf0e8\uf0f0"), "•")
"""The bullets of Symbol and Wingdings, which have no Unicode characters of their own."""

Transform = Callable[[float, float, float, float], Box]


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
