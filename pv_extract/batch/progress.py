"""How far a batch is: a bar on a terminal, a plain line every so often elsewhere; always on stderr."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from pv_extract.messages import complain, words

EVERY = 30.0  # seconds between two plain lines


class Progress(Protocol):
    """A stage of known length, going forward."""

    def step(self, count: int = 1, failed: bool = False) -> None:
        """So many more are through."""


class Bar:
    """A bar with rate, time left and failures."""

    def __init__(self, stage: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self.failed = 0
        self.bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failures]}", style="red"),
            console=Console(stderr=True),
        )
        self.task = self.bar.add_task(stage, total=total, rate="", failures="")

    def step(self, count: int = 1, failed: bool = False) -> None:
        """So many more are through."""
        self.failed += failed
        speed = self.bar.tasks[0].finished_speed or self.bar.tasks[0].speed
        self.bar.update(
            self.task,
            advance=count,
            rate=f"{speed:.1f}/s" if speed else "",
            failures=failures_text(self.failed) if self.failed else "",
        )


class Lines:
    """A plain line every ``EVERY`` seconds."""

    def __init__(self, stage: str, total: int) -> None:
        self.stage, self.total = stage, total
        self.through = self.failed = 0
        self.start = self.said = time.monotonic()

    def step(self, count: int = 1, failed: bool = False) -> None:
        """So many more are through."""
        self.through += count
        self.failed += failed
        now = time.monotonic()
        if now - self.said >= EVERY:
            self.said = now
            complain(self.line(now - self.start))

    def line(self, seconds: float) -> str:
        """How far, how fast, how long still, how many failures."""
        rate = self.through / seconds if seconds else 0.0
        left = timedelta(seconds=round((self.total - self.through) / rate)) if rate else "?"
        return words(
            f"{self.stage}: {self.through} of {self.total}, {rate:.1f}/s, {left} left, {failures_text(self.failed)}",
            f"{self.stage} : {self.through} sur {self.total}, {rate:.1f}/s, reste {left}, {failures_text(self.failed)}",
        )


def failures_text(count: int) -> str:
    """« 3 failures »."""
    return words(f"{count} failure{'s' * (count != 1)}", f"{count} échec{'s' * (count > 1)}")


@contextmanager
def shown(stage: str, total: int) -> Iterator[Progress]:
    """The progress of a stage, as stderr can show it."""
    if not sys.stderr or not sys.stderr.isatty():
        yield Lines(stage, total)
        return
    bar = Bar(stage, total)
    with bar.bar:
        yield bar
