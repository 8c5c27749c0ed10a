"""Folders that hold sources and records: on this machine, or at any address that fsspec knows (``s3://…``)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Protocol, cast

from pv_extract.errors import UsageError
from pv_extract.files import cannot_write, write_bytes

WORK = ".work"
"""What a batch notes in its folder while it runs: the folder holds nothing half written."""

WORKSHOP = ".made"
"""Where a batch makes what it then places."""


class Folder(Protocol):
    """Where a batch writes. File names are relative, with ``/``; a file is there whole or not at all."""

    @property
    def address(self) -> str:
        """The path or address of the folder."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file at once; raises UsageError where the place takes no output."""

    def open(self, name: str) -> BinaryIO:
        """A file, to be read; raises FileNotFoundError."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def names(self, under: str) -> Iterator[str]:
        """The names of all files in a folder of this folder, in no order."""

    def workshop(self) -> AbstractContextManager[Path]:
        """A folder of this machine where a file can be made before it is placed."""

    def place(self, made: Path, name: str) -> None:
        """Put a file made in the workshop under its name, at once; raises UsageError as ``write``."""

    def sweep(self) -> None:
        """Remove what writers that were killed have left half written."""


@dataclass(frozen=True)
class LocalFolder:
    """A folder of this machine, made where it is missing."""

    address: str

    @property
    def path(self) -> Path:
        """The folder's path."""
        return Path(self.address)

    def write(self, name: str, data: bytes) -> None:
        """Write a file at once; raises UsageError where the place takes no output."""
        file = self.path / name
        make_folder(file.parent)
        write_bytes(data, file)

    def open(self, name: str) -> BinaryIO:
        """A file, to be read; raises FileNotFoundError."""
        return (self.path / name).open("rb")

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.path / name).unlink(missing_ok=True)

    def names(self, under: str) -> Iterator[str]:
        """The names of all files in a folder of this folder, in no order."""
        for entry in _files(self.path / under):
            if not entry.name.startswith("."):
                yield str(Path(entry.path).relative_to(self.path))

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder beside the place of what is made: from there, placing is renaming."""
        path = self.path / WORKSHOP
        make_folder(path)
        yield path

    def place(self, made: Path, name: str) -> None:
        """Put a file made in the workshop under its name, at once; raises UsageError as ``write``."""
        try:
            with made.open("rb") as file:
                os.fsync(file.fileno())
            made.replace(self.path / name)
        except OSError as error:
            raise cannot_write(self.path / name, error) from None

    def sweep(self) -> None:
        """Remove what writers that were killed have left half written."""
        shutil.rmtree(self.path / WORKSHOP, ignore_errors=True)
        for entry in _files(self.path):
            if entry.name.startswith(".") and entry.name.endswith(".part"):
                Path(entry.path).unlink(missing_ok=True)


@dataclass(frozen=True)
class RemoteFolder:
    """A folder at an address that fsspec knows; storing an object there is atomic by itself, as in S3."""

    address: str
    fs: Any = field(compare=False, repr=False)
    root: str

    def write(self, name: str, data: bytes) -> None:
        """Store an object; raises UsageError where the place takes none."""
        try:
            self.fs.pipe_file(f"{self.root}/{name}", data)
        except OSError as error:
            raise cannot_store(f"{self.address}/{name}", error) from None

    def open(self, name: str) -> BinaryIO:
        """An object, to be read; raises FileNotFoundError."""
        return cast(BinaryIO, self.fs.open(f"{self.root}/{name}", "rb"))

    def remove(self, name: str) -> None:
        """Remove an object, if it is there."""
        if self.fs.exists(f"{self.root}/{name}"):
            self.fs.rm_file(f"{self.root}/{name}")

    def names(self, under: str) -> Iterator[str]:
        """The names of all objects below a prefix, in no order."""
        self.fs.invalidate_cache()
        for path, _, files in self.fs.walk(f"{self.root}/{under}", detail=False):
            folder = path[len(self.root) :].strip("/")
            yield from (f"{folder}/{name}" for name in files if name)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A temporary folder."""
        with TemporaryDirectory(prefix="pv-extract-") as name:
            yield Path(name)

    def place(self, made: Path, name: str) -> None:
        """Store a file made in the workshop; raises UsageError as ``write``."""
        try:
            self.fs.put_file(str(made), f"{self.root}/{name}")
        except OSError as error:
            raise cannot_store(f"{self.address}/{name}", error) from None

    def sweep(self) -> None:
        """Nothing: an object that was not stored whole is not there."""


def cannot_store(address: str, error: OSError) -> UsageError:
    """The error for a remote place that takes no output."""
    return UsageError(
        f"cannot write {address} ({error}): check the address and your access to it",
        f"impossible d'écrire {address} ({error}) : vérifiez l'adresse et vos droits",
    )


def folder_at(address: str) -> Folder:
    """The folder at a path or an fsspec address; raises UsageError where nothing here can reach it."""
    if not is_remote(address):
        return LocalFolder(address)
    fs, root = filesystem(address)
    return RemoteFolder(address.rstrip("/"), fs, root.rstrip("/"))


def is_remote(address: str) -> bool:
    """Whether an address is one for fsspec, not a path."""
    return "://" in address


def filesystem(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it; raises UsageError where what it needs is missing."""
    try:
        import fsspec

        fs, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{address} cannot be reached ({error}): install what it needs, for S3 pip install 'pv-extract[s3]'",
            f"{address} est hors d'atteinte ({error}) : installez ce qu'il faut, pour S3 pip install 'pv-extract[s3]'",
        ) from None
    return fs, root


def opened_at(address: str) -> BinaryIO:
    """A file of this machine or at an fsspec address, to be read; raises OSError, UsageError as ``filesystem``."""
    if not is_remote(address):
        return Path(address).open("rb")
    fs, path = filesystem(address)
    return cast(BinaryIO, fs.open(path, "rb"))


def make_folder(path: Path) -> None:
    """Make a folder where it is missing; raises UsageError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the folder {path} cannot be made ({error.strerror}): choose another with -o",
            f"le dossier {path} ne peut être créé ({error.strerror}) : choisissez-en un autre avec -o",
        ) from None


def _files(folder: Path) -> Iterator["os.DirEntry[str]"]:
    """All files below a folder, one at a time: no list of them is ever held."""
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            elif entry.is_file():
                yield entry
