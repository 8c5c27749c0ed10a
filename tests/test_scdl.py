"""SCDL « Délibérations »: valid lines, sure matters, and a list of what is missing that comes back."""

import csv
import io
import json

import pytest
from frictionless import Resource, Schema, system

from conftest import SHARED
from pv_extract.commands import run
from pv_extract.errors import UsageError
from pv_extract.exporters import scdl
from pv_extract.exporters.actes import matter_of, matters, order, table
from pv_extract.exporters.completion import completed_in
from pv_extract.exporters.scdl_checks import CHECKS, failures
from records import SEEDS, extracted, hostile, made

SCHEMA = SHARED / "reference" / "data" / "scdl" / "deliberations-2.1.5.schema.json"
NOMENCLATURE = SCHEMA.with_name("actes-matieres.json")
SIRET = "21860194600013"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of SCDL is not beside this checkout")


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def council(name="seance.txt", kind="commune", date="2024-03-12", in_office=15, **parts):
    """A record of a council with the deliberations given."""
    meeting = {"organization": {"name": "Valmorin", "kind": kind}, "date": date}
    attendance = {"stated": {"in_office": in_office, "voting": parts.pop("voting", None)}}
    return made(name, meeting=meeting, attendance=attendance, **parts)


def voted(title="Budget primitif 2024", **vote):
    return {"title": title, "reference": "2024-01", "vote": {"outcome": "adopted", **vote}}


def exported(record, folder, **filled):
    """The whole and the missing lines of an export to which a person had added what is filled."""
    scdl.export([record], folder / "out.csv")
    listed = rows(folder / "out.missing.csv")
    for row in listed:
        row.update(filled)
    write(folder / "completed.csv", listed)
    losses = scdl.export([record], folder / "out.csv", completed_in(folder / "completed.csv"))
    return rows(folder / "out.csv"), rows(folder / "out.missing.csv"), losses


def write(file, listed, delimiter=",", encoding="utf-8"):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, listed[0] if listed else [*scdl.HEAD, *scdl.COLUMNS], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(listed)
    file.write_bytes(stream.getvalue().encode(encoding))


