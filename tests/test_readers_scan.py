"""Scanned pages made ready for the engine: rules, margins, speckle, and ink on which no word was found."""

import random
import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont

from pv_extract.readers import ocr, read, scan, underlined_titles
from pv_extract.readers.composition import Part
from pv_extract.readers.dividers import dividers
from pv_extract.readers.engine import Layout, OcrWord
from pv_extract.readers.markings import with_rules_apart, with_underlines
from pv_extract.readers.rulings import Ruling, Rulings, find_rulings, is_drawn, without_rulings
from pv_extract.readers.scan import PageImage
from pv_extract.readers.touching_underlines import touching, without_underlines
from pv_extract.readers.unread_ink import unread
from pv_extract.words import Box

DPI = 150
SIZE = 1240, 1754
TITLE = "Approbation du compte rendu"


def page(*lines, text=()):
    """An A4 page at 150 dpi with drawn lines and texts."""
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    for line in lines:
        draw.line(line, fill=0, width=3)
    for place, words in text:
        draw.text(place, words, fill=0, font=ImageFont.load_default(28))
    return picture


def column(picture, folder):
    picture.save(folder / "page.png")
    (only,) = scan.columns(PageImage(folder / "page.png", DPI), folder)
    return only


MARGIN = [(300, 60, 285, 1700)]
BODY = [((340, 200 + 60 * i), "Le conseil municipal approuve le compte rendu") for i in range(8)]


def test_rules_are_found_and_text_is_none():
    rulings = find_rulings(page((100, 300, 900, 306), *MARGIN, text=BODY), DPI)
    assert min(line.top for line in rulings.horizontal) in range(296, 302)
    assert max(line.x1 for line in rulings.horizontal) in range(890, 906)
    assert all(280 < line.x0 < 304 for line in rulings.vertical)
    assert find_rulings(page(text=BODY), DPI) == ([], [])


def test_rules_are_erased_and_text_stays():
    ruled, plain = page((100, 680, 1100, 684), *MARGIN, text=BODY), page(text=BODY)
    left = without_rulings(ruled, find_rulings(ruled, DPI), DPI)
    ink = [picture.histogram()[0] for picture in (ruled, left, plain)]
    assert ink[1] - ink[2] < 0.05 * (ink[0] - ink[2])
    assert left.crop((330, 190, 1240, 660)).tobytes() == plain.crop((330, 190, 1240, 660)).tobytes()


def test_a_picture_is_no_rule():
    picture = page(text=BODY)
    ImageDraw.Draw(picture).rectangle((600, 900, 900, 1300), fill=0)
    assert find_rulings(picture, DPI) == ([], [])


def parting(picture):
    return dividers(find_rulings(picture, DPI), SIZE, DPI)


def test_a_tall_rule_parts_the_page_and_a_frame_does_not():
    frame = [(40, 60, 1200, 60), (40, 60, 40, 1700), (1200, 60, 1200, 1700), (40, 1700, 1200, 1700)]
    assert parting(page(*frame)) == []
    (rule,) = parting(page(*frame, *MARGIN))
    assert rule.at(60) == pytest.approx(300, abs=6) and rule.at(1700) == pytest.approx(285, abs=6)


def test_the_rules_of_a_table_part_nothing():
    rows = [(100, y, 1100, y) for y in range(100, 1700, 200)]
    assert parting(page(*rows, *((x, 100, x, 1500) for x in (100, 500, 1100)))) == []


def test_an_ordinary_page_goes_to_the_engine_as_it_is(tmp_path):
    page((340, 280, 900, 280), text=BODY).save(tmp_path / "page.png")
    (only,) = scan.columns(PageImage(tmp_path / "page.png", DPI), tmp_path)
    assert (only.image.path, only.left) == (tmp_path / "page.png", 0)


def underlined_title():
    title = [((340, 200), "Budget principal : reprise anticipée")]
    return page((340, 226, 800, 226), text=title), page(text=title)


def test_an_underline_on_which_letters_stand_is_taken_off_and_their_tails_stay():
    under, plain = underlined_title()
    lines = touching(under.reduce(2), find_rulings(under, DPI).horizontal, 2, DPI)
    clear = without_underlines(under, lines, DPI)
    ink = [picture.histogram()[0] for picture in (under, clear, plain)]
    assert lines and 0.8 * ink[2] < ink[1] < 1.05 * ink[2] < 0.6 * ink[0]
    tails = (340, 230, 800, 240)
    assert clear.crop(tails).tobytes() == under.crop(tails).tobytes()


