"""Candidates that open no item: what recurs, what is listed, matters over titles, sub-titles under them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from pv_extract.blocks import Layout
from pv_extract.segmentation.headings import EXPLICIT, Heading
from pv_extract.segmentation.openings import OPENING, SET_OFF

MARGIN_TIMES = 3  # a line that comes as often is no title
LIST_LINES = 4  # lines that look alike, with nothing between them: names, what is to be formed
FEWEST_TITLES, SHARE_OF_TITLES = 5, 0.8  # titles alike, and their share of all, that show how titles are printed
LOOKS = ("plain", "bold")  # makes of lines that may be a list; one in capitals may be a title over several lines
LOUD = ("upper", "bold_upper")  # makes of lines in capitals
FEWEST_REGISTERED = 3  # register numbers in a row, without text between them, that are a list
LINES_OVER_LIST = 2  # lines from the title of a part to its list
FEWEST_CAPITALS = 2  # numbered titles that begin in capitals; then those in lower case are none


def proven(heading: Heading) -> bool:
    """Whether more than its looks makes a line a title."""
    return any(told is not None for told in (heading.number, heading.reference, heading.agenda))


def unrepeated(headings: Sequence[Heading]) -> list[Heading]:
    """The headings without the words that recur again and again: a margin, a stamp, « DÉCISION DU CONSEIL » over votes.

    A number, a register reference or the agenda proves that a line is a title, however often it comes.
    """
    seen = Counter(heading.block.lowered.strip() for heading in headings)
    return [h for h in headings if seen[h.block.lowered.strip()] < MARGIN_TIMES or proven(h)]


def listed(headings: Sequence[Heading]) -> set[int]:
    """The blocks of lines that make a list: the names of candidates, the commissions that are to be formed."""
    runs: list[list[Heading]] = []
    for heading in headings:
        last = runs[-1][-1] if runs else None
        if last and heading.style in LOOKS and heading.style == last.style and heading.block.index == last.last + 1:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    return {h.block.index for run in runs for h in run if len(run) >= LIST_LINES and not proven(h)}


def registered(headings: Sequence[Heading], parts: Sequence[int], decided: Sequence[int]) -> set[int]:
    """The blocks of register numbers that make a list: the mayor's decisions, reported at once under one of ``parts``.

    A line that tells its own vote, one of the blocks that are ``decided``, is an item all the same.
    """
    runs: list[list[Heading]] = []
    for heading in headings:
        last = runs[-1][-1] if runs else None
        follows = last and heading.block.index == last.last + 1 and not heading.block.gap_before
        if heading.style == "register" and last and last.style == "register" and follows:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    lists = [[h.block.index for h in run] for run in runs if len(run) >= FEWEST_REGISTERED]
    under = [run for run in lists if any(0 < run[0] - at <= LINES_OVER_LIST for at in parts)]
    return {at for run in under if set(run).isdisjoint(decided) for at in run}


def without_themes(layout: Layout, found: Sequence[Heading]) -> list[Heading]:
    """The headings without the matters that stand right over titles: « FINANCES » over « Budget primitif »."""
    titled = {h.block.index for h in found if h.title is not None and h.style not in SET_OFF}
    return [
        h
        for h in found
        if h.number is not None
        or h.reference is not None
        or h.block.index + 1 not in titled
        or not layout.grammar.has("Theme", h.block.folded)
    ]


def capitalised(layout: Layout, found: Sequence[Heading]) -> list[Heading]:
    """The headings without points in lower case, « 2° constate les résultats », where titles begin in capitals."""
    told = [(i, h.title) for i, h in enumerate(found) if h.number and h.title and h.style not in EXPLICIT]
    lower = {i for i, title in told if layout.read(title)[:1].islower()}
    titled = sum(h.title is not None for i, h in enumerate(found) if proven(h) and i not in lower)
    return [h for i, h in enumerate(found) if i not in lower or titled < FEWEST_CAPITALS]


def without_subtitles(headings: Sequence[Heading], decisions: Sequence[int]) -> list[Heading]:
    """The headings without sub-titles that are printed otherwise than titles and share the one vote of an item."""
    starts = [h.block.index for h in headings]
    deciding = {starts[at] for d in decisions if (at := bisect_right(starts, d) - 1) >= 0}
    looks = Counter(h.style for h in headings if h.block.index in deciding and not proven(h))
    style, times = looks.most_common(1)[0] if looks else ("", 0)
    if times < FEWEST_TITLES or times < SHARE_OF_TITLES * len(deciding):
        return list(headings)
    out: list[Heading] = []
    for title, *under in under_titles(headings, style):
        votes = sum(h.block.index in deciding for h in under)
        shared = title.style == style and title.block.index not in deciding and votes == 1
        out += [title] if shared else [title, *under]
    return out


def under_titles(headings: Sequence[Heading], style: str) -> Iterator[list[Heading]]:
    """Each title of a make, or heading that more than its looks proves, with the other headings under it."""
    group: list[Heading] = []
    for heading in headings:
        if group and (heading.style == style or proven(heading)):
            yield group
            group = []
        group.append(heading)
    if group:
        yield group


def with_parts(chosen: Sequence[Heading], found: Sequence[Heading], told: Sequence[int]) -> list[Heading]:
    """The chosen headings and the loud lines over them, where most items have their titles in plain type.

    « GRANDE ROUE » behind « • Cotisation : … » begins another matter; none of the blocks that are ``told`` to decide
    stands between it and the next heading.
    """
    if 2 * sum(h.style in (*OPENING, "resolution") for h in chosen) <= len(chosen):
        return list(chosen)
    taken = {i for h in chosen for i in range(h.block.index, h.last + 1)}
    loud = [h for h in found if h.style in LOUD and h.block.gap_before and h.block.index not in taken]
    out = sorted([*chosen, *loud], key=lambda h: h.block.index)
    ends = [h.block.index for h in out[1:]] + [max(told, default=0) + 1]
    idle = [h for h, end in zip(out, ends, strict=True) if not any(h.block.index <= d < end for d in told)]
    return [h for h in out if h not in loud or h in idle]
