"""The process that makes records: one document after the other, told on stdin, answered on stdout."""

import json
import os
import pickle
import signal
import sys
import time
from dataclasses import dataclass
from functools import cache

from pv_extract import pipeline
from pv_extract.batch import failures
from pv_extract.batch.failures import Failure
from pv_extract.batch.recipes import Fingerprints, Recipe, record_name, text_name
from pv_extract.batch.sources import source_at
from pv_extract.blocks import Layout
from pv_extract.errors import PvExtractError, UsageError
from pv_extract.folders import Folder, folder_at
from pv_extract.readers import digest_of
from pv_extract.readers.source import not_empty

GRACE = 5.0  # seconds that the supervisor has to end this process before the kernel does


@dataclass(frozen=True)
class Task:
    """A document to be done: where it is, what it holds, how, where to, within which limits (seconds, megabytes)."""

    address: str
    sha256: str
    recipe: Recipe
    fingerprint: str
    out: str
    timeout: float
    memory: int

    @property
    def known(self) -> tuple[str, str, str]:
        """What a failure tells of it: address, content, recipe."""
        return self.address, self.sha256, self.fingerprint


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a record (``failure`` is None), a failure, or a place that takes no record (``full``).

    ``recipe`` is the fingerprint that the record bears.
    """

    task: Task
    seconds: float = 0.0
    failure: Failure | None = None
    full: UsageError | None = None
    recipe: str = ""


class Unmade(Exception):
    """No record was made of a source."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


def perform(task: Task) -> Outcome:
    """Make the record of a document and write it. Raises nothing that the document can cause."""
    start = time.perf_counter()
    mine = fingerprints_of(task.recipe)
    if mine.whole != task.fingerprint:
        return Outcome(task, failure=failures.failed("version", *task.known))
    recipe, failure = "", None
    try:
        recipe = _make(task, mine, folder_at(task.out))
    except Unmade as error:
        failure = error.failure
    except MemoryError:
        failure = failures.failed("memory", *task.known, task.memory, limit=task.memory)
    except UsageError as error:
        return Outcome(task, full=error)
    except PvExtractError as error:
        failure = failures.refused(*task.known, error)
    except Exception as error:
        failure = failures.unforeseen(*task.known, error)
    return Outcome(task, time.perf_counter() - start, failure, recipe=recipe)


@cache
def fingerprints_of(recipe: Recipe) -> Fingerprints:
    """The fingerprints of a recipe on this machine, as it was when this process began to read by it."""
    return recipe.fingerprints()


def _make(task: Task, mine: Fingerprints, out: Folder) -> str:
    """Write what a document becomes; the record comes last, since its being there says that all is done.

    Returns the fingerprint that the record bears; raises Unmade for a source that is gone or another.
    """
    try:
        source = source_at(task.address)
        digest = digest_of(source)
    except OSError as error:
        raise Unmade(failures.failed("missing", *task.known, error.strerror or str(error))) from None
    if digest != task.sha256:
        raise Unmade(failures.failed("changed", *task.known))
    layout = pipeline.layout_of(not_empty(source), task.recipe.grammar(), task.recipe.options)
    record, recipe = pipeline.record_of(layout, task.recipe.register()), mine.of(layout.document)
    out.write(text_name(task.sha256, recipe), _encoded(text_of(layout)))
    out.write(record_name(task.sha256, recipe), _encoded(record.to_json(1) + "\n"))
    return recipe


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def text_of(layout: Layout) -> str:
    """How each page was read, and the paragraphs as ``[page, start, end, text]``: what the catalogue searches."""
    document = layout.document
    paragraphs = []
    for block in layout.blocks:
        span = layout.source_span(block.span)
        paragraphs.append([document.page_at(span.start).number, *span, block.text])
    pages = [page.method for page in document.pages]
    return json.dumps({"pages": pages, "paragraphs": paragraphs}, ensure_ascii=False) + "\n"


def main() -> None:
    """Answer tasks until stdin ends. Whatever else writes to stdout goes to stderr.

    Should the supervisor be killed while a document hangs, the kernel's alarm ends this process.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    answer: Outcome | None = None  # the first answer says that the process is ready
    while True:
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except BrokenPipeError:
            return
        try:
            task: Task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, task.timeout + GRACE)
        answer = perform(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
