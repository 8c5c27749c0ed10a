"""A batch: survey → hash → extract → finish. What is done is what lies in the folder, so that any run goes on."""

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import islice
from threading import Event

from pv_extract.batch import failures
from pv_extract.batch.executors import Crew, completed
from pv_extract.batch.failures import Failure
from pv_extract.batch.ledger import Ledger
from pv_extract.batch.progress import Progress, shown
from pv_extract.batch.recipes import Fingerprints, Recipe, parts_of, record_name, text_name
from pv_extract.batch.sources import Listing, digests
from pv_extract.batch.supervisor import supervise
from pv_extract.batch.worker import Outcome, Task
from pv_extract.catalogue.refreshing import refresh
from pv_extract.catalogue.writing import DOCUMENTS
from pv_extract.errors import UsageError
from pv_extract.folders import WORK, Folder, folder_at
from pv_extract.messages import complain, words

FAILURES = "failures.jsonl"
HASHED_AT_ONCE = 64  # sources
SLOWEST = 10  # documents that the report names


@dataclass(frozen=True)
class Order:
    """What is asked for: which sources, where to, how, within which limits (seconds, megabytes) for each document."""

    addresses: Iterable[str]
    out: str
    recipe: Recipe
    timeout: float
    memory: int
    retry_failed: bool = False


