"""Text laid out with blanks: its gaps become tabs, its empty cells stay."""

import pytest

from conftest import read_minutes
from pv_extract.normalisation.columns import column_edits
from pv_extract.text import AlignedText


def tabbed(text):
    return AlignedText.of(text).edit(column_edits(text)).text


def test_a_tick_stays_under_its_heading():
    text = "\n".join(
        [
            "COMMUNE           DELEGUE(E)         P    A    E",
            "LE MESNIL-AUBRY   CARREL Luc         X",
            "                  BONNAY Inès             X",
            "VAUX              TISSOT Rémi                  X",
        ]
    )
    assert tabbed(text).splitlines()[1:] == [
        "LE MESNIL-AUBRY\tCARREL Luc\tX",
        "\tBONNAY Inès\t\tX",
        "VAUX\tTISSOT Rémi\t\t\tX",
    ]


def test_tables_side_by_side_in_time_do_not_share_columns():
    text = "Article        Dépenses\n011            1 200\nPour : 12      Contre : 3      Abstention : 1"
    assert tabbed(text).splitlines() == ["Article\tDépenses", "011\t1 200", "Pour : 12\tContre : 3\tAbstention : 1"]


def test_a_title_keeps_its_reference_apart():
    assert tabbed("   2. Tarifs de la cantine            [DEL2024_012]") == "   2. Tarifs de la cantine\t[DEL2024_012]"


@pytest.mark.parametrize(
    "text", ["Le conseil,  après en avoir délibéré, approuve.", "          CENTRÉ", "a\tb     c", "", "\n\n"]
)
def test_what_is_no_table_is_left_alone(text):
    assert tabbed(text) == text


def test_a_letter_spaced_title_is_no_row_of_cells() -> None:
    assert list(column_edits("C O N S E I L   M U N I C I P A L\n\nSéance")) == []


def test_blanks_before_a_colon_part_no_columns(tmp_path, grammar):
    text = """COMPTE RENDU DU COMITÉ SYNDICAL DU 5 AVRIL 2017

Délégués présents :
Cernay-le-Haut : MM. MOREL Paul, FABRE Luc
Cernay-le-Bas  : Mmes ROUX Anne, CARRON Lise
Les Aubiers    : M. BONNAY Jean
Vauxelles      : Mme SORBIER Eva

Le compte administratif est approuvé à l'unanimité.
"""
    members = read_minutes(tmp_path, text, grammar).attendance.members
    assert [(m.family_name, m.group) for m in members] == [
        ("MOREL", "Cernay-le-Haut"),
        ("FABRE", "Cernay-le-Haut"),
        ("ROUX", "Cernay-le-Bas"),
        ("CARRON", "Cernay-le-Bas"),
        ("BONNAY", "Les Aubiers"),
        ("SORBIER", "Vauxelles"),
    ]


CLOSE_HEADS = """CONSEIL D'ADMINISTRATION DU COLLÈGE DES PRÉS
Procès-verbal de la séance du 28 novembre 2017

   Membres                  Qualité              Présent  Excusé   Absent

   Administration
     Mme ROUX Anne          Principale              X
     M. MOREL Paul          Principal adjoint       X

   Parents d'élèves
     Mme FABRE Lise                                 X
     M. BONNAY Jean                                           X
     M. CARRON Luc                                                    X

Le budget est adopté à l'unanimité.
"""


def test_heads_two_blanks_apart_are_two_columns_where_the_rows_below_are(tmp_path, grammar):
    members = read_minutes(tmp_path, CLOSE_HEADS, grammar).attendance.members
    assert [(m.family_name, m.status, m.group) for m in members] == [
        ("ROUX", "present", "Administration"),
        ("MOREL", "present", "Administration"),
        ("FABRE", "present", "Parents d'élèves"),
        ("BONNAY", "excused", "Parents d'élèves"),
        ("CARRON", "absent", "Parents d'élèves"),
    ]
