"""Ticks of scanned tables: cells that the reader lost are told by where their words stand on the page."""

import pytest

from pv_extract.document import Document, Page
from pv_extract.grammar import Grammar
from pv_extract.pipeline import extract_document
from pv_extract.words import Box, Word
from test_rolls import HEAD

TAIL = """
1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

La séance est levée à 20 heures.
"""
HEADS = {"Présent": 300, "Excusé": 350, "Absent": 400}
PLACES = {"present": 315, "excused": 365, "absent": 415}


def scanned(table: list[list[tuple[str, float]]]) -> Document:
    """Minutes with a table of which each word's left edge is given; cells are lost, words of a row are on one line."""
    text, words = HEAD, list[Word]()
    for row, line in enumerate(table):
        for at, (word, x) in enumerate(line):
            text += "" if not at else "\t" if x - line[at - 1][1] > 90 else " "
            top = 200.0 + 14 * row + x / 150  # the page leans a little
            words.append(Word(len(text), len(text) + len(word), Box(x, top, x + 6 * len(word), top + 8), 0.9))
            text += word
        text += "\n"
    text += TAIL
    page = Page(1, 0, len(text), 595, 842, "ocr")
    return Document("scan.pdf", "0", "application/pdf", "pdf", text, (page,), tuple(words))


def row(name: str, family: str, *places: float) -> list[tuple[str, float]]:
    return [("M.", 60.0), (name, 80.0), (family, 120.0), *(("x", place) for place in places)]


def statuses(document: Document, grammar: Grammar) -> dict[str, str]:
    members = extract_document(document, grammar).attendance.members
    return {member.name: member.status for member in members}


HEADER = [("Délégués", 60.0), ("titulaires", 110.0), *HEADS.items()]


def test_a_tick_is_read_under_the_head_over_it(grammar):
    table = [HEADER, row("Paul", "MOREL", PLACES["present"]), row("Luc", "FABRE", PLACES["excused"])]
    table += [row("Jean", "PETIT", PLACES["absent"])]
    found = statuses(scanned(table), grammar)
    assert found == {"Paul MOREL": "present", "Luc FABRE": "excused", "Jean PETIT": "absent"}


@pytest.mark.parametrize("places", [(PLACES["present"], PLACES["absent"]), (480,)])
def test_ticks_that_prove_nothing_leave_it_open(places, grammar):
    table = [HEADER, row("Paul", "MOREL", PLACES["present"]), row("Luc", "FABRE", *places), row("Jean", "PETIT", 315)]
    assert statuses(scanned(table), grammar)["Luc FABRE"] == "unknown"
