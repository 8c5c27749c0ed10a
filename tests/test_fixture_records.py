"""The samples' records, beside those expected: no document may fall below what was agreed."""

import json
from contextlib import nullcontext
from math import floor

import pytest

from conftest import FIXTURES, recorded_ocr
from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract
from pv_extract.readers import ReadOptions
from scripts.scoring import compare, figures, miss

FLOORS = FIXTURES.parent / "tests" / "floors.json"
INDEX = json.loads((FIXTURES / "index.json").read_text(encoding="utf-8"))
SAMPLES = [pytest.param(entry["path"], entry["expected"], id=entry["path"]) for entry in INDEX]
GRAMMAR = load_grammars()


def floors() -> dict:
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}


def rewrite(path: str, figures: dict) -> None:
    FLOORS.write_text(json.dumps({**floors(), path: figures}, indent=1, sort_keys=True) + "\n")


@pytest.mark.parametrize("path, expected", SAMPLES)
def test_a_sample_is_read_as_well_as_agreed(path, expected, request):
    source = FIXTURES / path
    with recorded_ocr(source) if path.startswith("scan/") else nullcontext():
        record = json.loads(extract(source, GRAMMAR, ReadOptions()).to_json())
    facts = compare(json.loads((FIXTURES / expected).read_text(encoding="utf-8")), record)
    total = figures(facts)
    found = {"f1": floor(100 * total.f1) / 100, "precision": floor(100 * total.precision) / 100}
    if request.config.getoption("--rewrite-floors"):
        rewrite(path, found)
    agreed = floors()[path]
    told = "\n".join(miss(fact) for fact in facts if not fact.right)
    assert found["f1"] >= agreed["f1"], told
    assert found["precision"] >= agreed["precision"], told


def test_every_sample_has_an_agreed_floor():
    assert floors().keys() == {entry["path"] for entry in INDEX}


def test_the_flag_that_rewrites_the_floors_was_not_left_on(request):
    assert not request.config.getoption("--rewrite-floors"), "the floors were rewritten: run again without"
