"""The command ``search``."""

import json

import click

from pv_extract.commands.options import HELP, put_lines
from pv_extract.errors import Exit
from pv_extract.messages import complain, words


@click.command(
    help=words(
        "Find the passages that hold all the words in the catalogue of OUT: with date, body, page, deliberation, "
        'record. "…" keeps words together, * ends a beginning; accents and case do not matter.\n\n'
        'Example: pv-extract search minutes "fibre optique" --from 2014-01-01',
        "Trouve dans le catalogue de OUT les passages qui contiennent tous les mots : date, assemblée, page, "
        'délibération, notice. "…" tient des mots ensemble, * suit un début ; accents et casse sont indifférents.\n\n'
        'Exemple : pv-extract search seances "fibre optique" --from 2014-01-01',
    )
)
@click.argument("out", metavar="OUT")
@click.argument("query", metavar="WORDS...", nargs=-1, required=True)
@click.option("--body", metavar="NAME", help=words("Only this organization or body.", "Seulement cette assemblée."))
@click.option("--from", "first", metavar="DATE", type=str, help=words("Not before (2014-01-31).", "Pas avant."))
@click.option("--to", "last", metavar="DATE", type=str, help=words("Not after (2014-12-31).", "Pas après."))
@click.option(
    "--who",
    metavar="NAME",
    help=words(
        "Only meetings that name this person, under any spelling.",
        "Seulement les séances qui nomment cette personne, quelle que soit la graphie.",
    ),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    metavar="N",
    help=words("At most so many passages (20).", "Pas plus de passages (20)."),
)
@click.option("--json", "as_json", is_flag=True, help=words("As JSON Lines.", "En JSON Lines."))
@HELP
def search(
    out: str,
    query: tuple[str, ...],
    body: str | None,
    first: str | None,
    last: str | None,
    who: str | None,
    limit: int,
    as_json: bool,
) -> Exit:
    """Print the passages that were found, the best first."""
    from pv_extract.catalogue.search import Passage, Wanted
    from pv_extract.catalogue.search import search as find

    def shown(passage: Passage) -> str:
        if as_json:
            return json.dumps(passage._asdict(), ensure_ascii=False)
        item = " ".join(filter(None, (passage.reference, passage.deliberation)))
        page = f"page {passage.page}"
        head = "  ".join(filter(None, (passage.date or "????-??-??", passage.organization, passage.body, page, item)))
        return f"{head}\n    {' '.join(passage.excerpt.split())}\n    {passage.record}  ({passage.source})"

    found = find(out, Wanted(" ".join(query), body, first, last, who, limit))
    put_lines(map(shown, found))
    if not found:
        complain(words("nothing was found", "rien n'a été trouvé"))
    return Exit.DONE
