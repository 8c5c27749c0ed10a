"""The sources of a batch: files, folders, patterns, a list on standard input; here or at any fsspec address."""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, BinaryIO, cast

from pv_extract.folders import filesystem, is_remote
from pv_extract.readers import Source, digest_of
from pv_extract.readers.formats import EXTENSIONS
from pv_extract.readers.source import readable_name

NO_MATCH = "no file matches"
CHUNK = 1 << 20  # bytes read at a time
PATTERN = frozenset("*?[")


@dataclass
class Listing:
    """The files that some addresses stand for, listed one at a time, and what was passed over on the way.

    Of a folder, the files are taken whose ending a reader knows; the others are counted in ``passed_over``
    by ending. An address that names nothing is in ``missing`` with the reason.
    """

    addresses: Iterable[str]
    out: str
    passed_over: Counter[str] = field(default_factory=Counter)
    missing: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        for address in self.addresses:
            yield from self._remote(address) if is_remote(address) else self._local(address)

    def _local(self, address: str) -> Iterator[str]:
        path = Path(address)
        if path.is_dir():
            yield from self._below(address)
        elif path.exists() or not PATTERN & set(address):
            yield from self._one(address, path.exists())
        else:
            yield from self._matching(address)

    def _one(self, address: str, exists: bool) -> Iterator[str]:
        if exists:
            yield address
        else:
            self.missing[address] = os.strerror(2)

    def _matching(self, pattern: str) -> Iterator[str]:
        """The files that match a pattern (``**``: in folders of any depth), and those below matching folders."""
        found = False
        for match in glob.iglob(pattern, recursive=True):  # noqa: PTH207  (keeps names as they were typed)
            found = True
            if not Path(match).is_dir():
                yield match
            elif "**" not in pattern:
                yield from self._below(match)
        if not found:
            self.missing[pattern] = NO_MATCH

    def _below(self, folder: str) -> Iterator[str]:
        """The files below a folder, those of the batch's own output and hidden ones aside."""
        if Path(folder).resolve() == Path(self.out).resolve():
            return
        try:
            entries = os.scandir(folder)
        except OSError as error:
            self.missing[folder] = str(error.strerror)
            return
        with entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    yield from self._below(entry.path)
                elif self._is_readable(entry.name):
                    yield entry.path

    def _remote(self, address: str) -> Iterator[str]:
        fs, root = filesystem(address)
        if PATTERN & set(root):
            paths = [str(path) for path in fs.glob(root)]
        elif fs.isfile(root):
            paths = [root]
        else:
            yield from self._walked(fs, address, root)
            return
        yield from (fs.unstrip_protocol(path) for path in paths)
        if not paths:
            self.missing[address] = NO_MATCH

    def _walked(self, fs: Any, address: str, root: str) -> Iterator[str]:
        found = False
        for folder, folders, names in fs.walk(root, detail=False):
            found = found or bool(folders or names)
            if f"{fs.unstrip_protocol(folder)}/".startswith(f"{self.out.rstrip('/')}/"):
                continue
            for name in names:
                if name and not name.startswith(".") and self._is_readable(name):
                    yield fs.unstrip_protocol(f"{folder}/{name}")
        if not found:
            self.missing[address] = os.strerror(2)

    def _is_readable(self, name: str) -> bool:
        ending = PurePath(name).suffix.lower()
        if ending.lstrip(".") in EXTENSIONS:
            return True
        self.passed_over[ending] += 1
        return False


def fetch(address: str) -> bytes:
    """The bytes of a source elsewhere; raises OSError."""
    with _remote(address) as stream:
        return stream.read()


def digest(address: str) -> str:
    """The fingerprint of a source, read in pieces: memory does not grow with the file. Raises OSError."""
    if not is_remote(address):
        return digest_of(source_at(address))
    with _remote(address) as stream:
        return file_digest(cast(Any, stream), "sha256").hexdigest()


def source_at(address: str) -> Source:
    """The source at an address; a file of this machine is not held in memory. Raises OSError."""
    if is_remote(address):
        return Source(PurePosixPath(address).name, fetch(address))
    path = Path(address)
    return Source(readable_name(path.name), None if path.is_file() else path.read_bytes(), path)


def _remote(address: str) -> BinaryIO:
    """A source elsewhere, to be read from its beginning to its end. Raises OSError."""
    fs, path = filesystem(address)
    return cast(BinaryIO, fs.open(path, "rb", block_size=8 * CHUNK, cache_type="readahead"))


def digests(addresses: Sequence[str]) -> list[tuple[str, str | None, str]]:
    """Each source with its digest, or with None and the reason why it cannot be read."""
    return [_digested(address) for address in addresses]


def _digested(address: str) -> tuple[str, str | None, str]:
    try:
        return address, digest(address), ""
    except OSError as error:
        return address, None, error.strerror or str(error)
