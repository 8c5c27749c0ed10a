"""The commands: records go to stdout or files, all else to stderr; exit codes as in ``errors.Exit``."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pv_extract import __version__
from pv_extract.errors import Exit, PvExtractError, UsageError
from pv_extract.messages import complain, misused, not_minutes, said, unexpected, words
from pv_extract.output import ClosedOutput, put, silence, targets, write

if TYPE_CHECKING:
    from pv_extract.readers import ReadOptions
    from pv_extract.records import Record

CLOSED_PIPE = 141  # what a shell reports of a program whose reader went away: 128 + SIGPIPE
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
        GRAMMARS,
        HELP,
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_options(ocr: Literal["auto", "never", "always"], lang: str, extension: str | None) -> "ReadOptions":
    """How sources are read, from the options of the command."""
    from pv_extract.readers import ReadOptions

    return ReadOptions(ocr=ocr, lang=lang, extension=extension)


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


@cli.command(
    help=words(
        "Write the record of each source: as JSON on stdout for one, as JSON Lines for several, into "
        "DIR/<stem>.json with -o. `-` is stdin.\n\nExample: pv-extract extract -o records seances/*.pdf",
        "Écrit la notice de chaque source : en JSON sur la sortie pour une seule, en JSON Lines pour "
        "plusieurs, dans DIR/<nom>.json avec -o. `-` est l'entrée standard.\n\n"
        "Exemple : pv-extract extract -o notices seances/*.pdf",
    )
)
@click.argument("sources", metavar="SRC...", nargs=-1, required=True, type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "-o",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=words("Write DIR/<stem>.json for each source.", "Écrit DIR/<nom>.json pour chaque source."),
)
@reading_options
def extract(sources: Sequence[str], folder: Path | None, grammars: Sequence[Path], **reading: Any) -> Exit:
    """Extract every source; the exit code is the highest that any of them deserves."""
    from pv_extract import pipeline
    from pv_extract.grammar import load_grammars

    files = targets(sources, folder) if folder else {}
    grammar = load_grammars(grammars)
    options = read_options(**reading)
    indent = 1 if folder or len(sources) == 1 else None

    def work(source: str) -> Exit:
        record = pipeline.extract(source, grammar, options)
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


@cli.command(
    help=words(
        "Show a source as the rules read it: page furniture gone, lines joined, OCR slips repaired.\n\n"
        "Example: pv-extract text --diff scan.pdf",
        "Montre une source telle que les règles la lisent : sans en-têtes de page, lignes rejointes, "
        "fautes d'OCR réparées.\n\nExemple : pv-extract text --diff scan.pdf",
    )
)
@SOURCE
@click.option(
    "--raw",
    is_flag=True,
    help=words("The text as read, which the spans of a record index.", "Le texte lu, qu'indexent les `span`."),
)
@click.option("--diff", is_flag=True, help=words("The repairs, one a line.", "Les réparations, une par ligne."))
@reading_options
def text(source: str, raw: bool, diff: bool, grammars: Sequence[Path], **reading: Any) -> Exit:
    """Show what was read and what was repaired."""
    from pv_extract.grammar import load_grammars
    from pv_extract.readers import read

    if raw and diff:
        raise UsageError("choose one of --raw and --diff", "choisissez entre --raw et --diff")
    grammar = load_grammars(grammars)

    def work(source: str) -> Exit:
        from pv_extract.normalisation import normalise
        from pv_extract.tracing import repairs

        document = read(source, read_options(**reading))
        if raw:
            put(document.text)
        elif diff:
            put_lines(repairs(document, normalise(document, grammar).edits))
        else:
            put_lines(normalise(document, grammar).text.splitlines())
        return Exit.DONE

    return attempt(work, source)


@cli.command(
    help=words(
        "Print the JSON Schema of a record.\n\nExample: pv-extract schema > record.schema.json",
        "Affiche le schéma JSON d'une notice.\n\nExemple : pv-extract schema > notice.schema.json",
    )
)
@HELP
def schema() -> Exit:
    """Print the JSON Schema of a record."""
    import json

    from pv_extract.records import json_schema

    put(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")
    return Exit.DONE


@cli.group(
    help=words(
        "List the rules, run their examples, see what they took.\n\nExample: pv-extract rules list",
        "Liste les règles, vérifie leurs exemples, montre ce qu'elles ont pris.\n\nExemple : pv-extract rules list",
    )
)
@HELP
def rules() -> None:
    """All commands on rules."""


@rules.command(
    "list",
    help=words(
        "List the rules in the order in which they are tried: id, what it emits, what it reads.\n\n"
        "Example: pv-extract rules list --grammar ma-commune.toml",
        "Liste les règles dans l'ordre où elles sont essayées : nom, ce qu'elle produit, ce qu'elle lit.\n\n"
        "Exemple : pv-extract rules list --grammar ma-commune.toml",
    ),
)
@GRAMMARS
@HELP
def list_rules(grammars: Sequence[Path]) -> Exit:
    """List the rules in force."""
    from pv_extract.grammar import load_grammars

    put_lines(f"{rule.id:<36} {rule.emits:<18} {rule.about}" for rule in load_grammars(grammars).rules)
    return Exit.DONE


@rules.command(
    "check",
    help=words(
        "Run the examples and counter-examples of all rules, and of those in your own files.\n\n"
        "Example: pv-extract rules check ma-commune.toml",
        "Vérifie les exemples et contre-exemples de toutes les règles, et de celles de vos fichiers.\n\n"
        "Exemple : pv-extract rules check ma-commune.toml",
    ),
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@HELP
def check_rules(files: Sequence[Path]) -> Exit:
    """Run every rule's examples; what fails is on stderr."""
    from pv_extract.grammar import failures, load_grammars

    found = load_grammars(files, check=True).rules
    wrong = [line for rule in found for line in failures(rule)]
    for line in wrong:
        complain(line)
    examples = sum(len(rule.matches) + len(rule.rejects) for rule in found)
    put(
        words(
            f"{len(found)} rules, {examples} examples and counter-examples, {len(wrong)} failures\n",
            f"{len(found)} règles, {examples} exemples et contre-exemples, {len(wrong)} échecs\n",
        )
    )
    return Exit.GRAMMAR if wrong else Exit.DONE


@rules.command(
    "trace",
    help=words(
        "Show a source line by line: the segment that took each line (or `unclaimed`), the values read "
        "there with their rules (←), the repairs (~).\n\nExample: pv-extract rules trace conseil.pdf",
        "Montre une source ligne à ligne : le segment qui a pris chaque ligne (ou `unclaimed`), les valeurs "
        "lues avec leurs règles (←), les réparations (~).\n\nExemple : pv-extract rules trace conseil.pdf",
    ),
)
@SOURCE
@reading_options
def trace_rules(source: str, grammars: Sequence[Path], **reading: Any) -> Exit:
    """Show which rule took what."""
    from pv_extract.grammar import load_grammars

    grammar = load_grammars(grammars)

    def work(source: str) -> Exit:
        from pv_extract.pipeline import extract_document
        from pv_extract.readers import read
        from pv_extract.tracing import trace

        document = read(source, read_options(**reading))
        put_lines(trace(document, extract_document(document, grammar)))
        return Exit.DONE

    return attempt(work, source)


def put_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    put("".join(f"{line}\n" for line in lines))


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
