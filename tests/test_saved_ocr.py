"""What OCR reads, kept as ALTO: valid, found again, and read in the place of the scan."""

import shutil

import pytest

from conftest import FIXTURES, recorded_ocr
from ocr_samples import assert_valid
from pv_extract import pipeline
from pv_extract.errors import UsageError
from pv_extract.grammar import load_grammars
from pv_extract.readers import ReadOptions, engine, ocr, read, recognition
from pv_extract.readers.composition import Part

SCANS = sorted((FIXTURES / "scan").iterdir())
GRAMMAR = load_grammars()


def without_source(record):
    """The record without what tells of the file, its boxes in whole points."""
    tree = record.model_dump(mode="json", exclude={"source": {"name", "sha256", "media_type", "reader"}})
    for evidence in tree["evidence"].values():
        evidence["box"] = evidence["box"] and [round(side) for side in evidence["box"]]
    return tree


def kept(scan, folder):
    """The record of a scan, what was read on it kept in the folder."""
    with recorded_ocr(scan):
        return pipeline.extract(scan, GRAMMAR, ReadOptions(save_ocr=folder))


@pytest.fixture
def no_engine(monkeypatch):
    def words_of_image(image, lang):
        raise AssertionError(f"{image.path} was read again")

    monkeypatch.setattr(ocr, "words_of_image", words_of_image)
    monkeypatch.setattr(recognition, "engine", lambda: words_of_image)


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.name)
def test_our_own_alto_gives_the_record_of_the_scan(scan, tmp_path):
    record = kept(scan, tmp_path)
    (order,) = tmp_path.glob("*.mets.xml")
    again = pipeline.extract(order, GRAMMAR)
    assert without_source(again) == without_source(record)
    assert (again.source.reader, again.source.ocr.engine) == ("mets", record.source.ocr.engine)


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.name)
def test_later_runs_read_no_image_again(scan, tmp_path, no_engine):
    record = kept(scan, tmp_path)
    assert pipeline.extract(scan, GRAMMAR, ReadOptions(save_ocr=tmp_path)) == record


def test_what_is_kept_is_valid_alto(tmp_path):
    for scan in SCANS:
        kept(scan, tmp_path)
    for file in tmp_path.glob("*.alto.xml"):
        assert_valid(file.read_bytes(), "alto/alto-4-4.xsd")


def test_a_language_has_files_of_its_own(tmp_path):
    scan = SCANS[0]
    with recorded_ocr(scan):
        read(scan, ReadOptions(save_ocr=tmp_path))
        french = set(tmp_path.glob("*.alto.xml"))
        read(scan, ReadOptions(save_ocr=tmp_path, lang="fra+lat/../x"))
    assert len(set(tmp_path.glob("*.alto.xml"))) == 2 * len(french)
    assert all(file.parent == tmp_path for file in tmp_path.rglob("*.xml"))


def test_a_damaged_file_is_read_anew(tmp_path):
    scan = SCANS[0]
    record = kept(scan, tmp_path)
    file = sorted(tmp_path.glob("*.alto.xml"))[0]
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert kept(scan, tmp_path) == record and file.read_bytes() == whole


def test_the_same_run_writes_the_same_bytes(tmp_path):
    for folder in ("un", "deux"):
        kept(SCANS[0], tmp_path / folder)
    first, second = ({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("un", "deux"))
    assert first == second


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "fichier").touch()
    with pytest.raises(UsageError, match="cannot write"):
        kept(SCANS[0], tmp_path / "fichier" / "ocr")


def test_characters_that_xml_cannot_hold(tmp_path, monkeypatch):
    scan = FIXTURES / "scan" / "ccas-quincelles-2021.scan.png"
    word = engine.OcrWord('a\x0b<&"b', ocr.Box(10, 10, 90, 40), 0.5, 1, 1, 1)
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: [word])
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")
    read(scan, ReadOptions(save_ocr=tmp_path))
    assert read(next(tmp_path.glob("*.mets.xml"))).text == 'a\ufffd<&"b\n'


def test_underlines_are_kept(tmp_path, monkeypatch):
    scan = FIXTURES / "scan" / "ccas-quincelles-2021.scan.png"
    word = engine.OcrWord("Objet", ocr.Box(10, 10, 90, 40), 0.5, 1, 1, 1, underlined=True)
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: [word])
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")
    styles = read(scan, ReadOptions(save_ocr=tmp_path)).styles
    assert styles and read(next(tmp_path.glob("*.mets.xml"))).styles == styles
    assert_valid(next(tmp_path.glob("*.alto.xml")).read_bytes(), "alto/alto-4-4.xsd")


def test_specks_and_stamps_are_kept_and_no_rule_reads_them(tmp_path, monkeypatch):
    scan = FIXTURES / "scan" / "ccas-quincelles-2021.scan.png"
    texts = {"Votants": Part.BODY, "Reçu": Part.STAMP, "^~": Part.SPECK}
    words = [
        engine.OcrWord(text, ocr.Box(10, 10 + 90 * n, 90, 40 + 90 * n), 0.3, n, 1, 1, part=part)
        for n, (text, part) in enumerate(texts.items())
    ]
    monkeypatch.setattr(ocr, "words_of_image", lambda image, lang: words)
    monkeypatch.setattr(recognition, "engine", lambda: "tesseract 5")
    record = pipeline.extract(scan, GRAMMAR, ReadOptions(save_ocr=tmp_path))
    assert "^~" in [part.text.strip() for part in record.unclaimed]
    assert [part.span for part in record.segments if part.kind == "furniture"] == [(8, 13)]
    again = pipeline.extract(next(tmp_path.glob("*.mets.xml")), GRAMMAR)
    assert without_source(again) == without_source(record)
    assert_valid(next(tmp_path.glob("*.alto.xml")).read_bytes(), "alto/alto-4-4.xsd")


def test_pages_with_a_text_layer_are_bound_in_no_mets(tmp_path):
    read(FIXTURES / "pdf" / "conseil-marvigny-2023.pdf", ReadOptions(save_ocr=tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.ocr
@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_the_engine_s_reading_comes_back(tmp_path, monkeypatch):
    scan = FIXTURES / "scan" / "ccas-quincelles-2021.scan.png"
    record = pipeline.extract(scan, GRAMMAR, ReadOptions(save_ocr=tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pipeline.extract(scan, GRAMMAR, ReadOptions(save_ocr=tmp_path)) == record
    again = pipeline.extract(next(tmp_path.glob("*.mets.xml")), GRAMMAR)
    assert without_source(again) == without_source(record)
    for file in tmp_path.glob("*.alto.xml"):
        assert_valid(file.read_bytes(), "alto/alto-4-4.xsd")
