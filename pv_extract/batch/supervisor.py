"""One process per thread that makes records, watched: ended where a document takes too long or too much memory."""

import atexit
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psutil

import pv_extract
from pv_extract.batch import failures
from pv_extract.batch.worker import Outcome, Task

MEGABYTE = 1 << 20
PATROL = 0.25  # seconds between two looks at the memory
BOOT = (
    "import sys; sys.path.append(sys.argv[1]); import pv_extract; pv_extract.__path__[:] = sys.argv[2:]; "
    "from pv_extract.batch.worker import main; main()"
)


class WorkerDied(Exception):
    """The process ended without an answer: how, and whether something outside killed it."""

    def __init__(self, how: str, killed: bool) -> None:
        super().__init__(how)
        self.how, self.killed = how, killed


class Worker:
    """A process that does one task at a time and can be ended at any moment, with all that it started.

    It reads grammars once, so that it serves one recipe (told by its fingerprint) only.
    """

    def __init__(self, recipe: str) -> None:
        places = list(pv_extract.__path__)
        command = [sys.executable, "-c", BOOT, str(Path(places[0]).parent), *places]
        self.errors = TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, start_new_session=True
        )
        self._answer()  # that it is ready: no document pays for the start
        self.recipe = recipe

    def do(self, task: Task) -> Outcome:
        """The outcome of a task; raises WorkerDied."""
        end = time.monotonic() + task.timeout
        self._tell(task)
        while not self._answers(min(PATROL, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                self.end()
                return Outcome(
                    task, task.timeout, failures.failed("timeout", *task.known, f"{task.timeout:g}", limit=task.timeout)
                )
            if self.memory() > task.memory:
                self.end()
                return Outcome(task, 0.0, failures.failed("memory", *task.known, task.memory, limit=task.memory))
        outcome: Outcome = self._answer()
        return outcome

    def _tell(self, task: Task) -> None:
        assert self.process.stdin is not None
        try:
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self._died() from None

    def _answers(self, seconds: float) -> bool:
        assert self.process.stdout is not None
        return bool(select.select([self.process.stdout], [], [], seconds)[0])

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        try:
            return pickle.load(self.process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise self._died() from None

    def _died(self) -> WorkerDied:
        self.end()
        code = self.process.returncode
        if code < 0:
            return WorkerDied(signal.Signals(-code).name, -code in (signal.SIGKILL, signal.SIGTERM))
        self.errors.seek(0)
        last = self.errors.read().decode(errors="replace").strip().splitlines()[-1:]
        return WorkerDied(" ".join(last)[:200] or f"exit code {code}", False)

    def memory(self, alone: bool = False) -> float:
        """The megabytes that the process holds, with all that it started unless ``alone``."""
        total = 0
        with suppress(psutil.Error):
            process = psutil.Process(self.process.pid)
            for each in (process, *(() if alone else process.children(recursive=True))):
                with suppress(psutil.Error):
                    total += each.memory_info().rss
        return total / MEGABYTE

    def end(self) -> None:
        """End the process and what it started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()


_here = threading.local()
_workers: set[Worker] = set()


def supervise(task: Task) -> Outcome:
    """Do a task in this thread's worker; one that dies is replaced, and the task tried once more."""
    try:
        return _tried(task)
    except WorkerDied:
        try:
            return _tried(task)
        except WorkerDied as death:
            return Outcome(task, 0.0, failures.failed("crash", *task.known, death.how, transient=death.killed))


def _tried(task: Task) -> Outcome:
    worker: Worker | None = getattr(_here, "worker", None)
    if worker is None or worker.recipe != task.fingerprint or worker.process.poll() is not None:
        _forget(worker)
        worker = _here.worker = Worker(task.fingerprint)
        _workers.add(worker)
    outcome = worker.do(task)
    if worker.memory(alone=True) > task.memory / 2:  # what one document leaves behind is not to count for the next
        worker.end()
    return outcome


def _forget(worker: Worker | None) -> None:
    if worker:
        worker.end()
        _workers.discard(worker)


def end_all() -> None:
    """End all workers of this process."""
    for worker in list(_workers):
        worker.end()
        _workers.discard(worker)


atexit.register(end_all)
