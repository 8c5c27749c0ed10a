"""Rules from one meeting to the next: each finds its flaw alone, and nothing in the mended folder."""

import json
import pickle
import re

import pytest

from pv_extract import commands, configuration
from pv_extract.checks import case_of
from pv_extract.checks.series import kept
from pv_extract.records import Record

pytestmark = pytest.mark.usefixtures("english", "fresh_configuration")
RULES = ("PV-115", "PV-308", "PV-315", "PV-316", "PV-610")
FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY = (
    "2024-02-05",
    "2024-03-04",
    "2024-04-08",
    "2024-05-06",
    "2024-06-03",
    "2024-07-01",
)


def record(date, approves=(), numbers=(), proxies=(), names=(), organization="Saint-Aubrac", kind="conseil_municipal"):
    """A record of a meeting; ``proxies`` are pairs of who is represented and who represents."""
    members = [{"id": f"m{i}", "name": name, "status": "present"} for i, name in enumerate(names)]
    members += [
        {"id": f"r{i}", "name": giver, "status": "represented", "proxy_to": {"id": None, "name": holder}}
        for i, (giver, holder) in enumerate(proxies)
    ]
    source = {"name": f"{date}.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": 1, "reader": "pdf"}
    return {
        "schema_version": "1.0",
        "source": {**source, "ocr": None},
        "meeting": {
            "document_kind": "proces_verbal",
            "organization": {"name": organization, "kind": "commune"},
            "body": {"name": "Conseil", "kind": kind},
            "date": date,
        },
        "attendance": {"members": members},
        "approvals": [{"meeting_date": earlier, "outcome": "adopted"} for earlier in approves],
        "deliberations": [{"title": f"Item {number}", "reference": number} for number in numbers],
    }


@pytest.fixture
def found(tmp_path, capsys, monkeypatch):
    """What is found in a folder of records: file, rule, severity, message."""
    monkeypatch.chdir(tmp_path)

    def find(*records):
        for i, each in enumerate(records):
            (tmp_path / f"{i}.json").write_text(json.dumps(each), encoding="utf-8")
        left = commands.run(["check", ".", "--select", ",".join(RULES), "--format", "json", "--fail-on", "info"])
        files = json.loads(capsys.readouterr().out)["files"]
        result = [(file["path"], f["rule"], f["severity"], f["message"]) for file in files for f in file["findings"]]
        assert left == bool(result)
        return [each for each in result if each[1] != "PV-115" or "the meeting before was" in each[3]]

    return find


# --- approved minutes


def test_the_minutes_of_the_meeting_before_are_approved(found):
    assert found(record(MARCH), record(APRIL, [MARCH]), record(MAY, [APRIL])) == []


def test_minutes_of_another_meeting_are_approved(found):
    [(file, rule, severity, message)] = found(record(MARCH), record(APRIL, [MARCH]), record(MAY, [MARCH]))
    assert (file, rule, severity) == ("2.json", "PV-115", "warning")
    assert MARCH in message and APRIL in message


def test_minutes_that_are_not_at_hand_may_be_approved(found):
    assert found(record(MARCH), record(JUNE, [MAY])) == []


def test_several_minutes_are_approved_at_once(found):
    assert found(record(MARCH), record(APRIL), record(MAY, [MARCH, APRIL])) == []


def test_bodies_are_compared_with_themselves_only(found):
    board = record(APRIL, kind="bureau")
    neighbour = record(APRIL, organization="Valmorin")
    nameless = record(APRIL, organization=None)
    assert found(record(MARCH), board, neighbour, nameless, record(MAY, [MARCH])) == []


# --- register numbers


def test_numbers_that_follow_on(found):
    assert found(record(MARCH, numbers=["2024-001", "2024-002"]), record(APRIL, numbers=["2024-003"])) == []


def test_a_number_that_repeats(found):
    march, april = record(MARCH, numbers=["2024-001", "2024-002"]), record(APRIL, numbers=["2024-002", "2024-003"])
    [(file, rule, severity, message)] = found(march, april)
    assert (file, rule, severity) == ("1.json", "PV-610", "warning")
    assert "2024-002" in message and MARCH in message


@pytest.mark.parametrize(
    ("last", "first", "left"),
    [
        ("2024-002", "2024-005", "3–4"),
        ("DE-2024-2", "DE-2024-4", "3"),
        ("2/2024", "9/2024", "3–8"),
        ("D002", "D004", "3"),
    ],
)
def test_numbers_that_jump(found, last, first, left):
    [(file, rule, severity, message)] = found(record(MARCH, numbers=[last]), record(APRIL, numbers=[first]))
    assert (file, rule, severity) == ("1.json", "PV-610", "warning")
    assert message.endswith(f"not found: {left}")


