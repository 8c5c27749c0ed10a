"""Batches beyond one machine: a Dask cluster, sources and records in S3."""

import os
import shutil
import signal

import pytest

from batches import TEXTS, launch, state, wait_for
from pv_extract import commands
from pv_extract.batch.sources import Listing

pytestmark = pytest.mark.slow


@pytest.fixture
def minutes(tmp_path):
    """A folder of four minutes, and eight slow scraps."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for path in TEXTS:
        shutil.copy(path, folder)
    for number in range(8):
        (folder / f"slow-{number}.txt").write_text(f"à part {number}")
    return folder


@pytest.fixture
def cluster(disasters):
    """A Dask cluster of three worker processes on this machine."""
    distributed = pytest.importorskip("distributed", reason="NOT CHECKED: Dask is not installed")
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(minutes, tmp_path, cluster):
    assert launch(tmp_path / "alone", minutes).wait(300) == 0
    process = launch(tmp_path / "out", minutes, "--executor", cluster.scheduler_address)
    wait_for(tmp_path / "out", 2)
    os.kill(cluster.workers[1].pid, signal.SIGKILL)
    assert process.wait(300) == 0
    assert state(tmp_path / "out") == state(tmp_path / "alone")


def test_a_document_that_hangs_is_ended_on_a_cluster_too(minutes, tmp_path, cluster):
    (minutes / "hangs-always.txt").write_text("à part")
    process = launch(tmp_path / "out", minutes, "--executor", cluster.scheduler_address, "--timeout", "12")
    assert process.wait(300) == 6
    assert '"timeout"' in (tmp_path / "out" / "failures.jsonl").read_text()


def test_a_scheduler_that_does_not_answer(minutes, tmp_path, capfd, monkeypatch):
    pytest.importorskip("distributed", reason="NOT CHECKED: Dask is not installed")
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    import dask

    dask.config.refresh()
    code = commands.run(["batch", "-o", str(tmp_path / "out"), "--executor", "tcp://127.0.0.1:9", str(minutes)])
    assert code == 2 and "tcp://127.0.0.1:9" in capfd.readouterr().err


@pytest.fixture(scope="module")
def s3():
    """An S3 server of this machine; the file system of it."""
    server = pytest.importorskip("moto.server", reason="NOT CHECKED: moto is not installed")
    s3fs = pytest.importorskip("s3fs", reason="NOT CHECKED: s3fs is not installed")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "fictional")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "fictional")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fs = s3fs.S3FileSystem()
        fs.mkdir("archives")
        yield fs
    running.stop()


def test_sources_and_records_in_s3(s3, minutes, tmp_path, capfd):
    s3.put(str(minutes), "archives/minutes", recursive=True)
    s3.pipe_file("archives/minutes/Thumbs.db", b"x")
    s3.pipe_file("archives/minutes/empty.txt", b"")
    assert commands.run(["batch", "s3://archives/minutes", "-o", "s3://archives/out", "--jobs", "2"]) == 6
    (minutes / "empty.txt").touch()
    assert launch(tmp_path / "out", minutes).wait(300) == 6
    here = {path.rpartition("/")[2] for path in state(tmp_path / "out") if path.startswith("records/")}
    there = {path.rpartition("/")[2]: path for path in s3.find("archives/out/records")}
    assert set(there) == here
    for path in (tmp_path / "out" / "records").rglob("*.json"):
        assert s3.cat_file(there[path.name]) == path.read_bytes()
    assert {path.rpartition("/")[2] for path in s3.find("archives/out") if "/out/records/" not in path} >= {
        "catalogue.sqlite",
        "documents.jsonl",
        "failures.jsonl",
        "metadata.json",
        "people.toml",
    }
    capfd.readouterr()
    assert commands.run(["batch", "s3://archives/minutes/", "-o", "s3://archives/out"]) == 6
    assert "13 documents: 0 to do" in capfd.readouterr().err
    assert commands.run(["search", "s3://archives/out", "conseil"]) == 0
    assert "s3://archives/minutes/" in capfd.readouterr().out


def test_what_is_in_s3_is_exported_searched_and_reviewed(s3, minutes, tmp_path, capfd):
    assert commands.run(["batch", str(minutes), "-o", "s3://archives/exported", "--jobs", "2"]) == 0
    assert launch(tmp_path / "out", minutes).wait(300) == 0
    for name, out in (("here", str(tmp_path / "out")), ("there", "s3://archives/exported")):
        assert commands.run(["export", out, "--to", "jsonl", "-o", str(tmp_path / f"{name}.jsonl")]) == 0
        assert commands.run(["review", out, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "here.jsonl").read_bytes() == (tmp_path / "there.jsonl").read_bytes()
    assert len((tmp_path / "there.jsonl").read_text().splitlines()) == 12
    assert state(tmp_path / "here") == state(tmp_path / "there")
    [one, *_] = s3.find("archives/exported/records")
    assert commands.run(["export", f"s3://{one}", "--to", "jsonl", "-o", str(tmp_path / "one.jsonl")]) == 0
    capfd.readouterr()
    assert commands.run(["export", "s3://archives/none", "--to", "jsonl", "-o", str(tmp_path / "none.jsonl")]) == 3
    assert "s3://archives/none" in capfd.readouterr().err


def test_patterns_and_names_in_s3(s3, minutes):
    s3.put(str(minutes), "archives/named", recursive=True)
    listing = Listing(["s3://archives/named/slow-*.txt", "s3://archives/named/slow-1.txt"], "s3://archives/out")
    assert len(set(listing)) == 8
    listing = Listing(["s3://archives/none", "s3://archives/named/*.pdf"], "s3://archives/out")
    assert list(listing) == [] and len(listing.missing) == 2


def test_two_batches_on_one_folder_of_s3(s3, minutes, capfd):
    s3.pipe_file("archives/taken/.lock", b'{"host": "another", "process": 1}')
    assert commands.run(["batch", str(minutes), "-o", "s3://archives/taken"]) == 2
    assert "s3://archives/taken/.lock" in capfd.readouterr().err


def test_a_lock_of_a_batch_that_was_killed_is_taken_over(s3, minutes, disasters):
    import socket
    import subprocess

    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = f'{{"host": "{socket.gethostname()}", "process": {gone.pid}}}'
    s3.pipe_file("archives/stale/.lock", lock.encode())
    assert commands.run(["batch", str(minutes / TEXTS[0].name), "-o", "s3://archives/stale"]) == 0
    assert not s3.exists("archives/stale/.lock")


def test_an_address_that_needs_what_is_not_installed(minutes, capfd):
    assert commands.run(["batch", "gs://bucket/minutes", "-o", "nothing://bucket"]) == 2
    assert "nothing://bucket" in capfd.readouterr().err
