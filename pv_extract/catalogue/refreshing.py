"""Bringing a folder's catalogue up to date with its records, names and decisions."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from pv_extract import __version__
from pv_extract.catalogue import decisions, schema
from pv_extract.catalogue.datasette import metadata
from pv_extract.catalogue.joining import Doubt
from pv_extract.catalogue.writing import DOCUMENTS, write
from pv_extract.folders import Folder

CATALOGUE = "catalogue.sqlite"
METADATA = "metadata.json"


def refresh(out: Folder, count: int, jobs: int) -> bool:
    """Write the catalogue of a folder of ``count`` documents anew unless nothing changed; whether it was written.

    The metadata, which name what the catalogue was made from, come last: a run that dies before is done again.
    Raises UsageError where ``people.toml`` cannot be understood, or where the folder takes no more.
    """
    before = _text(out, decisions.NAME)
    decided = decisions.decisions(before) if before else []
    contents = contents_of(out, decided)
    if _catalogued(out) == contents:
        return False
    with out.workshop() as folder:
        made = folder / CATALOGUE
        doubts = write(made, out.address, count, decided, jobs)
        summary = _summary(made)
        out.place(made, CATALOGUE)
    out.write(decisions.NAME, decisions.written(doubts, decided).encode())
    told = metadata({"contents": contents, "summary": summary})
    out.write(METADATA, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    return True


def _summary(catalogue: Path) -> dict[str, Any]:
    """The numbers of the table ``summary``: one by what it counts, or by label of it."""
    out: dict[str, Any] = {}
    with closing(sqlite3.connect(catalogue)) as db:
        for what, label, number in db.execute("SELECT * FROM summary ORDER BY what, label"):
            if label:
                out.setdefault(what, {})[label] = number
            else:
                out[what] = number
    return out


def summary_of(out: Folder) -> dict[str, Any]:
    """The summary of a folder's catalogue, empty where there is none."""
    return dict(_told(out).get("summary", {}))


def contents_of(out: Folder, decided: Iterable[Doubt]) -> str:
    """A digest of all that a catalogue is made from."""
    total = sha256(json.dumps([__version__, schema.VERSION]).encode())
    with out.open(DOCUMENTS) as file:
        for line in file:
            total.update(line)
    for doubt in sorted(doubt for doubt in decided if doubt.same is not None):
        total.update(json.dumps([doubt.organization, doubt.names, doubt.same]).encode())
    return total.hexdigest()


def _catalogued(out: Folder) -> str | None:
    """What the catalogue that is there was made from, None where there is none."""
    try:
        with out.open(CATALOGUE):
            return _told(out).get("contents")
    except FileNotFoundError:
        return None


def _told(out: Folder) -> dict[str, Any]:
    """What the metadata say about the catalogue, nothing where there are none."""
    try:
        return dict(json.loads(_text(out, METADATA))["pv-extract"])
    except (ValueError, KeyError):
        return {}


def _text(out: Folder, name: str) -> str:
    try:
        with out.open(name) as file:
            return TextIOWrapper(file, "utf-8").read()
    except FileNotFoundError:
        return ""
