"""AtoM: an ISAD(G) CSV of archival descriptions, one item per meeting, as draft for an archivist to complete.

The columns are those of AtoM's own example (``example_information_objects_isad.csv``); several values in one cell are
apart by ``|``. Reference code, repository, access and place in the fonds are the archivist's: they stay empty.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pv_extract import __version__
from pv_extract.exporters.actes import matter_of
from pv_extract.exporters.cells import cell_of, csv_writer
from pv_extract.exporters.losses import Loss, Losses
from pv_extract.exporters.naming import KINDS, OUTCOMES, assembly_name, french_date, title_of
from pv_extract.exporters.tables import meeting_id
from pv_extract.output import writing
from pv_extract.records import Deliberation, Record

COLUMNS = (
    "legacyId", "parentId", "qubitParentSlug", "accessionNumber", "identifier", "title", "levelOfDescription",
    "extentAndMedium", "repository", "archivalHistory", "acquisition", "scopeAndContent", "appraisal", "accruals",
    "arrangement", "accessConditions", "reproductionConditions", "language", "script", "languageNote",
    "physicalCharacteristics", "findingAids", "locationOfOriginals", "locationOfCopies", "relatedUnitsOfDescription",
    "publicationNote", "digitalObjectPath", "digitalObjectURI", "generalNote", "subjectAccessPoints",
    "placeAccessPoints", "nameAccessPoints", "genreAccessPoints", "descriptionIdentifier", "institutionIdentifier",
    "rules", "descriptionStatus", "levelOfDetail", "revisionHistory", "languageOfDescription", "scriptOfDescription",
    "sources", "archivistNote", "publicationStatus", "physicalObjectName", "physicalObjectLocation",
    "physicalObjectType", "alternativeIdentifiers", "alternativeIdentifierLabels", "eventDates", "eventTypes",
    "eventStartDates", "eventEndDates", "eventActors", "eventActorHistories", "culture",
)  # fmt: skip
CARRIES = frozenset(
    {
        "/source/name",
        "/source/sha256",
        "/source/pages",
        "/meeting/document_kind",
        "/meeting/title",
        "/meeting/organization/name",
        "/meeting/body/name",
        "/meeting/date",
        "/meeting/place",
        "/attendance/members/*/name",
        "/deliberations/*/number",
        "/deliberations/*/reference",
        "/deliberations/*/title",
        "/deliberations/*/vote/outcome",
    }
)
SEPARATOR = "|"
BAR_REPLACED = Loss(
    "bar-replaced",
    "bars | inside a value, now / since AtoM takes them for separators",
    "barres | dans une valeur, devenues / car AtoM y voit des séparateurs",
)
NO_DATE = Loss("no-date", "meetings without a date of creation", "séances sans date de création")
MADE_TITLE = Loss(
    "made-title",
    "titles made of assembly and date, where none is printed",
    "titres faits de l'assemblée et de la date, faute de titre imprimé",
)


def export(records: Iterable[Record], target: Path) -> Losses:
    """Write one line per meeting to a CSV file."""
    losses = Losses("atom", CARRIES)
    with writing(target) as stream:
        writer = csv_writer(stream, COLUMNS)
        for record in records:
            losses.see(record)
            cell = cell_of(record, losses)
            row = description(record, losses)
            writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return losses


def description(record: Record, losses: Losses) -> dict[str, str]:
    """The cells of a meeting's line by column; those not named stay empty."""
    meeting, title = record.meeting, title_of(record.meeting)
    if not meeting.title:
        losses.tell(MADE_TITLE, record, "/meeting/title")
    several = _Several(record, losses)
    kind = KINDS.get(meeting.document_kind or "", "")
    matters = [guess.matter.name for item in record.deliberations if (guess := matter_of(item.title)).matter]
    commune = meeting.organization.name if meeting.organization.kind == "commune" else None
    return {
        "legacyId": meeting_id(record),
        "title": title,
        "levelOfDescription": "Item",
        "extentAndMedium": _extent(record.source.pages),
        "scopeAndContent": "\n".join(_items(record)),
        "language": "fr",
        "script": "Latn",
        "generalNote": "\n".join(_notes(record)),
        "subjectAccessPoints": several.joined(matters),
        "placeAccessPoints": several.joined([commune]),
        "nameAccessPoints": several.joined([member.name for member in record.attendance.members]),
        "genreAccessPoints": several.joined([kind]),
        "languageOfDescription": "fr",
        "scriptOfDescription": "Latn",
        "publicationStatus": "Draft",
        "culture": "fr",
        **_creation(record, several),
    }


class _Several:
    """Joins the values of cells that may hold several."""

    def __init__(self, record: Record, losses: Losses) -> None:
        self.record, self.losses = record, losses

    def joined(self, values: Iterable[str | None]) -> str:
        """Every value once, in order, apart by bars."""
        return SEPARATOR.join(dict.fromkeys(self._without_bar(value) for value in values if value))

    def _without_bar(self, value: str) -> str:
        if SEPARATOR in value:
            self.losses.tell(BAR_REPLACED, self.record)
        return value.replace(SEPARATOR, "/")


def _creation(record: Record, several: _Several) -> dict[str, str]:
    """The event that made the document: the day of the meeting, by the assembly."""
    date, actor = record.meeting.date or "", several.joined([assembly_name(record.meeting)])
    day = french_date(date)
    if not day:
        several.losses.tell(NO_DATE, record, "/meeting/date")
    if not day and not actor:
        return {}
    iso = date if day else ""
    dates = {"eventDates": day or "", "eventStartDates": iso, "eventEndDates": iso}
    cells = {column: cell or "NULL" for column, cell in {**dates, "eventActors": actor}.items()}
    return {**cells, "eventTypes": "Creation", "eventActorHistories": "NULL"}


def _extent(pages: int) -> str:
    return f"{pages} page{'s' if pages > 1 else ''}"


def _items(record: Record) -> Iterator[str]:
    """What was decided, a line each; where nothing was, the agenda."""
    yield from map(_decided, record.deliberations)
    if not record.deliberations:
        yield from (". ".join(filter(None, (item.number, item.title))) for item in record.agenda)


def _decided(deliberation: Deliberation) -> str:
    outcome = OUTCOMES.get(deliberation.vote.outcome or "")
    facts = "; ".join(filter(None, (deliberation.reference and f"n° {deliberation.reference}", outcome)))
    numbered = ". ".join(filter(None, (deliberation.number, deliberation.title)))
    return f"{numbered} ({facts})" if facts else numbered


def _notes(record: Record) -> Iterator[str]:
    if record.meeting.place:
        yield f"Lieu de la séance : {record.meeting.place}"
    yield f"Document : {record.source.name} (SHA-256 {record.source.sha256})"
    yield f"Description tirée du document par pv-extract {__version__}"
