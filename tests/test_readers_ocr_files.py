"""ALTO, PAGE, hOCR and METS: what other engines read, in every version, and what must be refused."""

import pytest

from ocr_samples import (
    ALTO_SCHEMAS,
    ALTO_VERSIONS,
    PAGE_SCHEMAS,
    PAGE_VERSIONS,
    SCHEMAS,
    alto,
    alto_block,
    alto_line,
    alto_string,
    assert_valid,
    coords,
    equiv,
    page_line,
    page_region,
    page_xml,
)
from pv_extract.errors import UnreadableSource
from pv_extract.grammar import load_grammars
from pv_extract.normalisation import normalise
from pv_extract.readers import read
from pv_extract.text import Span


def written(folder, text, name="page.xml", encoding="utf-8"):
    (folder / name).write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return folder / name


def read_text(folder, text, name="page.xml"):
    return read(written(folder, text, name))


def styles(document):
    return [(Span(s.start, s.end).of(document.text), s.bold, s.italic) for s in document.styles]


@pytest.mark.parametrize("version", ALTO_VERSIONS)
def test_alto_of_every_version(tmp_path, version):
    document = read_text(tmp_path, alto(version))
    assert document.text == "Séance du conseil\n\nAprès délibé-\nration unanime\n"
    assert (document.reader, document.media_type, document.ocr_engine) == ("alto", "application/alto+xml", "Moteur 2.0")
    assert document.pages[0].method == "ocr" and document.pages[0].width == pytest.approx(595.4, abs=0.1)
    assert [word.confidence for word in document.words][:4] == [0.9, 1.0, pytest.approx(6 / 7, abs=1e-4), None]
    assert document.words[0].box == pytest.approx((72.0, 72.0, 104.4, 82.8), abs=0.1)
    assert styles(document) == [("Séance du conseil", True, False), ("unanime", False, True)]


@pytest.mark.parametrize("version", ALTO_SCHEMAS)
def test_the_alto_samples_are_valid(version):
    assert_valid(alto(version).encode(), f"alto/alto-{ALTO_SCHEMAS[version]}.xsd")


def test_halves_of_a_word_are_joined_as_the_file_says(tmp_path):
    document = read_text(tmp_path, alto())
    assert "Après délibération unanime" in normalise(document, load_grammars()).text
    halves = [
        alto_line(alto_string("vice-", 200, 200, SUBS_TYPE="HypPart1", SUBS_CONTENT="vice-président")),
        alto_line(alto_string("président,", 200, 240, SUBS_TYPE="HypPart2"), y=240),
    ]
    document = read_text(tmp_path, alto(blocks=alto_block("B", *halves)))
    assert document.text == "vice-\nprésident,\n" and normalise(document, load_grammars()).text == "vice-président,\n"


def test_a_whole_word_that_its_halves_do_not_spell_changes_nothing(tmp_path):
    line = alto_line(alto_string("délibé", 200, 200, SUBS_TYPE="HypPart1", SUBS_CONTENT="autrement"))
    document = read_text(
        tmp_path, alto(blocks=alto_block("B", line, alto_line(alto_string("ration", 200, 240), y=240)))
    )
    assert document.text == "délibé\nration\n" and not document.markup


@pytest.mark.parametrize(("unit", "points"), [("mm10", 72 / 254), ("inch1200", 72 / 1200), ("pixel", 72 / 200)])
def test_units_are_made_points(tmp_path, unit, points):
    document = read_text(tmp_path, alto(unit=unit))
    assert document.words[0].box.x0 == pytest.approx(200 * points, rel=1e-3)


def lines_of(document):
    return [line for line in document.text.splitlines() if line]


def three_blocks(**attributes):
    texts = {"B1": "troisième", "B2": "premier", "B3": "deuxième"}
    return "".join(
        alto_block(name, alto_line(alto_string(text, 200, 200 + 300 * n), y=200 + 300 * n), y=200 + 300 * n,
                   **({"IDNEXT": attributes[name]} if name in attributes else {}))
        for n, (name, text) in enumerate(texts.items())
    )  # fmt: skip


