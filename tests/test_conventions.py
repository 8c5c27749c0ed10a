"""What a body says of itself: its roster, its own rules, and where they are found."""

import json
import shutil
import tomllib

import pytest

from conftest import FIXTURES
from pv_extract.batch.recipes import Recipe
from pv_extract.errors import UsageError
from pv_extract.grammar import load_grammars
from pv_extract.members.register import Listed, Register, load_register
from pv_extract.pipeline import extract
from pv_extract.readers import ReadOptions, Source

BODY = FIXTURES / "conventions"
MEETINGS = sorted(BODY.glob("*.txt"))
EXPECTED = tomllib.loads((BODY / "expected.toml").read_text(encoding="utf-8"))
MINUTES = "PROCÈS-VERBAL\nSéance du 12 mars 2024\nLe conseil municipal s'est réuni.\nÉtaient présents : {}\n"


def roster(tmp_path, data):
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    return file


def members(names, *people):
    record = extract(Source("x.txt", MINUTES.format(names).encode()), load_grammars(), register=Register(people))
    findings = [finding.rule for finding in record.findings if finding.rule.startswith("roster")]
    return [member.name for member in record.attendance.members], findings


# --- reading a roster


@pytest.mark.parametrize(
    "data",
    [
        b"name,honorific,from,to,aliases\nAnne ROUX,Madame,2020-07-15,,A. Roux-Serre|ROUX\n",
        "nom;civilité;début;fin;graphies\nAnne ROUX;Mme;15/07/2020;;A. Roux-Serre | ROUX\n".encode("latin-1"),
        "\ufeffcivilité;nom;graphies;début\r\nMme;Anne ROUX;A. Roux-Serre|ROUX;2020-07-15\r\n\r\n".encode(),
    ],
    ids=["English, commas, UTF-8", "French, semicolons, Latin-1", "byte order mark, other order, blank line"],
)
def test_a_roster_is_read_as_spreadsheets_save_it(tmp_path, data):
    expected = Listed("Anne ROUX", "Mme", since="2020-07-15", aliases=("A. Roux-Serre", "ROUX"))
    assert load_register(roster(tmp_path, data)).people == (expected,)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"surname\nROUX\n", "surname"),
        (b"honorific\nMme\n", "`name`"),
        (b"name,honorific\n,Mme\n", "line 2"),
        (b"name,from\nAnne ROUX,yesterday\n", "yesterday"),
        (b"", "`name`"),
    ],
)
def test_a_roster_that_is_wrong_is_refused_with_its_line(tmp_path, data, hint):
    with pytest.raises(UsageError, match=hint):
        load_register(roster(tmp_path, data))


# --- linking names


def test_a_name_that_fits_one_person_gets_the_spelling_of_the_roster():
    people = Listed("Anne ROUX-SERRE", "Mme"), Listed("Luc FABRE", "M.")
    assert members("Mme Anne ROUX-SERRE, M. L. FABRE", *people) == (["Anne ROUX-SERRE", "Luc FABRE"], [])
    assert members("M. FABRE, Mme A. ROUX-SERRE", *people) == (["Luc FABRE", "Anne ROUX-SERRE"], [])


def test_other_spellings_are_linked_where_the_roster_tells_them():
    assert members("Mme Anne SERRE, M. X. BRUN", Listed("Anne ROUX", aliases=("Anne SERRE",)))[0][0] == "Anne ROUX"


def test_the_evidence_stays_that_of_the_page():
    register = Register((Listed("Luc FABRE"),))
    record = extract(
        Source("x.txt", MINUTES.format("M. L. FABRE, Mme Anne ROUX").encode()), load_grammars(), register=register
    )
    assert record.attendance.members[0].name == "Luc FABRE"
    assert record.evidence["/attendance/members/0"].quote == "M. L. FABRE"
    assert record.attendance.members[0].role is None


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("M. FABRE", [Listed("Luc FABRE"), Listed("Jean FABRE")]),
        ("Mme FABRE", [Listed("Luc FABRE", "M.")]),
        ("Michel FABRE", [Listed("Michèle FABRE")]),
        ("Marie FABRE", [Listed("Maria FABRE")]),
        ("M. Luc FABRE", [Listed("Luc FAURE")]),
        ("M. Luc FABRE", [Listed("Luc FABRE", until="2024-03-11")]),
        ("M. Luc FABRE", [Listed("Luc FABRE", since="2024-03-13")]),
        ("M. LUC", [Listed("Luc FABRE")]),
    ],
)
def test_who_is_not_surely_known_keeps_the_name_of_the_page(written, people):
    before = members(f"{written}, Mme Anne ROUX")[0]
    names, findings = members(f"{written}, Mme Anne ROUX", *people)
    assert names == before
    assert findings[0] in ("roster-ambiguous", "roster-unknown")


