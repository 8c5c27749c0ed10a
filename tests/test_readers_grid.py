"""Tables without rules: ticks in their columns, cells that go on in the next line, blocks of one table."""

from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract_document
from pv_extract.readers.composition import Placed
from pv_extract.readers.layout import arrange, goes_on_below
from pv_extract.readers.ocr_file import OcrFile, OcrPage, document_of
from pv_extract.readers.source import Source
from pv_extract.words import Box

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


def test_heads_close_together_stand_each_over_its_column():
    ticks = [{0: "Bréville", 1: "Anne ROUX", column: "x"} for column in (2, 3, 2, 4, 3, 4)]
    middles = {2: 275, 3: 312, 4: 350}
    rows = [
        word
        for at, row in enumerate(ticks, 1)
        for c, t in row.items()
        for word in words(t, middles.get(c, COLUMNS[c]), at)
    ]
    head = [Placed(t, Box(x, 100, x + 34, 110)) for t, x in (("PRESENT", 260), ("EXCUSE", 297), ("ABSENT", 334))]
    assert texts([*words("Commune", 60, 0), *words("Nom", 160, 0), *head, *rows])[:2] == [
        "Commune\tNom\tPRESENT\tEXCUSE\tABSENT",
        "Bréville\tAnne ROUX\tx\t\t",
    ]


def test_a_cell_with_room_left_does_not_go_on():
    rows = [HEAD, ROWS[0], {0: "Bréville", 1: "Paul FAY"}, ROWS[3], ROWS[4]]
    assert texts(table(rows))[2] == "Bréville\tPaul FAY\t\t\t"


def test_text_under_a_table_is_none_of_its_rows():
    text = words("Le quorum étant atteint, le président ouvre la séance et donne lecture de l'ordre du jour", 60, 7)
    assert texts([*table([HEAD, *ROWS]), *text])[-1].startswith("Le quorum étant atteint")


def test_a_row_after_a_blank_line_is_no_rest_of_a_cell():
    votes = {60: "Pour : 20", 160: "Contre : 3 (FABRE, ROUX, CALVET)", 380: "Abstention : 2"}
    ballot = [word for x, cell in votes.items() for word in words(cell, x, 0)]
    title = words("2024.03.06 - Subventions", 60, 2)
    tariff = [
        word
        for at, row in enumerate((("Association", "2023", "2024"), ("Foyer", "10", "20"), ("Judo", "30", "40")), 3)
        for x, cell in zip((60, 260, 380), row, strict=True)
        for word in words(cell, x, at)
    ]
    assert texts([*ballot, *title, *tariff])[:2] == [
        "Pour : 20\tContre : 3 (FABRE, ROUX, CALVET)\tAbstention : 2",
        "2024.03.06 - Subventions",
    ]


def test_a_line_alone_in_the_first_column_is_no_row():
    rows = [HEAD, {0: "Enseignants"}, *ROWS]
    assert texts(table(rows))[1] == "Enseignants"


def test_labels_stay_with_what_they_name():
    lists = {0: "Anne ROUX, Paul FAY, Luc FABRE, Odile CALVET", 1: "Rémi TISSOT, Inès BONNAY, Marc VALBERT (Secours"}
    lists |= {2: "populaire), Jeanne MORFAUX", 4: "Paule CARREL, Yves TISSOT, pouvoir à Anne ROUX"}
    labels = {0: "Membres élus :", 1: "Membres nommés :", 3: "Représentés", 4: "Membres élus :"}
    placed = [word for at, text in labels.items() for word in words(text, 60, at)]
    placed += [word for at, text in lists.items() for word in words(text, 200, at)]
    assert texts(placed) == [
        "Membres élus :\tAnne ROUX, Paul FAY, Luc FABRE, Odile CALVET",
        "Membres nommés :\tRémi TISSOT, Inès BONNAY, Marc VALBERT (Secours",
        "populaire), Jeanne MORFAUX",
        "Représentés",
        "Membres élus :\tPaule CARREL, Yves TISSOT, pouvoir à Anne ROUX",
    ]


def test_a_margin_of_counts_is_not_mixed_with_the_text_beside_it():
    margin = {0: "En exercice :", 1: "Présents :", 2: "Votants :"}
    body = [
        "L'an deux mille vingt-quatre, le quatre mars à vingt heures, le conseil",
        "municipal de Valmorin s'est réuni en mairie, sur convocation adressée à",
        "tous ses membres le vingt-six février, sous la présidence de Mme Anne",
        "ROUX, maire, qui ouvre la séance à vingt heures cinq, fait l'appel des",
        "présents, constate que le quorum est atteint, puis rappelle à tous les",
        "points qui sont inscrits à l'ordre du jour de cette séance ordinaire.",
    ]
    placed = [word for at, text in margin.items() for word in words(text, 60, at)]
    placed += [word for at, text in enumerate(body) for word in words(text, 200, at)]
    assert texts(placed) == [*margin.values(), *body]


def test_two_columns_keep_the_cells_of_each_row():
    rows = [{0: "Recettes", 2: "12 000"}, {0: "Dépenses", 2: "9 000"}, {0: "Report"}, {0: "Solde", 2: "3 000"}]
    assert texts(table(rows)) == ["Recettes\t12 000", "Dépenses\t9 000", "Report", "Solde\t3 000"]


def block(rows, first):
    return [[w for c, text in row.items() for w in words(text, COLUMNS[c], at)] for at, row in enumerate(rows, first)]


def test_blocks_of_one_table_are_put_together():
    assert goes_on_below(block([HEAD, *ROWS[:2]], 0), block(ROWS[2:], 3))
    assert not goes_on_below(block([HEAD, *ROWS[:2]], 0), block(ROWS[2:], 9))
    assert not goes_on_below(block([HEAD, *ROWS[:2]], 0), block([{0: "Le quorum est atteint"}], 3))


def statuses(rows):
    """The members of a page that holds an opening and a table, and their statuses."""
    opening = "L'an deux mille vingt-deux, le 4 mai, le conseil municipal s'est réuni à la mairie,"
    lines = [words(opening, 60, 0), words("sous la présidence de Mme Anne ROUX, maire.", 60, 1)]
    page = OcrPage([[lines, block(rows, 4)]], 595, 842)
    document = document_of(Source("page.xml", b"<page/>"), [OcrFile([page])], "application/xml", "alto")
    return {m.name: m.status for m in extract_document(document, load_grammars()).attendance.members}


def test_ticks_are_read_by_their_columns():
    found = statuses([HEAD, *ROWS])
    assert found == {
        "Anne ROUX": "present",
        "Paul MORFAUX-VALBERT": "excused",
        "Odile CALVET": "absent",
        "Luc FABRE": "present",
    }


def test_sides_of_boxes_that_were_misread_are_no_ticks():
    boxes = [
        {2: "[XI", 3: "{]", 4: "[1"},
        {2: "[]", 3: "IX]", 4: "1}"},
        {2: "[]", 3: "[1", 4: "{X}"},
        {2: "@", 3: "[]", 4: "[]"},
    ]
    rows = [{0: "Bréville", 1: ROWS[at][1], **marks} for at, marks in zip((0, 1, 3, 4), boxes, strict=True)]
    assert list(statuses([HEAD, *rows]).values()) == ["present", "excused", "absent", "unknown"]
