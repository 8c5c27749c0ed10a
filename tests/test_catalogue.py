"""The catalogue: nothing of a record is lost in it, people are one across meetings, everything can be found."""

import html
import json
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from conftest import FIXTURES, SHARED
from fixtures.generator import damaged
from fixtures.generator.series import series
from pv_extract import commands, pipeline
from pv_extract.batch.worker import text_of
from pv_extract.catalogue.datasette import TABLES, metadata
from pv_extract.catalogue.decisions import decisions, written
from pv_extract.catalogue.joining import Doubt, Spelling, join
from pv_extract.catalogue.organizations import Sitting, organizations
from pv_extract.catalogue.reading import record_of
from pv_extract.catalogue.refreshing import refresh
from pv_extract.catalogue.schema import PEOPLE
from pv_extract.catalogue.search import Wanted, catalogue_at, search
from pv_extract.catalogue.writing import write
from pv_extract.errors import UnreadableSource, UsageError
from pv_extract.exporters.tables import meeting_id, tables
from pv_extract.folders import LocalFolder
from pv_extract.grammar import load_grammars
from pv_extract.members.names import tokens_of
from pv_extract.readers import ReadOptions
from pv_extract.records import Record
from records import SAMPLES
from scripts.joining import SEED, Sighting, agreement, sightings

SEEDS = sorted((SHARED / "corpus" / "seeds").glob("*.*")) if SHARED.is_dir() else []

PV = """COMMUNE DE {commune}

PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL DU {date}

L'an deux mille vingt-trois, le conseil municipal s'est réuni à la mairie sous la présidence de {maire}, maire.

Présents : {present}
Absente excusée : Mme Odette FRAYSSINHES, qui donne pouvoir à M. Louis CASTANIER

1. Déploiement de la fibre optique
Le conseil municipal, après en avoir délibéré, décide à l'unanimité de confier les travaux d'été à l'œuvre commune.

2. Tarifs de l'école
Le conseil municipal adopte les tarifs. Vote : Pour : 3 – Contre : 0 – Abstention : 0

La séance est levée à 21 h 00.
"""


