"""Rolls in the layouts that minutes print them in: who is there, who is not, who votes for whom."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """PROCÈS-VERBAL
Comité syndical du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Comité syndical s'est réuni à la mairie de Valmorin.

"""
TAIL = """

1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.

La séance est levée à 20 heures.
"""


def minutes(folder: Path, roll: str, grammar: Grammar) -> Record:
    return read_minutes(folder, HEAD + roll + TAIL, grammar)


def statuses(record: Record) -> dict[str, str]:
    return {member.name: member.status for member in record.attendance.members}


def proxies(record: Record) -> dict[str, str]:
    return {m.name: m.proxy_to.name for m in record.attendance.members if m.proxy_to}


HERE_AND_AWAY = {
    "Paul MOREL": "present",
    "Anne ROUX": "present",
    "Luc FABRE": "represented",
    "Jean PETIT": "excused",
}


@pytest.mark.parametrize(("ticked", "empty"), [("[X]", "[ ]"), ("☒", "☐"), ("x", ""), ("oui", "non")])
def test_a_box_counts_under_its_own_head_only(ticked: str, empty: str, tmp_path: Path, grammar: Grammar) -> None:
    rows = [
        "Nom\tPrésent(e)\tExcusé(e)\tAyant donné pouvoir à",
        f"Paul MOREL\t{ticked}\t{empty}\t",
        f"Anne ROUX\t{ticked}\t{empty}\t",
        f"Luc FABRE\t{empty}\t{ticked}\tPaul MOREL",
        f"Jean PETIT\t{empty}\t{ticked}\t",
    ]
    record = minutes(tmp_path, "\n".join(rows), grammar)
    assert statuses(record) == HERE_AND_AWAY
    assert proxies(record) == {"Luc FABRE": "Paul MOREL"}
    assert [f for f in record.findings if f.rule == "PV-307"] == []


def test_a_member_who_is_called_membre_is_no_head_of_columns(tmp_path: Path, grammar: Grammar) -> None:
    rows = ["NOM\tPrénom\tQualité\tPrésence", "Morel\tPaul\tprésident\tprésent", "Roux\tAnne\tmembre\tprésent"]
    record = minutes(tmp_path, "\n".join([*rows, "Petit\tJean\tmembre\texcusé"]), grammar)
    assert statuses(record) == {"Morel Paul": "present", "Roux Anne": "present", "Petit Jean": "excused"}


FLATTENED = """Étaient présents :
{communes}
Paul
MOREL
Anne ROUX
Luc
FABRE

Absents excusés : M. Jean PETIT"""


@pytest.mark.parametrize("communes", ["SAINT-AUBRY\nVALMORIN\nBRENNE", "SAINT-AUBRY VALMORIN BRENNE"])
def test_communes_set_before_the_names_are_no_members(communes: str, tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, FLATTENED.format(communes=communes), grammar)
    assert statuses(record) == {**HERE_AND_AWAY, "Luc FABRE": "present"}


def test_family_names_in_capitals_are_no_communes(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Étaient présents :\nMOREL\nROUX\nLuc FABRE\nJean PETIT\n"
    assert set(statuses(minutes(tmp_path, roll, grammar))) == {"MOREL", "ROUX", "Luc FABRE", "Jean PETIT"}


def test_no_list_follows_a_line_of_counts(tmp_path: Path, grammar: Grammar) -> None:
    roll = "En exercice : 4 – Présents : 2 – Représentés : 1\n\nLuc FABRE, Jean PETIT\n\nExcusée : Anne ROUX"
    assert "represented" not in statuses(minutes(tmp_path, roll, grammar)).values()


def test_one_member_a_line_with_the_commune_behind(tmp_path: Path, grammar: Grammar) -> None:
    lines = [
        "Présents :",
        "Paul MOREL-DESCHAMPS, délégué titulaire, commune de Saint-Aubry-le-Vieux",
        "Anne ROUX, déléguée titulaire, commune de La Roche-Brenne",
        "Luc FABRE, délégué titulaire, commune de Valmorin",
    ]
    members = minutes(tmp_path, "\n".join(lines), grammar).attendance.members
    assert [(m.name, m.group) for m in members] == [
        ("Paul MOREL-DESCHAMPS", "Saint-Aubry-le-Vieux"),
        ("Anne ROUX", "La Roche-Brenne"),
        ("Luc FABRE", "Valmorin"),
    ]


def test_a_commune_in_capitals_heads_its_line(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Étaient présents :\nSAINT-AUBRY – Morel Paul, Roux Anne\nVALMORIN – Fabre Luc\n"
    members = minutes(tmp_path, roll, grammar).attendance.members
    assert [(m.name, m.group) for m in members] == [
        ("Morel Paul", "SAINT-AUBRY"),
        ("Roux Anne", "SAINT-AUBRY"),
        ("Fabre Luc", "VALMORIN"),
    ]


def test_each_list_is_in_the_group_printed_above_its_label(tmp_path: Path, grammar: Grammar) -> None:
    roll = (
        "Majorité syndicale\nPrésents : M. Paul MOREL, Mme Anne ROUX\nExcusé : M. Luc FABRE\n\n"
        "Ensemble pour la vallée\nPrésents : Mme Lise PETIT, M. Jean GARNIER\nAbsent : M. Marc LEROY\n"
    )
    members = minutes(tmp_path, roll, grammar).attendance.members
    groups = {m.name: m.group for m in members}
    assert [groups[name] for name in ("Paul MOREL", "Anne ROUX", "Luc FABRE")] == ["Majorité syndicale"] * 3
    assert [groups[name] for name in ("Lise PETIT", "Jean GARNIER", "Marc LEROY")] == ["Ensemble pour la vallée"] * 3


def test_one_list_under_a_title_makes_no_group_of_it(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Appel des délégués\nPrésents : M. Paul MOREL, Mme Anne ROUX\nExcusé : M. Luc FABRE\n"
    assert {m.group for m in minutes(tmp_path, roll, grammar).attendance.members} == {None}


def test_labels_of_counts_that_were_lost_are_no_groups(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Nombre de membres du bureau\nPrésents en salle\nAbsents\nPrésents : M. Paul MOREL, Mme Anne ROUX\n"
    assert {m.group for m in minutes(tmp_path, roll, grammar).attendance.members} == {None}


def test_a_mark_in_the_plural_is_that_of_all_before_it(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Présents : MM. Morel, Roux.\n\nAbsents : MM. Fabre, Petit, excusés ; Garnier, Leroy, non excusés.\n"
    found = statuses(minutes(tmp_path, roll, grammar))
    assert [found[name] for name in ("Fabre", "Petit", "Garnier", "Leroy")] == ["excused"] * 2 + ["absent"] * 2


def test_father_and_son_bear_one_name(tmp_path: Path, grammar: Grammar) -> None:
    here = "Présents : MM. Ducros, président ; Lanoy père, Tessier et Vial.\n\n"
    roll = here + "Absents : MM. Lanoy fils, sans excuse, Bru.\n"
    assert statuses(minutes(tmp_path, roll, grammar)) == {
        "Ducros": "present",
        "Lanoy père": "present",
        "Tessier": "present",
        "Vial": "present",
        "Lanoy fils": "absent",
        "Bru": "absent",
    }


def test_members_of_a_board_take_part_from_afar(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Membres du CA présents : Paul MOREL, Jean PETIT.\nMembres du CA en visio : Anne ROUX.\n"
    assert statuses(minutes(tmp_path, roll, grammar))["Anne ROUX"] == "remote"
