"""METS 1 (Library of Congress): the file that says in which order the pages of a document come.

The pages are ALTO, PAGE or hOCR files beside it; nothing is fetched, nothing outside its folder is opened.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from pv_extract.document import Document
from pv_extract.errors import UnreadableSource
from pv_extract.readers import formats
from pv_extract.readers.ocr_file import OcrFile, document_of, number
from pv_extract.readers.safe_xml import parse_xml
from pv_extract.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/mets+xml"
HREF = "{http://www.w3.org/1999/xlink}href"
PAGE_FORMATS = ("alto", "page_xml", "hocr")
SCHEME = re.compile(r"[A-Za-z][\w+.-]*:")
MARKED = re.compile(r"\.(xml|html?|xhtml|hocr|alto|page)$|xml|html", re.I)
"""Names and media types of files that may hold the text of a page; images are not opened."""


def read(source: Source, options: ReadOptions) -> Document:
    """The pages in the order of the physical structure, each as its own file says.

    Of several groups of files (OCR-D keeps every step) the one with the most words is read, of equals the
    last. Raises UnreadableSource for a file that is damaged, missing, remote or outside the folder.
    """
    if source.path is None:
        raise UnreadableSource(
            f"{source.name} is a METS file, whose pages are files beside it: give its path instead of stdin",
            f"{source.name} est un fichier METS, dont les pages sont des fichiers voisins : donnez son chemin",
        )
    root = parse_xml(source)
    groups = [files for hrefs in _groups(root) if (files := _files(source, hrefs, options))]
    if not groups:
        raise UnreadableSource(
            f"{source.name} lists no ALTO, PAGE or hOCR file: run OCR on its images, or give them one by one",
            f"{source.name} ne cite aucun fichier ALTO, PAGE ou hOCR : lancez l'OCR sur ses images, ou donnez-les",
        )
    fullest: list[OcrFile] = max(reversed(groups), key=_word_count)
    return replace(document_of(source, fullest, MEDIA_TYPE, "mets"), sha256=digest(source))


def digest(source: Source) -> str:
    """The fingerprint of a METS file of this machine and of the page files that it names, as they are now."""
    total = sha256(bytes.fromhex(source.sha256))
    with suppress(UnreadableSource):  # reading it will say what is wrong
        for href in (href for hrefs in _groups(parse_xml(source)) for href in hrefs):
            with suppress(UnreadableSource):
                total.update(bytes.fromhex(_opened(source, href).sha256))
    return total.hexdigest()


def _word_count(files: list[OcrFile]) -> int:
    pages = (page for file in files for page in file.pages)
    return sum(len(row) for page in pages for column in page.columns for block in column for row in block)


def _groups(root: "_Element") -> Iterator[list[str]]:
    """The addresses of the page files of each group, in the order of the pages."""
    order = _order(root)
    for group in root.iter("{*}fileGrp"):
        files = [file for file in group.iterchildren("{*}file") if _may_be_page(file)]
        names = {file.get("ID", ""): _href(file) for file in files}
        ordered = [name for name in order if name in names] or list(names)
        if names:
            yield [names[name] for name in dict.fromkeys(ordered)]


def _may_be_page(file: "_Element") -> bool:
    return bool(MARKED.search(file.get("MIMETYPE") or "") or MARKED.search(_href(file)))


def _href(file: "_Element") -> str:
    place = file.find("{*}FLocat")
    return "" if place is None else place.get(HREF, "")


def _order(root: "_Element") -> list[str]:
    """The names of the files as the physical structure has them: by ORDER, else as they stand."""
    maps = list(root.iter("{*}structMap"))
    physical = [item for item in maps if (item.get("TYPE") or "").upper() == "PHYSICAL"] or maps
    return [name for item in physical[:1] for name in _ordered(item)]


def _ordered(division: "_Element") -> Iterator[str]:
    for pointer in division.iterchildren("{*}fptr"):
        yield from (item.get("FILEID", "") for item in pointer.iter() if item.get("FILEID"))
    inner = list(division.iterchildren("{*}div"))
    for child in sorted(inner, key=lambda item: number(item.get("ORDER")) or 0.0):
        yield from _ordered(child)


def _files(source: Source, hrefs: list[str], options: ReadOptions) -> list[OcrFile]:
    """What the files of a group say; nothing where one is of another format."""
    files: list[OcrFile] = []
    for page in (_opened(source, href) for href in hrefs):
        name = formats.format_of(page, options)
        if name not in PAGE_FORMATS:
            return []
        files.append(import_module(f"pv_extract.readers.{name}").content(page))
    return files


def _opened(source: Source, href: str) -> Source:
    path = _beside(source, href)
    try:
        return Source(path.name, path.read_bytes(), path)
    except OSError:
        raise UnreadableSource(
            f"{source.name} lists {href}, which is not there: copy the whole folder again",
            f"{source.name} cite {href}, qui manque : copiez de nouveau tout le dossier",
        ) from None


def _beside(source: Source, href: str) -> Path:
    """The file of an address; raises UnreadableSource for one on the network or outside the folder."""
    local = unquote(href.removeprefix("file:").removeprefix("//"))
    folder = cast(Path, source.path).parent.resolve()
    path = (folder / local).resolve()
    if not local or SCHEME.match(local) or not path.is_relative_to(folder) or "\x00" in local:
        raise UnreadableSource(
            f"{source.name} points outside its folder ({href[:80]}), which is refused: put the files beside it",
            f"{source.name} renvoie hors de son dossier ({href[:80]}), ce qui est refusé : placez les fichiers à côté",
        )
    return path