def put(out, texts):
    """A batch's folder with the records of some texts, by name."""
    folder, lines = LocalFolder(str(out)), []
    grammar = load_grammars()
    for name, text in texts.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
        layout = pipeline.layout_of(out / name, grammar, ReadOptions())
        record = pipeline.record_of(layout)
        place = f"records/{record.source.sha256[:2]}/{record.source.sha256}.x.json"
        folder.write(place, record.to_json().encode())
        folder.write(place.replace("records", "texts"), text_of(layout).encode())
        lines.append({"sha256": record.source.sha256, "record": place, "names": [name]})
    lines.sort(key=lambda line: line["sha256"])
    (out / "documents.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder, len(lines)


def council(**changes):
    told = {
        "commune": "BELCASTANG",
        "date": "14 SEPTEMBRE 2023",
        "maire": "Mme Hélène ROUQUEROL",
        "present": "Mme Hélène ROUQUEROL, M. Louis CASTANIER, M. Étienne DELBOSC",
    }
    return PV.format(**(told | changes))


@pytest.fixture(scope="module")
def council_years(tmp_path_factory):
    """The catalogue of four meetings of one council, in which names are written in several ways, and of another."""
    out = tmp_path_factory.mktemp("years")
    texts = {
        "a/2023-09.txt": council(),
        "a/2023-11.txt": council(date="9 NOVEMBRE 2023", present="ROUQUEROL Hélène, CASTANIER Louis, DELBOSC Étienne"),
        "a/2024-01.txt": council(
            date="11 JANVIER 2024", present="Mme Helene ROUQUEROI, M. Louis CASTANIER, M. Étienne DELBOSC"
        ),
        "a/2024-03.txt": council(
            date="14 MARS 2024", present="Mme Hélène ROUQUEROL, M. Louis CASTANIER, M. Fabien DELBOSC"
        ),
        "b/2023-10.txt": council(commune="PEYRELADE", date="3 OCTOBRE 2023"),
    }
    folder, count = put(out, texts)
    assert refresh(folder, count, 1)
    return out


def rows(out, query, *values):
    with catalogue_at(str(out)) as db:
        return db.execute(query, values).fetchall()


# --- nothing is lost


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    out = tmp_path_factory.mktemp("samples")
    folder, count = put(out, {path.name: path.read_text(encoding="utf-8") for path in SAMPLES})
    refresh(folder, count, 1)
    return out


def test_a_record_comes_back_whole(samples):
    with catalogue_at(str(samples)) as db:
        found = db.execute("SELECT meeting, record FROM documents").fetchall()
        assert len(found) == len(SAMPLES)
        for meeting, place in found:
            record = Record.model_validate_json((samples / place).read_bytes())
            assert record_of(db, meeting) == record


@pytest.mark.skipif(not SEEDS, reason="NOT CHECKED: the reference corpus is not here")
def test_the_seeds_come_back_whole(tmp_path):
    folder, count = put(tmp_path, {path.name: path.read_text(encoding="utf-8") for path in SEEDS})
    refresh(folder, count, 1)
    with catalogue_at(str(tmp_path)) as db:
        for meeting, place in db.execute("SELECT meeting, record FROM documents"):
            assert record_of(db, meeting) == Record.model_validate_json((tmp_path / place).read_bytes())


def test_a_record_with_every_field_comes_back_whole(tmp_path):
    text = (FIXTURES / "text" / "conseil-marvigny-2023.txt").read_text(encoding="utf-8")
    folder, _ = put(tmp_path, {"one.txt": text})
    [line] = (tmp_path / "documents.jsonl").read_text().splitlines()
    place = tmp_path / json.loads(line)["record"]
    record = json.loads(place.read_bytes())
    person = {"id": None, "name": "Zoé FABREGUETTES"}
    record["source"]["ocr"] = {"engine": "tesseract", "language": "fra", "mean_confidence": None}
    record["meeting"] |= {"public": False, "mode": "remote"}
    record["upcoming"] = [{"body": {"name": None, "kind": "bureau"}, "date": None, "items": [{"title": "x"}]}]
    election = {"office": "adjoint", "round": 2, "candidates": [{"person": person, "votes": 0}], "elected": [person]}
    deliberation = record["deliberations"][0]
    deliberation["elections"] = [election, {}]
    deliberation["tables"] = [[["a", ""], ["b", "c"]], [["d"]]]
    deliberation["vote"] |= {"secret": True, "for_names": [person], "against_names": [person, person]}
    record["attendance"]["quorum"]["reached"] = False
    record["findings"] = [{"rule": "x", "severity": "info", "message": "m", "pointer": None, "span": None}]
    record["evidence"]["/meeting/mode"] = {
        **record["evidence"]["/meeting/date"],
        "box": [1.5, 2, 3, 4],
        "confidence": 1,
    }
    place.write_text(json.dumps(record))
    refresh(folder, 1, 1)
    with catalogue_at(str(tmp_path)) as db:
        expected = Record.model_validate(record)
        assert record_of(db, meeting_id(expected)) == expected


def test_unknown_meetings_are_an_error(samples):
    with catalogue_at(str(samples)) as db, pytest.raises(KeyError):
        record_of(db, "0" * 32)


# --- the database


def test_keys_hold(samples):
    assert rows(samples, "PRAGMA foreign_key_check") == []
    assert rows(samples, "PRAGMA integrity_check") == [("ok",)]


def test_several_processes_write_the_same_tables_as_one(samples, tmp_path, monkeypatch):
    from pv_extract.catalogue import writing

    monkeypatch.setattr(writing, "FEW", 0)
    write(tmp_path / "parts.sqlite", str(samples), len(SAMPLES), [], 2)
    with closing(sqlite3.connect(tmp_path / "parts.sqlite")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        assert {"evidence", "people", "passages"} <= set(names)
        for name in names:
            query = f'SELECT * FROM "{name}"'
            assert db.execute(query).fetchall() == rows(samples, query)


def test_the_same_records_give_the_same_bytes(samples, tmp_path):
    for name in ("one.sqlite", "two.sqlite"):
        write(tmp_path / name, str(samples), len(SAMPLES), [], 1)
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    assert (tmp_path / "one.sqlite").read_bytes() == (samples / "catalogue.sqlite").read_bytes()


def test_nothing_is_written_where_nothing_changed(council_years):
    before = (council_years / "catalogue.sqlite").stat().st_mtime_ns
    assert not refresh(LocalFolder(str(council_years)), 5, 1)
    assert (council_years / "catalogue.sqlite").stat().st_mtime_ns == before


# --- people


def people(out, organization="belcastang"):
    return {
        name: (meetings, first, last)
        for name, meetings, first, last in rows(
            out, "SELECT name, meetings, first_date, last_date FROM people WHERE organization = ?", organization
        )
    }


def test_people_are_one_across_meetings(council_years):
    found = people(council_years)
    assert found["Hélène ROUQUEROL"] == (4, "2023-09-14", "2024-03-14")
    assert found["Louis CASTANIER"][0] == 4
    assert "Fabien DELBOSC" in found and "Étienne DELBOSC" in found
    assert len(found) == 5


def test_the_same_name_elsewhere_is_somebody_else(council_years):
    assert people(council_years, "peyrelade")["Hélène ROUQUEROL"][0] == 1


def test_mandates_have_dates(council_years):
    query = """SELECT m.first_date, m.last_date, m.meetings FROM mandates m JOIN people p ON p.id = m.person
               WHERE p.name = ? AND p.organization = 'belcastang'"""
    assert rows(council_years, query, "Étienne DELBOSC") == [("2023-09-14", "2024-01-11", 3)]


def test_proxies_name_giver_and_holder(council_years):
    query = "SELECT g.name, h.name FROM proxies x JOIN people g ON g.id = x.giver JOIN people h ON h.id = x.holder"
    assert set(rows(council_years, query)) == {("Odette FRAYSSINHES", "Louis CASTANIER")}


def spelling(name, *meetings, first="2020-01-01", last="2021-01-01", roll=True, honorific=None):
    held = frozenset(meetings)
    return Spelling(name, first, last, held, held if roll else frozenset(), honorific)


def joined(*spellings, decided=()):
    groups, doubts = join("x", list(spellings), decided)
    names = {frozenset(groups.spellings[i].name for i in indices) for indices in groups.members.values()}
    return {tuple(sorted(group)) for group in names}, [doubt.names for doubt in doubts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Laurent MORVAL", "MORVAL Laurent"),
        ("Hélène de La TOUR", "Mme Helene DE LA TOUR"),
        ("Jean-Marie Blondel", "Jean Marie BLONDEL"),
        ("Louis CASTANIER", "Louis CASTAN1ER"),
        ("Bernard ESCOUVAL", "Bemard ESCOUVAL"),
        ("J. MORVAL", "Jean MORVAL"),
        ("MORVAL", "Jean MORVAL"),
    ],
)
def test_spellings_of_one_person(one, other):
    groups, doubts = joined(spelling(one, 1), spelling(other, 2, 3))
    assert len(groups) == 1 and doubts == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anne MOREL", "Jean MOREL"), ("Jean MOREL", "Jean MARTEL"), ("Paul ROUX", "Paul ROUSSEL"), ("Luc PONS", "LUC")],
)
def test_spellings_of_two_people(one, other):
    assert len(joined(spelling(one, 1), spelling(other, 2))[0]) == 2


