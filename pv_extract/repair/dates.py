"""The months of dates: a broken word between a day and a year is the month that it is near: « 3 aoit 2019 »."""

from collections.abc import Iterator
from functools import lru_cache

import regex

from pv_extract.repair.formulas import is_word
from pv_extract.repair.likeness import cost, squeezed
from pv_extract.repair.wording import cased
from pv_extract.text import Edit, Span

RULE = "date.month"
PLACE = regex.compile(
    r"""(?<![\d/.,])(?:[12]?\d|3[01]|1er)[ ]{1,2}
    (?P<month>\p{L}[\p{L}\d|!]{1,9}\p{L})[ ]{1,2}(?=(?:1[6-9]|20)\d\d(?![\d,]))""",
    regex.VERBOSE,
)
NAMES = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS = {squeezed(month): month for month in NAMES.split()}
PER_LETTER, CLEAR = 1.0, 1.5  # what may be believed of each letter; by how much the nearest must lead the next


def month_edits(text: str) -> Iterator[Edit]:
    """The repairs of the months of a damaged text."""
    for found in PLACE.finditer(text):
        written = found["month"]
        month = nearest(squeezed(written))
        if month and month != written.lower():
            yield Edit(Span(*found.span("month")), cased(month, written), RULE, 0.95)


@lru_cache(maxsize=1000)
def nearest(form: str) -> str | None:
    """The one month that a form is near, None where there is none.

    >>> nearest("aoit"), nearest("decemhre"), nearest("jours")
    ('août', 'décembre', None)
    """
    if form in MONTHS:
        return MONTHS[form]
    if is_word(form):
        return None
    priced = sorted((cost(form, bare), bare) for bare in MONTHS)
    if priced[0][0] > PER_LETTER * len(form) or priced[1][0] - priced[0][0] < CLEAR:
        return None
    return MONTHS[priced[0][1]]