def test_two_files_about_one_meeting(found):
    files = [record(MARCH, numbers=["2024-001"]), record(MARCH, numbers=["2024-001", "2024-002"])]
    assert found(*files, record(APRIL, numbers=["2024-003"])) == []


def test_a_new_year_begins_anew(found):
    assert found(record(MARCH, numbers=["D001", "D002"]), record("2025-01-10", numbers=["D001"])) == []
    assert found(record(MARCH, numbers=["2024-008"]), record("2025-01-10", numbers=["2025-001"])) == []


def test_where_items_lack_a_number_none_is_missed(found):
    assert found(record(MARCH, numbers=["2024-001"]), record(APRIL, numbers=["2024-005", None])) == []


def test_where_the_meeting_between_lacks_numbers_none_is_missed(found):
    ends = record(MARCH, numbers=["2024-001"]), record(MAY, numbers=["2024-005"])
    assert found(*ends, record(APRIL, numbers=["2024-002", None])) == []
    assert found(*ends, record(APRIL)) == []


# --- proxies


def test_a_proxy_for_four_meetings(found):
    proxy = [("Paul PETIT", "Lucie ROUX")]
    days = [record(date, proxies=proxy) for date in (MARCH, APRIL, MAY, JUNE, JULY)]
    [(file, rule, severity, message)] = found(*days)
    assert (file, rule, severity) == ("3.json", "PV-308", "info") and "Paul PETIT" in message


def test_a_proxy_for_three_meetings_or_another_holder(found):
    proxy = [("Paul PETIT", "Lucie ROUX")]
    three = [record(date, proxies=proxy) for date in (MARCH, APRIL, MAY)]
    assert found(*three, record(JUNE, proxies=[("Paul PETIT", "Jean MOREL")]), record(JULY, proxies=proxy)) == []


# --- absences


def absent(date, status="absent", **told):
    """A meeting that Paul PETIT misses, without excuse unless told otherwise; somebody else is excused."""
    made = record(date, names=["Paul PETIT", "Luc GRAND", "Lucie ROUX"], **told)
    missing, excused, _ = made["attendance"]["members"]
    missing["status"], excused["status"] = status, "excused"
    return made


def under_local_law(folder):
    (folder / "pv-extract.toml").write_text('[assembly]\ndepartment = "67"\n', encoding="utf-8")
    configuration.find.cache_clear()
    configuration.configuration_of.cache_clear()


def test_five_absences_without_excuse_under_local_law(found, tmp_path):
    under_local_law(tmp_path)
    days = [absent(date) for date in (FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY)]
    [(file, rule, severity, message)] = found(*days)
    assert (file, rule, severity) == ("4.json", "PV-316", "info") and "Paul PETIT" in message


def test_five_absences_elsewhere(found):
    assert found(*(absent(date) for date in (FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY))) == []


@pytest.mark.parametrize("statuses", [("excused", "excused"), ("absent", "absent")])
def test_an_excuse_or_minutes_that_tell_of_none_end_the_count(found, tmp_path, statuses):
    under_local_law(tmp_path)
    between = absent(APRIL)
    for member, status in zip(between["attendance"]["members"], statuses, strict=False):
        member["status"] = status
    assert found(absent(FEBRUARY), absent(MARCH), between, absent(MAY), absent(JUNE), absent(JULY)) == []


# --- spellings


@pytest.mark.parametrize(
    ("usual", "once"),
    [
        ("Hélène MARCHANDOT", "Hélène MARCHENDOT"),
        ("Jean-Luc BERTHELOT", "Jean-Luc BERTELOT"),
        ("Lucie ROUSSEAU", "ROUSSAU Lucie"),
    ],
)
def test_one_person_under_two_spellings(found, usual, once):
    days = [record(date, names=[usual]) for date in (MARCH, APRIL, JUNE)]
    [(file, rule, severity, message)] = found(*days, record(MAY, names=[once]))
    assert (file, rule, severity) == ("3.json", "PV-315", "warning")
    assert usual in message and once in message


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Michel ROUX", "Michèle ROUX"),
        ("Pascal MARTIN", "Pascal MARTINEZ"),
        ("Luc GRAND", "Léo GRAND"),
        ("Hélène MARCHANDOT", "MARCHANDOT Helene"),
        ("Anne PERRIN", "Jean PERRAN"),
    ],
)
def test_other_names_are_other_people(found, usual, other):
    days = [record(date, names=[usual]) for date in (MARCH, APRIL, JUNE)]
    assert found(*days, record(MAY, names=[other])) == []


def test_who_sits_beside_the_other_is_another(found):
    days = [record(date, names=["Lucie BERTHELOT"]) for date in (MARCH, APRIL, JUNE)]
    assert found(*days, record(MAY, names=["Lucie BERTHELOT", "Lucie BERTELOT"])) == []


