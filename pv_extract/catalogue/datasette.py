"""What Datasette shows of the catalogue beside its rows: descriptions, facets, what to search."""

from typing import Any

TITLE = "Procès-verbaux"
ABOUT = (
    "Séances, personnes, délibérations et votes tirés de procès-verbaux par pv-extract ; chaque valeur renvoie à sa "
    "place (table evidence). / Meetings, people, deliberations and votes; every value has its place (table evidence)."
)
POSITION = "rang dans la séance, à partir de 0 / place in the meeting, from 0"
PERSON = "la personne, une seule d'une séance à l'autre / the person, one across meetings"
TABLES: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "meetings": (
        "Une ligne par séance (par document) / one row a meeting (a document)",
        ["meeting_body_kind", "meeting_organization_name", "meeting_document_kind"],
        {"meeting": "moitié du SHA-256 du document / half of the document's SHA-256"},
    ),
    "documents": ("Le fichier de la notice, l'assemblée / the record's file, the body", ["body"], {}),
    "sources": ("Les noms sous lesquels le document a été vu / the names a document was seen under", [], {}),
    "pages": ("Comment chaque page a été lue / how each page was read", ["method"], {}),
    "bodies": ("Les assemblées / the bodies that meet", ["kind", "organization_kind"], {}),
    "people": (
        "Les personnes, réunies d'une séance à l'autre / people, joined across meetings",
        ["organization"],
        {"meetings": "nombre de séances où elle est nommée / meetings that name them"},
    ),
    "appearances": (
        "Qui est derrière chaque nom de chaque séance / who is behind each name of each meeting",
        [],
        {"member": "1 : sur la liste des membres / on the roll", "person": PERSON},
    ),
    "mandates": ("Qui a siégé où, de quand à quand / who sat where, from when to when", ["body", "role"], {}),
    "attendances": (
        "Les membres et leur présence à l'ouverture / members, and how they took part at the opening",
        ["status", "group", "role"],
        {"position": POSITION, "person": PERSON},
    ),
    "proxies": ("Les pouvoirs / proxies", ["holder"], {"giver": PERSON, "holder": PERSON, "position": POSITION}),
    "deliberations": (
        "Les délibérations, une par vote / deliberations, one a vote",
        ["vote_outcome", "vote_manner"],
        {"deliberation": POSITION, "person": "le rapporteur / who reported"},
    ),
    "votes": ("Les votes nominatifs / votes by name", ["choice"], {"person": PERSON}),
    "amounts": ("Les sommes imprimées / sums as printed", ["currency", "tax"], {}),
    "elections": ("Les scrutins, tour par tour / ballots, round by round", ["office"], {}),
    "events": ("Arrivées, départs, suspensions / arrivals, departures, suspensions", ["kind"], {"person": PERSON}),
    "citations": ("Textes et délibérations cités / texts and deliberations cited", ["kind"], {}),
    "findings": ("Ce qui se contredit ou manque / what contradicts itself or lacks", ["rule", "severity"], {}),
    "evidence": (
        "La place de chaque valeur / the place of every value",
        ["how", "rule"],
        {"pointer": "JSON Pointer dans la notice / in the record", "confidence": "0 à 1 / 0 to 1"},
    ),
    "corrections": ("Les réparations du texte / repairs of the text", ["rule"], {}),
    "passages": ("Les paragraphes, pour la recherche / the paragraphs, for search", [], {}),
}
SORTED = {"meetings": ("meeting_date", True), "people": ("meetings", True)}


def metadata(told: dict[str, Any]) -> dict[str, Any]:
    """The metadata of the catalogue; ``told`` is what later runs want to know of it."""
    return {
        "title": TITLE,
        "description": ABOUT,
        "pv-extract": told,
        "databases": {"catalogue": {"tables": {name: _table(name) for name in TABLES}}},
    }


def _table(name: str) -> dict[str, Any]:
    description, facets, columns = TABLES[name]
    table: dict[str, Any] = {"description": description}
    if facets:
        table["facets"] = facets
    if columns:
        table["columns"] = columns
    if name in SORTED:
        column, down = SORTED[name]
        table["sort_desc" if down else "sort"] = column
    if name == "passages":
        table |= {"fts_table": "passages_fts", "fts_pk": "id"}
    return table
