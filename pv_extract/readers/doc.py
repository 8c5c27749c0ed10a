"""Old Word documents (.doc), through antiword or LibreOffice, whichever is installed."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pv_extract.document import Document
from pv_extract.errors import OcrMissing, UnreadableSource
from pv_extract.readers import odt
from pv_extract.readers.office import Cell, Paragraph, Run, Writer, is_visible
from pv_extract.readers.safe_xml import parse_xml
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(("chapter", "sect1", "sect2", "sect3", "sect4", "para", "title"))
LISTS = frozenset(("itemizedlist", "orderedlist"))
BLANKS = re.compile(r"(?<=\S) {3,}(?=\S)")
MEDIA_TYPE = "application/msword"
SECONDS = 120


def read(source: Source, options: ReadOptions) -> Document:
    """The text of the document; bold, italics, lists and tables are kept.

    Raises OcrMissing (exit code 4) where neither program is installed, UnreadableSource where it fails.
    """
    with TemporaryDirectory(prefix="pv-extract-") as folder:
        path = Path(folder, "source.doc")
        path.write_bytes(source.data)
        if program := shutil.which("antiword"):
            return _with_antiword(source, path, program)
        if program := shutil.which("soffice") or shutil.which("libreoffice"):
            return _with_libreoffice(source, path, program, options)
    raise OcrMissing(
        f"{source.name} is an old Word document, which a helper program reads: apt install antiword "
        "(or save it as DOCX or ODT)",
        f"{source.name} est un ancien document Word, que lit un programme auxiliaire : apt install antiword "
        "(ou enregistrez-le en DOCX ou ODT)",
    )


def _with_antiword(source: Source, path: Path, program: str) -> Document:
    xml = _output([program, "-x", "db", str(path)], source)
    if not xml.strip():
        raise _failed(source)
    root = parse_xml(Source(source.name, xml), recover=True)
    writer = Writer()
    for chapter in root.iter("chapter"):
        _blocks(chapter, writer)
    return writer.document(source, MEDIA_TYPE, "doc (antiword)")


def _blocks(parent: "_Element", writer: Writer) -> None:
    """Write the DocBook of a chapter: paragraphs that hold lists and tables, not the other way round."""
    pending: list[Run] = list(_runs(parent, False, False, deep=False))
    for item in parent:
        if item.tag == "informaltable":
            _flush(pending, writer)
            writer.table([[_cell(entry) for entry in row.iter("entry")] for row in item.iter("row")])
        elif item.tag in BLOCKS:
            _flush(pending, writer)
            _blocks(item, writer)
        elif item.tag in LISTS:
            _flush(pending, writer)
            for number, entry in enumerate(item.iter("listitem"), 1):
                _list_item(entry, f"{number}. " if item.tag == "orderedlist" else "- ", writer)
        else:
            pending += _runs(item, False, False)
        pending.append(Run(item.tail or ""))
    _flush(pending, writer)


def _flush(pending: list[Run], writer: Writer) -> None:
    for paragraph in _trimmed(_paragraphs(pending)):
        writer.paragraph(paragraph)
    pending.clear()


def _list_item(entry: "_Element", mark: str, writer: Writer) -> None:
    for paragraph in _cell(entry):
        writer.paragraph([Run(mark, *paragraph[0][1:]), *paragraph] if paragraph else [])
        mark = ""


def _cell(entry: "_Element") -> Cell:
    return _trimmed(_paragraphs(_runs(entry, False, False)))


def _runs(item: "_Element", bold: bool, italic: bool, deep: bool = True) -> Iterator[Run]:
    if item.tag == "emphasis":  # in DocBook, emphasis without a role is in italics
        bold, italic = bold or item.get("role") == "bold", italic or item.get("role") is None
    yield Run(item.text or "", bold, italic)
    for child in item if deep else ():
        yield from _runs(child, bold, italic)
        yield Run(child.tail or "", bold, italic)


def _paragraphs(runs: Iterable[Run]) -> list[Paragraph]:
    """The runs cut at line ends; antiword's sign for a picture left out, a row of blanks made a tab."""
    paragraphs: list[Paragraph] = [[]]
    for run in runs:
        for index, line in enumerate(run.text.split("\n")):
            if index:
                paragraphs.append([])
            if line and line.strip() != "[pic]":
                paragraphs[-1].append(Run(BLANKS.sub("\t", line), run.bold, run.italic))
    return paragraphs


def _trimmed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Without empty paragraphs at either end or in a row."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if is_visible(paragraph):
            kept.append(paragraph)
        elif kept and kept[-1]:
            kept.append([])
    return kept[:-1] if kept and not kept[-1] else kept


def _with_libreoffice(source: Source, path: Path, program: str, options: ReadOptions) -> Document:
    profile = f"-env:UserInstallation={path.parent.as_uri()}/profile"
    command = [program, "--headless", profile, "--convert-to", "odt", "--outdir", str(path.parent), str(path)]
    _output(command, source)
    converted = path.with_suffix(".odt")
    if not converted.exists():
        raise _failed(source)
    document = odt.read(Source(source.name, converted.read_bytes()), options)
    return replace(document, name=source.name, sha256=source.sha256, media_type=MEDIA_TYPE, reader="doc (libreoffice)")


def _output(command: list[str], source: Source) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, check=True, timeout=SECONDS).stdout
    except (subprocess.SubprocessError, OSError):
        raise _failed(source) from None


def _failed(source: Source) -> UnreadableSource:
    return UnreadableSource(
        f"{source.name} is damaged or no Word document: open it in a word processor and save it as DOCX",
        f"{source.name} est endommagé ou n'est pas un document Word : ouvrez-le dans un traitement de texte "
        "et enregistrez-le en DOCX",
    )
