"""The command ``text``."""

import click

from pv_extract.commands.options import SOURCE, attempt, put_lines
from pv_extract.commands.reading import Reading, reading_options
from pv_extract.errors import Exit, UsageError
from pv_extract.messages import words
from pv_extract.output import put


@click.command(
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
def text(source: str, raw: bool, diff: bool, reading: Reading) -> Exit:
    """Show what was read and what was repaired."""
    from pv_extract.conventions import conventions_for
    from pv_extract.readers import read

    if raw and diff:
        raise UsageError("choose one of --raw and --diff", "choisissez entre --raw et --diff")
    grammar = conventions_for(source, reading.conventions()).grammar

    def work(source: str) -> Exit:
        from pv_extract.normalisation import normalise
        from pv_extract.tracing import repairs

        document = read(source, reading.options())
        if raw:
            put(document.text)
        elif diff:
            put_lines(repairs(document, normalise(document, grammar).edits))
        else:
            put_lines(normalise(document, grammar).text.splitlines())
        return Exit.DONE

    return attempt(work, source)
