"""What minutes tell that their record has no place for: said as findings, so that nobody takes it for complete."""

from collections.abc import Iterator

from pv_extract.blocks import Block, Layout
from pv_extract.records import Finding
from pv_extract.segmentation.sections import Segments
from pv_extract.text import Span


def doubts(layout: Layout, segments: Segments) -> list[Finding]:
    """Decisions under no heading, a list of those present that is elsewhere, presence for a part of the meeting."""
    return [*untitled(layout, segments), *annexed(layout, segments), *bounded(layout, segments)]


def untitled(layout: Layout, segments: Segments) -> Iterator[Finding]:
    """The decisions that no heading names: they are not in the record."""
    for block in segments.blocks_of("text"):
        for mention in block.find("Decision", layout.grammar)[:1]:
            yield info(
                "decision-without-heading",
                "a decision stands under no heading / une décision ne figure sous aucun titre",
                layout,
                mention.span,
            )


def annexed(layout: Layout, segments: Segments) -> Iterator[Finding]:
    """The list of those present is said to be in an annex, and the document does not hold it."""
    if len(segments.roll_call.entries) > 1:
        return
    for mention in layout.find("AnnexedList", layout.blocks)[:1]:
        yield info(
            "attendance-elsewhere",
            "the list of those present is in an annex that is not here / la liste des présents est dans une annexe "
            "qui n'est pas ici",
            layout,
            mention.span,
        )


def bounded(layout: Layout, segments: Segments) -> Iterator[Finding]:
    """Somebody is there, or represented, for a part of the meeting: the record tells how it opened."""
    for block in roll_blocks(layout, segments):
        for mention in block.find("Bounded", layout.grammar):
            yield info(
                "attendance-bounded",
                "a presence or a proxy holds for a part of the meeting only / une présence ou un pouvoir ne vaut que "
                "pour une partie de la séance",
                layout,
                mention.span,
            )


def roll_blocks(layout: Layout, segments: Segments) -> Iterator[Block]:
    """The blocks of the roll call."""
    return (block for block in layout.blocks if block.index in segments.roll_call.blocks)


def not_minutes() -> Finding:
    """The finding that a document is no minutes."""
    text = "no minutes were recognised in this document / aucun procès-verbal n'a été reconnu dans ce document"
    return Finding(rule="not-minutes", severity="error", message=text)


def out_of_time(rule: str) -> Finding:
    """The finding that a rule was set aside: what it would have read is not in the record."""
    text = f"{rule} ran out of time and was set aside / {rule} a dépassé son temps et a été écartée"
    return Finding(rule="search-timed-out", severity="warning", message=text)


def info(rule: str, message: str, layout: Layout, span: Span) -> Finding:
    """A finding of no gravity about a span of the normalised text."""
    source = layout.source_span(span)
    return Finding(rule=rule, severity="info", message=message, span=(source.start, source.end))
