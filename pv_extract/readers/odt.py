"""OpenDocument text (ODT), as LibreOffice writes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pv_extract.document import Document
from pv_extract.readers.office import Cell, Paragraph, Run, Writer, integer, member
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = f"{{{SPACE}text:1.0}}", f"{{{SPACE}table:1.0}}", f"{{{SPACE}style:1.0}}"
FO, OFFICE = f"{{{SPACE}xsl-fo-compatible:1.0}}", f"{{{SPACE}office:1.0}}"
DRAW = f"{{{SPACE}drawing:1.0}}"
LEFT_OUT = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}note",
        f"{TEXT}bookmark",
        f"{OFFICE}annotation",
        f"{OFFICE}forms",
        f"{TEXT}sequence-decls",
    )
)
BLANKS = re.compile(r"[ \t\r\n]+")
BOLD_WEIGHTS = frozenset(("bold", "600", "700", "800", "900"))


class Look(NamedTuple):
    """What a style says of weight and slant; None where it leaves them to its parent."""

    bold: bool | None = None
    italic: bool | None = None
    parent: str | None = None


@dataclass
class Styles:
    """The named and automatic styles of a document, and the numbering of its lists."""

    looks: dict[str, Look] = field(default_factory=dict)
    lists: dict[str, dict[int, str | None]] = field(default_factory=dict)

    def add(self, root: "_Element | None") -> None:
        """Take in the styles of ``styles.xml`` or ``content.xml``."""
        if root is None:
            return
        for style in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
            name = style.get(f"{STYLE}name") or f"default {style.get(f'{STYLE}family')}"
            self.looks[name] = _look(style)
        for style in root.iter(f"{TEXT}list-style"):
            self.lists[style.get(f"{STYLE}name", "")] = {
                integer(level.get(f"{TEXT}level"), 1): _numbering(level) for level in style
            }

    def look(self, name: str | None, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Weight and slant of a style, those given where neither it nor its parents tell."""
        known_bold: bool | None = None
        known_italic: bool | None = None
        for _ in range(20):  # a chain of parents could be a circle
            if name is None or name not in self.looks:
                break
            look = self.looks[name]
            known_bold = look.bold if known_bold is None else known_bold
            known_italic = look.italic if known_italic is None else known_italic
            name = look.parent
        return (
            bold if known_bold is None else known_bold,
            italic if known_italic is None else known_italic,
        )


def read(source: Source, options: ReadOptions) -> Document:
    """The body of the text: paragraphs, lists with their marks, tables; headers, footers and notes apart.

    What was deleted under tracked changes is left out.
    """
    content, layout = member(source, "content.xml"), member(source, "styles.xml")
    styles = Styles()
    styles.add(layout)
    styles.add(content)
    writer = Writer()
    body = content.find(f".//{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is not None:
        _blocks(body, styles, writer)
        for part in (*body.iter(f"{TEXT}note-body"), *_edges(layout)):
            writer.apart(_paragraph(item, styles) for item in part.iter(f"{TEXT}p", f"{TEXT}h"))
    return writer.document(source, "application/vnd.oasis.opendocument.text", "odt")


def _edges(layout: "_Element | None") -> Iterator["_Element"]:
    """The headers and footers of the pages."""
    for page in layout.iter(f"{STYLE}master-page") if layout is not None else ():
        yield from (item for item in page if str(item.tag).startswith((f"{STYLE}header", f"{STYLE}footer")))


def _look(style: "_Element") -> Look:
    bold = italic = None
    for properties in style.iter(f"{STYLE}text-properties"):
        weight, slant = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
        bold = bold if weight is None else weight in BOLD_WEIGHTS
        italic = italic if slant is None else slant in ("italic", "oblique")
    return Look(bold, italic, style.get(f"{STYLE}parent-style-name"))


def _numbering(level: "_Element") -> str | None:
    """What stands after the number of a level (« . »), None where it has a bullet."""
    if level.tag != f"{TEXT}list-level-style-number" or not level.get(f"{STYLE}num-format"):
        return None
    return str(level.get(f"{STYLE}num-suffix", ""))


def _blocks(parent: "_Element", styles: Styles, writer: Writer) -> None:
    for item in parent:
        if item.tag in (f"{TEXT}p", f"{TEXT}h"):
            writer.paragraph(_paragraph(item, styles))
            for box in item.iter(f"{DRAW}text-box"):
                _blocks(box, styles, writer)
        elif item.tag == f"{TEXT}list":
            for paragraph in _list(item, styles, 1, None):
                writer.paragraph(paragraph)
        elif item.tag == f"{TABLE}table":
            writer.table(list(_rows(item, styles)))
        elif item.tag not in LEFT_OUT:
            _blocks(item, styles, writer)


def _paragraph(item: "_Element", styles: Styles) -> Paragraph:
    heading = item.tag == f"{TEXT}h"
    look = styles.look(item.get(f"{TEXT}style-name"), heading, False)
    return _trimmed(list(_runs(item, styles, *look)))


def _runs(item: "_Element", styles: Styles, bold: bool, italic: bool) -> Iterator[Run]:
    if item.text:
        yield Run(_collapsed(item.text), bold, italic)
    for child in item:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield Run(" " * min(100, integer(child.get(f"{TEXT}c"), 1)), bold, italic)
        elif tag == f"{TEXT}tab":
            yield Run("\t", bold, italic)
        elif tag == f"{TEXT}line-break":
            yield Run("\n", bold, italic)
        elif tag == f"{TEXT}span":
            yield from _runs(child, styles, *styles.look(child.get(f"{TEXT}style-name"), bold, italic))
        elif tag not in LEFT_OUT and not str(tag).startswith(DRAW):
            yield from _runs(child, styles, bold, italic)
        if child.tail:
            yield Run(_collapsed(child.tail), bold, italic)


def _collapsed(text: str) -> str:
    """White space as OpenDocument reads it: any run of it is one blank."""
    return BLANKS.sub(" ", text)


def _trimmed(runs: Paragraph) -> Paragraph:
    while runs and not runs[-1].text.strip():
        runs.pop()
    return runs


def _list(item: "_Element", styles: Styles, level: int, inherited: str | None) -> Iterator[Paragraph]:
    name = item.get(f"{TEXT}style-name") or inherited
    suffix = styles.lists.get(name or "", {}).get(level)
    number = 0
    for entry in item:
        marked = entry.tag == f"{TEXT}list-header"
        number += not marked
        for child in entry:
            if child.tag == f"{TEXT}list":
                yield from _list(child, styles, level + 1, name)
            elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                paragraph = _paragraph(child, styles)
                if not marked and paragraph:
                    first = paragraph[0]
                    mark = "- " if suffix is None else f"{number}{suffix} "
                    paragraph.insert(0, Run(mark, first.bold, first.italic))
                marked = True
                yield paragraph


def _rows(table: "_Element", styles: Styles) -> Iterator[list[Cell]]:
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is not table:
            continue
        yield [
            [_paragraph(p, styles) for p in cell.iter(f"{TEXT}p", f"{TEXT}h")]
            for cell in row
            if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
        ]
