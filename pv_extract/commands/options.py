"""What several commands share: their options, and how they tell of what went wrong."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pv_extract.errors import Exit, PvExtractError
from pv_extract.messages import complain, said, unexpected, words
from pv_extract.output import ClosedOutput, put

if TYPE_CHECKING:
    from pv_extract.conventions import Conventions
    from pv_extract.readers import ReadOptions

Command = Callable[..., Any]

HELP = click.help_option("-h", "--help", help=words("Show this help.", "Affiche cette aide."))
SOURCE = click.argument("source", metavar="SRC", type=click.Path(path_type=str, allow_dash=True))
GRAMMARS = click.option(
    "--grammar",
    "grammars",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words("Also apply the rules of this TOML file.", "Applique aussi les règles de ce fichier TOML."),
)
ROSTER = click.option(
    "--roster",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=words(
        "Spell the members' names as this CSV file has them.", "Écrit les noms des membres comme ce fichier CSV."
    ),
)
CONFIG = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words("Use this file as pv-extract.toml.", "Prend ce fichier pour pv-extract.toml."),
)


def reading_options(command: Command) -> Command:
    """The options of every command that reads a source."""
    options = (
        click.option(
            "--ocr",
            type=click.Choice(["auto", "never", "always"]),
            default="auto",
            help=words(
                "Run OCR on pages without a text layer (auto), on none, or on all.",
                "Reconnaît les pages sans couche de texte (auto), aucune, ou toutes.",
            ),
        ),
        click.option(
            "--lang",
            default="fra",
            metavar="LANG",
            help=words("Language of the OCR, as Tesseract names it.", "Langue de l'OCR, au sens de Tesseract."),
        ),
        click.option(
            "--type",
            "extension",
            metavar="EXT",
            help=words(
                "Type of the sources where their name does not tell it: txt, md, html, pdf …",
                "Type des sources quand leur nom ne le dit pas : txt, md, html, pdf …",
            ),
        ),
        click.option(
            "--save-ocr",
            metavar="DIR",
            type=click.Path(path_type=Path, file_okay=False),
            help=words(
                "Keep what OCR reads in DIR, as ALTO, and do not read again the page images that are there.",
                "Garde dans DIR, en ALTO, ce que lit l'OCR, et ne relit pas les images de pages qui y sont.",
            ),
        ),
        GRAMMARS,
        ROSTER,
        CONFIG,
        HELP,
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_options(
    ocr: Literal["auto", "never", "always"], lang: str, extension: str | None, save_ocr: Path | None
) -> "ReadOptions":
    """How sources are read, from the options of the command."""
    from pv_extract.readers import ReadOptions

    return ReadOptions(ocr=ocr, lang=lang, extension=extension, save_ocr=save_ocr)


def conventions_asked(grammars: Sequence[Path], roster: Path | None, config: Path | None) -> "Conventions":
    """The conventions that the options of a command ask for, their files by absolute paths."""
    from pv_extract.conventions import Conventions

    return Conventions(tuple(path.absolute() for path in grammars), roster.absolute() if roster else None, config)


def attempt(work: Callable[[str], Exit], source: str) -> Exit:
    """The exit code of some work on a source; what goes wrong is told in one line, and others can follow."""
    try:
        return work(source)
    except ClosedOutput:
        raise
    except Exception as error:
        return tell(error, click.get_current_context().find_root().params["debug"], source)


def tell(error: Exception, debug: bool, source: str | None = None) -> Exit:
    """Say in one line what went wrong; its exit code."""
    if isinstance(error, PvExtractError):
        complain(said(error), source)
        return error.exit_code
    if debug:
        traceback.print_exception(error)
    complain(unexpected(error), source)
    return Exit.UNREADABLE


def put_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    put("".join(f"{line}\n" for line in lines))
