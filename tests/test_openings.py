"""Titles in plain type: those that open a paragraph, those behind a dash, those that a full stop ends."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """SÉANCE DU 4 JUIN 1951

L'an mil neuf cent cinquante et un, le quatre juin à vingt heures, le Conseil municipal de Valmorin s'est réuni.

Étaient présents : MM. Paul MOREL, maire, Jean PETIT, Luc FABRE, Mme Anne ROUX.
Secrétaire de séance : Mme Anne ROUX.

"""
TAIL = "\n\nLa séance est levée à 22 heures.\n"
FOUNTAIN = "M. le Maire dit que la fontaine fuit depuis la Saint-Jean. Le Conseil décide de la faire réparer."
ROAD = "Mme Roux rappelle l'état du chemin des Vignes. Après discussion, le Conseil vote un crédit de 20 000 francs."
LEASE = "Le bail du pré communal arrive à son terme. Le Conseil accepte de le renouveler à l'unanimité."
MATTERS = {"Fontaine du bourg": FOUNTAIN, "Chemin des Vignes": ROAD, "Pré communal": LEASE}
PATTERNS = {
    "a full stop and a dash": "{}. - {}\n\n",
    "a full stop and a long dash": "{}. — {}\n\n",
    "no blank before the dash": "{}.– {}\n\n",
    "a colon": "{} : {}\n\n",
    "a bullet and a full stop": " • {}. {}\n\n",
    "a bullet and a colon": " - {} : {}\n\n",
    "a bullet and a dash": "* {} — {}\n\n",
    "a line of its own with a full stop": "{}.\n\n{}\n\n",
    "a line of its own with a full stop and a dash": "{}. —\n\n{}\n\n",
    "a roman number, a full stop and a dash": "{number}. — {}. — {}\n\n",
    "a bullet over the text": "- {}\n{}\n\n",
}


def minutes(folder: Path, body: str, grammar: Grammar) -> Record:
    return read_minutes(folder, HEAD + body + TAIL, grammar)


def titles(record: Record) -> list[str | None]:
    return [d.title for d in record.deliberations]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_way_to_set_a_title_off_is_read(pattern: str, tmp_path: Path, grammar: Grammar) -> None:
    body = "".join(PATTERNS[pattern].format(*matter, number="I" * at) for at, matter in enumerate(MATTERS.items(), 1))
    assert titles(minutes(tmp_path, body, grammar)) == list(MATTERS)


def test_a_title_of_two_parts_that_stands_alone_is_read_whole(tmp_path: Path, grammar: Grammar) -> None:
    body = f"Fontaine du bourg\n\n{FOUNTAIN}\n\nChemin rural n° 7. – Demande d'empierrement\n\n{ROAD}\n\n"
    body += f"Pré communal. – Bail de M. Garnier\n\n{LEASE}\n\n"
    told = titles(minutes(tmp_path, body, grammar))
    assert told == [
        "Fontaine du bourg",
        "Chemin rural n° 7. – Demande d'empierrement",
        "Pré communal. – Bail de M. Garnier",
    ]


def test_a_short_title_in_capitals_that_a_dash_ends_is_one(tmp_path: Path, grammar: Grammar) -> None:
    body = f"EAU. -\n\n{FOUNTAIN}\n\nLEGS DE Mme Vve GARNIER. -\n\n{ROAD}\n\nPRÉ. - BAIL. -\n\n{LEASE}\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == ["EAU", "LEGS DE Mme Vve GARNIER", "PRÉ. - BAIL"]


def test_a_year_that_ends_a_sentence_opens_no_item(tmp_path: Path, grammar: Grammar) -> None:
    body = "1. Fontaine du bourg\n\n" + FOUNTAIN + " On se souvient que ses tuyaux ont été posés en l'an\n"
    body += f"1924. Ils sont en fonte.\n\n2. Chemin des Vignes\n\n{ROAD}\n\n"
    told = minutes(tmp_path, body, grammar).deliberations
    assert [(d.title, d.text.endswith("en l'an 1924. Ils sont en fonte.")) for d in told] == [
        ("Fontaine du bourg", True),
        ("Chemin des Vignes", False),
    ]


def test_a_point_that_is_only_told_makes_no_deliberation(tmp_path: Path, grammar: Grammar) -> None:
    body = "".join(f"{title}. — {text}\n\n" for title, text in MATTERS.items())
    body += "École. — L'instituteur a demandé du bois. On en reparlera.\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == list(MATTERS)


def test_an_abbreviation_does_not_end_a_title(tmp_path: Path, grammar: Grammar) -> None:
    body = f"- Vente du pré à M. Garnier. {FOUNTAIN}\n\n- Chemin rural n. 4. {ROAD}\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == ["Vente du pré à M. Garnier", "Chemin rural n. 4"]


def test_whoever_speaks_is_no_title(tmp_path: Path, grammar: Grammar) -> None:
    speeches = "M. Fabre. — Je m'y oppose.\n\nM. le Maire. — Le Conseil décide de passer outre, à l'unanimité.\n\n"
    body = "Fontaine du bourg. — On discute longuement.\n\n" + speeches + f"Chemin des Vignes. — {ROAD}\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == ["Fontaine du bourg", "Chemin des Vignes"]


def test_dashes_under_numbers_are_details(tmp_path: Path, grammar: Grammar) -> None:
    body = (
        "1. Tarifs de la salle\n- Location : 40 francs.\n- Nettoyage : 10 francs.\nLe Conseil approuve ces tarifs.\n\n"
    )
    body += f"2. Pré communal\n{LEASE}\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == ["Tarifs de la salle", "Pré communal"]


def test_resolutions_stand_under_the_reports_they_follow(tmp_path: Path, grammar: Grammar) -> None:
    body = """RAPPORT MORAL

