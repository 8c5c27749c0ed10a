"""Every package is shipped, and shown to newcomers."""

import re
import tomllib

from conftest import ROOT

PACKAGES = {path.parent.name for path in (ROOT / "pv_extract").glob("*/__init__.py")}


def test_every_package_is_shipped():
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert set(setup["packages"]) == {"pv_extract", "pv_extract.grammars", *(f"pv_extract.{name}" for name in PACKAGES)}


def test_the_map_for_newcomers_shows_what_is_there():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = guide.partition("## Find your way")[2].partition("## Add or change a rule")[0]
    rows = "".join(line for line in table.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(\w+)/`", rows)) == PACKAGES | {"grammars"}
    assert [name for name in re.findall(r"`(\w+\.py)`", rows) if not (ROOT / "pv_extract" / name).is_file()] == []