def test_who_comes_later_may_be_another(found):
    days = [record(date, names=["Lucie BERTHELOT"]) for date in (MARCH, APRIL, MAY)]
    assert found(*days, record(JUNE, names=["Lucie BERTELOT"])) == []


# --- all together


MINUTES = """VILLE DE SAINT-AUBRAC

PROCÈS-VERBAL DU CONSEIL MUNICIPAL

Séance du {date}

Présidence de Mme Lucie ROUX, maire.
Date de convocation : {convocation}
Nombre de conseillers en exercice : 4

Présents : Mme Lucie ROUX, M. Paul PETIT, {third}
Absent excusé : M. Luc GRAND
Secrétaire de séance : M. Paul PETIT

Le quorum étant atteint, le conseil peut valablement délibérer.

Le procès-verbal de la séance du {approved} est approuvé à l'unanimité.

Délibération n° {number} : Achat d'une tondeuse

Après en avoir délibéré, le conseil municipal, à l'unanimité, décide d'acheter une tondeuse.
"""
YEAR = [
    {"date": "4 mars 2024", "convocation": "26 février 2024", "approved": "5 février 2024", "number": "2024-001"},
    {"date": "8 avril 2024", "convocation": "1er avril 2024", "approved": "4 mars 2024", "number": "2024-002"},
    {"date": "6 mai 2024", "convocation": "29 avril 2024", "approved": "8 avril 2024", "number": "2024-003"},
]


@pytest.mark.parametrize(
    ("meeting", "key", "value", "rule"),
    [
        (2, "approved", "4 mars 2024", "PV-115"),
        (1, "third", "Mme Hélène MARCHENDOT", "PV-315"),
        (2, "number", "2024-002", "PV-610"),
        (2, "number", "2024-006", "PV-610"),
        (0, "number", "2024-001", None),
    ],
)
def test_a_folder_of_minutes(tmp_path, capsys, meeting, key, value, rule):
    for i, told in enumerate(YEAR):
        told = {"third": "Mme Hélène MARCHANDOT", **told, **({key: value} if i == meeting else {})}
        (tmp_path / f"{i}.txt").write_text(MINUTES.format(**told), encoding="utf-8")
    commands.run(["check", str(tmp_path), "--select", ",".join(RULES), "--format", "json"])
    files = json.loads(capsys.readouterr().out)["files"]
    found = [(file["path"][-5:], f["rule"]) for file in files for f in file["findings"]]
    assert found == ([(f"{meeting}.txt", rule)] if rule else [])


def test_what_is_kept_of_a_meeting_does_not_grow_with_its_text():
    def kept_of(text):
        read = Record.model_validate(record(MARCH, [APRIL], ["2024-001"], [("Paul PETIT", "Lucie ROUX")]))
        item = read.deliberations[0].model_copy(update={"text": text})
        return len(pickle.dumps(kept("a.json", case_of(read.model_copy(update={"deliberations": (item,)})))))

    assert kept_of("a") == kept_of("a" * 1_000_000) < 2_000


def test_findings_across_meetings_join_those_of_the_file(found, tmp_path, capsys):
    found(record(MARCH, numbers=["2024-001"]), record(APRIL, numbers=["2024-003"]))
    commands.run(["check", "1.json", "0.json", "--format", "junit"])
    out = capsys.readouterr().out
    assert out.count("<testsuite ") == 2 and re.search(r"PV-610[^>]*>\s*<system-out>PV-610", out)


def test_a_file_is_spared_rules_across_meetings_too(found, tmp_path):
    (tmp_path / "pv-extract.toml").write_text(
        '[[check.ignore-files]]\nfiles = ["1.json"]\nrules = ["PV-610"]\nreason = "a register was lost"',
        encoding="utf-8",
    )
    assert found(record(MARCH, numbers=["2024-001"]), record(APRIL, numbers=["2024-003"])) == []


def test_the_order_of_the_files_does_not_matter(found):
    assert found(record(APRIL, numbers=["2024-003"]), record(MARCH, numbers=["2024-001"]))[0][0] == "0.json"


def test_findings_across_meetings_tell_the_printed_words_and_their_line(tmp_path, capsys):
    for i, told in enumerate(YEAR):
        told = {"third": "Mme Hélène MARCHANDOT", **told, **({"approved": "4 mars 2024"} if i == 2 else {})}
        (tmp_path / f"{i}.txt").write_text(MINUTES.format(**told), encoding="utf-8")
    commands.run(["check", str(tmp_path), "--select", "PV-115", "--format", "json"])
    [finding] = [f for file in json.loads(capsys.readouterr().out)["files"] for f in file["findings"]]
    line = next(n for n, words in enumerate(MINUTES.splitlines(), 1) if "{approved}" in words)
    assert (finding["quote"], finding["line"], finding["articles"]) == ("4 mars 2024", line, ["L2121-15"])
