"""Bringing a folder's catalogue up to date with its records, names and decisions."""

import json
from collections.abc import Iterable
from hashlib import sha256
from io import TextIOWrapper

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
        out.place(made, CATALOGUE)
    out.write(decisions.NAME, decisions.written(doubts, decided).encode())
    out.write(METADATA, (json.dumps(metadata(contents), ensure_ascii=False, indent=1) + "\n").encode())
    return True


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
    text = _text(out, METADATA)
    try:
        with out.open(CATALOGUE):
            return str(json.loads(text)["pv-extract"]["contents"]) if text else None
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _text(out: Folder, name: str) -> str:
    try:
        with out.open(name) as file:
            return TextIOWrapper(file, "utf-8").read()
    except FileNotFoundError:
        return ""
