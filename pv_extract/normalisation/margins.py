"""The margin that a scanned register prints beside the text of each page: counts, dates, the object.

It is read anew on each page, each time a little differently. What the pages agree on mends the first of them; the
others are furniture.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz

from pv_extract.document import Document, Page
from pv_extract.normalisation.paragraphs import lines_of
from pv_extract.text import AlignedText, Edit, Span
from pv_extract.words import Box

WIDE = 0.4
"""The part of the page's width that a line of running text takes at least."""
PLACE = 20.0
"""How far apart, in points, the same line may stand on two pages."""
ALIKE = 60
"""The likeness (0 to 100) of two readings of one line."""
LEAST_PAGES = 3
SHARE = 0.5
"""The part of the pages that must print a line; and that must agree on how it reads."""
TWICE = 2
"""A page's words are mended to those of so many others."""
COUNT = re.compile(r"(?<=\s)[\dIlijL|!{}\[\]()OoQSB]{1,3}$")
DIGITS = str.maketrans("IlijL|!{}[]()OoQSB", 13 * "1" + "000" + "58")
"""The digits that the engine reads as these signs."""
CONFIDENCE = 0.9


class Reading(NamedTuple):
    """A line of a margin as it was read on a page."""

    span: Span
    box: Box
    text: str


def margin_edits(text: AlignedText, document: Document) -> Iterator[Edit]:
    """Mends the first margin by what the pages agree on, and deletes the others."""
    pages = [page for page in document.pages if page.method == "ocr"]
    if len(pages) < LEAST_PAGES:
        return
    for readings in repeated([margin(text, document, page) for page in pages]):
        if len(readings) < max(LEAST_PAGES, SHARE * len(pages)):
            continue
        first, agreed = readings[0], agreement(readings)
        if agreed != " ".join(first.text.split()):
            yield Edit(first.span, agreed, "margin.agreed", CONFIDENCE)
        yield from (Edit(r.span, "", "furniture.margin") for r in readings[1:] if tells_no_other(r.text, agreed))


def margin(text: AlignedText, document: Document, page: Page) -> list[Reading]:
    """The lines that stand left of the running text of a page."""
    found = []
    for span in lines_of(text.text):
        if span.end > span.start and document.page_at(text.starts[span.start]).number == page.number:
            box = document.box_of(text.source_span(span))
            if box and (line := span.of(text.text)).strip():
                found.append(Reading(span, box, line))
    running = [r.box.x0 for r in found if r.box.x1 - r.box.x0 >= WIDE * page.width]
    return [r for r in found if r.box.x1 < median(running)] if running else []


def repeated(pages: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """The readings of each line that several margins have, in the order of the pages."""
    lines: list[list[Reading]] = []
    for page in pages:
        free = list(lines)
        for reading in page:
            alike = [line for line in free if is_near(line[-1].box, reading.box) and likeness(line, reading) >= ALIKE]
            if alike:
                best = max(alike, key=lambda line: likeness(line, reading))
                best.append(reading)
                free = [line for line in free if line is not best]
            else:
                lines.append([reading])
    return lines


def is_near(a: Box, b: Box) -> bool:
    """Whether two boxes begin at the same place of their pages."""
    return abs(a.x0 - b.x0) <= PLACE and abs(a.top - b.top) <= PLACE


def likeness(line: Sequence[Reading], reading: Reading) -> float:
    """How like (0 to 100) a reading is to the likest of a line."""
    return max(fuzz.ratio(other.text.lower(), reading.text.lower()) for other in line)


def agreement(readings: Sequence[Reading]) -> str:
    """The first reading as the pages agree on it: its words by their votes, its count where other pages prove it."""
    labels, counts = zip(*(parted(reading.text) for reading in readings), strict=True)
    label, own = voted(labels), counts[0]
    return " ".join(filter(None, (label, agreed_count(counts) or own)))


def parted(line: str) -> tuple[str, str]:
    r"""A line as its words and the count at its end, in single blanks.

    >>> parted("en exercice :\t{1"), parted("dont 2 procurations")
    (('en exercice :', '{1'), ('dont 2 procurations', ''))
    """
    line = " ".join(line.split())
    found = COUNT.search(line)
    return (line[: found.start()].strip(), found[0]) if found else (line, "")


def voted(labels: Sequence[str]) -> str:
    """The words that most pages read; the first page's own unless two others agree, and on the same numbers."""
    votes = Counter(labels)
    best = max(votes, key=lambda label: (votes[label], len(label), label))
    return best if votes[best] >= TWICE and numbers(best) == numbers(labels[0]) else labels[0]


def agreed_count(counts: Sequence[str]) -> str | None:
    """The number that the first page's signs stand for, where another page reads its digits and most could be it.

    >>> agreed_count(["{1", "il", "11", "fi"]), agreed_count(["il", "10", "11"]), agreed_count(["il", "li", "1l"])
    ('11', None, None)
    """
    read = Counter(value for value in counts if value.isdigit())
    meant = counts[0].translate(DIGITS)
    could = sum(value.translate(DIGITS) == meant for value in counts)
    return meant if could >= SHARE * len(counts) and 3 * read[meant] >= 2 * max(1, read.total()) else None


def tells_no_other(line: str, agreed: str) -> bool:
    """Whether a line has no number but those agreed on, of which the engine may have lost a digit."""
    return all(any(number in whole for whole in numbers(agreed)) for number in numbers(line))


def numbers(line: str) -> set[str]:
    """The numbers of a line."""
    return set(re.findall(r"\d+", line))