@pytest.mark.parametrize("line", [(340, 250, 800, 250), (100, 160, 1100, 160)])
def test_a_line_apart_from_letters_is_no_such_underline(line):
    ruled = page(line, text=[((340, 200), "Budget principal : reprise")])
    rulings = find_rulings(ruled, DPI)
    assert rulings.horizontal and touching(ruled.reduce(2), rulings.horizontal, 2, DPI) == []


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [(0.4, 0.9, False), (0.4, 0.3, True), (0.9, 0.95, True)],
)
def test_a_title_is_read_again_where_the_engine_was_not_sure(tmp_path, monkeypatch, before, after, kept):
    underlined_title()[0].save(tmp_path / "page.png")
    first, other = (
        engine_word("Budaet pricipal", 200, before)._replace(box=Box(340, 200, 790, 230)),
        engine_word("x", 600),
    )
    again = engine_word("Budget principal", 200, after)
    monkeypatch.setattr(underlined_titles, "recognise", lambda image, lang, layout: [again])
    rulings = find_rulings(underlined_title()[0], DPI)
    image = PageImage(tmp_path / "page.png", DPI)
    words = underlined_titles.with_titles_read_again([first, other], image, rulings, "fra", tmp_path)
    assert words == ([first, other] if kept else [again._replace(underlined=True), other])


def test_two_pieces_of_one_underline_make_one_title(tmp_path, monkeypatch):
    title = [((340, 200), "Budget annexe"), ((700, 200), "du lavoir communal")]
    under = page((330, 226, 530, 226), (690, 226, 940, 226), text=title)
    under.save(tmp_path / "page.png")
    old = engine_word("Budaet pricipal", 200, 0.4)._replace(box=Box(340, 200, 790, 230))
    halves = [old._replace(box=Box(340, 200, 520, 230)), old._replace(box=Box(700, 200, 930, 230))]
    again = engine_word("Budget principal", 200)._replace(box=Box(340, 200, 930, 230))
    monkeypatch.setattr(underlined_titles, "recognise", lambda image, lang, layout: [again])
    image = PageImage(tmp_path / "page.png", DPI)
    words = underlined_titles.with_titles_read_again(halves, image, find_rulings(under, DPI), "fra", tmp_path)
    assert [word.text for word in words] == ["Budget principal"]


def test_a_title_of_which_nothing_was_read_is_set_between_the_lines_around_it(tmp_path, monkeypatch):
    underlined_title()[0].save(tmp_path / "page.png")
    above, below = engine_word("Finances", 100), engine_word("Le maire propose", 300)
    again = [engine_word("|", 200, x=325), engine_word("Budget principal", 200)]
    monkeypatch.setattr(underlined_titles, "recognise", lambda image, lang, layout: again)
    rulings = find_rulings(underlined_title()[0], DPI)
    image = PageImage(tmp_path / "page.png", DPI)
    speck = engine_word("nriBu", 200, 0.1)._replace(part=Part.SPECK)
    words = underlined_titles.with_titles_read_again([above, below, speck], image, rulings, "fra", tmp_path)
    assert [word.text for word in words] == ["Finances", "Budget principal", "Le maire propose"]
    assert words[1].underlined and words[1].block not in (above.block, below.block)


def test_margin_and_body_are_read_apart(tmp_path):
    page(*MARGIN, text=[((60, 300), "en exercice"), *BODY]).save(tmp_path / "page.png")
    margin, body = scan.columns(PageImage(tmp_path / "page.png", DPI), tmp_path)
    assert margin.left == 0 and body.left == pytest.approx(285, abs=6)
    assert Image.open(margin.image.path).width + Image.open(body.image.path).width == pytest.approx(1255, abs=9)


STAMP = [(800, 15, 800, 150), (800, 150, 1225, 150)]
RECEIPT = [((815, 40), "Envoyé en préfecture"), ((815, 90), "Affiché le 02/05")]


def test_the_stamp_in_the_corner_is_read_apart(tmp_path):
    page(*STAMP, text=[((340, 100), TITLE), *RECEIPT, *BODY]).save(tmp_path / "page.png")
    body, stamp = scan.columns(PageImage(tmp_path / "page.png", DPI), tmp_path)
    assert (body.part, stamp.part) == (Part.BODY, Part.STAMP)
    assert stamp.left == pytest.approx(800, abs=6)
    assert Image.open(stamp.image.path).getextrema()[0] < 100
    assert Image.open(body.image.path).crop((795, 0, 1240, 155)).getextrema() == (255, 255)


