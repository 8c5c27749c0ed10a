"""From words on a page to lines in reading order: rows, columns, margins, paragraphs.

All lengths are in points; thresholds are in line heights, so that they hold for every type size.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pv_extract.document import Box
from pv_extract.readers.composition import Line, Placed, around
from pv_extract.readers.grid import BLANK, COLUMNS, MANY, STRAY, Cells, Piece, Row, in_columns, is_near, wide_gap

PARAGRAPH_GAP = 1.28
"""A step between two lines, in normal steps, that begins a paragraph."""
GUTTER = 0.5
"""The least width of the empty strip between two columns, in line heights."""
COLUMN_LINES = 3
"""The least number of lines on each side of a gutter."""


def arrange(words: Sequence[Placed]) -> list[Line]:
    """The lines of a page, or of a part of one, in reading order.

    Columns of running text, and a margin beside it, are read one after the other; rows of short cells
    are one line each, their cells apart.
    """
    return arrange_rows(rows_of(words))


def arrange_rows(rows: list[list[Placed]]) -> list[Line]:
    """The same for words that are known to be rows (from left to right)."""
    pieces = [pieces_of(row) for row in rows]
    return [_line(cells) for cells in in_columns(_in_order(pieces, depth=4))]


def side_by_side(left: list[list[Placed]], right: list[list[Placed]]) -> bool:
    """Whether two blocks of rows are the columns of one table: short cells at the same heights."""
    if not left or not right:
        return False
    boxes = [[_main_box(row) for row in rows] for rows in (left, right)]
    if max(b.x1 for b in boxes[0]) > min(b.x0 for b in boxes[1]):
        return False
    fewer, more = sorted(boxes, key=len)
    level = sum(any(_overlap(a, b) > 0.6 for b in more) for a in fewer)
    pieces = [[pieces_of(row) for row in rows] for rows in (left, right)]
    return level >= 0.9 * len(more) and not any(_is_running(rows) for rows in pieces)


def goes_on_below(upper: list[list[Placed]], lower: list[list[Placed]]) -> bool:
    """Whether two blocks are parts of one table: cells of both begin at the same place, and no gap parts them."""
    above, below = ([pieces_of(row) for row in rows] for rows in (upper, lower))
    if not above or not below or not is_near(above[-1], below[0]):
        return False
    starts = [piece.box.x0 for row in above for piece in row[1:]]
    cells = [piece.box for row in below for piece in row]
    return any(abs(box.x0 - x) <= STRAY * (box.bottom - box.top) for box in cells for x in starts)


def merge_rows(rows: Iterable[list[Placed]]) -> list[list[Placed]]:
    """Rows at the same height beside each other made one, in order from the top."""
    return _merged((_main_box(row), row) for row in rows)


def paragraphs(lines: Iterable[Line]) -> Iterator[Line | None]:
    """The lines, with None where white space or a new column says that a paragraph begins."""
    lines = list(lines)
    steps = [_step(a, b) for a, b in pairwise(lines)]
    right = _right_edge(lines)
    normal = PARAGRAPH_GAP * _normal(steps)
    for index, line in enumerate(lines):
        if index:
            step, before = steps[index - 1], lines[index - 1]
            beside = [s for s in (*steps[index - 2 : index - 1], *steps[index : index + 1]) if s > 0]
            apart = step > PARAGRAPH_GAP * max(beside, default=0.0) or _broken_by_hand(before, line, right)
            if step < 0 or (step > normal and apart and not _same_table(before, line)):
                yield None
        yield line


def _step(above: Line, below: Line) -> float:
    """The way from line to line, in line heights; negative where a new column begins."""
    height = min(above.box.bottom - above.box.top, below.box.bottom - below.box.top)
    return (below.box.bottom - above.box.bottom) / max(1.0, height)


def _normal(steps: list[float]) -> float:
    """The usual step: a low quartile, for many paragraphs are one line long."""
    usual = sorted(step for step in steps if 0.7 < step < 2.5)
    return usual[len(usual) // 4] if usual else 1.2


def _right_edge(lines: list[Line]) -> float:
    edges = sorted(line.box.x1 for line in lines)
    return edges[len(edges) * 9 // 10] if edges else 0.0


def _same_table(above: Line, below: Line) -> bool:
    return len(above.cells) == len(below.cells) >= COLUMNS


def _broken_by_hand(above: Line, below: Line, right: float) -> bool:
    """Whether the line ends before it is full, or the next one is printed in another weight."""
    first = next((cell[0] for cell in below.cells if cell), None)
    last = next((cell[-1] for cell in reversed(above.cells) if cell), None)
    if first is None or last is None or first.text[0].islower():
        return False
    room = right - above.box.x1 - 0.25 * (above.box.bottom - above.box.top)
    return first.box.x1 - first.box.x0 < room or last.bold != first.bold


def rows_of(words: Sequence[Placed]) -> list[list[Placed]]:
    """The words as rows from top to bottom, each from left to right."""
    runs: list[list[Placed]] = []
    for word in words:
        if runs and _continues(runs[-1][-1].box, word.box):
            runs[-1].append(word)
        else:
            runs.append([word])
    return _merged((_main_box(run), run) for run in runs)


def _continues(last: Box, new: Box) -> bool:
    return new.x0 >= last.x0 and _overlap(last, new) > 0.55


def _overlap(a: Box, b: Box) -> float:
    """The part (0 to 1) of the lower box's height that both share."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared / max(0.1, min(a.bottom - a.top, b.bottom - b.top))


