"""The text layer of a PDF is judged by its words; a poor one is read again, page by page."""

import io
import json
import random

import pypdfium2
import pytest

from conftest import FIXTURES, recorded_ocr
from pv_extract import pipeline
from pv_extract.grammar import load_grammars
from pv_extract.readers import ReadOptions, ocr, read, recognition
from pv_extract.repair.legibility import GARBLED, POOR, is_poor, lacks_accents, layer_score, looks_french

COPIER = FIXTURES / "copier" / "comite-lisiere-2022.copier.pdf"
SCAN = FIXTURES / "scan" / "comite-lisiere-2022.scan.pdf"
TEXTS = sorted((FIXTURES / "text").glob("*.txt"))


def words_of(file):
    return file.read_text(encoding="utf-8").split()


def noisy(words, share, seed=0):
    """The words with this share of their letters read as others."""
    rng = random.Random(seed)
    return ["".join(rng.choice("eoaclI1rnitfs.,'") if rng.random() < share else c for c in word) for word in words]


@pytest.mark.parametrize("file", [f for f in TEXTS if "damaged" not in f.name], ids=lambda f: f.name)
def test_good_text_scores_high_and_bad_text_low(file):
    words = words_of(file)
    assert layer_score(words) > 0.97 and not is_poor(words, over_scan=True)
    assert layer_score(noisy(words, 0.1)) < 0.93 and is_poor(noisy(words, 0.1), over_scan=True)
    assert layer_score(words) > layer_score(noisy(words, 0.03)) > layer_score(noisy(words, 0.2))


def test_what_is_read_by_our_own_engine_is_good():
    for file in (FIXTURES / "ocr").glob("*.json"):
        for page in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            assert not is_poor([word["text"] for word in page["words"]], over_scan=True)


def test_a_page_set_in_type_is_read_again_only_if_it_is_garbled():
    words = words_of(TEXTS[0])
    assert GARBLED < layer_score(noisy(words, 0.1)) < POOR and not is_poor(noisy(words, 0.1), over_scan=False)
    assert is_poor(noisy(words, 0.5), over_scan=False)
    assert is_poor(["".join(chr(0xF000 + ord(c)) for c in word) for word in words if word.isascii()], over_scan=False)


def test_a_text_without_accents_is_not_french_as_printed():
    bare = [word.translate(str.maketrans("éèêàçùôîâûëïœ", "eeeacuoiaueio")) for word in words_of(TEXTS[0])]
    assert lacks_accents(bare) and is_poor(bare, over_scan=True) and not is_poor(bare, over_scan=False)
    assert not lacks_accents(bare[:20])


@pytest.mark.parametrize("word", ["VALMORIN", "Mme", "12", "1er", "2023-045", "–", "a.b@exemple.fr", "muni-"])
def test_names_numbers_and_addresses_do_not_count(word):
    assert looks_french(word) is None


def test_few_words_prove_nothing():
    assert layer_score(["cxtrnit"] * 29) is None and layer_score([]) is None


def extracted(options):
    with recorded_ocr(SCAN):
        return pipeline.extract(COPIER, load_grammars(), options)


def test_a_poor_layer_is_read_again_page_by_page(monkeypatch):
    record = extracted(ReadOptions())
    assert record.source.ocr.pages == (1, 3)
    told = [f for f in record.findings if f.rule == "poor-text-layer"]
    assert [f.severity for f in told] == ["info", "info"] and "page 1" in told[0].message
    with recorded_ocr(SCAN):
        scan = pipeline.extract(SCAN, load_grammars())
    assert scan.source.ocr.pages == (1, 2, 3)
    assert [d.title for d in record.deliberations] == [d.title for d in scan.deliberations]


def test_a_poor_layer_is_kept_and_told_where_ocr_is_not_wanted():
    record = extracted(ReadOptions(ocr="never"))
    assert record.source.ocr is None
    told = [f for f in record.findings if f.rule == "poor-text-layer"]
    assert [f.severity for f in told] == ["warning", "warning"] and "it was kept" in told[1].message


def test_a_poor_layer_stays_where_ocr_reads_worse(monkeypatch):
    garbage = [ocr.OcrWord("xzq", ocr.Box(10, 10, 40, 30), 0.1, 1, 1, n) for n in range(50)]
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: garbage)
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")
    document = read(COPIER)
    assert [page.method for page in document.pages] == ["layer"] * 3 and document.ocr_engine is None
    assert [page.layer_score is None for page in document.pages] == [False, True, False]


def test_a_page_that_was_not_read_is_a_finding(tmp_path):
    merged = pypdfium2.PdfDocument.new()
    for file in (FIXTURES / "pdf" / "comite-lisiere-2022.pdf", SCAN):
        merged.import_pages(pypdfium2.PdfDocument(file), [0])
    out = io.BytesIO()
    merged.save(out)
    (tmp_path / "mixte.pdf").write_bytes(out.getvalue())
    record = pipeline.extract(tmp_path / "mixte.pdf", load_grammars(), ReadOptions(ocr="never"))
    assert [f.message.split()[1] for f in record.findings if f.rule == "page-not-read"] == ["2"]
