"""How well fictional minutes are read as their text decays: writes docs/robustness.md.

``python -m scripts.robustness`` generates the documents, damages them, extracts them and compares each record with
what was planted. ``--misses FILE`` also writes what was lost, in clusters, the largest first.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from fixtures.generator import damaged, generate
from pv_extract.grammar import Grammar, load_grammars
from pv_extract.pipeline import extract
from scripts.clusters import clustered
from scripts.scoring import Fact, Figures, compare, complete_votes, figures, without_error

ROOT = Path(__file__).resolve().parent.parent
RATES = (0.0, 0.02, 0.05, 0.10)
DIMENSIONS = {
    "body": "kind of body",
    "era": "time",
    "document": "kind of document",
    "shape": "shape of the attendance list",
    "proxies": "form of the proxies",
    "numbering": "heading of an item",
    "vote": "form of unanimous votes",
    "split": "form of divided votes",
}
INTRODUCTION = """# Robustness

Written by `make robustness`: {count} fictional minutes drawn by `fixtures/generator` (seed {seed}), whose facts are
known because they were planted, extracted as they are and with 2, 5 and 10 % of their characters wrong. The generator
was written without looking at the grammars. Errors are of the kinds and in the shares that OCR makes on French pages,
and gather on some lines as they do there. *Invented* is the share of the facts found where the document is known to
tell nothing of the kind; a wrong value in the place of a right one counts in the precision, not here. Facts are
compared as in [accuracy.md](accuracy.md).
"""


class Reading(NamedTuple):
    """A document at one rate of damage: what was drawn for it, its text, the facts of its record."""

    name: str
    plan: dict[str, str]
    text: str
    facts: list[Fact]


@cache
def grammar() -> Grammar:
    """The shipped grammars, loaded once in each process."""
    return load_grammars()


def read(number: int, seed: int, rate: float) -> Reading:
    """Draw, damage, extract and compare one document."""
    minutes = generate(seed, number)
    text = damaged(minutes.text, rate, minutes.name) if rate else minutes.text
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{minutes.name}.txt")
        source.write_text(text, encoding="utf-8")
        record = json.loads(extract(source, grammar()).to_json())
    return Reading(minutes.name, minutes.plan, text, compare(minutes.record, record))


def read_all(seed: int, count: int, rate: float, processes: int) -> list[Reading]:
    """The documents of a series at one rate of damage, in order."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(read, seed=seed, rate=rate), range(count), chunksize=20))


def facts_of(readings: Iterable[Reading]) -> list[Fact]:
    """The facts of some documents together."""
    return [fact for reading in readings for fact in reading.facts]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, its first column words and the others figures."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def percent(rate: float) -> str:
    """« 5 % »."""
    return f"{100 * rate:.0f} %"


def overview(curve: dict[float, list[Reading]]) -> list[str]:
    """All facts at each rate of damage."""
    rows = []
    for rate, readings in curve.items():
        total = figures(facts_of(readings))
        invented = f"{100 * total.invented / max(1, total.found):.2f} %"
        documents = [reading.facts for reading in readings]
        shares = [
            f"{100 * s.right / max(1, s.all):.0f} %" for s in (complete_votes(documents), without_error(documents))
        ]
        shown = (f"{x:.3f}" for x in (total.precision, total.recall, total.f1))
        rows.append([percent(rate), *shown, invented, *shares, str(total.expected)])
    head = ["wrong characters", "precision", "recall", "F1", "invented", "complete votes", "records without error"]
    head.append("facts planted")
    return ["## All facts", "", *table(head, rows)]


def by_group(curve: dict[float, list[Reading]]) -> list[str]:
    """F1 of each group of facts at each rate of damage."""
    grouped: dict[str, dict[float, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for rate, readings in curve.items():
        for fact in facts_of(readings):
            grouped[fact.group][rate].append(fact)
    rows = [[group, *(f1(facts[rate]) for rate in curve)] for group, facts in sorted(grouped.items())]
    return ["## By group of facts (F1)", "", *table(["facts", *map(percent, curve)], rows)]


def f1(facts: list[Fact]) -> str:
    """F1 to three places, a dash where there is nothing to score."""
    return f"{figures(facts).f1:.3f}" if facts else "–"


def by_dimension(curve: dict[float, list[Reading]], key: str, title: str) -> list[str]:
    """F1 of the documents of each kind, the weakest first."""
    kinds: dict[str, dict[float, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for rate, readings in curve.items():
        for reading in readings:
            kinds[reading.plan[key]][rate].append(reading)
    ordered = sorted(kinds.items(), key=lambda kind: clean_figures(kind[1]).f1)
    rows = [
        [f"`{name}`".replace("|", "\\|").replace("\n", " ⏎ ").replace("\t", " ⇥ "), str(len(readings[RATES[0]]))]
        + [f1(facts_of(readings[rate])) for rate in curve]
        for name, readings in ordered
    ]
    return [f"## By {title} (F1)", "", *table([title, "documents", *map(percent, curve)], rows)]


def clean_figures(readings: dict[float, list[Reading]]) -> Figures:
    """The figures at no damage."""
    return figures(facts_of(readings[RATES[0]]))


def report(curve: dict[float, list[Reading]], seed: int, count: int) -> str:
    """The page."""
    lines = [INTRODUCTION.format(seed=seed, count=count), *overview(curve), *by_group(curve)]
    for key, title in DIMENSIONS.items():
        lines += by_dimension(curve, key, title)
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write docs/robustness.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--rates", type=float, nargs="+", default=list(RATES), help="shares of wrong characters, 0 first"
    )
    parser.add_argument("--misses", type=Path, help="also write what was lost at the first rate, in clusters")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "robustness.md")
    wanted = parser.parse_args()
    curve = {rate: read_all(wanted.seed, wanted.count, rate, wanted.processes) for rate in wanted.rates}
    for rate, readings in curve.items():
        print(percent(rate), figures(facts_of(readings)))
    wanted.output.write_text(report(curve, wanted.seed, wanted.count), encoding="utf-8")
    if wanted.misses:
        wanted.misses.write_text(clustered(curve[wanted.rates[0]]), encoding="utf-8")


if __name__ == "__main__":
    main()
