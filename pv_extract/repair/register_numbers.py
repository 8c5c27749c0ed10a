"""The register numbers of items whose low lines OCR read as blanks or stops: « 2022 02.05 » beside « 2022_02_04 »."""

from collections import Counter
from collections.abc import Iterator

import regex

from pv_extract.text import Edit, Span

RULE, LIKELY = "number.register", 0.9
NUMBER = regex.compile(
    r"""(?<![\d.,_/-])(?P<head>(?:19|20)\d\d)(?P<first>[_ .-]{1,2})(?P<part>\d\d)
    (?P<second>[_ .-]{0,2})(?P<last>\d\d)(?![\d,€/]|[ ]€)""",
    regex.VERBOSE,
)
LOW, FEWEST = "_", 3  # the sign that is lost; numbers of the same series from which on they are a register's


def register_number_edits(text: str) -> Iterator[Edit]:
    """The repairs of the register numbers of a damaged text that shows some of their low lines."""
    if LOW not in text:
        return
    numbers = list(NUMBER.finditer(text))
    proven = {series(found) for found in numbers if LOW in found["first"] + found["second"]}
    often = Counter(series(found) for found in numbers)
    for found in numbers:
        if series(found) in proven and often[series(found)] >= FEWEST:
            after = LOW.join((found["head"], found["part"], found["last"]))
            if after != found[0]:
                yield Edit(Span(*found.span()), after, RULE, LIKELY)


def series(found: "regex.Match[str]") -> tuple[str, str]:
    """The year and the meeting that a number is of."""
    return found["head"], found["part"]
