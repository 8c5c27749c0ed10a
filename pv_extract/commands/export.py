"""The command ``export``."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pv_extract.commands.incoming import Incoming
from pv_extract.commands.options import HELP, RECORDS
from pv_extract.errors import Exit, UnreadableSource, UsageError
from pv_extract.messages import complain, words
from pv_extract.output import STDOUT, write

if TYPE_CHECKING:
    from pv_extract.exporters import Export, Losses

FORMATS = ("jsonl", "csv", "parquet", "scdl", "akn", "popolo", "atom")
FOLDERS = ("csv", "parquet", "akn")


@click.command(
    help=words(
        "Write records in a format that others import, and say what it could not carry: a summary on stderr, all "
        "of it in FILE.losses.json. RECORD is a file that `extract` wrote, JSON Lines, a folder of them (of `batch` "
        "too; s3://…), or `-`."
        "\n\nExample: pv-extract export records --to csv -o tables",
        "Écrit des notices dans un format que d'autres importent, et dit ce qu'il n'a pu porter : un résumé sur "
        "la sortie d'erreur, le tout dans FILE.losses.json. RECORD est un fichier écrit par `extract`, du JSON "
        "Lines, un dossier de ces fichiers (aussi de `batch` ; s3://…), ou `-`."
        "\n\nExemple : pv-extract export notices --to csv -o tables",
    )
)
@RECORDS
@click.option(
    "--to",
    "name",
    required=True,
    type=click.Choice(FORMATS),
    help=words("The format.", "Le format."),
)
@click.option(
    "-o",
    "target",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help=words(
        "Where to: a file (`-` is stdout), or a folder where the format has several files.",
        "Où écrire : un fichier (`-` est la sortie standard), ou un dossier si le format a plusieurs fichiers.",
    ),
)
@click.option(
    "--completed",
    metavar="CSV",
    type=click.Path(path_type=Path),
    help=words(
        "scdl: the list of what was missing from an earlier export, filled in.",
        "scdl : la liste de ce qui manquait à un export précédent, remplie.",
    ),
)
@HELP
def export(sources: Sequence[str], name: str, target: Path, completed: Path | None) -> Exit:
    """Export every record that can be read; the exit code is the highest that any source deserves."""
    from pv_extract.exporters import exporter

    if name in FOLDERS and target == STDOUT:
        raise UsageError(
            f"{name} has several files: name a folder (-o)", f"{name} a plusieurs fichiers : nommez un dossier"
        )
    work = completing(completed, name, target) if completed else exporter(name)
    incoming = Incoming(sources)
    with ExitStack() as catalogue:
        if name == "popolo" and len(sources) == 1:
            work = joining(sources[0], catalogue)
        losses = work(incoming.records(), target)
    report(losses, target)
    return incoming.exit_code


def joining(source: str, catalogue: ExitStack) -> "Export":
    """The export whose people are one across meetings where the source is a batch's folder, with its catalogue."""
    from pv_extract.catalogue.identities import people_of
    from pv_extract.exporters import popolo

    try:
        return partial(popolo.export, people=catalogue.enter_context(people_of(source)))
    except UnreadableSource:
        return popolo.export


def completing(completed: Path, name: str, target: Path) -> "Export":
    """The export that takes what a person filled in. Raises UsageError where that cannot be."""
    if name != "scdl":
        raise UsageError("--completed is for --to scdl", "--completed ne va qu'avec --to scdl")
    from pv_extract.exporters import scdl
    from pv_extract.exporters.completion import completed_in, missing_beside

    if completed.resolve() == missing_beside(target).resolve():
        raise UsageError(
            f"{completed} would be overwritten by what is still missing: fill in a copy under another name",
            f"{completed} serait écrasé par ce qui manque encore : remplissez une copie d'un autre nom",
        )
    return partial(scdl.export, completed=completed_in(completed))


def report(losses: "Losses", target: Path) -> None:
    """Say what was lost: in a few lines on stderr, and in full beside the target."""
    for line in losses.summary():
        complain(line)
    if target != STDOUT:
        write(losses.to_json(), target.with_name(f"{target.name}.losses.json"))
