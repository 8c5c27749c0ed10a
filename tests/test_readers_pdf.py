"""PDF pages made with reportlab: reading order, styles, tables, and which pages need OCR."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pv_extract.errors import UnreadableSource
from pv_extract.readers import ReadOptions, ocr, pdf, read, recognition
from pv_extract.readers.engine import OcrWord
from pv_extract.text import Span
from pv_extract.words import Box

pdfgen = pytest.importorskip("reportlab.pdfgen.canvas")


@pytest.fixture
def canvas(tmp_path):
    return pdfgen.Canvas(str(tmp_path / "pv.pdf"), pagesize=(595, 842))


def saved(canvas):
    canvas.save()
    return read(canvas._filename)


def test_lines_paragraphs_and_styles(canvas):
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(72, 700, "Présents :")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(130, 700, "M. VALMORIN,")
    canvas.drawString(72, 686, "Mme SORBIER")
    canvas.setFont("Helvetica-Oblique", 11)
    canvas.drawString(72, 650, "Excusée : Mme RIVOIRE")
    canvas.showPage()
    canvas.drawString(72, 700, "Page deux")
    document = saved(canvas)
    assert document.text == "Présents : M. VALMORIN,\nMme SORBIER\n\nExcusée : Mme RIVOIRE\n\fPage deux\n"
    runs = [(document.text[s.start : s.end], s.bold, s.italic) for s in document.styles]
    assert runs == [("Présents :", True, False), ("Excusée : Mme RIVOIRE", False, True)]
    assert [page.method for page in document.pages] == ["layer", "layer"]
    assert document.words[0].box.x0 == pytest.approx(72, abs=1)
    assert 130 < document.words[0].box.top < 142 < document.words[0].box.bottom


def lines(canvas, x, y, texts, step=14, size=11, font="Helvetica"):
    canvas.setFont(font, size)
    for index, text in enumerate(texts):
        canvas.drawString(x, y - index * step, text)


PROSE = [
    "Le conseil municipal, après en avoir délibéré, approuve",
    "la convention qui lui est soumise et autorise le maire à",
    "la signer ainsi que tous les actes qui s'y rapportent,",
    "et inscrit la dépense au budget primitif de la commune,",
    "chapitre onze, pour les exercices deux mille vingt-trois",
    "et suivants, sous réserve des crédits qui sont ouverts.",
]


def test_a_margin_is_not_mixed_with_the_body(canvas):
    lines(canvas, 40, 700, ["Date de la", "convocation :", "3 mars 2023"], step=11, size=8)
    lines(canvas, 160, 703, PROSE)
    text = saved(canvas).text
    assert text.startswith("Date de la\nconvocation :\n3 mars 2023\n\n" + PROSE[0] + "\n" + PROSE[1])


def test_a_box_that_begins_lower_than_the_text_beside_it(canvas):
    lines(canvas, 160, 703, PROSE)
    lines(canvas, 40, 695, ["Délibération", "n° 2021/05", "Présents : 11", "Votants : 12"], step=11, size=8)
    text = saved(canvas).text
    assert text.startswith("Délibération\nn° 2021/05\nPrésents : 11\nVotants : 12\n\n" + "\n".join(PROSE))


def test_lists_by_commune_in_two_columns(canvas):
    left = ["Aubrac : M. Paul MOREL,", "Mme Anne ROUX", "Brenne-le-Haut : M. Luc FABRE", "Valmorin : Mme Odile CALVET,"]
    right = ["Sorbiers : M. Jean PETIT,", "Mme Lise GARNIER, M. Guy ORSEL,", "Mme Rose AUBRY", "Vauzel : Mme Ève MAURY"]
    lines(canvas, 40, 700, [*left, "M. Yves SORBIER"], size=9, step=12)
    lines(canvas, 320, 700, right, size=9, step=12)
    assert saved(canvas).text.split() == " ".join([*left, "M. Yves SORBIER", *right]).split()


def heads_and_names(canvas, x, y, rows):
    for index, text in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if text.isupper() else "Helvetica", 9)
        canvas.drawString(x, y - 12 * index, text)


def test_columns_that_have_bold_heads_within_are_lists(canvas):
    columns = ["AUBRAC", "M. Paul Morel", "Mme Anne Roux", "BRENNE", "M. Luc Fabre"], ["VALMORIN", "Mme Ève Maury"]
    heads_and_names(canvas, 40, 700, columns[0])
    heads_and_names(canvas, 240, 700, ["Mme Odile Calvet", "SORBIERS", "M. Jean Petit", *columns[1]])
    text = saved(canvas).text
    order = [*columns[0], "Mme Odile Calvet", "SORBIERS", "M. Jean Petit", *columns[1]]
    assert text.split() == " ".join(order).split()


def test_bold_heads_and_totals_are_those_of_a_table(canvas):
    heads_and_names(canvas, 40, 700, ["CHAPITRE", "Charges de personnel", "Dépenses courantes", "TOTAL"])
    heads_and_names(canvas, 240, 700, ["DÉPENSES", "douze euros", "vingt euros", "TRENTE-DEUX EUROS"])
    assert "Charges de personnel\tdouze euros\n" in saved(canvas).text


@pytest.mark.parametrize("x", [40, 460])
def test_a_frame_that_text_runs_around_is_read_before_the_paragraph_beside_it(canvas, x):
    canvas.rect(x, 660, 104, 60)
    lines(canvas, x + 4, 705, ["N° 2018-024", "En exercice : 11", "Votants : 10"], step=12, size=9)
    lines(canvas, 148 if x == 40 else 160, 708, PROSE[:4])
    lines(canvas, 40, 740, ["Séance du douze juin"])
    text = saved(canvas).text
    assert "Séance du douze juin\n\nN° 2018-024\nEn exercice : 11\nVotants : 10\n\n" + "\n".join(PROSE[:4]) in text


def test_two_columns_of_running_text(canvas):
    lines(canvas, 40, 700, PROSE, size=9, step=12)
    lines(canvas, 320, 700, [line.replace("e", "é") for line in PROSE], size=9, step=12)
    text = saved(canvas).text
    assert text.index(PROSE[-1]) < text.index(PROSE[0].replace("e", "é"))
    assert "\t" not in text


def test_short_cells_stay_on_their_line(canvas):
    lines(canvas, 72, 700, ["M. VALMORIN", "Mme SORBIER", "M. RIVOIRE", "Mme ORSEL"])
    lines(canvas, 320, 700, ["présent", "excusée", "absent", "présente"])
    assert saved(canvas).text.splitlines()[:2] == ["M. VALMORIN\tprésent", "Mme SORBIER\texcusée"]


def test_a_ruled_table_is_written_row_by_row_at_its_place(canvas):
    lines(canvas, 72, 760, ["Le plan de financement serait le suivant :"])
    canvas.grid([72, 200, 320, 440], [640, 690, 715, 740])
    lines(canvas, 76, 722, ["Financeur", "État (DETR)"], step=25)
    lines(canvas, 204, 722, ["Taux", "45 %"], step=25)
    lines(canvas, 324, 722, ["Montant", "67 500 €"], step=25)
    lines(canvas, 76, 675, ["Conseil", "départemental"])
    lines(canvas, 324, 675, ["40 000 €"])
    lines(canvas, 72, 600, ["Vote : unanimité"])
    assert saved(canvas).text.split("\n\n") == [
        "Le plan de financement serait le suivant :",
        "Financeur\tTaux\tMontant\nÉtat (DETR)\t45 %\t67 500 €\nConseil départemental\t\t40 000 €",
        "Vote : unanimité\n",
    ]


def test_a_frame_is_no_table(canvas):
    canvas.rect(60, 690, 300, 30)
    lines(canvas, 72, 700, ["PROCÈS-VERBAL DU CONSEIL"])
    lines(canvas, 72, 660, ["Ouverture"])
    assert saved(canvas).text == "PROCÈS-VERBAL DU CONSEIL\n\nOuverture\n"


@pytest.mark.parametrize("gap", [4, 8])
def test_letter_spacing_and_raised_letters(canvas, gap):
    lines(canvas, 72, 740, ["C O N S E I L" + gap * " " + "M U N I C I P A L"], size=14)
    lines(canvas, 72, 700, ["Le 1"])
    width = canvas.stringWidth("Le 1", "Helvetica", 11)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(72 + width, 704, "er")
    lines(canvas, 72 + width + 12, 700, ["mars"])
    assert saved(canvas).text == "CONSEIL MUNICIPAL\n\nLe 1er mars\n"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_a_rotated_page_are_those_of_the_page_as_read(canvas, tmp_path, rotation):
    if rotation == 90:
        canvas.translate(595, 0)
    elif rotation == 180:
        canvas.translate(595, 842)
    elif rotation == 270:
        canvas.translate(0, 842)
    canvas.rotate(rotation)
    lines(canvas, 72, 400, ["Bonjour à tous"])
    canvas.save()
    with pypdfium2.PdfDocument(canvas._filename) as pdf:
        pdf[0].set_rotation(rotation)
        pdf.save(tmp_path / "turned.pdf")
    document = read(tmp_path / "turned.pdf")
    page, box = document.pages[0], document.words[0].box
    assert document.text == "Bonjour à tous\n"
    assert (page.width, page.height) == ((842, 595) if rotation in (90, 270) else (595, 842))
    assert box.x0 == pytest.approx(72, abs=2) and box.bottom == pytest.approx(page.height - 400, abs=4)


SCANNED = [
    OcrWord("Séance", Box(300, 300, 500, 340), 0.96, 1, 1, 1),
    OcrWord("du", Box(520, 300, 560, 340), 0.91, 1, 1, 1),
    OcrWord("Présents", Box(300, 500, 560, 540), 0.5, 2, 1, 1),
]


@pytest.fixture
def recorded(monkeypatch):
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: SCANNED)
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.png"
    Image.new("L", (1240, 1754), 255).save(path)
    return path


def test_a_page_with_only_a_stamp_over_a_scan_is_read_by_ocr(canvas, scan, recorded):
    lines(canvas, 72, 700, PROSE * 2)
    canvas.showPage()
    canvas.drawImage(str(scan), 0, 0, 595, 842)
    lines(canvas, 400, 820, ["Envoyé en préfecture le 02/05/2022"], size=7)
    document = saved(canvas)
    assert [page.method for page in document.pages] == ["layer", "ocr"]
    assert document.text.endswith("\fSéance du\n\nPrésents\n")
    assert document.words[-1].confidence == 0.5 and document.words[0].confidence is None
    assert (document.ocr_engine, document.ocr_language) == ("tesseract 5", "fra")


def test_ocr_never_leaves_an_empty_page_and_a_note(canvas, scan):
    lines(canvas, 72, 700, PROSE)
    canvas.showPage()
    canvas.drawImage(str(scan), 0, 0, 595, 842)
    canvas.save()
    document = read(canvas._filename, ReadOptions(ocr="never"))
    assert document.text.endswith("\n\f") and document.pages[1].method == "unread"


def test_ocr_always_reads_the_picture_of_a_page_with_text(canvas, recorded):
    lines(canvas, 72, 700, PROSE)
    canvas.save()
    assert read(canvas._filename, ReadOptions(ocr="always")).text == "Séance du\n\nPrésents\n"


def test_a_pdf_without_a_word_is_unreadable(canvas):
    canvas.showPage()
    with pytest.raises(UnreadableSource, match="no word"):
        saved(canvas)


def test_a_locked_pdf_says_how_to_unlock_it(tmp_path):
    canvas = pdfgen.Canvas(str(tmp_path / "pv.pdf"), encrypt="secret")
    canvas.drawString(72, 700, "Bonjour")
    with pytest.raises(UnreadableSource, match="qpdf"):
        saved(canvas)


def test_a_pdf_cut_short_or_spoilt_is_unreadable(canvas, tmp_path):
    lines(canvas, 72, 700, PROSE)
    canvas.save()
    whole = (tmp_path / "pv.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.4\n" + b"rien " * 99)
    for name in ("cut.pdf", "junk.pdf"):
        with pytest.raises(UnreadableSource, match=name):
            read(tmp_path / name)


def test_a_pdf_without_pages_is_unreadable(tmp_path):
    pdf = pypdfium2.PdfDocument.new()
    pdf.save(tmp_path / "vide.pdf")
    with pytest.raises(UnreadableSource, match=r"vide\.pdf"):
        read(tmp_path / "vide.pdf")


@pytest.mark.parametrize("angle", [90, -90])
def test_text_along_the_long_side_is_read_upright(canvas, angle):
    canvas.translate(595 if angle > 0 else 0, 0 if angle > 0 else 842)
    canvas.rotate(angle)
    lines(canvas, 72, 500, PROSE)
    document = saved(canvas)
    assert document.text.splitlines() == PROSE
    page = document.pages[0]
    assert (page.width, page.height) == (842, 595)
    x0, top, x1, bottom = document.shown_box_of(Span(0, 1))
    foot = (x1, bottom) if angle > 0 else (x0, top)  # where the first letter stands on its line
    assert foot == pytest.approx((595 - 500, 842 - 72) if angle > 0 else (500, 72), abs=4)
    assert x0 < x1 and top < bottom


def test_a_word_broken_at_the_end_of_a_line_keeps_its_hyphen(canvas):
    lines(canvas, 72, 700, ["Le conseil, après en avoir délibé-", "ré, approuve le compte-rendu"])
    assert saved(canvas).text == "Le conseil, après en avoir délibé-\nré, approuve le compte-rendu\n"


def test_text_printed_twice_for_weight_is_read_once(canvas):
    lines(canvas, 72, 700, ["PROCÈS-VERBAL"])
    lines(canvas, 72.3, 700, ["PROCÈS-VERBAL"])
    assert saved(canvas).text == "PROCÈS-VERBAL\n"


def test_outlined_letters_are_bold(canvas):
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica", 11)
    text.setTextRenderMode(2)
    text.textLine("Présents")
    canvas.drawText(text)
    assert [style[2:] for style in saved(canvas).styles] == [(True, False)]


def test_paragraphs_in_wide_leading(canvas):
    lines(canvas, 72, 760, PROSE, step=13)
    lines(canvas, 72, 640, PROSE, step=20)
    lines(canvas, 72, 480, ["Fin de séance"])
    assert saved(canvas).text.split("\n\n") == ["\n".join(PROSE), "\n".join(PROSE), "Fin de séance\n"]


def test_a_bullet_stays_with_its_text(canvas):
    lines(canvas, 72, 700, ["•", "1."])
    lines(canvas, 96, 700, ["Mme SORBIER", "Budget primitif"])
    assert saved(canvas).text == "• Mme SORBIER\n1. Budget primitif\n"


def test_a_pdf_is_read_from_its_file_and_any_name_will_do(canvas, tmp_path, monkeypatch):
    canvas.drawString(72, 700, "Le quorum est atteint.")
    canvas.save()
    odd = tmp_path / os.fsdecode(b"~s\xe9ance \xff.pdf")
    (tmp_path / "pv.pdf").rename(odd)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read whole"))
    assert read(odd).text == "Le quorum est atteint.\n"


def test_a_pdf_opened_anew_every_few_pages_reads_as_if_it_were_opened_once(canvas, monkeypatch):
    for page in range(7):
        for line in range(12):
            canvas.setFont("Helvetica-Bold" if line == page else "Helvetica", 11)
            canvas.drawString(72, 700 - 14 * line, f"Page {page}, ligne {line} : le conseil approuve le compte")
        canvas.showPage()
    once, openings, open_pdf = saved(canvas), [], pdf.open_pdf
    monkeypatch.setattr(pdf, "open_pdf", lambda source: openings.append(1) or open_pdf(source))
    monkeypatch.setattr(pdf, "PAGES_AT_ONCE", 3)
    assert read(canvas._filename) == once
    assert (len(openings), len(once.pages), len(once.styles)) == (3, 7, 7)