def _main_box(run: list[Placed]) -> Box:
    """The box of a run, its height that of its widest word (a raised « er » must not stretch it)."""
    widest = max(run, key=lambda w: w.box.x1 - w.box.x0).box
    return Box(min(w.box.x0 for w in run), widest.top, max(w.box.x1 for w in run), widest.bottom)


def _merged(runs: Iterable[tuple[Box, list[Placed]]]) -> list[list[Placed]]:
    """Runs at the same height and beside each other, put together."""
    rows: list[tuple[Box, list[Placed]]] = []
    for box, run in sorted(runs, key=lambda item: item[0].top + item[0].bottom):
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            other, row = rows[index]
            if _overlap(other, box) > 0.55 and _beside(row, run):
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
    """A row cut at its wide gaps; a letter-spaced word is one word, a bullet stays with its text."""
    row = _without_letter_spacing(row)
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
    """« C O N S E I L » as one word, where the gaps prove that its letters belong together."""
    if len(row) < 4 or sum(len(w.text) == 1 for w in row) < max(4, 0.7 * len(row)):
        return row
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row)]
    letter_gap = median(gaps)
    height = row[0].box.bottom - row[0].box.top
    if not 0 < letter_gap < 1.2 * height:
        return row
    words = [[row[0]]]
    for letter, gap in zip(row[1:], gaps, strict=True):
        if gap > 1.6 * letter_gap:
            words.append([letter])
        else:
            words[-1].append(letter)
    if len(words) > len(row) // 3:
        return row
    return [
        Placed("".join(w.text for w in word), around(word), word[0].bold, word[0].italic, word[0].confidence)
        for word in words
    ]


def _line(cells: Cells) -> Line:
    return Line(cells, _main_box([word for cell in cells for word in cell]))


def _in_order(rows: list[Row], depth: int) -> list[Row]:
    """The rows with columns of running text taken apart, and each column in order itself."""
    if depth == 0 or len(rows) < COLUMN_LINES:
        return rows
    for x in _gutters(rows):
        first, last = _region(rows, x)
        left, right = _sides(rows[first:last], x)
        if not _are_columns(left, right):
            continue
        if 2 * len(left) >= len(right):
            first, last = _trim(rows, first, last, x)
            left, right = _sides(rows[first:last], x)
        return [
            *_in_order(rows[:first], depth - 1),
            *_in_order(left, depth - 1),
            *_in_order(right, depth - 1),
            *_in_order(rows[last:], depth - 1),
        ]
    return rows


def _gutters(rows: list[Row]) -> list[float]:
    """Left edges of pieces that have a neighbour to their left, the most frequent first."""
    edges: Counter[int] = Counter()
    for above, row in zip([[], *rows], rows, strict=False):
        for index, piece in enumerate(row):
            if index or any(p.box.x1 < piece.box.x0 and _overlap(p.box, piece.box) > 0.2 for p in above):
                edges[round(piece.box.x0)] += 1
    for above, row in pairwise(rows):
        for piece in above:
            if any(p.box.x1 < piece.box.x0 and _overlap(p.box, piece.box) > 0.2 for p in row):
                edges[round(piece.box.x0)] += 1
    return [x - 0.5 for x, count in edges.most_common(6) if count >= 2 or len(edges) <= 3]


