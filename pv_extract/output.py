"""Where records go: stdout, or one file each that is there whole or not at all."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol

from pv_extract.errors import UsageError
from pv_extract.files import cannot_write, opened, write, write_bytes

__all__ = ["ClosedOutput", "cannot_write", "put", "silence", "targets", "write", "write_bytes", "writing"]

STDOUT = Path("-")


class Writable(Protocol):
    """Something that takes text."""

    def write(self, text: str, /) -> object:
        """Take some text."""


class Stdout:
    """Stdout, as something that takes text."""

    def write(self, text: str, /) -> None:
        """Write some text; raises as ``put`` does."""
        put(text)


class ClosedOutput(Exception):
    """Whoever read our stdout has gone: nothing more is to be said."""


def put(text: str) -> None:
    """Write text to stdout, in UTF-8 whatever the locale; raises ClosedOutput, UsageError on a full disk."""
    try:
        stream = sys.stdout.buffer
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()
    except (AttributeError, BrokenPipeError):  # stdout is None where it was closed before we began
        raise ClosedOutput from None
    except OSError as error:
        raise cannot_write("stdout", error) from None


def silence() -> None:
    """Send what Python still wants to write on its way out to nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)


def targets(sources: Sequence[str], folder: Path) -> dict[str, Path]:
    """The file of each source's record: ``<stem>.json`` in the folder, which is made where it is missing.

    Raises UsageError where two sources would share a file or a source would be overwritten, and where the
    folder cannot be made.
    """
    files: dict[str, Path] = {}
    owners: dict[Path, str] = {}
    for source in sources:
        file = folder / f"{'stdin' if source == '-' else Path(source).stem}.json"
        if file in owners:
            raise _shared(owners[file], source, file)
        if source != "-" and file.resolve() == Path(source).resolve():
            raise UsageError(
                f"{source} would be overwritten by its own record: choose another folder with -o",
                f"{source} serait écrasé par sa propre notice : choisissez un autre dossier avec -o",
            )
        files[source], owners[file] = file, source
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    return files


@contextmanager
def writing(target: Path) -> Iterator[Writable]:
    """A file to write text to bit by bit, there whole or not at all; stdout for ``-``.

    Raises UsageError where it cannot be written.
    """
    if target == STDOUT:
        yield Stdout()
        return
    with opened(target) as stream:
        text = TextIOWrapper(stream, "utf-8", "backslashreplace", newline="")
        yield text
        text.detach()  # flushes; ``opened`` closes


def _shared(first: str, second: str, file: Path) -> UsageError:
    return UsageError(
        f"{first} and {second} would both be written to {file}: extract them into two folders",
        f"{first} et {second} iraient tous deux dans {file} : extrayez-les dans deux dossiers",
    )
