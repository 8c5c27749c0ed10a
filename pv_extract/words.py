"""Words of a page: where each stands in the text and on the page, and how sure the engine was of it."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from math import isnan, nan
from operator import le, lt
from typing import NamedTuple, overload


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """A word of the page: its span in the text, its box, and the engine's confidence (0 to 1) if OCR'd."""

    start: int
    end: int
    box: Box
    confidence: float | None = None


class Words(Sequence[Word]):
    """The words of a document, kept in arrays: 48 bytes each, where tuples take 350."""

    __slots__ = ("_confidences", "_edges", "_sides")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._edges, self._sides, self._confidences = array("I"), array("d"), array("d")
        for word in words:
            self.append(word)

    def append(self, word: Word) -> None:
        """Put a word behind the others."""
        self._edges.extend((word.start, word.end))
        self._sides.extend(word.box)
        self._confidences.append(nan if word.confidence is None else word.confidence)

    def __len__(self) -> int:
        return len(self._confidences)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            return tuple(self._cut(first, last)) if step == 1 else tuple(self)[index]
        [word] = self._cut(at := range(len(self))[index], at + 1)
        return word

    def __iter__(self) -> Iterator[Word]:
        return self._cut(0, len(self))

    @property
    def starts(self) -> "array[int]":
        """Where each word starts in the text."""
        return self._edges[::2]

    def end(self, index: int) -> int:
        """Where a word ends in the text."""
        return self._edges[2 * index + 1]

    def around(self, first: int, last: int) -> Box:
        """The box around the words from one index to before another, at least one."""
        sides = self._sides[4 * first : 4 * last]
        return Box(min(sides[::4]), min(sides[1::4]), max(sides[2::4]), max(sides[3::4]))

    def rights(self, first: int, last: int) -> "array[float]":
        """The right sides of the words from one index to before another."""
        return self._sides[4 * first + 2 : 4 * last : 4]

    def confidences(self, first: int = 0, last: int | None = None) -> list[float]:
        """The confidences of the words from one index to before another, where they have one."""
        return [sure for sure in self._confidences[first:last] if not isnan(sure)]

    def are_in_order(self, length: int) -> bool:
        """Whether the words are apart, not empty, and follow each other in a text of this length."""
        starts, ends = self._edges[::2], self._edges[1::2]
        return all(map(lt, starts, ends)) and all(map(le, ends, [*starts[1:], length]))

    def _cut(self, first: int, last: int) -> Iterator[Word]:
        """The words from one index to before another."""
        edges, sides = self._edges[2 * first : 2 * last], iter(self._sides[4 * first : 4 * last])
        boxes = map(Box._make, zip(sides, sides, sides, sides, strict=True))
        for start, end, box, sure in zip(edges[::2], edges[1::2], boxes, self._confidences[first:last], strict=True):
            yield Word(start, end, box, None if isnan(sure) else sure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
