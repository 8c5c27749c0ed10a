"""Patterns that an earlier run compiled are the same patterns; what cannot be trusted is compiled again."""

import hashlib
import os
import pickle
import subprocess
import sys

import pytest

from conftest import ROOT
from pv_extract.grammar import compiling
from pv_extract.grammar.compiling import compile_pattern, keep, kept, kept_file, restored

SOURCE = r"^ (?P<in_favour>\d+) \s+ (?:voix){e<=1} \s+ pour \b"
FIXTURE = ROOT / "fixtures/pdf/bureau-lisiere-2017.pdf"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(compiling, "_made", {})
    monkeypatch.setattr(compiling.atexit, "register", lambda work: None)
    another_run()
    yield
    another_run()


def another_run():
    compile_pattern.cache_clear()
    kept.cache_clear()


def spoil(change):
    file = kept_file()
    file.write_bytes(change(file.read_bytes()))


def test_a_pattern_that_was_kept_matches_as_the_one_compiled(monkeypatch):
    before = compile_pattern(SOURCE)
    keep()
    another_run()
    monkeypatch.setattr(compiling.regex, "compile", lambda *asked: pytest.fail("compiled again"))
    after = compile_pattern(SOURCE)
    text = "rien\n12 voi pour"
    assert after.search(text).groupdict() == before.search(text).groupdict() == {"in_favour": "12"}
    assert (after.flags, after.groupindex, after.pattern) == (before.flags, before.groupindex, before.pattern)


@pytest.mark.parametrize(
    "change",
    [lambda data: data[:-9], lambda data: data[:40] + b"?" + data[41:], lambda data: b""],
    ids=["cut short", "one byte off", "empty"],
)
def test_a_damaged_file_is_not_used(change):
    compile_pattern(SOURCE)
    keep()
    spoil(change)
    another_run()
    assert kept() == {}
    assert compile_pattern(SOURCE).search("12 voix pour")


def test_nothing_but_patterns_is_made_of_a_file(tmp_path):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "evil"),)

    data = pickle.dumps({hashlib.sha256(SOURCE.encode()).hexdigest(): pickle.dumps(Evil())})
    kept_file().parent.mkdir(parents=True)
    kept_file().write_bytes(hashlib.sha256(data).digest() + data)
    assert compile_pattern(SOURCE).search("12 voix pour")
    with pytest.raises(pickle.UnpicklingError):
        restored(pickle.dumps(Evil()))
    assert not (tmp_path / "evil").exists()


def test_where_nothing_can_be_written_patterns_are_compiled_each_time(tmp_path):
    kept_file().parent.parent.mkdir(exist_ok=True)
    kept_file().parent.write_text("a file where the folder would be")
    compile_pattern(SOURCE)
    keep()
    another_run()
    assert compile_pattern(SOURCE).search("12 voix pour")


def test_of_too_many_patterns_those_of_this_run_are_kept(monkeypatch):
    compile_pattern(SOURCE)
    keep()
    another_run()
    monkeypatch.setattr(compiling, "_made", {})
    monkeypatch.setattr(compiling, "MOST_KEPT", 1)
    compile_pattern("abc")
    keep()
    kept.cache_clear()
    assert list(kept()) == [hashlib.sha256(b"abc").hexdigest()]


def test_a_second_run_of_the_command_says_the_same_and_compiles_nothing(tmp_path):
    command = [sys.executable, str(ROOT / "cli.py"), "extract", str(FIXTURE)]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    written = kept_file().stat().st_mtime_ns
    third = subprocess.run(command, capture_output=True, check=True).stdout
    assert first == second == third
    assert kept_file().stat().st_mtime_ns == written
