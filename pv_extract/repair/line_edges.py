"""What stands at the edges of lines: bullets that OCR read as other signs, and the bars of frames."""

from collections.abc import Iterator

import regex

from pv_extract.text import Edit, Span

BULLET, FRAME, LIKELY = "mark.bullet", "mark.frame", 0.9
# A sign alone before words; letters and signs that are bullets only beside others; a line between two bars.
SURE = regex.compile(r"^[ ]{0,12}(?P<sign>[+*°¢©®¤~».:])(?=[ ]{1,3}[\"«(]?\p{L})", regex.MULTILINE)
UNSURE = regex.compile(r"^[ ]{0,12}(?P<sign>[eo9«])(?=[ ]{1,3}\p{Lu}\p{L})(?![^\n]*»)")
DASHED = regex.compile(r"[ ]{0,12}[-+*°¢©®¤~•][ ]{1,3}\S")
FRAMED = regex.compile(r"^(?P<left>[|][ ]{1,3})(?=[^|\n]*\p{L}{2})[^|\n]*?(?P<right>[ \t]*[|])[ ]*$", regex.MULTILINE)


def line_edge_edits(text: str) -> Iterator[Edit]:
    """The repairs of bullets and frames in a damaged text."""
    for found in SURE.finditer(text):
        yield Edit(Span(*found.span("sign")), "-", BULLET, LIKELY)
    yield from unsure_bullets(text)
    for found in FRAMED.finditer(text):
        yield from (Edit(Span(*found.span(side)), "", FRAME) for side in ("left", "right"))


def unsure_bullets(text: str) -> Iterator[Edit]:
    """The letters and signs that are bullets since the line before or behind has one too."""
    start, lines = 0, text.split("\n")
    for at, line in enumerate(lines):
        found = UNSURE.match(line)
        if found and any(DASHED.match(beside) for beside in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])):
            yield Edit(Span(*found.span("sign")).shift(start), "-", BULLET, LIKELY)
        start += len(line) + 1
