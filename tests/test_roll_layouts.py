"""Rolls of other bodies than councils of communes: tables of ticks, colleges, leaders, owners and their shares."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pv_extract import pipeline
from pv_extract.grammar import Grammar
from pv_extract.records import Record
from test_rolls import minutes, proxies, statuses

Told = dict[str, str | int | None]


def groups(record: Record) -> Told:
    return {member.name: member.group for member in record.attendance.members}


def substitutes(record: Record) -> Told:
    return {m.name: m.substitute_for.name for m in record.attendance.members if m.substitute_for}


TELLING: dict[str, Callable[[Record], object]] = {
    "statuses": statuses,
    "proxies": proxies,
    "groups": groups,
    "substitutes": substitutes,
    "votes": lambda record: {member.name: member.votes for member in record.attendance.members},
    "roles": lambda record: {member.name: member.role for member in record.attendance.members},
    "others": lambda record: {other.name: other.role for other in record.attendance.others},
}
ROLLS: dict[str, tuple[str, dict[str, Told]]] = {
    "bold communes over members in plain type": (
        """\
Délégués présents :

**Orvanne**
M. Luc CARREL
Mme Inès BONNAY
**Saint-Aubry**
M. Rémi TISSOT
""",
        {"groups": {"Luc CARREL": "Orvanne", "Inès BONNAY": "Orvanne", "Rémi TISSOT": "Saint-Aubry"}},
    ),
    "a commune in a merged cell, and a column of councillors in the singular": (
        """\
