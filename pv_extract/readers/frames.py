"""Boxes beside text: frames with lines of their own, around which the text runs (the number of an act, a vote)."""

from collections.abc import Sequence
from itertools import combinations

from pv_extract.readers.composition import Line, Placed
from pv_extract.readers.layout import arrange, paragraphs
from pv_extract.readers.pdf_drawings import Drawn
from pv_extract.words import Box

TOLERANCE = 3.0
"""Rulings this far apart (points) meet."""
MOST_RULINGS = 120
"""Pages with more upright rulings hold tables and drawings, not a box or two."""
LEAST_WORDS = 2
"""The least number of words in a frame."""
LEAST_BESIDE = 6
"""The least number of words that stand beside a frame which text runs around."""


def side_frames(drawn: Drawn, words: Sequence[Placed], tables: Sequence[Box]) -> list[Box]:
    """The frames of a page, from the top, that hold words and have text beside them; those of tables left out."""
    if not 1 < len(drawn.vertical) <= MOST_RULINGS:
        return []
    found: list[Box] = []
    for frame in closed_frames(drawn):
        known = any(_is_inside(frame, other) for other in (*tables, *found))
        if not known and sum(holds(frame, w) for w in words) >= LEAST_WORDS and _has_beside(frame, words):
            found.append(frame)
    return sorted(found, key=lambda box: (box.top, box.x0))


def closed_frames(drawn: Drawn) -> list[Box]:
    """The rectangles whose four sides are drawn, the largest first."""
    frames = []
    for a, b in combinations(drawn.vertical, 2):
        left, right = sorted((a, b), key=lambda side: side.x0)
        level = abs(left.top - right.top) < TOLERANCE and abs(left.bottom - right.bottom) < TOLERANCE
        if level and right.x0 - left.x1 > TOLERANCE:
            frame = Box(left.x0, left.top, right.x1, left.bottom)
            if all(any(_is_side(line, frame, y) for line in drawn.horizontal) for y in (frame.top, frame.bottom)):
                frames.append(frame)
    return sorted(frames, key=lambda box: (box.x0 - box.x1) * (box.bottom - box.top))


def with_frames(words: Sequence[Placed], frames: Sequence[Box]) -> list[Line | None]:
    """The lines of words, each frame's before the paragraph that it stands beside; None begins a paragraph."""
    inside = [[word for word in words if holds(frame, word)] for frame in frames]
    framed = {id(word) for content in inside for word in content}
    lines = list(paragraphs(arrange([word for word in words if id(word) not in framed])))
    for frame, content in reversed(list(zip(frames, inside, strict=True))):
        if content:
            at = _paragraph_beside(lines, frame)
            lines[at:at] = [*paragraphs(arrange(content)), None]
    return lines


def _paragraph_beside(lines: Sequence[Line | None], frame: Box) -> int:
    """The index of the first line of the paragraph that the top of a frame stands beside, or above."""
    at = next((i for i, line in enumerate(lines) if line and line.box.bottom > frame.top), len(lines))
    while at and lines[at - 1] is not None:
        at -= 1
    return at


def holds(frame: Box, word: Placed) -> bool:
    """Whether the middle of a word lies in a frame."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return frame.x0 < x < frame.x1 and frame.top < y < frame.bottom


def _is_side(line: Box, frame: Box, y: float) -> bool:
    """Whether a level ruling is the upper or the lower side, at ``y``, of a frame."""
    return abs(line.top - y) < TOLERANCE and abs(line.x0 - frame.x0) < TOLERANCE and abs(line.x1 - frame.x1) < TOLERANCE


def _is_inside(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 < x < outer.x1 and outer.top < y < outer.bottom


def _has_beside(frame: Box, words: Sequence[Placed]) -> bool:
    """Whether words stand at the height of a frame, left or right of it."""
    middles = ((word.box, (word.box.top + word.box.bottom) / 2) for word in words)
    beside = sum(frame.top < y < frame.bottom and (box.x1 <= frame.x0 or box.x0 >= frame.x1) for box, y in middles)
    return beside >= LEAST_BESIDE
