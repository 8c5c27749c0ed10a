"""Parquet: a typed file per table, written in row groups of bounded size."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pv_extract.errors import UsageError
from pv_extract.exporters.losses import Loss, Losses
from pv_extract.exporters.tables import Cell, Column, Row, Table, rows_of, tables
from pv_extract.files import filling
from pv_extract.records import Record

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:
    raise UsageError(
        "Parquet needs pyarrow: pip install 'pv-extract[parquet]'",
        "Parquet demande pyarrow : pip install 'pv-extract[parquet]'",
    ) from None

DIGITS, DECIMALS = 38, 10  # of an amount, in all and after the point
GROUP = 10_000  # rows of one table that are held in memory
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "decimal": pa.decimal128(DIGITS, DECIMALS),
}
NOT_TYPED = Loss(
    "not-typed",
    "values that the column's type cannot hold, now null",
    "valeurs que le type de la colonne ne peut contenir, désormais nulles",
)


class Sheet:
    """One Parquet file that grows by row groups."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.table, self.rows = table, list[Row]()
        self.schema = pa.schema([(column.name, TYPES[column.kind]) for column in table.header])
        self.writer: Any = parquet.ParquetWriter(folder / f"{table.name}.parquet", self.schema, compression="zstd")

    def add(self, row: Row) -> None:
        """Add a row of typed cells."""
        self.rows.append(row)
        if len(self.rows) == GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows held so far."""
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.schema)
        arrays = [pa.array(cells, type=kind) for cells, kind in zip(columns, self.schema.types, strict=True)]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))
        self.rows.clear()

    def close(self) -> None:
        """Write what is left, and the foot of the file."""
        self.flush()
        self.writer.close()


def export(records: Iterable[Record], target: Path) -> Losses:
    """Write ``<table>.parquet`` for every table into a folder."""
    losses = Losses("parquet", frozenset({""}))
    with filling(target) as folder, ExitStack() as closing:
        sheets = {table.name: Sheet(table, folder) for table in tables()}
        for sheet in sheets.values():
            closing.callback(sheet.close)
        for record in records:
            losses.see(record)
            for table, rows in rows_of(record):
                for row in rows:
                    sheets[table.name].add(_typed_row(row, table, record, losses))
    return losses


def _typed_row(row: Row, table: Table, record: Record, losses: Losses) -> Any:
    return tuple(_typed(cell, column, record, losses) for cell, column in zip(row, table.header, strict=True))


def _typed(cell: Cell, column: Column, record: Record, losses: Losses) -> Any:
    """A cell as the type of its column; null, and told, where the type cannot hold it."""
    if not isinstance(cell, str) or column.kind == "text":
        return cell
    value = _date(cell) if column.kind == "date" else _decimal(cell)
    if value is None:
        losses.tell(NOT_TYPED, record, f"{column.name}={cell}")
    return value


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    whole, _, decimals = text.partition(".")
    return Decimal(text) if len(whole) <= DIGITS - DECIMALS and len(decimals) <= DECIMALS else None
