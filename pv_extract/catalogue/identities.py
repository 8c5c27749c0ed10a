"""Who is who across the meetings of a batch, for the exports that tell of people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pv_extract.catalogue.search import catalogue_at

OF_MEETING = "SELECT name, person FROM appearances WHERE meeting = ? AND person IS NOT NULL"


@contextmanager
def people_of(out: str) -> Iterator[Callable[[str], dict[str, str]]]:
    """The person behind each name of a meeting, as the catalogue of a batch's folder joined them.

    Raises UnreadableSource where there is no catalogue.
    """
    with catalogue_at(out) as db:
        yield lambda meeting: dict(db.execute(OF_MEETING, (meeting,)))
