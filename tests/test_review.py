"""The look at a record beside its page: every value leads to its place, nothing of a document is obeyed."""

import html
import io
import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from batches import TEXTS
from conftest import FIXTURES
from pv_extract import commands, pipeline
from pv_extract.grammar import load_grammars
from pv_extract.readers import Source
from pv_extract.readers.pictures import pictures
from pv_extract.records import Record
from pv_extract.review.facts import PARTS, Facts
from pv_extract.review.page import page_of
from pv_extract.review.places import DOUBTFUL, Places
from pv_extract.review.wording import label_of
from records import made

PDF = FIXTURES / "pdf" / "conseil-marvigny-2023.pdf"
TEXT = FIXTURES / "text" / "communaute-trois-vaux-2024.txt"
SCAN = FIXTURES / "scan" / "ccas-quincelles-2021.scan.png"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


class Reader(HTMLParser):
    """What a browser makes of a page: elements, ids, links, words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.words = Counter(), Counter(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.tags[tag] += 1
        self.ids.update([told["id"]] if "id" in told else [])
        self.links += [told[name] for name in ("href", "src") if name in told]
        assert not any(name.startswith("on") for name in told)

    def handle_data(self, data):
        self.words.append(data)


def extracted(path):
    return pipeline.extract(path, load_grammars())


def page(path):
    return page_of(extracted(path), Source(path.name, None, path))


@pytest.fixture(scope="module")
def of_text():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        return page(TEXT)


@pytest.mark.parametrize("path", [PDF, TEXT], ids=lambda path: path.suffix)
def test_every_link_leads_to_its_place_and_back(path):
    found = Reader(page(path))
    assert set(found.ids.values()) == {1}
    inner = {link[1:] for link in found.links if link.startswith("#")}
    assert inner <= set(found.ids) and len(inner) > 20
    places = Places(extracted(path)).numbers
    assert {f"m{number}" for number in places.values()} <= set(found.ids)


def test_nothing_is_fetched_and_nothing_runs():
    for path in (PDF, TEXT):
        found = Reader(page(path))
        assert all(link.startswith(("#", "data:image/jpeg;base64,")) for link in found.links)
        assert not {"script", "link", "iframe", "object", "form"} & set(found.tags)
        assert "default-src 'none'" in page(path)


def test_the_text_is_there_whole(of_text):
    inside = re.findall(r"<pre>(.*?)</pre>", of_text, re.DOTALL)
    shown = html.unescape(re.sub(r"<[^>]*>", "", "\f".join(inside)))
    assert shown == TEXT.read_text(encoding="utf-8")


def test_every_value_is_shown(of_text):
    shown = " ".join("".join(Reader(of_text).words).split())
    record = extracted(TEXT)
    for text in (
        record.meeting.date,
        record.meeting.chair.name,
        *(member.name for member in record.attendance.members),
        *(each.title for each in record.deliberations),
        *(amount.value for each in record.deliberations for amount in each.amounts),
    ):
        assert " ".join(text.split()) in shown


@pytest.mark.parametrize("record", [made(), extracted(PDF)], ids=["every field", "sample"])
def test_no_value_and_no_place_is_left_out(record):
    places = Places(record)
    sections = list(Facts(record, places).sections())
    rows = [row for section in sections for row in section.rows]
    cells = [cell for row in rows for cell in row.cells]
    shown = {each.place for each in (*sections, *rows, *cells)}
    assert set(places.numbers.values()) <= shown
    texts = {cell.text for cell in cells}
    dump = record.model_dump(by_alias=True)
    for part in PARTS:
        assert set(strings(dump[part])) <= texts


def strings(value, key=""):
    """The words of a record, those of closed lists and ids aside."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from strings(inner, inner_key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str) and key not in ("id", "status", "outcome", "manner", "mode", "kind"):
        yield value


