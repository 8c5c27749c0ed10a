"""PAGE XML 2010 to 2024 (PRImA), as Transkribus, eScriptorium and OCR-D write it.

Text may stand at the level of the line, of the words or of the region, often at several: one is read.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pv_extract.document import Document
from pv_extract.readers.composition import NOWHERE, Placed
from pv_extract.readers.ocr import Block
from pv_extract.readers.ocr_file import (
    OcrFile,
    OcrPage,
    box_of_points,
    document_of,
    in_reading_order,
    number,
    scaled,
    slices,
    words_in,
)
from pv_extract.readers.resolution import resolution
from pv_extract.readers.rows import merge_rows
from pv_extract.readers.safe_xml import parse_xml
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.words import Box

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.prima.page+xml"
CUSTOM = re.compile(r"([A-Za-z][\w-]*)\s*\{([^{}]*)\}")
"""A property of the attribute ``custom``: « textStyle {offset:0; length:7; bold:true;} »."""
INCHES = {"PPI": 1.0, "PPCM": 2.54}
Styling = tuple[bool, bool]


class Stretch(NamedTuple):
    """Characters of a line that are set in a style."""

    start: int
    end: int
    bold: bool
    italic: bool


def read(source: Source, options: ReadOptions) -> Document:
    """The pages of the file; raises UnreadableSource for one that is damaged, unsafe or without a word."""
    return document_of(source, [content(source)], MEDIA_TYPE, "page")


def content(source: Source) -> OcrFile:
    """The pages, engine and language of a PAGE file."""
    root = parse_xml(source)
    pages = list(root.iter("{*}Page"))
    languages = (page.get("primaryLanguage") for page in pages)
    creator = (root.findtext("{*}Metadata/{*}Creator") or "").strip()
    return OcrFile([_page(page) for page in pages], creator or None, next(filter(None, languages), None))


def _page(page: "_Element") -> OcrPage:
    width, height = number(page.get("imageWidth")) or 0.0, number(page.get("imageHeight")) or 0.0
    told = (number(page.get("imageXResolution")) or 0.0) * INCHES.get(page.get("imageResolutionUnit", ""), 0.0)
    scale = 72 / resolution(told, width, height)
    blocks = [_table(item, scale) if _is(item, "TableRegion") else _rows(item, scale) for item in _regions(page)]
    return OcrPage([[rows for rows in blocks if rows]], width * scale, height * scale)


def _is(item: "_Element", name: str) -> bool:
    return str(item.tag).endswith(f"}}{name}") or item.tag == name


def _regions(page: "_Element") -> list["_Element"]:
    """The regions of text and the tables in reading order; a region inside another follows it."""
    regions = [
        item
        for item in page.iter("{*}TextRegion", "{*}TableRegion")
        if next(item.iterancestors("{*}TableRegion"), None) is None
    ]
    order = page.find("{*}ReadingOrder")
    names = _ordered(order) if order is not None else []
    places = {name: place for place, name in enumerate(names)}
    if not places:
        places = {item.get("id", ""): place for item in regions if (place := _custom_place(item)) is not None}
    own = [[item.get("id", ""), *(around.get("id", "") for around in item.iterancestors())] for item in regions]
    return in_reading_order(regions, own, places)


def _ordered(group: "_Element") -> list[str]:
    """The regions that a group of the reading order refers to, groups inside it at their index."""
    names: list[str] = []
    for item in sorted(group, key=lambda item: number(item.get("index")) or 0.0):
        names += [item.get("regionRef", "")] if item.get("regionRef") else []
        names += _ordered(item)
    return names


def _custom(item: "_Element") -> Iterator[tuple[str, dict[str, str]]]:
    for name, values in CUSTOM.findall(item.get("custom", "")):
        pairs = (value.partition(":") for value in values.split(";") if ":" in value)
        yield name, {key.strip(): value.strip() for key, _, value in pairs}


def _custom_place(item: "_Element") -> int | None:
    for name, values in _custom(item):
        if name == "readingOrder" and values.get("index", "").isdecimal():
            return int(values["index"])
    return None


def _rows(region: "_Element", scale: float) -> Block:
    """The lines of a region; of one without lines, the lines of its own text."""
    lines = list(region.iterchildren("{*}TextLine"))
    indexes = [number(line.get("index")) if line.get("index") else _custom_place(line) for line in lines]
    if lines and None not in indexes:
        lines = [line for _, _, line in sorted(zip(indexes, range(len(lines)), lines, strict=True))]
    rows = [_words(line, scale) for line in lines]
    if not any(rows) and region.find("{*}TextRegion") is None:
        text = [line for line in _text(region).splitlines() if line.strip()]
        boxes = slices(_box(region), len(text))
        style = _style(region)
        rows = [words_in(line, scaled(box, scale), *style) for line, box in zip(text, boxes, strict=True)]
    return [row for row in rows if row]


def _table(table: "_Element", scale: float) -> Block:
    """The rows of a table: cells of one row index beside each other, else cells at the same height."""
    cells = [(_row_index(cell), _rows(cell, scale)) for cell in table.iter("{*}TextRegion")]
    if all(index is not None for index, _ in cells):
        by_row = groupby(sorted(cells, key=lambda cell: cell[0] or 0), key=lambda cell: cell[0])
        return [row for _, group in by_row for row in merge_rows([row for _, rows in group for row in rows])]
    return merge_rows([row for _, rows in cells for row in rows])


def _row_index(cell: "_Element") -> int | None:
    role = cell.find("{*}Roles/{*}TableCellRole")
    told = role.get("rowIndex", "") if role is not None else ""
    return int(told) if told.isdecimal() else None


def _words(line: "_Element", scale: float) -> list[Placed]:
    """The words of a line: with their own boxes where they spell its text, else spread over its box."""
    text, style = _text(line), _style(line)
    words = list(line.iterchildren("{*}Word"))
    spelt = [_text(word).strip() for word in words]
    if any(spelt) and (not text.strip() or "".join(text.split()) == "".join("".join(spelt).split())):
        found = [
            words_in(_text(word), scaled(_box(word), scale), *_style(word, style), _confidence(word)) for word in words
        ]
        return [placed for parts in found for placed in parts]
    placed = words_in(text, scaled(_box(line), scale), *style, _confidence(line))
    return _styled(placed, text, list(_stretches(line)))


def _stretches(line: "_Element") -> Iterator[Stretch]:
    for name, values in _custom(line):
        start, length = number(values.get("offset")), number(values.get("length"))
        if name == "textStyle" and start is not None and length is not None:
            look = "true" in (values.get("bold"), values.get("underlined")), values.get("italic") == "true"
            yield Stretch(int(start), int(start + length), *look)


def _styled(words: list[Placed], text: str, stretches: list[Stretch]) -> list[Placed]:
    """The words, bold or in italics where a stretch holds the whole of one."""
    styled, at = [], 0
    for word in words:
        at = text.index(word.text, at)
        end = at + len(word.text)
        holding = [stretch for stretch in stretches if stretch.start <= at and end <= stretch.end]
        bold, italic = any(s.bold for s in holding), any(s.italic for s in holding)
        styled.append(word._replace(bold=word.bold or bold, italic=word.italic or italic))
        at = end
    return styled


def _best(item: "_Element") -> "_Element | None":
    """The best of the readings of an element: the one of the lowest index."""
    return min(item.iterchildren("{*}TextEquiv"), key=lambda text: number(text.get("index")) or 0.0, default=None)


def _text(item: "_Element") -> str:
    best = _best(item)
    return "" if best is None else best.findtext("{*}Unicode") or best.findtext("{*}PlainText") or ""


def _confidence(item: "_Element") -> float | None:
    best = _best(item)
    sure = None if best is None else number(best.get("conf"))
    return sure if sure is not None and 0 <= sure <= 1 else None


def _box(item: "_Element") -> Box:
    """The box around an element, in pixels; before 2013 its corners are elements."""
    coords = item.find("{*}Coords")
    if coords is None:
        return NOWHERE
    points = (f"{point.get('x')},{point.get('y')}" for point in coords.iterchildren("{*}Point"))
    return box_of_points(coords.get("points") or " ".join(points))


def _style(item: "_Element", inherited: Styling | None = None) -> Styling:
    """Bold (or underlined) and italic: those of the element, else of what it stands in."""
    for around in (item, *item.iterancestors()):
        style = around.find("{*}TextStyle")
        if style is not None:
            return _says(style, "bold") or _says(style, "underlined"), _says(style, "italic")
        if around is item and inherited is not None:
            return inherited
    return False, False


def _says(style: "_Element", name: str) -> bool:
    return style.get(name) in ("true", "1")
