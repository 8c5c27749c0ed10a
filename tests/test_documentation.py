"""The command lines that the documentation shows are those of the commands; its links lead somewhere."""

import re
import shlex
from pathlib import Path

import click
import pytest

from conftest import ROOT
from pv_extract.commands import cli

LINK = re.compile(r"\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)")
SHOWN_IN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CALL = re.compile(r"(?:^|[\s/`])pv-extract((?: +[^|>`#\n]+)+)", re.MULTILINE)


def calls_in(document: Path) -> list[list[str]]:
    """The words behind ``pv-extract`` in the blocks of code of a document."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(found[1]) for block in blocks for found in CALL.finditer(block.replace("\\\n", " "))]


def unknown_in(words: list[str]) -> list[str]:
    """The commands and options of a command line that there are not."""
    command: click.Command = cli
    known = {"--", "-"}
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        known |= {name for option in command.params for name in option.opts}
        name = rest.pop(0)
        if name.startswith("-"):
            continue
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    known |= {name for option in command.params for name in option.opts}
    return [word for word in rest if word.startswith("-") and word.partition("=")[0] not in known]


@pytest.mark.parametrize("document", SHOWN_IN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_line_shown_is_one(document: Path) -> None:
    assert {" ".join(call): unknown for call in calls_in(document) if (unknown := unknown_in(call))} == {}


def test_command_lines_are_found_and_wrong_ones_told() -> None:
    assert len(calls_in(ROOT / "README.md")) > 10
    assert unknown_in(["extract", "--oops", "a.pdf"]) == ["--oops"]
    assert unknown_in(["rules", "mend"]) == ["mend"]


def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's headings: lower case, hyphens for blanks, no other signs."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def dead_links(document: Path) -> list[str]:
    """The links of a document to files, and to headings of pages, that there are not."""
    dead = []
    for path, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path if path else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors_of(target)):
            dead.append(f"{path}#{anchor}")
    return dead


@pytest.mark.parametrize("document", SHOWN_IN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    assert dead_links(document) == []


def test_dead_links_are_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Read it\n[here](page.md#read-it) [gone](no.md) [nowhere](#no) [away](https://example.org)\n")
    assert dead_links(page) == ["no.md#", "#no"]
