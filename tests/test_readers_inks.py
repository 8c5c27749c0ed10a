"""Coloured stamps over the text of a scan: taken off the page, and read by themselves."""

import shutil
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pv_extract.readers import inks, read
from pv_extract.readers.composition import Part
from pv_extract.readers.page_image import page_image
from pv_extract.readers.scan import PageImage

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
DPI = 150
SIZE = 1240, 1754
WHITE, BLACK = (255, 255, 255), (25, 25, 28)
BLUE, VIOLET, RED, PALE, NAVY = (45, 60, 170), (110, 50, 150), (200, 40, 50), (120, 130, 205), (25, 25, 70)
MINUTES = [
    "COMMUNE DE VALBRUNE", "Procès-verbal de la séance du conseil municipal", "du 14 mars 2024", "",
    "Le conseil municipal, par 7 voix pour et 1 abstention,", "décide d'attribuer le marché de voirie à l'entreprise",
    "Routes du Val pour un montant de 48 250,00 € HT.", "", "La séance est levée à 20 heures 45.",
]  # fmt: skip
RECEIPT = ["Reçu en préfecture", "le 19 mars 2024"]


def font(size):
    return ImageFont.truetype(FONT, size)


def blank(size=SIZE):
    return Image.new("RGB", size, WHITE)


def written(lines=MINUTES, colour=BLACK, at=(150, 200), size=28):
    picture = blank()
    for row, line in enumerate(lines):
        ImageDraw.Draw(picture).text((at[0], at[1] + 50 * row), line, fill=colour, font=font(size))
    return picture


def seal(colour, at, radius=110):
    """Two rings and letters between them, as on the seal of a town hall."""
    picture = blank()
    draw = ImageDraw.Draw(picture)
    for ring in (radius, 0.6 * radius):
        draw.ellipse((at[0] - ring, at[1] - ring, at[0] + ring, at[1] + ring), outline=colour, width=4)
    for step in range(-2, 3):
        draw.text((at[0] + 30 * step - 8, at[1] - 12), "V", fill=colour, font=font(24))
    return picture


def receipt(colour, at, tilt=5):
    """A framed receipt of the prefecture, stamped askew."""
    picture = blank((340, 130))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((3, 3, 336, 126), outline=colour, width=4)
    for row, line in enumerate(RECEIPT):
        draw.text((35, 15 + 50 * row), line, fill=colour, font=font(30))
    page = blank()
    page.paste(picture.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE), at)
    return page


def over(page, *inked):
    """The page, and what was stamped on it: ink on ink is darker than either."""
    for ink in inked:
        page = ImageChops.multiply(page, ink)
    return page


def scan(picture, folder):
    picture.save(folder / "page.jpg", quality=85, dpi=(DPI, DPI))
    return PageImage(folder / "page.jpg", DPI)


def lifted(picture, folder):
    page, stamps = inks.stamps_lifted(scan(picture, folder), folder)
    return Image.open(page.path).convert("L"), stamps


def dark(page):
    return page.convert("L").point([255] * 140 + [0] * 116)


def unlike(page, other):
    """In how many pixels two pages differ in what is ink and what is paper."""
    return ImageChops.difference(dark(page), dark(other)).histogram()[255]


STAMPED = {
    "seal over the votes": seal(BLUE, (420, 430)),
    "pale seal": seal(PALE, (420, 430)),
    "seal over the signature": seal(VIOLET, (300, 600)),
    "receipt over the title": receipt(RED, (380, 200)),
}


@pytest.mark.parametrize("paper", [WHITE, (238, 222, 178)])
@pytest.mark.parametrize("stamp", STAMPED.values(), ids=STAMPED)
def test_the_text_under_a_stamp_comes_out(tmp_path, stamp, paper):
    old = Image.new("RGB", SIZE, paper)
    page, (column,) = lifted(over(written(), stamp, old), tmp_path)
    plain, before = over(written(), old), over(written(), stamp, old)
    assert unlike(page, plain) < 0.3 * unlike(before, plain)
    assert column.part is Part.STAMP and Image.open(column.image.path).getextrema()[0] < 180


NO_STAMPS = {
    "text alone": written(),
    "a title in colour": written(MINUTES[:3], BLUE),
    "minutes in dark blue": written(colour=NAVY),
    "minutes in blue": written(colour=BLUE),
    "a stamp on blank paper": over(written(), receipt(BLUE, (700, 1200))),
    "coloured words between black ones": over(
        written(["Odile FARGEOT", "", "Paul RENAUDIN"]), written(["", "Lise TAVERNIER", "", "Hugo MARCELLIN"], RED)
    ),
    "a logo with black edges": over(written(), seal((20, 90, 160), (80, 100), 60)),
}


@pytest.mark.parametrize("picture", NO_STAMPS.values(), ids=NO_STAMPS)
def test_other_colours_stay_on_the_page(tmp_path, picture):
    image = scan(picture, tmp_path)
    assert inks.stamps_lifted(image, tmp_path) == (image, [])


def test_the_head_of_a_table_on_a_coloured_ground_stays(tmp_path):
    ground = blank()
    draw = ImageDraw.Draw(ground)
    draw.rectangle((150, 200, 600, 300), fill=BLUE)
    draw.text((170, 230), "Objet", fill=WHITE, font=font(28))
    page = over(written(["", "Montant", "Résultat"]), ground)
    assert not inks.stamps_over_text(scan(page, tmp_path)).found


def test_grey_images_have_no_coloured_ink(tmp_path):
    for mode in ("1", "L"):
        over(written(), seal(BLUE, (420, 430))).convert(mode).save(tmp_path / "page.png")
        image = PageImage(tmp_path / "page.png", DPI)
        assert inks.stamps_lifted(image, tmp_path) == (image, [])


def test_a_stamp_set_askew_is_read_level(tmp_path):
    (column,) = lifted(over(written(), receipt(BLUE, (380, 200), tilt=8)), tmp_path)[1]
    rows = Image.open(column.image.path).resize((1, column.ink.height), Image.Resampling.BOX).tobytes()
    assert max(rows) - min(rows) > 120  # the edges of its frame are rows of their own


needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


@pytest.mark.ocr
@needs_tesseract
def test_the_engine_reads_what_is_under_a_seal_and_what_is_in_the_receipt(tmp_path):
    over(written(), STAMPED["seal over the votes"], receipt(RED, (480, 170))).save(
        tmp_path / "page.png", dpi=(DPI, DPI)
    )
    document = read(tmp_path / "page.png")
    assert all(line in document.text for line in MINUTES if line)
    apart = "\n".join(document.text[slice(*span)] for span in document.apart)
    assert "le 19 mars 2024" in apart and "14 mars" not in apart


@pytest.mark.parametrize(("colour", "mode"), [(BLUE, "RGB"), (BLACK, "L")])
def test_a_scan_in_a_pdf_under_a_drawn_stamp_keeps_its_colours(tmp_path, colour, mode):
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(written()), 0, 0, 595, 842)
    canvas.setStrokeColorRGB(*(side / 255 for side in colour))
    canvas.circle(200, 632, 55)
    canvas.save()
    with closing(pdfium.PdfDocument(tmp_path / "page.pdf")) as pdf:
        assert Image.open(page_image(pdf, 0, tmp_path).path).mode == mode
