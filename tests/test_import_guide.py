"""Every command of docs/importer-vingt-ans.fr.md, tried in its order on a folder of samples."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from time import monotonic, sleep

import pytest

from conftest import FIXTURES, ROOT

GUIDE = (ROOT / "docs" / "importer-vingt-ans.fr.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
WITHOUT_RECORDS = 6
SHIM = f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with ``numerisations`` in it, and ``pv-extract`` on the path."""
    desk = tmp_path_factory.mktemp("desk")
    for number, path in enumerate(sorted((FIXTURES / "pdf").glob("*.pdf"))):
        (desk / "numerisations" / str(2014 + number % 3)).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, desk / "numerisations" / str(2014 + number % 3))
    shutil.copy(FIXTURES / "bad" / "truncated.pdf", desk / "numerisations")
    (desk / "bin").mkdir()
    (desk / "bin" / "pv-extract").write_text(SHIM)
    (desk / "bin" / "pv-extract").chmod(0o755)
    return desk


def environment(desk):
    return {**os.environ, "PATH": f"{desk / 'bin'}:{os.environ['PATH']}", "LANG": "fr_FR.UTF-8"}


def run(desk, command):
    options = {"cwd": desk, "capture_output": True, "text": True, "env": environment(desk), "timeout": 300}
    return subprocess.run(["bash", "-o", "pipefail", "-c", command], check=False, **options)


@pytest.mark.slow
def test_every_command_works(desk):
    outputs = {}
    for command in COMMANDS:
        if command.startswith("datasette"):
            continue
        result = run(desk, command)
        allowed = {0, WITHOUT_RECORDS} if " batch " in command else {0, 1} if " check " in command else {0}
        assert result.returncode in allowed, f"{command}: {result.stderr}"
        assert "Traceback" not in result.stderr and "erreur imprévue" not in result.stderr, command
        outputs[command] = result.stdout
    searches = [command for command in COMMANDS if " search " in command]
    assert len(searches) == 4 and all(outputs[command] for command in searches)
    assert "truncated.pdf" in outputs["cat seances/failures.jsonl"]
    assert json.loads((desk / "bilan.json").read_text(encoding="utf-8"))["folder"]["documents"] == 10
    assert len((desk / "atom.csv").read_text(encoding="utf-8").splitlines()) > 10
    assert (desk / "deliberations.csv").is_file() and any((desk / "tables").iterdir())


@pytest.mark.slow
def test_datasette_serves_what_was_made(desk):
    pytest.importorskip("datasette", reason="NOT CHECKED: Datasette is not installed")
    [command] = [command for command in COMMANDS if command.startswith("datasette")]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [sys.executable, "-m", *shlex.split(command), "-p", str(port)]
    process = subprocess.Popen(arguments, cwd=desk, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert "Une ligne par séance" in fetched(f"http://127.0.0.1:{port}/catalogue/meetings")
    finally:
        process.terminate()
        process.wait(30)


def fetched(address):
    end = monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(address, timeout=30).read().decode()
        except (ConnectionError, urllib.error.URLError):
            assert monotonic() < end
            sleep(0.2)


def test_the_example_of_a_doubt_is_one():
    from pv_extract.catalogue.decisions import decisions

    [example] = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert tomllib.loads(example) and decisions(example)[0].same is None
