"""Records read back: from JSON files, folders of them, JSON Lines or stdin, one at a time."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO

from pydantic import ValidationError

from pv_extract.errors import UnreadableSource
from pv_extract.folders import filesystem, is_remote, opened_at
from pv_extract.records import Record

Troubled = Callable[[UnreadableSource, str], None]
RECORDS_OF_A_BATCH = "records"
LINES = ".jsonl"
ENDINGS = (".json", LINES)
LOSSES_ENDING = ".losses.json"


def records_in(sources: Sequence[str], troubled: Troubled) -> Iterator[Record]:
    """The records of the sources, in their order, a folder's by path; ``-`` is stdin.

    What cannot be read is told to ``troubled`` with the source, and the others follow.
    """
    for source in sources:
        try:
            files = files_of(source)
        except UnreadableSource as error:
            troubled(error, source)
            continue
        for file in files:
            yield from _records_of(file, troubled)


def files_of(source: str) -> list[str]:
    """The files of records that a source stands for: itself, or those below a folder, hidden ones left out.

    Of a batch's folder only its records; a folder may be at an fsspec address. Raises UnreadableSource where a folder
    holds none, UsageError where its address is out of reach.
    """
    folder = Path(source)
    if source == "-" or (not is_remote(source) and not folder.is_dir()):
        return [source]
    if is_remote(source):
        files = _stored(source)
    else:
        inner = folder / RECORDS_OF_A_BATCH
        files = [str(file) for file in _walk(inner if inner.is_dir() else folder)]
    if not files:
        raise UnreadableSource(
            "holds no record (.json, .jsonl): extract some first",
            "ne contient aucune notice (.json, .jsonl) : commencez par en extraire",
        )
    return files


def _stored(address: str) -> list[str]:
    """The addresses of the records at an address, in the order in which a folder's would be."""
    fs, root = filesystem(address)
    if not fs.isdir(root):
        return [address]
    inner = f"{root.rstrip('/')}/{RECORDS_OF_A_BATCH}"
    found = (PurePosixPath(path) for path in fs.find(inner if fs.isdir(inner) else root))
    return [fs.unstrip_protocol(str(path)) for path in sorted(found) if _holds_records(path)]


def _holds_records(path: PurePath) -> bool:
    hidden = path.name.startswith(".") or path.name.endswith(LOSSES_ENDING)
    return path.suffix in ENDINGS and not hidden


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            yield from _walk(path)
        elif _holds_records(path):
            yield path


def _records_of(file: str, troubled: Troubled) -> Iterator[Record]:
    """The records of one file; a line of JSON Lines that cannot be read costs that line alone."""
    try:
        with _opened(file) as stream:
            for place, text in texts_in(stream):
                try:
                    yield read_record(text)
                except UnreadableSource as error:
                    troubled(error, f"{file}{place}")
    except OSError as error:
        reason = error.strerror or str(error)
        troubled(UnreadableSource(f"cannot be read: {reason}", f"illisible : {reason}"), file)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    with opened_at(file) as stream:
        yield stream


def texts_in(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """The JSON texts of a stream and where they stand: a text of several lines, or one text a line."""
    first = stream.readline()
    if not first.rstrip().endswith(b"}"):
        yield "", first + stream.read()
        return
    yield ":1", first
    for number, line in enumerate(stream, 2):
        if line.strip():
            yield f":{number}", line


def read_record(text: bytes) -> Record:
    """The record in a JSON text. Raises UnreadableSource saying what is wrong with it."""
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"]) or "JSON"
        raise UnreadableSource(
            f"is no record ({where}: {first['msg']}): give it what `pv-extract extract` wrote",
            f"n'est pas une notice ({where} : {first['msg']}) : donnez ce qu'a écrit `pv-extract extract`",
        ) from None
