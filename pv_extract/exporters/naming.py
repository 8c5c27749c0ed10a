"""How an export names things: identifiers made of words, French dates, file names."""

import datetime

import regex

from pv_extract.exporters.tables import meeting_id
from pv_extract.grammar import fold
from pv_extract.records import Meeting, Record

NOT_LETTERS = regex.compile(r"[^a-z0-9]+")
NOT_IN_FILES = regex.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_STEM = 80  # characters: with the id and in UTF-8 still a file name everywhere
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
KINDS = {
    "proces_verbal": "procès-verbal",
    "compte_rendu": "compte rendu",
    "liste_des_deliberations": "liste des délibérations",
    "deliberation": "délibération",
    "extrait_du_registre": "extrait du registre",
    "convocation": "convocation",
    "ordre_du_jour": "ordre du jour",
}
OUTCOMES = {
    "adopted": "adopté",
    "rejected": "rejeté",
    "postponed": "ajourné",
    "withdrawn": "retiré",
    "noted": "pris acte",
    "favourable_opinion": "avis favorable",
    "unfavourable_opinion": "avis défavorable",
}


def plain(text: str) -> str:
    """Folded words apart by single spaces, one at either end.

    >>> plain("Maîtrise d'Œuvre")
    ' maitrise d oeuvre '
    """
    return f" {NOT_LETTERS.sub(' ', fold(text).lower().replace('œ', 'oe')).strip()} "


def slug(text: str) -> str:
    """The folded words of a text, hyphens between them: a part of an identifier.

    >>> slug("Conseil municipal de Saint-Ambrin")
    'conseil-municipal-de-saint-ambrin'
    """
    return "-".join(plain(text).split())


def french_date(iso: str) -> str | None:
    """A date in words, None where the calendar has no such day.

    >>> french_date("1886-05-01"), french_date("2024-02-30")
    ('1er mai 1886', None)
    """
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return None
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def file_stem(record: Record) -> str:
    """The name of a record's own file, without ending: that of its document, and enough of its id to be alone."""
    name = NOT_IN_FILES.sub("-", record.source.name).lstrip(".-")
    return f"{name.rsplit('.', 1)[0][:LONGEST_STEM] or 'document'}.{meeting_id(record)[:8]}"


def assembly_name(meeting: Meeting) -> str:
    """Which assembly met, in words: « Conseil municipal (Valmorin) »; empty where nothing is known."""
    body, organization = meeting.body.name, meeting.organization.name
    return f"{body} ({organization})" if body and organization else body or organization or ""


def title_of(meeting: Meeting) -> str:
    """The title of a meeting: the printed one, else one made of what it is and when."""
    day = french_date(meeting.date or "")
    made = ", ".join(filter(None, (assembly_name(meeting), f"séance du {day}" if day else None)))
    return meeting.title or made or "Séance"