def test_two_names_on_one_roll_are_two_people():
    groups, doubts = joined(spelling("Louis CASTANIER", 1, 2), spelling("Louis CASTANIÉ", 2, 3))
    assert len(groups) == 2 and doubts == []


def test_a_slip_that_is_seldom_is_joined_and_one_that_is_common_is_in_doubt():
    often = spelling("Louis CASTANIER", *range(10))
    assert joined(often, spelling("Louis CASTANTER", 20)) == ({("Louis CASTANIER", "Louis CASTANTER")}, [])
    groups, doubts = joined(often, spelling("Louis CASTANTER", *range(20, 30)))
    assert len(groups) == 2 and doubts == [("Louis CASTANIER", "Louis CASTANTER")]


def test_a_family_name_that_two_bear_is_in_doubt():
    groups, doubts = joined(spelling("Anne MOREL", 1), spelling("Jean MOREL", 1), spelling("MOREL", 2))
    assert len(groups) == 3 and len(doubts) == 2


def test_a_name_that_comes_back_after_a_generation_is_in_doubt():
    old = spelling("Jean MOREL", 1, first="1951-03-01", last="1959-03-01")
    young = spelling("Jean MOREL", 2, first="2001-03-01", last="2008-03-01")
    groups, doubts = join("x", [old, young], [])
    assert len(groups.members) == 2 and [doubt.why for doubt in doubts] == ["years apart"]


