"""Registers that give their items no titles: each matter begins with a paragraph of its own."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """\
                    COMMUNE DE VALMORIN

   L'an mil huit cent dix-neuf, le douze mai, à neuf heures du matin,
le conseil municipal de la commune de Valmorin s'est assemblé à la
mairie sous la présidence de M. Roussel, maire.

   Présents : MM. Roussel, maire ; Morel, Fabre, Tissot et Carrel.

"""
TAIL = "\n   Fait et arrêté les jour, mois et an que dessus.\n"
READ = """\
   M. le maire donne lecture d'une circulaire de M. le préfet sur la
vaccine, qui restera affichée à la halle.

"""
PETITION = """\
   Sur la pétition du sieur Jean Bonnay, charron, tendante à obtenir
le poids public ; la matière mise en délibération, il a été arrêté
d'une voix unanime que le bail lui en sera passé pour trente livres.

"""
REMISSION = """\
   Le sieur Paul Garnier, cabaretier au faubourg, sollicite une remise
de vingt francs sur le prix de la place. Plusieurs membres combattent
cette demande. La pétition est en conséquence rejetée.

"""
BRIDGE = """\
   M. Fabre, au nom de la commission des chemins, rapporte que le pont
menace ruine et que le devis n'en est pas dressé. L'assemblée,
reconnaissant l'urgence, surseoit à délibérer.

"""
APPOINTED = """\
   M. le maire donne connaissance d'une lettre portant que par arrêté
de M. le préfet le sieur Luc Carrel a été nommé membre du conseil. M.
Carrel prête le serment prescrit, dont il lui a été donné acte.

"""
BELL = "   Un membre expose que la cloche est fêlée et qu'il la faut refondre.\n\n"
MATTERS = (PETITION, REMISSION, BRIDGE)


def minutes(folder: Path, body: str, grammar: Grammar) -> Record:
    return read_minutes(folder, HEAD + body + TAIL, grammar)


def test_each_matter_is_an_item(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, READ + "".join(MATTERS), grammar)
    assert [(d.title, d.vote.outcome) for d in record.deliberations] == [
        ("Sur la pétition du sieur Jean Bonnay", "adopted"),
        ("Le sieur Paul Garnier, cabaretier au faubourg", "rejected"),
        ("M. Fabre, au nom de la commission des chemins", "postponed"),
    ]
    assert [d.vote.manner for d in record.deliberations] == ["unanimity", None, None]


@pytest.mark.parametrize(
    "following",
    [
        "   Cette proposition, mise aux voix, est adoptée à l'unanimité.\n\n",
        "   Après une courte discussion, le conseil approuve la dépense à l'unanimité.\n\n",
        "   Le conseil accepte ces conditions à l'unanimité.\n\n",
    ],
)
def test_what_refers_back_goes_on_with_the_matter_above(following: str, tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, REMISSION + BELL + following, grammar)
    assert len(record.deliberations) == 2
    assert record.deliberations[1].title == "Un membre expose que la cloche est fêlée et qu'il la faut refondre"
    assert record.deliberations[1].vote.manner == "unanimity"


def test_minutes_with_titles_keep_them(tmp_path: Path, grammar: Grammar) -> None:
    titles = ("POIDS PUBLIC DU BOURG", "REMISE AU FERMIER DE LA HALLE", "RECONSTRUCTION DU PONT NEUF")
    body = "".join(f"{title:^70}\n\n{text}" for title, text in zip(titles, MATTERS, strict=True))
    assert [d.title for d in minutes(tmp_path, body, grammar).deliberations] == list(titles)


def test_one_paragraph_that_decides_proves_no_habit(tmp_path: Path, grammar: Grammar) -> None:
    assert minutes(tmp_path, READ + REMISSION, grammar).deliberations == ()


def test_an_appointment_by_decree_and_an_oath_are_no_items(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, APPOINTED + "".join(MATTERS), grammar)
    assert [d.vote.outcome for d in record.deliberations] == ["adopted", "rejected", "postponed"]
