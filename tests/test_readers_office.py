# ruff: noqa: E501 - XML is written on one line
"""ODT, DOCX, old Word and RTF: paragraphs, styles, lists, tables, and what is left out."""

import shutil
import subprocess
import zipfile

import pytest

from pv_extract import pipeline
from pv_extract.errors import Exit, OcrMissing, UnreadableSource
from pv_extract.grammar import load_grammars
from pv_extract.readers import read

NS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def odt(path, body, automatic="", named="", master=""):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NS}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {NS}><office:styles>{named}</office:styles>{master}</office:document-styles>",
        )
    return path


def docx(path, body, styles="", numbering=""):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        archive.writestr("word/header1.xml", f"<w:hdr {W}><w:p><w:r><w:t>En-tête</w:t></w:r></w:p></w:hdr>")
    return path


def runs(document):
    return [(document.text[s.start : s.end], s.bold, s.italic) for s in document.styles]


def body_of(document):
    return document.text[: document.apart[0].start - 1]


def set_apart(document):
    return [span.of(document.text) for span in document.apart]


BOLD = '<style:style style:name="G" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
HEIR = '<style:style style:name="P1" style:parent-style-name="Excuse" style:family="paragraph"/>'
ITALIC = (
    '<style:style style:name="Excuse" style:family="paragraph">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
)


def test_odt_paragraphs_and_styles(tmp_path):
    body = (
        '<text:h text:outline-level="1">Ordre du jour</text:h>'
        '<text:p>Présents : <text:span text:style-name="G">M.<text:s/>VALMORIN</text:span>,\n  Mme<text:tab/>X</text:p>'
        '<text:p text:style-name="P1">Mme SORBIER<text:line-break/>excusée</text:p><text:p/>'
    )
    document = read(odt(tmp_path / "pv.odt", body, BOLD + HEIR, ITALIC))
    assert document.text == "Ordre du jour\nPrésents : M. VALMORIN, Mme\tX\nMme SORBIER\nexcusée\n\n"
    assert runs(document) == [
        ("Ordre du jour", True, False),
        ("M. VALMORIN", True, False),
        ("Mme SORBIER\nexcusée", False, True),
    ]


def test_odt_lists_tables_and_what_is_left_out(tmp_path):
    lists = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="."'
        ' style:num-format="1"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    cell = "<table:table-cell><text:p>{}</text:p><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
        f'<text:list text:style-name="L1">{item.format("Budget")}{item.format("Voirie")}</text:list>'
        f"<text:list>{item.format('puce')}</text:list>"
        f"<table:table><table:table-row>{cell.format('a', 'b')}{cell.format('', 'c')}</table:table-row></table:table>"
    )
    assert read(odt(tmp_path / "pv.odt", body, lists)).text == "1. Budget\n2. Voirie\n- puce\na b\tc\n"


def test_a_table_that_lays_out_the_page_is_read_column_by_column(tmp_path):
    cells = "".join(
        "<table:table-cell>" + "".join(f"<text:p>{name} {i}</text:p>" for i in range(5)) + "</table:table-cell>"
        for name in ("marge", "corps")
    )
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    text = read(odt(tmp_path / "pv.odt", body)).text
    assert text.index("marge 4") < text.index("corps 0") and "\t" not in text


def test_docx_paragraphs_styles_and_deletions(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Titre1"><w:basedOn w:val="Gras"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gras"><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Ordre du jour</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Présent : </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>M. X</w:t></w:r>"
        "<w:del><w:r><w:delText>effacé</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
        "<w:ins><w:r><w:tab/><w:t>ajouté</w:t></w:r></w:ins></w:p>"
        '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>maigre</w:t></w:r></w:p>'
    )
    document = read(docx(tmp_path / "pv.docx", body, styles))
    assert body_of(document) == "Ordre du jour\nPrésent : M. X\tajouté\nmaigre\n"
    assert set_apart(document) == ["En-tête"]
    assert runs(document) == [("Ordre du jour", True, False), ("M. X", False, True)]


def test_docx_lists_and_tables(tmp_path):
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )

    def item(level, text):
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        item(0, "Budget")
        + item(1, "dépenses")
        + item(1, "recettes")
        + item(0, "Voirie")
        + item(1, "rue")
        + f"<w:tbl><w:tr>{cell.format('Pour')}{cell.format('12')}</w:tr></w:tbl>"
    )
    assert (
        body_of(read(docx(tmp_path / "pv.docx", body, numbering=numbering)))
        == "1. Budget\n1.a) dépenses\n1.b) recettes\n2. Voirie\n2.a) rue\nPour\t12\n"
    )