def test_alto_reading_order(tmp_path):
    chained = alto(blocks=three_blocks(B2="B3", B3="B1"))
    refs = "".join(f'<ElementRef ID="R{name}" REF="{name}"/>' for name in ("B2", "B3", "B1"))
    ordered = alto(
        blocks=three_blocks(), before=f'<ReadingOrder><OrderedGroup ID="G">{refs}</OrderedGroup></ReadingOrder>'
    )
    circle = alto(blocks=three_blocks(B1="B2", B2="B1"))
    assert lines_of(read_text(tmp_path, chained)) == ["premier", "deuxième", "troisième"]
    assert lines_of(read_text(tmp_path, ordered)) == ["premier", "deuxième", "troisième"]
    assert lines_of(read_text(tmp_path, circle)) == ["troisième", "premier", "deuxième"]


def test_a_foot_is_read_after_the_body(tmp_path):
    foot = alto_block("F", alto_line(alto_string("page-2", 200, 2200), y=2200), y=2200)
    text = alto().replace("<PrintSpace", f"<BottomMargin>{foot}</BottomMargin><PrintSpace")
    assert lines_of(read_text(tmp_path, text))[-1] == "page-2"


def test_a_string_that_is_a_line_is_parted_into_words(tmp_path):
    line = alto_line(alto_string("Le maire ouvre", 200, 200))
    document = read_text(tmp_path, alto(blocks=alto_block("B", line)))
    assert [Span(w.start, w.end).of(document.text) for w in document.words] == ["Le", "maire", "ouvre"]
    assert document.words[1].box.x0 == pytest.approx((200 + 3 * 15) * 0.36, abs=0.2)


ODDITIES = {
    "zero-size": (alto_string("mot", 200, 200).replace("45", "0").replace("30", "0"), "mot\n"),
    "negative": (alto_string("mot", -20, 200), "mot\n"),
    "not-a-number": (alto_string("mot", "NaN", 200), "mot\n"),
    "words": (alto_string("mot", "abc", "def"), "mot\n"),
    "empty": (alto_string("", 200, 200) + alto_string("mot", 220, 200), "mot\n"),
    "blanks": (alto_string("  deux  mots ", 200, 200), "deux mots\n"),
    "confidence": (alto_string("mot", 200, 200, WC="wc", CC="--"), "mot\n"),
}


@pytest.mark.parametrize("odd", ODDITIES)
def test_oddities_of_alto_in_the_wild(tmp_path, odd):
    string, text = ODDITIES[odd]
    assert read_text(tmp_path, alto(blocks=alto_block("B", alto_line(string)))).text == text


def test_a_page_without_print_space_or_size(tmp_path):
    text = alto(page="").replace('<PrintSpace HPOS="0" VPOS="0" WIDTH="1654" HEIGHT="2339">', "")
    assert read_text(tmp_path, text.replace("</PrintSpace>", "")).text.startswith("Séance du conseil")


def test_without_boxes_the_lines_are_as_they_stand(tmp_path):
    lines = "".join(f'<TextLine><String CONTENT="{text}"/></TextLine>' for text in ("Le maire", "ouvre la séance"))
    document = read_text(tmp_path, alto(blocks=f'<TextBlock ID="B">{lines}</TextBlock>'))
    assert document.text == "Le maire\nouvre la séance\n" and document.words == ()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("latin-1", "UTF-8")],
)
def test_encodings(tmp_path, encoding, declared):
    text = alto().replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert read(written(tmp_path, text, encoding=encoding)).text.startswith("Séance du conseil")


BOMB = '<!DOCTYPE alto [<!ENTITY a "ha ha ha ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
THEFT = '<!DOCTYPE alto [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE alto [<!ENTITY % a SYSTEM "http://localhost:9/x.dtd"> %a;]>'


