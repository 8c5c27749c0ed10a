"""The commands: records go to stdout or files, all else to stderr; exit codes as in ``errors.Exit``."""

import sys
from collections.abc import Sequence

import click

from pv_extract import __version__
from pv_extract.commands.batch import batch
from pv_extract.commands.check import check
from pv_extract.commands.export import export
from pv_extract.commands.extract import extract
from pv_extract.commands.normalise import normalise
from pv_extract.commands.options import HELP, tell
from pv_extract.commands.review import review
from pv_extract.commands.rules import rules
from pv_extract.commands.schema import schema
from pv_extract.commands.search import search
from pv_extract.commands.text import text
from pv_extract.errors import Exit
from pv_extract.messages import complain, misused, words
from pv_extract.output import ClosedOutput, silence

CLOSED_PIPE = 141  # what a shell reports of a program whose reader went away: 128 + SIGPIPE


@click.group(
    help=words(
        "Turn French minutes into records whose every value points back to its place.\n\n"
        "Example: pv-extract extract conseil.pdf",
        "Transforme des procès-verbaux en notices dont chaque valeur renvoie à sa place.\n\n"
        "Exemple : pv-extract extract conseil.pdf",
    )
)
@click.version_option(
    __version__,
    "--version",
    message="pv-extract %(version)s",
    help=words("Show the version.", "Affiche la version."),
)
@click.option(
    "--debug",
    is_flag=True,
    help=words("Print the traceback of an unexpected error.", "Affiche la trace d'une erreur imprévue."),
)
@HELP
def cli(debug: bool) -> None:
    """All commands; ``debug`` is read by ``attempt``."""


for command in (extract, batch, check, export, review, text, normalise, schema, rules, search):
    cli.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code, whatever happens."""
    try:
        return int(cli.main(list(arguments), prog_name="pv-extract", standalone_mode=False) or Exit.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return Exit.USAGE
    except click.UsageError as error:
        complain(misused(error))
        return Exit.USAGE
    except ClosedOutput:
        silence()
        return CLOSED_PIPE
    except (KeyboardInterrupt, click.Abort):
        complain(words("interrupted", "interrompu"))
        return Exit.INTERRUPTED
    except Exception as error:
        return tell(error, debug="--debug" in arguments)


def main() -> None:
    """The console command: run what was typed, and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))
