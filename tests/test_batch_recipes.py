"""What a record hangs on: a document is done only if what read it is the same."""

from dataclasses import replace

import pytest

from batches import TEXTS
from pv_extract import commands
from pv_extract.batch import recipes, supervisor
from pv_extract.batch.recipes import Fingerprints, Recipe
from pv_extract.batch.sources import digest
from pv_extract.batch.worker import Task, perform
from pv_extract.document import Document, Page
from pv_extract.readers import ReadOptions, engine

OWN = "[lieu]\nabout='x'\nemits='Place'\npattern='''(?P<place>{0}\\s\\w+)'''\nmatches=['{0} Zoé']\nrejects=['x']\n"
ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="900" HEIGHT="900"><PrintSpace>'
    '<TextBlock><TextLine><String CONTENT="{}" HPOS="9" VPOS="9" WIDTH="90" HEIGHT="9"/></TextLine></TextBlock>'
    "</PrintSpace></Page></Layout></alto>"
)
METS = (
    '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp>'
    '<file ID="a" MIMETYPE="text/xml"><FLocat xlink:href="page.xml"/></file></fileGrp></fileSec></mets>'
)


@pytest.fixture
def batch(tmp_path, capfd, monkeypatch):
    """Runs a batch into tmp_path/out; its exit code and its messages."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run_here(*arguments):
        code = commands.run(["batch", "-o", str(tmp_path / "out"), "--jobs", "1", *map(str, arguments)])
        return code, capfd.readouterr().err

    return run_here


@pytest.fixture
def task(tmp_path):
    """A document to be done."""
    recipe, source = Recipe((), ReadOptions()), str(TEXTS[1])
    return Task(source, digest(source), recipe, recipe.fingerprints().whole, str(tmp_path / "out"), 60, 900)


# --- the engine


def test_another_engine_makes_other_records_of_what_it_read(monkeypatch):
    before = Recipe((), ReadOptions()).fingerprints()
    monkeypatch.setattr(engine, "engine", lambda: "tesseract 99.0")
    after = Recipe((), ReadOptions()).fingerprints()
    assert after.without_ocr == before.without_ocr and after.whole != before.whole
    never = Recipe((), ReadOptions(ocr="never")).fingerprints()
    assert never.whole == never.without_ocr != before.without_ocr


def test_other_language_data_are_another_engine(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "engine", lambda: "tesseract 5.0")
    monkeypatch.setattr(engine, "_models", lambda: tmp_path)
    without = engine.identity("fra")
    (tmp_path / "fra.traineddata").write_bytes(b"fast")
    fast = engine.identity("fra")
    (tmp_path / "fra.traineddata").write_bytes(b"best")
    assert len({without, fast, engine.identity("fra"), engine.identity("fra+deu")}) == 4


@pytest.mark.parametrize(
    ("pages", "by_engine"),
    [
        ([Page(1, 0, 0, method="text")], False),
        ([Page(1, 0, 0, method="layer"), Page(2, 0, 0, method="layer")], False),
        ([Page(1, 0, 0, method="layer"), Page(2, 0, 0, method="ocr")], True),
        ([Page(1, 0, 0, method="layer", layer_score=0.9)], True),  # the engine had read it too, less well
    ],
)
def test_the_engine_counts_for_the_pages_it_read(pages, by_engine):
    document = Document("a", "0", "text/plain", "x", "", tuple(pages))
    assert Fingerprints("without", "whole").of(document) == ("whole" if by_engine else "without")


def test_what_needs_no_engine_is_not_done_again_with_another(batch, monkeypatch):
    batch(*TEXTS)
    monkeypatch.setattr(recipes, "identity", lambda lang: "tesseract 99.0")
    assert "0 to do" in batch(*TEXTS)[1]


# --- METS


def test_the_pages_of_a_mets_file_are_of_its_content(batch, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mets.xml").write_text(METS)
        (tmp_path / name / "page.xml").write_text(ALTO.format(name))
    sources = tmp_path / "one" / "mets.xml", tmp_path / "two" / "mets.xml"
    code, err = batch(*sources)
    assert code == 0 and "2 documents: 2 to do" in err
    assert "0 to do" in batch(*sources)[1]
    (tmp_path / "two" / "page.xml").write_text(ALTO.format("changed"))
    assert "1 to do" in batch(*sources)[1]
    (tmp_path / "two" / "page.xml").unlink()
    code, err = batch(*sources)
    assert code == 6 and "page.xml" in err


# --- workers


def test_a_worker_that_would_make_another_record_makes_none(task, tmp_path):
    assert perform(replace(task, fingerprint="of others")).failure.kind == "version"
    assert not (tmp_path / "out").exists()
    assert perform(task).failure is None


def test_a_process_serves_one_recipe(task, tmp_path):
    """Grammars are read once in a process: one that outlives a change of them would make stale records."""
    own = tmp_path / "own.toml"
    recipe, processes = Recipe((str(own),), ReadOptions()), []
    for word in ("chez", "vers"):
        own.write_text(OWN.format(word), encoding="utf-8")
        asked = replace(task, recipe=recipe, fingerprint=recipe.fingerprints().whole)
        assert supervisor.supervise(asked).failure is None
        processes.append(supervisor._here.worker.process.pid)
    supervisor.end_all()
    assert len(set(processes)) == 2
    assert len(list((tmp_path / "out" / "records").rglob("*.json"))) == 2


def test_every_way_to_fail_says_what_happened_and_what_to_do():
    from typing import get_args

    from pv_extract.batch.failures import Failure, Kind, _kinds, failed

    assert set(get_args(Kind)) == {*_kinds(), "unreadable", "ocr"}
    for kind in _kinds():
        failure = failed(kind, "a.pdf", "0" * 64, "recipe", "{told}", limit=3)
        assert all((*failure.message, *failure.advice))
        assert ("{told}" in failure.message[0]) == ("{told}" in failure.message[1])
        assert Failure.of_line(failure.line()) == failure
