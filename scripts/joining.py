"""How well people are joined across the meetings of a catalogue of damaged minutes.

``python -m scripts.joining [--councils 25] [--meetings 40] [--damage 0.02] [-o DIR]`` draws councils whose members are
known, damages their minutes, makes a batch of them, and looks who stands behind each name on a roll. *Precision* is
the share of the other names under the same person that are rightly there, *recall* the share of a person's other
names that are there, both as means over all names (« B³ », Bagga and Baldwin 1998).
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from fixtures.generator import damaged
from fixtures.generator.people import Person
from fixtures.generator.series import series
from pv_extract.catalogue.bodies import folded
from pv_extract.catalogue.decisions import NAME, decisions

ROOT = Path(__file__).resolve().parent.parent
SEED = 5
SURE = 75  # of 100: a name less like everybody's is noise, and nobody's
ROLLS = """SELECT s.name, a.name, a.person, coalesce(b.organization_key, '')
FROM appearances a JOIN sources s USING (meeting) JOIN documents d USING (meeting) LEFT JOIN bodies b ON b.id = d.body
WHERE a.member ORDER BY 1, 2"""


class Sighting(NamedTuple):
    """A name on a roll: council, who it is in truth, who the catalogue says it is."""

    council: int
    truth: str
    person: str


def draw(folder: Path, councils: int, meetings: int, damage: float) -> list[list[Person]]:
    """Write the minutes; the people of each council."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for number in range(councils):
        drawn = series(SEED, number, meetings)
        for minutes in drawn.minutes:
            text = damaged(minutes.text, damage, minutes.name) if damage else minutes.text
            (folder / f"{minutes.name}.txt").write_text(text, encoding="utf-8")
        out.append(drawn.people)
    return out


def sightings(catalogue: Path, people: list[list[Person]]) -> Iterator[Sighting]:
    """The names on the rolls that are somebody's."""
    names = [{f"{index} {p.full}": folded(p.full) for index, p in enumerate(council)} for council in people]
    with closing(sqlite3.connect(catalogue)) as db:
        for source, name, person, _ in db.execute(ROLLS):
            council = int(Path(source).stem.split("-")[1])
            found = process.extract(folded(name), names[council], scorer=fuzz.token_set_ratio, limit=2)
            if found[0][1] >= SURE and found[0][1] > found[1][1]:
                yield Sighting(council, f"{council} {found[0][2]}", person)


def agreement(found: list[Sighting]) -> tuple[float, float]:
    """Precision and recall (0 to 1) of the joins, as means over all sightings."""
    together = Counter((s.truth, s.person) for s in found)
    truths, persons = Counter(s.truth for s in found), Counter(s.person for s in found)
    precision = sum(n * n / persons[person] for (_, person), n in together.items()) / len(found)
    recall = sum(n * n / truths[truth] for (truth, _), n in together.items()) / len(found)
    return precision, recall


def organizations(catalogue: Path) -> float:
    """How many organizations stand for a council, in the mean."""
    keys = defaultdict(set)
    with closing(sqlite3.connect(catalogue)) as db:
        for source, _, _, key in db.execute(ROLLS):
            keys[Path(source).stem.split("-")[1]].add(key)
    return sum(map(len, keys.values())) / len(keys)


def main() -> None:
    """Draw, make the batch, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=25)
    parser.add_argument("--meetings", type=int, default=40)
    parser.add_argument("--damage", type=float, default=0.02, help="share of wrong characters")
    parser.add_argument("-o", "--output", type=Path, help="keep minutes and records here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = options.output or Path(name)
        people = draw(work / "minutes", options.councils, options.meetings, options.damage)
        command = [sys.executable, str(ROOT / "cli.py"), "batch", str(work / "minutes"), "-o", str(work / "out")]
        subprocess.run(command, check=True)
        found = list(sightings(work / "out" / "catalogue.sqlite", people))
        doubts = decisions((work / "out" / NAME).read_text(encoding="utf-8"))
        precision, recall = agreement(found)
        print(f"{options.councils} councils of {options.meetings} meetings, {len(found)} names on rolls")
        print(f"{len({s.truth for s in found})} people, {len({s.person for s in found})} in the catalogue")
        print(f"organizations for a council: {organizations(work / 'out' / 'catalogue.sqlite'):.2f}")
        print(f"precision {precision:.4f}, recall {recall:.4f}; {len(doubts)} joins left to a person")


if __name__ == "__main__":
    main()
