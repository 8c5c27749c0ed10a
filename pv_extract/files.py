"""Files read as TOML, and files that are there whole or not at all."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, BinaryIO

from pv_extract.errors import PvExtractError, UsageError


def read_toml(file: Traversable | Path, refusal: type[PvExtractError]) -> dict[str, Any]:
    """What a TOML file holds. Raises ``refusal`` where it cannot be read, with the line where the TOML is wrong."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(f"{file}: cannot be read: {error}", f"{file} : illisible : {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise refusal(f"{file}: not valid TOML: {error}", f"{file} : TOML invalide : {error}") from error


def write(text: str, file: Path) -> None:
    """Write a text file at once, in UTF-8; raises as ``write_bytes``."""
    write_bytes(text.encode("utf-8", "backslashreplace"), file)


def write_bytes(data: bytes, file: Path) -> None:
    """Write a file at once; raises as ``opened``."""
    with opened(file) as stream:
        stream.write(data)


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """A file to write bit by bit: until all of it is on the disk, what stood there before stays.

    Raises UsageError where that fails; nothing is left behind then.
    """
    part = _part_of(file)
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise cannot_write(file, error) from None
    finally:
        with suppress(NotADirectoryError):
            part.unlink(missing_ok=True)


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """An empty folder to fill; once that is done its files go to ``folder``, each at once, beside what is there.

    Raises UsageError where that fails; nothing is left behind then.
    """
    part = _part_of(folder)
    try:
        part.mkdir()
        yield part
        folder.mkdir(exist_ok=True)
        for file in sorted(part.iterdir()):
            _settle(file)
            file.replace(folder / file.name)
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _part_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def _settle(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def cannot_write(target: str | Path, error: OSError) -> UsageError:
    """The error for a place that takes no output."""
    return UsageError(
        f"cannot write {target} ({error.strerror}): free some space or choose another folder",
        f"impossible d'écrire {target} ({error.strerror}) : libérez de la place ou changez de dossier",
    )
