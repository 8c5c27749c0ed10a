"""How long extraction takes, beside the libraries and the engine that it stands on, measured in one run.

python benchmarks/bench.py [PDF…] [--runs N] [--scan-runs N] [--command]

PDFs whose pages have text are extracted in one process and compared with bare pypdfium2 and pdfplumber;
scans with the bare ``tesseract`` command on the same page images, as they are in the file, with as many processes.
Each row tells the time on the clock and that of the processors, the engine's processes included: on a machine that
has other work only the latter says something. With --command the engine is run as a command, though ``tesserocr`` be
installed.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import psutil
import pypdfium2 as pdfium

from pv_extract import pipeline
from pv_extract.grammar import load_grammars
from pv_extract.readers import ReadOptions, engine, read
from pv_extract.readers.ocr import PageImage
from pv_extract.readers.page_image import page_image

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "dev"
TEXT_PER_PAGE = 250  # characters: a scan with a stamp has fewer
AT_MOST_BARE = 10.0  # times pypdfium2
AT_LEAST_FASTER = 6.0  # than pdfplumber
AT_MOST_TESSERACT = 1.05  # times tesseract


def page_count(pdfs: list[Path]) -> int:
    """The number of pages of all files."""
    return sum(len(pdfium.PdfDocument(pdf)) for pdf in pdfs)


def bare_text(pdf: Path) -> int:
    """Read every page's text with pypdfium2 alone; the number of characters."""
    document = pdfium.PdfDocument(pdf)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def plumbed_text(pdf: Path) -> int:
    """Read every page's text with pdfplumber alone; the number of characters."""
    with pdfplumber.open(pdf) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def images_of(pdf: Path, folder: Path) -> list[PageImage]:
    """The images of the pages that extraction gives to the engine."""
    folder.mkdir()
    document = pdfium.PdfDocument(pdf)
    scanned = [page.number - 1 for page in read(pdf).pages if page.method == "ocr"]
    return [page_image(document, index, folder) for index in scanned]


def tesseract(image: PageImage) -> None:
    """Read one image with the bare command."""
    command = ["tesseract", str(image.path), "-", "-l", "fra", "--dpi", str(round(image.dpi)), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


class Taken(NamedTuple):
    """Seconds on the clock, and of all processors."""

    clock: float
    processors: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> "Taken":
        """What some work takes, that of all its processes included."""
        start, before = time.perf_counter(), processors()
        work()
        return cls(time.perf_counter() - start, processors() - before)


def processors() -> float:
    """The seconds of processors that this process and its children, ended or still running, have taken."""
    running = (child.cpu_times() for child in psutil.Process().children(recursive=True))
    return sum(os.times()[:4]) + sum(times.user + times.system for times in running)


def race(works: list[Callable[[], object]], runs: int) -> list[Taken]:
    """The best times of each, run in turns so that a busy machine slows all alike."""
    taken = [[Taken.by(work) for work in works] for _ in range(runs)]
    return [Taken(*map(min, zip(*own, strict=True))) for own in zip(*taken, strict=True)]


def row(label: str, best: Taken, pages: int) -> None:
    """Print one line of figures."""
    clock, processors = (f"{seconds:8.3f} s {1000 * seconds / pages:8.1f} ms/page" for seconds in best)
    print(f"{label:<26} {clock}   processors {processors}", flush=True)


def verdict(label: str, ratio: float, target: float, at_most: bool) -> None:
    """Print a ratio beside its target."""
    met = ratio <= target if at_most else ratio >= target
    bound = "at most" if at_most else "at least"
    print(f"  {label}: {ratio:.2f} ×  (target: {bound} {target:g} ×) {'met' if met else 'NOT MET'}")


def bench_text(pdfs: list[Path], runs: int) -> None:
    """Compare extraction with the libraries that read text layers; none of the three runs OCR."""
    grammar, pages, options = load_grammars(), page_count(pdfs), ReadOptions(ocr="never")
    images = sum(page.method == "unread" for pdf in pdfs for page in read(pdf, options).pages)
    print(f"{len(pdfs)} born-digital PDFs, {pages} pages, best of {runs} runs, one process")
    if images:
        print(f"({images} of these pages hold only an image, which is not read here)")
    ours, bare, plumbed = race(
        [
            lambda: [pipeline.extract(str(pdf), grammar, options) for pdf in pdfs],
            lambda: [bare_text(pdf) for pdf in pdfs],
            lambda: [plumbed_text(pdf) for pdf in pdfs],
        ],
        runs,
    )
    row("extract", ours, pages)
    row("pypdfium2 get_text_range", bare, pages)
    row("pdfplumber extract_text", plumbed, pages)
    verdict("extract / pypdfium2", ours.clock / bare.clock, AT_MOST_BARE, at_most=True)
    verdict("pdfplumber / extract", plumbed.clock / ours.clock, AT_LEAST_FASTER, at_most=False)


def bench_scans(pdfs: list[Path], runs: int) -> None:
    """Compare extraction with the bare engine, document after document, its pages side by side."""
    grammar, processes = load_grammars(), os.cpu_count()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(processes) as pool:
        images = [images_of(pdf, Path(folder, str(n))) for n, pdf in enumerate(pdfs)]
        pages = sum(map(len, images))
        print(f"{len(pdfs)} scanned PDFs, {pages} pages, best of {runs} runs, {processes} processes")
        ours, bare = race(
            [
                lambda: [pipeline.extract(str(pdf), grammar, ReadOptions()) for pdf in pdfs],
                lambda: [list(pool.map(tesseract, document)) for document in images],
            ],
            runs,
        )
    row("extract", ours, pages)
    row("tesseract -l fra … tsv", bare, pages)
    verdict("extract / tesseract", ours.clock / bare.clock, AT_MOST_TESSERACT, at_most=True)
    verdict("extract / tesseract, processors", ours.processors / bare.processors, AT_MOST_TESSERACT, at_most=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="*", type=Path, metavar="PDF")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scan-runs", type=int, default=2)
    parser.add_argument("--command", action="store_true")
    options = parser.parse_args()
    if options.command:
        engine._library = lambda: None  # type: ignore[assignment]
    given = options.pdfs or sorted(CORPUS.glob("*.pdf"))
    given = given or [*sorted(ROOT.glob("fixtures/pdf/*.pdf")), *sorted(ROOT.glob("fixtures/scan/*.pdf"))]
    born_digital = [pdf for pdf in given if bare_text(pdf) >= TEXT_PER_PAGE * page_count([pdf])]
    scans = [pdf for pdf in given if pdf not in born_digital]
    if born_digital:
        bench_text(born_digital, options.runs)
    if scans:
        bench_scans(scans, options.scan_runs)


if __name__ == "__main__":
    main()
