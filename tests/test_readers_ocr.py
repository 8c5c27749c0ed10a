"""Images and OCR: the engine is replaced by what it said, except in the tests marked ``ocr``."""

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from pv_extract.errors import OcrMissing, UnreadableSource
from pv_extract.readers import ReadOptions, engine, ocr, orientation, read, recognition
from pv_extract.readers.composition import Part
from pv_extract.readers.engine import OcrWord
from pv_extract.readers.faintness import darkened
from pv_extract.readers.scan import PageImage
from pv_extract.text import Span
from pv_extract.words import Box

TABLE = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t100\t100\t90\t20\t96.5\tSéance\n"
    "5\t1\t1\t1\t1\t2\t200\t100\t30\t20\t91\tdu\n"
    "5\t1\t1\t1\t1\t3\t240\t100\t30\t20\t95\t \n"
)


def word(text, x0, top, block, line, width=None):
    return OcrWord(text, Box(x0, top, x0 + (width or 10 * len(text)), top + 20), 0.9, block, 1, line)


def texts(words):
    lines = ocr.lines_of(words, 0.5)
    return ["" if line is None else "\t".join(" ".join(w.text for w in c) for c in line.cells) for line in lines]


def test_the_engine_s_table_becomes_words():
    assert list(engine.words_of_table(TABLE)) == [
        OcrWord("Séance", Box(100, 100, 190, 120), 0.965, 1, 1, 1),
        OcrWord("du", Box(200, 100, 230, 120), 0.91, 1, 1, 1),
    ]


def test_blocks_are_paragraphs_and_wide_gaps_tabs():
    words = [word("Pour", 100, 100, 1, 1), word(":", 145, 100, 1, 1), word("12", 400, 100, 1, 1)]
    assert texts([*words, word("Fin", 100, 200, 2, 1)]) == ["Pour :\t12", "", "Fin"]


def test_underlined_words_are_set_off_as_bold_ones_are():
    title, text = word("Objet", 100, 100, 1, 1)._replace(underlined=True), word("Vote", 100, 200, 2, 1)
    (first, _, last) = ocr.lines_of([title, text], 0.5)
    assert (first.cells[0][0].bold, last.cells[0][0].bold) == (True, False)


def test_a_margin_block_is_not_mixed_with_the_body():
    margin = [word(t, 50, 100 + 30 * i, 1, i) for i, t in enumerate(("Date", "du", "jour"))]
    body = [word("délibération" * 4, 300, 102 + 30 * i, 2, i) for i in range(6)]
    assert texts([*margin, *body])[:5] == ["Date", "du", "jour", "", "délibération" * 4]


def test_the_columns_of_a_table_are_put_side_by_side():
    names = [word(t, 50, 100 + 30 * i, 1, i) for i, t in enumerate(("Recettes", "Dépenses"))]
    sums = [word(t, 400, 101 + 30 * i, 2, i) for i, t in enumerate(("82,02", "94,30"))]
    assert texts([*names, *sums]) == ["Recettes\t82,02", "Dépenses\t94,30"]
    assert texts([*sums, *names]) == ["Recettes\t82,02", "Dépenses\t94,30"]


def test_the_numbers_of_an_agenda_stand_before_their_titles():
    titles = ("Emprunt pour la halle neuve", "Tarifs de la cantine scolaire", "Statuts de la crèche verte")
    numbers = [word(f"D23-2{row}", 50, 100 + 30 * row, 1, row) for row in range(len(titles))]
    for row, title in enumerate(titles):
        starts = [title.index(part) * 10 for part in title.split()]
        numbers += [word(t, 250 + x, 101 + 30 * row, 2, row) for t, x in zip(title.split(), starts, strict=True)]
    assert texts(numbers) == [f"D23-2{row}\t{title}" for row, title in enumerate(titles)]


def test_a_value_under_its_label_is_no_new_paragraph():
    words = [word("Convocation", 100, 100, 1, 1), word(":", 215, 100, 1, 1), word("Objet", 100, 300, 3, 1)]
    assert texts([*words[:2], word("21", 100, 200, 2, 1), words[2]]) == ["Convocation :", "21", "", "Objet"]


