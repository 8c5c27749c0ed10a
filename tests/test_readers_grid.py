"""Tables without rules: ticks in their columns, cells that go on in the next line, blocks of one table."""

from pv_extract.document import Box
from pv_extract.readers.composition import Placed
from pv_extract.readers.layout import arrange, goes_on_below

COLUMNS = {0: 60, 1: 160, 2: 260, 3: 320, 4: 380}
HEAD = {0: "Commune", 1: "Nom", 2: "Présent", 3: "Excusé", 4: "Absent"}
ROWS = [
    {0: "Bréville", 1: "Anne ROUX", 2: "X"},
    {0: "La", 1: "Paul", 3: "X"},
    {0: "Ferté-Louverolles", 1: "MORFAUX-VALBERT"},
    {0: "La Ferté", 1: "Odile CALVET", 4: "X"},
    {0: "Bréville-en-Lissois", 1: "Luc FABRE", 2: "X"},
]


def words(text, x, row):
    placed = []
    for word in text.split():
        placed.append(Placed(word, Box(x, 100 + 13 * row, x + 5 * len(word), 110 + 13 * row)))
        x += 5 * len(word) + 3
    return placed


def table(rows):
    return [
        word for at, row in enumerate(rows) for column, text in row.items() for word in words(text, COLUMNS[column], at)
    ]


def texts(placed):
    return ["\t".join(" ".join(word.text for word in cell) for cell in line.cells) for line in arrange(placed)]


def test_a_tick_stands_under_its_head_and_wrapped_cells_go_on():
    assert texts(table([HEAD, *ROWS])) == [
        "Commune\tNom\tPrésent\tExcusé\tAbsent",
        "Bréville\tAnne ROUX\tX\t\t",
        "La Ferté-Louverolles\tPaul MORFAUX-VALBERT\t\tX\t",
        "La Ferté\tOdile CALVET\t\t\tX",
        "Bréville-en-Lissois\tLuc FABRE\tX\t\t",
    ]


def test_a_cell_with_room_left_does_not_go_on():
    rows = [HEAD, ROWS[0], {0: "Bréville", 1: "Paul FAY"}, ROWS[3], ROWS[4]]
    assert texts(table(rows))[2] == "Bréville\tPaul FAY\t\t\t"


def test_text_under_a_table_is_none_of_its_rows():
    text = words("Le quorum étant atteint, le président ouvre la séance et donne lecture de l'ordre du jour", 60, 7)
    assert texts([*table([HEAD, *ROWS]), *text])[-1].startswith("Le quorum étant atteint")


def test_two_columns_keep_the_cells_of_each_row():
    rows = [{0: "Recettes", 2: "12 000"}, {0: "Dépenses", 2: "9 000"}, {0: "Report"}, {0: "Solde", 2: "3 000"}]
    assert texts(table(rows)) == ["Recettes\t12 000", "Dépenses\t9 000", "Report", "Solde\t3 000"]


def block(rows, first):
    return [[w for c, text in row.items() for w in words(text, COLUMNS[c], at)] for at, row in enumerate(rows, first)]


def test_blocks_of_one_table_are_put_together():
    assert goes_on_below(block([HEAD, *ROWS[:2]], 0), block(ROWS[2:], 3))
    assert not goes_on_below(block([HEAD, *ROWS[:2]], 0), block(ROWS[2:], 9))
    assert not goes_on_below(block([HEAD, *ROWS[:2]], 0), block([{0: "Le quorum est atteint"}], 3))
