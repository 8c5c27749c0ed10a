"""Where records go: stdout, or one file each that is there whole or not at all."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pv_extract.errors import UsageError


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


def write(text: str, file: Path) -> None:
    """Write a text file at once, in UTF-8; raises as ``write_bytes``."""
    write_bytes(text.encode("utf-8", "backslashreplace"), file)


def write_bytes(data: bytes, file: Path) -> None:
    """Write a file at once: until all of it is on the disk, what stood there before stays.

    Raises UsageError where that fails; nothing is left behind then.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise cannot_write(file, error) from None
    finally:
        part.unlink(missing_ok=True)


def cannot_write(target: str | Path, error: OSError) -> UsageError:
    """The error for a place that takes no output."""
    return UsageError(
        f"cannot write {target} ({error.strerror}): free some space or choose another folder (-o)",
        f"impossible d'écrire {target} ({error.strerror}) : libérez de la place ou changez de dossier (-o)",
    )


def _shared(first: str, second: str, file: Path) -> UsageError:
    return UsageError(
        f"{first} and {second} would both be written to {file}: extract them into two folders",
        f"{first} et {second} iraient tous deux dans {file} : extrayez-les dans deux dossiers",
    )
