"""hOCR 1.2, as Tesseract, OCRopus and OCRmyPDF write it: HTML whose classes and titles describe the page."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pv_extract.document import Document
from pv_extract.readers.composition import NOWHERE, Placed
from pv_extract.readers.decoding import decode
from pv_extract.readers.inline_notation import ITALIC_TAGS
from pv_extract.readers.ocr import Block
from pv_extract.readers.ocr_file import OcrFile, OcrPage, document_of, number, scaled, shares, words_in
from pv_extract.readers.resolution import resolution
from pv_extract.readers.rows import rows_of
from pv_extract.readers.safe_xml import parse_html
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.words import Box

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "text/vnd.hocr+html"
BLOCKS = ("ocr_carea", "ocr_column", "ocrx_block", "ocr_par", "ocr_page")
LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
PARAGRAPHS = frozenset(("ocr_par", "ocr_carea", "ocr_column", "ocrx_block", "ocr_page"))
BOLD_TAGS = frozenset(("b", "strong", "u"))
WORDS = frozenset(("ocrx_word", "ocr_word"))
PROPERTY = re.compile(r"""([A-Za-z_]\w*)((?:\s+(?:"[^"]*"|'[^']*'|[^\s;"']+))*)\s*(?:;|$)""")
"""A property of a title, « bbox 10 20 90 40 »; quoted values (file names) may hold semicolons."""


def read(source: Source, options: ReadOptions) -> Document:
    """The pages of the file; raises UnreadableSource for one that is damaged or without a word."""
    return document_of(source, [content(source)], MEDIA_TYPE, "hocr")


def content(source: Source) -> OcrFile:
    """The pages, engine and language of an hOCR file."""
    root = parse_html(decode(source))
    pages = [item for item in root.iter() if "ocr_page" in _classes(item)]
    told = {item.get("name"): item.get("content") for item in root.iter("meta")}
    languages = (item.get("lang") for page in pages for item in page.iter() if item.get("lang"))
    language = (told.get("ocr-langs") or "").split() or list(dict.fromkeys(languages))
    return OcrFile([_page(page) for page in pages], told.get("ocr-system"), "+".join(language) or None)


def _classes(item: "_Element") -> list[str]:
    return (item.get("class") or "").split()


def _properties(item: "_Element") -> dict[str, list[str]]:
    return {name: values.split() for name, values in PROPERTY.findall(item.get("title") or "")}


def _box(item: "_Element") -> Box:
    sides = [number(side) for side in _properties(item).get("bbox", ())]
    if len(sides) != 4 or None in sides:
        return NOWHERE
    x0, top, x1, bottom = (side or 0.0 for side in sides)
    return Box(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))


def _page(page: "_Element") -> OcrPage:
    box = _box(page)
    told = number(next(iter(_properties(page).get("scan_res", ())), None)) or 0.0
    width, height = box.x1 - box.x0, box.bottom - box.top
    scale = 72 / resolution(told, width, height)
    blocks = groupby(_innermost(page, LINES | PARAGRAPHS), key=_block)
    rows = ([row for line in lines for row in _rows(line, scale)] for _, lines in blocks)
    return OcrPage([[block for block in rows if block]], width * scale, height * scale)


def _rows(line: "_Element", scale: float) -> Block:
    """The words of a line; the rows of a paragraph in which no line is marked."""
    words = _words(line, scale)
    if LINES.isdisjoint(_classes(line)) and all(word.box != NOWHERE for word in words):
        return rows_of(words)
    return [words] if words else []


def _innermost(page: "_Element", classes: frozenset[str]) -> Iterator["_Element"]:
    for item in page.iter():
        inner = (child for child in item.iterdescendants() if not classes.isdisjoint(_classes(child)))
        if not classes.isdisjoint(_classes(item)) and next(inner, None) is None:
            yield item


def _block(line: "_Element") -> "_Element":
    """What the line stands in: an area, else a paragraph, else the page."""
    around = list(line.iterancestors())
    return next((item for name in BLOCKS for item in around if name in _classes(item)), line)


def _words(line: "_Element", scale: float) -> list[Placed]:
    parts = list(_innermost(line, WORDS)) or [line]
    texts = [" ".join("".join(part.itertext()).split()) for part in parts]
    boxes = [_box(part) for part in parts]
    if NOWHERE in boxes:
        boxes = shares(_box(line), texts)
    words: list[Placed] = []
    for part, text, box in zip(parts, texts, boxes, strict=True):
        words += words_in(text, scaled(box, scale), *_look(part), _confidence(part))
    if words and words[-1].text.endswith("\u00ad"):
        words[-1] = words[-1]._replace(text=words[-1].text[:-1] + "-")
    return words


def _look(word: "_Element") -> tuple[bool, bool]:
    tags = {str(item.tag) for item in (*word.iterancestors(), *word.iter())}
    return not tags.isdisjoint(BOLD_TAGS), not tags.isdisjoint(ITALIC_TAGS)


def _confidence(word: "_Element") -> float | None:
    properties = _properties(word)
    known = [number(value) for value in properties.get("x_wconf") or properties.get("x_confs") or ()]
    sure = [value for value in known if value is not None and 0 <= value <= 100]
    return round(sum(sure) / len(sure) / 100, 4) if sure else None