def test_the_boxes_stand_on_the_words_of_the_page():
    text = page(PDF)
    record = extracted(PDF)
    number = Places(record).number("/meeting/date")
    style = re.search(rf'id="m{number}"[^>]*style="([^"]*)"', text)[1]
    left, top, width, height = map(float, re.findall(r":([\d.]+)%", style))
    x0, y0, x1, y1 = record.evidence["/meeting/date"].box
    assert abs(left - 100 * x0 / 595.28) < 0.5 and abs(width - 100 * (x1 - x0) / 595.28) < 0.5  # A4
    assert abs(top - 100 * y0 / 841.89) < 0.5 and abs(height - 100 * (y1 - y0) / 841.89) < 0.5


def test_what_is_in_doubt_is_marked():
    record = extracted(TEXT)
    evidence = {
        pointer: each.model_copy(update={"confidence": DOUBTFUL - 0.1 if pointer == "/meeting/place" else 1.0})
        for pointer, each in record.evidence.items()
    }
    doubted = record.model_copy(update={"evidence": evidence})
    text = page_of(doubted, Source(TEXT.name, None, TEXT))
    assert "1 in doubt" in text
    assert len(re.findall(r'class="on doubt"', text)) == len(re.findall(r'class="cell doubt"', text)) == 1
    assert "0.70 · stated" in text


def test_what_no_rule_took_is_marked(of_text):
    [first, *_] = [each.text.strip() for each in extracted(TEXT).unclaimed]
    assert 'class="unclaimed"' in of_text and "Taken by no rule" in of_text
    assert html.escape(first, quote=False).replace("'", "&#39;") in of_text


def test_what_a_document_says_is_never_obeyed(tmp_path):
    evil = '<script>alert(1)</script>" onmouseover="x" <img src=http://example.org/x> & {{ 7*7 }}'
    path = tmp_path / "pv.txt"
    path.write_text(TEXT.read_text(encoding="utf-8").replace("salle polyvalente", f"salle {evil} polyvalente"))
    record = extracted(path)
    named = record.model_copy(update={"meeting": record.meeting.model_copy(update={"title": evil})})
    text = page_of(named, Source(path.name, None, path))
    found = Reader(text)
    assert not {"script", "img"} & set(found.tags)
    assert evil in "".join(found.words)
    assert not any("example.org" in link for link in found.links)


def test_the_same_record_gives_the_same_bytes():
    assert page(PDF) == page(PDF)


