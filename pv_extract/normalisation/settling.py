"""Settling: a word repaired shows what its neighbours were, so that the lines around it are read again."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from pv_extract.text import AlignedText, Edit, Span

APART = "\n\n"  # between parts that are read together
Stage = Callable[[str], Iterable[Edit]]
ROUNDS = 5  # after the first; none was seen to need more than three
NEAR, SEEN = 1, 1  # lines on either side of a changed one that are read again, and that are seen from them


def settled(aligned: AlignedText, before: str, stages: Sequence[Stage]) -> AlignedText:
    """The text, repaired once, with what its repairs brought to light repaired too; ``before`` is what it was."""
    for _ in range(ROUNDS):
        changed = changed_lines(before, aligned.text)
        if not changed:
            break
        before = aligned.text
        for edits in stages:
            aligned = aligned.edit(edits_near(changed, aligned.text, edits))
    return aligned


def changed_lines(before: str, after: str) -> Sequence[int]:
    """The numbers of the lines of a text that are not what they were; all where their count is not."""
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        return range(len(new))
    return [at for at, (line, other) in enumerate(zip(old, new, strict=True)) if line != other]


def edits_near(lines: Sequence[int], text: str, edits: Stage) -> Iterator[Edit]:
    """The edits of a text that lie near some of its lines; only what is seen from there is read."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    inner, shifts, parts, size = [], [], [], 0
    for first, last in stretches(lines, len(starts) - 1):
        begin, end = starts[max(0, first - SEEN)], starts[min(len(starts) - 1, last + SEEN)] - 1
        inner.append(Span(starts[first], starts[last] - 1))
        shifts.append((size, begin - size))
        parts.append(text[begin:end])
        size += end - begin + len(APART)
    for edit in edits(APART.join(parts)):
        at = bisect_right(shifts, (edit.span.start, len(text))) - 1
        span = edit.span.shift(shifts[at][1])
        if inner[at].start <= span.start and span.end <= inner[at].end:
            yield edit._replace(span=span)


def stretches(lines: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """The stretches of lines near some, each from its first line to the first behind it, apart from one another."""
    first = last = 0
    for line in lines:
        if line - NEAR > last:
            if last:
                yield first, last
            first = line - NEAR
        last = min(count, line + NEAR + 1)
    if last:
        yield first, last
