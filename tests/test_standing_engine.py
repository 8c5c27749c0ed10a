"""The engine that is kept running, stood in for by scripts that read names and print rows as it does."""

import shutil
import sys
from collections import deque
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pv_extract.errors import UnreadableSource
from pv_extract.readers import engine
from pv_extract.readers.scan import PageImage
from pv_extract.readers.standing_engine import StandingEngine, can_be_named, can_stand

ENGINE = r"""
import sys
print("level\tpage_num")
for number, line in enumerate(sys.stdin, 1):
    print(f"1\t{number}\t0\t0\t0\t0\t0\t0\t40\t40\t-1\t")
    if "pv-extract" not in line:  # the empty image
        print(f"5\t{number}\t1\t1\t1\t1\t0\t0\t9\t9\t96\t{'mot ' * 3000 + line.strip()}")
"""
engine_crash = ENGINE.replace("print(f", "sys.exit(1) if number > 2 else print(f", 1)
engine_hang = ENGINE.replace("print(f", "__import__('time').sleep(900) if number > 2 else print(f", 1)
LONG = 60
stands = pytest.mark.skipif(not can_stand(), reason="no pseudo-terminals here")


def standing(script: str) -> StandingEngine:
    return StandingEngine([sys.executable, "-c", script])


def read_by(kept: StandingEngine, name: str) -> list[str]:
    return [word.text.split()[-1] for word in engine.words_of_table(kept.read(Path("/scans", name), LONG))]


@stands
def test_images_are_read_one_after_the_other():
    kept = standing(ENGINE)
    assert [read_by(kept, name) for name in ("a.pgm", "é b.pgm", "c.pgm")] == [
        ["/scans/a.pgm"],
        ["b.pgm"],
        ["/scans/c.pgm"],
    ]


@stands
def test_an_engine_that_has_ended_is_told():
    kept = standing(engine_crash)
    assert read_by(kept, "a.pgm") == ["/scans/a.pgm"]
    with pytest.raises(OSError, match=r"."):
        kept.read(Path("b.pgm"), LONG)


@stands
def test_an_engine_that_hangs_is_ended():
    kept = standing(engine_hang)
    assert read_by(kept, "a.pgm") == ["/scans/a.pgm"]
    with pytest.raises(TimeoutError):
        kept.read(Path("b.pgm"), 0.1)
    assert kept._process.wait() < 0


@pytest.mark.parametrize("way", ["kept", "one run", "library"])
def test_a_page_on_which_the_engine_hangs_is_told(way, monkeypatch, tmp_path):
    class Library:
        """Stands for an engine in this process that has used up its time."""

        def __getattr__(self, name: str) -> object:
            return lambda *_: False

    def hang(*_: object, **__: object) -> str:
        raise TimeoutError if way == "kept" else RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(engine, "LIMIT", 0)
    monkeypatch.setattr(engine, "_library", lambda: Library() if way == "library" else None)
    monkeypatch.setattr(engine, "_loaded", lambda library, lang: library)
    monkeypatch.setattr(engine, "_takes_names", lambda: way == "kept")
    monkeypatch.setattr(engine, "can_stand", lambda: True)
    monkeypatch.setattr(engine, "_by_standing_engine", hang)
    monkeypatch.setattr("pytesseract.image_to_data", hang)
    with pytest.raises(UnreadableSource, match=r"page\.pgm.*--ocr never"):
        engine.recognise(PageImage(tmp_path / "page.pgm", 300), "fra")


@stands
def test_nobody_holds_it_and_it_ends():
    kept = standing(ENGINE)
    process = kept._process
    del kept
    assert process.returncode is not None


@pytest.mark.parametrize(
    ("name", "can"), [("page.pgm", True), ("page ", False), ("a\nb.pgm", False), ("é" * 130, False)]
)
def test_which_images_can_be_named(name, can):
    assert can_be_named(Path("/scans", name)) == can


@stands
def test_where_the_standing_engine_crashes_the_command_reads_the_image(tmp_path, monkeypatch):
    def crash(*_: object) -> str:
        raise BrokenPipeError

    monkeypatch.setattr(engine, "_library", lambda: None)
    monkeypatch.setattr(engine, "_by_standing_engine", crash)
    monkeypatch.setattr(engine, "_by_one_run", lambda *_: "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\tséance")
    assert [word.text for word in engine.recognise(PageImage(tmp_path / "page.pgm", 300), "fra")] == ["séance"]


class Engines:
    """Stands for the class of the engines: counts those that were started."""

    def __init__(self) -> None:
        self.started: list[tuple[str, ...]] = []

    def __call__(self, command: tuple[str, ...]) -> "Engines":
        self.started.append(command)
        return self

    def read(self, image: Path, limit: float) -> str:
        if image.name == "damaged.pgm":
            raise BrokenPipeError
        return ""


@pytest.fixture
def engines(monkeypatch):
    engines = Engines()
    monkeypatch.setattr(engine, "StandingEngine", engines)
    monkeypatch.setattr(engine, "_stock", deque(maxlen=2))
    monkeypatch.setattr(engine.shutil, "which", lambda name: f"/bin/{name}")
    return engines


def read_standing(name="page.pgm", dpi=300):
    engine._by_standing_engine(PageImage(Path("/scans", name), dpi), "fra", engine.Layout.PAGE)


def test_an_engine_at_leisure_reads_the_next_image(engines):
    for dpi in (300, 300, 200, 300):
        read_standing(dpi=dpi)
    assert [command[-1] for command in engines.started] == ["300", "200"]


def test_an_engine_that_failed_is_not_kept(engines):
    with pytest.raises(OSError, match=r"^"):
        read_standing("damaged.pgm")
    read_standing()
    assert len(engines.started) == 2


def test_a_forked_process_starts_engines_of_its_own(engines, monkeypatch):
    read_standing()
    monkeypatch.setattr(engine.os, "getpid", lambda: -1)
    read_standing()
    assert len(engines.started) == 2


@pytest.mark.ocr
@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
@stands
def test_it_reads_what_a_run_of_its_own_reads(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "_library", lambda: None)
    for text in ("Le quorum est atteint", "Le conseil approuve"):
        page = Image.new("L", (1240, 600), 255)
        ImageDraw.Draw(page).text((100, 200), text, fill=0, font=ImageFont.load_default(48))
        page.save(tmp_path / "page.png")
        image = PageImage(tmp_path / "page.png", 150)
        words = engine.recognise(image, "fra")
        assert " ".join(word.text for word in words) == text
        alone = engine._by_one_run(image, "fra", engine.Layout.PAGE)
        assert words == list(engine.words_of_table(alone))