Le président lit son rapport.

PREMIÈRE RÉSOLUTION : approbation du rapport moral
Adoptée à l'unanimité.

RAPPORT FINANCIER

Le trésorier présente les comptes : 31 208 F de recettes.

DEUXIÈME RÉSOLUTION : approbation des comptes
Pour : 12. Contre : 3. La résolution est adoptée.

TROISIÈME RÉSOLUTION : affectation de l'excédent
L'excédent de 400 F est mis en réserve. Adoptée à l'unanimité.
"""
    told = minutes(tmp_path, body, grammar).deliberations
    assert [(d.number, d.title) for d in told] == [
        ("1", "approbation du rapport moral"),
        ("2", "approbation des comptes"),
        ("3", "affectation de l'excédent"),
    ]
    assert [[a.value for a in d.amounts] for d in told] == [[], [], ["400"]]


ONE_LINERS = {
    "a colon": "1ère résolution - Rapport moral : adopté à l'unanimité.",
    "a dash": "1ère résolution - Rapport moral – adopté à l'unanimité",
    "an arrow": "1ère résolution - Rapport moral => approuvé à l'unanimité",
}


@pytest.mark.parametrize("line", ONE_LINERS)
def test_the_result_behind_a_title_is_no_part_of_it(line: str, tmp_path: Path, grammar: Grammar) -> None:
    body = f"{ONE_LINERS[line]}\n\n2ème résolution - Quitus\nVote : contre 0, abst. 2, pour 9.\n\n"
    body += "Élection du comité\nSont élus à l'unanimité : Mme Anne ROUX, M. Luc FABRE.\n"
    told = minutes(tmp_path, body, grammar).deliberations
    assert [(d.number, d.title, d.vote.manner, d.vote.for_) for d in told] == [
        ("1", "Rapport moral", "unanimity", None),
        ("2", "Quitus", None, 9),
        (None, "Élection du comité", "unanimity", None),
    ]


def test_a_vote_that_a_title_announces_is_part_of_it(tmp_path: Path, grammar: Grammar) -> None:
    body = f"1. Impôts locaux : vote des taux\n{LEASE}\n\n2. Eau : tarifs\n{LEASE}\n\n"
    assert titles(minutes(tmp_path, body, grammar)) == ["Impôts locaux : vote des taux", "Eau : tarifs"]


def test_one_word_decides_behind_a_caption(tmp_path: Path, grammar: Grammar) -> None:
    body = "Cloches. — Ajourné.\n\nDemande du sieur Garnier. — Rejetée.\n\nAffouage. — Lot à 18 francs. Adopté.\n\n"
    told = minutes(tmp_path, body, grammar).deliberations
    assert [(d.title, d.vote.outcome) for d in told] == [
        ("Cloches", "postponed"),
        ("Demande du sieur Garnier", "rejected"),
        ("Affouage", "adopted"),
    ]


def test_a_title_of_two_parts_may_end_with_a_stop(tmp_path: Path, grammar: Grammar) -> None:
    told = ("Octroi. — Tarif de 1952.", "Abattoir. — Réclamation des bouchers.")
    body = "".join(f"{title}\n\n{text}\n\n" for title, text in zip(told, (ROAD, LEASE), strict=True))
    assert titles(minutes(tmp_path, body, grammar)) == [title.rstrip(".") for title in told]
