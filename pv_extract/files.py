"""Files that are there whole or not at all."""

import os
from pathlib import Path

from pv_extract.errors import UsageError


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
        f"cannot write {target} ({error.strerror}): free some space or choose another folder",
        f"impossible d'écrire {target} ({error.strerror}) : libérez de la place ou changez de dossier",
    )
