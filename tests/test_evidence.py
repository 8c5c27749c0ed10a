"""Nothing is made up and nothing is lost: evidence for every value, every character of the source kept."""

import functools
import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from conftest import FIXTURES, SHARED, recorded_ocr
from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract, extract_document
from pv_extract.readers import ReadOptions, read
from pv_extract.records import Record

GRAMMAR = load_grammars()
NOT_VALUES = {"schema_version", "source", "segments", "unclaimed", "findings", "corrections", "evidence"}
SCANNED = {"flaux-2021-03-31", "flaux-2022-03-25", "afpy-2017-09-24", "montreuil-2014-02-21"}

TEXTS = sorted((FIXTURES / "text").iterdir())
PDFS = sorted((FIXTURES / "pdf").iterdir())
SCANS = sorted((FIXTURES / "scan").iterdir())
OTHERS = [
    *(FIXTURES / "bad" / name for name in ("latin1.txt", "utf16.txt", "small.md")),
    *sorted(p for p in (FIXTURES / "not-minutes").iterdir() if p.suffix in (".txt", ".pdf")),
]


def reference(folder: str) -> list:
    """The documents of the reference corpus; one loud skip where it is absent."""
    found = sorted(p for p in (SHARED / "corpus" / folder).glob("*") if ".truth" not in p.name)
    if not found:
        reason = f"NOT CHECKED on the {folder} documents: {SHARED / 'corpus' / folder} is absent"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id=folder)]
    return [
        pytest.param(path, marks=[pytest.mark.ocr] if path.stem in SCANNED else [], id=f"{folder}/{path.name}")
        for path in found
    ]


every_document = pytest.mark.parametrize(
    "path",
    [
        *(pytest.param(p, id=f"{p.parent.name}/{p.name}") for p in [*TEXTS, *PDFS, *SCANS, *OTHERS]),
        *reference("seeds"),
        *reference("dev"),
    ],
)


@functools.cache
def extracted(path: Path):
    """The document, and its record as JSON."""
    with recorded_ocr(path) if path in SCANS else nullcontext():
        document = read(path)
    return document, json.loads(extract_document(document, GRAMMAR).to_json())


def values(node, pointer=()):
    """The JSON Pointer (as a tuple) of every leaf that is not null, and the leaf."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from values(inner, (*pointer, key))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from values(inner, (*pointer, str(index)))
    elif node is not None:
        yield pointer, node


def needs_evidence(pointer, value):
    if pointer[0] in NOT_VALUES or pointer[-1] == "id":
        return False
    if pointer[0] == "discussion" and pointer[2] == "span":
        return False
    return not (pointer[-1] == "status" and value == "unknown")


def parts(pointer: str) -> tuple:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def at(record, pointer: tuple):
    for part in pointer:
        record = record[int(part)] if isinstance(record, list) else record[part]
    return record


@every_document
def test_every_value_has_evidence(path):
    _, record = extracted(path)
    pointers = {parts(pointer) for pointer in record["evidence"]}
    covering = {p for p in pointers if len(p) > 1 and not isinstance(at(record, p), list)}
    bare = [
        "/".join(pointer)
        for pointer, value in values(record)
        if needs_evidence(pointer, value)
        and not any(pointer[:length] in covering for length in range(2, len(pointer) + 1))
    ]
    assert bare == []


@every_document
def test_evidence_is_of_values_that_are_there(path):
    _, record = extracted(path)
    assert [p for p in record["evidence"] if at(record, parts(p)) in (None, [], {})] == []


@every_document
def test_every_quote_is_found_at_its_span_and_page(path):
    document, record = extracted(path)
    for pointer, evidence in record["evidence"].items():
        start, end = evidence["span"]
        assert 0 <= start < end <= len(document.text), pointer
        assert evidence["quote"] == document.text[start:end], pointer
        assert evidence["page"] == document.page_at(start).number, pointer
        if document.words:
            assert evidence["box"], pointer


@every_document
def test_boxes_lie_on_their_page(path):
    document, record = extracted(path)
    for pointer, evidence in record["evidence"].items():
        if evidence["box"]:
            page = document.pages[evidence["page"] - 1]
            x0, top, x1, bottom = evidence["box"]
            assert -2 <= x0 <= x1 <= page.width + 2, pointer
            assert -2 <= top <= bottom <= page.height + 2, pointer


@every_document
def test_segments_and_the_unclaimed_add_up_to_the_whole_source(path):
    document, record = extracted(path)
    spans = sorted(tuple(part["span"]) for part in [*record["segments"], *record["unclaimed"]])
    edges = [0, *(end for _, end in spans)]
    assert [start for start, _ in spans] == edges[:-1]
    assert edges[-1] == len(document.text)
    for part in record["unclaimed"]:
        assert part["text"] == document.text[slice(*part["span"])]


@every_document
def test_values_stand_in_segments(path):
    _, record = extracted(path)
    unclaimed = [tuple(part["span"]) for part in record["unclaimed"]]
    outside = [
        pointer
        for pointer, evidence in record["evidence"].items()
        if any(start <= evidence["span"][0] and evidence["span"][1] <= end for start, end in unclaimed)
    ]
    assert outside == []


@every_document
def test_spans_of_everything_else_lie_in_the_source(path):
    document, record = extracted(path)
    spans = [part["span"] for key in ("findings", "corrections", "discussion") for part in record[key]]
    assert all(0 <= span[0] <= span[1] <= len(document.text) for span in spans if span)


@every_document
def test_a_record_keeps_to_its_contract(path):
    _, record = extracted(path)
    again = Record.model_validate_json(json.dumps(record))
    assert json.loads(again.to_json()) == record


@pytest.mark.parametrize("path", [*TEXTS, *PDFS[:2]], ids=lambda p: p.name)
def test_the_same_source_gives_the_same_bytes(path):
    first, second = (extract(path, load_grammars(), ReadOptions()).to_json() for _ in range(2))
    assert first == second