def assert_valid(file):
    """The file is valid for frictionless and for the eleven checks that frictionless does not run."""
    csv.field_size_limit(10_000_000)
    schema = Schema.from_descriptor(json.loads(SCHEMA.read_text(encoding="utf-8")))
    with system.use_context(trusted=True):
        report = Resource(path=str(file), schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []
    assert [check for row in rows(file) for check in failures(row)] == []


@needs_schema
@pytest.mark.parametrize("documents", ["samples", "seeds", "hostile"])
def test_every_file_is_valid(tmp_path, documents):
    if documents == "seeds" and not SEEDS:
        pytest.skip("the seeds are not beside this checkout")
    records = {"samples": extracted(), "seeds": extracted(tuple(SEEDS)), "hostile": (hostile(), council())}[documents]
    scdl.export(records, tmp_path / "before.csv")
    assert rows(tmp_path / "before.csv") == []  # no minutes print a SIRET
    listed = rows(tmp_path / "before.missing.csv")
    for row in listed:
        filled = {"COLL_SIRET": SIRET, "COLL_NOM": "Valmorin", "DELIB_DATE": "2024-01-01", "DELIB_MATIERE_CODE": "7.10"}
        row.update({column: row[column] or cell for column, cell in filled.items()})
    write(tmp_path / "completed.csv", listed)
    losses = scdl.export(records, tmp_path / "out.csv", completed_in(tmp_path / "completed.csv"))
    assert len(rows(tmp_path / "out.csv")) == len(listed) and rows(tmp_path / "out.missing.csv") == []
    assert scdl.MISSING not in losses.counts
    assert_valid(tmp_path / "out.csv")


@needs_schema
def test_our_checks_are_those_of_the_schema():
    theirs = json.loads(SCHEMA.read_text(encoding="utf-8"))["custom_checks"]

    def columns(params):
        others = params.get("othercolumns") or params.get("columns") or [params.get("column2")]
        return (params["column"], *filter(None, others))

    assert [(check["name"], columns(check["params"])) for check in theirs] == [check[:2] for check in CHECKS]
    assert {check["params"].get("op") for check in theirs} == {">=", None}
    assert json.loads(SCHEMA.read_text(encoding="utf-8"))["version"] == "2.1.5"


WHOLE = {
    "COLL_SIRET": SIRET,
    "DELIB_DATE": "2023-03-28",
    "DELIB_MATIERE_NOM": "finances locales/décisions budgétaires",
    "BUDGET_ANNEE": "2023",
    "BUDGET_NOM": "Budget principal",
    "PREF_DATE": "2023-03-30",
    **dict(zip(scdl.VOTES, ("43", "40", "25", "10", "5"), strict=True)),
}


def test_a_line_that_is_right_passes_the_checks():
    assert list(failures(WHOLE)) == list(failures({})) == []
    assert list(failures(WHOLE | {"BUDGET_ANNEE": "2017/2018"})) == []


@pytest.mark.parametrize(
    ("cells", "broken"),
    [
        ({"COLL_SIRET": "21860194600014"}, [0]),
        ({"BUDGET_ANNEE": "23"}, [1]),
        ({"BUDGET_ANNEE": "2018/2018"}, [1]),
        ({"BUDGET_NOM": ""}, [2]),
        ({"VOTE_EFFECTIF": ""}, [3]),
        ({"PREF_DATE": "2023-03-27"}, [4]),
        ({"VOTE_EFFECTIF": "39"}, [5]),
        ({"VOTE_REEL": "24", "VOTE_CONTRE": "0", "VOTE_ABSTENTION": "0"}, [6, 9]),
        ({"VOTE_REEL": "24", "VOTE_POUR": "0", "VOTE_CONTRE": "25", "VOTE_ABSTENTION": "0"}, [7, 9]),
        ({"VOTE_REEL": "24", "VOTE_POUR": "0", "VOTE_CONTRE": "0", "VOTE_ABSTENTION": "25"}, [8, 9]),
        ({"VOTE_REEL": "41"}, [9]),
        ({"DELIB_MATIERE_NOM": "budget"}, [10]),
        ({"DELIB_MATIERE_NOM": "finances locales/ divers"}, [10]),
        ({"DELIB_MATIERE_NOM": "finances/divers"}, [10]),
    ],
)
def test_each_check_tells_its_fault(cells, broken):
    assert list(failures(WHOLE | cells)) == [CHECKS[index] for index in broken]


# --- matters


@pytest.mark.skipif(not NOMENCLATURE.exists(), reason="the nomenclature is not beside this checkout")
def test_the_nomenclature_is_whole():
    theirs = json.loads(NOMENCLATURE.read_text(encoding="utf-8"))["niveau2"]
    assert [tuple(matter) for matter in matters().values()] == [(each["code"], each["scdl_nom"]) for each in theirs]


def test_the_nomenclature_is_in_order():
    assert len(matters()) == 57 and list(matters()) == sorted(matters(), key=order)


EXAMPLES = [(title, entry["code"]) for entry in table()["matter"] for title in entry["examples"]]


@pytest.mark.parametrize(("title", "code"), EXAMPLES)
def test_sure_words_give_the_matter(title, code):
    assert matter_of(title).matter == matters()[code]
    assert matter_of(title.upper()).matter == matters()[code]


def test_every_matter_with_words_has_an_example_or_only_its_own_name():
    without = [entry["code"] for entry in table()["matter"] if entry["words"] and not entry["examples"]]
    assert without == ["4.3"]
    owners = [words for entry in table()["matter"] for words in entry["words"]]
    assert len(owners) == len(set(owners))


@pytest.mark.parametrize(
    ("title", "candidates"),
    [
        ("Tarifs de la cantine scolaire", ()),
        ("Désignation des membres de la commission de délégation de service public", ()),
        ("Recrutement d'un agent pour le transport scolaire", ("8.7",)),
        ("Création d'un emploi à la police municipale", ()),
        ("Demande de subvention et emprunt pour la halle", ("7.3", "7.5")),
        ("Motion contre le transfert de la compétence eau", ("5.7", "9.4")),
        ("Marché hebdomadaire : horaires", ()),
        ("Emprunter le chemin des Aunes", ()),
        ("Questions diverses", ()),
        ("", ()),
    ],
)
def test_an_unsure_title_is_left_to_a_person(title, candidates):
    assert matter_of(title) == (None, candidates)


# --- lines


@pytest.mark.parametrize(
    ("vote", "parts", "five"),
    [
        ({"for": 10, "against": 2, "abstentions": 1}, {}, ("15", "13", "10", "2", "1")),
        ({"for": 10, "against": 2, "abstentions": None}, {}, ("",) * 5),
        ({"for": 12, "against": 2, "abstentions": 2}, {}, ("",) * 5),  # more voters than members
        ({"for": 10, "against": 2, "abstentions": 1}, {"in_office": None}, ("",) * 5),
        ({"manner": "unanimity", "for": 13}, {}, ("15", "13", "13", "0", "0")),
        ({"manner": "unanimity", "voting": 13}, {}, ("15", "13", "13", "0", "0")),
        ({"manner": "unanimity"}, {"voting": 13}, ("15", "13", "13", "0", "0")),
        ({"manner": "unanimity"}, {}, ("",) * 5),
        ({"manner": "unanimity"}, {"voting": 13, "events": [{"kind": "arrival"}]}, ("",) * 5),
        ({"manner": "unanimity", "not_participating": 1}, {"voting": 13}, ("",) * 5),
        ({"manner": "unanimity", "abstention_names": [{"id": None, "name": "Paul"}]}, {"voting": 13}, ("",) * 5),
        ({"manner": "majority"}, {"voting": 13}, ("",) * 5),
    ],
)
def test_votes_are_five_numbers_that_agree_or_none(tmp_path, vote, parts, five):
    record = council(deliberations=[voted(**vote)], **parts)
    [row], missing, losses = exported(record, tmp_path, COLL_SIRET=SIRET)
    assert tuple(row[column] for column in scdl.VOTES) == five
    assert missing == []
    assert losses.counts[scdl.NO_VOTES] == ("for" in vote and five[0] == "")


@pytest.mark.parametrize("outcome", ["rejected", "postponed", "withdrawn", None])
def test_what_was_not_adopted_is_left_out_and_told(tmp_path, outcome):
    record = council(deliberations=[voted(outcome=outcome)])
    whole, missing, losses = exported(record, tmp_path, COLL_SIRET=SIRET)
    assert (whole, missing, losses.told) == ([], [], {scdl.NOT_ADOPTED: ["seance.txt#/deliberations/0"]})


def test_an_association_is_no_council(tmp_path):
    whole, missing, losses = exported(council(kind="association", deliberations=[voted()]), tmp_path)
    assert (whole, missing, dict(losses.counts)) == ([], [], {scdl.NO_COUNCIL: 1})


def test_an_election_is_adopted_where_somebody_was_elected(tmp_path):
    election = {"elected": [{"id": None, "name": "Paul VERNEUIL"}]}
    record = council(deliberations=[{"title": "Élection du maire", "reference": "1", "elections": [election]}])
    [row], _, _ = exported(record, tmp_path, COLL_SIRET=SIRET)
    assert row["DELIB_MATIERE_CODE"] == "5.1"


def test_an_identifier_is_made_where_none_is_printed_and_told(tmp_path):
    record = council(deliberations=[voted(), {**voted(), "reference": None}])
    whole, _, losses = exported(record, tmp_path, COLL_SIRET=SIRET)
    assert [row["DELIB_ID"] for row in whole] == ["2024-01", "2024-03-12-02"]
    assert losses.told[scdl.MADE_ID] == ["seance.txt#/deliberations/1"]


def test_the_list_says_what_is_missing(tmp_path):
    record = council(date=None, deliberations=[voted("Subvention et emprunt")])
    scdl.export([record], tmp_path / "out.csv")
    [row] = rows(tmp_path / "out.missing.csv")
    assert row["DOCUMENT"] == "seance.txt"
    assert row["MANQUE"] == "COLL_SIRET DELIB_DATE DELIB_MATIERE_CODE DELIB_MATIERE_NOM"
    assert row["CODES_POSSIBLES"] == "7.3 7.5"


@pytest.mark.parametrize(
    ("filled", "lacking"),
    [
        ({"COLL_SIRET": "21860194600014"}, "COLL_SIRET"),
        ({"COLL_SIRET": SIRET, "DELIB_DATE": "12/03/2024"}, "DELIB_DATE"),
        ({"COLL_SIRET": SIRET, "DELIB_MATIERE_CODE": "7.11"}, "DELIB_MATIERE_NOM DELIB_MATIERE_CODE"),
        ({"COLL_SIRET": SIRET, "BUDGET_ANNEE": "2024"}, "BUDGET_ANNEE"),
    ],
)
def test_what_a_person_fills_in_wrongly_stays_in_the_list(tmp_path, filled, lacking):
    date = None if "DELIB_DATE" in filled else "2024-03-12"
    title = "Divers" if "DELIB_MATIERE_CODE" in filled else "Budget primitif"
    whole, [row], _ = exported(council(date=date, deliberations=[voted(title)]), tmp_path, **filled)
    assert whole == [] and row["MANQUE"] == lacking


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252")])
def test_one_siret_serves_all_lines_of_a_council_whatever_the_spreadsheet(tmp_path, delimiter, encoding):
    records = [council(f"{month}.txt", deliberations=[voted(), voted("Compte de gestion")]) for month in (1, 2)]
    scdl.export(records, tmp_path / "out.csv")
    listed = rows(tmp_path / "out.missing.csv")
    listed[2]["COLL_SIRET"] = SIRET
    write(tmp_path / "completed.csv", listed, delimiter, encoding)
    scdl.export(records, tmp_path / "out.csv", completed_in(tmp_path / "completed.csv"))
    assert [row["COLL_SIRET"] for row in rows(tmp_path / "out.csv")] == [SIRET] * 4


def test_two_sirets_of_one_council_are_refused(tmp_path):
    scdl.export([council(deliberations=[voted(), voted()])], tmp_path / "out.csv")
    listed = rows(tmp_path / "out.missing.csv")
    listed[0]["COLL_SIRET"], listed[1]["COLL_SIRET"] = SIRET, "13002526500013"
    write(tmp_path / "completed.csv", listed)
    with pytest.raises(UsageError, match="Valmorin has two values in COLL_SIRET"):
        completed_in(tmp_path / "completed.csv")


def test_a_list_is_not_overwritten_by_what_is_still_missing(tmp_path, capsys):
    (tmp_path / "a.json").write_text(council(deliberations=[voted()]).to_json())
    order = ["export", str(tmp_path / "a.json"), "--to", "scdl", "-o", str(tmp_path / "out.csv")]
    assert run(order) == 0
    listed = (tmp_path / "out.missing.csv").read_bytes()
    assert run([*order, "--completed", str(tmp_path / "out.missing.csv")]) == 2
    assert (tmp_path / "out.missing.csv").read_bytes() == listed


def test_any_other_table_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="no column CLE"):
        completed_in(tmp_path / "other.csv")