@pytest.mark.parametrize("doctype", [BOMB, THEFT, REMOTE])
@pytest.mark.parametrize("place", ["attribute", "text"])
def test_entities_are_refused(tmp_path, doctype, place):
    head, _, rest = alto().partition("?>")
    rest = rest.replace("Séance", "&a;") if place == "attribute" else rest.replace("pixel", "&a;")
    with pytest.raises(UnreadableSource, match=r"page\.xml"):
        read_text(tmp_path, f"{head}?>{doctype}{rest}")


def test_a_bomb_of_nested_entities_is_refused(tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    head, _, rest = alto().partition("?>")
    with pytest.raises(UnreadableSource):
        read_text(tmp_path, f"{head}?><!DOCTYPE alto [{laughs}]>{rest.replace('Séance', '&l11;')}")


@pytest.mark.parametrize("make", [alto, page_xml])
def test_damaged_files_are_unreadable(tmp_path, make):
    with pytest.raises(UnreadableSource, match="well-formed"):
        read_text(tmp_path, make()[:-40])
    with pytest.raises(UnreadableSource, match=r"page\.xml"):
        read_text(tmp_path, make().partition("<Layout>")[0].partition("<TextRegion")[0])


def test_a_file_without_words_is_unreadable(tmp_path):
    for text in (alto(blocks=""), page_xml(regions="")):
        with pytest.raises(UnreadableSource, match="holds no word"):
            read_text(tmp_path, text)


def test_other_xml_is_unknown(tmp_path):
    with pytest.raises(UnreadableSource, match=r"XML \(document\)"):
        read_text(
            tmp_path, '<?xml version="1.0"?><document xmlns="http://www.abbyy.com/FineReader_xml"><page/></document>'
        )


@pytest.mark.parametrize("version", PAGE_VERSIONS)
def test_page_of_every_version(tmp_path, version):
    document = read_text(tmp_path, page_xml(version))
    assert document.text == "Séance du conseil\n\nAprès délibé¬\nration\n"
    assert (document.reader, document.ocr_engine) == ("page", "Lecteur")
    assert document.words[0].box == pytest.approx((72.0, 72.0, 104.4, 82.8), abs=0.1)
    assert [word.confidence for word in document.words][:4] == [0.9, 0.9, 0.9, None]
    assert styles(document) == ([("Séance du conseil", True, False)] if version > "2011" else [])
    assert "Après délibération" in normalise(document, load_grammars()).text


@pytest.mark.parametrize("version", PAGE_SCHEMAS)
def test_the_page_samples_are_valid(version):
    assert_valid(page_xml(version).encode(), f"page/pagecontent-{version}.xsd")


def test_page_levels_are_not_added_up(tmp_path):
    region = page_region("r", page_line("l", "Le maire", 200, 200), after=equiv("Le maire"))
    assert read_text(tmp_path, page_xml(regions=region)).text == "Le maire\n"
    region = page_region("r", page_line("l", "", 200, 200), after=equiv("Le maire\nouvre"))
    assert read_text(tmp_path, page_xml(regions=region)).text == "Le maire\nouvre\n"


def test_page_alternatives_the_lowest_index_is_the_best(tmp_path):
    texts = equiv("pire").replace("<TextEquiv", '<TextEquiv index="1"') + equiv("mieux").replace(
        "<TextEquiv", '<TextEquiv index="0"'
    )
    line = f'<TextLine id="l">{coords(200, 200, 75, 30)}{texts}</TextLine>'
    assert read_text(tmp_path, page_xml(regions=page_region("r", line))).text == "mieux\n"


def test_page_reading_order(tmp_path):
    regions = [page_region(f"r{n}", page_line(f"l{n}", text, 200, 200 + 300 * n), y=200 + 300 * n)
               for n, text in enumerate(("trois", "un", "deux"))]  # fmt: skip
    inner = '<RegionRefIndexed index="1" regionRef="r2"/><RegionRefIndexed index="0" regionRef="r1"/>'
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r0"/>'
        f'<OrderedGroupIndexed id="h" index="0">{inner}</OrderedGroupIndexed></OrderedGroup></ReadingOrder>'
    )
    assert lines_of(read_text(tmp_path, page_xml(regions="".join(regions), order=order))) == ["un", "deux", "trois"]
    custom = [region.replace('"><Coords', f'" custom="readingOrder {{index:{index};}}"><Coords', 1)
              for region, index in zip(regions, (2, 0, 1), strict=True)]  # fmt: skip
    assert lines_of(read_text(tmp_path, page_xml(regions="".join(custom)))) == ["un", "deux", "trois"]


