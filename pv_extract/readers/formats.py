"""Which reader reads a source: its first bytes decide, then the ending of its name."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import cast
from zipfile import BadZipFile, ZipFile

from pv_extract.document import Document
from pv_extract.errors import UnreadableSource
from pv_extract.readers.source import ReadOptions, Source

Reader = Callable[[Source, ReadOptions], Document]

MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image",
    b"\xff\xd8\xff": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "doc",
    b"{\\rtf": "rtf",
}
BINARY_EXTENSIONS = {
    "pdf": "PDF",
    "png": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "tif": "TIFF",
    "tiff": "TIFF",
    "odt": "ODT",
    "docx": "DOCX",
    "doc": "Word",
    "rtf": "RTF",
}
TEXT_EXTENSIONS = ("txt", "md", "markdown", "mkd", "rst", "adoc", "org", "textile", "wiki", "mediawiki")
EXTENSIONS = frozenset({*BINARY_EXTENSIONS, *TEXT_EXTENSIONS, "html", "htm", "xhtml", "hocr"})
"""The endings of the files that are taken from a folder."""
FOREIGN = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"RIFF": "WebP",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
ROOTS = {"alto": "alto", "PcGts": "page_xml", "mets": "mets"}
"""Formats by the root element of their XML, whatever its namespace."""
_ROOT = re.compile(r"\A\s*(?:<\?.*?\?>\s*|<![^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?([\w.-]+)[\s/>]", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HOCR = re.compile(rb"""\bclass\s*=\s*["'][^"'<>]*\bocr_page\b""")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)


def reader_of(source: Source, options: ReadOptions) -> Reader:
    """The reader for a source; raises UnreadableSource where no reader knows the format."""
    module = import_module(f"pv_extract.readers.{format_of(source, options)}")
    return cast(Reader, module.read)


def is_mets(source: Source) -> bool:
    """Whether a source is a METS file, whose pages are files beside it."""
    return _root_of(source.head) == "mets"


def format_of(source: Source, options: ReadOptions) -> str:
    """The name of the format, which is the name of the module that reads it."""
    head = source.head
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, name in MAGIC.items():
        if head.startswith(magic):
            return name
    if head.startswith(b"PK\x03\x04"):
        return _format_of_zip(source)
    root = _root_of(head)
    if root in ROOTS:
        return ROOTS[root]
    if root.lower() == "html" or _HTML.search(head):
        return "hocr" if _HOCR.search(source.data) else "html"
    extension = source.extension(options)
    if extension in BINARY_EXTENSIONS:
        raise _misnamed(source, BINARY_EXTENSIONS[extension])
    for magic, kind in FOREIGN.items():
        if head.startswith(magic) and b"\x00" in head:
            raise _unknown(source, kind)
    if head.removeprefix(BOM_UTF8).startswith(b"<?xml") and extension not in TEXT_EXTENSIONS:
        raise _unknown(source, f"XML ({root})" if root else "XML")
    return "html" if extension in ("html", "htm", "xhtml") else "plain"


def _root_of(head: bytes) -> str:
    """The name of the first element, without its namespace; UTF-16 is known by its byte order mark."""
    encoding = "utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    match = _ROOT.match(_COMMENT.sub("", head.decode(encoding, "ignore")))
    return match[1] if match else ""


def _format_of_zip(source: Source) -> str:
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableSource(
            f"{source.name} is damaged or cut short: open it in a word processor and save it again",
            f"{source.name} est endommagé ou tronqué : ouvrez-le dans un traitement de texte et "
            "enregistrez-le de nouveau",
        ) from None
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        return "odt"
    raise _unknown(source, "ZIP")


def _misnamed(source: Source, kind: str) -> UnreadableSource:
    return UnreadableSource(
        f"{source.name} is not a {kind} file, or is damaged: get it again, or name its type with --type",
        f"{source.name} n'est pas un fichier {kind}, ou est endommagé : procurez-vous-le de nouveau, "
        "ou donnez son type avec --type",
    )


def _unknown(source: Source, kind: str) -> UnreadableSource:
    return UnreadableSource(
        f"{source.name} is a {kind} file, which is not read: convert it to PDF, PNG, DOCX, ODT or text",
        f"{source.name} est un fichier {kind}, qui n'est pas lu : convertissez-le en PDF, PNG, DOCX, ODT ou texte",
    )
