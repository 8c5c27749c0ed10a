"""Reading: from a file in any known format to a Document."""

from pathlib import Path

from pv_extract.document import Document
from pv_extract.readers.formats import reader_of
from pv_extract.readers.source import ReadOptions, open_source

__all__ = ["ReadOptions", "read"]


DEFAULTS = ReadOptions()


def read(source: str | Path, options: ReadOptions = DEFAULTS) -> Document:
    """The document at a path, or on standard input for ``-``.

    Raises UnreadableSource for a source that is missing, empty, damaged, locked or of no known format,
    UsageError for a folder, OcrMissing where a program that its format needs is not installed.
    """
    opened = open_source(source)
    return reader_of(opened, options)(opened, options)