@pytest.mark.parametrize("lines", [STAMP[:1], STAMP[1:], [(800, 15, 800, 150), (800, 150, 1050, 150)]])
def test_other_rules_near_the_corner_make_no_stamp(tmp_path, lines):
    page(*lines, text=BODY).save(tmp_path / "page.png")
    assert len(scan.columns(PageImage(tmp_path / "page.png", DPI), tmp_path)) == 1


@pytest.mark.parametrize(
    ("rules", "underlined"),
    [
        ([(340, 340, 590, 342)], True),
        ([(335, 340, 460, 342), (455, 341, 590, 343)], True),  # one that leans
        ([(340, 340, 430, 342)], False),
        ([(100, 340, 1100, 342)], False),  # the edge of a table
        ([(340, 320, 590, 322)], False),  # struck out
        ([(340, 360, 590, 362)], False),
    ],
)
def test_an_underline_spans_its_words_and_no_more(rules, underlined):
    words = [engine_word("Achat", 310), engine_word("de", 310, x=410), engine_word("batardeaux", 310, x=450)]
    other = engine_word("Monsieur", 420)._replace(line=9)
    marked = with_underlines([*words, other], Rulings([Ruling(*rule) for rule in rules], []))
    assert [word.underlined for word in marked] == [underlined] * 3 + [False]


def speckled(grains, folder):
    """A black-and-white page of which so many pixels of the text's region were turned, a hair line below it."""
    picture, grain = page(text=BODY), random.Random(0)
    for x, y in ((grain.randrange(340, 1200), grain.randrange(600, 1150)) for _ in range(grains)):
        picture.putpixel((x, y), 255 - picture.getpixel((x, y)))
    ImageDraw.Draw(picture).line((600, 1400, 620, 1400), fill=0)
    picture.convert("1", dither=Image.Dither.NONE).save(folder / "speckled.png")
    return PageImage(folder / "speckled.png", DPI)


@pytest.mark.parametrize(("grains", "smoothed"), [(0, False), (14_000, True), (100_000, True)])
def test_speckle_is_smoothed(grains, smoothed, tmp_path):
    image = speckled(grains, tmp_path)
    (only,) = scan.columns(image, tmp_path)
    assert (only.image.path != image.path) == smoothed


@pytest.mark.parametrize(("grains", "kept"), [(14_000, True), (100_000, False)])
def test_thin_strokes_of_a_page_with_ragged_edges_are_kept(grains, kept, tmp_path):
    (only,) = scan.columns(speckled(grains, tmp_path), tmp_path)
    with Image.open(only.image.path) as picture:
        assert (min(picture.crop((590, 1390, 630, 1410)).getdata()) < 255) == kept


def test_ink_without_words_is_looked_at_again(tmp_path):
    title = page(text=[((340, 100), TITLE), *BODY])
    words = [Box(340, y - 2, 1000, y + 32) for (_, y), _ in BODY]
    assert unread(column(title, tmp_path), [*words, Box(340, 98, 800, 132)], tmp_path) is None
    missed = unread(column(title, tmp_path), words, tmp_path)
    sheet = Image.open(missed.image.path)
    around = sheet.point([255] * 128 + [0] * 128).getbbox()
    assert around[0] + missed.left >= 335 and around[1] + missed.top >= 95
    assert around[3] + missed.top <= 135 and around[2] + missed.left > 650
    assert sheet.height < 80 and min(around[0], around[1]) > 5


def test_a_blank_page_is_not_looked_at_again(tmp_path):
    assert unread(column(page(), tmp_path), [], tmp_path) is None


def engine_word(text, y, confidence=0.9, x=340):
    return OcrWord(text, Box(x, y, x + 12 * len(text), y + 30), confidence, 1, 1, y)


