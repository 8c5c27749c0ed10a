"""Peak memory of extraction from scans of 20, 100 and 200 pages: it must be small, and flat in the pages.

python benchmarks/memory.py [--pages N…] [--engine]

The scans are made of the samples' pages. The engine is replaced by the words recorded of them, so that the
figures are those of our own process; with --engine, Tesseract reads every page (slow).
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium

from pv_extract import pipeline
from pv_extract.grammar import load_grammars
from pv_extract.readers import ReadOptions, ocr, recognition
from pv_extract.readers.engine import OcrWord
from pv_extract.readers.scan import PageImage
from pv_extract.words import Box

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SCANS = [FIXTURES / "scan" / f"{name}.scan.pdf" for name in ("conseil-marvigny-2023", "comite-lisiere-2022")]
AT_MOST = 700  # MB a process


def bound(pages: int, target: Path) -> None:
    """Write a scan of so many pages, the samples' over and over, each with an image of its own."""
    volume = pdfium.PdfDocument.new()
    for scan in itertools.cycle(SCANS):
        if len(volume) >= pages:
            break
        sample = pdfium.PdfDocument(scan)
        volume.import_pages(sample, list(range(min(len(sample), pages - len(volume)))))
    volume.save(target)


def recorded() -> list[list[OcrWord]]:
    """The words of each sample page."""
    files = (FIXTURES / "ocr" / f"{scan.name}.json" for scan in SCANS)
    pages = [page for file in files for page in json.loads(file.read_text(encoding="utf-8"))["pages"]]
    return [[word_of(word) for word in page["words"]] for page in pages]


def word_of(word: dict[str, str | int | float]) -> OcrWord:
    """One recorded word."""
    left, top, width, height = (float(word[side]) for side in ("left", "top", "width", "height"))
    box = Box(left, top, left + width, top + height)
    numbers = (int(word[name]) for name in ("block", "par", "line"))
    return OcrWord(str(word["text"]).strip(), box, float(word["conf"]) / 100, *numbers)


def without_engine() -> None:
    """Let the pages be prepared as ever, and take their words from the record."""
    pages = recorded()

    def words_of_image(image: PageImage, lang: str) -> list[OcrWord]:
        with tempfile.TemporaryDirectory() as folder:
            words = pages[(int(image.path.stem) - 1) % len(pages)]
            for column in ocr.columns(image, Path(folder)):
                ocr.unread(column, (word.box for word in words), Path(folder))
        return words

    ocr.words_of_image = words_of_image
    recognition.engine = lambda: "recorded"


def measure(pdf: Path, engine: bool) -> None:
    """Extract in this process, and print its peak and that of the engine's processes, in MB."""
    if not engine:
        without_engine()
    record = pipeline.extract(pdf, load_grammars(), ReadOptions())
    print(f"{record.source.pages:5d} pages {peak(resource.RUSAGE_SELF):8.0f} MB", end="")
    print(f"   engine {peak(resource.RUSAGE_CHILDREN):6.0f} MB" if engine else "", flush=True)


def peak(who: int) -> float:
    """The peak resident memory of this process, or of the largest of its children, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[20, 100, 200])
    parser.add_argument("--engine", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.engine)
        return
    print(f"peak resident memory; at most {AT_MOST} MB a process is wanted")
    with tempfile.TemporaryDirectory() as folder:
        for pages in options.pages:
            pdf = Path(folder, f"{pages}.pdf")
            bound(pages, pdf)
            engine = ["--engine"] if options.engine else []
            subprocess.run([sys.executable, __file__, "--measure", str(pdf), *engine], check=True)


if __name__ == "__main__":
    main()
