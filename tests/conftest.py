"""What several test files need: where the samples are, and scans read from the words recorded of them."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from pv_extract import commands, configuration, pipeline
from pv_extract.grammar import Grammar, load_grammars
from pv_extract.readers import ocr, recognition
from pv_extract.readers.composition import Part
from pv_extract.readers.engine import OcrWord
from pv_extract.readers.scan import PageImage
from pv_extract.records import Record
from pv_extract.text import Edit
from pv_extract.words import Box

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
DOUBLES = ROOT / "tests" / "doubles"
SHARED = ROOT.parent / "shared"

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="pv-extract-cache-")  # what the tests compile is theirs alone


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-floors", action="store_true", help="write the figures measured now to tests/floors.json"
    )
    parser.addoption(
        "--rewrite-matrix", action="store_true", help="write what is found of planted errors to docs/rules/matrix.md"
    )


@pytest.fixture(scope="session")
def grammar() -> Grammar:
    return load_grammars()


class Result(NamedTuple):
    """What a command line came to: its exit code, what it printed on stdout and on stderr."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs a command line in this process."""

    def run_here(*arguments: object) -> Result:
        code = commands.run([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return run_here


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages in English, whatever the locale here."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def fresh_configuration() -> None:
    """No configuration is remembered of files that another test wrote."""
    configuration.find.cache_clear()
    configuration.configuration_of.cache_clear()


@pytest.fixture
def disasters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes in which documents named ``hangs-…``, ``eats-…``, ``crashes-…``, ``slow-…`` do so."""
    monkeypatch.setenv("PYTHONPATH", str(DOUBLES))


def mended(text: str, repairs: Callable[[str], Iterable[Edit]]) -> str:
    """The text with its repairs, made from the last to the first."""
    for edit in sorted(repairs(text), reverse=True):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text


def read_minutes(folder: Path, text: str, grammar: Grammar) -> Record:
    """The record of minutes written in a text file."""
    source = folder / "minutes.txt"
    source.write_text(text, encoding="utf-8")
    return pipeline.extract(source, grammar)


@contextmanager
def recorded_ocr(scan: Path) -> Iterator[None]:
    """While this lasts, the engine says of the scan's pages what is recorded in fixtures/ocr."""
    recorded = json.loads((FIXTURES / "ocr" / f"{scan.name}.json").read_text(encoding="utf-8"))

    def words_of_image(image: PageImage, lang: str) -> list[OcrWord]:
        number = 1 if image.path == scan else int(image.path.stem)
        page = recorded["pages"][number - 1]
        scale = image.dpi / page["dpi"]
        return [recorded_word(word, scale) for word in page["words"]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "words_of_image", words_of_image)
        patch.setattr(recognition, "engine", lambda: recorded["engine"])
        yield


def recorded_word(word: dict, scale: float) -> OcrWord:
    left, top = word["left"], word["top"]
    box = Box(*(scale * side for side in (left, top, left + word["width"], top + word["height"])))
    place = word["block"], word["par"], word["line"], word.get("column", 0), word.get("underlined", False)
    return OcrWord(word["text"].strip(), box, word["conf"] / 100, *place, Part(word.get("part", Part.BODY)))
