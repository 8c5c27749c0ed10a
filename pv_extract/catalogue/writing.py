"""Writing the catalogue: in parts that processes make side by side, then as one database.

The same records, names and decisions give the same bytes: everything is written in a fixed order, nothing is dated.
"""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from pv_extract.catalogue.joining import Doubt
from pv_extract.catalogue.persons import settle_people
from pv_extract.catalogue.schema import INDEXES, PEOPLE, PER_DOCUMENT, SEARCH, definitions, name_of
from pv_extract.exporters.tables import meeting_id, rows_of, tables
from pv_extract.folders import Folder, folder_at
from pv_extract.record_files import read_record
from pv_extract.records import Record

DOCUMENTS = "documents.jsonl"
DIGITS = "0123456789abcdef"
FEW = 400  # documents that are not worth several processes
SUMMARY = """
INSERT INTO summary SELECT 'documents', '', count(*) FROM documents;
INSERT INTO summary SELECT 'pages', '', coalesce(sum(source_pages), 0) FROM meetings;
INSERT INTO summary SELECT 'pages by reading', method, count(*) FROM pages GROUP BY method;
INSERT INTO summary
  SELECT 'facts by confidence', printf('%.1f', min(cast(confidence * 10 AS INTEGER), 9) / 10.0), count(*)
  FROM evidence GROUP BY 2;
INSERT INTO summary SELECT 'findings by rule', rule, count(*) FROM findings GROUP BY rule;
"""


class Entry(NamedTuple):
    """A document to be catalogued: digest of its content, file of its record, its names."""

    sha256: str
    record: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file of its paragraphs, which lies beside the record."""
        return self.record.replace("records/", "texts/", 1)


def entries_of(out: Folder, digit: str) -> Iterator[Entry]:
    """The documents of a folder whose digest begins with a digit (or with nothing: all), in order."""
    with out.open(DOCUMENTS) as file:
        for line in file:
            fields = json.loads(line)
            if fields["sha256"].startswith(digit):
                yield Entry(fields["sha256"], fields["record"], tuple(fields["names"]))


def write(made: Path, out: str, count: int, decided: list[Doubt], jobs: int) -> list[Doubt]:
    """Write the catalogue of a folder of ``count`` documents; the joins of people that are in doubt."""
    if count <= FEW:
        part = made.with_name(f"{made.name}.part")
        write_part(part, out, "")
        return merge(made, [part], decided)
    parts = {digit: made.with_name(f"{made.name}.{digit}") for digit in DIGITS}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for future in [pool.submit(write_part, file, out, digit) for digit, file in parts.items()]:
            future.result()
        return pool.submit(merge, made, list(parts.values()), decided).result()


def opened(file: Path) -> sqlite3.Connection:
    """A new database, which needs no safety: it is renamed only when it is whole."""
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;")
    return db


def write_part(file: Path, out: str, digit: str) -> None:
    """Write a database of the documents whose digest begins with a digit."""
    folder = folder_at(out)
    with closing(opened(file)) as db:
        for statement in definitions():
            db.executescript(statement)
        db.execute("BEGIN")
        for entry in entries_of(folder, digit):
            _add(db, folder, entry)
        db.execute("COMMIT")


def _add(db: sqlite3.Connection, folder: Folder, entry: Entry) -> None:
    with folder.open(entry.record) as file:
        record = read_record(file.read())
    for table, rows in rows_of(record):
        name = name_of(table)
        marks = ["?"] * len(table.header) + ["NULL"] * (name in PEOPLE)
        db.executemany(f'INSERT INTO "{name}" VALUES ({", ".join(marks)})', rows)
    meeting = meeting_id(record)
    db.execute("INSERT INTO documents VALUES (?, ?, ?, NULL)", (meeting, entry.sha256, entry.record))
    db.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?)", ((meeting, printable(name)) for name in entry.names))
    with folder.open(entry.text) as file:
        text = json.load(file)
    db.executemany("INSERT INTO pages VALUES (?, ?, ?)", ((meeting, n, how) for n, how in enumerate(text["pages"], 1)))
    db.executemany(
        "INSERT INTO passages (meeting, deliberation, page, span_start, span_end, text) VALUES (?, ?, ?, ?, ?, ?)",
        _passages(meeting, record, text["paragraphs"]),
    )


def _passages(meeting: str, record: Record, paragraphs: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The paragraphs with the deliberation in which each stands, if any."""
    begins = sorted((span[0], number) for number, span in _titles(record))
    for page, start, end, text in paragraphs:
        at = bisect_right(begins, (end - 1, len(record.deliberations)))
        inside = any(s.kind == "deliberation" and s.span[0] <= start < s.span[1] for s in record.segments)
        yield meeting, begins[at - 1][1] if at and inside else None, page, start, end, text


def _titles(record: Record) -> Iterator[tuple[int, tuple[int, int]]]:
    for number in range(len(record.deliberations)):
        found = record.evidence.get(f"/deliberations/{number}/title") or record.evidence.get(f"/deliberations/{number}")
        if found:
            yield number, found.span


def merge(made: Path, parts: Iterable[Path], decided: Iterable[Doubt]) -> list[Doubt]:
    """Make one database of the parts, join the people, and build the indexes."""
    with closing(opened(made)) as db:
        for statement in definitions():
            db.executescript(statement)
        for part in parts:
            _append(db, part)
            part.unlink()
        db.execute("BEGIN")
        doubts = settle_people(db, decided)
        db.execute("COMMIT")
        db.executescript(INDEXES + SEARCH + SUMMARY + "ANALYZE;")
    return doubts


def _append(db: sqlite3.Connection, part: Path) -> None:
    db.execute("ATTACH ? AS part", (str(part),))
    for name in (*map(name_of, tables()), *PER_DOCUMENT):
        if name == "passages":
            columns = "meeting, deliberation, page, span_start, span_end, text"
            db.execute(f"INSERT INTO main.passages ({columns}) SELECT {columns} FROM part.passages ORDER BY id")
        else:
            db.execute(f'INSERT INTO main."{name}" SELECT * FROM part."{name}"')
    db.execute("DETACH part")


def printable(name: str) -> str:
    """A file name as text that SQLite can hold."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
