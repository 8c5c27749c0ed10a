"""What the user is told: in French under a French locale, in English otherwise, one line each."""

import os
from pathlib import Path

import click

from pv_extract.errors import PvExtractError


def in_french() -> bool:
    """Whether the environment asks for French, whether or not that locale is installed."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in asked if name), "").lower().startswith("fr")


def words(english: str, french: str) -> str:
    """The one of the two texts that the user reads."""
    return french if in_french() else english


def said(error: PvExtractError) -> str:
    """The message of an error."""
    return words(error.english, error.french)


def complain(message: str, source: str | Path | None = None) -> None:
    """One line on stderr; the source is named once, at its beginning."""
    line = message
    if source is not None:
        for name in (str(source), Path(source).name):
            line = line.removeprefix(name).lstrip()
        line = f"{source}: {line}"
    printable = " ".join(line.split()).encode("utf-8", "backslashreplace").decode()
    click.echo(f"pv-extract: {printable}", err=True)


def unexpected(error: Exception) -> str:
    """The message for an error of the program itself."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return words(
        f"unexpected error ({what[:200]}); please report it with what `pv-extract --debug …` prints",
        f"erreur imprévue ({what[:200]}) ; signalez-la avec ce qu'affiche `pv-extract --debug …`",
    )


def not_minutes(kind: str | None) -> str:
    """The message for a document that is no minutes, with the kind it was taken for."""
    taken = f" ({kind})" if kind and kind != "other" else ""
    return words(
        f"this is no minutes{taken}: check that it is the right file; its record holds what could be read",
        f"ce n'est pas un procès-verbal{taken} : vérifiez le fichier ; sa notice dit ce qui a pu être lu",
    )


def misused(error: click.UsageError) -> str:
    """The message for a command line that click refuses, with where to look for help."""
    path = error.ctx.command_path if error.ctx else "pv-extract"
    return words(
        f"{error.format_message().rstrip('.')}; see `{path} -h`",
        f"{_misused_in_french(error)} ; voir `{path} -h`",
    )


def _misused_in_french(error: click.UsageError) -> str:
    hint = _hint(error.param, error.ctx) if isinstance(error, click.BadParameter) else ""
    if isinstance(error, click.MissingParameter):
        return f"il manque {hint}"
    if isinstance(error, click.NoSuchOption):
        return f"option inconnue : {error.option_name}"
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        return f"valeur refusée pour {hint} : choisir parmi {', '.join(error.param.type.choices)}"
    return error.format_message().rstrip(".")


def _hint(parameter: click.Parameter | None, context: click.Context | None) -> str:
    return parameter.get_error_hint(context) if parameter and context else "un argument"
