"""The command ``tesseract`` kept running: its model is loaded once, and images are read as their names come in.

Loading takes as long as a fifteenth of a page. The engine reads names on its standard input; it writes out what it
has read at once only on a terminal, so it is given one, and never tells that a page has ended, so an empty image is
named behind each page: where its row begins, the page before is whole.
"""

import os
import subprocess
import weakref
from collections.abc import Sequence
from pathlib import Path
from select import select
from tempfile import NamedTemporaryFile
from time import monotonic

LONGEST_NAME = 255
"""The engine cuts longer names, in bytes."""
EMPTY = b"P5 40 40 255\n" + b"\xff" * 1600
"""A white image in the format PGM."""


def can_stand() -> bool:
    """Whether this system has the pseudo-terminals that it takes."""
    return hasattr(os, "openpty")


def can_be_named(path: Path) -> bool:
    """Whether the engine, which trims names and ends them at the end of a line, finds the image."""
    name = os.fsencode(path.absolute())
    return name == name.strip() and b"\n" not in name and len(name) < LONGEST_NAME


class StandingEngine:
    """One process of the engine, with the options of ``command``; it ends when nobody holds it any more."""

    def __init__(self, command: Sequence[str]) -> None:
        self._empty = NamedTemporaryFile(prefix="pv-extract-", suffix=".pgm")  # noqa: SIM115 (it lives as long as we do)
        self._empty.write(EMPTY)
        self._empty.flush()
        self._terminal, side = _terminal()
        self._process = subprocess.Popen(
            [*command, "-c", "stream_filelist=true", "tsv"],
            stdin=subprocess.PIPE,
            stdout=side,
            stderr=subprocess.DEVNULL,
        )
        os.close(side)
        self._pages = 0
        self._told = b""
        weakref.finalize(self, _end, self._process, self._terminal)

    def read(self, image: Path, limit: float) -> str:
        """The engine's table of an image.

        Raises TimeoutError, and ends the engine, where it takes longer than the limit, in seconds; any other OSError
        where the engine has ended by itself: the image may be damaged.
        """
        if not self._process.stdin:
            raise BrokenPipeError
        self._process.stdin.write(b"%b\n%b\n" % (os.fsencode(image.absolute()), os.fsencode(self._empty.name)))
        self._process.stdin.flush()
        self._pages += 2
        end, until = b"\n1\t%d\t" % self._pages, monotonic() + limit
        while end not in self._told:
            self._told += self._heard(until)
        table, _, self._told = self._told.partition(end)
        return table.decode("utf-8", "replace")

    def _heard(self, until: float) -> bytes:
        if not select([self._terminal], [], [], max(0.0, until - monotonic()))[0]:
            self._process.kill()
            raise TimeoutError
        if said := os.read(self._terminal, 1 << 16):
            return said
        raise BrokenPipeError


def _terminal() -> tuple[int, int]:
    """A pseudo-terminal that changes nothing of what is written: our side, the engine's side."""
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    return ours, theirs


def _end(process: "subprocess.Popen[bytes]", terminal: int) -> None:
    os.close(terminal)
    process.kill()
    process.communicate()
