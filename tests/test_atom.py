"""AtoM: the columns of its own template, cells that its import understands."""

import csv
import datetime
import io

import pytest

from conftest import SHARED
from pv_extract.exporters import atom
from records import SEEDS, extracted, hostile, made

TEMPLATE = SHARED / "reference" / "data" / "atom" / "isad-template-header.csv"
PARALLEL = ("eventDates", "eventTypes", "eventStartDates", "eventEndDates", "eventActors", "eventActorHistories")
LEVELS = {"Fonds", "Series", "Subseries", "File", "Item"}


def exported(records, folder):
    losses = atom.export(records, folder / "out.csv")
    csv.field_size_limit(10_000_000)
    text = (folder / "out.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""))), losses


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the template of AtoM is not beside this checkout")
def test_the_columns_are_those_of_the_template():
    assert list(atom.COLUMNS) == TEMPLATE.read_text(encoding="utf-8").strip().split(",")


@pytest.mark.parametrize("documents", ["samples", "seeds", "made"])
def test_the_import_understands_every_line(tmp_path, documents):
    if documents == "seeds" and not SEEDS:
        pytest.skip("the seeds are not beside this checkout")
    sets = {"samples": extracted, "seeds": lambda: extracted(tuple(SEEDS)), "made": lambda: (hostile(), made())}
    records = sets[documents]()
    rows, _ = exported(records, tmp_path)
    assert len({row["legacyId"] for row in rows}) == len(rows) == len(records)
    for row in rows:
        assert None not in row and row["title"].strip()
        assert (row["levelOfDescription"] in LEVELS, row["culture"], row["publicationStatus"]) == (True, "fr", "Draft")
        assert len({row[column].count("|") if row[column] else None for column in PARALLEL}) == 1
        for column in ("eventStartDates", "eventEndDates"):
            assert row[column] in ("", "NULL") or datetime.date.fromisoformat(row[column])
        assert not (row["parentId"] and row["qubitParentSlug"])


def test_a_meeting_is_described(tmp_path):
    vote = {"outcome": "adopted"}
    record = made(
        meeting={
            "document_kind": "proces_verbal",
            "date": "1886-05-01",
            "organization": {"name": "Saint-Ambrin", "kind": "commune"},
            "body": {"name": "Conseil municipal"},
        },
        attendance={"members": [{"id": "a", "name": "Anne MOREL"}, {"id": "b", "name": "Paul|Luc"}]},
        deliberations=[
            {"number": "1", "reference": "2024-7", "title": "Compte de gestion", "vote": vote},
            {"title": "Divers"},
        ],
    )
    [row], losses = exported([record], tmp_path)
    assert row["title"] == "Conseil municipal (Saint-Ambrin), séance du 1er mai 1886"
    assert row["scopeAndContent"] == "1. Compte de gestion (n° 2024-7; adopté)\nDivers"
    assert row["nameAccessPoints"] == "Anne MOREL|Paul/Luc"
    assert row["subjectAccessPoints"] == "finances locales/décisions budgétaires"
    assert (row["placeAccessPoints"], row["genreAccessPoints"]) == ("Saint-Ambrin", "procès-verbal")
    assert [row[column] for column in PARALLEL] == [
        *("1er mai 1886", "Creation", "1886-05-01", "1886-05-01"),
        *("Conseil municipal (Saint-Ambrin)", "NULL"),
    ]
    assert {loss.id for loss in losses.told} == {"made-title", "bar-replaced"}


def test_a_meeting_without_a_date_is_told(tmp_path):
    rows, losses = exported([made(), made("b", meeting={"date": "2024-02-30"})], tmp_path)
    assert [[row[column] for column in PARALLEL] for row in rows] == [[""] * 6] * 2
    assert losses.counts[atom.NO_DATE] == 2


def test_without_deliberations_the_agenda_is_described(tmp_path):
    [row], _ = exported([made(agenda=[{"number": "1", "title": "Budget"}, {"title": "Divers"}])], tmp_path)
    assert row["scopeAndContent"] == "1. Budget\nDivers"
