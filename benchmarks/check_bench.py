"""How long checking records takes, beside extracting them from born-digital PDFs, in one process and one run.

python benchmarks/check_bench.py [--count N] [--seed N]

The minutes are generated. Extraction and checking take turns, a hundred documents each, so that a busy machine
slows both alike; comparing the meetings with one another is counted as checking.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fixtures.generator.minutes import generate  # noqa: E402
from fixtures.generator.pdf import as_pdf  # noqa: E402
from pv_extract import pipeline  # noqa: E402
from pv_extract.checking import Checking  # noqa: E402
from pv_extract.grammar import load_grammars  # noqa: E402
from pv_extract.minutes import Given  # noqa: E402
from pv_extract.policy import Demands  # noqa: E402
from pv_extract.readers import ReadOptions  # noqa: E402

TURN = 100  # documents
AT_MOST = 0.1  # of the time of extraction


def taken(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def turns(seed: int, count: int, folder: Path) -> Iterator[list[Path]]:
    """The documents in turns, made as they are asked for."""
    for first in range(0, count, TURN):
        made = [folder / f"{number}.pdf" for number in range(first, min(first + TURN, count))]
        for pdf in made:
            pdf.write_bytes(as_pdf(generate(seed, int(pdf.stem))))
        yield made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    grammar, run = load_grammars(), Checking(Demands(), ReadOptions())
    extracting = checking = 0.0

    def extract(pdfs: Iterable[Path]) -> None:
        for pdf in pdfs:
            pdf.with_suffix(".json").write_text(pipeline.extract(pdf, grammar).to_json() + "\n", encoding="utf-8")

    def check(pdfs: Iterable[Path]) -> None:
        for pdf in pdfs:
            run.check(Given(str(pdf.with_suffix(".json"))))

    with tempfile.TemporaryDirectory() as folder:
        for pdfs in turns(asked.seed, asked.count, Path(folder)):
            extracting += taken(partial(extract, pdfs))
            checking += taken(partial(check, pdfs))
        checking += taken(lambda: list(run.across()))
    ratio = checking / extracting
    print(f"{asked.count} documents: extracted in {extracting:.1f} s, checked in {checking:.1f} s")
    print(f"  check / extract: {ratio:.3f}  (target: at most {AT_MOST:g}) {'met' if ratio <= AT_MOST else 'NOT MET'}")


if __name__ == "__main__":
    main()
