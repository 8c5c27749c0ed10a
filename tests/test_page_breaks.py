"""Page numbers and running heads that a transcription keeps amid the text."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.document import Document, Page
from pv_extract.grammar import Grammar
from pv_extract.normalisation.page_breaks import page_break_edits
from pv_extract.text import AlignedText

BROKEN = """\
   Le sieur Roussel, charron, demande que le poids public soit
réparé avant la foire ; le conseil, considérant que la dépense
ne sera pas de plus de soixante francs, arrête que la répara-

{first}

tion sera faite dès la semaine prochaine par le sieur Tissot.

   Le pré communal est loué au plus offrant.

{second}

   Le conseil vote le budget.
"""
HEAD = """\
                  COMMUNE DE VALMORIN

   L'an mil huit cent soixante-huit, le douze mai, le conseil
municipal de Valmorin s'est réuni à la mairie.

   Présents : MM. Roussel, maire ; Morel, Fabre et Tissot.

                      POIDS PUBLIC

"""


def read(text: str) -> str:
    document = Document("minutes.txt", "0", "text/plain", "plain", text, (Page(1, 0, len(text)),))
    return AlignedText.of(text).edit(page_break_edits(AlignedText.of(text), document)).text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("57", "58"),
        ("— 57 —", "— 58 —"),
        ("[57]", "[58]"),
        ("— 57 —\n     COMMUNE DE VALMORIN", "— 58 —\n     SÉANCE DU 12 MAI"),
        ("57        COMMUNE DE VALMORIN", "SÉANCE DU 12 MAI        58"),
    ],
)
def test_a_sentence_goes_on_over_the_end_of_a_page(first: str, second: str) -> None:
    text = read(BROKEN.format(first=first, second=second))
    assert "arrête que la répara-\ntion sera faite" in text
    assert "au plus offrant.\n\n   Le conseil vote" in text


@pytest.mark.parametrize("second", ["12", "1817"])
def test_a_number_that_is_not_due_stays(second: str) -> None:
    assert second in read(BROKEN.format(first="57", second=second))


def test_numbers_that_no_sentence_proves_stay() -> None:
    text = "Les voix sont comptées.\n\n3\n\nLe conseil rejette la demande.\n\n4\n\nLe conseil passe au budget.\n"
    assert read(text) == text


def test_an_item_goes_on_over_the_page(tmp_path: Path, grammar: Grammar) -> None:
    minutes = HEAD + BROKEN.format(first="— 57 —\n     COMMUNE DE VALMORIN", second="— 58 —\n     SÉANCE DU 12 MAI")
    record = read_minutes(tmp_path, minutes, grammar)
    assert [d.title for d in record.deliberations] == ["POIDS PUBLIC"]
    assert "la réparation sera faite" in record.deliberations[0].text
