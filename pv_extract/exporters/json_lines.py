"""JSON Lines: one record a line, whole; nothing is lost."""

from collections.abc import Iterable
from pathlib import Path

from pv_extract.exporters.losses import Losses
from pv_extract.output import writing
from pv_extract.records import Record


def export(records: Iterable[Record], target: Path) -> Losses:
    """Write each record on a line of its own."""
    losses = Losses("jsonl", frozenset({""}))
    with writing(target) as stream:
        for record in records:
            losses.see(record)
            stream.write(record.to_json(indent=None) + "\n")
    return losses
