"""Chains of numbered lines: which of them follow one another as the items of minutes do."""

from collections.abc import Iterable, Sequence

from pv_extract.segmentation.headings import Heading

SHORTEST_UNBROKEN = 3  # headings
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