def test_a_damaged_name_is_linked_and_said():
    people = Listed("Paul MOREAUX"), Listed("Anne ROUX")
    assert members("M. Paul MORFAUX, Mme Anne ROUX", *people) == (["Paul MOREAUX", "Anne ROUX"], ["roster-repaired"])


def test_two_members_are_never_one_person_of_the_roster():
    names, findings = members("M. Paul MOREL, M. P. MOREL-BRUN, Mme MOREL", Listed("Paul MOREL"))
    assert len(set(names)) == len(names)
    assert "roster-unknown" in findings or "roster-ambiguous" in findings


def test_nobody_is_added_and_the_page_wins():
    names, findings = members("Mme Anne ROUX, maire", Listed("Anne ROUX", role="adjointe"), Listed("Luc FABRE"))
    assert names == ["Anne ROUX"]
    assert findings == ["roster-disagrees"]


# --- where conventions are found


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda path: path.stem)
def test_the_nearest_configuration_gives_rules_and_roster(run, meeting):
    code, out, err = run("extract", meeting)
    assert (code, err) == (0, "")
    record, expected = json.loads(out), EXPECTED[meeting.stem]
    assert [f"{m['status']} {m['name']}" for m in record["attendance"]["members"]] == expected["members"]
    assert [person["name"] for person in record["meeting"]["secretaries"]] == expected["secretaries"]
    assert [f["rule"] for f in record["findings"]] == expected["findings"]
    assert record["unclaimed"] == []


def test_options_do_the_same_as_the_configuration(run, tmp_path):
    shutil.copy(MEETINGS[0], tmp_path)
    copy = tmp_path / MEETINGS[0].name
    options = ("--grammar", BODY / "val-de-brenne.toml", "--roster", BODY / "personnes.csv")
    assert run("extract", copy, *options) == run("extract", MEETINGS[0])
    assert run("extract", copy, "--config", BODY / "pv-extract.toml") == run("extract", MEETINGS[0])
    assert run("extract", copy)[1] != run("extract", MEETINGS[0])[1]
    assert "val-de-brenne.plume" in run("rules", "trace", MEETINGS[0])[1]


def test_a_batch_makes_the_same_records(run, tmp_path):
    assert run("batch", BODY, "-o", tmp_path, "--jobs", "1")[0] == 0
    made = sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "records").rglob("*.json"))
    assert made == sorted(run("extract", meeting)[1] for meeting in MEETINGS)


def test_a_batch_obeys_one_configuration(run, tmp_path):
    shutil.copy(MEETINGS[0], tmp_path)
    code, _, err = run("batch", BODY, tmp_path, "-o", tmp_path / "out")
    assert code == 2
    assert "--config" in err


def test_another_roster_makes_other_records(tmp_path):
    file = roster(tmp_path, b"name\nAnne ROUX\n")
    first = Recipe((), ReadOptions(), str(file)).fingerprints()
    assert first != Recipe((), ReadOptions()).fingerprints()
    file.write_bytes(b"name\nLuc FABRE\n")
    assert Recipe((), ReadOptions(), str(file)).fingerprints() != first


def test_rules_check_reads_what_a_configuration_names(run, tmp_path):
    code, out, _ = run("rules", "check", BODY / "pv-extract.toml")
    assert code == 0
    assert "personnes.csv: 6" in out
    for file in ("pv-extract.toml", "val-de-brenne.toml"):
        shutil.copy(BODY / file, tmp_path)
    (tmp_path / "personnes.csv").write_text("surname\n", encoding="utf-8")
    assert run("rules", "check", tmp_path / "pv-extract.toml")[0] == 2
