"""Values that know where they stand: the tree that becomes a record, and its evidence by JSON Pointer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pv_extract.blocks import Layout
from pv_extract.confidence import chance, signals
from pv_extract.records import Evidence, How
from pv_extract.text import Span

EVIDENCE = set(Evidence.model_fields)
"""The fields that each evidence has: one set for all, where each of its own would weigh more than what it says."""


@dataclass(frozen=True)
class Found:
    """A value read at a span of the normalised text by a rule. A dict or list may hold more of them."""

    value: Any
    span: Span
    rule: str
    how: How = "stated"


def split(layout: Layout, tree: Any, pointer: str = "") -> tuple[Any, dict[str, Evidence]]:
    """The plain values of a tree, and the evidence of each value found, by JSON Pointer (RFC 6901)."""
    evidence: dict[str, Evidence] = {}
    return plain(layout, tree, pointer, evidence), evidence


def plain(layout: Layout, tree: Any, pointer: str, evidence: dict[str, Evidence]) -> Any:
    """The tree without its ``Found`` wrappers, their evidence being put down."""
    if isinstance(tree, Found):
        evidence[pointer] = evidence_of(layout, tree, pointer)
        return plain(layout, tree.value, pointer, evidence)
    if isinstance(tree, dict):
        return {key: plain(layout, value, f"{pointer}/{escaped(key)}", evidence) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [plain(layout, value, f"{pointer}/{i}", evidence) for i, value in enumerate(tree)]
    return tree


def escaped(key: str) -> str:
    """A key as a token of a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def evidence_of(layout: Layout, found: Found, pointer: str) -> Evidence:
    """The evidence of a value: its place in the source, and how sure it is."""
    document = layout.document
    source = layout.source_span(found.span)
    box = document.shown_box_of(source)
    read = document.confidence_of(source)
    signs = signals(pointer, found.rule, found.how, document.text, source.start, source.end, read)
    return Evidence.model_construct(  # of values made here, for which validation would double the time and the memory
        EVIDENCE,
        span=(source.start, source.end),
        quote=source.of(document.text),
        page=document.page_at(source.start).number,
        box=(round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2)) if box else None,
        rule=found.rule,
        confidence=round(chance(signs), 3),
        how=found.how,
    )


def spans_in(tree: Any) -> Iterator[Span]:
    """The spans of all values found in a tree."""
    if isinstance(tree, Found):
        yield tree.span
        yield from spans_in(tree.value)
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from spans_in(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from spans_in(value)
