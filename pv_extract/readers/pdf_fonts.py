"""Which fonts of a PDF are bold or italic: by their names, their flags, and the files embedded in it."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium_c

BOLD_NAME = re.compile(r"bold|black|heavy|(?<!ex)demi(?!light)|[-,](?:bd|bi)\b", re.I)
ITALIC_NAME = re.compile(r"ital|obli|[-,](?:it|bi)\b", re.I)
FORCE_BOLD, ITALIC_FLAG = 1 << 18, 1 << 6
FILL_AND_STROKE = 2


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
