"""Nothing is lost: every character of the source is in a segment or in ``unclaimed``; every repair is told."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from pv_extract.blocks import Layout
from pv_extract.evidence import spans_in
from pv_extract.normalisation import LAYOUT, SPECK
from pv_extract.records import Correction, Segment, Unclaimed
from pv_extract.segmentation.sections import Segments
from pv_extract.text import Span

CLAIMING = (
    "deliberation",
    "discussion",
    "approval",
    "procedure",
    "agenda",
    "upcoming",
    "summary",
    "closing",
    "signatures",
)
FURNITURE = "furniture."


def segments_of(layout: Layout, segments: Segments, tree: Any) -> list[Segment]:
    """The source cut without gap or overlap into segments; what no rule took is of kind « unclaimed »."""
    claimed = outermost(sorted(spans_in(tree)))
    kinds: list[tuple[Span, str]] = []
    for section in segments.sections:
        for block in section.blocks:
            kind = section.kind
            if block.index in segments.roll_call.blocks:
                kind = "attendance"
            elif kind not in CLAIMING:
                kind = ("header" if kind == "head" else "text") if touched(block.span, claimed) else "unclaimed"
            kinds += [(run, kind) for run in layout.text.source_runs(block.span)]
    kinds += [(layout.source_span(block.span), "annex") for block in layout.annexes]
    return partition(layout, kinds)


def outermost(ordered: Sequence[Span]) -> list[Span]:
    """The spans, in order, without those that lie inside an earlier one."""
    out: list[Span] = []
    for span in ordered:
        if not out or span.end > out[-1].end:
            out.append(span)
    return out


def touched(span: Span, claimed: Sequence[Span]) -> bool:
    """Whether a value was read inside a span; ``claimed`` are in order, by their starts and by their ends."""
    last = bisect_left(claimed, span.end, key=lambda c: c.start) - 1
    return last >= 0 and claimed[last].end > span.start


def partition(layout: Layout, kinds: Sequence[tuple[Span, str]]) -> list[Segment]:
    """Segments that cover the source: blanks and notation go with what stands before them."""
    length = len(layout.document.text)
    removed = [(e.span, "furniture") for e in layout.text.edits if e.rule.startswith(FURNITURE)]
    specks = [(e.span, "unclaimed") for e in layout.text.edits if e.rule == SPECK]
    marks = sorted([*kinds, *removed, *specks], key=lambda k: (k[0].start, k[0].end))
    out: list[Segment] = []
    at = 0
    for i, (span, kind) in enumerate(marks):
        start = at if i == 0 else max(at, span.start)
        end = marks[i + 1][0].start if i + 1 < len(marks) else length
        if end <= start:
            continue
        if out and out[-1].kind == kind:
            out[-1] = Segment(kind=kind, span=(out[-1].span[0], end))
        else:
            out.append(Segment(kind=kind, span=(start, end)))
        at = end
    if not out and length:
        out.append(Segment(kind="unclaimed", span=(0, length)))
    return out


def unclaimed(layout: Layout, parts: Sequence[Segment]) -> list[Unclaimed]:
    """What no rule took, with its text."""
    text = layout.document.text
    return [Unclaimed(span=p.span, text=text[p.span[0] : p.span[1]]) for p in parts if p.kind == "unclaimed"]


def corrections(layout: Layout) -> list[Correction]:
    """Every repair of letters; the notation of the source and the joining of lines are not repairs."""
    return [
        Correction(span=(e.span.start, e.span.end), before=e.before, after=e.after, rule=e.rule)
        for e in sorted(layout.text.edits, key=lambda e: (e.span, e.rule))
        if not e.rule.startswith(LAYOUT)
    ]