def test_it_speaks_the_users_language(monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    text = page(TEXT)
    assert '<html lang="fr">' in text and "Présences" in text and "présent" in text
    assert "Attendance" not in text


def test_every_key_of_the_contract_has_words(monkeypatch):
    from pv_extract.records import json_schema

    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    aside = {"Source", "Ocr", "Segment", "Unclaimed", "Finding", "Correction", "Evidence"}
    keys = {
        key for name, each in json_schema()["$defs"].items() if name not in aside for key in each.get("properties", {})
    }
    same = {"date", "place", "mode", "rapporteur", "vote", "quorum", "abstentions", "votes"}
    untold = {key for key in keys - {"id", "span"} if label_of(key) == key.replace("_", " ")}
    assert untold <= same


# --- the command


@pytest.fixture
def run(capfd):
    def here(*arguments):
        code = commands.run([str(argument) for argument in arguments])
        return code, capfd.readouterr()

    return here


def test_one_record_is_one_file(run, tmp_path):
    shutil.copy(PDF, tmp_path)
    assert run("extract", "-o", tmp_path, PDF)[0] == 0
    code, printed = run("review", tmp_path / f"{PDF.stem}.json", "-o", tmp_path / "page.html", "--sources", tmp_path)
    assert (code, printed.out, printed.err) == (0, "", "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count("data:image/jpeg") == 3


def test_a_batch_knows_its_documents(run, tmp_path):
    assert run("batch", *TEXTS, "-o", tmp_path / "out", "--jobs", "1")[0] == 0
    code, printed = run("review", tmp_path / "out", "-o", tmp_path / "pages")
    assert (code, printed.err) == (0, "")
    index = Reader((tmp_path / "pages" / "index.html").read_text(encoding="utf-8"))
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {*index.links, "index.html"}
    assert len(index.links) == len(TEXTS)
    assert all("<pre>" in (tmp_path / "pages" / link).read_text(encoding="utf-8") for link in index.links)


def test_a_document_that_is_not_there_or_another_is_told(run, tmp_path):
    shutil.copy(TEXT, tmp_path / "pv.txt")
    assert run("extract", "-o", tmp_path / "records", tmp_path / "pv.txt")[0] == 0
    (tmp_path / "pv.txt").write_text("autre chose")
    code, printed = run("review", tmp_path / "records", "-o", tmp_path / "pages", "--sources", tmp_path)
    assert code == 0 and "pv.txt: its document was not found" in printed.err
    [made_page] = [path for path in (tmp_path / "pages").iterdir() if path.name != "index.html"]
    assert "is not beside the record" in made_page.read_text(encoding="utf-8")


def test_several_records_do_not_fit_one_file(run, tmp_path):
    assert run("extract", "-o", tmp_path, *TEXTS[:2])[0] == 0
    code, printed = run("review", tmp_path, "-o", tmp_path / "page.html")
    assert code == 2 and "name a folder" in printed.err


def test_an_image_is_shown_with_its_boxes():
    [picture] = pictures(Source(SCAN.name, None, SCAN))
    assert picture.jpeg.startswith(b"\xff\xd8") and abs(picture.width - 595) < 2
    record = Record.model_validate(
        {
            "source": {
                "name": SCAN.name, "sha256": "0" * 64, "media_type": "image/png", "pages": 1, "reader": "image",
                "ocr": None,
            },
            "meeting": {"date": "2021-03-09"},
            "evidence": {
                "/meeting/date": {
                    "span": [0, 5], "quote": "9 mars", "page": 1, "box": [72, 72, 144, 84], "rule": "x",
                    "confidence": 1, "how": "stated",
                }
            },
        }
    )  # fmt: skip
    text = page_of(record, Source(SCAN.name, None, SCAN))
    assert 'id="m1"' in text and 'title="9 mars"' in text
    turned = json.loads(record.to_json())
    turned["evidence"]["/meeting/date"]["box"] = [700, 72, 840, 84]  # of another page
    text = page_of(Record.model_validate(turned), Source(SCAN.name, None, SCAN))
    assert '<i id="m1">' in text and 'class="box' not in text


@pytest.mark.parametrize("angle", [90, -90])
def test_a_value_on_a_page_that_lies_on_its_side_is_marked_where_it_is_seen(tmp_path, angle):
    canvas = Canvas(str(tmp_path / "minutes.pdf"), pagesize=(595, 842), invariant=1)
    canvas.translate(595 if angle > 0 else 0, 0 if angle > 0 else 842)
    canvas.rotate(angle)
    canvas.setFont("Helvetica", 11)
    for row, line in enumerate(("COMMUNE DE VALBRUNE", "Procès-verbal de la séance du conseil municipal")):
        canvas.drawString(72, 500 - 20 * row, line)
    canvas.save()
    record = extracted(tmp_path / "minutes.pdf")
    x0, top, x1, bottom = record.evidence["/meeting/title"].box
    [picture] = pictures(Source("minutes.pdf", None, tmp_path / "minutes.pdf"))
    page = Image.open(io.BytesIO(picture.jpeg)).convert("L").point([255] * 128 + [0] * 128)
    scale = page.width / picture.width
    around = page.crop([round(scale * side) for side in (x0 - 9, top - 9, x1 + 9, bottom + 9)]).getbbox()
    assert around == pytest.approx([9 * scale] * 2 + [scale * (x1 - x0 + 9), scale * (bottom - top + 9)], abs=5 * scale)
