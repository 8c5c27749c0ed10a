"""Where lines are full that have a margin, or another column, to their right."""

from reportlab.pdfgen.canvas import Canvas

from pv_extract import pipeline
from pv_extract.normalisation.column_edges import edges_beside
from pv_extract.words import Box


def lines(x0, x1, top, count, ragged=0):
    return [Box(x0, top + 14 * n, x1 - ragged * (n % 3), top + 14 * n + 10) for n in range(count)]


HEAD = Box(150, 40, 450, 52)


def test_the_text_beside_a_margin_is_full_at_its_own_edge():
    text, notes = lines(56, 380, 80, 20, ragged=5), lines(420, 520, 80, 6)
    assert edges_beside([HEAD, *text, *notes]) == dict.fromkeys(range(1, 21), 380)


def test_the_left_of_two_columns_is_full_at_its_own_edge():
    page = [HEAD, *lines(56, 280, 80, 20), *lines(310, 540, 80, 20), *lines(56, 540, 400, 5)]
    assert edges_beside(page) == dict.fromkeys(range(1, 21), 280)


def test_lines_of_one_column_have_the_edge_of_the_page():
    indented = [*lines(56, 540, 80, 10), *lines(90, 300, 220, 4), *lines(56, 540, 290, 6)]
    signatures = [*lines(56, 540, 80, 10), *lines(400, 520, 250, 3)]
    titles = [box for n in range(4) for box in (*lines(36, 100, 80 + 60 * n, 1), *lines(175, 480, 95 + 60 * n, 2))]
    for page in ([], [HEAD], indented, signatures, titles):
        assert edges_beside(page) == {}


def test_names_are_whole_where_lines_break_beside_a_margin(tmp_path, grammar):
    canvas = Canvas(str(tmp_path / "minutes.pdf"), pagesize=(595, 842), invariant=1)
    body = [
        "L'an deux mille vingt-quatre, le quatorze mars, le conseil municipal",
        "de Valbrune, dûment convoqué, s'est réuni à la mairie, en séance",
        "publique, sous la présidence de Mme Odile FARGEOT, maire.",
        "",
        "Présents : Mme Odile FARGEOT, M. Paul RENAUDIN, Mme Lise",
        "TAVERNIER, M. Hugo MARCELLIN et Mme Anne CORDELLE, en nombre",
        "suffisant pour délibérer.",
    ]
    notes = ["Conseillers", "en exercice : 6", "Présents : 5", "Votants : 5"]
    for x, column in ((56, body), (430, notes)):
        for row, line in enumerate(column):
            canvas.drawString(x, 740 - 15 * row, line)
    canvas.drawString(56, 780, "PROCÈS-VERBAL DU CONSEIL MUNICIPAL DE VALBRUNE DU 14 MARS 2024")
    canvas.save()
    record = pipeline.extract(tmp_path / "minutes.pdf", grammar)
    assert [m.name for m in record.attendance.members] == [
        "Odile FARGEOT", "Paul RENAUDIN", "Lise TAVERNIER", "Hugo MARCELLIN", "Anne CORDELLE",
    ]  # fmt: skip
    assert (record.attendance.stated.in_office, record.attendance.stated.present) == (6, 5)
