"""A source before it is read: its bytes, its name, and how the reader is asked to read it."""

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal

from pv_extract.errors import UnreadableSource, UsageError

HEAD = 4096
"""How many of the first bytes are looked at for the signs of a format."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: when to run OCR, in which (Tesseract) language, and the file type if the name lies.

    What OCR reads is kept in the folder ``save_ocr``, and not read again where it is there. Of one document so many
    pages are recognised side by side; 0: one for each processor.
    """

    ocr: Literal["auto", "never", "always"] = "auto"
    lang: str = "fra"
    extension: str | None = None
    save_ocr: Path | None = None
    side_by_side: int = 0


@dataclass(frozen=True)
class Source:
    """The bytes of a source, its name, and its path where it is a file of this machine.

    A file is not ``held`` in memory before somebody asks for its ``data``: scans are large, and PDFium reads
    them from the disk.
    """

    name: str
    held: bytes | None
    path: Path | None = None

    @cached_property
    def data(self) -> bytes:
        """All bytes."""
        return self._file.read_bytes() if self.held is None else self.held

    @cached_property
    def head(self) -> bytes:
        """The first bytes, which tell the format."""
        if self.held is not None:
            return self.held[:HEAD]
        with self._file.open("rb") as stream:
            return stream.read(HEAD)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the bytes, in hexadecimal."""
        with BytesIO(self.held) if self.held is not None else self._file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()

    def last(self, mark: bytes) -> int:
        """Where the mark stands for the last time, -1 where it does not."""
        if self.held is not None:
            return self.held.rfind(mark)
        with self._file.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as mapped:
            return mapped.rfind(mark)

    @property
    def _file(self) -> Path:
        if self.path is None:
            raise ValueError(f"{self.name} has neither bytes nor a file")
        return self.path

    def extension(self, options: ReadOptions) -> str:
        """The file type, lower case and without dot: the one asked for, else the ending of the name."""
        return (options.extension or Path(self.name).suffix).lstrip(".").lower()


def open_source(source: str | Path) -> Source:
    """The source at a path, or on standard input for ``-``.

    Raises UsageError for a folder, UnreadableSource where there is no such file, no permission, no byte.
    """
    if str(source) == "-":
        return not_empty(Source("stdin", sys.stdin.buffer.read()))
    path = Path(source)
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder: name its files, for example {path}/*",
            f"{path} est un dossier : nommez ses fichiers, par exemple {path}/*",
        )
    name = readable_name(path.name)
    try:
        found = Source(name, None if path.is_file() else path.read_bytes(), path)  # a pipe can be read only once
        return not_empty(found)
    except FileNotFoundError:
        raise UnreadableSource(
            f"{path} does not exist: check the name and the folder",
            f"{path} n'existe pas : vérifiez le nom et le dossier",
        ) from None
    except OSError as error:
        raise UnreadableSource(
            f"{path} cannot be opened ({error.strerror}): check its permissions",
            f"{path} ne peut être ouvert ({error.strerror}) : vérifiez ses droits d'accès",
        ) from None


def readable_name(name: str) -> str:
    """A file's name as text: names may hold any bytes."""
    return os.fsencode(name).decode("utf-8", "replace")


def not_empty(source: Source) -> Source:
    """The source; raises UnreadableSource where it has no byte."""
    if not source.head:
        raise UnreadableSource(
            f"{source.name} is empty (0 bytes): export or copy it again",
            f"{source.name} est vide (0 octet) : exportez-le ou copiez-le de nouveau",
        )
    return source
