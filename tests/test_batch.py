"""Batches as an archivist meets them: done once, whatever happens meanwhile."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from batches import TEXTS, launch, state, wait_for
from conftest import FIXTURES
from pv_extract import commands
from pv_extract.batch.ledger import Ledger
from pv_extract.batch.recipes import Fingerprints
from pv_extract.batch.sources import Listing
from pv_extract.folders import LocalFolder

EMPTY = FIXTURES / "bad" / "empty.txt"


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def scans(tmp_path):
    """A folder of four minutes, one of them in a folder of its own."""
    folder = tmp_path / "scans"
    (folder / "2023").mkdir(parents=True)
    for path in TEXTS:
        shutil.copy(path, folder / path.name)
    (folder / TEXTS[0].name).rename(folder / "2023" / TEXTS[0].name)
    return folder


@pytest.fixture
def batch(tmp_path, capfd):
    """Runs a batch into tmp_path/out; its exit code and its messages."""

    def run_here(*arguments):
        code = commands.run(["batch", "-o", str(tmp_path / "out"), "--jobs", "1", *map(str, arguments)])
        return code, capfd.readouterr().err

    return run_here


def records(out):
    return {json.loads(p.read_bytes())["source"]["name"]: p for p in (out / "records").rglob("*.json")}


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def failures(out):
    return {Path(line["name"]).name: line for line in lines(out / "failures.jsonl")}


# --- what is done, and what is done again


def test_a_folder_becomes_records(batch, scans, tmp_path):
    code, _ = batch(scans)
    assert code == 0
    found = records(tmp_path / "out")
    assert set(found) == {path.name for path in TEXTS}
    assert found[TEXTS[0].name].name.startswith(json.loads(found[TEXTS[0].name].read_bytes())["source"]["sha256"])
    assert failures(tmp_path / "out") == {}


def test_a_record_is_that_of_extract(batch, scans, tmp_path, capfd):
    batch(scans)
    assert commands.run(["extract", "-o", str(tmp_path / "one"), str(TEXTS[1])]) == 0
    expected = (tmp_path / "one" / f"{TEXTS[1].stem}.json").read_bytes()
    assert records(tmp_path / "out")[TEXTS[1].name].read_bytes() == expected


def test_what_is_done_is_not_done_again(batch, scans, tmp_path):
    batch(scans)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "records").rglob("*.json")}
    first = state(tmp_path / "out")
    code, err = batch(scans)
    assert code == 0 and "4 documents: 0 to do" in err
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert state(tmp_path / "out") == first


def test_a_new_document_is_added(batch, scans, tmp_path):
    shutil.move(scans / TEXTS[1].name, tmp_path / TEXTS[1].name)
    batch(scans)
    shutil.move(tmp_path / TEXTS[1].name, scans / TEXTS[1].name)
    code, err = batch(scans)
    assert code == 0 and "1 to do" in err
    assert len(records(tmp_path / "out")) == 4


def test_doubles_and_renamed_files_have_one_record(batch, scans, tmp_path):
    shutil.copy(scans / TEXTS[1].name, scans / "copy of it.txt")
    batch(scans)
    (scans / TEXTS[2].name).rename(scans / "renamed.txt")
    code, err = batch(scans)
    assert "0 to do" in err and code == 0
    names = [sorted(Path(n).name for n in line["names"]) for line in lines(tmp_path / "out" / "documents.jsonl")]
    assert sorted(map(len, names)) == [1, 1, 2, 2]
    assert sorted(["copy of it.txt", TEXTS[1].name]) in names and sorted(["renamed.txt", TEXTS[2].name]) in names
    assert len(records(tmp_path / "out")) == 4


OWN = "[lieu]\nabout='x'\nemits='Place'\npattern='''(?P<place>chez\\s\\w+)'''\nmatches=['chez Zoé']\nrejects=['x']\n"


def test_other_grammars_or_options_make_other_records(batch, scans, tmp_path):
    batch(scans)
    before = set(records(tmp_path / "out").values())
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    _, err = batch(scans, "--grammar", tmp_path / "own.toml")
    assert "4 to do" in err
    after = set(records(tmp_path / "out").values())
    assert len(after) == 4 and not after & before
    assert "4 to do" in batch(scans, "--ocr", "never")[1]


def test_another_version_makes_other_records(monkeypatch):
    from pv_extract.batch import recipes
    from pv_extract.readers import ReadOptions

    before = recipes.Recipe((), ReadOptions()).fingerprints()
    assert recipes.Recipe((), ReadOptions(save_ocr=Path("ocr"))).fingerprints() == before
    monkeypatch.setattr(recipes, "__version__", "99.0")
    after = recipes.Recipe((), ReadOptions()).fingerprints()
    assert after.whole != before.whole and after.without_ocr != before.without_ocr


def test_the_summary_is_told_and_written(batch, scans, tmp_path):
    shutil.copy(EMPTY, scans / "empty.txt")
    _, err = batch(scans, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["documents"], report["done_now"], report["failed"], report["left"]) == (5, 4, 1, 0)
    found = [json.loads(path.read_bytes()) for path in records(tmp_path / "out").values()]
    assert report["folder"]["pages"] == sum(record["source"]["pages"] for record in found)
    assert sum(report["folder"]["facts by confidence"].values()) == sum(len(record["evidence"]) for record in found)
    rules = [finding["rule"] for record in found for finding in record["findings"]]
    assert sum(report["folder"].get("findings by rule", {}).values()) == len(rules)
    assert len(report["slowest"]) == 5 and "failures.jsonl" in err and "facts by confidence" in err
    batch(scans, "--report", tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text())["folder"] == report["folder"]


def test_where_ocr_is_kept_makes_no_other_records(batch, scans, tmp_path):
    batch(scans)
    assert "0 to do" in batch(scans, "--save-ocr", tmp_path / "ocr")[1]


# --- sources


def test_patterns_lists_and_what_is_passed_over(batch, scans, tmp_path, monkeypatch):
    (scans / "Thumbs.db").write_bytes(b"x")
    listing = Listing([str(scans), str(scans / "*.txt"), str(scans / "**" / "*2017*")], str(tmp_path / "out"))
    found = list(listing)
    assert len(set(found)) == 4 and len(found) > 4
    assert listing.passed_over == {".db": 1} and listing.missing == {}
    list_file = tmp_path / "list"
    list_file.write_text(f"{scans / TEXTS[1].name}\n\n{scans / '2023'}\n")
    process = launch(tmp_path / "out", "-", stdin=list_file.open())
    assert "2 to do" in process.communicate(timeout=120)[1]


def test_the_output_is_no_source(batch, scans, tmp_path):
    out = scans / "out"
    assert commands.run(["batch", "-o", str(out), str(scans)]) == 0
    assert all("/out/" not in name for name in Listing([str(scans)], str(out)))


def test_a_dry_run_does_nothing(tmp_path, scans, capfd):
    assert commands.run(["batch", "-o", str(tmp_path / "out"), "--dry-run", str(scans)]) == 0
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 4 and "4 to do" in err
    assert not (tmp_path / "out").exists()


def test_names_of_any_bytes(batch, scans, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(scans) + b"/proc\xe8s\nverbal.txt"))
    (scans / TEXTS[1].name).rename(odd)
    assert batch(scans)[0] == 0
    assert batch(scans)[0] == 0
    [line] = [line for line in lines(tmp_path / "out" / "documents.jsonl") if str(odd) in line["names"]]
    assert len(line["names"]) == 1


@pytest.mark.slow
def test_forty_thousand_files_are_listed_in_constant_memory(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40_000):
        (folder / f"seance-{number:05}.txt").write_text(str(number))
    code = (
        "import resource, sys, threading\n"
        "from pv_extract.batch.run import Batch, Order\n"
        "from pv_extract.batch.executors import crew_at\n"
        "from pv_extract.batch.recipes import Recipe\n"
        "from pv_extract.readers import ReadOptions\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "def run(*sources):\n"
        "    batch = Batch(Order(sources, sys.argv[2], Recipe((), ReadOptions()), 60, 100))\n"
        "    batch.survey()\n"
        "    with crew_at('local', 2) as crew: batch.hash(crew)\n"
        "    return batch.ledger.count('source')\n"
        "assert run(sys.argv[1] + '/seance-000*.txt') == 100\n"
        "few = peak()\n"
        "assert run(sys.argv[1]) == 40_000\n"
        "print(few, peak())\n"
    )
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "out")]
    few, many = map(int, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    shutil.rmtree(folder)
    assert many - few < 16_000  # kilobytes: the names alone would be as much as objects


# --- disasters


def test_one_bad_document_stops_no_other(batch, scans, tmp_path):
    shutil.copy(EMPTY, scans / "empty.txt")
    code, err = batch(scans, scans / "no-such-file.pdf")
    assert code == 6
    assert len(records(tmp_path / "out")) == 4
    found = failures(tmp_path / "out")
    assert found["empty.txt"]["class"] == "permanent" and found["no-such-file.pdf"]["class"] == "transient"
    for failure in found.values():
        assert all(failure[key][language] for key in ("message", "advice") for language in ("en", "fr"))
    assert "empty.txt" in err and "export or copy it again" in err


def test_what_failed_for_good_is_tried_again_when_asked(batch, scans):
    shutil.copy(EMPTY, scans / "empty.txt")
    batch(scans)
    code, err = batch(scans)
    assert code == 6 and "0 to do" in err
    code, err = batch(scans, "--retry-failed")
    assert code == 6 and "1 to do" in err


def test_a_mended_document_fails_no_longer(batch, scans, tmp_path):
    shutil.copy(EMPTY, scans / "seance.txt")
    assert batch(scans)[0] == 6
    shutil.copy(TEXTS[1], scans / "seance.txt")
    assert batch(scans)[0] == 0


def test_a_document_that_hangs_is_ended_and_named(batch, scans, tmp_path, disasters):
    shutil.copy(TEXTS[1], scans / "hangs-always.txt")
    (scans / "hangs-always.txt").write_text("à part")
    code, _ = batch(scans, "--timeout", "12")
    assert code == 6
    assert failures(tmp_path / "out")["hangs-always.txt"]["kind"] == "timeout"
    assert len(records(tmp_path / "out")) == 4
    assert "0 to do" in batch(scans, "--timeout", "12")[1]
    assert "1 to do" in batch(scans, "--timeout", "13")[1]


def test_a_document_that_eats_memory_is_ended_and_named(batch, scans, tmp_path, disasters):
    (scans / "eats-all.txt").write_text("à part")
    code, _ = batch(scans, "--max-memory", "600")
    assert code == 6
    failure = failures(tmp_path / "out")["eats-all.txt"]
    assert (failure["kind"], failure["limit"]) == ("memory", 600)
    assert len(records(tmp_path / "out")) == 4


def test_a_document_that_crashes_the_reader_is_named(batch, scans, tmp_path, disasters):
    (scans / "crashes-hard.txt").write_text("à part")
    code, _ = batch(scans)
    assert code == 6
    failure = failures(tmp_path / "out")["crashes-hard.txt"]
    assert failure["kind"] == "crash" and "SIGSEGV" in failure["message"]["en"]
    assert len(records(tmp_path / "out")) == 4


def test_a_source_that_vanishes_or_changes_in_mid_run(scans, tmp_path, disasters):
    for number in range(6):
        (scans / f"slow-{number}.txt").write_text(f"à part {number}")
    process = launch(tmp_path / "out", scans, "--jobs", "1")
    wait_for(tmp_path / "out", 1)
    (scans / "slow-4.txt").write_text("changé")
    (scans / "slow-5.txt").unlink()
    assert process.wait(120) == 6
    found = failures(tmp_path / "out")
    assert {name: failure["kind"] for name, failure in found.items()} == {
        "slow-4.txt": "changed",
        "slow-5.txt": "missing",
    }
    assert {failure["class"] for failure in found.values()} == {"transient"}


@pytest.mark.slow
def test_an_interrupt_finishes_what_was_begun(scans, tmp_path, disasters):
    for number in range(12):
        (scans / f"slow-{number:02}.txt").write_text(f"à part {number}")
    process = launch(tmp_path / "out", scans)
    wait_for(tmp_path / "out", 2)
    os.killpg(process.pid, signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    done = len(records(tmp_path / "out"))
    assert 2 <= done < 16 and f"{done} documents done, {16 - done} left" in err
    assert "Traceback" not in err
    assert launch(tmp_path / "out", scans).wait(120) == 0
    assert len(records(tmp_path / "out")) == 16


@pytest.mark.slow
def test_two_batches_on_one_folder(scans, tmp_path, disasters):
    for number in range(40):
        (scans / f"slow-{number}.txt").write_text(f"à part {number}")
    first = launch(tmp_path / "out", scans)
    wait_for(tmp_path / "out", 1)
    second = launch(tmp_path / "out", scans)
    err = second.communicate(timeout=60)[1]
    assert second.returncode == 2 and "another batch" in err and len(err.splitlines()) == 1
    assert first.wait(120) == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT CHECKED: root may write anywhere")
def test_a_folder_without_permission(batch, scans, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    code, err = batch(scans)
    assert code == 2 and len(err.splitlines()) == 1


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 100 kB, mounted for the test."""
    folder = tmp_path / "out"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("NOT CHECKED: this system lets us mount no small tmpfs")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(batch, scans, small_disk):
    code, err = batch(scans)
    assert code == 2
    assert "No space left" in err and "left: run the same command again" in err
    assert not list(small_disk.rglob("*.part"))
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    assert batch(scans)[0] == 0
    assert len(records(small_disk)) == 4


