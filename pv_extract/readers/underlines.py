"""Titles underlined by a row of signs, as in reStructuredText, setext Markdown and typed minutes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pv_extract.document import Markup

UNDERLINED = re.compile(
    r"""^(?:(?P<over> ([=~^-])\2{3,} [^\S\n]* \n ))?
    [^\S\n]{0,40} (?P<title> \S [^\n\t|]{2,200}? ) [^\S\n]* \n
    [^\S\n]{0,40} (?P<under> ([=~^-])\5{3,} ) [^\S\n]* $""",
    re.M | re.X,
)
SHORTEST, LONGEST = 0.7, 1.4  # how long a row of signs is beside the title that it underlines
COLUMNS_APART = re.compile(r"\S {3,}\S")  # the head of a table


class Underlined(NamedTuple):
    """A title, as ``[start, end)``, and the rows of signs under it and over it."""

    start: int
    end: int
    rows: tuple[Markup, ...]


def underlined_titles(text: str) -> Iterator[Underlined]:
    r"""The underlined titles of a text, each alone between blank lines or under a row of its own.

    >>> [(t.start, t.end, t.rows) for t in underlined_titles("Quitus\n======\n\n  + pour 15")]
    [(0, 6, (Markup(start=7, end=13, after=''),))]
    """
    for found in UNDERLINED.finditer(text):
        above = text[: found.start()].rpartition("\n\n")[2] if found["over"] is None else ""
        if above.strip() or not is_underlined(found["title"], found["under"]):
            continue
        rows = [Markup(*found.span(name)) for name in ("over", "under") if found[name]]
        yield Underlined(*found.span("title"), tuple(rows))


def is_underlined(title: str, row: str) -> bool:
    """Whether a row of signs is about as long as the line above it, which is neither a number nor a table's head."""
    fits = SHORTEST * len(title) <= len(row) <= LONGEST * len(title)
    return fits and sum(map(str.isalpha, title)) >= 3 and not COLUMNS_APART.search(title)
