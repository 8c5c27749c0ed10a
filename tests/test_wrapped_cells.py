"""Cells of a text's tables that go on in the next line, and lines that are rows of their own."""

import pytest

from conftest import read_minutes
from pv_extract.normalisation.columns import column_edits
from pv_extract.normalisation.wrapped_cells import with_whole_cells
from pv_extract.text import AlignedText, Span

LIST = """\
                        COMMUNE DE VALBRUNE
     LISTE DES DÉLIBÉRATIONS EXAMINÉES PAR LE CONSEIL MUNICIPAL
                      Séance du 14 mars 2024

N°            Objet                                                 Décision

2024-012      Approbation du compte de gestion 2023 du budget       Approuvée à l'unanimité
              principal et des budgets annexes
2024-013      Subvention à l'association des parents d'élèves       Adoptée à la majorité (12
                                                                    pour, 2 contre)
2024-014      Tarifs de la salle des fêtes                          Rejetée

Liste affichée à la mairie le 20 mars 2024
"""
TITLE = "Approbation du compte de gestion 2023 du budget principal et des budgets annexes"


def whole(text):
    laid_out = AlignedText.of(text)
    return with_whole_cells(laid_out.edit(column_edits(text)))


def test_a_wrapped_cell_is_whole_and_its_row_one_line():
    assert whole(LIST).text.splitlines()[6:9] == [
        f"2024-012\t{TITLE}\tApprouvée à l'unanimité",
        "2024-013\tSubvention à l'association des parents d'élèves\tAdoptée à la majorité (12 pour, 2 contre)",
        "2024-014\tTarifs de la salle des fêtes\tRejetée",
    ]


def test_every_word_keeps_its_place_in_the_source():
    text = whole(LIST)
    for word in ("principal", "pour, 2 contre", "Rejetée"):
        at = text.text.index(word)
        assert text.source_span(Span(at, at + len(word))).of(LIST) == word


ROWS = {
    "names under a commune": """\
COMMUNES               DÉLÉGUÉS                  PRÉSENT   EXCUSÉ
VALBRUNE-LE-HAUT       M. MOREL Claude              X
                       Mme ROUX Anne                X
                       M. FABRE Luc                           X
""",
    "running text under counts": """\
Le taux de 100 % est mis aux voix.
Vote : Pour 6      Contre 14      Abst. 2
puis le taux de 50 % (soit 312,47 € brut) est mis aux voix à son tour, sans débat :
Vote : Pour 16      Contre 4      Abst. 2
""",
    "a table of sums": """\
Chapitre     Dépenses      Recettes
011          12 500,00     8 000,00
             4 000,00      1 000,00
""",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS)
def test_rows_of_their_own_stay(text):
    assert whole(text).text.splitlines() == AlignedText.of(text).edit(column_edits(text)).text.splitlines()


def test_a_list_of_deliberations_is_read_with_its_wrapped_cells(tmp_path, grammar):
    record = read_minutes(tmp_path, LIST, grammar)
    assert record.meeting.organization.name == "VALBRUNE"
    assert [(d.reference, d.vote.outcome, d.vote.for_) for d in record.deliberations] == [
        ("2024-012", "adopted", None), ("2024-013", "adopted", 12), ("2024-014", "rejected", None),
    ]  # fmt: skip
    assert record.deliberations[0].title == TITLE