def test_a_read_only_folder(batch, scans, small_disk):
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    code, err = batch(scans)
    assert code == 2 and "Read-only" in err and len(err.splitlines()) == 1


@pytest.mark.slow
def test_a_killed_batch_ends_with_the_bytes_of_an_undisturbed_one(scans, tmp_path, disasters):
    for number in range(4):
        (scans / f"slow-{number}.txt").write_text(f"à part {number}")
    shutil.copy(EMPTY, scans / "empty.txt")
    assert launch(tmp_path / "undisturbed", scans).wait(120) == 6
    for count in (1, 3):
        process = launch(tmp_path / "out", scans)
        wait_for(tmp_path / "out", count)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    assert launch(tmp_path / "out", scans).wait(120) == 6
    assert state(tmp_path / "out") == state(tmp_path / "undisturbed")


# --- the ledger


def test_a_batch_killed_while_it_wrote_the_catalogue_is_resumed(batch, scans, tmp_path):
    assert batch(scans)[0] == 0
    undisturbed = state(tmp_path / "out")
    with LocalFolder(str(tmp_path / "out")).workshop() as folder:
        (folder / "catalogue.sqlite.part").write_bytes(b"SQLite format 3\x00\xff")
    (tmp_path / "out" / "catalogue.sqlite").unlink()
    assert batch(scans)[0] == 0
    assert state(tmp_path / "out") == undisturbed


def test_each_content_is_planned_once_under_its_first_name():
    ledger = Ledger()
    ledger.add_sources(["b", "a", "c", "b"])
    for name, digest in {"a": "2", "b": "1", "c": "1"}.items():
        ledger.hashed(name, digest)
    ledger.plan(Fingerprints("r", "r"), 1, 1, False)
    assert list(ledger.todo()) == [("a", "2"), ("b", "1")]
    assert (ledger.count("source"), ledger.count("contents")) == (3, 2)
