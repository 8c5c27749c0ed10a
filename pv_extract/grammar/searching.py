"""Searching within a limit of time: no pattern of anybody can hang the reading of a document."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import regex

SEARCH_LIMIT = 2.0  # seconds that one rule may spend on a paragraph
SEARCH_RATE = 50_000  # characters of longer text that buy a rule one more second

_OVERRUNS: ContextVar[set[str] | None] = ContextVar("overruns", default=None)


@contextmanager
def watched(overruns: set[str]) -> Iterator[None]:
    """While this lasts, a search that runs out of time ends, and its rule is named in ``overruns`` and set aside.

    Everywhere else such a search raises TimeoutError.
    """
    token = _OVERRUNS.set(overruns)
    try:
        yield
    finally:
        _OVERRUNS.reset(token)


def searched(
    name: str, pattern: "regex.Pattern[str]", text: str, start: int = 0, end: int | None = None
) -> "Iterator[regex.Match[str]]":
    """The matches of a pattern in a part of a text, within the time that its length allows; see ``watched``."""
    overruns = _OVERRUNS.get()
    if overruns is not None and name in overruns:
        return
    limit = SEARCH_LIMIT + len(text) / SEARCH_RATE
    try:
        yield from pattern.finditer(text, start, len(text) if end is None else end, timeout=limit)
    except TimeoutError:
        if overruns is None:
            raise
        overruns.add(name)
