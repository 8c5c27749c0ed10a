"""Rolls of other bodies than councils of communes: tables of ticks, colleges, leaders, owners and their shares."""

from pathlib import Path

import pytest

from pv_extract import pipeline
from pv_extract.grammar import Grammar
from pv_extract.records import Member, Record
from test_rolls import minutes, proxies, statuses


def groups(record: Record) -> dict[str, str | None]:
    return {member.name: member.group for member in record.attendance.members}


def member(record: Record, name: str) -> Member:
    return next(m for m in record.attendance.members if m.name == name)


TICKS = """\
 COMMUNE                DELEGUE(E)             P    A    E    Procuration à / Suppléant(e)

 ORVANNE                CARREL Luc             X
                        BONNAY Inès                      X    procuration à CARREL Luc
 SAINT-AUBRY            TISSOT Rémi                      X    suppléé par GARNIER Zoé
 VAUX                   LORRAIN Ève                 X
"""


def test_letters_head_columns_of_ticks_and_a_commune_holds_for_the_rows_under_it(
    tmp_path: Path, grammar: Grammar
) -> None:
    record = minutes(tmp_path, "Présents : 2\nProcurations : 1\n\n" + TICKS, grammar)
    assert statuses(record) == {
        "Luc CARREL": "present",
        "Inès BONNAY": "represented",
        "Rémi TISSOT": "excused",
        "Zoé GARNIER": "present",
        "Ève LORRAIN": "absent",
    }
    assert proxies(record) == {"Inès BONNAY": "Luc CARREL"}
    assert list(groups(record).values()) == ["ORVANNE", "ORVANNE", "SAINT-AUBRY", "SAINT-AUBRY", "VAUX"]
    titular = member(record, "Zoé GARNIER").substitute_for
    assert titular is not None
    assert titular.name == "Rémi TISSOT"


def test_a_commune_printed_in_the_middle_of_its_members_is_not_guessed(tmp_path: Path, grammar: Grammar) -> None:
    rows = ["Commune\tDélégué\tPrésence", "\tCARREL Luc\tP", "ORVANNE\tBONNAY Inès\tP", "\tTISSOT Rémi\tP"]
    assert groups(minutes(tmp_path, "\n".join(rows), grammar)) == {
        "Luc CARREL": None,
        "Inès BONNAY": "ORVANNE",
        "Rémi TISSOT": None,
    }


def test_titulars_and_substitutes_side_by_side_each_have_ticks_of_their_own(tmp_path: Path, grammar: Grammar) -> None:
    rows = [
        "Commune\tTitulaires\tPrésent\tSuppléants\tPrésent",
        "ORVANNE\tCARREL Luc\tX\tBONNAY Inès\t",
        "VAUX\tTISSOT Rémi\t\tGARNIER Zoé\tX",
    ]
    found = statuses(minutes(tmp_path, "\n".join(rows), grammar))
    assert found["Luc CARREL"] == found["Zoé GARNIER"] == "present"
    assert "present" not in (found.get("Inès BONNAY"), found.get("Rémi TISSOT"))


QUALITIES = """\
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
"""


def test_a_table_of_names_qualities_and_presence_with_lines_that_name_colleges(
    tmp_path: Path, grammar: Grammar
) -> None:
    record = minutes(tmp_path, QUALITIES, grammar)
    assert statuses(record) == {"Luce CARREL": "present", "Igor BONNAY": "represented", "Rémi TISSOT": "absent"}
    assert proxies(record) == {"Igor BONNAY": "Luce CARREL"}
    assert groups(record) == {
        "Luce CARREL": "Représentants des collectivités territoriales",
        "Igor BONNAY": "Représentants des collectivités territoriales",
        "Rémi TISSOT": "Personnalités qualifiées",
    }
    assert [(o.name, o.role) for o in record.attendance.others] == [
        ("Jules LORRAIN", "Trésorier hospitalier"),
        ("Zoé GARNIER", "Représentante des familles"),
    ]


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


