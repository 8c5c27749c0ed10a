"""From bytes to characters: UTF-8, UTF-16 or Windows-1252, as the bytes themselves prove."""

import codecs

from pv_extract.errors import UnreadableSource
from pv_extract.readers.source import Source

SAMPLE = 65_536
"""Characters looked at to tell text from binary."""


def decode(source: Source) -> str:
    """The characters of the source, its line ends as line feeds, without byte order mark.

    Raises UnreadableSource for bytes that are no text, and for a text without a visible character.
    """
    text = _characters(source.data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _is_binary(text):
        raise UnreadableSource(
            f"{source.name} is no text and of no known format: convert it to PDF, DOCX, ODT or text",
            f"{source.name} n'est pas un texte ni d'un format connu : convertissez-le en PDF, DOCX, ODT ou texte",
        )
    if not text or text.isspace():
        raise UnreadableSource(
            f"{source.name} holds no text, only blanks: check the export that made it",
            f"{source.name} ne contient aucun texte, que des blancs : vérifiez l'export qui l'a produit",
        )
    return text


def _characters(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return data.decode("latin-1")


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    sample = text[:SAMPLE]
    controls = sum(1 for c in sample if (c < " " and c not in "\n\t\f") or "\x7f" <= c < "\xa0")
    return controls * 10 > len(sample)
