"""What a batch has before it and behind it, in a private database on the disk: memory does not grow with it.

The database is unnamed and goes with the process; what must outlive it is in the files of the batch's folder.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pv_extract.batch.failures import Failure
from pv_extract.batch.recipes import Fingerprints

SCHEMA = """
CREATE TABLE source (name BLOB PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
CREATE INDEX source_by_content ON source (sha256, name);
CREATE TABLE record (sha256 TEXT, recipe TEXT, PRIMARY KEY (sha256, recipe)) WITHOUT ROWID;
CREATE TABLE known (sha256 TEXT, name BLOB, PRIMARY KEY (sha256, name)) WITHOUT ROWID;
CREATE TABLE failure (name BLOB PRIMARY KEY, sha256 TEXT, line TEXT) WITHOUT ROWID;
CREATE TABLE todo (name BLOB PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
"""
SUPERSEDED = """SELECT DISTINCT o.sha256, o.recipe FROM record o JOIN record n ON n.sha256 = o.sha256
                WHERE n.recipe IN (?1, ?2) AND o.recipe NOT IN (?1, ?2)"""
COUNTS = {
    "documents": "SELECT count(DISTINCT sha256) FROM record",
    "contents": "SELECT count(DISTINCT sha256) FROM source",
    "failed": "SELECT count(*) FROM failure WHERE sha256 IS NULL OR sha256 IN (SELECT sha256 FROM source)",
}
CACHE = 4096  # kibibytes of the database that stay in memory
PAGE = 500  # rows fetched at a time


class Document(NamedTuple):
    """A content that has a record: its digest, the recipe of the record, all names it was seen under."""

    sha256: str
    recipe: str
    names: tuple[str, ...]


class Ledger:
    """Sources, records, failures, and what is to be done, each in a fixed order."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.execute(f"PRAGMA cache_size = -{CACHE}")
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.executescript(SCHEMA)

    def add_sources(self, names: Iterable[str]) -> None:
        """Note sources that were listed; one that was listed twice is one."""
        with self.db:
            self.db.execute("BEGIN")
            self.db.executemany("INSERT OR IGNORE INTO source VALUES (?, NULL)", ((encoded(n),) for n in names))

    def sources(self) -> Iterator[str]:
        """The names of all sources, in order."""
        last = b""
        while rows := self.db.execute(
            "SELECT name FROM source WHERE name > ? ORDER BY name LIMIT ?", (last, PAGE)
        ).fetchall():
            yield from (decoded(name) for (name,) in rows)
            last = rows[-1][0]

    def hashed(self, name: str, digest: str) -> None:
        """Note the content of a source."""
        self.db.execute("UPDATE source SET sha256 = ? WHERE name = ?", (digest, encoded(name)))
        self.name_content(digest, name)

    def name_content(self, digest: str, name: str) -> None:
        """Note that a content was seen under a name."""
        self.db.execute("INSERT OR IGNORE INTO known VALUES (?, ?)", (digest, encoded(name)))

    def add_record(self, digest: str, recipe: str) -> None:
        """Note that a content has a record of a recipe."""
        self.db.execute("INSERT OR IGNORE INTO record VALUES (?, ?)", (digest, recipe))

    def drop_record(self, digest: str, recipe: str) -> None:
        """Note that a record was removed."""
        self.db.execute("DELETE FROM record WHERE sha256 = ? AND recipe = ?", (digest, recipe))

    def add_failure(self, failure: Failure) -> None:
        """Note a failure; of two under one name, the later stands."""
        row = encoded(failure.name), failure.sha256, failure.line()
        self.db.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?)", row)

    def plan(self, recipes: Fingerprints, timeout: float, memory: int, retry: bool) -> None:
        """Settle what is to be done: each content once, under its first name, unless done or known to fail."""
        self.db.execute(
            """INSERT OR IGNORE INTO todo SELECT min(name), sha256 FROM source s WHERE sha256 IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM record r WHERE r.sha256 = s.sha256 AND r.recipe IN (?, ?))
               GROUP BY sha256""",
            recipes,
        )
        for failure in list(self.failures()):
            if failure.sha256 is None or (not retry and failure.stands(recipes.whole, timeout, memory)):
                self.db.execute("DELETE FROM todo WHERE sha256 = ?", (failure.sha256,))
            elif self.db.execute("SELECT 1 FROM todo WHERE sha256 = ?", (failure.sha256,)).fetchone():
                self.db.execute("DELETE FROM failure WHERE sha256 = ?", (failure.sha256,))

    def todo(self) -> Iterator[tuple[str, str]]:
        """Name and content of each document to be done, by name."""
        last = b""
        while rows := self.db.execute(
            "SELECT name, sha256 FROM todo WHERE name > ? ORDER BY name LIMIT ?", (last, PAGE)
        ).fetchall():
            yield from ((decoded(name), digest) for name, digest in rows)
            last = rows[-1][0]

    def forget_mended(self, recipes: Fingerprints) -> None:
        """Drop the failures of contents that have a record of this recipe by now."""
        self.db.execute(
            "DELETE FROM failure WHERE sha256 IN (SELECT sha256 FROM record WHERE recipe IN (?, ?))", recipes
        )

    def failures(self) -> Iterator[Failure]:
        """All failures, by name."""
        for (line,) in self.db.execute("SELECT line FROM failure ORDER BY name"):
            yield Failure.of_line(line)

    def superseded(self, recipes: Fingerprints) -> list[tuple[str, str]]:
        """The records of other recipes whose content has one of this recipe."""
        return list(self.db.execute(SUPERSEDED, recipes))

    def documents(self) -> Iterator[Document]:
        """All contents that have a record, by digest."""
        rows = self.db.execute("SELECT sha256, min(recipe) FROM record GROUP BY sha256 ORDER BY sha256")
        for digest, recipe in rows:
            names = self.db.execute("SELECT name FROM known WHERE sha256 = ? ORDER BY name", (digest,))
            yield Document(digest, recipe, tuple(decoded(name) for (name,) in names))

    def count(self, what: str) -> int:
        """The number of ``source``, ``todo`` or ``record``, or of another of ``COUNTS``."""
        query = COUNTS.get(what, f"SELECT count(*) FROM {what}")
        return int(self.db.execute(query).fetchone()[0])


def encoded(name: str) -> bytes:
    """A file name as bytes: names may hold what is no text."""
    return name.encode("utf-8", "surrogateescape")


def decoded(name: bytes) -> str:
    """The file name behind bytes."""
    return name.decode("utf-8", "surrogateescape")