def test_page_styles_in_custom(tmp_path):
    custom = "readingOrder {index:0;} textStyle {offset:3; length:5; bold:true;}"
    region = page_region("r", page_line("l", "Le maire ouvre", 200, 200, custom=custom))
    assert styles(read_text(tmp_path, page_xml(regions=region))) == [("maire", True, False)]


@pytest.mark.parametrize("roles", [True, False])
def test_the_cells_of_a_page_table_are_rows(tmp_path, roles):
    cells = ""
    for n, text in enumerate(("Pour", "12", "Contre", "3")):
        x, y, row = 200 + 600 * (n % 2), 200 + 60 * (n // 2), n // 2
        role = f'<Roles><TableCellRole rowIndex="{row}" columnIndex="{n % 2}"/></Roles>' if roles else ""
        cells += f'<TextRegion id="c{n}">{coords(x, y, 200, 30)}{role}{page_line(f"l{n}", text, x, y)}</TextRegion>'
    table = f'<TableRegion id="t">{coords(200, 200, 1200, 200)}{cells}</TableRegion>'
    assert read_text(tmp_path, page_xml(regions=table)).text == "Pour\t12\nContre\t3\n"


def test_the_example_of_the_page_authors():
    example = SCHEMAS / "page" / "SimplePage.xml"
    if not example.exists():
        pytest.skip(f"NOT READ: no {example}")
    text = read(example).text
    assert text.startswith("The PAGE Format\n\nThere is a plethora") and "Cell 1\tCell 2\tCell 3\n" in text


def hocr(lines, page="image 'a;b.png'; bbox 0 0 1654 2339; scan_res 200 200", head=""):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://localhost:9/xhtml1.dtd"><html xmlns="http://www.w3.org/1999/xhtml" lang="fr"><head>'
        f'<meta name="ocr-system" content="tesseract 5.3.0"/>{head}</head><body>'
        f'<div class="ocr_page" id="page_1" title="{page}">{lines}</div></body></html>'
    )


def hocr_word(text, x, y, conf=90):
    return f'<span class="ocrx_word" title="bbox {x} {y} {x + 15 * len(text)} {y + 30}; x_wconf {conf}">{text}</span>'


def hocr_line(*words, y=200):
    return f'<span class="ocr_line" title="bbox 200 {y} 1400 {y + 30}; baseline 0 -3">{" ".join(words)}</span>'


def hocr_area(*lines):
    return f'<div class="ocr_carea"><p class="ocr_par" lang="fra">{"".join(lines)}</p></div>'


def test_hocr(tmp_path):
    lines = hocr_line(hocr_word("Séance", 200, 200), hocr_word("<strong><em>du</em></strong>", 300, 200, 40))
    body = hocr_line(hocr_word("délibé&shy;", 200, 300), y=300), hocr_line(hocr_word("ration", 200, 340), y=340)
    document = read_text(tmp_path, hocr(hocr_area(lines) + hocr_area(*body)), "page.hocr")
    assert document.text == "Séance du\n\ndélibé-\nration\n"
    assert (document.reader, document.ocr_engine, document.ocr_language) == ("hocr", "tesseract 5.3.0", "fra")
    assert document.words[0].box == pytest.approx((72.0, 72.0, 104.4, 82.8), abs=0.1)
    assert [word.confidence for word in document.words][:2] == [0.9, 0.4]
    assert styles(document) == [("du", True, True)]


def test_hocr_without_words_or_lines_loses_nothing(tmp_path):
    lines = '<span class="ocr_line" title="bbox 200 200 900 230">Le maire ouvre</span>'
    loose = '<p class="ocr_par" title="bbox 200 400 900 430">la séance</p>'
    assert lines_of(read_text(tmp_path, hocr(hocr_area(lines) + loose))) == ["Le maire ouvre", "la séance"]
    assert lines_of(read_text(tmp_path, hocr("Rien n'est marqué"))) == ["Rien n'est marqué"]


