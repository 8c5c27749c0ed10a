"""ALTO 1 to 4 (Library of Congress), the format of library scans: words with boxes, styles, confidences.

Names are matched without their namespace, which changes with the version and the producer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pv_extract.document import Document
from pv_extract.readers.composition import HYPHENS, NOWHERE, Part, Placed
from pv_extract.readers.ocr import Block
from pv_extract.readers.ocr_file import (
    OcrFile,
    OcrPage,
    box_of_points,
    document_of,
    in_reading_order,
    number,
    scaled,
    shares,
    words_in,
)
from pv_extract.readers.resolution import resolution
from pv_extract.readers.safe_xml import parse_xml
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.words import Box

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/alto+xml"
POINTS = {"mm10": 72 / 254, "inch1200": 72 / 1200}
"""Points in a tenth of a millimetre, and in 1/1200 inch; the size of a pixel depends on the scan."""
SETTINGS = re.compile(r"\b(lang|resolution|turns)=(\S+)")
"""What our own files tell of the reading: the language as the engine names it, the pixels in an inch, quarter turns."""
PARTS = {str(part): part for part in Part}
"""The types of the composed blocks in our own files: columns of the body, and what stands apart from it."""
UNDERLINE = "underline"
"""A style: typewriters have it for bold."""
SPACES = {"TopMargin": 0, "LeftMargin": 1, "PrintSpace": 2, "RightMargin": 3, "BottomMargin": 4}
"""The spaces of a page as they are read; the schema has the lower margin before the body."""
Fonts = dict[str, frozenset[str]]


def read(source: Source, options: ReadOptions) -> Document:
    """The pages of the file; raises UnreadableSource for one that is damaged, unsafe or without a word."""
    return document_of(source, [content(source)], MEDIA_TYPE, "alto")


def content(source: Source, dpi: float | None = None) -> OcrFile:
    """The pages, engine and language of an ALTO file; ``dpi`` is the resolution of its images where it is known."""
    root = parse_xml(source)
    settings = dict(SETTINGS.findall(" ".join(_texts(root, "processingStepSettings"))))
    unit = "".join(_texts(root, "MeasurementUnit")).strip()
    fonts = {font.get("ID", ""): frozenset(font.get("FONTSTYLE", "").split()) for font in root.iter("{*}TextStyle")}
    order = [ref for item in root.iterfind("{*}ReadingOrder//*[@REF]") for ref in item.get("REF", "").split()]
    places = {ref: place for place, ref in reversed(list(enumerate(order)))}
    turns = int(number(settings.get("turns")) or 0) % 4
    pages = [
        _page(page, POINTS.get(unit) or 72 / (dpi or _dpi(page, settings.get("resolution"))), fonts, places)
        for page in root.iter("{*}Page")
    ]
    language = settings.get("lang") or _language(root)
    return OcrFile([replace(page, turns=turns) for page in pages], _engine(root), language)


def _texts(root: "_Element", name: str) -> Iterator[str]:
    return (item.text or "" for item in root.iter(f"{{*}}{name}"))


def _engine(root: "_Element") -> str | None:
    """The first program that the file names, with its version."""
    for software in root.iter("{*}processingSoftware", "{*}ProcessingSoftware"):
        told = (software.findtext(f"{{*}}{name}") or "" for name in ("softwareName", "softwareVersion"))
        if name := " ".join(" ".join(told).split()):
            return name
    return None


def _language(root: "_Element") -> str | None:
    return next((item.get("LANG") for item in root.iter("{*}Page", "{*}TextBlock") if item.get("LANG")), None)


def _dpi(page: "_Element", told: str | None) -> float:
    width, height = _size(page)
    return number(told) or resolution(0, width, height)


def _size(page: "_Element") -> tuple[float, float]:
    """Width and height of a page in the units of the file; those of what stands on it where it has none."""
    for item in (page, page.find("{*}PrintSpace")):
        if item is not None and (width := number(item.get("WIDTH"))) and (height := number(item.get("HEIGHT"))):
            return width, height
    boxes = [_own_box(item) for item in page.iter("{*}TextBlock", "{*}TextLine", "{*}String")]
    return max((box.x1 for box in boxes), default=0.0), max((box.bottom for box in boxes), default=0.0)


def _page(page: "_Element", scale: float, fonts: Fonts, places: dict[str, int]) -> OcrPage:
    blocks = sorted(page.iter("{*}TextBlock"), key=_space)
    names = [_names(block) for block in blocks]
    ordered = in_reading_order(blocks, names, places if _any_placed(names, places) else _chain(blocks))
    parts: dict[Part, list[list[Block]]] = {part: [] for part in Part}
    for (part, _), column in groupby(ordered, key=_column):
        parts[part].append([rows for block in column if (rows := _rows(block, scale, fonts))])
    width, height = _size(page)
    return OcrPage(parts.pop(Part.BODY), width * scale, height * scale, parts)


def _space(block: "_Element") -> int:
    spaces = (SPACES.get(_local(item)) for item in block.iterancestors())
    return next((space for space in spaces if space is not None), SPACES["PrintSpace"])


def _local(item: "_Element") -> str:
    return str(item.tag).rpartition("}")[2]


def _names(block: "_Element") -> list[str]:
    """The names by which an order may call a block: its own, those of the blocks around it, of its lines."""
    items = (block, *block.iterancestors("{*}ComposedBlock"), *block.iter("{*}TextLine"))
    return [item.get("ID", "") for item in items]


def _any_placed(names: list[list[str]], places: dict[str, int]) -> bool:
    return any(name in places for own in names for name in own)


def _chain(blocks: list["_Element"]) -> dict[str, int]:
    """The places of the blocks that name the one to be read next (IDNEXT)."""
    after = {block.get("ID", ""): block.get("IDNEXT", "") for block in blocks if block.get("IDNEXT")}
    places: dict[str, int] = {}
    for name in sorted(after.keys() - after.values(), key=list(after).index):
        while name and name not in places:
            places[name] = len(places)
            name = after.get(name, "")
    return places


def _column(block: "_Element") -> tuple[Part, str | None]:
    """What a block is part of, in our own files, and the name of its column."""
    around = block.iterancestors("{*}ComposedBlock")
    columns = ((PARTS[kind], item.get("ID", "")) for item in around if (kind := item.get("TYPE", "")) in PARTS)
    return next(columns, (Part.BODY, None))


def _rows(block: "_Element", scale: float, fonts: Fonts) -> Block:
    rows = (list(_words(line, scale, fonts)) for line in block.iter("{*}TextLine"))
    return [row for row in rows if row]


def _words(line: "_Element", scale: float, fonts: Fonts) -> list[Placed]:
    strings = list(line.iter("{*}String"))
    boxes = [_own_box(string) for string in strings]
    if NOWHERE in boxes:
        boxes = shares(_own_box(line), [string.get("CONTENT", "") for string in strings])
    font = _font((line, *line.iterancestors()), fonts) or frozenset()
    words: list[Placed] = []
    for string, box in zip(strings, boxes, strict=True):
        look = _look(string, fonts, font)
        words += words_in(string.get("CONTENT", ""), scaled(box, scale), *look, _confidence(string))
    if words:
        words[-1] = _parted(words[-1], strings[-1], line.find("{*}HYP"))
    return words


def _parted(word: Placed, string: "_Element", hyphen: "_Element | None") -> Placed:
    """The last word of a line, with its hyphen, and the whole word where the file tells it."""
    if string.get("SUBS_TYPE") == "HypPart1":
        word = word._replace(whole=string.get("SUBS_CONTENT"))
    if hyphen is None or word.text[-1] in HYPHENS:
        return word
    return word._replace(text=word.text + (hyphen.get("CONTENT") or "-").replace("\u00ad", "-"))


def _own_box(item: "_Element") -> Box:
    """The box of an element in the units of the file, NOWHERE where it has none."""
    x, y = number(item.get("HPOS")), number(item.get("VPOS"))
    if x is None or y is None:
        polygon = item.find("{*}Shape/{*}Polygon")
        return NOWHERE if polygon is None else box_of_points(polygon.get("POINTS", ""))
    width, height = number(item.get("WIDTH")) or 0.0, number(item.get("HEIGHT")) or 0.0
    return Box(x, y, x + max(0.0, width), y + max(0.0, height))


def _font(items: Iterable["_Element"], fonts: Fonts) -> frozenset[str] | None:
    """The style of the font that the nearest of the elements names, None where none does."""
    for item in items:
        named = [fonts[name] for name in item.get("STYLEREFS", "").split() if name in fonts]
        if named:
            return frozenset().union(*named)
    return None


def _look(string: "_Element", fonts: Fonts, inherited: frozenset[str]) -> tuple[bool, bool]:
    """Bold (or underlined) and italic: the string's own font, else that of what it stands in, and its own STYLE."""
    own = _font((string,), fonts)
    style = (inherited if own is None else own).union(string.get("STYLE", "").split())
    return not style.isdisjoint(("bold", UNDERLINE)), "italics" in style


def _confidence(string: "_Element") -> float | None:
    """WC (0 unsure to 1 sure), else what the digits of CC say (one a character, 0 sure to 9 unsure)."""
    sure = number(string.get("WC"))
    if sure is not None and 0 <= sure <= 1:
        return sure
    digits = [int(digit) for digit in string.get("CC", "") if digit in "0123456789"]
    return round(1 - sum(digits) / (9 * len(digits)), 4) if digits else None
