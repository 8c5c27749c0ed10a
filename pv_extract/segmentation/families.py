"""Which lines open the items: the numbering, the looks and the agenda that fit the decisions best.

Candidates of one make (numbered « 3. », roman, bold, in capitals, named by the agenda…) form a *family*; the
family whose members each own a decision is the one that cuts the minutes into items.
"""

from collections.abc import Collection, Sequence

from pv_extract.segmentation.chains import in_order, sequence, unbroken
from pv_extract.segmentation.headings import EXPLICIT, Heading
from pv_extract.segmentation.openings import OPENING, SET_OFF
from pv_extract.segmentation.subpoints import numbered_under

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


def families(found: Sequence[Heading]) -> dict[str, list[Heading]]:
    """The candidates by make, numbered ones as well-numbered chains."""
    over = [h.block.index for h in of_style(found, "roman", "bold_upper", "upper")]
    out: dict[str, list[Heading]] = {
        "explicit": of_style(found, *EXPLICIT),
        "arabic": sequence(ranked(of_style(found, "arabic", "register", "object")), over),
        "bare": unbroken(sequence(of_style(found, "bare"))),
        "roman": sequence(ranked(of_style(found, "roman"))),
        "nested": [h for h in of_style(found, *NESTED) if h.number and h.rank is None],
        "letter": sequence(of_style(found, "letter"), over),
        "agenda": in_order([h for h in found if h.agenda is not None]),
        "bold": [h for h in found if h.block.bold or h.style == "run_in"],
        "loud": of_style(found, "bold_upper", "upper"),
        **{style: of_style(found, style) for style in OPENING},
        "plain": [h for h in of_style(found, "plain") if h.block.gap_before],
    }
    return {name: family for name, family in out.items() if family}


def of_style(found: Sequence[Heading], *styles: str) -> list[Heading]:
    """The candidates of some styles."""
    return [h for h in found if h.style in styles]


def ranked(found: Sequence[Heading]) -> list[Heading]:
    """The candidates whose number has a place in an order."""
    return [h for h in found if h.rank is not None]


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


def refine(
    chosen: Sequence[Heading], more: Sequence[Heading], decisions: Sequence[int], procedural: Collection[int]
) -> list[Heading]:
    """The chosen headings and those of another family that part decisions which share an item.

    An added heading needs a decision of its own, and another in the same item: one before it, or one that
    another added heading owns. Under a heading of procedure any decision wants a heading of its own.
    """
    parts = {c.block.index: c for c in chosen}
    added = []
    for parent, headings in owning(chosen, more, decisions).items():
        first = headings[0]
        free = parent < 0 or parent in procedural or numbered_under(parts[parent], first)
        free = free or bool(first.style == "resolution" and first.title)
        if free or len(headings) > 1 or any(parent <= d < first.block.index for d in decisions):
            added += headings
    return sorted([*chosen, *added], key=lambda h: h.block.index)


def owning(chosen: Sequence[Heading], more: Sequence[Heading], decisions: Sequence[int]) -> dict[int, list[Heading]]:
    """The headings beside those chosen that own a decision, by the block of the chosen one above; -1 above all."""
    extra = [h for h in more if not any(h.block.index <= c.last and c.block.index <= h.last for c in chosen)]
    owners: dict[int, list[Heading]] = {}
    for i, heading in enumerate(extra):
        at = heading.block.index
        end = min((c.block.index for c in (*chosen, *extra[i + 1 :]) if c.block.index > at), default=None)
        if any(at <= d and (end is None or d < end) for d in decisions):
            owners.setdefault(max((c.block.index for c in chosen if c.block.index < at), default=-1), []).append(
                heading
            )
    return owners
