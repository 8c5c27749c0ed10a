"""The tutorial: its files are those of the fixtures, its commands give what it prints."""

import re
import shlex
import shutil

from conftest import FIXTURES, ROOT
from pv_extract import commands

PAGE = ROOT / "docs" / "tutoriel-archiviste.fr.md"
BODY = FIXTURES / "conventions"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def expected(printed):
    """A pattern for an output where « … » alone stands for any lines, and inside a line for anything."""
    lines = printed.split("\n")
    parts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return "".join(parts)


def test_every_command_gives_what_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    for meeting in BODY.glob("*.txt"):
        shutil.copy(meeting, tmp_path)
    ran = 0
    for language, name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if name:
            assert text == (BODY / name).read_text(encoding="utf-8")
            (tmp_path / name).write_text(text, encoding="utf-8")
        for command in text.split("$ pv-extract ")[1:] if language == "console" else ():
            line, _, printed = command.rstrip("\n").partition("\n")
            assert commands.run(shlex.split(line)) == 0
            out, err = capsys.readouterr()
            assert err == ""
            assert re.fullmatch(expected(printed) if printed else "", out), line
            ran += 1
    assert ran == 6
    assert len(list((tmp_path / "notices").glob("*.json"))) == 2