def test_the_order_of_spellings_does_not_matter():
    some = [spelling("Louis CASTANIER", *range(9)), spelling("CASTANIER", 11), spelling("L. CASTANIER", 12)]
    assert joined(*some) == joined(*reversed(some))


def test_decisions_are_obeyed():
    pair = spelling("Louis CASTANIER", *range(10)), spelling("Louis CASTANTER", *range(20, 30))
    names = ("Louis CASTANIER", "Louis CASTANTER")
    assert len(joined(*pair, decided=[Doubt("x", names, 90, "slip", True)])[0]) == 1
    assert joined(*pair, decided=[Doubt("x", names, 90, "slip", False)])[1] == []
    apart = [Doubt("x", ("Jean MORVAL", "MORVAL Jean"), 0, "", False)]
    assert len(joined(spelling("Jean MORVAL", 1), spelling("MORVAL Jean", 2), decided=apart)[0]) == 2


def test_decisions_are_kept_in_the_file_and_change_the_catalogue(tmp_path):
    first = council(present="M. Louis CASTANIER, M. Étienne DELBOSC")
    later = council(date="9 NOVEMBRE 2023", present="M. Louis CASTANIER, M. Étienne DELBOSQ")
    folder, count = put(tmp_path, {"a.txt": first, "b.txt": later})
    refresh(folder, count, 1)
    [doubt] = decisions((tmp_path / "people.toml").read_text(encoding="utf-8"))
    assert doubt.names == ("Étienne DELBOSC", "Étienne DELBOSQ") and doubt.same is None
    text = (tmp_path / "people.toml").read_text(encoding="utf-8")
    (tmp_path / "people.toml").write_text(text.replace('same = "?"', 'same = true\nnote = "vu au registre"'))
    assert refresh(folder, count, 1)
    assert people(tmp_path)["Étienne DELBOSC"][0] == 2
    [kept] = decisions((tmp_path / "people.toml").read_text(encoding="utf-8"))
    assert (kept.same, kept.note) == (True, "vu au registre")
    assert not refresh(folder, count, 1)


def test_a_file_of_decisions_that_is_none():
    for text in ("[[doubt]]\nnames = 3", "[[doubt]", "[[doubt]]\norganization='x'\nnames=['a', 'b']\nsame='maybe'"):
        with pytest.raises(UsageError, match=r"people\.toml"):
            decisions(text)
    assert decisions(written([], [])) == []


# --- organizations

ROLL = ("Hélène ROUQUEROL", "Louis CASTANIER", "Étienne DELBOSC", "Odette FRAYSSINHES", "Jean MORVAL")
ELSEWHERE = ("Anne GALIBERT", "Paul CANTALOUBE", "Luc PONS", "Rose VAYSSADE", "Marc TEULIER")


def sitting(number, organization, names=ROLL, body="conseil_municipal"):
    return Sitting(str(number), organization, body, frozenset(tuple(sorted(tokens_of(name))) for name in names))


def whose(*sittings, decided=()):
    found, doubts = organizations(sittings, decided)
    return [found[each.meeting] for each in sittings], [doubt.names for doubt in doubts]


def council_of(organization, count=5, names=ROLL, first=100):
    return [sitting(first + number, organization, names) for number in range(count)]


@pytest.mark.parametrize("name", ["belcaslang", "bel castang", "belcastang proces verbal", "beicastahg"])
def test_a_spoilt_name_of_an_organization_with_its_people_is_it(name):
    found, doubts = whose(sitting(1, name), *council_of("belcastang"))
    assert set(found) == {"belcastang"} and doubts == []


@pytest.mark.parametrize("name", ["villers le bas", "belcastanh"])
def test_a_name_alike_with_other_people_is_another_organization(name):
    found, doubts = whose(
        sitting(1, name, ELSEWHERE), *council_of("villers le haut"), *council_of("belcastang", first=200)
    )
    assert found[0] == name and doubts == []


