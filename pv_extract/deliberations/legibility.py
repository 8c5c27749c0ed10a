"""Which figures of a scanned page may be believed: those that the engine is sure of, or that others prove."""

from collections.abc import Mapping

from pv_extract.blocks import Layout
from pv_extract.evidence import Found
from pv_extract.text import Span

LEAST = 0.3
"""The confidence below which half of the figures that an engine reads are others than those printed."""
DOLLARS = 3
"""Sums in dollars that a page of sums holds; a stray dollar is a 5, an 8, a « % » or a « § »."""


def legible_counts(layout: Layout, counts: Mapping[str, Found]) -> dict[str, Found]:
    """The counts without those that the engine doubts, unless all of them add up."""
    if adds_up({name: found.value for name, found in counts.items()}):
        return dict(counts)
    return {name: found for name, found in counts.items() if is_legible(layout, found.span)}


def is_legible(layout: Layout, span: Span) -> bool:
    """Whether the engine is sure enough of a figure; where no engine read it, it is."""
    confidence = layout.document.confidence_of(layout.source_span(span)) if layout.document.words else None
    return confidence is None or confidence >= LEAST


def adds_up(counts: Mapping[str, int]) -> bool:
    """Whether those for and against, with or without those who abstain, are those who vote.

    >>> adds_up({"voting": 12, "in_favour": 9, "against": 1, "abstentions": 2})
    True
    >>> adds_up({"voting": 10, "in_favour": 19})
    False
    """
    cast = counts.get("in_favour", 0) + counts.get("against", 0)
    return "in_favour" in counts and counts.get("voting") in (cast, cast + counts.get("abstentions", 0))


def is_dollar(layout: Layout, span: Span) -> bool:
    """Whether a « $ » behind a figure is one: on a page that an engine read, where the document has several."""
    if "$" not in layout.read(span) or layout.document.page_at(layout.source_span(span).start).method != "ocr":
        return True
    return layout.text.text.count("$") >= DOLLARS
