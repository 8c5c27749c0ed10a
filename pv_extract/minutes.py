"""The minutes that a check is given: documents and records, named one by one, in folders, on standard input."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pv_extract.blocks import Layout
from pv_extract.errors import UnreadableSource
from pv_extract.grammar import Grammar
from pv_extract.pipeline import NOBODY, layout_of, record_of
from pv_extract.readers import ReadOptions, Source
from pv_extract.readers.formats import EXTENSIONS
from pv_extract.readers.source import open_source
from pv_extract.records import Record
from pv_extract.register import Register


@dataclass(frozen=True)
class Minutes:
    """The record of a meeting, and its laid-out text where the document itself was given."""

    record: Record
    layout: Layout | None = None

    @property
    def recognised(self) -> bool:
        """Whether the document was taken for minutes at all."""
        return not any(finding.rule == "not-minutes" for finding in self.record.findings)


def listed(sources: Sequence[str]) -> Iterator[str]:
    """Each source once; instead of a folder, the documents and records below it, by name, hidden ones left out."""
    seen: set[str] = set()
    for source in sources:
        for each in below(Path(source)) if source != "-" and Path(source).is_dir() else [source]:
            if each not in seen:
                seen.add(each)
                yield each


def below(folder: Path) -> Iterator[str]:
    """The documents and records below a folder; a link that leads back up is not followed."""
    above = (folder.resolve(), *folder.resolve().parents)
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.resolve() in above:
            continue
        if path.is_dir():
            yield from below(path)
        elif path.suffix.lower().lstrip(".") in EXTENSIONS or (path.suffix == ".json" and holds_record(path)):
            yield str(path)


def holds_record(path: Path) -> bool:
    """Whether a JSON file looks like a record: other JSON may stand in the same folder."""
    with path.open("rb") as stream:
        return b'"schema_version"' in stream.read(200)


def opened(source: str, grammar: Grammar, options: ReadOptions, register: Register = NOBODY) -> Minutes:
    """A record as it is, or a document extracted. Raises as ``pipeline.extract`` does."""
    found = open_source(source)
    if found.head.lstrip()[:1] == b"{" and options.extension is None:
        return Minutes(read_record(found))
    layout = layout_of(found, grammar, options)
    return Minutes(record_of(layout, register), layout)


def read_record(source: Source) -> Record:
    """The record in a JSON file. Raises UnreadableSource naming the first key that breaks the contract."""
    try:
        return Record.model_validate_json(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"])) or json.dumps(first["msg"])
        raise UnreadableSource(
            f"{source.name} is no record ({place}: {first['type']}): compare it with `pv-extract schema`, "
            "or extract it again",
            f"{source.name} n'est pas une notice ({place} : {first['type']}) : comparez-le à `pv-extract schema`, "
            "ou refaites l'extraction",
        ) from None