def test_other_names_with_the_same_people_are_left_to_a_person():
    found, doubts = whose(sitting(1, "du mardi"), *council_of("belcastang"))
    assert found[0] == "du mardi" and doubts == [("belcastang", "du mardi")]
    for same, expected in ((True, "belcastang"), (False, "du mardi")):
        decided = [Doubt("", ("belcastang", "du mardi"), 0, "", same)]
        found, doubts = whose(sitting(1, "du mardi"), *council_of("belcastang"), decided=decided)
        assert found[0] == expected and doubts == []


def test_another_body_with_the_same_people_is_no_doubt():
    board = sitting(1, "centre communal d action sociale", body="conseil_d_administration")
    assert whose(board, *council_of("belcastang"))[1] == []


def test_a_meeting_of_an_unknown_organization_is_that_of_its_people():
    others = council_of("peyrelade", names=ELSEWHERE, first=200)
    assert whose(sitting(1, ""), *council_of("belcastang"), *others)[0][0] == "belcastang"
    assert whose(sitting(1, "", ROLL[:2]), *council_of("belcastang"), *others)[0][0] == ""
    assert whose(sitting(1, ""), *council_of("belcastang"), *council_of("peyrelade", first=200))[0][0] == ""


def test_a_short_list_under_a_name_alike_is_in_doubt():
    found, doubts = whose(sitting(1, "belcaslang", ()), *council_of("belcastang"))
    assert found[0] == "belcaslang" and doubts == [("belcaslang", "belcastang")]


def test_the_order_of_meetings_does_not_matter():
    some = [sitting(1, "belcaslang"), sitting(2, ""), sitting(3, "du mardi"), *council_of("belcastang")]
    found, doubts = organizations(some, [])
    assert organizations(some[::-1], []) == (found, doubts)


def test_nobody_is_taken_for_another_in_damaged_minutes_of_councils(tmp_path):
    people, texts = [], {}
    for number in range(2):
        drawn = series(SEED, number, 6)
        people.append(drawn.people)
        texts |= {f"{each.name}.txt": damaged(each.text, 0.02, each.name) for each in drawn.minutes}
    folder, count = put(tmp_path, texts)
    refresh(folder, count, 1)
    found = list(sightings(tmp_path / "catalogue.sqlite", people))
    precision, recall = agreement(found)
    assert len(found) > 50 and precision == 1.0 and recall > 0.6


def test_agreement_counts_what_is_wrongly_joined_and_wrongly_apart():
    right = [Sighting(0, "a", "p"), Sighting(0, "a", "p"), Sighting(0, "b", "q")]
    assert agreement(right) == (1.0, 1.0)
    assert agreement([Sighting(0, "a", "p"), Sighting(0, "b", "p")]) == (0.5, 1.0)
    assert agreement([Sighting(0, "a", "p"), Sighting(0, "a", "q")]) == (1.0, 0.5)


def test_a_decision_on_organizations_is_kept_and_obeyed(tmp_path):
    texts = {f"{day}.txt": council(date=f"{day} MARS 2023") for day in range(10, 14)}
    folder, count = put(tmp_path, texts | {"odd.txt": council(commune="PEYRELADE", date="20 MARS 2023")})
    refresh(folder, count, 1)
    file = tmp_path / "people.toml"
    [doubt] = decisions(file.read_text(encoding="utf-8"))
    assert (doubt.organization, doubt.names, doubt.why) == ("", ("belcastang", "peyrelade"), "same people")
    assert file.read_text(encoding="utf-8").count("[[organization]]") == 1
    file.write_text(file.read_text(encoding="utf-8").replace('same = "?"', "same = true"), encoding="utf-8")
    assert refresh(folder, count, 1)
    assert rows(tmp_path, "SELECT organization FROM bodies") == [("BELCASTANG",)]
    assert people(tmp_path)["Hélène ROUQUEROL"][0] == 5
    assert decisions(file.read_text(encoding="utf-8"))[0].same is True


# --- search


