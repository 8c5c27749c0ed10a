"""Numbers of a list that the engine read apart from its lines."""

from pv_extract.readers.composition import Placed
from pv_extract.readers.list_numbers import rejoined
from pv_extract.words import Box


def row(text, x, at):
    placed = []
    for word in text.split():
        placed.append(Placed(word, Box(x, 100 + 13 * at, x + 5 * len(word), 110 + 13 * at)))
        x += 5 * len(word) + 3
    return placed


def texts(blocks):
    return [[" ".join(word.text for word in row) for row in block] for block in rejoined(blocks)]


def test_numbers_go_back_to_their_lines_with_their_stops():
    numbers = [row("1. Budget", 60, 0), row("2;", 60, 1), row("3", 60, 2), row("4", 60, 3)]
    lines = [[row("Tarifs de la cantine", 70, 1)], [row(". Voirie", 66, 2), row("Subventions", 70, 3)]]
    assert texts([numbers, *lines]) == [["1. Budget"], ["2; Tarifs de la cantine"], ["3. Voirie", "4 Subventions"]]


def test_numbers_stay_where_one_of_them_has_no_line():
    blocks = [[row("1", 60, 0), row("2", 60, 1), row("3", 60, 2)], [row("Budget", 70, 0), row("Tarifs", 70, 1)]]
    assert texts(blocks) == [["1", "2", "3"], ["Budget", "Tarifs"]]


def test_a_column_of_counts_is_none_of_list_numbers():
    blocks = [[row("12", 60, 0), row("0", 60, 1)], [row("Pour", 160, 0), row("Contre", 160, 1)]]
    assert texts(blocks) == [["12", "0"], ["Pour", "Contre"]]


def test_lines_that_have_their_numbers_take_no_other():
    blocks = [[row("1", 60, 0), row("2", 60, 1)], [row("1. Budget", 70, 0), row("2. Tarifs", 70, 1)]]
    assert texts(blocks)[0] == ["1", "2"]
