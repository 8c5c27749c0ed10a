"""The documents that records were made of, found again by their fingerprints."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pv_extract.folders import folder_at, is_remote
from pv_extract.readers import Source, digest_of
from pv_extract.readers.source import open_source
from pv_extract.records import Record

DOCUMENTS = "documents.jsonl"


@dataclass
class Originals:
    """Where documents may be: under the names that a batch's folder lists, or in some places (files, folders)."""

    records: Iterable[str]
    places: Iterable[str]
    by_digest: dict[str, list[str]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.records:
            for line in _lines(place):
                document = json.loads(line)
                self.by_digest.setdefault(document["sha256"], []).extend(document["names"])
        for place in (*self.places, *(place for place in self.records if not is_remote(place))):
            for path in _files(Path(place)):
                self.by_name.setdefault(path.name, []).append(str(path))

    def of(self, record: Record) -> Source | None:
        """The document of a record, None where it is at none of the places, or is another by now."""
        digest, name = record.source.sha256, record.source.name
        for path in (*self.by_digest.get(digest, ()), *self.by_name.get(name, ()), name):
            if is_remote(path) or not Path(path).is_file():
                continue
            source = open_source(path)
            if digest_of(source) == digest:
                return source
        return None


def _lines(place: str) -> Iterator[bytes]:
    if not is_remote(place) and not Path(place).is_dir():
        return
    with suppress(FileNotFoundError), folder_at(place).open(DOCUMENTS) as file:
        yield from file


def _files(place: Path) -> Iterator[Path]:
    """A file and those beside it, or all files below a folder."""
    if place.is_dir():
        yield from (Path(folder, name) for folder, _, names in os.walk(place) for name in sorted(names))
    elif place.exists():
        yield from sorted(place.parent.iterdir())
