"""Reading: from a file in any known format to a Document."""

from pathlib import Path

from pv_extract.document import Document
from pv_extract.readers.formats import is_mets, reader_of
from pv_extract.readers.source import ReadOptions, Source, open_source

__all__ = ["ReadOptions", "Source", "digest_of", "read"]


DEFAULTS = ReadOptions()


def digest_of(source: Source) -> str:
    """The fingerprint of all that a source is read from: its bytes; of a METS file on this machine, its pages too."""
    if source.path is None or not is_mets(source):
        return source.sha256
    from pv_extract.readers import mets

    return mets.digest(source)


def read(source: str | Path | Source, options: ReadOptions = DEFAULTS) -> Document:
    """The document at a path, on standard input for ``-``, or whose bytes were fetched before.

    Raises UnreadableSource for a source that is missing, empty, damaged, locked or of no known format,
    UsageError for a folder, OcrMissing where a program that its format needs is not installed.
    """
    opened = source if isinstance(source, Source) else open_source(source)
    return reader_of(opened, options)(opened, options)
