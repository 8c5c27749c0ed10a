"""Planted errors: for every check that can be an error or a warning, minutes that break it alone; their mended twin.

What was found is told in ``docs/rules/matrix.md``; ``--rewrite-matrix`` writes it anew.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conftest import FIXTURES, ROOT
from pv_extract import checks
from pv_extract.checking import Checking
from pv_extract.checks.contract import CHECKS
from pv_extract.checks.series import ACROSS
from pv_extract.grammar import load_grammars
from pv_extract.minutes import Given
from pv_extract.pipeline import layout_of, record_of
from pv_extract.policy import Demands
from pv_extract.readers import ReadOptions

PLANTED = FIXTURES / "planted"
MATRIX = ROOT / "docs" / "rules" / "matrix.md"
COMMUNE = (PLANTED / "commune.txt").read_text(encoding="utf-8")
TWINS: dict[str, dict[str, Any]] = tomllib.loads((PLANTED / "twins.toml").read_text(encoding="utf-8"))
FOLDERS: dict[str, Any] = tomllib.loads((PLANTED / "folders.toml").read_text(encoding="utf-8"))
MEETINGS = FOLDERS.pop("meetings")
GRAVE = {c.function.__name__: c for c in CHECKS if c.severity != "info"}
GRAVE_ACROSS = {function.__name__: check for check, function in ACROSS if check.severity != "info"}
HEAD = """# Planted errors

*Written by `pytest tests/test_planted.py --rewrite-matrix`.* Each row is a fictional meeting, or a folder of meetings,
that breaks one check: what is planted gives exactly the finding told, and its mended twin none.

| rule | severity | check | planted | in the mended twin | found |
|---|---|---|---|---|---|
"""

Changes = list[list[str]]
Found = list[tuple[str, str, str]]  # rule, severity, message


def changed(text: str, changes: Changes) -> str:
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


@cache
def found(name: str, planted: bool) -> Found:
    """The errors and warnings of the minutes of a twin."""
    twin = TWINS[name]
    text = changed(COMMUNE, twin.get("with", []))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "minutes.md"
        source.write_text(changed(text, twin["planted"]) if planted else text, encoding="utf-8")
        layout = layout_of(source, load_grammars())
    case = checks.case_of(record_of(layout), checks.Facts(**twin.get("facts", {})), layout)
    return grave(checks.run(case).findings)


@cache
def found_across(name: str, planted: bool) -> Found:
    """The errors and warnings of a folder of minutes."""
    twin = FOLDERS[name]
    run = Checking(Demands(), ReadOptions())
    with TemporaryDirectory() as folder:
        for i, meeting in enumerate(twin["meetings"]):
            text = MEETINGS.get(meeting["text"]) or changed(COMMUNE, MEETINGS["changes"][meeting["text"]])
            source = Path(folder) / f"{i}.txt"
            source.write_text(changed(text, meeting.get("planted", []) if planted else []), encoding="utf-8")
            told = run.check(Given(str(source)))
            assert told.minutes and not [r for r in told.found if r.finding.severity != "info"], told
        return grave(reported.finding for file in run.across() for reported in file.found)


def grave(findings: Iterator[checks.Finding] | tuple[checks.Finding, ...]) -> Found:
    return [(f.rule, f.severity, f.message.en) for f in findings if f.severity != "info"]


@pytest.mark.parametrize("name", GRAVE)
def test_a_planted_error_is_found_alone(name: str) -> None:
    told = found(name, planted=True)
    assert [each[:2] for each in told] == [(GRAVE[name].rule, GRAVE[name].severity)], told


@pytest.mark.parametrize("name", TWINS)
def test_the_mended_twin_is_clean(name: str) -> None:
    assert found(name, planted=False) == []


@pytest.mark.parametrize("name", GRAVE_ACROSS)
def test_an_error_planted_in_a_folder_is_found_alone(name: str) -> None:
    told = found_across(name, planted=True)
    assert [each[:2] for each in told] == [(GRAVE_ACROSS[name].rule, GRAVE_ACROSS[name].severity)], told


@pytest.mark.parametrize("name", FOLDERS)
def test_the_mended_folder_is_clean(name: str) -> None:
    assert found_across(name, planted=False) == []


def test_every_planted_error_belongs_to_a_check() -> None:
    assert set(TWINS) == set(GRAVE)
    assert set(FOLDERS) == set(GRAVE_ACROSS)


def shown(text: str) -> str:
    """A planted text in a cell of a table."""
    flat = " ".join(text.split()).replace("|", "\\|")
    if not flat:
        return "nothing"
    return f"« {flat} »" if len(flat) <= 90 else f"« {flat[:60]} … {flat[-25:]} »"


def rows() -> Iterator[str]:
    """A row for each check."""
    for name, check in sorted((GRAVE | GRAVE_ACROSS).items(), key=lambda each: each[1].rule):
        across = name in GRAVE_ACROSS
        [(before, after), *_] = (
            [pair for meeting in FOLDERS[name]["meetings"] for pair in meeting.get("planted", [])]
            if across
            else TWINS[name]["planted"]
        )
        [(_, _, message)] = found_across(name, planted=True) if across else found(name, planted=True)
        yield f"| {check.rule} | {check.severity} | `{name}` | {shown(after)} | {shown(before)} | {message} |\n"


def test_the_matrix_tells_what_is_found(request: pytest.FixtureRequest) -> None:
    matrix = HEAD + "".join(rows())
    if request.config.getoption("--rewrite-matrix"):
        MATRIX.write_text(matrix, encoding="utf-8")
        pytest.fail("the matrix was rewritten: run again without --rewrite-matrix")
    assert MATRIX.read_text(encoding="utf-8") == matrix, "run with --rewrite-matrix"
