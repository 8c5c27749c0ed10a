"""The command ``batch``."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from pv_extract.commands.options import SOURCES, put_lines
from pv_extract.commands.reading import Reading, reading_options
from pv_extract.errors import Exit
from pv_extract.files import write
from pv_extract.messages import complain, words

if TYPE_CHECKING:
    from pv_extract.batch.executors import Crew
    from pv_extract.batch.run import Batch


@click.command(
    help=words(
        "Make the records of thousands of documents in OUT: files, folders, patterns, or a list on stdin (-). "
        "Run it again after whatever happened: it does what is missing.\n\n"
        "Example: pv-extract batch scans/ -o minutes --jobs 4",
        "Fait dans OUT les notices de milliers de documents : fichiers, dossiers, motifs, ou une liste sur "
        "l'entrée standard (-). Relancez-la quoi qu'il soit arrivé : elle fait ce qui manque.\n\n"
        "Exemple : pv-extract batch numerisations/ -o seances --jobs 4",
    )
)
@SOURCES
@click.option(
    "-o",
    "out",
    metavar="OUT",
    required=True,
    help=words(
        "Folder of the records and the catalogue; an fsspec address (s3://…) too.",
        "Dossier des notices et du catalogue ; aussi une adresse fsspec (s3://…).",
    ),
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count(),
    metavar="N",
    help=words("Documents done at once (default: one per processor).", "Documents menés de front (un par processeur)."),
)
@click.option(
    "--executor",
    default="local",
    metavar="WHERE",
    help=words(
        "Who works: local, dask (a cluster on this machine), or a scheduler's address, tcp://host:8786.",
        "Qui travaille : local, dask (une grappe sur cette machine), ou l'adresse d'un scheduler, tcp://hote:8786.",
    ),
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=1800.0,
    metavar="S",
    help=words("Seconds a document may take (1800).", "Secondes accordées à un document (1800)."),
)
@click.option(
    "--max-memory",
    "memory",
    type=click.IntRange(min=1),
    default=2048,
    metavar="MB",
    help=words("Megabytes a document may take (2048).", "Mégaoctets accordés à un document (2048)."),
)
@click.option(
    "--retry-failed",
    "retry",
    is_flag=True,
    help=words("Also try again what failed for good.", "Réessaie aussi ce qui avait échoué pour de bon."),
)
@click.option(
    "--dry-run",
    "dry",
    is_flag=True,
    help=words("Print what would be done, and do nothing.", "Affiche ce qui serait fait, sans rien faire."),
)
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words("Write the summary as JSON too.", "Écrit aussi le bilan en JSON."),
)
@reading_options
def batch(
    sources: Sequence[str],
    out: str,
    jobs: int,
    executor: str,
    timeout: float,
    memory: int,
    retry: bool,
    dry: bool,
    report_file: Path | None,
    reading: Reading,
) -> Exit:
    """Do what is missing; BATCH_FAILURES where a document has no record, INTERRUPTED where some were left."""
    from pv_extract.batch.executors import crew_at
    from pv_extract.batch.lock import locked
    from pv_extract.batch.recipes import Recipe
    from pv_extract.batch.run import Batch, Order, addresses_of
    from pv_extract.conventions import common_conventions

    options = replace(reading.options(), side_by_side=max(1, (os.cpu_count() or 1) // jobs))
    told = common_conventions(sources, reading.conventions())
    recipe = Recipe(tuple(map(str, told.grammars)), options, str(told.roster) if told.roster else None)
    recipe.grammar()
    recipe.register()
    order = Order(addresses_of(sources, sys.stdin), out, recipe, timeout, memory, retry)
    run = Batch(order)
    if dry:
        with crew_at(executor, jobs) as crew:
            return _rehearse(run, crew)
    start = time.monotonic()
    with _drained_by_interrupts(run.stop), locked(run.out), crew_at(executor, jobs) as crew:
        run.survey()
        run.hash(crew)
        complain(run.prospect())
        run.extract(crew)
        if run.stop.is_set():
            complain(run.remainder())
            return Exit.INTERRUPTED
        run.finish(jobs)
        run.clear()
    _conclude(run, time.monotonic() - start, report_file)
    return Exit.BATCH_FAILURES if run.ledger.count("failed") else Exit.DONE


def _conclude(run: "Batch", seconds: float, file: Path | None) -> None:
    from pv_extract.batch.report import report, told

    figures = report(run, seconds)
    for line in told(figures, run.order.out):
        complain(line)
    if file:
        write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", file)


def _rehearse(run: "Batch", crew: "Crew") -> Exit:
    run.survey()
    run.hash(crew)
    put_lines(name for name, _ in run.ledger.todo())
    complain(run.prospect())
    return Exit.DONE


@contextmanager
def _drained_by_interrupts(stop: Event) -> Iterator[None]:
    """At the first Ctrl-C, what was begun is finished; a second one ends at once."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        complain(
            words(
                "finishing what was begun; Ctrl-C again to stop at once",
                "fin de ce qui est commencé ; Ctrl-C de nouveau pour arrêter net",
            )
        )

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
