"""A batch of generated minutes, half text, half born-digital PDF: throughput, memory of the parent, a second run.

python benchmarks/batch_bench.py [--documents 10000] [--slices 10] [--compared 2] [-o DIR]

All documents are done in one batch with two processes, for the memory of its parent, and again when all is done.
Throughput with two processes is compared with one on the same documents, slice by slice in turns, so that a busy
machine slows both alike; all of it counts: start, listing, hashing, extraction, catalogue.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
AT_LEAST_FASTER = 1.8  # two processes than one
AT_MOST_GROWTH = 1.1  # of the parent's memory, last tenth by first tenth
AT_MOST_AGAIN = 0.02  # of the first run's time
MEGABYTE = 1 << 20


def generated(folder: Path, first: int, count: int) -> Path:
    """A folder of ``count`` minutes, half of them text, half PDF."""
    for part, flags in (("text", []), ("pdf", ["--pdf"])):
        command = [sys.executable, "-m", "fixtures.generator", "--seed", "11", "--count", str(count // 2)]
        command += ["--first", str(first + (part == "pdf") * (count // 2)), *flags, "-o", str(folder / part)]
        subprocess.run(command, check=True, cwd=ROOT)
    for path in (folder / "pdf" / "text").iterdir():
        path.unlink()
    return folder


def batch(sources: Path, out: Path, jobs: int) -> tuple[float, list[float]]:
    """The seconds that a batch takes, and the megabytes of its parent, ten times a second."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(sources), "-o", str(out), "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    parent, held = psutil.Process(process.pid), []
    while process.poll() is None:
        if held or any((out / "records").glob("*/*.json")):
            held.append(parent.memory_info().rss / MEGABYTE)
        time.sleep(0.1)
    if process.returncode:
        sys.exit(f"the batch ended with exit code {process.returncode}")
    return time.perf_counter() - start, held


def verdict(label: str, value: float, limit: float, at_most: bool) -> None:
    """One line: a ratio, what it must be, whether it is."""
    held = value <= limit if at_most else value >= limit
    print(f"{label:<52} {value:6.3f}  ({'≤' if at_most else '≥'} {limit})  {'ok' if held else 'MISSED'}", flush=True)


def tenths(held: list[float]) -> float:
    """The mean of the last tenth of some samples by that of the first."""
    size = max(1, len(held) // 10)
    return (sum(held[-size:]) / size) / (sum(held[:size]) / size)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--slices", type=int, default=10)
    parser.add_argument("--compared", type=int, default=2, help="so many slices are done with one process too")
    parser.add_argument("-o", "--output", type=Path, help="keep the documents and the records here")
    options = parser.parse_args()
    each = options.documents // options.slices
    with tempfile.TemporaryDirectory() as name:
        work = (options.output or Path(name)).resolve()
        alone = both = 0.0
        for number in range(options.slices):
            sources = generated(work / "minutes" / str(number), number * each, each)
            if number >= options.compared:
                continue
            alone += batch(sources, work / f"one-{number}", 1)[0]
            both += batch(sources, work / f"two-{number}", 2)[0]
            print(f"slice {number + 1}: {alone:.0f} s with one process, {both:.0f} s with two, so far", flush=True)
        first, held = batch(work / "minutes", work / "all", 2)
        again, _ = batch(work / "minutes", work / "all", 2)
        print(
            f"{options.documents} documents: {first:.0f} s in one batch with two processes; parent {max(held):.0f} MB"
        )
    verdict("throughput, two processes / one", alone / both, AT_LEAST_FASTER, at_most=False)
    verdict("memory of the parent, last tenth / first tenth", tenths(held), AT_MOST_GROWTH, at_most=True)
    verdict("a run that finds all done / the first run", again / first, AT_MOST_AGAIN, at_most=True)


if __name__ == "__main__":
    main()