def test_lines_of_the_second_look_stand_at_their_height(tmp_path, monkeypatch):
    page(text=[((340, 100), TITLE), *BODY]).save(tmp_path / "page.png")
    said = {
        Layout.PAGE: [engine_word("Le-conseil-municipal-approuve-le-compte-rendu", y) for (_, y), _ in BODY],
        Layout.LINES: [engine_word(TITLE, 100), engine_word("mumble", 130, 0.2), engine_word("1)", 150)],
    }
    monkeypatch.setattr(ocr, "recognise", lambda image, lang, layout=Layout.PAGE: said[layout])
    words = ocr.words_of_image(PageImage(tmp_path / "page.png", DPI), "fra")
    body = [word.text for word in words if word.part is Part.BODY]
    assert body[:2] == [TITLE, said[Layout.PAGE][0].text] and len(body) == 9
    assert [word.text for word in words if word.part is Part.SPECK] == ["mumble", "1)"]


def test_pieces_of_rules_are_specks(tmp_path, monkeypatch):
    page((340, 100, 340, 700), text=BODY).save(tmp_path / "page.png")
    words = [engine_word("|", 300, x=337), engine_word("|", 300, x=700), engine_word("Vote", 300, x=345)]
    monkeypatch.setattr(
        ocr, "recognise", lambda image, lang, layout=Layout.PAGE: words if layout == Layout.PAGE else []
    )
    read = ocr.words_of_image(PageImage(tmp_path / "page.png", DPI), "fra")
    assert [word.part for word in read] == [Part.BODY, Part.BODY, Part.SPECK]


def test_the_dash_of_an_underlined_title_is_no_piece_of_its_rule():
    rule = Rulings([Ruling(340, 322, 590, 326)], [])
    title = [engine_word("Tarifs", 300), engine_word("—", 300, x=430), engine_word("lavoir", 300, x=470)]
    dash = title[1]._replace(box=Box(430, 311, 455, 319))
    parts = [word.part for word in with_rules_apart([title[0], dash, title[2]], rule, DPI)]
    assert parts == [Part.BODY] * 3
    low = dash._replace(box=Box(430, 322, 455, 328))
    parts = [word.part for word in with_rules_apart([title[0], low, title[2]], rule, DPI)]
    assert parts == [Part.BODY, Part.SPECK, Part.BODY]


@pytest.mark.parametrize(("x", "part"), [(350, Part.BODY), (600, Part.SPECK)])
def test_a_dot_far_beyond_its_line_is_a_speck(tmp_path, monkeypatch, x, part):
    page(text=BODY).save(tmp_path / "page.png")
    words = [engine_word("Vote", 300, x=290), engine_word(":", 300, x=x)]
    monkeypatch.setattr(ocr, "recognise", lambda image, lang, layout=Layout.PAGE: words)
    read = ocr.words_of_image(PageImage(tmp_path / "page.png", DPI), "fra")
    assert [word.part for word in read if word.text == ":"][:1] == [part]


def test_a_sign_touches_a_rule():
    rulings = find_rulings(page((100, 300, 900, 300)), DPI)
    assert is_drawn(Box(200, 296, 230, 299), rulings, DPI)
    assert not is_drawn(Box(200, 250, 230, 280), rulings, DPI)


def test_columns_are_never_one_line():
    words = [engine_word("Objet", 300, x=60), engine_word("Vote", 300)._replace(column=1)]
    lines = ocr.lines_of(words, 0.5)
    assert [line and line.cells[0][0].text for line in lines] == ["Objet", None, "Vote"]


@pytest.mark.ocr
@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_the_engine_reads_a_margin_and_a_body(tmp_path):
    margin = [((60, 200), "Nombre de"), ((60, 260), "membres"), ((60, 320), "Convocation")]
    page(*MARGIN, text=[*margin, *BODY]).save(tmp_path / "page.png", dpi=(DPI, DPI))
    text = read(tmp_path / "page.png").text
    assert text.index("membres") < text.index("Convocation") < text.index("Le conseil")
    assert text.count("Le conseil municipal approuve le compte rendu\n") == 8


def test_a_stamp_is_not_looked_at_again(tmp_path, monkeypatch):
    page(*STAMP, text=[((340, 100), TITLE), *RECEIPT, *BODY]).save(tmp_path / "page.png")
    looked = []
    monkeypatch.setattr(ocr, "unread", lambda column, boxes, folder: looked.append(column.part))
    monkeypatch.setattr(ocr, "recognise", lambda image, lang, layout=Layout.PAGE: [engine_word("Vote", 300)])
    ocr.words_of_image(PageImage(tmp_path / "page.png", DPI), "fra")
    assert looked == [Part.BODY]