OWNERS = """\
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
"""


def test_owners_and_their_shares(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, OWNERS, grammar)
    assert {m.name: (m.status, m.votes) for m in record.attendance.members} == {
        "Luc CARREL": ("present", 642),
        "SCI DU PARC": ("present", 1204),
        "Igor BONNAY": ("present", 731),
        "Indivision TISSOT": ("represented", 743),
        "Jules LORRAIN": ("absent", 609),
        "SARL IMMOLOC": ("absent", 1475),
        "Zoé GARNIER": ("absent", 742),
    }
    assert proxies(record) == {"Indivision TISSOT": "Luc CARREL"}


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


HANGING = """\
PRESENTS
    Membres élus :        Luce CARREL, Igor BONNAY
    Membres nommés :      Rémi TISSOT (Familles de Valmorin), Zoé GARNIER (Club des
                          retraités), Jules LORRAIN

REPRESENTES
    Membres élus :        Karim BELLAL, pouvoir à Luce CARREL
"""


def test_a_list_that_hangs_under_its_label(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, HANGING, grammar)
    assert list(groups(record).values()) == ["Membres élus"] * 2 + ["Membres nommés"] * 3 + ["Membres élus"]
    assert proxies(record) == {"Karim BELLAL": "Luce CARREL"}


def test_one_name_and_one_office_a_row(tmp_path: Path, grammar: Grammar) -> None:
    roll = (
        "Étaient présents :\n\n"
        "Mme Luce CARREL                Maire\n"
        "M. Igor BONNAY                 1er adjoint\n"
        "Mme Zoé GARNIER                Conseillère municipale\n\n"
        "Étaient excusés et avaient donné pouvoir :\n\n"
        "M. Rémi TISSOT       à     M. Igor BONNAY\n"
    )
    record = minutes(tmp_path, roll, grammar)
    assert [(m.name, m.status, m.role) for m in record.attendance.members] == [
        ("Luce CARREL", "present", "Maire"),
        ("Igor BONNAY", "present", "1er adjoint"),
        ("Zoé GARNIER", "present", "Conseillère municipale"),
        ("Rémi TISSOT", "represented", None),
    ]
    assert proxies(record) == {"Rémi TISSOT": "Igor BONNAY"}


def test_one_count_above_a_table_is_no_list(tmp_path: Path, grammar: Grammar) -> None:
    rows = ["Présents : 1", "NOM\tPrénom\tÉmargement", "Carrel\tLuc\tprésent", "Bonnay\tInès\texcusée"]
    source = tmp_path / "table.txt"
    source.write_text("PROCÈS-VERBAL DU CONSEIL MUNICIPAL\n\n" + "\n".join(rows), encoding="utf-8")
    assert statuses(pipeline.extract(source, grammar)) == {"Carrel Luc": "present", "Bonnay Inès": "excused"}


LISTED = {
    "1. CARREL Luc ............. Présent\n2. BONNAY Inès ............ Excusée, pouvoir à CARREL Luc\n": {
        "Luc CARREL": "present",
        "Inès BONNAY": "represented",
    },
    "    PRESENTS               ABSENTS\n\n  M. CARREL Luc          Mme BONNAY Inès (excusée)\n  M. TISSOT Rémi\n": {
        "Luc CARREL": "present",
        "Inès BONNAY": "excused",
        "Rémi TISSOT": "present",
    },
    "Nom\tRôle\tPrésence\nLuc CARREL\tprésident\t✅\nInès BONNAY\ttrésorière\t❌\nRémi TISSOT\tmembre\texcusé\n": {
        "Luc CARREL": "present",
        "Inès BONNAY": "absent",
        "Rémi TISSOT": "excused",
    },
    "Présents : CARREL Luc, BONNAY Inès\nAyant donné procuration : TISSOT Rémi à BONNAY Inès\n": {
        "Luc CARREL": "present",
        "Inès BONNAY": "present",
        "Rémi TISSOT": "represented",
    },
    "Étaient présents :\nPour la direction :\nM. Luc CARREL, directeur\nMme Inès BONNAY, DRH\nPour le personnel :\n"
    "Titulaires :\nM. Rémi TISSOT\n": {"Luc CARREL": "present", "Inès BONNAY": "present", "Rémi TISSOT": "present"},
    "Présents : MM. CARREL, TISSOT, Mme BONNAY.\nAbsents excusés : MM. LORRAIN (pouvoir à M. CARREL), PERRIN.\n": {
        "CARREL": "present",
        "TISSOT": "present",
        "BONNAY": "present",
        "LORRAIN": "represented",
        "PERRIN": "excused",
    },
}