def test_dust_is_no_line_of_the_body_and_a_doubtful_count_is_one(tmp_path, monkeypatch):
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    said = [word(text, 100, 100 * row, 1, row) for row, text in enumerate(("Vote", "D", "#", "11", "oui"))]
    sure = dict(zip(("Vote", "D", "#", "11", "oui"), (0.2, 0.3, 0.1, 0.1, 0.9), strict=True))
    monkeypatch.setattr(ocr, "recognise", lambda *_: [w._replace(confidence=sure[w.text]) for w in said])
    words = ocr.words_of_image(PageImage(tmp_path / "page.png", 100), "fra")
    assert [w.text for w in words if w.part is Part.BODY] == ["Vote", "11", "oui"]
    assert [w.text for w in words if w.part is Part.SPECK] == ["D", "#"]


def test_a_grain_behind_a_title_is_no_figure(tmp_path, monkeypatch):
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    title, count = word("Quitus", 100, 100, 1, 1), word("4", 500, 100, 1, 1)._replace(confidence=0.3)
    low = count._replace(box=Box(500, count.box.bottom - 5, 503, count.box.bottom))
    for last, part in ((count, Part.BODY), (low, Part.SPECK), (low._replace(confidence=0.9), Part.BODY)):
        monkeypatch.setattr(ocr, "recognise", lambda *_, last=last: [title, last])
        words = ocr.words_of_image(PageImage(tmp_path / "page.png", 100), "fra")
        assert {w.text: w.part for w in words} == {"Quitus": Part.BODY, "4": part}


def test_what_stands_apart_comes_last_and_has_no_place(tmp_path, monkeypatch):
    parts = {"Reçu": Part.STAMP, "^~": Part.SPECK, "Vote": Part.BODY}
    said = [word(text, 100, 100 * row, 1, row)._replace(part=part) for row, (text, part) in enumerate(parts.items())]
    said.sort(key=lambda w: list(Part).index(w.part))
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: said)
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    document = read(tmp_path / "page.png")
    assert document.text == "Vote\nReçu\n^~\n" and len(document.words) == 1
    assert [document.text[slice(*span)] for span in (*document.apart, *document.specks)] == ["Reçu", "^~"]


def test_a_page_that_leans_keeps_its_rows_and_its_boxes():
    def leaning(word):
        x0, top, x1, bottom = word.box
        fall = 0.015 * (x0 + x1) / 2
        return word._replace(box=Box(x0, top + fall, x1, bottom + fall))

    said = ("le", "conseil", "vote", "oui")
    text = [word(t, 100 + 80 * i, 40 * row, row, 1) for row in range(6) for i, t in enumerate(said)]
    names = [word(t, 100, 400 + 30 * i, 8, i) for i, t in enumerate(("Recettes", "Dépenses"))]
    sums = [word(t, 1000, 400 + 30 * i, 9, i) for i, t in enumerate(("82,02", "94,30"))]
    page = [leaning(word) for word in (*text, *names, *sums)]
    assert texts(page)[-2:] == ["Recettes\t82,02", "Dépenses\t94,30"]
    (line, _) = ocr.lines_of(page, 0.5)[-2:]
    assert line.cells[1][0].box == pytest.approx([0.5 * side for side in page[-2].box], abs=0.011)


LEFT = ["Je sors avec vous et Frédéric", "Masson veut me recevoir ce matin", "à onze heures", "et vous ?"] * 4
RIGHT = ["Il y a une demoiselle ici qui", "voudrait parler au maire", "Elle est déjà venue hier soir", "non"] * 4


def typed_across(left, right):
    """Two columns that the engine reads as one: each of its lines goes on beyond the gutter."""
    for index, texts_of_row in enumerate(zip(left, right, strict=True)):
        for x, text in zip((100, 600), texts_of_row, strict=True):
            for part in text.split():
                yield word(part, x, 100 + 30 * index, 1 + index // 4, index)
                x += 10 * len(part) + 8


def test_two_columns_that_were_read_across_are_taken_apart():
    assert [text for text in texts(typed_across(LEFT, RIGHT)) if text] == [*LEFT, *RIGHT]


def test_what_stands_over_both_columns_comes_first():
    title = [word("PARALLELISME", 480, 40, 0, 0)]
    assert [t for t in texts([*title, *typed_across(LEFT, RIGHT)]) if t] == ["PARALLELISME", *LEFT, *RIGHT]


def test_names_and_sums_side_by_side_are_rows_of_a_table():
    names = ["Recettes de la section", "Dépenses", "Crédits de la commune", "Report"] * 4
    sums = ["12 000 euros", "9 000 euros", "3 000 euros", "néant"] * 4
    lines = [text for text in texts(typed_across(names, sums)) if text]
    assert lines[0] == "Recettes de la section\t12 000 euros" and len(lines) == 16


@pytest.fixture
def recorded(monkeypatch):
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: list(engine.words_of_table(TABLE)))
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")


