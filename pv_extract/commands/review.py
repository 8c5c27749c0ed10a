"""The command ``review``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pv_extract.commands.incoming import Incoming
from pv_extract.commands.options import HELP, RECORDS, tell
from pv_extract.errors import Exit, PvExtractError, UsageError
from pv_extract.messages import complain, words
from pv_extract.output import write

if TYPE_CHECKING:
    from pv_extract.records import Record
    from pv_extract.review.originals import Originals

INDEX = "index.html"


@click.command(
    help=words(
        "Write a page to read a record beside its document: each value leads to its place, what is in doubt is "
        "marked. One HTML file a meeting, which needs no network. RECORD is what `export` takes.\n\n"
        "Example: pv-extract review minutes -o review",
        "Écrit une page où lire une notice à côté de son document : chaque valeur mène à sa place, ce qui est "
        "douteux est marqué. Un fichier HTML par séance, sans réseau. RECORD est ce que prend `export`.\n\n"
        "Exemple : pv-extract review seances -o relecture",
    )
)
@RECORDS
@click.option(
    "-o",
    "target",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help=words(
        "A file that ends in .html for one record; else a folder, with an index.html.",
        "Un fichier en .html pour une seule notice ; sinon un dossier, avec un index.html.",
    ),
)
@click.option(
    "--sources",
    "places",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=str, exists=True),
    help=words(
        "Where the documents are: a file, or a folder (a batch knows its own).",
        "Où sont les documents : un fichier, ou un dossier (un lot connaît les siens).",
    ),
)
@HELP
def review(sources: Sequence[str], target: Path, places: Sequence[str]) -> Exit:
    """Write a page for every record that can be read; the exit code is the highest that any of them deserves."""
    from pv_extract.exporters.naming import file_stem
    from pv_extract.output import cannot_write
    from pv_extract.review.originals import Originals
    from pv_extract.review.page import entry_of, index_of

    incoming, originals = Incoming(sources), Originals(sources, places)
    if target.suffix == ".html":
        write(_page(_only(list(incoming.records())), originals, incoming), target)
        return incoming.exit_code
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(target, error) from None
    entries = []
    for record in incoming.records():
        entries.append(entry_of(record, f"{file_stem(record)}.html"))
        write(_page(record, originals, incoming), target / entries[-1].file)
    write(index_of(entries), target / INDEX)
    return incoming.exit_code


def _only(records: "Sequence[Record]") -> "Record":
    if len(records) > 1:
        raise UsageError("there are several records: name a folder", "il y a plusieurs notices : nommez un dossier")
    return records[0]


def _page(record: "Record", originals: "Originals", incoming: Incoming) -> str:
    """The page of a record; where its document is not there, or no longer readable, the facts alone, and a word."""
    from pv_extract.review.page import page_of

    source = originals.of(record)
    if source is None:
        complain(words("its document was not found: --sources", "document introuvable : --sources"), record.source.name)
    try:
        return page_of(record, source)
    except PvExtractError as error:
        incoming.exit_code = max(incoming.exit_code, tell(error, False, record.source.name))
        return page_of(record, None)
