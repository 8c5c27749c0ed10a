"""How a command reads its sources: the options, and what they ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pv_extract.commands.options import HELP
from pv_extract.messages import words

if TYPE_CHECKING:
    from pv_extract.conventions import Conventions
    from pv_extract.readers import ReadOptions

Command = Callable[..., Any]

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
READING = (
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


@dataclass(frozen=True)
class Reading:
    """What a command line says of reading: how OCR runs, of what type sources are, whose rules and names apply."""

    ocr: Literal["auto", "never", "always"]
    lang: str
    extension: str | None
    save_ocr: Path | None
    grammars: tuple[Path, ...]
    roster: Path | None
    config: Path | None

    def options(self) -> "ReadOptions":
        """How sources are read."""
        from pv_extract.readers import ReadOptions

        return ReadOptions(ocr=self.ocr, lang=self.lang, extension=self.extension, save_ocr=self.save_ocr)

    def conventions(self) -> "Conventions":
        """The conventions that are asked for, their files by absolute paths."""
        from pv_extract.conventions import Conventions

        grammars = tuple(path.absolute() for path in self.grammars)
        return Conventions(grammars, self.roster.absolute() if self.roster else None, self.config)


def reading_options(command: Command) -> Command:
    """The options of every command that reads a source; the command gets them as one ``Reading``."""

    @wraps(command)
    def reading_command(**given: Any) -> Any:
        return command(reading=Reading(**{name: given.pop(name) for name in Reading.__match_args__}), **given)

    for option in reversed(READING):
        reading_command = option(reading_command)
    return reading_command
