"""Minutes that list nobody: those whom the text shows in the room are members, those whom it tells of are not."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """SÉANCE DU 4 JUIN 1951

L'an mil neuf cent cinquante et un, le quatre juin, le Conseil municipal de Valmorin s'est réuni sous la présidence de
M. Paul MOREL, Maire.

Étaient présents : tous les conseillers en exercice, sauf M. Luc FABRE, excusé, qui a donné procuration à M. le Maire.

M. Jean PETIT a été élu secrétaire.

Fontaine du bourg. — """
TAIL = " Le Conseil, à l'unanimité, décide de la faire réparer.\n\nLa séance est levée à 22 heures.\n"
SPOKEN = {
    "speaks in the debate": ("Mme Anne ROUX estime que la dépense est utile.", {"Anne ROUX"}),
    "asks for reasons": ("M. Léon GARNIER demande pourquoi la fontaine fuit.", {"Léon GARNIER"}),
    "leaves the room": ("M. Léon GARNIER, intéressé à l'affaire, quitte la salle.", {"Léon GARNIER"}),
    "petitions from outside": ("M. Léon GARNIER demande à acheter la margelle.", set()),
    "is heard as a guest": ("M. Léon GARNIER, architecte, explique les plans.", set()),
    "arrives later": ("M. Léon GARNIER arrive et estime la dépense utile.", set()),
    "is named without a given name": ("M. Garnier estime la dépense utile.", set()),
}


def minutes(folder: Path, text: str, grammar: Grammar) -> Record:
    return read_minutes(folder, HEAD + text + TAIL, grammar)


@pytest.mark.parametrize("case", SPOKEN)
def test_whoever_is_at_work_was_there(case: str, tmp_path: Path, grammar: Grammar) -> None:
    text, expected = SPOKEN[case]
    members = minutes(tmp_path, text, grammar).attendance.members
    assert {m.name for m in members if m.status == "present"} == {"Paul MOREL", "Jean PETIT", *expected}


def test_the_office_that_holds_a_proxy_is_whoever_presides(tmp_path: Path, grammar: Grammar) -> None:
    members = {m.name: m for m in minutes(tmp_path, "On discute.", grammar).attendance.members}
    assert members.keys() == {"Paul MOREL", "Jean PETIT", "Luc FABRE"}
    assert members["Luc FABRE"].proxy_to.name == "Paul MOREL"
