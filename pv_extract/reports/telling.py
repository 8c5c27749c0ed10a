"""Telling what is found: text on stdout as it comes, other formats once all is known, and what is accepted."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from pv_extract.errors import Exit
from pv_extract.messages import complain, words
from pv_extract.output import put, write
from pv_extract.reports import Checked, Format, Report, renderer, text
from pv_extract.reports.baseline import Baseline, load, update

NAMED = 5  # files that are no minutes are named up to so many


@dataclass
class Telling:
    """Where a check is told, with the baseline that is left out, or made anew with ``update``.

    ``code`` is the exit code deserved so far, ``accepted`` counts the findings left out. Text goes to stdout
    where no other format does.
    """

    formats: Sequence[tuple[Format, Path | None]]
    baseline: Path | None = None
    update: bool = False
    skipped: bool = False
    code: Exit = Exit.DONE
    accepted: int = 0
    known: Baseline = field(init=False)

    def __post_init__(self) -> None:
        self.known = load(self.baseline) if self.baseline and not self.update else Baseline({})

    @property
    def on_stdout(self) -> Format:
        """The format of stdout."""
        return next((name for name, file in reversed(self.formats) if file is None), "text")

    def tell(self, checked: Checked, code: Exit) -> Checked:
        """Tell of a file; what is left of it once accepted findings are left out."""
        file = self.known.new_in(checked)
        self.accepted += len(checked.found) - len(file.found)
        fails = not self.update and any(each.fails for each in file.found)
        self.code = max(self.code, code, Exit.FINDINGS if fails else Exit.DONE)
        if self.on_stdout == "text" and not self.update:
            show(text.group(replace(file, problem=None), self.skipped))  # stderr has told of the problem
        return file

    def finish(self, report: Report) -> None:
        """Tell what can be told once all files are known. Raises UsageError where a file cannot be written."""
        if self.baseline and self.update:
            number = update(self.baseline, report.files)
            complain(
                words(f"{number} findings accepted in {self.baseline}", f"{number} constats admis dans {self.baseline}")
            )
        elif self.on_stdout == "text":
            show(text.summary(report))
        else:
            put(renderer(self.on_stdout)(report))
        for name, file in self.formats:
            if file:
                write(renderer(name)(report), file)
        tell_of_others([file.path for file in report.files if not file.minutes])


def show(styled: str) -> None:
    """Put text on stdout, with colours on a terminal only."""
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if styled:
        put(styled if colours else click.unstyle(styled))


def tell_of_others(paths: Sequence[str]) -> None:
    """Say which files were not checked because they are no minutes."""
    if paths:
        names = ", ".join(paths[:NAMED]) + (" …" if len(paths) > NAMED else "")
        complain(
            words(
                f"not checked, for they are no minutes: {len(paths)} files ({names})",
                f"non contrôlés, car ce ne sont pas des procès-verbaux : {len(paths)} fichiers ({names})",
            )
        )
