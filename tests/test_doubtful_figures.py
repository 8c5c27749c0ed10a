"""Figures that the engine doubts: left out of the record unless others prove them."""

import pytest

from pv_extract.document import Document, Page
from pv_extract.normalisation import normalise
from pv_extract.pipeline import extract_document
from pv_extract.words import Box, Word

HEAD = """PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

Présents : M. Paul MOREL, maire, Mme Anne ROUX, M. Luc FABRE

1. Budget du lavoir
Le conseil municipal, après en avoir délibéré, approuve le budget{sum}.
"""


def scanned(text: str, doubted: tuple[str, ...] = ()) -> Document:
    """A page as OCR'd, the engine unsure of some of its words."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append(Word(at, at + len(word), Box(0, 0, 1, 1), 0.2 if word in doubted else 0.95))
        at += len(word)
    return Document(
        "scan.pdf", "0", "application/pdf", "pdf", text, (Page(1, 0, len(text), 595, 842, "ocr"),), tuple(words)
    )


@pytest.mark.parametrize(
    ("votes", "doubted", "counts"),
    [
        ("Votants : 12\nPour : 11\nContre : 4\n", ("4",), (11, None)),
        ("Votants : 12\nPour : 8\nContre : 4\n", ("4",), (8, 4)),
        ("Votants : 12\nPour : 11\nContre : 4\n", (), (11, 4)),
    ],
)
def test_a_doubted_count_is_left_out_unless_all_add_up(votes, doubted, counts, grammar):
    record = extract_document(scanned(HEAD.format(sum="") + votes, doubted), grammar)
    [item] = record.deliberations
    assert (item.vote.for_, item.vote.against) == counts


@pytest.mark.parametrize(("sums", "values"), [(" en 201$", []), (" de 20 $, 30 $ et 40 $", ["20", "30", "40"])])
def test_a_stray_dollar_is_no_money(sums, values, grammar):
    [item] = extract_document(scanned(HEAD.format(sum=sums) + "Adopté à l'unanimité.\n"), grammar).deliberations
    assert [amount.value for amount in item.amounts] == values


def test_counts_at_the_foot_of_pages_are_no_running_feet(grammar):
    pages, text = [], ""
    for number, count in enumerate((5730, 5088, 5613), 1):
        start = len(text)
        text += f"Résolution {number}\nLes comptes de l'exercice {count} sont soumis au vote.\nVOTENT POUR {count}\n\f"
        pages.append(Page(number, start, len(text), 595, 842, "ocr"))
    document = Document("scan.pdf", "0", "application/pdf", "pdf", text, tuple(pages))
    assert normalise(document, grammar).text.count("VOTENT POUR") == len(pages)