Commune\tConseiller communautaire\tPrésent\tAbsent\tPouvoir donné à
Orvanne\tCARREL Luc\tX\t\t
\tBONNAY Inès\t\tX\tCARREL Luc
Saint-Aubry\tTISSOT Rémi\t\tExcusé\t
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "represented", "Rémi TISSOT": "excused"},
            "proxies": {"Inès BONNAY": "Luc CARREL"},
            "groups": {"Luc CARREL": "Orvanne", "Inès BONNAY": "Orvanne", "Rémi TISSOT": "Saint-Aubry"},
        },
    ),
    "letters head columns of ticks; a commune holds for the rows under it": (
        """\
Présents : 2
Procurations : 1

 COMMUNE                DELEGUE(E)             P    A    E    Procuration à / Suppléant(e)

 ORVANNE                CARREL Luc             X
                        BONNAY Inès                      X    procuration à CARREL Luc
 SAINT-AUBRY            TISSOT Rémi                      X    suppléé par GARNIER Zoé
 VAUX                   LORRAIN Ève                 X
""",
        {
            "statuses": {
                "Luc CARREL": "present",
                "Inès BONNAY": "represented",
                "Rémi TISSOT": "excused",
                "Zoé GARNIER": "present",
                "Ève LORRAIN": "absent",
            },
            "proxies": {"Inès BONNAY": "Luc CARREL"},
            "groups": {
                "Luc CARREL": "ORVANNE",
                "Inès BONNAY": "ORVANNE",
                "Rémi TISSOT": "SAINT-AUBRY",
                "Zoé GARNIER": "SAINT-AUBRY",
                "Ève LORRAIN": "VAUX",
            },
            "substitutes": {"Zoé GARNIER": "Rémi TISSOT"},
        },
    ),
    "a commune printed in the middle of its members is not guessed": (
        "Commune\tDélégué\tPrésence\n\tCARREL Luc\tP\nORVANNE\tBONNAY Inès\tP\n\tTISSOT Rémi\tP\n",
        {
            "groups": {"Luc CARREL": None, "Inès BONNAY": "ORVANNE", "Rémi TISSOT": None},
        },
    ),
    "names, qualities and presence, with lines that name colleges": (
        """\
Présents ou représentés

 NOM                       QUALITE                             PRESENCE
 1 - Représentants des collectivités territoriales
 Mme CARREL Luce           Maire de Valmorin, Présidente       Présente
 M. BONNAY Igor            Conseil départemental               Excusé - pouvoir à Mme CARREL
 2 - Personnalités qualifiées
 Dr TISSOT Rémi            Désigné par l'agence                Absent

Participent avec voix consultative

 M. LORRAIN Jules          Trésorier hospitalier               Présent
 Mme GARNIER Zoé           Représentante des familles          Excusée
""",
        {
            "statuses": {"Luce CARREL": "present", "Igor BONNAY": "represented", "Rémi TISSOT": "absent"},
            "proxies": {"Igor BONNAY": "Luce CARREL"},
            "groups": {
                "Luce CARREL": "Représentants des collectivités territoriales",
                "Igor BONNAY": "Représentants des collectivités territoriales",
                "Rémi TISSOT": "Personnalités qualifiées",
            },
            "others": {"Jules LORRAIN": "Trésorier hospitalier", "Zoé GARNIER": "Représentante des familles"},
        },
    ),
    "owners and their shares": (
        """\
ETAT DES PRESENCES

 PRESENTS
   M. CARREL Luc                           642 tantièmes
   SCI DU PARC (M. PERRIN)               1 204 tantièmes
   M. et Mme BONNAY Igor                   731 tantièmes

 REPRESENTES
   Indivision TISSOT                       743 tantièmes     représentée par M. CARREL

 ABSENTS ET NON REPRESENTES
   M. LORRAIN Jules (609) - SARL IMMOLOC (1 475) - Mme GARNIER Zoé (742)

Soit : Présents et représentés : 4 copropriétaires représentant 3 320 / 10 000 tantièmes
""",
        {
            "statuses": {
                "Luc CARREL": "present",
                "SCI DU PARC": "present",
                "Igor BONNAY": "present",
                "Indivision TISSOT": "represented",
                "Jules LORRAIN": "absent",
                "SARL IMMOLOC": "absent",
                "Zoé GARNIER": "absent",
            },
            "votes": {
                "Luc CARREL": 642,
                "SCI DU PARC": 1204,
                "Igor BONNAY": 731,
                "Indivision TISSOT": 743,
                "Jules LORRAIN": 609,
                "SARL IMMOLOC": 1475,
                "Zoé GARNIER": 742,
            },
            "proxies": {"Indivision TISSOT": "Luc CARREL"},
        },
    ),
    "owners with their shares over the total": (
        """\
Copropriétaires présents :
Monsieur CARREL Luc (1200/10000)
Copropriétaires représentés :
Monsieur TISSOT Rémi (640/10000) représenté par Monsieur CARREL Luc
Copropriétaires absents :
Madame GARNIER Zoé (310/10000)
""",
        {
            "statuses": {"Luc CARREL": "present", "Rémi TISSOT": "represented", "Zoé GARNIER": "absent"},
            "votes": {"Luc CARREL": 1200, "Rémi TISSOT": 640, "Zoé GARNIER": 310},
            "groups": {"Luc CARREL": None, "Rémi TISSOT": None, "Zoé GARNIER": None},
        },
    ),
    "shareholders and their shares in a table": (
        "Associé\tParts\tPrésence\nM. Luc CARREL\t1 200\tprésent\nM. Rémi TISSOT\t50\tabsent\n",
        {
            "votes": {"Luc CARREL": 1200, "Rémi TISSOT": 50},
        },
    ),
    "a shareholder and the shares held": (
        """\
Sont présents ou représentés les actionnaires suivants :
- M. Luc CARREL, détenant 600 actions ;
""",
        {
            "votes": {"Luc CARREL": 600},
        },
    ),
    "a list that hangs under its label": (
        """\
PRESENTS
    Membres élus :        Luce CARREL, Igor BONNAY
    Membres nommés :      Rémi TISSOT (Familles de Valmorin), Zoé GARNIER (Club des
                          retraités), Jules LORRAIN

REPRESENTES
    Membres élus :        Karim BELLAL, pouvoir à Luce CARREL
""",
        {
            "groups": {
                "Luce CARREL": "Membres élus",
                "Igor BONNAY": "Membres élus",
                "Rémi TISSOT": "Membres nommés",
                "Zoé GARNIER": "Membres nommés",
                "Jules LORRAIN": "Membres nommés",
                "Karim BELLAL": "Membres élus",
            },
            "proxies": {"Karim BELLAL": "Luce CARREL"},
        },
    ),
    "one name and one office a row": (
        """\
Étaient présents :

Mme Luce CARREL                Maire
M. Igor BONNAY                 1er adjoint
Mme Zoé GARNIER                Conseillère municipale

Étaient excusés et avaient donné pouvoir :

M. Rémi TISSOT       à     M. Igor BONNAY
""",
        {
            "statuses": {
                "Luce CARREL": "present",
                "Igor BONNAY": "present",
                "Zoé GARNIER": "present",
                "Rémi TISSOT": "represented",
            },
            "roles": {
                "Luce CARREL": "Maire",
                "Igor BONNAY": "1er adjoint",
                "Zoé GARNIER": "Conseillère municipale",
                "Rémi TISSOT": None,
            },
            "proxies": {"Rémi TISSOT": "Igor BONNAY"},
        },
    ),
    "lists of names without honorifics": (
        """\
Présents :
Liste « Ensemble » : Luc CARREL, Inès BONNAY, Rémi TISSOT
Liste « Valmorin demain » : Zoé GARNIER, Jules LORRAIN
""",
        {
            "groups": {
                "Luc CARREL": "Ensemble",
                "Inès BONNAY": "Ensemble",
                "Rémi TISSOT": "Ensemble",
                "Zoé GARNIER": "Valmorin demain",
                "Jules LORRAIN": "Valmorin demain",
            },
        },
    ),
    "the initials behind a name are no person": (
        """\
Présents :
M. Luc CARREL, UDAF
Mme Inès BONNAY, ARS
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "present"},
        },
    ),
    "a table in capitals with the holder in its last column": (
        """\
NOMS ET PRENOMS          PRESENT    ABSENT    EXCUSE    PROCURATION A
CARREL Luc                  X
BONNAY Inès                                     X       CARREL Luc
TISSOT Rémi                           X
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "represented", "Rémi TISSOT": "absent"},
            "proxies": {"Inès BONNAY": "Luc CARREL"},
        },
    ),
    "a stray colon behind a name in a cell": (
        "Nom\tQualité\tPrésence\nCARREL Luc:\tProfesseur\tP\nBONNAY Inès\tParent\tE\n",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "excused"},
        },
    ),
    "ticks keep their columns below the lines that name colleges": (
        """\
                      Membres                          Présents        Excusés
Enseignants
Mme ROUX Anne (directrice, CM2)                            x
M. MOREL Paul (CE1)                                                        x

Mairie
M. FABRE Luc, maire                                                        x

DDEN
Mme CARREL Inès                                            x
""",
        {
            "statuses": {
                "Anne ROUX": "present",
                "Paul MOREL": "excused",
                "Luc FABRE": "excused",
                "Inès CARREL": "present",
            },
            "groups": {
                "Anne ROUX": "Enseignants",
                "Paul MOREL": "Enseignants",
                "Luc FABRE": "Mairie",
                "Inès CARREL": "DDEN",
            },
        },
    ),
    "groups with initials go on below": (
        """\
Présents (5) :
(par ordre d'inscription)
Groupe Agir, Bâtir et Protéger (ABP) : M. Luc CARREL - Mme Anne ROUX -
Mme Inès BONNAY - M. Rémi TISSOT
BRENNE AUTREMENT (1 élu) : M. Paul MOREL
""",
        {
            "statuses": {
                "Luc CARREL": "present",
                "Anne ROUX": "present",
                "Inès BONNAY": "present",
                "Rémi TISSOT": "present",
                "Paul MOREL": "present",
            },
            "groups": {
                "Luc CARREL": "Groupe Agir, Bâtir et Protéger (ABP)",
                "Anne ROUX": "Groupe Agir, Bâtir et Protéger (ABP)",
                "Inès BONNAY": "Groupe Agir, Bâtir et Protéger (ABP)",
                "Rémi TISSOT": "Groupe Agir, Bâtir et Protéger (ABP)",
                "Paul MOREL": "BRENNE AUTREMENT",
            },
        },
    ),
    "a commune in capitals over labels is no member": (
        """\
ORVANNE
Présents : MM. Luc CARREL, Paul MOREL
Excusée : Mme Inès BONNAY (pouvoir à M. CARREL)

BRENNE
Présente : Mme Anne ROUX
Absent : M. Rémi TISSOT
""",
        {
            "groups": {
                "Luc CARREL": "ORVANNE",
                "Paul MOREL": "ORVANNE",
                "Inès BONNAY": "ORVANNE",
                "Anne ROUX": "BRENNE",
                "Rémi TISSOT": "BRENNE",
            },
            "proxies": {"Inès BONNAY": "Luc CARREL"},
        },
    ),
    "a line tells who sits and who stands in": (
        """\
Commune d'Orvanne :
- CARREL Luc (titulaire) : présent
- BONNAY Inès (titulaire) : excusée, remplacée par MOREL Paul (suppléant)
Commune de Brenne :
- ROUX Anne (titulaire) : excusée, donne pouvoir à CARREL Luc
""",
        {
            "statuses": {
                "Luc CARREL": "present",
                "Inès BONNAY": "excused",
                "Paul MOREL": "present",
                "Anne ROUX": "represented",
            },
            "proxies": {"Anne ROUX": "Luc CARREL"},
            "groups": {
                "Luc CARREL": "Commune d'Orvanne",
                "Inès BONNAY": "Commune d'Orvanne",
                "Paul MOREL": "Commune d'Orvanne",
                "Anne ROUX": "Commune de Brenne",
            },
        },
    ),
    "leaders between a name and what is said of it": (
        """\
1. CARREL Luc ............. Présent
2. BONNAY Inès ............ Excusée, pouvoir à CARREL Luc
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "represented"},
        },
    ),
    "two lists face each other": (
        """\
    PRESENTS               ABSENTS

  M. CARREL Luc          Mme BONNAY Inès (excusée)
  M. TISSOT Rémi
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "excused", "Rémi TISSOT": "present"},
        },
    ),
    "marks in a table": (
        "Nom\tRôle\tPrésence\nLuc CARREL\tprésident\t✅\nInès BONNAY\ttrésorière\t❌\nRémi TISSOT\tmembre\texcusé\n",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "absent", "Rémi TISSOT": "excused"},
        },
    ),
    "whoever gave a proxy": (
        """\
Présents : CARREL Luc, BONNAY Inès
Ayant donné procuration : TISSOT Rémi à BONNAY Inès
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "present", "Rémi TISSOT": "represented"},
        },
    ),
    "the sides of a works council": (
        """\
Étaient présents :
Pour la direction :
M. Luc CARREL, directeur
Mme Inès BONNAY, DRH
Pour le personnel :
Titulaires :
M. Rémi TISSOT
""",
        {
            "statuses": {"Luc CARREL": "present", "Inès BONNAY": "present", "Rémi TISSOT": "present"},
        },
    ),
    "family names alone": (
        """\
Présents : MM. CARREL, TISSOT, Mme BONNAY.
Absents excusés : MM. LORRAIN (pouvoir à M. CARREL), PERRIN.
""",
        {
            "statuses": {
                "CARREL": "present",
                "TISSOT": "present",
                "BONNAY": "present",
                "LORRAIN": "represented",
                "PERRIN": "excused",
            },
        },
    ),
}


@pytest.mark.parametrize(("roll", "told"), ROLLS.values(), ids=ROLLS)
def test_what_a_roll_tells(roll: str, told: dict[str, Told], tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, roll, grammar)
    assert {name: TELLING[name](record) for name in told} == told


def test_titulars_and_substitutes_side_by_side_each_have_ticks_of_their_own(tmp_path: Path, grammar: Grammar) -> None:
    rows = [
        "Commune\tTitulaires\tPrésent\tSuppléants\tPrésent",
        "ORVANNE\tCARREL Luc\tX\tBONNAY Inès\t",
        "VAUX\tTISSOT Rémi\t\tGARNIER Zoé\tX",
    ]
    found = statuses(minutes(tmp_path, "\n".join(rows), grammar))
    assert found["Luc CARREL"] == found["Zoé GARNIER"] == "present"
    assert "present" not in (found.get("Inès BONNAY"), found.get("Rémi TISSOT"))


PARTIES = """\
PRÉSENTS

Groupe « Agir pour Valmorin » : Mme Luce CARREL, M. Igor BONNAY, M. Antoine DE LA TOUR, Mme Florence QUESNEL,
M. Rémi TISSOT
Groupe « Gauche locale, sociale et verte » : Mme Zoé GARNIER, M. Karim BELLAL
Non inscrit : M. Lucien MONTGIN

PARTICIPE EN VISIOCONFÉRENCE (article L. 2121-1 du code)

Mme Pauline CHASTEL (groupe « Agir pour Valmorin »)

ABSENTS ET NON REPRÉSENTÉS

M. Jules LORRAIN
"""


def test_political_groups_in_running_lines(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, PARTIES, grammar)
    found = groups(record)
    assert found["Rémi TISSOT"] == found["Pauline CHASTEL"] == "Agir pour Valmorin"
    assert found["Karim BELLAL"] == "Gauche locale, sociale et verte"
    assert found["Lucien MONTGIN"] == "Non inscrit"
    assert statuses(record)["Pauline CHASTEL"] == "remote"
    assert statuses(record)["Jules LORRAIN"] == "absent"
    assert len(found) == 10


LEADERS = """\
    Élus titulaires (ouvriers-employés)
        M. Luc CARREL (CFDT) ........................... présent – trésorier
        Mme Inès BONNAY (CFDT) ......................... absente
        M. Rémi TISSOT (CGT) ........................... absent excusé, remplacé par Mme Zoé GARNIER

    Élus suppléants
        Mme Zoé GARNIER (CGT) .......................... présente, avec voix délibérative

    Représentant syndical
        M. Jules LORRAIN (CGT)
"""


def test_leaders_between_a_name_and_its_presence(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, LEADERS, grammar)
    assert statuses(record) == {
        "Luc CARREL": "present",
        "Inès BONNAY": "absent",
        "Rémi TISSOT": "excused",
        "Zoé GARNIER": "present",
    }
    assert groups(record)["Luc CARREL"] == "Élus titulaires (ouvriers-employés)"
    assert [o.name for o in record.attendance.others] == ["Jules LORRAIN"]


SCHOOL = """\
Enseignants présents : Mme Carrel (directrice, CM2), Mme Bonnay (CP), M. Tissot (CE1)
Enseignante excusée : Mme Lorrain (ZIL)

Parents élus présents : Mme Garnier, Mme Quesnel (suppléante, remplace M. Perrin)
Parent élu excusé : M. Perrin

Mairie : M. Chastel (adjoint aux affaires scolaires), présent. Mme la maire est excusée.
"""


def test_the_colleges_of_a_school_council(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, SCHOOL, grammar)
    away = {name for name, status in statuses(record).items() if status != "present"}
    assert away == {"Lorrain", "Perrin"}
    assert groups(record)["Garnier"] == "Parents élus"
    assert "Chastel" in statuses(record)


def test_one_count_above_a_table_is_no_list(tmp_path: Path, grammar: Grammar) -> None:
    rows = ["Présents : 1", "NOM\tPrénom\tÉmargement", "Carrel\tLuc\tprésent", "Bonnay\tInès\texcusée"]
    source = tmp_path / "table.txt"
    source.write_text("PROCÈS-VERBAL DU CONSEIL MUNICIPAL\n\n" + "\n".join(rows), encoding="utf-8")
    assert statuses(pipeline.extract(source, grammar)) == {"Carrel Luc": "present", "Bonnay Inès": "excused"}


def test_of_two_names_before_a_proxy_in_brackets_the_second_gives_it(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Présents : M. Luc CARREL\nExcusés : Zoé GARNIER, Jules LORRAIN (donne pouvoir à Luc CARREL)\n"
    record = minutes(tmp_path, roll, grammar)
    assert statuses(record)["Zoé GARNIER"] == "excused"
    assert proxies(record) == {"Jules LORRAIN": "Luc CARREL"}


COUNTS_BELOW = """\
NOM                 Prénom              Présent    Absent    Pouvoir à
CARREL              Luc                 X
BONNAY              Inès                           X         CARREL Luc

En exercice : 2      Présents : 1      Pouvoirs : 1      Votants : 2
"""


def test_a_row_of_counts_below_a_table_is_no_member(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, COUNTS_BELOW, grammar)
    assert statuses(record) == {"Luc CARREL": "present", "Inès BONNAY": "represented"}
    assert (record.attendance.stated.in_office, record.attendance.stated.voting) == (2, 2)


SEATS = """\
PRÉSENTS

Administrateurs nommés par le département
   - Monsieur Luc CARREL, Président
   - Madame Inès BONNAY

Voisins élus sur liste
   - Monsieur Rémi TISSOT (en visioconférence)

EXCUSÉS

Voisins élus sur liste
   - Madame Ève LORRAIN
"""


def test_a_line_over_bullets_names_their_college_in_whatever_words(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, SEATS, grammar)
    assert groups(record) == {
        "Luc CARREL": "Administrateurs nommés par le département",
        "Inès BONNAY": "Administrateurs nommés par le département",
        "Rémi TISSOT": "Voisins élus sur liste",
        "Ève LORRAIN": "Voisins élus sur liste",
    }
    assert statuses(record)["Rémi TISSOT"] == "remote"


def test_an_office_over_a_bullet_is_no_college(tmp_path: Path, grammar: Grammar) -> None:
    listed = "PRÉSENTS\n\nPrésident de séance\n- M. Luc CARREL\n\nSecrétaire\n- Mme Inès BONNAY\n"
    assert set(groups(minutes(tmp_path, listed, grammar)).values()) <= {None}


COUNTED_BELOW = """\
COLLÈGE A - Enseignants
Présents : Luc CARREL, Inès BONNAY
Excusée : Ève LORRAIN

COLLÈGE USAGERS
Présent : Rémi TISSOT

Nombre de membres en exercice : 4
Présents : 3
"""


def test_a_count_below_leaves_the_colleges_above_their_labels(tmp_path: Path, grammar: Grammar) -> None:
    assert groups(minutes(tmp_path, COUNTED_BELOW, grammar)) == {
        "Luc CARREL": "COLLÈGE A - Enseignants",
        "Inès BONNAY": "COLLÈGE A - Enseignants",
        "Ève LORRAIN": "COLLÈGE A - Enseignants",
        "Rémi TISSOT": "COLLÈGE USAGERS",
    }


COMMUNES = """\
Délégués présents :

ORVANNE                 Luc CARREL, Inès BONNAY, Rémi TISSOT,
                        Ève LORRAIN
BRENNE                  Zoé GARNIER
VAUX-SUR-ORVANNE        Paul MOREL (suppléant de Jean PETIT)
CHAULT                  Anne DE LA TOUR, Luc FABRE
"""


def test_communes_in_capitals_beside_their_members_are_no_members(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, COMMUNES, grammar)
    assert groups(record) == {
        "Luc CARREL": "ORVANNE",
        "Inès BONNAY": "ORVANNE",
        "Rémi TISSOT": "ORVANNE",
        "Ève LORRAIN": "ORVANNE",
        "Zoé GARNIER": "BRENNE",
        "Paul MOREL": "VAUX-SUR-ORVANNE",
        "Anne DE LA TOUR": "CHAULT",
        "Luc FABRE": "CHAULT",
    }
    assert set(statuses(record).values()) == {"present"}


def test_two_columns_of_members_are_no_groups(tmp_path: Path, grammar: Grammar) -> None:
    rows = "Luc CARREL      Inès BONNAY\nRémi TISSOT     Ève LORRAIN\nZoé GARNIER     Luc FABRE\n"
    record = minutes(tmp_path, "Présents :\n\n" + rows, grammar)
    assert len(groups(record)) == 6 and set(groups(record).values()) == {None}


def test_a_proxy_in_brackets_behind_what_a_member_stands_for(tmp_path: Path, grammar: Grammar) -> None:
    roll = (
        "Présents : Luc CARREL, Inès BONNAY\nReprésenté : Rémi TISSOT, Conseil régional (procuration à Inès BONNAY)\n"
    )
    assert proxies(minutes(tmp_path, roll, grammar)) == {"Rémi TISSOT": "Inès BONNAY"}


SEATED = """\
Présents titulaires :
Orvanne : M. Luc CARREL, Mme Inès BONNAY
Brenne : M. Rémi TISSOT

Présents suppléants (avec voix délibérative) :
Vaux : M. Paul MOREL, suppléant de Mme Ève LORRAIN

Absents excusés : Mme Ève LORRAIN
"""


def test_titulars_and_substitutes_who_are_there_are_present(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, SEATED, grammar)
    assert list(statuses(record).values()) == ["present"] * 4 + ["excused"]
    assert groups(record)["Rémi TISSOT"] == "Brenne"


def test_the_initials_of_an_office_behind_a_guest_are_no_guest(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, "Présents : M. Luc CARREL, Mme Inès BONNAY\nInvitée : Mme Roux, ATSEM\n", grammar)
    assert [(o.name, o.role) for o in record.attendance.others] == [("Roux", "ATSEM")]
