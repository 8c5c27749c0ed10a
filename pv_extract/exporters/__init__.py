"""Exporting: records in the formats that others import, one module each, and what each could not carry.

Every module has ``export(records, target) -> Losses``. It reads the records once, in their order, writes the target
whole or not at all, and gives the same bytes for the same records. ``target`` is a file (``-`` is stdout), or a
folder for the formats of ``FOLDERS``. All raise UsageError where the target cannot be written.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from pv_extract.exporters.losses import Losses
from pv_extract.records import Record

__all__ = ["FORMATS", "Export", "Losses", "exporter"]

Export = Callable[[Iterable[Record], Path], Losses]
MODULES = {
    "jsonl": "json_lines",
    "csv": "csv_tables",
    "parquet": "parquet_tables",
    "scdl": "scdl",
    "akn": "akn",
    "popolo": "popolo",
    "atom": "atom",
}
FORMATS = tuple(MODULES)


def exporter(name: str) -> Export:
    """The export to a format, loaded when it is asked for. Raises UsageError where it needs an extra."""
    export: Export = import_module(f"pv_extract.exporters.{MODULES[name]}").export
    return export