def _region(rows: list[Row], x: float) -> tuple[int, int]:
    """The longest stretch of rows that leave the strip left of ``x`` empty, as ``[first, last)``."""
    best, first = (0, 0), 0
    for index, row in enumerate([*rows, None]):
        if row is None or any(_crosses(piece, x) for piece in row):
            if index - first > best[1] - best[0] and _two_sided(rows[first:index], x):
                best = (first, index)
            first = index + 1
    return best


def _crosses(piece: Piece, x: float) -> bool:
    height = piece.box.bottom - piece.box.top
    return piece.box.x0 < x - 0.1 and piece.box.x1 > x - GUTTER * height


def _two_sided(rows: list[Row], x: float) -> bool:
    return any(p.box.x0 < x - 0.1 for row in rows for p in row) and any(
        p.box.x0 >= x - 0.1 for row in rows for p in row
    )


def _sides(rows: list[Row], x: float) -> tuple[list[Row], list[Row]]:
    left = [[p for p in row if p.box.x0 < x - 0.1] for row in rows]
    right = [[p for p in row if p.box.x0 >= x - 0.1] for row in rows]
    return [row for row in left if row], [row for row in right if row]


def _trim(rows: list[Row], first: int, last: int, x: float) -> tuple[int, int]:
    """Without the rows that have only a right side above the columns, or only a left side below."""
    while first < last and not any(p.box.x0 < x - 0.1 for p in rows[first]):
        first += 1
    while last > first and not any(p.box.x0 >= x - 0.1 for p in rows[last - 1]):
        last -= 1
    return first, last


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    """Whether two sides are read one after the other: text beside text, or a margin beside text."""
    fewer, more = sorted((left, right), key=len)
    if len(fewer) < COLUMN_LINES:
        return False
    beside = sum(any(_overlap(a[0].box, b[0].box) > 0.2 for b in more) for a in fewer)
    if beside < 0.6 * len(fewer):
        return False
    running = _is_running(left), _is_running(right)
    if all(running):
        return True
    if not any(running) or (running[1] and _are_labels(left, right)):
        return False
    level = sum(any(_overlap(a[0].box, b[0].box) > 0.8 for b in more) for a in fewer)
    if level >= 0.9 * len(fewer):
        return _is_running(more) and _is_dense(fewer) and len(fewer) < 0.6 * len(more)
    return True


def _are_labels(left: list[Row], right: list[Row]) -> bool:
    """Whether the left side names what stands on the right (« Excusés : »): most that faces a row ends in a colon.

    In a margin, such a label faces any line of the text; a label's own text begins with a capital, or where the line
    before it has room left.
    """
    edge = max(row[-1].box.x1 for row in right)
    faced = [(row, at) for row in left for at, other in enumerate(right) if _overlap(row[0].box, other[0].box) > 0.8]
    labels = [at for row, at in faced if row[-1].words[-1].text.endswith(":")]
    begins = sum(_begins(right, at, edge) for at in labels)
    return 2 * len(labels) > len(faced) and begins >= 0.8 * len(labels)


def _begins(rows: list[Row], at: int, edge: float) -> bool:
    """Whether a row begins a text: with no small letter, or though the row above it had room for its first word."""
    return not rows[at][0].words[0].text[0].islower() or (at > 0 and _has_room(rows[at - 1], rows[at], edge))


def _has_room(above: Row, below: Row, edge: float) -> bool:
    """Whether the first word of a row would have had room in the row above it."""
    word = below[0].words[0].box
    return above[-1].box.x1 + BLANK * (word.bottom - word.top) + word.x1 - word.x0 < edge


def _is_running(rows: list[Row]) -> bool:
    """Whether most lines hold several words and fill the width of their column."""
    x0 = min(row[0].box.x0 for row in rows)
    width = max(row[-1].box.x1 for row in rows) - x0
    full = sum(len(row) == 1 and len(row[0].words) >= 4 and row[0].box.x1 - row[0].box.x0 > 0.7 * width for row in rows)
    return 2 * full >= len(rows)


def _is_dense(rows: list[Row]) -> bool:
    steps = [(b[0].box.top - a[0].box.top, a[0].box) for a, b in pairwise(rows)]
    close = sum(step < 1.7 * (box.bottom - box.top) for step, box in steps)
    return close >= 0.7 * len(steps)
