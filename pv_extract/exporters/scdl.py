"""SCDL « Délibérations » 2.1.5: one line per deliberation that was adopted, for open data portals.

Schema: https://gitlab.com/opendatafrance/scdl/deliberations (Table Schema, eleven custom checks). A line that lacks
what the schema requires goes to the list of what is missing instead, for a person to fill in.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import regex

from pv_extract.exporters.actes import Guess, matter_of, matters
from pv_extract.exporters.cells import cell_of, csv_writer
from pv_extract.exporters.completion import HEAD, NOTHING, Completed, missing_beside
from pv_extract.exporters.losses import Loss, Losses
from pv_extract.exporters.scdl_checks import VOTES, failures
from pv_extract.exporters.tables import meeting_id
from pv_extract.output import STDOUT, Writable, writing
from pv_extract.records import Deliberation, Record, Vote

REQUIRED = {
    "COLL_NOM": r".+",
    "COLL_SIRET": r"\d{14}",
    "DELIB_ID": r".+",
    "DELIB_DATE": r"\d{4}-\d\d-\d\d",
    "DELIB_MATIERE_CODE": r"\d\.\d{1,2}",
    "DELIB_MATIERE_NOM": r".+",
    "DELIB_OBJET": r".+",
}
COLUMNS = (*REQUIRED, "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", *VOTES, "DELIB_URL")
CARRIES = frozenset(
    {
        "/meeting/organization/name",
        "/meeting/date",
        "/deliberations/*/reference",
        "/deliberations/*/title",
        "/deliberations/*/vote/for",
        "/deliberations/*/vote/against",
        "/deliberations/*/vote/abstentions",
    }
)
ADOPTED = ("adopted", "noted", "favourable_opinion", "unfavourable_opinion")
PRIVATE = ("association", "societe", "copropriete")
NO_COUNCIL = Loss(
    "no-council",
    "deliberations of associations, firms and co-owners, left out",
    "délibérations d'associations, de sociétés et de copropriétés, laissées",
)
NOT_ADOPTED = Loss(
    "not-adopted",
    "deliberations that were not adopted, or not known to be, left out",
    "délibérations non adoptées, ou dont on ne sait si elles le furent, laissées",
)
MISSING = Loss(
    "missing",
    "deliberations that lack something required, in the list of what is missing",
    "délibérations à qui manque une donnée requise, dans la liste de ce qui manque",
)
MADE_ID = Loss(
    "made-id",
    "identifiers made from the date and the rank, where no register number is printed",
    "identifiants faits de la date et du rang, faute de numéro de registre imprimé",
)
NO_VOTES = Loss(
    "no-votes",
    "printed counts left out: the schema wants five numbers that add up, or none",
    "décomptes imprimés laissés : le schéma veut cinq nombres qui s'accordent, ou aucun",
)


class Line(NamedTuple):
    """A line to be: its deliberation, the key that the list of what is missing gives it, its cells by column."""

    pointer: str
    key: str
    row: dict[str, str]
    guess: Guess


def export(records: Iterable[Record], target: Path, completed: Completed = NOTHING) -> Losses:
    """Write the lines that are whole to a CSV file, the others to the list of what is missing beside it."""
    losses = Losses("scdl", CARRIES)
    with writing(target) as stream, missing_list(target) as listing:
        whole, missing = csv_writer(stream, COLUMNS), csv_writer(listing, (*HEAD, *COLUMNS))
        for record in records:
            losses.see(record)
            cell = cell_of(record, losses)
            for line in lines_of(record, completed, losses):
                cells = line.row.values()
                if lacking := lacks(line.row):
                    losses.tell(MISSING, record, line.pointer)
                    head = (line.key, record.source.name, " ".join(lacking), " ".join(line.guess.candidates))
                    missing.writerow([cell(value) for value in (*head, *cells)])
                else:
                    whole.writerow([cell(value) for value in cells])
    return losses


def missing_list(target: Path) -> AbstractContextManager[Writable]:
    """The list of what is missing, open; beside stdout there is none."""
    return open(os.devnull, "w") if target == STDOUT else writing(missing_beside(target))  # noqa: PTH123


def lines_of(record: Record, completed: Completed, losses: Losses) -> Iterator[Line]:
    """The lines of a record, filled with what a person completed; what is left out is told."""
    for index, deliberation in enumerate(record.deliberations):
        pointer = f"/deliberations/{index}"
        if record.meeting.organization.kind in PRIVATE:
            losses.tell(NO_COUNCIL, record, pointer)
        elif not is_adopted(deliberation):
            losses.tell(NOT_ADOPTED, record, pointer)
        else:
            yield _line(record, index, completed, losses)


def is_adopted(deliberation: Deliberation) -> bool:
    """Whether a deliberation is known to be taken, be it to note a report or to elect somebody."""
    return deliberation.vote.outcome in ADOPTED or any(election.elected for election in deliberation.elections)


def _line(record: Record, index: int, completed: Completed, losses: Losses) -> Line:
    deliberation, pointer = record.deliberations[index], f"/deliberations/{index}"
    key, guess = f"{meeting_id(record)}/{index}", matter_of(deliberation.title)
    row = dict.fromkeys(COLUMNS, "")
    row |= {"COLL_NOM": record.meeting.organization.name or "", "DELIB_DATE": record.meeting.date or ""}
    row |= {"DELIB_ID": deliberation.reference or "", "DELIB_OBJET": deliberation.title}
    row |= {"DELIB_MATIERE_CODE": guess.matter.code if guess.matter else ""}
    row = _named(completed.fill(key, row))
    made_id = f"{row['DELIB_DATE']}-{index + 1:02}"
    if row["DELIB_DATE"] and row["DELIB_ID"] in ("", made_id):
        losses.tell(MADE_ID, record, pointer)
        row["DELIB_ID"] = made_id
    if not any(row[column] for column in VOTES):
        row |= _counted(row, record, deliberation)
        if not row["VOTE_REEL"] and _is_counted(deliberation.vote):
            losses.tell(NO_VOTES, record, pointer)
    return Line(pointer, key, row, guess)


def _named(row: dict[str, str]) -> dict[str, str]:
    """A row with the name of its matter, where it has the code and no other name was given."""
    matter = matters().get(row["DELIB_MATIERE_CODE"])
    return row | {"DELIB_MATIERE_NOM": row["DELIB_MATIERE_NOM"] or (matter.name if matter else "")}


def _counted(row: dict[str, str], record: Record, deliberation: Deliberation) -> dict[str, str]:
    """The five numbers of the vote where all are known and agree, else none."""
    stated, vote = record.attendance.stated, deliberation.vote
    against, abstentions, in_favour = vote.against, vote.abstentions, vote.for_
    if vote.manner == "unanimity":
        in_favour = in_favour if in_favour is not None else _voters(record, vote)
        against, abstentions = against or 0, _unanimous_abstentions(vote)
    if stated.in_office is None or in_favour is None or against is None or abstentions is None:
        return {}
    five = (stated.in_office, in_favour + against + abstentions, in_favour, against, abstentions)
    counted = dict(zip(VOTES, map(str, five), strict=True))
    return {} if any(failures(row | counted)) else counted


def _voters(record: Record, vote: Vote) -> int | None:
    """How many took part in a unanimous vote: the number printed for it, else for a meeting that nobody left."""
    if vote.abstentions or vote.abstention_names or vote.not_participating or vote.not_participating_names:
        return None
    moved = any(event.kind in ("arrival", "departure") for event in record.events)
    return vote.voting if vote.voting is not None or moved else record.attendance.stated.voting


def _unanimous_abstentions(vote: Vote) -> int | None:
    """« À l'unanimité » without a word of abstentions means that there was none."""
    return vote.abstentions if vote.abstentions is not None or vote.abstention_names else 0


def _is_counted(vote: Vote) -> bool:
    return any(count is not None for count in (vote.for_, vote.against, vote.abstentions))


def lacks(row: dict[str, str]) -> list[str]:
    """The columns in which a row lacks what the schema requires, or breaks one of its checks."""
    lacking = [column for column, form in REQUIRED.items() if not regex.fullmatch(form, row[column], regex.DOTALL)]
    broken = [check.columns[0] for check in failures(row)]
    unknown = [] if row["DELIB_MATIERE_CODE"] in matters() else ["DELIB_MATIERE_CODE"]
    return list(dict.fromkeys((*lacking, *broken, *unknown)))
