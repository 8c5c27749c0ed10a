"""PDF pages made with reportlab: reading order, styles, tables, and which pages need OCR."""

import pytest

from pv_extract.readers import read

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
