"""The numbers that the head of the minutes prints: members, those present, the quorum."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.votes import tabled
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.people import people_in
from pv_extract.mentions import Mention
from pv_extract.records import Stated
from pv_extract.text import Span
from pv_extract.values import read_number

ROW_OF_COUNTS = regex.compile(r"[\s|]*(?P<count>\d{1,3})(?:[\s|]+(?P<count>\d{1,3})){2,}[\s|]*")
HEADS_ABOVE = 3  # lines: the heads of columns may be wrapped
COUNTS = tuple(Stated.model_fields)


def stated_counts(layout: Layout, head: Sequence[Block]) -> dict[str, Found | None]:
    """The numbers that the head prints, the first of each kind: in words, behind labels of lists, in tables.

    So does the sentence that finds the quorum, which may stand under the first heading (« a dénombré 14 présents »).
    """
    counts: dict[str, Found | None] = dict.fromkeys(COUNTS)
    called = [b for b in opening(layout) if b.has("Quorum", layout.grammar) and tells_quorum(layout, b)]
    head = [b for b in head if not is_member_row(layout, b)]
    told = [(mention.sets["what"], mention) for mention in layout.find("StatedCount", [*head, *called])]
    told += [(counted_by(layout, label), label) for label in layout.find("AttendanceLabel", head)]
    told += [(mention.sets["what"], mention) for mention in tabled(layout, head, "StatedCount")]
    told += [(mention.sets["what"], mention) for mention in under_heads(layout, head)]
    for what, mention in told:
        span = mention.fields.get("count")
        number = read_number(layout.read(span)) if span else None
        if what in counts and counts[what] is None and number is not None and span is not None:
            counts[what] = Found(number, span, mention.rule)
    return counts


def is_member_row(layout: Layout, block: Block) -> bool:
    """Whether a table row is one member's: « ROUX Anne | Présente | 6 » tells her voices, not how many are there."""
    named = (people_in(layout, cell) for cell in block.cells() if block.is_row and cell.end > cell.start)
    return any(len(people) == 1 and not people[0].honorific for people in named)


def opening(layout: Layout) -> Iterator[Block]:
    """The blocks before the first decision."""
    return takewhile(lambda b: not b.has("Decision", layout.grammar), layout.blocks)


def counted_by(layout: Layout, label: Mention) -> str:
    """What the number in a label counts: « Présents (12) », « Membres présents ou représentés (8) »."""
    if regex.search(r"present\w*\s+(?:ou|et)\s+represent", fold(layout.read(label.span)).lower()):
        return "present_or_represented"
    return {"proxy": "represented"}.get(label.sets["status"], label.sets["status"])


def under_heads(layout: Layout, head: Sequence[Block]) -> Iterator[Mention]:
    """The counts of a line of numbers, under one that names as many, whose columns nothing may part any more.

    « En exercice Présents Votants » over « 15 12 14 »; where more are counted than sit, another order was meant.
    """
    for at, block in enumerate(head):
        row = ROW_OF_COUNTS.fullmatch(block.text)
        if row is None:
            continue
        lines = [line.find_all("CountHead", layout.grammar) for line in head[max(0, at - HEADS_ABOVE) : at]]
        counts = row.captures("count")
        heads: Sequence[Mention] = next((found for found in reversed(lines) if in_proportion(found, counts)), [])
        for mention, span in zip(heads, row.spans("count"), strict=False):
            place = Span(*span).shift(block.span.start)
            yield replace(mention, span=place, fields={"count": place})


def in_proportion(heads: Sequence[Mention], counts: Sequence[str]) -> bool:
    """Whether there is one count for each head, and none greater than that of the members in office."""
    if len(heads) != len(counts):
        return False
    told = {mention.sets["what"]: int(count) for mention, count in zip(heads, counts, strict=True)}
    seats = told.get("in_office", told.get("seats"))
    return len(told) == len(heads) and seats is not None and max(told.values()) <= max(seats, told.get("seats", 0))


def quorum(layout: Layout, head: Sequence[Block]) -> dict[str, Found | None]:
    """Whether the quorum was reached, as the text says before the first decision; « peut délibérer » tells it too."""
    mention = layout.best("Quorum", head) or layout.best(
        "Quorum", [b for b in opening(layout) if tells_quorum(layout, b)]
    )
    if mention is None:
        return {"reached": None}
    said = "quorum" in fold(layout.read(mention.span)).lower()
    return {
        "reached": Found(mention.sets["reached"] == "true", mention.span, mention.rule, "stated" if said else "derived")
    }


def tells_quorum(layout: Layout, block: Block) -> bool:
    """Whether a block speaks of this meeting's quorum, not of meetings at large: « si le quorum n'est pas atteint »."""
    return "quorum" in block.lowered and not block.has("Conditional", layout.grammar)
