"""The command ``extract``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pv_extract.commands.options import SOURCES, attempt
from pv_extract.commands.reading import Reading, reading_options
from pv_extract.errors import Exit
from pv_extract.messages import complain, not_minutes, words
from pv_extract.output import put, targets, write

if TYPE_CHECKING:
    from pv_extract.records import Record


@click.command(
    help=words(
        "Write the record of each source: as JSON on stdout for one, as JSON Lines for several, into "
        "DIR/<stem>.json with -o. `-` is stdin.\n\nExample: pv-extract extract -o records seances/*.pdf",
        "Écrit la notice de chaque source : en JSON sur la sortie pour une seule, en JSON Lines pour "
        "plusieurs, dans DIR/<nom>.json avec -o. `-` est l'entrée standard.\n\n"
        "Exemple : pv-extract extract -o notices seances/*.pdf",
    )
)
@SOURCES
@click.option(
    "-o",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=words("Write DIR/<stem>.json for each source.", "Écrit DIR/<nom>.json pour chaque source."),
)
@reading_options
def extract(sources: Sequence[str], folder: Path | None, reading: Reading) -> Exit:
    """Extract every source; the exit code is the highest that any of them deserves."""
    from pv_extract import pipeline
    from pv_extract.conventions import conventions_for

    files = targets(sources, folder) if folder else {}
    told = {source: conventions_for(source, reading.conventions()) for source in sources}
    known = {each: (each.grammar, each.register) for each in told.values()}
    options = reading.options()
    indent = 1 if folder or len(sources) == 1 else None

    def work(source: str) -> Exit:
        grammar, register = known[told[source]]
        record = pipeline.extract(source, grammar, options, register)
        text = record.to_json(indent) + "\n"
        if source in files:
            write(text, files[source])
        else:
            put(text)
        return verdict(record, source)

    return max([attempt(work, source) for source in sources])


def verdict(record: "Record", source: str) -> Exit:
    """DONE for minutes; FINDINGS, with a line on stderr, for any other document."""
    if not any(finding.rule == "not-minutes" for finding in record.findings):
        return Exit.DONE
    complain(not_minutes(record.meeting.document_kind), source)
    return Exit.FINDINGS
