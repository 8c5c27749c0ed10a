"""The rules of ``check``: their sheets, and how they are run."""

import pytest

from pv_extract import checks
from pv_extract.checks.contract import CHECKS
from scripts import rule_docs


@pytest.mark.parametrize("rule", [s.id for s in checks.sheets().values() if s.scope == "meeting"])
def test_every_rule_has_a_check(rule: str) -> None:
    assert rule in {check.rule for check in CHECKS}


def test_every_check_has_a_sheet() -> None:
    assert {check.rule for check in CHECKS} <= set(checks.sheets())


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: f"{c.rule}-{c.function.__name__}")
def test_what_is_from_memory_is_never_an_error(check: "checks.Check") -> None:
    assert check.severity != "error" or checks.sheets()[check.rule].known != "memory"


@pytest.mark.parametrize("page", ["matrix.md", "rules.en.md", "regles.fr.md"])
def test_the_pages_about_rules_are_up_to_date(page: str) -> None:
    path = rule_docs.RULES / page
    assert path.read_text(encoding="utf-8") == rule_docs.pages()[path], "run scripts/rule_docs.py"


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: f"{c.rule}-{c.function.__name__}")
def test_the_docstring_of_a_check_of_law_names_an_article(check: "checks.Check") -> None:
    articles = checks.sheets()[check.rule].articles
    assert check.logic or any(article in (check.function.__doc__ or "") for article in articles)
