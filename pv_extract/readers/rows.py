"""Words of a page as rows from top to bottom, and rows as the pieces that wide gaps part.

All lengths are in points; thresholds are in line heights, so that they hold for every type size.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pv_extract.readers.composition import Placed, around
from pv_extract.readers.grid import MANY, Piece, Row, wide_gap
from pv_extract.words import Box


def rows_of(words: Sequence[Placed]) -> list[list[Placed]]:
    """The words as rows from top to bottom, each from left to right."""
    runs: list[list[Placed]] = []
    for word in words:
        if runs and _continues(runs[-1][-1].box, word.box):
            runs[-1].append(word)
        else:
            runs.append([word])
    return _merged((main_box(run), run) for run in runs)


def merge_rows(rows: Iterable[list[Placed]]) -> list[list[Placed]]:
    """Rows at the same height beside each other made one, in order from the top."""
    return _merged((main_box(row), row) for row in rows)


def _continues(last: Box, new: Box) -> bool:
    return new.x0 >= last.x0 and overlap(last, new) > 0.55


def overlap(a: Box, b: Box) -> float:
    """The part (0 to 1) of the lower box's height that both share."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared / max(0.1, min(a.bottom - a.top, b.bottom - b.top))


def main_box(run: list[Placed]) -> Box:
    """The box of a run, its height that of its widest word (a raised « er » must not stretch it)."""
    widest = max(run, key=lambda w: w.box.x1 - w.box.x0).box
    return Box(min(w.box.x0 for w in run), widest.top, max(w.box.x1 for w in run), widest.bottom)


def _merged(runs: Iterable[tuple[Box, list[Placed]]]) -> list[list[Placed]]:
    """Runs at the same height and beside each other, put together."""
    rows: list[tuple[Box, list[Placed]]] = []
    for box, run in sorted(runs, key=lambda item: item[0].top + item[0].bottom):
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            other, row = rows[index]
            if overlap(other, box) > 0.55 and _beside(row, run):
                taller = max(other, box, key=lambda b: b.x1 - b.x0)
                rows[index] = (
                    Box(min(other.x0, box.x0), taller.top, max(other.x1, box.x1), taller.bottom),
                    row + run,
                )
                break
        else:
            rows.append((box, run))
    for _, row in rows:
        row.sort(key=lambda w: w.box.x0)
    return [row for _, row in rows]


def _beside(row: list[Placed], run: list[Placed]) -> bool:
    """Whether no word of the run lies on a word of the row."""
    for new in run:
        slack = 0.3 * (new.box.bottom - new.box.top)
        if any(new.box.x0 < w.box.x1 - slack and w.box.x0 < new.box.x1 - slack for w in row):
            return False
    return True


def pieces_of(row: list[Placed]) -> Row:
    """A row cut at its wide gaps; the words of a letter-spaced title stay together, a bullet with its text."""
    if title := _without_letter_spacing(row):
        return [Piece(title, around(title))]
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row)]
    wide = wide_gap(row)
    if not gaps or max(gaps) <= wide:
        return [Piece(row, around(row))]
    if len(row) > MANY:
        wide = max(wide, 2.2 * median(gaps))
    groups = [[row[0]]]
    for word, gap in zip(row[1:], gaps, strict=True):
        first = len(groups) == 1 and len(groups[0]) == 1
        if gap > (3 * wide if first and _is_item_mark(groups[0][0].text) else wide):
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Piece(group, around(group)) for group in groups]


def _is_item_mark(text: str) -> bool:
    """Whether a word is a bullet or the number of a list: « - », « 1. », « a) », « II – ».

    >>> [_is_item_mark(word) for word in ("-", "•", "12.", "a)", "IV-", "Pour", "12")]
    [True, True, True, True, True, False, False]
    """
    if len(text) == 1:
        return not text.isalnum()
    return len(text) <= 5 and text[-1] in ".)-–°/" and text[:-1].isalnum()


def _without_letter_spacing(row: list[Placed]) -> list[Placed]:
    """The words of « C O N S E I L », where the gaps prove that its letters belong together; none of other rows."""
    if len(row) < 4 or sum(len(w.text) == 1 for w in row) < max(4, 0.7 * len(row)):
        return []
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row)]
    letter_gap = median(gaps)
    height = row[0].box.bottom - row[0].box.top
    if not 0 < letter_gap < 1.2 * height:
        return []
    words = [[row[0]]]
    for letter, gap in zip(row[1:], gaps, strict=True):
        if gap > 1.6 * letter_gap:
            words.append([letter])
        else:
            words[-1].append(letter)
    if len(words) > len(row) // 3:
        return []
    return [
        Placed("".join(w.text for w in word), around(word), word[0].bold, word[0].italic, word[0].confidence)
        for word in words
    ]
