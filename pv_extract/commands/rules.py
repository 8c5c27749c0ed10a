"""The commands ``rules list``, ``rules check`` and ``rules trace``."""

from collections.abc import Sequence
from pathlib import Path

import click

from pv_extract.commands.options import HELP, SOURCE, attempt, put_lines
from pv_extract.commands.reading import GRAMMARS, Reading, reading_options
from pv_extract.errors import Exit
from pv_extract.messages import complain, words
from pv_extract.output import put


@click.group(
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
        "Run the examples and counter-examples of all rules, and of those in your own files; of a pv-extract.toml, "
        "read the files that it names.\n\n"
        "Example: pv-extract rules check ma-commune.toml",
        "Vérifie les exemples et contre-exemples de toutes les règles, et de celles de vos fichiers ; d'un "
        "pv-extract.toml, lit les fichiers qu'il nomme.\n\n"
        "Exemple : pv-extract rules check ma-commune.toml",
    ),
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@HELP
def check_rules(files: Sequence[Path]) -> Exit:
    """Run every rule's examples; what fails is on stderr."""
    from pv_extract.configuration import FILE_NAME, load
    from pv_extract.grammar import failures, load_grammars
    from pv_extract.members.register import load_register

    conventions = [load(file) for file in files if file.name == FILE_NAME]
    own = [*(file for file in files if file.name != FILE_NAME), *(g for each in conventions for g in each.grammars)]
    found = load_grammars(own, check=True).rules
    rosters = {each.roster: len(load_register(each.roster).people) for each in conventions if each.roster}
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
    put_lines(f"{file.name}: " + words(f"{people} people", f"{people} personnes") for file, people in rosters.items())
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
def trace_rules(source: str, reading: Reading) -> Exit:
    """Show which rule took what."""
    from pv_extract.conventions import conventions_for

    told = conventions_for(source, reading.conventions())
    grammar, register = told.grammar, told.register

    def work(source: str) -> Exit:
        from pv_extract.pipeline import extract_document
        from pv_extract.readers import read
        from pv_extract.tracing import trace

        document = read(source, reading.options())
        put_lines(trace(document, extract_document(document, grammar, register)))
        return Exit.DONE

    return attempt(work, source)
