"""Points within parts: « 6.1 » and « 6.2 » under « 6 », « a) » and « b) » under « VII »."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

import regex

from pv_extract.segmentation.headings import Heading
from pv_extract.segmentation.numbering import printed_number
from pv_extract.text import Span

NESTED_NUMBER = regex.compile(r"(\d{1,2}|[IVX]{1,5}|[A-Z])\s?[.-]\s?(\d{1,2})")


def parts_above(found: Sequence[Heading], decisions: Sequence[int], read: Callable[[Span], str]) -> set[int]:
    """The blocks of headings that only head the points under them: « 6. Voirie » right above « 6.1 Contrat »."""
    out = set()
    for i, (part, point) in enumerate(pairwise(found)):
        if part.number is None or point.number is None or point.block.index != part.last + 1:
            continue
        end = found[i + 2].block.index if i + 2 < len(found) else inf
        owns = any(point.block.index <= d < end for d in decisions)
        first = level_of(read(point.number)) == (read(part.number).strip(" .)°"), 1) or lettered(
            found[i + 1 : i + 3], part
        )
        if owns and first:
            out.add(part.block.index)
    return out


def lettered(points: Sequence[Heading], part: Heading) -> bool:
    """Whether two points are « a) » and « b) » under a part that has a number: « VII. Voirie » / « a) Fossés »."""
    ranks = [h.rank for h in points if h.style == "letter"]
    return ranks == [1, 2] and part.style != "letter" and part.rank is not None


def level_of(number: str) -> tuple[str, int] | None:
    """The part and the place in it that a number tells: « 6.1 » → (« 6 », 1)."""
    found = NESTED_NUMBER.fullmatch(number.strip(" .)°"))
    return (found[1], int(found[2])) if found else None


def with_neighbours(chosen: Sequence[Heading], found: Sequence[Heading], read: Callable[[Span], str]) -> list[Heading]:
    """The chosen headings and the points that stand between those of one part: « 5.2 » between « 5.1 » and « 5.3 »."""
    places = {level_of(read(h.number)): h for h in chosen if h.number and level_of(read(h.number))}
    out = list(chosen)
    for heading in found:
        place = level_of(read(heading.number)) if heading.number else None
        if (
            place is None
            or place in places
            or any(h.block.index <= heading.last and heading.block.index <= h.last for h in out)
        ):
            continue
        before, after = places.get((place[0], place[1] - 1)), places.get((place[0], place[1] + 1))
        if before and after and before.block.index < heading.block.index < after.block.index:
            out.append(heading)
    return sorted(out, key=lambda h: h.block.index)


def numbered_under(part: Heading, heading: Heading) -> bool:
    """Whether a number begins with that of the part above: « 2-1 » under « 2 » or « DEUXIÈME », « B1 » under « B »."""
    above, below = printed_number(part.printed), heading.printed
    return bool(above) and below.startswith(above) and len(below) > len(above)
