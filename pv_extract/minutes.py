"""The minutes that a check is given: documents and records, named one by one, in folders, on standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pv_extract.blocks import Layout
from pv_extract.grammar import Grammar
from pv_extract.members.register import Register
from pv_extract.pipeline import NOBODY, layout_of, record_of
from pv_extract.readers import ReadOptions, Source
from pv_extract.readers.formats import EXTENSIONS
from pv_extract.readers.source import not_empty, open_source
from pv_extract.record_files import ENDINGS, LINES, read_record, texts_in
from pv_extract.records import Record


@dataclass(frozen=True)
class Minutes:
    """The record of a meeting, and its laid-out text where the document itself was given."""

    record: Record
    layout: Layout | None = None

    @property
    def recognised(self) -> bool:
        """Whether the document was taken for minutes at all."""
        return not any(finding.rule == "not-minutes" for finding in self.record.findings)


@dataclass(frozen=True)
class Given:
    """What is checked as one: a file, or a text of standard input or of JSON Lines, at its place (« :3 », line 3)."""

    file: str
    place: str = ""
    held: bytes | None = None

    @property
    def name(self) -> str:
        """How the user knows it."""
        return f"{self.file}{self.place}"

    def source(self) -> Source:
        """Its bytes. Raises as ``open_source``."""
        if self.held is None:
            return open_source(self.file)
        return not_empty(Source("stdin" if self.file == "-" else Path(self.file).name, self.held))


def listed(sources: Sequence[str]) -> Iterator[Given]:
    """Each source once; of a folder what is below it, by name, hidden files left out; of JSON Lines each record."""
    seen: set[str] = set()
    for source in sources:
        for file in below(Path(source)) if source != "-" and Path(source).is_dir() else [source]:
            if file not in seen:
                seen.add(file)
                yield from parts_of(file)


def below(folder: Path) -> Iterator[str]:
    """The documents and records below a folder; a link that leads back up is not followed."""
    above = (folder.resolve(), *folder.resolve().parents)
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.resolve() in above:
            continue
        if path.is_dir():
            yield from below(path)
        elif path.suffix.lower().lstrip(".") in EXTENSIONS or (path.suffix in ENDINGS and holds_record(path)):
            yield str(path)


def holds_record(path: Path) -> bool:
    """Whether a JSON file looks like a record: other JSON may stand in the same folder."""
    with path.open("rb") as stream:
        return b'"schema_version"' in stream.read(200)


def parts_of(file: str) -> Iterator[Given]:
    """A file, or the records of JSON Lines and of standard input."""
    if file == "-":
        held = sys.stdin.buffer.read()
        several = held.lstrip()[:1] == b"{"
        yield from (Given(file, place, text) for place, text in (texts_in(BytesIO(held)) if several else [("", held)]))
    elif Path(file).suffix == LINES and Path(file).is_file():
        with Path(file).open("rb") as stream:
            yield from (Given(file, place, text) for place, text in texts_in(stream))
    else:
        yield Given(file)


def opened(given: Given, grammar: Grammar, options: ReadOptions, register: Register = NOBODY) -> Minutes:
    """A record as it is, or a document extracted. Raises as ``pipeline.extract`` does."""
    found = given.source()
    if found.head.lstrip()[:1] == b"{" and options.extension is None:
        return Minutes(read_record(found.data))
    layout = layout_of(found, grammar, options)
    return Minutes(record_of(layout, register), layout)
