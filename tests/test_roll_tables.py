"""Rolls printed as tables."""

from pathlib import Path

from pv_extract.grammar import Grammar, load_grammars
from pv_extract.members.column_heads import heads_together
from pv_extract.pipeline import extract, layout_of
from test_rolls import minutes, statuses

BOXES = """COMMUNE DE VALSERINE-LE-HAUT

PROCÈS-VERBAL DU CONSEIL MUNICIPAL

Séance du mardi 12 mars 2024

\tPrésent\tExcusé\tAbsent
Mme Alice COSSONNEL\t[X]\t[ ]\t[ ]
M. Henri BOUSCARLE\t[ ]\t[X]\t[ ]
M. Jules VIDALENQUE\t[ ]\t[ ]\t[x]

1. Achat d'un défibrillateur

Après en avoir délibéré, le conseil municipal décide d'acquérir un appareil.
"""


def test_a_box_that_is_ticked_tells_the_status(tmp_path):
    source = tmp_path / "seance.txt"
    source.write_text(BOXES, encoding="utf-8")
    members = extract(source, load_grammars()).attendance.members
    assert [member.status for member in members] == ["present", "excused", "absent"]


RULED = """\
   Collectivité membre          Délégué titulaire ou suppléant     Présence               Voix
   -------------------------------------------------------------------------------------------
   CC du Plateau                CARREL Luc                         Présent                  4
                                BONNAY Inès                        Pouvoir à CARREL L.      4
                                LORRAIN Ève                        Présente                 4
   Commune d'Orvanne            TISSOT Rémi                        Excusé                   1

   Délégués en exercice : 4     Présents : 2     Pouvoirs : 1     Voix représentées : 12
"""


def test_a_ruled_table_of_delegates_tells_their_voices_and_how_many_met(tmp_path: Path, grammar: Grammar) -> None:
    attendance = minutes(tmp_path, RULED, grammar).attendance
    assert [(m.family_name, m.status, m.group, m.votes) for m in attendance.members] == [
        ("CARREL", "present", "CC du Plateau", 4),
        ("BONNAY", "represented", "CC du Plateau", 4),
        ("LORRAIN", "present", "CC du Plateau", 4),
        ("TISSOT", "excused", "Commune d'Orvanne", 1),
    ]
    stated = attendance.stated
    assert (stated.present, stated.represented, stated.votes, stated.excused) == (2, 1, 12, None)


REMOTE = """\
    Nom et prénom                 Présent    Visio    Absent    Pouvoir donné à
    CARREL Luc                       X
    BONNAY Inès                                X
    TISSOT Rémi                                          X      CARREL Luc
"""


def test_a_column_of_ticks_for_those_who_take_part_from_afar(tmp_path: Path, grammar: Grammar) -> None:
    assert statuses(minutes(tmp_path, REMOTE, grammar)) == {
        "Luc CARREL": "present",
        "Inès BONNAY": "remote",
        "Rémi TISSOT": "represented",
    }


def test_a_label_that_a_colon_ends_is_no_row_of_heads(tmp_path: Path, grammar: Grammar) -> None:
    source = tmp_path / "minutes.txt"
    source.write_text("Nom présent :   Anne ROUX, Luc FABRE", encoding="utf-8")
    layout = layout_of(source, grammar)
    assert heads_together(layout, "nom present") and not heads_together(layout, "nom present :")
