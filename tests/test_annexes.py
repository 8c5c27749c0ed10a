"""Annexes bound behind the minutes: told apart, kept, and no part of what the meeting decided."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """COMMUNE DE VALMORIN
PROCÈS-VERBAL DU CONSEIL MUNICIPAL
L'an deux mille vingt-quatre, le douze mars à 19 heures, le conseil municipal de Valmorin s'est réuni à la mairie.
Présents : Mme Claire MORVAL, M. Paul ARBEY, Mme Lise TANNOY.
Secrétaire de séance : M. Paul ARBEY.
"""
AGENDA = """Ordre du jour :
1. Budget annexe de l'eau
2. Convention avec la commune de Brizan
"""
ITEMS = """1. Budget annexe de l'eau
Le conseil, après en avoir délibéré, adopte le budget annexe, joint en annexe, à l'unanimité.
2. Convention avec la commune de Brizan
Le conseil approuve la convention (annexe 1) par 2 voix pour et 1 abstention (M. ARBEY).
"""
END = """La séance est levée à 20 h 30.
La maire,\tLe secrétaire,
Claire MORVAL\tPaul ARBEY
"""
CONVENTION = """Entre la commune de Valmorin et la commune de Brizan
1. Objet
Le conseil municipal décide de prêter la salle pour 150 € par jour. Adopté à l'unanimité.
2. Durée
Pour : 12 – Contre : 3. La séance est levée à 22 h.
Présents : M. Jean NULLEPART, Mme Zoé PERSONNE.
"""
ACT = """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
Délibération n° 2024-0{number} : {title}
Le conseil, après en avoir délibéré, décide à l'unanimité de retenir ce tarif.
Fait et délibéré les jour, mois et an que dessus.
La maire,
Claire MORVAL
"""


def annexes(record: Record, text: str) -> list[str]:
    return [text[slice(*part.span)] for part in record.segments if part.kind == "annex"]


@pytest.mark.parametrize("heading", ["ANNEXE 1", "Annexe n° 1 à la délibération n° 2", "CONVENTION DE PRÊT DE SALLE"])
def test_an_annex_behind_the_signatures_is_kept_apart(heading: str, tmp_path: Path, grammar: Grammar):
    text = f"{HEAD}{AGENDA}{ITEMS}{END}\f{heading}\n{CONVENTION}"
    record = read_minutes(tmp_path, text, grammar)
    alone = read_minutes(tmp_path, f"{HEAD}{AGENDA}{ITEMS}{END}", grammar)
    assert annexes(record, text) == [f"{heading}\n{CONVENTION}"]
    assert record.meeting == alone.meeting
    assert record.attendance == alone.attendance
    assert record.agenda == alone.agenda
    assert record.deliberations == alone.deliberations
    assert [d.title for d in record.deliberations] == [
        "Budget annexe de l'eau",
        "Convention avec la commune de Brizan",
    ]


def test_an_annex_longer_than_the_minutes_hides_no_end(tmp_path: Path, grammar: Grammar):
    text = f"{HEAD}{ITEMS}{END}\fANNEXE 1\n{CONVENTION * 20}"
    record = read_minutes(tmp_path, text, grammar)
    assert record.meeting.end_time == "20:30"
    assert annexes(record, text) == [f"ANNEXE 1\n{CONVENTION * 20}"]


def test_an_annex_of_an_act_ends_where_the_next_act_begins(tmp_path: Path, grammar: Grammar):
    first, second = (ACT.format(number=n, title=t) for n, t in ((7, "Tarif du marché"), (8, "Tarif de la salle")))
    text = f"{HEAD}\f{first}\fANNEXE\n{CONVENTION}\f{second}"
    record = read_minutes(tmp_path, text, grammar)
    assert annexes(record, text) == [f"ANNEXE\n{CONVENTION}\f"]
    assert [d.title for d in record.deliberations] == ["Tarif du marché", "Tarif de la salle"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\fAnnexes\n{AGENDA}{ITEMS}{END}",
        f"{HEAD}{AGENDA}\fANNEXE 1 : budget de l'eau\n{ITEMS}{END}",
        f"{HEAD}{AGENDA}\fCONVENTION AVEC LA COMMUNE DE BRIZAN\n{ITEMS}{END}",
        f"{HEAD}{ITEMS}La séance est levée.\nAnnexe : budget\nLa maire,\nClaire MORVAL\n",
        f"{HEAD}{ITEMS}{END}\fAnnexe 1 : votes nominatifs\nOnt voté contre : Mme TANNOY.\n",
        f"{HEAD}{ACT.format(number=7, title='Tarif')}\fANNEXE\n{ITEMS}{END}",
    ],
    ids=["agenda", "in an item", "title of an item", "named above the signatures", "of the votes", "decisions follow"],
)
def test_what_only_names_an_annex_is_none(text: str, tmp_path: Path, grammar: Grammar):
    assert annexes(read_minutes(tmp_path, text, grammar), text) == []


def test_a_list_of_those_present_in_an_annex_is_read(tmp_path: Path, grammar: Grammar):
    head, _, presence = HEAD.partition("Présents")
    text = f"{head}Secrétaire de séance : M. Paul ARBEY.\n{ITEMS}{END}\fANNEXE : liste des présents\nPrésents{presence}"
    members = read_minutes(tmp_path, text, grammar).attendance.members
    assert {m.name for m in members if m.status == "present"} == {"Claire MORVAL", "Paul ARBEY", "Lise TANNOY"}
