"""The command ``normalise``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pv_extract.commands.options import HELP, attempt
from pv_extract.errors import Exit, UnreadableSource
from pv_extract.messages import words
from pv_extract.output import put, writing

if TYPE_CHECKING:
    from pv_extract.text import AlignedText


@click.command(
    help=words(
        "Repair the words of an OCR'd text: accents, confused letters, words broken up or run together. A filter: "
        "text on stdin, the same lines on stdout; or name a text file.\n\n"
        "Example: pv-extract normalise --report changes.jsonl < ocr.txt > repaired.txt",
        "Répare les mots d'un texte issu d'OCR : accents, lettres confondues, mots coupés ou collés. Un filtre : "
        "le texte sur l'entrée standard, les mêmes lignes sur la sortie ; ou nommez un fichier texte.\n\n"
        "Exemple : pv-extract normalise --report changements.jsonl < ocr.txt > repare.txt",
    )
)
@click.argument("source", metavar="[SRC]", default="-", type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words(
        "Write every change to this file, as JSON Lines: span in the source, before, after, rule, confidence.",
        "Écrit chaque changement dans ce fichier, en JSON Lines : place, avant, après, règle, confiance.",
    ),
)
@click.option(
    "--join-hyphens",
    is_flag=True,
    help=words(
        "Join the words broken at the ends of lines; without it every line stays as printed.",
        "Recolle les mots coupés en fin de ligne ; sans cela chaque ligne reste telle qu'imprimée.",
    ),
)
@click.option(
    "--restore-accents",
    is_flag=True,
    help=words("Put the accents into a text that has none.", "Met les accents à un texte qui n'en a pas."),
)
@click.option(
    "--typography",
    is_flag=True,
    help=words("Also write œ, and the accents of capitals.", "Écrit aussi œ et les accents des capitales."),
)
@click.option(
    "--roster",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words(
        "Names as they are written, one a line: proof for the names of the text.",
        "Noms tels qu'ils s'écrivent, un par ligne : ils font foi pour ceux du texte.",
    ),
)
@HELP
def normalise(
    source: str, report: Path | None, join_hyphens: bool, restore_accents: bool, typography: bool, roster: Path | None
) -> Exit:
    """Repair a text; the exit code is DONE unless it cannot be read."""

    def work(source: str) -> Exit:
        from pv_extract.grammar import load_grammars
        from pv_extract.normalisation.filtering import Switches, repaired
        from pv_extract.readers.decoding import decode
        from pv_extract.readers.source import open_source

        switches = Switches(join_hyphens, restore_accents, typography, names_of(roster))
        text = repaired(decode(open_source(source)), load_grammars(), switches)
        if report:
            write_report(text, report)
        put(text.text)
        return Exit.DONE

    return attempt(work, source)


def names_of(roster: Path | None) -> frozenset[str]:
    """The words of the names in a roster. Raises UnreadableSource where the file cannot be read."""
    try:
        return frozenset(roster.read_text(encoding="utf-8").replace("-", " ").split()) if roster else frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{roster}: cannot be read: {error}", f"{roster} : illisible : {error}") from None


def write_report(text: "AlignedText", file: Path) -> None:
    """Write every change of a text, by its place in the source."""
    import json

    with writing(file) as stream:
        for change in sorted(text.edits):
            stream.write(json.dumps(change._asdict(), ensure_ascii=False) + "\n")
