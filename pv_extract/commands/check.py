"""The command ``check``."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from pv_extract.commands.options import put_lines, tell
from pv_extract.commands.reading import Reading, reading_options
from pv_extract.errors import Exit, GrammarError, PvExtractError, UsageError
from pv_extract.messages import unexpected, words
from pv_extract.output import ClosedOutput

if TYPE_CHECKING:
    from pv_extract.checking import Checking
    from pv_extract.minutes import Given
    from pv_extract.reports import Checked, Format

FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")
Formats = Sequence[tuple["Format", Path | None]]


def format_targets(context: click.Context, option: click.Parameter, values: Sequence[str]) -> Formats:
    """Each format with its file, None for stdout, from ``FORMAT`` or ``FORMAT=FILE``."""
    targets = [(name, Path(file) if file else None) for name, _, file in (value.partition("=") for value in values)]
    for name, _ in targets:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(f"--format {name}: choose among {known}", f"--format {name} : choisir parmi {known}")
    return cast(Formats, targets)


def beginnings(context: click.Context, option: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Ids of rules, or beginnings of ids, given one by one or with commas between them."""
    return tuple(each.strip() for value in values for each in value.split(",") if each.strip())


@click.command(
    help=words(
        "Tell where minutes contradict themselves, and which mention that the law asks for was not found. SRC is a "
        "document, records (JSON, JSON Lines), a folder of both, or `-`. Never says that a deliberation is unlawful."
        "\n\n"
        "Example: pv-extract check --format sarif=minutes.sarif seances/",
        "Dit où des procès-verbaux se contredisent et quelles mentions voulues par la loi n'ont pas été trouvées. "
        "SRC est un document, des notices (JSON, JSON Lines), un dossier des deux, ou `-`. Ne dit jamais qu'une "
        "délibération est illégale.\n\nExemple : pv-extract check --format sarif=pv.sarif seances/",
    )
)
@click.argument("sources", metavar="SRC...", nargs=-1, type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=format_targets,
    metavar="FORMAT[=FILE]",
    help=words(
        f"How to tell: {', '.join(FORMATS)}; into a file with =FILE, several times if need be.",
        f"Comment le dire : {', '.join(FORMATS)} ; dans un fichier avec =FILE, plusieurs fois au besoin.",
    ),
)
@click.option(
    "--select",
    multiple=True,
    callback=beginnings,
    metavar="RULES",
    help=words("Only these rules: PV-305, or PV-3 for all that begin so.", "Seulement ces règles : PV-305, ou PV-3."),
)
@click.option(
    "--ignore",
    multiple=True,
    callback=beginnings,
    metavar="RULES",
    help=words("Not these rules.", "Sans ces règles."),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help=words(
        "The least severity that makes the exit code 1 (error).", "La moindre gravité qui donne le code 1 (error)."
    ),
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=words("Leave out the findings accepted in this file.", "Tait les constats admis dans ce fichier."),
)
@click.option(
    "--update", is_flag=True, help=words("Accept all that is found now.", "Admet tout ce qui est trouvé à présent.")
)
@click.option(
    "--skipped",
    is_flag=True,
    help=words(
        "Also tell which rules were not evaluated, and why.", "Dit aussi quelles règles n'ont pu être évaluées."
    ),
)
@click.option(
    "--explain",
    metavar="RULE",
    help=words("Explain a rule, or all that begin so.", "Explique une règle, ou toutes celles qui commencent ainsi."),
)
@reading_options
def check(sources: Sequence[str], explain: str | None, **asked: Any) -> Exit:
    """Check every source, then the meetings against one another; the exit code is the highest deserved."""
    if explain:
        from pv_extract.reports.explanation import explained

        put_lines(explained(explain))
        return Exit.DONE
    if not sources:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    return checked(sources, **asked)


def checked(
    sources: Sequence[str], formats: Formats, baseline: Path | None, update: bool, skipped: bool, **asked: Any
) -> Exit:
    """Check, report, and say with which exit code to leave."""
    from pv_extract.reports import Report
    from pv_extract.reports.report import merged
    from pv_extract.reports.telling import Telling

    if update and not baseline:
        raise UsageError("--update needs --baseline FILE", "--update demande --baseline FILE")
    telling = Telling(formats, baseline, update, skipped)
    run = checking(**asked)
    told = [telling.tell(file, code) for file, code in attempts(run, sources)]
    telling.finish(Report(merged(told), telling.accepted))
    return telling.code


def checking(select: tuple[str, ...], ignore: tuple[str, ...], fail_on: Any, reading: Reading) -> "Checking":
    """The run that the command line asks for. Raises UsageError for rules that nobody knows."""
    from pv_extract.checking import Checking
    from pv_extract.policy import Demands, known

    demands = Demands(select, ignore, fail_on, reading.config)
    known([*demands.select, *demands.ignore])
    return Checking(demands, reading.options(), reading.conventions())


def attempts(run: "Checking", sources: Sequence[str]) -> Iterator[tuple["Checked", Exit]]:
    """Each file with the exit code that reading it deserves, then what is found across them.

    What goes wrong with one is told on stderr, and the others follow; a wrong configuration or grammar ends all.
    """
    from pv_extract.minutes import listed

    for given in listed(sources):
        try:
            yield run.check(given), Exit.DONE
        except (ClosedOutput, GrammarError, UsageError):
            raise
        except Exception as error:
            code = tell(error, click.get_current_context().find_root().params["debug"], given.name)
            yield unread(given, error), code
    yield from ((file, Exit.DONE) for file in run.across())


def unread(given: "Given", error: Exception) -> "Checked":
    """The account of a file that could not be checked."""
    from pv_extract.checking import shown
    from pv_extract.checks import Words
    from pv_extract.reports import Checked

    if isinstance(error, PvExtractError):
        return Checked(shown(given), problem=Words(error.english, error.french))
    return Checked(shown(given), problem=Words(unexpected(error), unexpected(error)))
