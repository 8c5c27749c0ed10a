"""The tables of the catalogue: those of the contract (``exporters.tables``), and what a batch adds to them."""

from collections.abc import Iterator

from pv_extract.exporters.tables import Table, tables

VERSION = "1"
NAMES = {"members": "attendances", "voters": "votes"}
"""What a table of the contract is called here."""
PEOPLE = {
    "attendances": "name",
    "meetings": "meeting_chair_name",
    "secretaries": "name",
    "deliberations": "rapporteur_name",
    "votes": "name",
    "candidates": "person_name",
    "elected": "name",
    "events": "person_name",
    "discussion": "speaker_name",
}
"""The tables that name somebody, by the column that does: ``person`` beside it says who that is."""
TYPES = {
    "text": "TEXT",
    "date": "TEXT",
    "decimal": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "number": "REAL",
}

ADDED = """
CREATE TABLE documents (
  meeting TEXT PRIMARY KEY REFERENCES meetings (meeting), sha256 TEXT NOT NULL, record TEXT NOT NULL,
  body TEXT REFERENCES bodies (id)
) WITHOUT ROWID;
CREATE TABLE sources (meeting TEXT REFERENCES meetings (meeting), name TEXT, PRIMARY KEY (meeting, name)) WITHOUT ROWID;
CREATE TABLE pages (
  meeting TEXT REFERENCES meetings (meeting), number INTEGER, method TEXT NOT NULL, PRIMARY KEY (meeting, number)
) WITHOUT ROWID;
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meetings (meeting), deliberation INTEGER,
  page INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE bodies (
  id TEXT PRIMARY KEY, organization TEXT NOT NULL, organization_key TEXT NOT NULL, organization_kind TEXT,
  name TEXT, kind TEXT
) WITHOUT ROWID;
CREATE TABLE people (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, organization TEXT, honorific TEXT,
  meetings INTEGER NOT NULL, first_date TEXT, last_date TEXT
) WITHOUT ROWID;
CREATE TABLE appearances (
  meeting TEXT REFERENCES meetings (meeting), name TEXT, member INTEGER NOT NULL, honorific TEXT,
  person TEXT REFERENCES people (id), PRIMARY KEY (meeting, name)
) WITHOUT ROWID;
CREATE TABLE mandates (
  person TEXT REFERENCES people (id), body TEXT REFERENCES bodies (id), first_date TEXT, last_date TEXT, role TEXT,
  meetings INTEGER NOT NULL, PRIMARY KEY (person, body, first_date)
) WITHOUT ROWID;
CREATE TABLE proxies (
  meeting TEXT REFERENCES meetings (meeting), position INTEGER, giver_name TEXT NOT NULL,
  giver TEXT REFERENCES people (id), holder_name TEXT, holder TEXT REFERENCES people (id),
  PRIMARY KEY (meeting, position)
) WITHOUT ROWID;
CREATE TABLE summary (what TEXT, label TEXT, number INTEGER NOT NULL, PRIMARY KEY (what, label)) WITHOUT ROWID;
"""
SEARCH = """
CREATE VIRTUAL TABLE passages_fts USING fts5(
  text, content='passages', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO passages_fts (passages_fts) VALUES ('rebuild');
"""
INDEXES = """
CREATE INDEX meetings_by_date ON meetings (meeting_date);
CREATE INDEX documents_by_body ON documents (body);
CREATE INDEX passages_by_meeting ON passages (meeting);
CREATE INDEX appearances_by_person ON appearances (person);
CREATE INDEX attendances_by_person ON attendances (person);
CREATE INDEX votes_by_person ON votes (person);
CREATE INDEX proxies_by_giver ON proxies (giver);
CREATE INDEX proxies_by_holder ON proxies (holder);
CREATE INDEX findings_by_rule ON findings (rule);
CREATE INDEX evidence_by_rule ON evidence (rule, how);
"""
PER_DOCUMENT = ("documents", "sources", "pages", "passages")
"""The added tables that are filled document by document."""


def name_of(table: Table) -> str:
    """What a table of the contract is called in the catalogue."""
    return NAMES.get(table.name, table.name)


def definitions() -> Iterator[str]:
    """The statements that make all tables."""
    for table in tables():
        yield _definition(table)
    yield ADDED


def _definition(table: Table) -> str:
    name = name_of(table)
    columns = [f'"{column.name}" {TYPES[column.kind]}' for column in table.header]
    if name in PEOPLE:
        columns.append("person TEXT REFERENCES people (id)")
    keys = ", ".join(f'"{column.name}"' for column in table.keys)
    columns.append(f"PRIMARY KEY ({keys})")
    if name != "meetings":
        columns.append("FOREIGN KEY (meeting) REFERENCES meetings (meeting)")
        if any(column.name == "deliberation" for column in table.keys) and name != "deliberations":
            columns.append("FOREIGN KEY (meeting, deliberation) REFERENCES deliberations (meeting, deliberation)")
    return f'CREATE TABLE "{name}" (\n  {", ".join(columns)}\n) WITHOUT ROWID;'
