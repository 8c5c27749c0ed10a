"""Text that remembers where each of its characters came from.

The only ways to change an ``AlignedText`` are ``edit`` and ``rearranged``: no rule can lose the map back to the source.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def shift(self, by: int) -> "Span":
        """The same range, ``by`` characters further on."""
        return Span(self.start + by, self.end + by)


class Edit(NamedTuple):
    """Replace the characters of ``span`` (never empty) with ``after``, by a rule, with a confidence of 0 to 1."""

    span: Span
    after: str
    rule: str
    confidence: float = 1.0


class Correction(NamedTuple):
    """An edit that was made: its span in the *source* text, what stood there, what stands there now."""

    span: Span
    before: str
    after: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True)
class AlignedText:
    """A text, the source span of each of its characters, and every edit made on the way.

    ``starts[i]`` and ``ends[i]`` delimit the source characters that character ``i`` stands for; both are
    non-decreasing while the text is ``ordered`` as its source. Two integers a character, no Python object.

    >>> text = AlignedText.of("la ﬁbre").edit([Edit(Span(3, 4), "fi", "ligature")])
    >>> text.text, text.source_span(Span(3, 5))
    ('la fibre', Span(start=3, end=4))
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    edits: tuple[Correction, ...] = ()
    ordered: bool = True

    @classmethod
    def of(cls, text: str) -> "AlignedText":
        """The text as it is, aligned with itself."""
        return cls(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))

    def source_span(self, span: Span) -> Span:
        """The source characters that the span (not empty) stands for."""
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"{span} is empty or outside a text of {len(self.text)} characters")
        if self.ordered:
            return Span(self.starts[span.start], self.ends[span.end - 1])
        return Span(min(self.starts[span.start : span.end]), max(self.ends[span.start : span.end]))

    def source_runs(self, span: Span) -> Iterator[Span]:
        """The stretches of the source that the span (not empty) stands for, in the order of the span."""
        start = span.start
        for at in range(span.start + 1, span.end + 1) if not self.ordered else ():
            if at == span.end or self.starts[at] < self.starts[at - 1] or self.starts[at] > self.ends[at - 1]:
                yield self.source_span(Span(start, at))
                start = at
        if self.ordered:
            yield self.source_span(span)

    def rearranged(self, parts: Sequence[tuple[Span, str]]) -> "AlignedText":
        """Stretches of the text in another order, each with what is to stand behind it; nothing else is kept.

        What is put behind a stretch stands for its last character, or for that of the stretch before.
        """
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        for span, behind in parts:
            pieces += (span.of(self.text), behind)
            starts.extend(self.starts[span.start : span.end])
            ends.extend(self.ends[span.start : span.end])
            starts.extend(array("I", [starts[-1] if starts else 0]) * len(behind))
            ends.extend(array("I", [ends[-1] if ends else 0]) * len(behind))
        return AlignedText("".join(pieces), starts, ends, self.edits, ordered=False)

    def edit(self, edits: Iterable[Edit]) -> "AlignedText":
        """The text with the edits made; they must not overlap and none may have an empty span.

        Where an edit keeps the length, each character keeps its own place; else each new character stands
        for the whole replaced span. Raises ValueError for edits that overlap, are empty or lie outside.
        """
        ordered = sorted(edits, key=lambda e: e.span)
        if not ordered:
            return self
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        done: list[Correction] = []
        at = 0
        for span, after, rule, confidence in ordered:
            if span.start < at or span.end <= span.start or span.end > len(self.text):
                raise ValueError(f"the edit of {rule} at {span} is empty, overlaps another or lies outside")
            pieces += (self.text[at : span.start], after)
            starts.extend(self.starts[at : span.start])
            ends.extend(self.ends[at : span.start])
            source = self.source_span(span)
            if len(after) == span.end - span.start:
                starts.extend(self.starts[span.start : span.end])
                ends.extend(self.ends[span.start : span.end])
            else:
                starts.extend(array("I", [source.start]) * len(after))
                ends.extend(array("I", [source.end]) * len(after))
            done.append(Correction(source, span.of(self.text), after, rule, confidence))
            at = span.end
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return AlignedText("".join(pieces), starts, ends, self.edits + tuple(done), self.ordered)