@dataclass
class Batch:
    """One run. ``stop`` ends it early: what was begun is finished, the rest is left to another run."""

    order: Order
    stop: Event = field(default_factory=Event)
    ledger: Ledger = field(default_factory=Ledger)
    passed_over: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    done: int = 0
    through: int = 0
    full: UsageError | None = None

    @property
    def out(self) -> Folder:
        """The folder of the batch."""
        return folder_at(self.order.out)

    @cached_property
    def recipes(self) -> Fingerprints:
        """The fingerprints of the recipe."""
        return self.order.recipe.fingerprints()

    def survey(self) -> None:
        """List the sources, and what earlier runs have left in the folder."""
        for name in self.out.names("records"):
            if parts := parts_of(name):
                self.ledger.add_record(*parts)
        for line in lines_of(self.out, DOCUMENTS):
            document = json.loads(line)
            for name in document["names"]:
                self.ledger.name_content(document["sha256"], name)
        for line in self._failures_before():
            failure = Failure.of_line(line)
            if failure.sha256:
                self.ledger.add_failure(failure)
        listing = Listing(self.order.addresses, self.order.out)
        self.ledger.add_sources(listing)
        self.passed_over = listing.passed_over
        for address, reason in listing.missing.items():
            self._fail(failures.failed("missing", address, None, self.recipes.whole, reason))

    def _failures_before(self) -> Iterator[bytes]:
        yield from lines_of(self.out, FAILURES)
        for name in self.out.names(WORK):
            yield from lines_of(self.out, name)

    def hash(self, crew: Crew) -> None:
        """Read the content of every source, then settle what is to be done."""
        names = self.ledger.sources()
        chunks = iter(lambda: list(islice(names, HASHED_AT_ONCE)), [])
        with shown(words("hashing", "empreintes"), self.ledger.count("source")) as progress:
            for chunk, future in completed(crew, digests, chunks, self.stop):
                for name, digest, reason in future.result():
                    if digest:
                        self.ledger.hashed(name, digest)
                    else:
                        self._fail(failures.failed("missing", name, None, self.recipes.whole, reason))
                progress.step(len(chunk))
        order = self.order
        self.ledger.plan(self.recipes, order.timeout, order.memory, order.retry_failed)

    def prospect(self) -> str:
        """What is before the batch."""
        count = self.ledger.count
        sources, contents, todo = count("source"), count("contents"), count("todo")
        ignored = ", ".join(f"{ending or '?'} {number}" for ending, number in sorted(self.passed_over.items()))
        return words(
            f"{sources} files, {contents} documents: {todo} to do, {contents - todo} done or known to fail"
            + (f"; files of other types, passed over: {ignored}" if ignored else ""),
            f"{sources} fichiers, {contents} documents : {todo} à faire, {contents - todo} faits ou en échec connu"
            + (f" ; fichiers d'autres types, laissés : {ignored}" if ignored else ""),
        )

    def extract(self, crew: Crew) -> None:
        """Make the records that are missing. Raises UsageError where the folder takes no more."""
        self.out.sweep()
        with shown(words("extracting", "extraction"), self.ledger.count("todo")) as progress:
            for task, future in completed(crew, supervise, self.tasks(), self.stop):
                self._note(outcome_of(task, future), progress)
        if self.full:
            complain(self.remainder())
            raise self.full

    def remainder(self) -> str:
        """What an unfinished run leaves to the next."""
        return words(
            f"{self.done} documents done, {self.left} left: run the same command again to do them",
            f"{self.done} documents faits, il en reste {self.left} : relancez la même commande pour les faire",
        )

    def tasks(self) -> Iterator[Task]:
        """What is to be done, in the order of the names."""
        order = self.order
        for name, digest in self.ledger.todo():
            yield Task(name, digest, order.recipe, self.recipes.whole, order.out, order.timeout, order.memory)

    def _note(self, outcome: Outcome, progress: Progress) -> None:
        task = outcome.task
        if outcome.full:
            self.full = outcome.full
            self.stop.set()
            return
        if outcome.failure:
            self._fail(outcome.failure)
        else:
            self.done += 1
            self.ledger.add_record(task.sha256, outcome.recipe)
        self.through += 1
        progress.step(failed=outcome.failure is not None)
        heapq.heappush(self.slowest, (outcome.seconds, task.address))
        if len(self.slowest) > SLOWEST:
            heapq.heappop(self.slowest)

    def _fail(self, failure: Failure) -> None:
        """Note a failure where it outlives this process, and say it."""
        self.ledger.add_failure(failure)
        if failure.sha256:
            piece = sha256(failure.sha256.encode()).hexdigest()[:32]
            self.out.write(f"{WORK}/{piece}.json", (failure.line() + "\n").encode("utf-8", "backslashreplace"))
        complain(f"{words(*failure.message)}; {words(*failure.advice)}", failure.name)

    @property
    def left(self) -> int:
        """How many documents are still to be done."""
        return self.ledger.count("todo") - self.through

    def finish(self, jobs: int) -> None:
        """Remove what was superseded; write the lists of documents and of failures, and the catalogue."""
        for digest, recipe in self.ledger.superseded(self.recipes):
            self.out.remove(record_name(digest, recipe))
            self.out.remove(text_name(digest, recipe))
            self.ledger.drop_record(digest, recipe)
        self.ledger.forget_mended(self.recipes)
        self._write_lines(DOCUMENTS, (document_line(*document) for document in self.ledger.documents()))
        self._write_lines(FAILURES, (failure.line() for failure in self.ledger.failures()))
        refresh(self.out, self.ledger.count("documents"), jobs)

    def clear(self) -> None:
        """Remove what only an unfinished batch needs."""
        for name in list(self.out.names(WORK)):
            self.out.remove(name)
        self.out.sweep()

    def _write_lines(self, name: str, lines: Iterable[str]) -> None:
        with self.out.workshop() as folder:
            made = folder / name
            with made.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
            self.out.place(made, name)


def outcome_of(task: Task, future: "Future[Outcome]") -> Outcome:
    """The outcome of a task, which a cluster may have lost."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        return Outcome(task, failure=failures.unforeseen(*task.known, error, "lost"))


def document_line(digest: str, recipe: str, names: tuple[str, ...]) -> str:
    """A content, its record and all its names as a line of JSON."""
    fields = {"sha256": digest, "record": record_name(digest, recipe), "names": names}
    return json.dumps(fields, ensure_ascii=False)


def lines_of(out: Folder, name: str) -> Iterator[bytes]:
    """The lines of a file of the batch, one at a time, none where it is not there."""
    try:
        file = out.open(name)
    except FileNotFoundError:
        return
    with file:
        yield from file


def addresses_of(sources: Iterable[str], stdin: Iterable[str]) -> Iterator[str]:
    """The addresses on the command line; ``-`` stands for those on standard input, one a line."""
    for source in sources:
        if source == "-":
            yield from (line for line in (line.rstrip("\r\n") for line in stdin) if line)
        else:
            yield source