@pytest.mark.parametrize("make", [odt, docx])
def test_damaged_or_empty_archives_are_unreadable(tmp_path, make):
    name = f"pv.{make.__name__}"
    make(tmp_path / name, "")
    with pytest.raises(UnreadableSource, match=name):
        read(tmp_path / name)
    make(tmp_path / name, "<pas fermé")
    with pytest.raises(UnreadableSource, match=name):
        read(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableSource, match=name):
        read(tmp_path / name)


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("pv_extract.readers.office.LARGEST_MEMBER", 10_000)
    with pytest.raises(UnreadableSource):
        read(odt(tmp_path / "pv.odt", "<text:p>" + " " * 20_000 + "x</text:p>"))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_old_word_without_a_helper_names_the_package(tmp_path, monkeypatch):
    (tmp_path / "pv.doc").write_bytes(OLE)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(OcrMissing, match="apt install antiword") as caught:
        read(tmp_path / "pv.doc")
    assert caught.value.exit_code == Exit.OCR_MISSING


DOCBOOK = """<?xml version="1.0" encoding="utf-8"?>
<book><bookinfo><title>x</title></bookinfo><chapter><title/><para>
Séance du <emphasis role='bold'>3 mars</emphasis>

<itemizedlist mark='bullet'><listitem><para>Budget</para></listitem></itemizedlist>
<informaltable><tgroup cols='2'><tbody><row><entry>
Pour
</entry><entry>12</entry></row></tbody></tgroup></informaltable>
[pic]
Fin de séance
</para></chapter></book>"""


def test_old_word_through_antiword(tmp_path, monkeypatch):
    (tmp_path / "pv.doc").write_bytes(OLE)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    done = subprocess.CompletedProcess([], 0, DOCBOOK.encode())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    document = read(tmp_path / "pv.doc")
    assert document.text == "Séance du 3 mars\n- Budget\nPour\t12\nFin de séance\n"
    assert runs(document) == [("3 mars", True, False)]


@pytest.mark.skipif(not shutil.which("antiword"), reason="antiword is not installed")
def test_old_word_that_is_none_is_unreadable(tmp_path):
    (tmp_path / "pv.doc").write_bytes(OLE)
    with pytest.raises(UnreadableSource):
        read(tmp_path / "pv.doc")


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}{\header En-t\'eate\par}
\pard S\'e9ance du {\b 3 mars}, \i Mme\~X\i0\par \u8211?\tab fin\par
\trowd\cellx1\cellx2 Pour\cell 12\cell\row
\pard}"""


def test_rtf(tmp_path):
    (tmp_path / "pv.rtf").write_bytes(RTF.encode("ascii"))
    document = read(tmp_path / "pv.rtf")
    assert body_of(document) == "Séance du 3 mars, Mme\xa0X\n–\tfin\nPour\t12\n"
    assert set_apart(document) == ["En-tête"]
    assert runs(document) == [("3 mars", True, False), ("Mme\xa0X", False, True)]


def test_rtf_without_text_is_unreadable(tmp_path):
    (tmp_path / "pv.rtf").write_bytes(rb"{\rtf1{\fonttbl x}}")
    with pytest.raises(UnreadableSource):
        read(tmp_path / "pv.rtf")


@pytest.mark.parametrize("spoil", [slice(120, 160), slice(200, 240), slice(-60, -40)])
def test_spoilt_bytes_never_end_in_a_traceback(tmp_path, spoil):
    data = bytearray(odt(tmp_path / "pv.odt", "<text:p>Séance</text:p>").read_bytes())
    data[spoil] = bytes(len(data[spoil]))
    (tmp_path / "pv.odt").write_bytes(data)
    with pytest.raises(UnreadableSource):
        read(tmp_path / "pv.odt")


NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note</text:p></text:note-body></text:note>"
EDGES = (
    "<office:master-styles><style:master-page><style:header><text:p>Commune de <text:span>Valmorin</text:span></text:p>"
    "</style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
    "</style:master-page></office:master-styles>"
)


def test_headers_footers_and_notes_of_odt_stand_apart(tmp_path):
    document = read(odt(tmp_path / "pv.odt", f"<text:p>Séance{NOTE} ouverte</text:p>", master=EDGES))
    assert body_of(document) == "Séance ouverte\n"
    assert set_apart(document) == ["Note", "Commune de Valmorin", "Page 1"]


def test_what_stands_apart_is_furniture_and_lost_to_nobody(tmp_path):
    source = odt(tmp_path / "pv.odt", "<text:p>Procès-verbal du conseil municipal</text:p>", master=EDGES)
    record = pipeline.extract(source, load_grammars())
    text = read(source).text
    furniture = "".join(text[slice(*part.span)] for part in record.segments if part.kind == "furniture")
    assert furniture.split() == ["Commune", "de", "Valmorin", "Page", "1"]
    assert [c.before for c in record.corrections if c.rule == "furniture.apart"] == ["Commune de Valmorin", "Page 1"]


def test_notes_and_headers_of_rtf_stand_apart(tmp_path):
    (tmp_path / "pv.rtf").write_bytes(rb"{\rtf1{\footerr Pied}Le {\footnote \pard Une note\par}maire\par}")
    document = read(tmp_path / "pv.rtf")
    assert body_of(document) == "Le maire\n" and set_apart(document) == ["Pied", "Une note"]
