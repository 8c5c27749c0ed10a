"""Extracts the annotated documents and writes docs/accuracy.md: precision, recall, F1 by document and group.

Needs the reference corpus and its scorer in ../shared, which are not part of the repository.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from scripts.scoring import Fact, compare, complete_votes, without_error

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FIXTURES = ROOT / "fixtures"
REPORT = ROOT / "docs" / "accuracy.md"
SCANS = {"flaux-2021-03-31", "flaux-2022-03-25", "afpy-2017-09-24", "montreuil-2014-02-21"}
INTRODUCTION = """# Accuracy

Written by `make accuracy`. A record is read as a set of facts: the date, a member, that member's status, a
proxy, a deliberation, its outcome, a count of votes … A fact is right when the annotated record has the same:
dates, times and numbers exactly, names whatever their order, accents and case, titles and places at 85 % of
similarity. *Precision* is the part of the facts found that are right, *recall* the part of the annotated
facts that were found. What an annotated record leaves out is not counted.

The seeds are five minutes that the rules were written on. The development documents are twelve real minutes of seven
bodies; the rules were first scored on them unread, then mended by what they showed, so that the figures here say what
is read today, not what the next town will give: for that see [blind.md](blind.md). Neither set is part of the
repository. The samples are our own and fictional; see `fixtures/README.md`.

A *complete vote* has its title, its outcome, all its printed counts and all its named voters right together, and
nothing added to them. A *record without error* lacks no annotated fact and tells none that is wrong.
"""


class Scored(NamedTuple):
    """The reference scorer's figures for some documents, and their facts, document by document."""

    figures: dict[str, Any]
    facts: list[list[Fact]]


class Pair(NamedTuple):
    """An annotated record, and the source that it describes."""

    gold: Path
    source: Path


def corpus(name: str) -> list[Pair]:
    """The annotated records of a part of the reference corpus with their sources."""
    sources = {p.stem: p for p in (SHARED / "corpus" / name).iterdir()}
    return [Pair(gold, sources[gold.stem]) for gold in sorted((SHARED / "gold" / name).glob("*.json"))]


def samples(folder: str) -> list[Pair]:
    """The samples of one of the fixtures' folders with their expected records."""
    index = json.loads((FIXTURES / "index.json").read_text(encoding="utf-8"))
    return [
        Pair(FIXTURES / entry["expected"], FIXTURES / entry["path"])
        for entry in index
        if entry["path"].startswith(f"{folder}/")
    ]


def score(pairs: list[Pair]) -> Scored:
    """Some documents extracted anew and scored."""
    with tempfile.TemporaryDirectory() as name:
        gold, found = Path(name, "gold"), Path(name, "found")
        for number, pair in enumerate(pairs):
            label = f"{number:02} {pair.source.name}"
            for folder in (gold, found):
                (folder / label).mkdir(parents=True)
            shutil.copy(pair.gold, gold / label / f"{pair.source.stem}.json")
            extract(pair.source, found / label)
        command = [sys.executable, str(SHARED / "score.py"), str(gold), str(found), "--json"]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        facts = [compared(path, found / path.parent.name) for path in sorted(gold.rglob("*.json"))]
    return Scored(dict(figures), facts)


def compared(gold: Path, folder: Path) -> list[Fact]:
    """The facts of one document; all are missed where there is no record."""
    record = folder / gold.name
    return compare(read_json(gold), read_json(record) if record.is_file() else {})


def read_json(path: Path) -> dict[str, Any]:
    """A record in a file."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def extract(source: Path, folder: Path) -> None:
    """Write the record of a source; where there is none, the scorer counts all its facts as missed."""
    command = [sys.executable, str(ROOT / "cli.py"), "extract", "-o", str(folder), str(source)]
    subprocess.run(command, check=False)


def table(head: str, rows: dict[str, dict[str, Any]]) -> list[str]:
    """A Markdown table of figures."""
    lines = [f"| {head} | precision | recall | F1 | annotated | found |", "|---|--:|--:|--:|--:|--:|"]
    for label, row in rows.items():
        figures = " | ".join(f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"| {label} | {figures} | {row['gold']} | {row['found']} |")
    return lines


def section(title: str, pairs: list[Pair]) -> list[str]:
    """One part of the report: all facts, by document, by group."""
    figures, facts = score(pairs)
    overall = figures["overall"]
    votes, whole = complete_votes(facts), without_error(facts)
    print(
        title, *(f"{key} {overall[key]:.3f}" for key in ("precision", "recall", "f1")), "votes", votes, "whole", whole
    )
    documents = {name.split("/")[0].split(" ", 1)[1]: row for name, row in figures["documents"].items()}
    return [
        f"## {title}",
        "",
        f"Complete votes: {votes}. Records without error: {whole}.",
        "",
        *table("document", {**documents, "**all**": overall}),
        "",
        *table("facts", dict(sorted(figures["groups"].items()))),
        "",
    ]


def main() -> None:
    """Write docs/accuracy.md."""
    if not (SHARED / "score.py").is_file():
        sys.exit(f"the reference corpus is not in {SHARED}: nothing was measured")
    dev = corpus("dev")
    parts = {
        "Seeds": corpus("seeds"),
        "Development documents, born-digital": [p for p in dev if p.gold.stem not in SCANS],
        "Development documents, scans": [p for p in dev if p.gold.stem in SCANS],
        "Samples, text": samples("text"),
        "Samples, born-digital PDF": samples("pdf"),
        "Samples, scans": samples("scan"),
    }
    lines = [INTRODUCTION]
    for title, pairs in parts.items():
        lines += section(title, pairs)
    REPORT.write_text("\n".join([*lines, parted()[1]]).rstrip() + "\n", encoding="utf-8")


def parted() -> tuple[str, str]:
    """The report before its part on confidence, and that part, which another script writes."""
    before, heading, rest = REPORT.read_text(encoding="utf-8").partition("## Confidence")
    return before, heading + rest


if __name__ == "__main__":
    main()
