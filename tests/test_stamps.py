"""The prefecture's stamp within the body: furniture, wherever it is printed, and neither title nor date nor agenda."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

PAGES = (
    """CONSEIL MUNICIPAL DE VALMORIN
PROCÈS-VERBAL
Séance du 8 avril 2022 à 19 heures
Présents : Mme Claire MORVAL, M. Paul ARBEY, Mme Lise TANNOY.
Secrétaire de séance : M. Paul ARBEY.
Ordre du jour :
1. Tarif du marché
2. Travaux de l'école

1. Tarif du marché
Mme la maire rappelle que les marchands ambulants paient un droit de place.
M. ARBEY demande que le tarif reste celui des communes voisines.
Le conseil, après en avoir délibéré, fixe le tarif à 12 € à l'unanimité.
Ce tarif s'applique au premier marché de mai.
Les marchands en seront avertis par affichage.
Le garde champêtre tient le registre des places.
""",
    """Mme TANNOY présente les devis que la commission a reçus pour la toiture.
Les trois entreprises ont visité les lieux au mois de mars.
Le premier devis ne comprend pas la charpente.

2. Travaux de l'école
La toiture de l'école laisse passer l'eau depuis deux hivers.
Le conseil, après en avoir délibéré, approuve les travaux par 2 voix pour et 1 voix contre.
Les travaux auront lieu pendant les vacances d'été.
Les enfants entreront par la cour de la mairie.
La classe du haut est fermée jusque-là.
""",
    """Mme la maire remercie les agents qui ont déblayé la neige.
M. ARBEY signale un lampadaire éteint rue du Lavoir.
Mme TANNOY annonce la fête du village.
La séance est levée à 20 h 15.
""",
)
TITLES = ["Tarif du marché", "Travaux de l'école"]
STAMPS = {
    "lines": "Envoyé en préfecture le 12/04/2022\nReçu en préfecture le 12/04/2022\nAffiché le\n"
    "ID : 012-211200456-20220408-2022_15-DE\n",
    "acknowledgement": "Accusé de réception en préfecture\n012-211200456-20220408-2022-15-DE\n"
    "Date de télétransmission : 12/04/2022\nDate de réception préfecture : 12/04/2022\n",
    "rubber": "REÇU LE\n14 AVR. 2022\nSOUS-PRÉFECTURE DE BRIZAN\n",
    "read badly": "Regu en prefecture le 12/04/2022\nAffiché le 14/04/2022\n",
    "cells": "AR PREFECTURE\t012-211200456-20220408-2022_15-DE\n",
}


def with_stamp(stamp: str) -> str:
    return "\f".join(stamp + page for page in PAGES)


def furniture(record: Record, text: str) -> str:
    return "".join(text[slice(*part.span)] for part in record.segments if part.kind == "furniture")


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_a_stamp_on_each_page_changes_no_value(stamp: str, tmp_path: Path, grammar: Grammar):
    text = with_stamp(stamp)
    record = read_minutes(tmp_path, text, grammar)
    clean = read_minutes(tmp_path, with_stamp(""), grammar)
    assert [item.title for item in clean.deliberations] == TITLES
    assert record.meeting == clean.meeting
    assert record.attendance == clean.attendance
    assert record.agenda == clean.agenda
    assert record.deliberations == clean.deliberations
    assert all(line in furniture(record, text) for line in stamp.replace("\t", "\n").splitlines())


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_a_stamp_between_the_lines_of_a_title_is_not_in_it(stamp: str, tmp_path: Path, grammar: Grammar):
    before, after = "2. Travaux de l'école\nLa toiture", f"{stamp}2. Travaux de l'école\n{stamp}La toiture"
    text = "\f".join(PAGES).replace(before, after)
    titles = [item.title for item in read_minutes(tmp_path, text, grammar).deliberations]
    assert text != "\f".join(PAGES)
    assert titles == TITLES


@pytest.mark.parametrize(
    "line",
    [
        "Le 14 avril 2022",
        "Mme la préfète a reçu les délégués en préfecture le 3 mars 2022, et les a écoutés.",
        "L'accusé de réception en préfecture rend la délibération exécutoire.",
    ],
)
def test_what_no_stamp_prints_is_kept(line: str, tmp_path: Path, grammar: Grammar):
    text = "\f".join(PAGES).replace("La séance est levée", f"{line}\nLa séance est levée")
    assert line not in furniture(read_minutes(tmp_path, text, grammar), text)


@pytest.mark.parametrize("stamp", [STAMPS["lines"], "AR PREFECTURE\n"])
def test_the_date_of_the_meeting_below_a_stamp_is_read(stamp: str, tmp_path: Path, grammar: Grammar):
    text = "\f".join(PAGES).replace("Séance du 8 avril 2022 à 19 heures", f"{stamp}8 avril 2022")
    assert read_minutes(tmp_path, text, grammar).meeting.date == "2022-04-08"


def test_stamps_older_than_the_meeting_are_found_once_each(tmp_path: Path, grammar: Grammar):
    text = with_stamp(STAMPS["lines"].replace("12/04", "01/04"))
    found = [finding.span for finding in read_minutes(tmp_path, text, grammar).findings if finding.rule == "PV-607"]
    quotes = [text[slice(*span)] for span in found if span]
    assert quotes == ["Envoyé en préfecture le 01/04/2022", "Reçu en préfecture le 01/04/2022"]