@pytest.mark.parametrize("title", ["bbox 1 2 3", "bbox a b c d", "x_wconf", "", "bbox 5 5 5 5; x_wconf -1"])
def test_hocr_with_odd_titles(tmp_path, title):
    word = f'<span class="ocrx_word" title="{title}">mot</span>'
    assert read_text(tmp_path, hocr(hocr_area(hocr_line(word)))).text == "mot\n"


def test_html_that_is_no_hocr_stays_html(tmp_path):
    assert read_text(tmp_path, "<html><body><p>mot</p></body></html>", "page.html").reader == "html"


def mets(files, order=None, use="ALTO"):
    listed = "".join(
        f'<file ID="F{n}" MIMETYPE="text/xml"><FLocat LOCTYPE="URL" xlink:href="{name}"/></file>'
        for n, name in enumerate(files)
    )
    divisions = "".join(
        f'<div TYPE="page" ORDER="{place}"><fptr FILEID="F{n}"/></div>'
        for n, place in enumerate(order or range(len(files)))
    )
    return (
        '<?xml version="1.0"?><mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns="http://www.loc.gov/METS/" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp USE="{use}">{listed}</fileGrp></fileSec>'
        f'<structMap TYPE="LOGICAL"><div/></structMap><structMap TYPE="PHYSICAL"><div>{divisions}</div></structMap>'
        "</mets:mets>"
    )


def one_word(text):
    return alto(blocks=alto_block("B", alto_line(alto_string(text, 200, 200))))


def test_mets_gives_the_order_of_the_pages(tmp_path):
    (tmp_path / "alto").mkdir()
    written(tmp_path, one_word("deux"), "alto/a b.xml")
    written(tmp_path, page_xml(regions=page_region("r", page_line("l", "un", 200, 200))), "alto/b.xml")
    text = mets(["alto/a%20b.xml", "file://./alto/b.xml"], order=[2, 1])
    document = read_text(tmp_path, text, "mets.xml")
    assert document.text == "un\n\fdeux\n" and (document.reader, len(document.pages)) == ("mets", 2)


@pytest.mark.parametrize(
    "address",
    ["../page.xml", "alto/../../page.xml", "http://localhost:9/page.xml", "file:///etc/hostname", "/etc/hostname",
     "%2e%2e/page.xml", "ftp://localhost/x.xml", "link.xml"],
)  # fmt: skip
def test_mets_never_leaves_its_folder(tmp_path, address):
    written(tmp_path, one_word("dehors"), "page.xml")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.xml").symlink_to(tmp_path / "page.xml")
    with pytest.raises(UnreadableSource, match="outside its folder"):
        read_text(tmp_path / "in", mets([address]), "mets.xml")


def test_mets_with_a_page_missing_or_of_no_use(tmp_path):
    with pytest.raises(UnreadableSource, match="not there"):
        read_text(tmp_path, mets(["rien.xml"]), "mets.xml")
    written(tmp_path, "<x/>", "autre.xml")
    for text in (mets(["autre.xml"]), mets([]), mets(["mets.xml"])):
        with pytest.raises(UnreadableSource, match="lists no ALTO"):
            read_text(tmp_path, text, "mets.xml")


def test_of_several_groups_the_one_with_words_is_read(tmp_path):
    written(tmp_path, alto(blocks=""), "vide.xml")
    written(tmp_path, one_word("plein"), "plein.xml")
    text = mets(["vide.xml"], use="OCR-D-SEG").replace(
        "</fileSec>",
        '<fileGrp USE="OCR-D-OCR"><file ID="G" MIMETYPE="text/xml"><FLocat xlink:href="plein.xml"/></file></fileGrp>'
        "</fileSec>",
    )
    assert read_text(tmp_path, text, "mets.xml").text == "plein\n"
