"""The pages about exports: their commands run as they are printed, and they name every format and every loss."""

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from conftest import FIXTURES, ROOT
from pv_extract.exporters import FORMATS, MODULES, cells
from pv_extract.exporters.losses import Loss
from pv_extract.exporters.tables import tables

PAGES = [ROOT / "docs" / f"exports.{language}.md" for language in ("fr", "en")]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def commands(page):
    blocks = re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@EVERY_PAGE
def test_every_command_runs_as_printed(page, tmp_path):
    (tmp_path / "seances").mkdir()
    for sample in ("conseil-marvigny-2023.txt", "communaute-trois-vaux-2024.txt"):
        shutil.copy(FIXTURES / "text" / sample, tmp_path / "seances")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    for command in commands(page):
        result = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True)
        assert (result.returncode, result.stdout) == (0, b""), (command, result.stderr.decode())
    printed = "\n".join(commands(page))
    for target in set(re.findall(r"-o (\S+)", printed)):
        assert (tmp_path / target).exists()
    assert {name for name in FORMATS if f"--to {name} " in printed} == set(FORMATS)


@EVERY_PAGE
def test_every_loss_and_every_table_is_named(page):
    text = page.read_text(encoding="utf-8")
    modules = [cells, *(import_module(f"pv_extract.exporters.{module}") for module in MODULES.values())]
    losses = {value.id for module in modules for value in vars(module).values() if isinstance(value, Loss)}
    assert {loss for loss in losses if f"`{loss}`" not in text} == set()
    assert [table.name for table in tables() if f"`{table.name}`" not in text] == []
