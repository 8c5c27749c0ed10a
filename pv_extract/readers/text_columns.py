"""Columns of running text, and a margin beside it: told from tables, and read one after the other.

All lengths are in points; thresholds are in line heights, so that they hold for every type size.
"""

from collections import Counter
from itertools import pairwise

from pv_extract.readers.grid import BLANK, Piece, Row
from pv_extract.readers.rows import overlap

GUTTER = 0.5
"""The least width of the empty strip between two columns, in line heights."""
COLUMN_LINES = 3
"""The least number of lines on each side of a gutter."""
FLUSH = 0.1
"""How far apart the left edges of two lines of a column may be, in line heights."""
FEW_NUMBERS = 0.2
"""The part of the rows of a list of names that may hold a number: « 1er adjoint »."""
OVERHANG = 2
"""The most lines by which one of two balanced columns is longer."""
LABEL_WORDS = 6
"""The most words of a label within a column: the name of a commune, of a college."""
LEAST_LABELS = 2
"""The least number of labels in each of two columns of lists; a single one may head both."""


def in_order(rows: list[Row], depth: int) -> list[Row]:
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
            *in_order(rows[:first], depth - 1),
            *in_order(left, depth - 1),
            *in_order(right, depth - 1),
            *in_order(rows[last:], depth - 1),
        ]
    return rows


def _gutters(rows: list[Row]) -> list[float]:
    """Left edges of pieces that have a neighbour to their left, the most frequent first."""
    edges: Counter[int] = Counter()
    for above, row in zip([[], *rows], rows, strict=False):
        for index, piece in enumerate(row):
            if index or any(p.box.x1 < piece.box.x0 and overlap(p.box, piece.box) > 0.2 for p in above):
                edges[round(piece.box.x0)] += 1
    for above, row in pairwise(rows):
        for piece in above:
            if any(p.box.x1 < piece.box.x0 and overlap(p.box, piece.box) > 0.2 for p in row):
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
    """Without the rows that have only a right side above the columns, or only a left side below.

    A line or two of them may be those by which one column is longer.
    """
    start, end = first, last
    while start < end and not _sides(rows[start : start + 1], x)[0]:
        start += 1
    while end > start and not _sides(rows[end - 1 : end], x)[1]:
        end -= 1
    begins = start - first <= OVERHANG and _opens_column(rows[first:end], x)
    goes_on = last - end <= OVERHANG and _ends_column(rows[start:last], x)
    return first if begins else start, last if goes_on else end


def _opens_column(rows: list[Row], x: float) -> bool:
    """Whether the first row, with a right side only, is a line of the right column: the left one begins lower."""
    begun = _sides(rows, x)[1][:2]
    if len(begun) < 2:
        return False
    first, below = (row[0].box for row in begun)
    return abs(below.x0 - first.x0) < FLUSH * (below.bottom - below.top) and _is_dense(begun)


def _ends_column(rows: list[Row], x: float) -> bool:
    """Whether the last row, with a left side only, ends a list in the left column: the right one is shorter."""
    *_, first, above, last = (None, None, None, *_sides(rows, x)[0])
    if first is None or above is None or last is None:
        return False
    steps = [below[0].box.bottom - row[0].box.bottom for row, below in pairwise((first, above, last))]
    even = abs(steps[1] - steps[0]) < FLUSH * (last[0].box.bottom - last[0].box.top)
    return even and abs(last[0].box.x0 - above[0].box.x0) < FLUSH * steps[1] and not _is_labelled(last)


def _is_numbered(row: Row) -> bool:
    """Whether a row holds a number."""
    return any(c.isdigit() for piece in row for word in piece.words for c in word.text)


def _is_labelled(row: Row) -> bool:
    """Whether a row begins with a label: « Vauzelles : M. MOREL »."""
    return any(word.text.endswith(":") for word in row[0].words[:LABEL_WORDS])


def _is_open(row: Row) -> bool:
    """Whether a list goes on behind a row."""
    return row[-1].words[-1].text.endswith((",", ":"))


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    """Whether two sides are read one after the other: text beside text, or a margin beside text."""
    fewer, more = sorted((left, right), key=len)
    if len(fewer) < COLUMN_LINES:
        return False
    beside = sum(any(overlap(a[0].box, b[0].box) > 0.2 for b in more) for a in fewer)
    if beside < 0.6 * len(fewer):
        return False
    running = is_running(left), is_running(right)
    if all(running) or (_are_lists(left) and _are_lists(right)) or _are_headed(left, right):
        return True
    if not any(running) or (running[1] and _are_labels(left, right)):
        return False
    level = sum(any(overlap(a[0].box, b[0].box) > 0.8 for b in more) for a in fewer)
    if level >= 0.9 * len(fewer):
        return is_running(more) and _is_dense(fewer) and len(fewer) < 0.6 * len(more)
    return True


def _are_lists(rows: list[Row]) -> bool:
    """Whether names are listed under labels and go on from line to line: « Valmorin : M. MOREL, » / « Mme ROUX »."""
    labelled = [_is_labelled(row) for row in rows]
    goes_on = any(_is_open(row) and not label for row, label in zip(rows, labelled[1:], strict=False))
    return goes_on and sum(labelled) >= LEAST_LABELS


def _are_headed(left: list[Row], right: list[Row]) -> bool:
    """Whether two columns have bold heads within, each its own: « **Brenne** » beside « M. MOREL », not as rows have.

    The heads of a table's columns are bold together, as are its totals; lists of names have few numbers.
    """
    if any(not _is_dense(rows) or sum(map(_is_numbered, rows)) > FEW_NUMBERS * len(rows) for rows in (left, right)):
        return False
    heads = [[_is_bold(row) for row in rows] for rows in (left, right)]
    level = [(a, b) for a in left for b in right if overlap(a[0].box, b[0].box) > 0.8]
    apart = any(_is_bold(a) != _is_bold(b) for a, b in level)
    several = any(later and not above for side in heads for above, later in pairwise(side))
    return several and apart and all(any(side) and not all(side) for side in heads)


def _is_bold(row: Row) -> bool:
    """Whether the first piece of a row is bold throughout, and has letters."""
    words = row[0].words
    return all(word.bold for word in words) and any(c.isalpha() for word in words for c in word.text)


def _are_labels(left: list[Row], right: list[Row]) -> bool:
    """Whether the left side names what stands on the right (« Excusés : »): most that faces a row ends in a colon.

    In a margin, such a label faces any line of the text; a label's own text begins with a capital, or where the line
    before it has room left.
    """
    edge = max(row[-1].box.x1 for row in right)
    faced = [(row, at) for row in left for at, other in enumerate(right) if overlap(row[0].box, other[0].box) > 0.8]
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


def is_running(rows: list[Row]) -> bool:
    """Whether most lines hold several words and fill the width of their column."""
    x0 = min(row[0].box.x0 for row in rows)
    width = max(row[-1].box.x1 for row in rows) - x0
    full = sum(len(row) == 1 and len(row[0].words) >= 4 and row[0].box.x1 - row[0].box.x0 > 0.7 * width for row in rows)
    return 2 * full >= len(rows)


def _is_dense(rows: list[Row]) -> bool:
    steps = [(b[0].box.top - a[0].box.top, a[0].box) for a, b in pairwise(rows)]
    close = sum(step < 1.7 * (box.bottom - box.top) for step, box in steps)
    return close >= 0.7 * len(steps)
