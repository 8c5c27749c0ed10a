"""Patterns compiled, and kept between runs: compiling those of a short document takes ten times longer than reading it.

What is kept lies in the user's cache folder, one file for each version of ``regex`` and of Python; it may be deleted at
any time. A file that is damaged, or holds anything but compiled patterns, is not used.
"""

import atexit
import hashlib
import io
import pickle
import platform
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs
import regex

from pv_extract.errors import UsageError
from pv_extract.files import write_bytes

FLAGS = regex.VERBOSE | regex.IGNORECASE | regex.MULTILINE
MOST_KEPT = 2000
"""The most patterns in the file; where there are more, those of earlier runs are left out."""
DIGEST = hashlib.sha256().digest_size

_made: dict[str, bytes] = {}
"""What this process compiled, by the digest of its source."""


class OnlyPatterns(pickle.Unpickler):
    """Reads what ``regex`` says of compiled patterns, and calls nothing else whatever a file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        """The one function that makes a pattern of what was compiled. Raises UnpicklingError for any other."""
        if (module, name) != ("regex._regex", "compile"):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a pattern")
        return super().find_class(module, name)


@cache
def compile_pattern(source: str) -> "regex.Pattern[str]":
    """A pattern of the grammars: verbose, blind to case, ``^`` and ``$`` at the ends of lines. Raises regex.error."""
    key = hashlib.sha256(source.encode()).hexdigest()
    with suppress(KeyError, pickle.UnpicklingError):
        found: regex.Pattern[str] = restored(kept()[key])
        return found
    pattern = regex.compile(source, FLAGS)
    if not _made:
        atexit.register(keep)
    _made[key] = pickle.dumps(pattern)
    return pattern


def restored(data: bytes) -> Any:
    """What was pickled, made of patterns and plain values."""
    return OnlyPatterns(io.BytesIO(data)).load()


def kept_file() -> Path:
    """The file of the patterns that earlier runs compiled."""
    name = f"patterns-{regex.__version__}-{platform.python_implementation()}-{platform.python_version()}.bin"
    return Path(platformdirs.user_cache_dir("pv-extract", appauthor=False), name)


@cache
def kept() -> dict[str, bytes]:
    """The patterns that earlier runs compiled, by the digest of their source; none where the file cannot be used."""
    try:
        data = kept_file().read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
        return {}
    patterns: dict[str, bytes] = restored(data[DIGEST:])
    return patterns


def keep() -> None:
    """Keep what this process compiled for the next one; where nothing can be written, it will compile again."""
    every = {**kept(), **_made} if len(kept()) + len(_made) <= MOST_KEPT else _made
    data = pickle.dumps(every)
    with suppress(OSError, UsageError):
        kept_file().parent.mkdir(parents=True, exist_ok=True)
        write_bytes(hashlib.sha256(data).digest() + data, kept_file())
