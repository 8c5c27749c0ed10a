"""The HTML of a record beside its pages: nothing is fetched, nothing runs, everything printed is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from pv_extract.exporters.cells import printable
from pv_extract.exporters.naming import title_of
from pv_extract.messages import in_french, words
from pv_extract.readers import ReadOptions, Source, read
from pv_extract.readers.pictures import pictures
from pv_extract.records import Record
from pv_extract.review.facts import Facts
from pv_extract.review.places import Places, is_doubtful
from pv_extract.review.sheets import PictureSheet, TextSheet, picture_sheets, text_sheets


@dataclass(frozen=True)
class Entry:
    """A line of the index: file of the page, date and title of the meeting, name of the document, counts."""

    file: str
    date: str
    title: str
    source: str
    facts: int
    doubts: int
    findings: int


def page_of(record: Record, source: Source | None) -> str:
    """The page of a record; without its source, the facts alone. Raises UnreadableSource for a damaged source."""
    places = Places(record)
    say = {
        "no_pages": words(
            "The document is not beside the record: name its place with --sources.",
            "Le document n'est pas à côté de la notice : dites où il est avec --sources.",
        ),
        "findings": words("Findings", "Constats"),
        "unclaimed": words("Taken by no rule", "Pris par aucune règle"),
    }
    page = _template("page.html").render(
        lang=_language(),
        title=title_of(record.meeting),
        source=record.source,
        counts=_counts(record),
        sheets=sheets_of(record, source, places) if source else (),
        sections=list(Facts(record, places).sections()),
        findings=record.findings,
        unclaimed=[text for each in record.unclaimed if (text := each.text.strip())],
        anchored=set(),
        say=say,
    )
    return printable(page)


def sheets_of(record: Record, source: Source, places: Places) -> Sequence[PictureSheet | TextSheet]:
    """The pages of a source: pictures where it has some, else its text, which is that of the record's spans."""
    if found := list(picture_sheets(pictures(source), places)):
        return found
    return list(text_sheets(read(source, ReadOptions(ocr="never")), record, places))


def entry_of(record: Record, file: str) -> Entry:
    """The line of a record in the index."""
    counts = [count for _, count in _counts(record)]
    return Entry(file, record.meeting.date or "", title_of(record.meeting), record.source.name, *counts[:3])


def index_of(entries: Sequence[Entry]) -> str:
    """The page that leads to all others, by date."""
    heads = (
        words("Date", "Date"),
        words("Meeting", "Séance"),
        words("Document", "Document"),
        words("Values", "Valeurs"),
        words("In doubt", "Douteuses"),
        words("Findings", "Constats"),
    )
    order = sorted(entries, key=lambda entry: (entry.date, entry.title, entry.file))
    title = words("Meetings", "Séances")
    return _template("index.html").render(lang=_language(), title=title, heads=heads, entries=order)


def _counts(record: Record) -> list[tuple[str, int]]:
    doubtful = sum(map(is_doubtful, record.evidence.values()))
    return [
        (words("values", "valeurs"), len(record.evidence)),
        (words("in doubt", "douteuses"), doubtful),
        (words("findings", "constats"), len(record.findings)),
        (words("passages taken by no rule", "passages pris par aucune règle"), len(record.unclaimed)),
    ]


def _language() -> str:
    return "fr" if in_french() else "en"


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("pv_extract", "review")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(name)