@pytest.mark.parametrize(
    ("roll", "expected"), LISTED.items(), ids=["leaders", "facing", "marks", "proxy", "sides", "few"]
)
def test_a_layout_of_a_roll(roll: str, expected: dict[str, str], tmp_path: Path, grammar: Grammar) -> None:
    assert statuses(minutes(tmp_path, roll, grammar)) == expected


def test_shareholders_and_their_shares(tmp_path: Path, grammar: Grammar) -> None:
    rows = ["Associé\tParts\tPrésence", "M. Luc CARREL\t1 200\tprésent", "M. Rémi TISSOT\t50\tabsent"]
    lines = "Sont présents ou représentés les actionnaires suivants :\n- M. Luc CARREL, détenant 600 actions ;\n"
    for roll, votes in (("\n".join(rows), [1200, 50]), (lines, [600])):
        assert [m.votes for m in minutes(tmp_path, roll, grammar).attendance.members] == votes


def test_of_two_names_before_a_proxy_in_brackets_the_second_gives_it(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Présents : M. Luc CARREL\nExcusés : Zoé GARNIER, Jules LORRAIN (donne pouvoir à Luc CARREL)\n"
    record = minutes(tmp_path, roll, grammar)
    assert statuses(record)["Zoé GARNIER"] == "excused"
    assert proxies(record) == {"Jules LORRAIN": "Luc CARREL"}


def test_lists_of_names_without_honorifics(tmp_path: Path, grammar: Grammar) -> None:
    roll = (
        "Présents :\nListe « Ensemble » : Luc CARREL, Inès BONNAY, Rémi TISSOT\n"
        "Liste « Valmorin demain » : Zoé GARNIER, Jules LORRAIN\n"
    )
    assert list(groups(minutes(tmp_path, roll, grammar)).values()) == ["Ensemble"] * 3 + ["Valmorin demain"] * 2


def test_the_initials_behind_a_name_are_no_person(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Présents :\nM. Luc CARREL, UDAF\nMme Inès BONNAY, ARS\n"
    assert statuses(minutes(tmp_path, roll, grammar)) == {"Luc CARREL": "present", "Inès BONNAY": "present"}


CO_OWNERS = """\
Copropriétaires présents :
Monsieur CARREL Luc (1200/10000)
Copropriétaires représentés :
Monsieur TISSOT Rémi (640/10000) représenté par Monsieur CARREL Luc
Copropriétaires absents :
Madame GARNIER Zoé (310/10000)
"""


def test_owners_with_their_shares_over_the_total(tmp_path: Path, grammar: Grammar) -> None:
    members = minutes(tmp_path, CO_OWNERS, grammar).attendance.members
    assert [(m.name, m.status, m.votes, m.group) for m in members] == [
        ("Luc CARREL", "present", 1200, None),
        ("Rémi TISSOT", "represented", 640, None),
        ("Zoé GARNIER", "absent", 310, None),
    ]


def test_a_table_in_capitals_with_the_holder_in_its_last_column(tmp_path: Path, grammar: Grammar) -> None:
    roll = """\
NOMS ET PRENOMS          PRESENT    ABSENT    EXCUSE    PROCURATION A
CARREL Luc                  X
BONNAY Inès                                     X       CARREL Luc
TISSOT Rémi                           X
"""
    record = minutes(tmp_path, roll, grammar)
    assert statuses(record) == {"Luc CARREL": "present", "Inès BONNAY": "represented", "Rémi TISSOT": "absent"}
    assert proxies(record) == {"Inès BONNAY": "Luc CARREL"}


def test_a_stray_colon_behind_a_name_in_a_cell(tmp_path: Path, grammar: Grammar) -> None:
    roll = "Nom\tQualité\tPrésence\nCARREL Luc:\tProfesseur\tP\nBONNAY Inès\tParent\tE\n"
    assert statuses(minutes(tmp_path, roll, grammar)) == {"Luc CARREL": "present", "Inès BONNAY": "excused"}


COLLEGES = """\
                      Membres                          Présents        Excusés
Enseignants
Mme ROUX Anne (directrice, CM2)                            x
M. MOREL Paul (CE1)                                                        x

Mairie
M. FABRE Luc, maire                                                        x

DDEN
Mme CARREL Inès                                            x
"""


def test_ticks_keep_their_columns_below_the_lines_that_name_colleges(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, COLLEGES, grammar)
    assert statuses(record) == {
        "Anne ROUX": "present",
        "Paul MOREL": "excused",
        "Luc FABRE": "excused",
        "Inès CARREL": "present",
    }
    assert groups(record) == {
        "Anne ROUX": "Enseignants",
        "Paul MOREL": "Enseignants",
        "Luc FABRE": "Mairie",
        "Inès CARREL": "DDEN",
    }


POLITICAL_GROUPS = """\
Présents (5) :
(par ordre d'inscription)
Groupe Agir, Bâtir et Protéger (ABP) : M. Luc CARREL - Mme Anne ROUX -
Mme Inès BONNAY - M. Rémi TISSOT
BRENNE AUTREMENT (1 élu) : M. Paul MOREL
"""


def test_groups_with_initials_go_on_below(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, POLITICAL_GROUPS, grammar)
    assert groups(record) == {
        **dict.fromkeys(
            ("Luc CARREL", "Anne ROUX", "Inès BONNAY", "Rémi TISSOT"), "Groupe Agir, Bâtir et Protéger (ABP)"
        ),
        "Paul MOREL": "BRENNE AUTREMENT",
    }
    assert set(statuses(record).values()) == {"present"}


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


BY_COMMUNE = """\
ORVANNE
Présents : MM. Luc CARREL, Paul MOREL
Excusée : Mme Inès BONNAY (pouvoir à M. CARREL)

BRENNE
Présente : Mme Anne ROUX
Absent : M. Rémi TISSOT
"""


def test_a_commune_in_capitals_over_labels_is_no_member(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, BY_COMMUNE, grammar)
    assert groups(record) == {
        "Luc CARREL": "ORVANNE",
        "Paul MOREL": "ORVANNE",
        "Inès BONNAY": "ORVANNE",
        "Anne ROUX": "BRENNE",
        "Rémi TISSOT": "BRENNE",
    }
    assert proxies(record) == {"Inès BONNAY": "Luc CARREL"}


SEATS_IN_BRACKETS = """\
Commune d'Orvanne :
- CARREL Luc (titulaire) : présent
- BONNAY Inès (titulaire) : excusée, remplacée par MOREL Paul (suppléant)
Commune de Brenne :
- ROUX Anne (titulaire) : excusée, donne pouvoir à CARREL Luc
"""


def test_a_line_tells_who_sits_and_who_stands_in(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, SEATS_IN_BRACKETS, grammar)
    assert statuses(record) == {
        "Luc CARREL": "present",
        "Inès BONNAY": "excused",
        "Paul MOREL": "present",
        "Anne ROUX": "represented",
    }
    assert groups(record)["Anne ROUX"] == "Commune de Brenne"
    assert proxies(record) == {"Anne ROUX": "Luc CARREL"}