def test_an_image_is_a_page_in_points(tmp_path, recorded):
    Image.new("L", (1654, 2339), 255).save(tmp_path / "page.png", dpi=(200, 200))
    document = read(tmp_path / "page.png")
    assert (document.text, document.media_type, document.reader) == ("Séance du\n", "image/png", "image")
    assert document.pages[0].width == pytest.approx(595.4, abs=0.2)
    assert document.words[0].box.x0 == pytest.approx(36, abs=0.1)


def test_every_image_of_a_tiff_is_a_page(tmp_path, recorded):
    pages = [Image.new("L", (800, 1100), 255) for _ in range(3)]
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    assert read(tmp_path / "pages.tif").text == "Séance du\n\fSéance du\n\fSéance du\n"


def test_images_without_a_page_in_them_are_unreadable(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: [])
    Image.new("L", (1, 1)).save(tmp_path / "point.png")
    Image.new("L", (800, 1100), 255).save(tmp_path / "vierge.png")
    (tmp_path / "coupe.png").write_bytes((tmp_path / "vierge.png").read_bytes()[:60])
    for name in ("point.png", "vierge.png", "coupe.png"):
        with pytest.raises(UnreadableSource, match=name):
            read(tmp_path / name)


def test_an_image_without_ocr_cannot_be_read(tmp_path):
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    with pytest.raises(UnreadableSource, match="--ocr never"):
        read(tmp_path / "page.png", ReadOptions(ocr="never"))


def test_engine_missing(tmp_path, monkeypatch):
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine, "_library", lambda: None)
    with pytest.raises(OcrMissing, match="apt install tesseract-ocr"):
        read(tmp_path / "page.png")


needs_engine = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


in_process = pytest.param(
    engine._library, id="library", marks=pytest.mark.skipif(not engine._library(), reason="tesserocr is not installed")
)
WAYS = [in_process, pytest.param(lambda: None, id="command")]
"""How the engine is run: in this process, or as a command."""


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("library", WAYS)
def test_language_missing(tmp_path, monkeypatch, library):
    monkeypatch.setattr(engine, "_library", library)
    Image.new("L", (800, 1100), 255).save(tmp_path / "page.png")
    with pytest.raises(OcrMissing, match="tesseract-ocr-xyz"):
        read(tmp_path / "page.png", ReadOptions(lang="xyz"))


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("library", WAYS)
def test_the_engine_reads_a_page(tmp_path, monkeypatch, library):
    monkeypatch.setattr(engine, "_library", library)
    page = Image.new("L", (1240, 600), 255)
    ImageDraw.Draw(page).text((100, 200), "Le quorum est atteint", fill=0, font=ImageFont.load_default(48))
    page.save(tmp_path / "page.png", dpi=(150, 150))
    document = read(tmp_path / "page.png")
    assert document.text.strip() == "Le quorum est atteint"
    assert document.ocr_engine.startswith("tesseract") and document.mean_confidence > 0.5


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("library", WAYS)
def test_the_engine_fails_on_a_file_that_is_no_image(tmp_path, monkeypatch, library):
    monkeypatch.setattr(engine, "_library", library)
    (tmp_path / "page.pgm").write_text("no image")
    with pytest.raises(UnreadableSource, match=r"page\.pgm"):
        engine.recognise(PageImage(tmp_path / "page.pgm", 300), "fra")


SCANS = Path(__file__).parents[2] / "shared" / "corpus" / "ocr" / "typescript"


@pytest.mark.ocr
@needs_engine
@pytest.mark.skipif(not SCANS.is_dir(), reason=f"no typescripts in {SCANS}")
def test_a_typescript_is_read():
    document = read(sorted(SCANS.glob("*.jpg"))[0])
    assert len(document.words) > 200 and document.mean_confidence > 0.6


def ink_at(page, box):
    """What is printed in a box (in points) of a page at 150 pixels an inch, and a little around it."""
    sides = (round(side * 150 / 72) + grow for side, grow in zip(box, (-9, -9, 9, 9), strict=True))
    return ImageOps.invert(page.crop(tuple(sides)))


