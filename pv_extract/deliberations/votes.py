"""How a decision was taken: outcome, manner and counts, as the words say."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.ballots import Ballot
from pv_extract.deliberations.legibility import legible_counts
from pv_extract.deliberations.voters import named_voters
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.roster import Roster
from pv_extract.mentions import Mention
from pv_extract.values import read_number

COUNTS = {
    "in_favour": "for",
    "against": "against",
    "abstentions": "abstentions",
    "not_participating": "not_participating",
    "voting": "voting",
}
PLAIN = ("withdrawn", "postponed", "rejected", "unfavourable_opinion", "favourable_opinion")
"""Outcomes whose words nothing else outweighs; « adopté » and « prend acte » may be said of a part of the item."""


def vote_tree(layout: Layout, ballot: Ballot, roster: Roster) -> dict[str, Any]:
    """How the decision was taken. Counts and names are those printed; the manner comes from words only."""
    counts = vote_counts(layout, ballot)
    return {
        "outcome": outcome(layout, ballot, counts),
        "manner": manner(ballot),
        "secret": secrecy(ballot),
        **{COUNTS[name]: counts.get(name) for name in COUNTS},
        **named_voters(layout, ballot, roster),
    }


def outcome(layout: Layout, ballot: Ballot, counts: dict[str, Found]) -> Found | None:
    """The outcome, by the first of these that tells one.

    A plain word, « rejeté »; « prend acte » where no verb says more; the counts for and against where no word says
    « adopté »; a verb such as « refuse »; « adopté »; « décide »; counts alone; who was elected; what was chosen.
    """
    said = [Found(m.sets["outcome"], m.span, m.rule) for m in standing_words(layout, ballot)]
    verbs = [operative_verb(layout, m) for m in ballot.of("Decision")]
    if plain := next((word for word in said if word.value in PLAIN), None):
        return plain
    noted, adopted = (next((word for word in said if word.value == value), None) for value in ("noted", "adopted"))
    if noted and all(verb.value == "noted" for verb in verbs):
        return noted
    if adopted is None and {"in_favour", "against"} <= counts.keys():
        return by_counts(counts)
    if verbs and verbs[0].value != "adopted":
        return verbs[0]
    worded = adopted or next(iter(verbs), None)
    return worded or by_counts(counts) or proclaimed(layout, ballot) or chosen(layout, ballot)


def standing_words(layout: Layout, ballot: Ballot) -> list[Mention]:
    """The words of an outcome that stand, in order: those that no later ones take back.

    The line that announces the result, « DÉCISION DU CONSEIL : adopté », takes back all before it; a counted vote that
    adopts takes back a refusal before it: somebody's proposal was refused, then the item put to the vote.
    """
    said = [m for m in ballot.of("VoteOutcome") if m.sets.get("outcome")]
    result = result_line(layout, ballot, said)
    return [m for m in said if m.span.start >= result and not voted_afresh(ballot, m, said)]


def result_line(layout: Layout, ballot: Ballot, said: Sequence[Mention]) -> int:
    """Where the line begins that announces the result and tells it; 0 without one."""
    lines = (b.span for b in ballot.blocks if b.has("ResultLine", layout.grammar))
    return next((line.start for line in lines if any(line.start <= m.span.start < line.end for m in said)), 0)


def voted_afresh(ballot: Ballot, earlier: Mention, said: Sequence[Mention]) -> bool:
    """Whether a counted vote that adopts stands in a later block than a refusal without counts.

    An amendment that was counted has a vote of its own; an opinion is what the vote behind it adopts.
    """
    if earlier.sets["outcome"] not in ("rejected", "postponed"):
        return False
    edge = next(block.span.end for block in ballot.blocks if earlier.span.start < block.span.end)
    counted = [m.span.start for m in ballot.of("VoteCount")]
    adopted = any(m.sets["outcome"] == "adopted" and m.span.start > edge for m in said)
    return bool(counted) and min(counted) > edge and adopted


def operative_verb(layout: Layout, mention: Mention) -> Found:
    """What the operative verb says of the outcome: « refuse », « ajourne », « prend acte », else adopted."""
    told = layout.grammar.first("VerbOutcome", layout.folded(mention.fields["verb"]))
    return Found(told.sets["outcome"] if told else mention.sets["outcome"], mention.span, mention.rule)


def chosen(layout: Layout, ballot: Ballot) -> Found | None:
    """The outcome of a vote between several proposals or bidders, where the text says which one is retained."""
    made = layout.best("ChoiceMade", ballot.blocks)
    voted = any(b.has(kind, layout.grammar) for b in ballot.blocks for kind in ("ChoiceVotes", "CandidateVotes"))
    return Found("adopted", made.span, made.rule) if made and voted else None


def proclaimed(layout: Layout, ballot: Ballot) -> Found | None:
    """The outcome of a ballot that somebody won: « Mme Roux a été proclamée maire »."""
    won = layout.find("Elected", ballot.blocks)
    counted = any(b.has("Ballots", layout.grammar) for b in ballot.blocks)
    return Found("adopted", won[0].span, won[0].rule, "derived") if won and counted else None


def by_counts(counts: dict[str, Found]) -> Found | None:
    """The outcome that the counts alone tell: more voices for than against, or the reverse."""
    favour, against = counts.get("in_favour"), counts.get("against")
    if favour is None:
        return None
    opposed = against.value if against else 0
    if favour.value == opposed:
        return None
    return Found("adopted" if favour.value > opposed else "rejected", favour.span, favour.rule, "derived")


def manner(ballot: Ballot) -> Found | None:
    """« à l'unanimité » or « à la majorité », in the words of the vote."""
    said = [m for m in ballot.of("VoteOutcome") if m.sets.get("manner")]
    return Found(said[0].sets["manner"], said[0].span, said[0].rule) if said else None


def secrecy(ballot: Ballot) -> Found | None:
    """True where the vote was by secret ballot."""
    said = next((m for m in ballot.of("VoteOutcome") if m.sets.get("secret")), None)
    return Found(True, said.span, said.rule) if said else None


def vote_counts(layout: Layout, ballot: Ballot) -> dict[str, Found]:
    """The printed counts, the first of each kind, those left out that nobody can be sure to read."""
    counts: dict[str, Found] = {}
    for mention in (*ballot.of("VoteCount"), *tabled(layout, ballot.blocks, "VoteCount")):
        for name, span in mention.fields.items():
            written = layout.read(span)
            number = 0 if fold(written).strip() in ("O", "o", "©") else read_number(written)
            if number is not None and name not in counts:
                counts[name] = Found(number, span, mention.rule)
    return legible_counts(layout, counts)


def tabled(layout: Layout, blocks: Sequence[Block], kind: str) -> list[Mention]:
    """The counts of tables whose heads are in one row and numbers in the next: « Pour | Contre » over « 9 | 1 »."""
    out: list[Mention] = []
    for heads, numbers in pairwise(blocks):
        cells = list(zip(heads.cells(), numbers.cells(), strict=False))
        if not (heads.is_row and numbers.is_row) or len(heads.cells()) != len(numbers.cells()):
            continue
        for head, number in cells:
            written = layout.read(number).strip()
            if number.end <= number.start or not written.isdigit():
                continue
            label = fold(layout.read(head))
            for mention in layout.grammar.find(kind, f"{label} : {written}")[:1]:
                fields = dict.fromkeys(mention.fields, number)
                out.append(replace(mention, span=number, fields=fields))
    return out