def test_passages_are_found_without_accents_or_case(council_years):
    found = search(str(council_years), Wanted("FIBRE optique"))
    assert len(found) == 5
    assert all("[fibre]" in p.excerpt and p.page == 1 for p in found)
    assert {p.record for p in found} == {str(p.relative_to(council_years)) for p in council_years.rglob("*.x.json")} - {
        p.record.replace("records", "texts") for p in found
    }
    assert len(search(str(council_years), Wanted("ecole"))) == 5
    assert len(search(str(council_years), Wanted("oeuvre"))) == 5
    assert search(str(council_years), Wanted('"optique fibre"')) == []
    assert search(str(council_years), Wanted("opti*")) != []


def test_a_passage_names_its_deliberation_and_its_place(council_years):
    passage = search(str(council_years), Wanted("adopte tarifs", body="peyrelade"))[0]
    assert passage.deliberation == "Tarifs de l'école"
    source = (council_years / passage.source).read_text(encoding="utf-8")
    assert "adopte les tarifs" in source[passage.span_start : passage.span_end]


def test_search_by_body_dates_and_person(council_years):
    def dates(**wanted):
        return sorted(p.date for p in search(str(council_years), Wanted("optique", **wanted)))

    assert dates(body="Peyrelade") == ["2023-10-03"]
    assert dates(first="2024") == ["2024-01-11", "2024-03-14"]
    assert dates(first="2023-10-01", last="2023-12-31") == ["2023-10-03", "2023-11-09"]
    assert dates(who="fabien delbosc") == ["2024-03-14"]
    assert len(dates(who="rouquerol", body="Belcastang")) == 4
    assert len(dates(limit=2)) == 2


def test_search_command(council_years, capfd):
    assert commands.run(["search", str(council_years), "fibre optique", "--body", "Peyrelade"]) == 0
    head, excerpt, record = capfd.readouterr().out.splitlines()
    assert head == "2023-10-03  PEYRELADE  Conseil municipal  page 1  Déploiement de la fibre optique"
    assert excerpt.strip() and (council_years / record.split()[0]).is_file()
    assert commands.run(["search", str(council_years), "fibre", "--json", "--limit", "1"]) == 0
    assert json.loads(capfd.readouterr().out)["page"] == 1
    assert commands.run(["search", str(council_years), "téléphérique"]) == 0
    assert capfd.readouterr().out == ""


def test_search_where_there_is_no_catalogue(tmp_path):
    with pytest.raises(UnreadableSource):
        search(str(tmp_path), Wanted("x"))
    with pytest.raises(UsageError):
        search(str(tmp_path), Wanted('" " *'))


# --- Datasette


def test_metadata_fit_the_tables(samples):
    described = metadata({})["databases"]["catalogue"]["tables"]
    for name, table in described.items():
        columns = {column for (_, column, *_) in rows(samples, f'PRAGMA table_info("{name}")')}
        assert set(table.get("facets", [])) | set(table.get("columns", {})) <= columns, name
    assert set(PEOPLE) - set(TABLES) <= {"secretaries", "candidates", "elected", "discussion"}
    assert len(tables()) > len(PEOPLE)


def test_datasette_opens_it(council_years):
    pytest.importorskip("datasette", reason="NOT CHECKED: Datasette is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(council_years / "catalogue.sqlite"), "-p", str(port)]
    command += ["-m", str(council_years / "metadata.json"), "--setting", "facet_time_limit_ms", "5000"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        found = fetch(port, "/catalogue/attendances.json?_shape=array&status=represented")
        assert {row["name"] for row in found} == {"Odette FRAYSSINHES"}
        faceted = fetch(port, "/catalogue/attendances.json?_size=1")["facet_results"]
        assert {result["value"]: result["count"] for result in faceted["status"]["results"]}["represented"] == 5
        assert len(fetch(port, "/catalogue/passages.json?_search=ecole&_shape=array")) > 0
        for name, (description, _, _) in TABLES.items():
            page = urllib.request.urlopen(f"http://127.0.0.1:{port}/catalogue/{name}").read().decode()
            assert description in html.unescape(page), name
    finally:
        process.terminate()
        process.wait(30)


def fetch(port, path):
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                return json.load(answer)
        except (ConnectionError, urllib.error.URLError):
            assert time.monotonic() < end
            time.sleep(0.2)
