"""Kills a batch with ``kill -9`` at random moments, resumes it, and compares what it leaves with an undisturbed run.

python scripts/torture.py [--documents 300] [--kills 20] [--seed 1] [--executor local|dask]

Every other kill takes the batch alone (a crash), the others all its processes at once (a power cut). With
``--executor dask`` one run goes on to its end while a Dask worker is killed each time one is seen.
Exits 1 where a byte differs.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import psutil

from pv_extract.errors import Exit

ROOT = Path(__file__).resolve().parent.parent


def documents(folder: Path, count: int) -> Path:
    """A folder of generated minutes, an empty file and a double among them."""
    command = [sys.executable, "-m", "fixtures.generator", "--seed", "7", "--count", str(count), "-o", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    texts = folder / "text"
    (texts / "empty.txt").touch()
    (texts / "double.txt").write_bytes(min(texts.glob("*.txt")).read_bytes())
    return texts


def batch(sources: Path, out: Path, executor: str) -> "subprocess.Popen[bytes]":
    """A batch, begun."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(sources), "-o", str(out), "--jobs", "2"]
    return subprocess.Popen([*command, "--executor", executor], stderr=subprocess.DEVNULL, start_new_session=True)


def state(out: Path) -> dict[str, str]:
    """The digest of every file of a folder."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}


def kill(process: "subprocess.Popen[bytes]", alone: bool) -> None:
    """Kill a batch, or all its processes."""
    children = [] if alone else psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    for child in children:
        with_no_regret(child)
    process.wait()


def with_no_regret(process: psutil.Process) -> None:
    """Kill a process that may be gone."""
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def ended(process: "subprocess.Popen[bytes]", within: float | None = None) -> None:
    """Wait for a batch to end as one does that met an empty file; raises TimeoutExpired after so many seconds."""
    code = process.wait(within)
    if code != Exit.BATCH_FAILURES:
        sys.exit(f"a batch ended with exit code {code}")


def disturbed(sources: Path, out: Path, kills: int, seconds: float, dice: random.Random) -> int:
    """Kill a batch in mid-run so many times, then run it to its end; one that ends too soon begins anew."""
    hit = 0
    while hit < kills:
        process = batch(sources, out, "local")
        try:
            ended(process, dice.uniform(0.5, 2.0 + seconds / 4))
            shutil.rmtree(out)
        except subprocess.TimeoutExpired:
            kill(process, alone=bool(hit % 2))
            hit += 1
            print(f"kill {hit}: {len(list(out.glob('records/*/*.json')))} records", flush=True)
    ended(batch(sources, out, "local"))
    return hit


def workers_killed(sources: Path, out: Path, kills: int, dice: random.Random) -> int:
    """Run a batch on a Dask cluster, killing so many of its workers on the way; how many were."""
    process = batch(sources, out, "dask")
    hit = 0
    while process.poll() is None:
        time.sleep(dice.uniform(1.0, 3.0))
        begun = any(out.glob("records/*/*.json"))
        workers = dask_workers(process.pid) if begun and hit < kills else []
        if workers:
            with_no_regret(dice.choice(workers))
            hit += 1
            print(f"worker {hit} killed: {len(list(out.glob('records/*/*.json')))} records", flush=True)
    return hit


def dask_workers(parent: int) -> list[psutil.Process]:
    """The worker processes of the cluster that a process runs."""
    try:
        children = psutil.Process(parent).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    except psutil.Error:
        return []


def main() -> None:
    """Torture and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--executor", choices=["local", "dask"], default="local")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        sources = documents(Path(name, "minutes"), options.documents)
        os.chdir(name)
        start = time.monotonic()
        ended(batch(sources, Path("undisturbed"), "local"))
        seconds = time.monotonic() - start
        if options.executor == "dask":
            hit = workers_killed(sources, Path("out"), options.kills, dice)
        else:
            hit = disturbed(sources, Path("out"), options.kills, seconds, dice)
        expected, found = state(Path("undisturbed")), state(Path("out"))
    different = sorted(key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key))
    print(f"{options.documents} documents, {hit} kills in mid-run, {len(expected)} files, {len(different)} differ")
    if different or not hit:
        sys.exit("\n".join(different) or "nothing was killed: give it more documents")


if __name__ == "__main__":
    main()
