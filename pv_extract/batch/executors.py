"""Who does the work: processes of this machine, or a Dask cluster, behind ``concurrent.futures``."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from importlib import import_module
from threading import Event
from typing import Any, NamedTuple, TypeVar

from pv_extract.batch.supervisor import end_all
from pv_extract.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3  # tasks handed out for each that is being done: enough to keep all busy, few enough to stop soon


class Crew(NamedTuple):
    """An executor, and how many tasks it does at once."""

    executor: Executor
    size: int


@contextmanager
def crew_at(where: str, jobs: int) -> Iterator[Crew]:
    """The crew behind ``local``, ``dask`` (a cluster on this machine) or the address of a Dask scheduler.

    A local thread only watches over its process (``supervisor``), so that threads are enough here.
    Raises UsageError where Dask is not installed or the scheduler does not answer.
    """
    if where == "local":
        with _threads(jobs) as crew:
            yield crew
    else:
        with _client(where, jobs) as client, client.get_executor() as executor:
            yield Crew(executor, max(1, sum(client.nthreads().values())))


@contextmanager
def _threads(jobs: int) -> Iterator[Crew]:
    pool = ThreadPoolExecutor(jobs)
    try:
        yield Crew(pool, jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()


@contextmanager
def _client(where: str, jobs: int) -> Iterator[Any]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError(
            "Dask is not installed: pip install 'pv-extract[dask]', on all machines of the cluster",
            "Dask n'est pas installé : pip install 'pv-extract[dask]', sur toutes les machines de la grappe",
        ) from None
    if where == "dask":
        local = distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
        with local as cluster, distributed.Client(cluster, set_as_default=False) as client:
            yield client
        return
    try:
        client = distributed.Client(where, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {where} ({error}): start one with `dask scheduler`, or check the address",
            f"aucun scheduler Dask ne répond à {where} ({error}) : lancez `dask scheduler`, ou vérifiez l'adresse",
        ) from None
    with client:
        yield client


def completed(crew: Crew, work: Callable[[T], R], tasks: Iterable[T], stop: Event) -> Iterator[tuple[T, "Future[R]"]]:
    """Each task with its future, as they complete. Once ``stop`` is set, what was begun is still completed.

    Only so many tasks are taken from the iterable as can soon be done: it may be endless.
    """
    pending: dict[Future[R], T] = {}
    for task in tasks:
        if stop.is_set():
            break
        pending[crew.executor.submit(work, task)] = task
        if len(pending) >= AHEAD * crew.size:
            yield from _first(pending)
    if stop.is_set():
        for future in [future for future in pending if future.cancel()]:
            del pending[future]
    while pending:
        yield from _first(pending)


def _first(pending: dict["Future[R]", T]) -> Iterator[tuple[T, "Future[R]"]]:
    for future in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(future), future
