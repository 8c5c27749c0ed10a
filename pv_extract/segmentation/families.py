"""Which lines open the items: the numbering, the looks and the agenda that fit the decisions best.

Candidates of one make (numbered « 3. », roman, bold, in capitals, named by the agenda…) form a *family*; the
family whose members each own a decision is the one that cuts the minutes into items.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from math import inf

import regex

from pv_extract.segmentation.headings import EXPLICIT, Heading
from pv_extract.segmentation.numbering import printed_number
from pv_extract.segmentation.openings import OPENING, SET_OFF
from pv_extract.text import Span

SHORTEST_UNBROKEN = 3  # headings
NESTED = ("arabic", "roman", "coded")
IDLE_COST = 0.35  # what a heading without a decision takes from its family
ORDER = (  # of families that fit as well, the surest first
    *("explicit", "arabic", "bare", "roman", "agenda", "nested", "bold", "loud", "dashed", "caption", "letter"),
    *("label", "bullet", "stopped", "plain"),
)
BONUS = {
    "explicit": 1.5,
    "agenda": 1.2,
    "arabic": 1.0,
    "bare": 0.5,
    "roman": 0.8,
    "bold": 0.2,
    "loud": 0.2,
    "letter": -0.5,
    "bullet": -1.0,
    "stopped": -1.0,
    "label": -1.5,
    "plain": -1.5,
}
UNPROVEN = ("plain", "label", *SET_OFF)  # never added to the family that fits
IDLE = {"plain": 0.1, "label": 0.2, "caption": 0.2}  # less where any short line is of the family
NESTED_NUMBER = regex.compile(r"(\d{1,2}|[IVX]{1,5}|[A-Z])\s?[.-]\s?(\d{1,2})")
LONGEST_LOOK_BACK = 400  # candidates; a number's predecessor is not further away


def sequence(headings: Sequence[Heading], restarts: Iterable[int] = ()) -> list[Heading]:
    """The longest well-numbered chain: 1, 2, 3…, a few numbers may be missing, parts may begin anew at 1.

    ``restarts`` are indices of blocks behind which a new numbering may begin.
    """
    openings = sorted(restarts)
    best: list[tuple[float, int]] = []  # for each heading the score of the best chain that it ends, and what is before
    for i, heading in enumerate(headings):
        weight = weight_of(heading)
        score, before = weight - cost_of_beginning(heading), -1
        for j in range(max(0, i - LONGEST_LOOK_BACK), i):
            cost = cost_of_following(headings[j], heading, openings)
            if cost is not None and best[j][0] + weight - cost > score:
                score, before = best[j][0] + weight - cost, j
        best.append((score, before))
    chain: list[Heading] = []
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while at >= 0:
        chain.append(headings[at])
        at = best[at][1]
    return chain[::-1]


def weight_of(heading: Heading) -> float:
    """What a numbered line is worth in a chain: more where it looks like a title, or the agenda names it."""
    weight = 1.0 + heading.block.bold + 0.7 * heading.block.upper + 2.0 * (heading.agenda is not None)
    return weight + (0.4 * heading.block.gap_before - 0.6 * heading.block.text.rstrip().endswith((";", ",")))


def cost_of_beginning(heading: Heading) -> float:
    """What it costs a chain to begin with a number above 1."""
    rank = heading.rank or 0
    return 0.0 if rank <= 1 else min(1.0 + 0.3 * rank, 3.5)


def cost_of_following(before: Heading, heading: Heading, openings: Sequence[int]) -> float | None:
    """What it costs a number to stand behind another one: numbers left out, a beginning anew; None where it cannot."""
    rank = heading.rank or 0
    gap = rank - (before.rank or 0)
    if 1 <= gap <= 4:
        return 0.8 * (gap - 1) + 0.001 * (heading.block.index - before.block.index)
    if rank != 1:
        return None
    return 0.5 if any(before.block.index < opening <= heading.block.index for opening in openings) else 4.0


def families(found: Sequence[Heading]) -> dict[str, list[Heading]]:
    """The candidates by make, numbered ones as well-numbered chains."""
    loud = [h.block.index for h in found if h.style in ("roman", "bold_upper", "upper")]
    out: dict[str, list[Heading]] = {
        "explicit": [h for h in found if h.style in EXPLICIT],
        "arabic": sequence(
            [h for h in found if h.style in ("arabic", "register", "object") and h.rank is not None], loud
        ),
        "bare": unbroken(sequence([h for h in found if h.style == "bare"])),
        "roman": sequence([h for h in found if h.style == "roman" and h.rank is not None]),
        "nested": [h for h in found if h.style in NESTED and h.number and h.rank is None],
        "letter": sequence([h for h in found if h.style == "letter"], loud),
        "agenda": in_order([h for h in found if h.agenda is not None]),
        "bold": [h for h in found if h.block.bold or h.style == "run_in"],
        "loud": [h for h in found if h.style in ("bold_upper", "upper")],
        **{style: [h for h in found if h.style == style] for style in OPENING},
        "plain": [h for h in found if h.style == "plain" and h.block.gap_before],
    }
    return {name: family for name, family in out.items() if family}


def unbroken(chain: Sequence[Heading]) -> list[Heading]:
    """A chain of numbers that nothing but their order proves: three at least, from 1, none missing."""
    whole = [h.rank for h in chain] == list(range(1, len(chain) + 1))
    return list(chain) if whole and len(chain) >= SHORTEST_UNBROKEN else []


def in_order(headings: Sequence[Heading]) -> list[Heading]:
    """One heading for each agenda item, the first that comes behind that of the item before."""
    chain: list[Heading] = []
    for heading in headings:
        if not chain or (heading.agenda or 0) > (chain[-1].agenda or 0):
            chain.append(heading)
    return chain


def choose(found: Sequence[Heading], decisions: Sequence[int], procedural: Collection[int]) -> list[Heading]:
    """The headings that cut the minutes into items, given the blocks where decisions stand.

    ``procedural`` are the blocks of headings that open no deliberation (the approval of minutes, a roll call).

    The family that gives most decisions a heading of their own comes first; others are added where they
    part decisions that still share one.
    """
    groups = families(found)
    if not decisions:
        groups = {name: family for name, family in groups.items() if name in ("explicit", "arabic", "roman", "agenda")}
    scores = {name: fit(groups[name], decisions, IDLE.get(name, IDLE_COST)) + BONUS.get(name, 0.0) for name in groups}
    first = max(scores, key=lambda name: (scores[name], -ORDER.index(name)), default="")
    chosen = list(groups[first]) if scores.get(first, 0.0) > 0 else []
    for name in ORDER:
        unnumbered = name == "plain" and (first == "agenda" or all(h.style == "resolution" for h in chosen))
        if name in groups and (name not in UNPROVEN or unnumbered):
            chosen = refine(chosen, groups[name], decisions, procedural)
    return chosen


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


def with_agenda_points(chosen: Sequence[Heading], found: Sequence[Heading]) -> list[Heading]:
    """The chosen headings and the numbered points of the agenda between them whose numbers break the order.

    « 5. Projets », « 5. Coopérative », « 6. Travaux »: the second is the agenda's sixth point, misnumbered.
    """
    out = list(chosen)
    for heading in found:
        if heading.agenda is None or heading.number is None or any(h.agenda == heading.agenda for h in out):
            continue
        before = max((h for h in out if h.last < heading.block.index), key=lambda h: h.last, default=None)
        after = min((h for h in out if h.block.index > heading.last), key=lambda h: h.block.index, default=None)
        places = [h.agenda for h in (before, heading, after) if h is not None and h.agenda is not None]
        if len(places) == 3 and places == sorted(set(places)):
            out.append(heading)
    return sorted(out, key=lambda h: h.block.index)


def fit(family: Sequence[Heading], decisions: Sequence[int], idle: float) -> float:
    """How well a family parts the decisions: headings with decisions count, crowded ones and ``idle`` ones cost."""
    starts = [h.block.index for h in family]
    owned = [0] * len(starts)
    lost = 0
    for at in decisions:
        place = sum(1 for s in starts if s <= at) - 1
        if place < 0:
            lost += 1
        else:
            owned[place] += 1
    crowded = sum(max(0, n - 2) for n in owned)
    return sum(1 for n in owned if n) - idle * sum(1 for n in owned if not n) - 0.4 * crowded - 0.4 * lost


def numbered_under(part: Heading, heading: Heading) -> bool:
    """Whether a number begins with that of the part above: « 2-1 » under « 2 » or « DEUXIÈME », « B1 » under « B »."""
    above, below = printed_number(part.printed), heading.printed
    return bool(above) and below.startswith(above) and len(below) > len(above)


def refine(
    chosen: Sequence[Heading], more: Sequence[Heading], decisions: Sequence[int], procedural: Collection[int]
) -> list[Heading]:
    """The chosen headings and those of another family that part decisions which share an item.

    An added heading needs a decision of its own, and another in the same item: one before it, or one that
    another added heading owns. Under a heading of procedure any decision wants a heading of its own.
    """
    extra = [h for h in more if not any(h.block.index <= c.last and c.block.index <= h.last for c in chosen)]
    starts = [c.block.index for c in chosen]
    owners: dict[int, list[Heading]] = {}
    for i, heading in enumerate(extra):
        ends = [c.block.index for c in (*chosen, *extra[i + 1 :]) if c.block.index > heading.block.index]
        if any(heading.block.index <= d < min(ends, default=d + 1) for d in decisions):
            parent = max((s for s in starts if s < heading.block.index), default=-1)
            owners.setdefault(parent, []).append(heading)
    parts = {c.block.index: c for c in chosen}
    added = []
    for parent, headings in owners.items():
        first = headings[0].block.index
        free = parent < 0 or parent in procedural or numbered_under(parts[parent], headings[0])
        free = free or bool(headings[0].style == "resolution" and headings[0].title)
        if free or len(headings) > 1 or any(parent <= d < first for d in decisions):
            added += headings
    return sorted([*chosen, *added], key=lambda h: h.block.index)
