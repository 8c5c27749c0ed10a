"""Planted errors: for every check that can be an error or a warning, minutes that break it alone; their mended twin."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import FIXTURES
from pv_extract import checks
from pv_extract.checks.contract import CHECKS, Check
from pv_extract.grammar import Grammar, load_grammars
from pv_extract.pipeline import layout_of, record_of

PLANTED = FIXTURES / "planted"
TWINS: dict[str, dict[str, Any]] = tomllib.loads((PLANTED / "twins.toml").read_text(encoding="utf-8"))
GRAVE = [check for check in CHECKS if check.severity != "info"]


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammars()


def changed(text: str, changes: list[list[str]]) -> str:
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def findings(text: str, twin: dict[str, Any], folder: Path, grammar: Grammar) -> list[checks.Finding]:
    """The errors and warnings of some minutes."""
    source = folder / "minutes.md"
    source.write_text(text, encoding="utf-8")
    layout = layout_of(source, grammar)
    case = checks.case_of(record_of(layout), checks.Facts(**twin.get("facts", {})), layout)
    return [finding for finding in checks.run(case).findings if finding.severity != "info"]


def minutes_of(twin: dict[str, Any]) -> str:
    """The mended twin."""
    return changed((PLANTED / "commune.txt").read_text(encoding="utf-8"), twin.get("with", []))


@pytest.mark.parametrize("check", GRAVE, ids=lambda check: check.function.__name__)
def test_a_planted_error_is_found_alone(check: Check, tmp_path: Path, grammar: Grammar) -> None:
    twin = TWINS[check.function.__name__]
    found = findings(changed(minutes_of(twin), twin["planted"]), twin, tmp_path, grammar)
    assert [(f.rule, f.severity) for f in found] == [(check.rule, check.severity)], found


@pytest.mark.parametrize("name", TWINS)
def test_the_mended_twin_is_clean(name: str, tmp_path: Path, grammar: Grammar) -> None:
    assert findings(minutes_of(TWINS[name]), TWINS[name], tmp_path, grammar) == []


def test_every_planted_error_belongs_to_a_check() -> None:
    assert set(TWINS) == {check.function.__name__ for check in GRAVE}
