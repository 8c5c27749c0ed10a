"""The rules of ``check``: their sheets, and how they are run."""

import pytest

from pv_extract import checks
from pv_extract.checks.contract import CHECKS


@pytest.mark.parametrize("rule", [s.id for s in checks.sheets().values() if s.scope == "meeting"])
def test_every_rule_has_a_check(rule: str) -> None:
    assert rule in {check.rule for check in CHECKS}


def test_every_check_has_a_sheet() -> None:
    assert {check.rule for check in CHECKS} <= set(checks.sheets())


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: f"{c.rule}-{c.function.__name__}")
def test_what_is_from_memory_is_never_an_error(check: "checks.Check") -> None:
    assert check.severity != "error" or checks.sheets()[check.rule].known != "memory"
