"""Akoma Ntoso 3.0 (OASIS LegalDocML): one ``debate`` per meeting, valid against the strict schema.

http://docs.oasis-open.org/legaldocml/akn-core/v1.0/akn-core-v1.0-part1-vocabulary.html
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from pv_extract.exporters.actes import matter_of
from pv_extract.exporters.akn_body import Body, E, Element, References
from pv_extract.exporters.cells import CONTROL_REPLACED, printable
from pv_extract.exporters.losses import VOTED, Loss, Losses
from pv_extract.exporters.naming import OUTCOMES, assembly_name, file_stem, french_date, slug
from pv_extract.exporters.tables import meeting_id
from pv_extract.files import filling
from pv_extract.records import Deliberation, Record

COUNTRY, LANGUAGE = "fr", "fra"
NOMENCLATURE = "http://www.moselle.gouv.fr/content/download/1107/7994/file/nomenclature.pdf"
COUNTS = {"for_": "Pour", "against": "Contre", "abstentions": "Abstention", "not_participating": "Sans prendre part"}
QUORUM: dict[bool | None, str] = {True: "Quorum atteint", False: "Quorum non atteint"}
PRESENCES = {"present": "Présents", "represented": "Représentés", "voting": "Votants"}
RUNNING = ("p", "heading", "num", "summary")
CARRIES = frozenset(
    {
        "/meeting/title",
        "/meeting/organization/name",
        "/meeting/body/name",
        "/meeting/date",
        "/meeting/start_time",
        "/meeting/end_time",
        "/meeting/place",
        "/meeting/convocation_date",
        "/meeting/chair",
        "/meeting/secretaries",
        "/attendance/members/*/id",
        "/attendance/members/*/name",
        "/attendance/members/*/role",
        "/attendance/members/*/status",
        "/attendance/members/*/proxy_to",
        "/attendance/members/*/substitute_for",
        "/attendance/others",
        "/agenda",
        "/approvals",
        "/deliberations/*/number",
        "/deliberations/*/reference",
        "/deliberations/*/title",
        "/deliberations/*/rapporteur",
        "/deliberations/*/text",
        "/deliberations/*/vote/manner",
        "/deliberations/*/elections/*/office",
        "/deliberations/*/elections/*/round",
        "/deliberations/*/elections/*/candidates",
        "/deliberations/*/elections/*/elected",
        "/events",
        *VOTED,
    }
)
NO_DATE = Loss(
    "no-date",
    "meetings without a date, left out: Akoma Ntoso asks for one",
    "séances sans date, laissées : Akoma Ntoso en demande une",
)


def export(records: Iterable[Record], target: Path) -> Losses:
    """Write ``<document>.<id>.xml`` for every meeting with a date into a folder."""
    losses = Losses("akn", CARRIES)
    with filling(target) as folder:
        for record in records:
            losses.see(record)
            if french_date(record.meeting.date or ""):
                with (folder / f"{file_stem(record)}.xml").open("xb") as file:
                    file.write(xml_of(_clean(record, losses)))
            else:
                losses.tell(NO_DATE, record, "/meeting/date")
    return losses


def xml_of(record: Record) -> bytes:
    """The document of a meeting that has a date, in UTF-8."""
    body = Body(record)
    preface, sections, votes = body.preface(), body.body(), list(_analysis(record, body.references))
    parts = (_meta(record, body.references, votes), preface, sections)
    tree = E.akomaNtoso(E.debate(*parts, name="proces-verbal"))
    _break_lines(tree)
    whole: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
    return whole + b"\n"


def _break_lines(element: Element) -> None:
    """One line for each element that stands alone; inside running text a space would count."""
    if len(element) and etree.QName(element).localname not in RUNNING:
        element.text = "\n"
        for inner in element:
            inner.tail = "\n"
            _break_lines(inner)


def _clean(record: Record, losses: Losses) -> Record:
    """The record without the characters that XML 1.0 has no place for."""
    dump = record.model_dump(by_alias=True)
    clean = _printable(dump)
    if clean == dump:
        return record
    losses.tell(CONTROL_REPLACED, record)
    return Record.model_validate(clean)


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_printable(inner) for inner in value)
    return printable(value) if isinstance(value, str) else value


def _meta(record: Record, references: References, votes: list[Element]) -> Element:
    """Identification, matters, votes, and all that the document refers to."""
    matters = [guess.matter for each in record.deliberations if (guess := matter_of(each.title)).matter]
    keywords = [
        E.keyword(value=matter.code, showAs=matter.name, dictionary=NOMENCLATURE, eId=f"kw_{index}")
        for index, matter in enumerate(dict.fromkeys(matters), 1)
    ]
    return E.meta(
        _identification(record),
        *([E.classification(*keywords, source="#tool")] if keywords else []),
        *([E.analysis(E.parliamentary(*votes), source="#tool")] if votes else []),
        _declared(record, references),
    )


def _identification(record: Record) -> Element:
    """The three levels of FRBR; all bear the day of the meeting, so that the same record gives the same bytes."""
    name = f"{slug(assembly_name(record.meeting)) or 'assemblee'}-{meeting_id(record)[:8]}"
    work = f"/akn/{COUNTRY}/debate/{record.meeting.date}/{name}"
    return E.identification(
        E.FRBRWork(*_level(record, work, "/!main"), E.FRBRcountry(value=COUNTRY)),
        E.FRBRExpression(*_level(record, f"{work}/{LANGUAGE}@", "/!main"), E.FRBRlanguage(language=LANGUAGE)),
        E.FRBRManifestation(*_level(record, f"{work}/{LANGUAGE}@.xml", "/!main.xml", "#tool")),
        source="#tool",
    )


def _level(record: Record, uri: str, main: str, author: str = "#assembly") -> list[Element]:
    return [
        E.FRBRthis(value=uri.removesuffix(".xml") + main),
        E.FRBRuri(value=uri),
        E.FRBRdate(date=record.meeting.date, name="seance"),
        E.FRBRauthor(href=author),
    ]


def _declared(record: Record, references: References) -> Element:
    assembly = assembly_name(record.meeting) or "Assemblée"
    ontology = {"person": E.TLCPerson, "role": E.TLCRole, "concept": E.TLCConcept}
    return E.references(
        E.TLCOrganization(eId="assembly", href=f"/ontology/organization/{slug(assembly)}", showAs=assembly),
        E.TLCOrganization(eId="tool", href="/ontology/organization/pv-extract", showAs="pv-extract"),
        *(
            ontology[kind](eId=identifier, href=f"/ontology/{identifier.replace('_', '/')}", showAs=show_as)
            for identifier, (kind, show_as) in references.declared.items()
        ),
        source="#tool",
    )


def _analysis(record: Record, references: References) -> Iterator[Element]:
    """The verification of the quorum and every vote that was counted."""
    attendance = record.attendance
    counts = {label: getattr(attendance.stated, count) for count, label in PRESENCES.items()}
    quorum = attendance.stated.quorum
    found = [*([E.quorum(eId="quorum_1__needed", value=str(quorum))] if quorum is not None else [])]
    found += _counts("quorum_1", counts, references)
    if found:
        reached = QUORUM.get(attendance.quorum.reached)
        yield E.quorumVerification(_outcome(reached, references), *found, eId="quorum_1", href="#rollcall_1")
    for index, deliberation in enumerate(record.deliberations, 1):
        yield from _voting(index, deliberation, references)


def _voting(index: int, deliberation: Deliberation, references: References) -> Iterator[Element]:
    vote, name = deliberation.vote, f"vote_{index}"
    found = _counts(name, {label: getattr(vote, count) for count, label in COUNTS.items()}, references)
    if found:
        outcome = _outcome(OUTCOMES.get(vote.outcome or ""), references)
        yield E.voting(outcome, *found, eId=name, href=f"#delib_{index}")


def _counts(name: str, counts: dict[str, int | None], references: References) -> list[Element]:
    return [
        E.count(eId=f"{name}__{slug(label)}", value=str(value), refersTo=references.to("concept", label, label))
        for label, value in counts.items()
        if value is not None
    ]


def _outcome(words: str | None, references: References) -> dict[str, str]:
    return {"outcome": references.to("concept", words, words.capitalize())} if words else {}
