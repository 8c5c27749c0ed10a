"""CSV: a file per table, with a Frictionless Data Package that says what the columns are."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pv_extract.exporters.cells import cell_of, csv_writer
from pv_extract.exporters.losses import Losses
from pv_extract.exporters.tables import Column, Table, rows_of, tables
from pv_extract.files import filling
from pv_extract.records import Record

DATA_PACKAGE = "datapackage.json"
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True}
TYPES = {"text": "string", "decimal": "number"}  # Table Schema; other kinds go by the same name


def export(records: Iterable[Record], target: Path) -> Losses:
    """Write ``<table>.csv`` for every table, and ``datapackage.json``, into a folder."""
    losses = Losses("csv", frozenset({""}))
    with filling(target) as folder, ExitStack() as files:
        writers = {
            table.name: csv_writer(files.enter_context(_file(folder, table)), _names(table)) for table in tables()
        }
        for record in records:
            losses.see(record)
            cell = cell_of(record, losses)
            for table, rows in rows_of(record):
                writers[table.name].writerows([cell(value) for value in row] for row in rows)
        (folder / DATA_PACKAGE).write_text(json.dumps(data_package(), indent=1) + "\n", encoding="utf-8")
    return losses


def _file(folder: Path, table: Table) -> Any:
    return (folder / f"{table.name}.csv").open("x", encoding="utf-8", errors="backslashreplace", newline="")


def _names(table: Table) -> list[str]:
    return [column.name for column in table.header]


def data_package() -> dict[str, Any]:
    """The Data Package of the tables: types, primary keys, and what every table's rows belong to."""
    return {"name": "pv-extract", "resources": [_resource(table) for table in tables()]}


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.header],
        "primaryKey": [column.name for column in table.keys],
    }
    if table.columns and table.name != "meetings":
        reference = {"resource": "meetings", "fields": ["meeting"]}
        schema["foreignKeys"] = [{"fields": ["meeting"], "reference": reference}]
    name = table.name.replace("_", "-")
    return {"name": name, "path": f"{table.name}.csv", "encoding": "utf-8", "dialect": DIALECT, "schema": schema}


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": TYPES.get(column.kind, column.kind)}