@pytest.mark.ocr
@needs_engine
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_the_wrong_way_up_is_turned(tmp_path, degrees):
    page, font = Image.new("L", (1240, 1754), 255), ImageFont.load_default(34)
    for row in range(8):
        ImageDraw.Draw(page).text((100, 200 + 80 * row), "Le conseil municipal approuve le budget", fill=0, font=font)
    page.rotate(degrees, expand=True).save(tmp_path / "page.png", dpi=(150, 150))
    document = read(tmp_path / "page.png", ReadOptions(save_ocr=tmp_path / "ocr"))
    assert document.text.count("Le conseil municipal approuve le budget") == 8
    assert document.pages[0].width < document.pages[0].height
    assert document.words[0].box.x0 == pytest.approx(48, abs=3)
    assert read(tmp_path / "page.png", ReadOptions(save_ocr=tmp_path / "ocr")).pages == document.pages
    words = Span(0, len("Le conseil municipal"))
    upright = ink_at(page, document.box_of(words))
    shown = ink_at(page.rotate(degrees, expand=True), document.shown_box_of(words)).rotate(-degrees, expand=True)
    assert shown.size == pytest.approx(upright.size, abs=2)
    assert shown.getbbox() == pytest.approx(upright.getbbox(), abs=3)


def said_of(confidence, size=(60, 20)):
    return [OcrWord("conseil", Box(x, 10, x + size[0], 10 + size[1]), confidence, 1, 1, 1) for x in range(0, 700, 70)]


@pytest.mark.parametrize(
    ("first", "small", "turned"),
    [
        (said_of(0.9), None, False),
        (said_of(0.9, (20, 60)), None, True),  # the engine reads it standing
        (said_of(0.2), said_of(0.9), True),
        (said_of(0.2), said_of(0.3), False),  # handwriting
        (said_of(0.2)[:3], None, False),  # next to nothing
    ],
)
def test_which_pages_are_turned(tmp_path, monkeypatch, first, small, turned):
    Image.new("1", (800, 1100), 1).save(tmp_path / "page.png")
    image = PageImage(tmp_path / "page.png", 100)
    monkeypatch.setattr(ocr, "words_of_image", lambda page, lang: first if page == image else said_of(0.95))
    monkeypatch.setattr(orientation, "recognise", lambda page, lang: small)
    upright, words = orientation.read_upright(image, "fra", tmp_path)
    assert (upright != image, words != first) == (turned, turned)


def typed(path, ink, paper, lines=20):
    """A page of lines of type, of a level of grey on another."""
    picture = Image.new("L", (800, 1100), paper)
    draw = ImageDraw.Draw(picture)
    for row in range(lines):
        draw.text((80, 60 + 40 * row), "Le conseil municipal approuve le budget " * 2, fill=ink)
    picture.save(path)
    return PageImage(path, 100)


@pytest.mark.parametrize(("ink", "paper", "faint"), [(170, 230, True), (20, 250, False), (215, 235, False)])
def test_only_faint_pages_are_made_dark(ink, paper, faint, tmp_path):
    dark = darkened(typed(tmp_path / "page.png", ink, paper), tmp_path)
    assert (dark is not None) == faint
    if dark:
        levels = Image.open(dark.path).histogram()
        assert sum(levels[:60]) > 1000 and sum(levels[60:200]) < sum(levels[200:]) / 20


def test_a_blank_back_is_not_made_dark(tmp_path):
    assert darkened(typed(tmp_path / "page.png", 200, 235, lines=0), tmp_path) is None


@pytest.mark.parametrize(("better", "kept"), [("page.png", "clear"), ("darkened.pgm", "dark")])
def test_of_a_faint_page_the_surer_reading_is_kept(better, kept, tmp_path, monkeypatch):
    page = typed(tmp_path / "page.png", 170, 230)

    def recognise(image, *_):
        text = "dark" if image.path.name == "darkened.pgm" else "clear"
        return [word(text, 100, 100, 1, 1)._replace(confidence=0.9 if image.path.name == better else 0.3)]

    monkeypatch.setattr(ocr, "recognise", recognise)
    monkeypatch.setattr(ocr, "unread", lambda *_: None)
    assert [w.text for w in ocr.words_of_image(page, "fra")] == [kept]
