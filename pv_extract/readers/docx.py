"""Word documents (DOCX), as Word and LibreOffice write them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pv_extract.document import Document
from pv_extract.readers.office import Cell, Paragraph, Run, Writer, integer, member, members
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEFT_OUT = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "footnoteReference")
)
APART = r"word/(?:header|footer|footnotes|endnotes)\d*\.xml"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Look(NamedTuple):
    """What a style says of weight and slant (None: left to its parent), and its list."""

    bold: bool | None = None
    italic: bool | None = None
    parent: str | None = None
    numbering: tuple[str, int] | None = None


class Level(NamedTuple):
    """A level of a list: the kind of its numbers, and their pattern, such as ``%1.``."""

    kind: str
    pattern: str
    start: int


@dataclass
class Styles:
    """The styles and lists of a document, and how far each list has counted."""

    looks: dict[str, Look] = field(default_factory=dict)
    default: str | None = None
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def look(self, name: str | None, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Weight and slant of a style, those given where neither it nor its parents tell."""
        known_bold: bool | None = None
        known_italic: bool | None = None
        for look in self._chain(name):
            known_bold = look.bold if known_bold is None else known_bold
            known_italic = look.italic if known_italic is None else known_italic
        return (
            bold if known_bold is None else known_bold,
            italic if known_italic is None else known_italic,
        )

    def numbering(self, name: str | None) -> tuple[str, int] | None:
        """The list and level that a paragraph style belongs to."""
        return next((look.numbering for look in self._chain(name) if look.numbering), None)

    def mark(self, place: tuple[str, int]) -> str:
        """The next number (« 2. ») or bullet (« - ») of a list, with its blank."""
        level = self.levels.get(place)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "- "
        identity, depth = place
        self.counts[place] = (self.counts[place] or level.start - 1) + 1
        for other in list(self.counts):
            if other[0] == identity and other[1] > depth:
                del self.counts[other]
        mark = level.pattern
        for upper in range(depth + 1):
            kind = self.levels.get((identity, upper), level).kind
            mark = mark.replace(f"%{upper + 1}", _number(self.counts[identity, upper] or 1, kind))
        return f"{mark} " if mark else ""

    def _chain(self, name: str | None) -> Iterator[Look]:
        name = name or self.default
        for _ in range(20):  # a chain of parents could be a circle
            if name is None or name not in self.looks:
                return
            yield self.looks[name]
            name = self.looks[name].parent


def read(source: Source, options: ReadOptions) -> Document:
    """The body of the text: paragraphs, lists with their marks, tables; headers, footers and notes apart.

    What was deleted under tracked changes is left out.
    """
    styles = _styles(source)
    writer = Writer()
    root = member(source, "word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is not None:
        _blocks(body, styles, writer)
        for part in members(source, APART):
            writer.apart(_paragraph(item, styles) for item in part.iter(f"{W}p"))
    return writer.document(source, MEDIA_TYPE, "docx")


def _styles(source: Source) -> Styles:
    styles = Styles()
    root = member(source, "word/styles.xml")
    for style in root.iter(f"{W}style") if root is not None else ():
        name, parent = style.get(f"{W}styleId", ""), style.find(f"{W}basedOn")
        bold, italic = _weight(style.find(f"{W}rPr"))
        inherited = parent.get(f"{W}val") if parent is not None else None
        styles.looks[name] = Look(bold, italic, inherited, _list_of(style.find(f"{W}pPr")))
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            styles.default = name
    _add_lists(styles, member(source, "word/numbering.xml"))
    return styles


def _add_lists(styles: Styles, root: "_Element | None") -> None:
    if root is None:
        return
    abstract = {item.get(f"{W}abstractNumId"): item for item in root.iter(f"{W}abstractNum")}
    for item in root.iter(f"{W}num"):
        link = item.find(f"{W}abstractNumId")
        source = abstract.get(link.get(f"{W}val")) if link is not None else None
        for level in source.iter(f"{W}lvl") if source is not None else ():
            place = item.get(f"{W}numId", ""), integer(level.get(f"{W}ilvl"), 0)
            styles.levels[place] = Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                integer(_value(level, "start"), 1),
            )


def _value(parent: "_Element", name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _weight(properties: "_Element | None") -> tuple[bool | None, bool | None]:
    return _switch(properties, "b"), _switch(properties, "i")


def _switch(properties: "_Element | None", name: str) -> bool | None:
    switch = properties.find(f"{W}{name}") if properties is not None else None
    return None if switch is None else switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _list_of(properties: "_Element | None") -> tuple[str, int] | None:
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    if numbering is None:
        return None
    return _value(numbering, "numId") or "0", integer(_value(numbering, "ilvl"), 0)


def _number(value: int, kind: str) -> str:
    """A list number in its kind.

    >>> _number(3, "decimal"), _number(3, "lowerLetter"), _number(4, "upperRoman")
    ('3', 'c', 'IV')
    """
    if kind.endswith("Letter"):
        letter = LETTERS[(value - 1) % 26]
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("Roman"):
        roman = ""
        for worth, sign in ROMAN:
            roman += sign * (value // worth)
            value %= worth
        return roman if kind.startswith("upper") else roman.lower()
    return str(value)


def _blocks(parent: "_Element", styles: Styles, writer: Writer) -> None:
    for item in parent:
        if item.tag == f"{W}p":
            writer.paragraph(_paragraph(item, styles))
            for box in item.iter(f"{W}txbxContent"):
                if not any(True for _ in box.iterancestors(FALLBACK)):
                    _blocks(box, styles, writer)
        elif item.tag == f"{W}tbl":
            writer.table(list(_rows(item, styles)))
        elif item.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            _blocks(item, styles, writer)


def _paragraph(item: "_Element", styles: Styles) -> Paragraph:
    properties = item.find(f"{W}pPr")
    style = _value(properties, "pStyle") if properties is not None else None
    bold, italic = styles.look(style, False, False)
    runs = [run for run in _runs(item, styles, bold, italic) if run.text]
    place = _list_of(properties) or styles.numbering(style)
    if runs and place and place[0] != "0" and (mark := styles.mark(place)):
        runs.insert(0, Run(mark, runs[0].bold, runs[0].italic))
    return runs


def _runs(item: "_Element", styles: Styles, bold: bool, italic: bool) -> Iterator[Run]:
    for child in item:
        if child.tag in LEFT_OUT or child.tag == f"{W}drawing" or child.tag == f"{W}pict":
            continue
        if child.tag == f"{W}r":
            yield from _run(child, styles, bold, italic)
        else:
            yield from _runs(child, styles, bold, italic)


def _run(item: "_Element", styles: Styles, bold: bool, italic: bool) -> Iterator[Run]:
    properties = item.find(f"{W}rPr")
    if properties is not None:
        if style := _value(properties, "rStyle"):
            bold, italic = styles.look(style, bold, italic)
        own_bold, own_italic = _weight(properties)
        if _switch(properties, "vanish"):  # hidden text is not printed
            return
        bold = bold if own_bold is None else own_bold
        italic = italic if own_italic is None else own_italic
    for child in item:
        if child.tag == f"{W}t":
            yield Run(child.text or "", bold, italic)
        elif child.tag == f"{W}tab":
            yield Run("\t", bold, italic)
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield Run("\n", bold, italic)
        elif child.tag == f"{W}noBreakHyphen":
            yield Run("-", bold, italic)


def _rows(table: "_Element", styles: Styles) -> Iterator[list[Cell]]:
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is table:
            yield [[_paragraph(p, styles) for p in cell.iter(f"{W}p")] for cell in row.iterchildren(f"{W}tc")]
