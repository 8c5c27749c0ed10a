"""Couples: « M. et Mme Roux » are two members of a council, one owner of a lot; the two voters of a vote."""

from pathlib import Path

from conftest import read_minutes
from pv_extract.grammar import Grammar

COUNCIL = """Commune de VALMORIN
PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

Étaient là : Anne Roux, M. et Mme PETIT, Josiane Fabre, Michel Fabre, Paul Morel
absent : Luc Aubry, pouvoir à Paul Morel
Secrétaire : Paul Morel

1. Tarif du repas

Par 4 voix pour et 2 contre (M. et Mme PETIT), le conseil fixe le repas à 4 €.

2. Pré communal

Josiane et Michel Fabre, parents du fermier, sortent de la salle et ne prennent pas part au vote.

Le conseil, unanime, laisse le loyer comme il est.

La séance est levée à 20 heures.
"""
OWNERS = """COPROPRIÉTÉ LES TILLEULS
PROCÈS-VERBAL DE L'ASSEMBLÉE GÉNÉRALE DES COPROPRIÉTAIRES
du 14 mai 2019

Présents :
M. et Mme DURAND (420)
Mme ROUX Anne (310)

Représentés :
FAURE Jacqueline (205), par Mme ROUX Anne
SCI DES PRÉS (190) par
FABRE Yves

Absents : M. et Mme GUYOT

PREMIÈRE RÉSOLUTION : Approbation des comptes 2018
Votent contre : M. et Mme DURAND (420)
La résolution est adoptée.

La séance est levée à 20 h 30.
"""


def test_a_couple_of_members_is_two_of_them(tmp_path: Path, grammar: Grammar) -> None:
    members = read_minutes(tmp_path, COUNCIL, grammar).attendance.members
    assert [(m.honorific, m.family_name, m.status) for m in members if m.family_name == "PETIT"] == [
        ("M.", "PETIT", "present"),
        ("Mme", "PETIT", "present"),
    ]
    assert [(m.name, m.status) for m in members if "Aubry" in m.name] == [("Luc Aubry", "represented")]


def test_a_couple_under_a_vote_is_two_voters(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, COUNCIL, grammar)
    repas, pre = record.deliberations
    assert [p.id for p in repas.vote.against_names] == ["petit", "petit-2"]
    assert [p.name for p in pre.vote.not_participating_names] == ["Josiane Fabre", "Michel Fabre"]
    assert [(e.kind, e.person and e.person.name) for e in record.events] == [
        ("departure", "Josiane Fabre"),
        ("departure", "Michel Fabre"),
    ]
    assert (pre.vote.outcome, pre.vote.manner) == ("adopted", "unanimity")


def test_a_couple_of_owners_is_one(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OWNERS, grammar)
    assert [(m.name, m.votes) for m in record.attendance.members if m.name in ("DURAND", "GUYOT")] == [
        ("DURAND", 420),
        ("GUYOT", None),
    ]
    assert [p.name for p in record.deliberations[0].vote.against_names] == ["DURAND"]


def test_who_is_represented_by_somebody_gave_them_a_proxy(tmp_path: Path, grammar: Grammar) -> None:
    members = read_minutes(tmp_path, OWNERS, grammar).attendance.members
    holders = {m.name: m.proxy_to and m.proxy_to.name for m in members if m.status == "represented"}
    assert holders == {"Jacqueline FAURE": "Anne ROUX", "SCI DES PRÉS": "Yves FABRE"}
