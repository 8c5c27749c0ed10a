"""Rolls printed as tables."""

from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract

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
