"""The command ``schema``."""

import click

from pv_extract.commands.options import HELP
from pv_extract.errors import Exit
from pv_extract.messages import words
from pv_extract.output import put


@click.command(
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
