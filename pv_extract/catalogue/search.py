"""Full-text search: passages with their page, their meeting and its record."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pv_extract.catalogue.bodies import folded
from pv_extract.catalogue.refreshing import CATALOGUE
from pv_extract.errors import UnreadableSource, UsageError
from pv_extract.folders import folder_at, is_remote

PIECES = re.compile(r'"([^"]+)"|(\S+)')
OPEN, CLOSE = "[", "]"
AROUND = 40  # words of a passage that are shown
QUERY = f"""
SELECT m.meeting_date, b.organization, b.name, p.page, d.title, d.reference,
       snippet(passages_fts, 0, '{OPEN}', '{CLOSE}', '…', {AROUND}), o.record,
       (SELECT min(name) FROM sources s WHERE s.meeting = p.meeting), p.span_start, p.span_end
FROM passages_fts JOIN passages p ON p.id = passages_fts.rowid
JOIN meetings m USING (meeting) JOIN documents o USING (meeting) LEFT JOIN bodies b ON b.id = o.body
LEFT JOIN deliberations d ON d.meeting = p.meeting AND d.deliberation = p.deliberation
WHERE passages_fts MATCH :words
  AND (:body IS NULL OR instr(folded(concat_of(b.organization, b.name, b.kind)), folded(:body)))
  AND (:first IS NULL OR m.meeting_date >= :first) AND (:last IS NULL OR m.meeting_date <= :last)
  AND (:who IS NULL OR p.meeting IN (SELECT a.meeting FROM appearances a WHERE a.person IN
       (SELECT person FROM appearances WHERE has_words(name, :who))))
ORDER BY passages_fts.rank, m.meeting_date, p.id LIMIT :limit
"""


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words, and what the meeting must be. Dates are ISO 8601, both ends included."""

    words: str
    body: str | None = None
    first: str | None = None
    last: str | None = None
    who: str | None = None
    limit: int = 20


class Passage(NamedTuple):
    """A passage that was found; ``excerpt`` has the words in brackets, the spans index ``text --raw``."""

    date: str | None
    organization: str | None
    body: str | None
    page: int
    deliberation: str | None
    reference: str | None
    excerpt: str
    record: str
    source: str | None
    span_start: int
    span_end: int


def search(out: str, wanted: Wanted) -> list[Passage]:
    """The passages of a folder's catalogue that hold all the words, the best first.

    Raises UnreadableSource where there is no catalogue, UsageError where no word is given.
    """
    match = match_of(wanted.words)
    told = {"words": match, "body": wanted.body, "first": wanted.first, "last": wanted.last}
    with catalogue_at(out) as db:
        rows = db.execute(QUERY, {**told, "who": wanted.who, "limit": wanted.limit})
        return [Passage(*row) for row in rows]


@contextmanager
def catalogue_at(out: str) -> Iterator[sqlite3.Connection]:
    """The catalogue of a folder, to be read. Raises UnreadableSource where there is none."""
    with TemporaryDirectory(prefix="pv-extract-") as name:
        file = _fetched(out, Path(name)) if is_remote(out) else Path(out, CATALOGUE)
        if not file.is_file():
            raise UnreadableSource(
                f"there is no {CATALOGUE} in {out}: make one with `pv-extract batch SRC… -o {out}`",
                f"il n'y a pas de {CATALOGUE} dans {out} : faites-en un avec `pv-extract batch SRC… -o {out}`",
            )
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            db.create_function("folded", 1, lambda text: folded(text or ""), deterministic=True)
            db.create_function("concat_of", -1, lambda *parts: " ".join(filter(None, parts)), deterministic=True)
            db.create_function("has_words", 2, has_words, deterministic=True)
            yield db


def _fetched(out: str, folder: Path) -> Path:
    file = folder / CATALOGUE
    try:
        with folder_at(out).open(CATALOGUE) as remote, file.open("wb") as local:
            shutil.copyfileobj(remote, local)
    except FileNotFoundError:
        pass
    return file


def has_words(name: str, words: str) -> bool:
    """Whether a name holds all the words, accents and case aside.

    >>> has_words("Hélène de La TOUR", "tour helene"), has_words("Jean TOURNEUR", "tour")
    (True, False)
    """
    return set(folded(words).split()) <= set(folded(name).split())


def match_of(words: str) -> str:
    """The words as a query of FTS5: all of them, "…" together, those that end in * as beginnings.

    >>> match_of('fibre "salle des fêtes" école* œuvre')
    '"fibre" "salle des fêtes" "école"* ("œuvre" OR "oeuvre")'
    """
    pieces = [_piece(phrase or word) for phrase, word in PIECES.findall(words)]
    if not any(map(str.strip, pieces)):
        raise UsageError("give at least one word to look for", "donnez au moins un mot à chercher")
    return " ".join(filter(None, pieces))


def _piece(text: str) -> str:
    bare = text.rstrip("*").replace('"', " ").strip()
    if not any(c.isalnum() for c in bare):
        return ""
    star = "*" if text.endswith("*") else ""
    forms = dict.fromkeys((bare, bare.replace("œ", "oe").replace("Œ", "OE"), bare.replace("oe", "œ")))
    quoted = [f'"{form}"{star}' for form in forms]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"
