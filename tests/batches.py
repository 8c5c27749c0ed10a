"""What the tests of batches share."""

import subprocess
import sys
import time

from conftest import FIXTURES, ROOT

TEXTS = sorted((FIXTURES / "text").glob("*.txt"))[:4]


def launch(out, *arguments, **options):
    """A batch as a process of its own, leader of its group."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", "-o", str(out), "--jobs", "2", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, **options)


def state(out):
    """The bytes of every file of a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def wait_for(out, count):
    """Wait until so many records are there."""
    end = time.monotonic() + 120
    while sum(1 for _ in (out / "records").rglob("*.json")) < count:
        assert time.monotonic() < end, "no record was made"
        time.sleep(0.05)
