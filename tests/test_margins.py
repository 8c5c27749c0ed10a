"""The margins of a scanned register: what its pages agree on, and what they do not."""

import pytest

from pv_extract.document import Document, Page
from pv_extract.normalisation.margins import agreed_count, margin_edits
from pv_extract.text import AlignedText
from pv_extract.words import Box, Word

BODY = ["Le conseil municipal, après en avoir délibéré, approuve le budget de la commune"] * 3


def scanned(*margins, method="ocr"):
    """A scan whose pages have these lines in the margin, at the same heights, and running text beside them."""
    text, pages, words = "", [], []
    for number, margin in enumerate(margins, 1):
        start = len(text)
        for x, lines in ((40, margin), (200, BODY)):
            for row, line in enumerate(lines):
                box = Box(x, 100 + 20 * row, x + (100 if x == 40 else 350), 112 + 20 * row)
                words.append(Word(len(text), len(text) + len(line), box, 0.9))
                text += line + "\n"
        pages.append(Page(number, start, len(text), 595, 842, method))
    return Document("r.pdf", "0", "application/pdf", "pdf", text, tuple(pages), tuple(words))


def margins_read(document):
    """What is left of the margins."""
    edited = AlignedText.of(document.text)
    edited = edited.edit(margin_edits(edited, document))
    return [line for line in edited.text.split("\n") if line and line not in BODY]


def test_the_first_margin_reads_as_the_pages_agree_and_the_others_go():
    pages = ["cn exercice : {1", "Objet :"], ["en exercice : il", "Objet :"], ["en exercice : 11", "Objet :"]
    assert margins_read(scanned(*pages)) == ["en exercice : 11", "Objet :"]


@pytest.mark.parametrize(
    ("counts", "agreed"),
    [
        (["il", "li", "1l"], None),  # no page reads the number
        (["il", "11", "10"], None),  # pages differ
        (["9", "11", "11"], None),  # the first page reads another number
        (["lO", "10", "10"], "10"),
        (["il", "11", "11", "1"], "11"),  # a stroke was lost once
        (["ul", "11", "11"], None),  # these signs stand for no number
    ],
)
def test_a_count_is_proved_by_other_pages_or_left(counts, agreed):
    assert agreed_count(counts) == agreed


def test_a_margin_that_tells_another_count_stays():
    pages = ["votants : 11"], ["votants : 11"], ["votants : 9"]
    assert margins_read(scanned(*pages)) == ["votants : 11", "votants : 9"]


def test_margins_that_change_stay():
    assert margins_read(scanned(["Tarifs"], ["Budget"], ["Voirie"])) == ["Tarifs", "Budget", "Voirie"]


def test_two_pages_prove_nothing_and_a_text_layer_needs_no_proof():
    pages = ["en exercice : il"], ["en exercice : 11"], ["en exercice : 11"]
    assert list(margin_edits(AlignedText.of(scanned(*pages[:2]).text), scanned(*pages[:2]))) == []
    layer = scanned(*pages, method="layer")
    assert list(margin_edits(AlignedText.of(layer.text), layer)) == []
