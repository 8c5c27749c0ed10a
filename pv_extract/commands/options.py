"""What several commands share: their options, and how they tell of what went wrong."""

import traceback
from collections.abc import Callable, Iterable

import click

from pv_extract.errors import Exit, PvExtractError
from pv_extract.messages import complain, said, unexpected, words
from pv_extract.output import ClosedOutput, put

HELP = click.help_option("-h", "--help", help=words("Show this help.", "Affiche cette aide."))
SOURCE = click.argument("source", metavar="SRC", type=click.Path(path_type=str, allow_dash=True))
SOURCES = click.argument(
    "sources", metavar="SRC...", nargs=-1, required=True, type=click.Path(path_type=str, allow_dash=True)
)
RECORDS = click.argument(
    "sources", metavar="RECORD...", nargs=-1, required=True, type=click.Path(path_type=str, allow_dash=True)
)


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
