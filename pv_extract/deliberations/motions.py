"""What one paragraph tells of votes: the mentions that decide, the captions of motions, where it tells several."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.segmentation.headings import refused
from pv_extract.segmentation.titles import Headline
from pv_extract.text import Span

WIDEST_VOTE_ROW = 3  # filled cells; wider table rows hold the item's data, not its vote
# What is voted, right before its vote: « Repas adulte : 10 pour », « Amendement n° 1 de M. Morel : rejeté ».
CAPTION = regex.compile(
    r"\W*(\p{Lu}(?:[^\n:.;()]|(?<=\b(?:M|MM|Mme|Mlle|Mmes|n|art))\.){3,90}?[\p{L}\d€%])\s*:\s*(?:=>\s*)?"
)
DETAIL = regex.compile(r"[^.;:!?]{0,60}\d[^.;:!?]{0,40}[.;]\s*")  # « Club : 3 élèves, 30 € par élève. Accepté. »
SENTENCE = regex.compile(r"(?:\A|(?<=[\p{L}\d)»]{2}[.;!]\s+))(?=\p{Lu})")
FEWEST_MOTIONS = 2  # parts of an item, each with a vote of its own
PASSIVE = ("votes.granted", "votes.designated", "registers.granted_sum")
AT_ONCE = 2  # characters between a caption and its vote


def decisive_mentions(layout: Layout, block: Block) -> list[Mention]:
    """The mentions of a block that tell a decision or a vote, in order; votes on how to vote are not among them.

    Nor are votes of another day, and what the empty boxes of a form say: « ☒ Adopté ☐ Rejeté ».
    """
    if holds_data(layout, block) or on_procedure(layout, block):
        return []
    kinds = ("Decision", "VoteCount", "NamedVoters")
    found = [*block.find_all("VoteOutcome", layout.grammar), *(m for k in kinds for m in block.find(k, layout.grammar))]
    void = [m.span for kind in ("PastVote", "Unticked") for m in block.find(kind, layout.grammar)]
    told = [m for m in found if not any(v.start <= at < v.end for v in void for at in (m.span.start, m.span.end - 1))]
    chosen = [m.span for m in block.find("ChoiceVotes", layout.grammar)]
    told = [m for m in told if m.kind != "VoteCount" or not any(c.start <= m.span.start < c.end for c in chosen)]
    kept = [m for m in told if not (m.kind == "VoteCount" and recounts(layout, block, m))]
    return sorted(kept, key=lambda m: (m.span.start, m.span.end))


def recounts(layout: Layout, block: Block, count: Mention) -> bool:
    """Whether a number of voters follows somebody's coming or going, no vote: « M. Roux part. Votants : 9. »."""
    return count.fields.keys() <= {"voting"} and block.has("Event", layout.grammar)


def holds_data(layout: Layout, block: Block) -> bool:
    """Whether a block is a wide table row; one that counts several choices, or heads tell, is the vote itself.

    A sentence that ends such a line is no cell: « F.B. 11,65   F.N.B. 38,90.   Accord unanime. » of running text.
    """
    if ends_sentence(layout, block) or block.told:
        return False
    wide = sum(c.end > c.start for c in block.cells()) > WIDEST_VOTE_ROW
    return wide and not any(len(m.fields) > 1 for m in block.find_all("VoteCount", layout.grammar))


def ends_sentence(layout: Layout, block: Block) -> bool:
    """Whether a row that no other row stands beside ends in a sentence: blanks, not columns, part its words."""
    beside = [*layout.blocks[max(0, block.index - 1) : block.index], *layout.blocks[block.index + 1 : block.index + 2]]
    return block.text.rstrip().endswith(".") and not any(b.is_row for b in beside)


def on_procedure(layout: Layout, block: Block) -> bool:
    """Whether a block tells a vote on procedure: it says so, or it is the short answer to a block that asks.

    Who is elected answers no question on how to vote; nor does the row of a list of deliberations that tells its item.
    """
    if block.told:
        return False
    if block.has("ProceduralVote", layout.grammar):
        return True
    if block.index == 0 or len(block.text) > 80 or block.has("Elected", layout.grammar):
        return False
    asked = layout.blocks[block.index - 1]
    return asked.has("ProceduralVote", layout.grammar) and asked.text.rstrip().endswith((":", "?", "."))


def role_of(mention: Mention) -> str:
    """Whether a mention is the operative part or tells the vote; « décide » may stand beside both.

    « Une subvention est attribuée » is operative: the vote on it may come behind.
    """
    return "decision" if mention.kind == "Decision" or mention.rule in PASSIVE else "vote"


def captioned_vote(layout: Layout, block: Block, found: Sequence[Mention]) -> Span | None:
    """The caption of a line that names what is voted and tells the vote: « Repas adulte : 10 pour, 2 contre »."""
    head = None if block.is_row else CAPTION.match(block.text)
    votes = [m for m in found if role_of(m) == "vote"]
    if head is None or not votes or refused(layout, block, Headline(block.span)):
        return None
    if layout.grammar.has("NotAHeading", fold(head[1])):
        return None
    first = min(m.span.start for m in votes) - block.span.start
    detailed = first > head.end() and DETAIL.fullmatch(block.text, head.end(), first)
    if not detailed and not head.end(1) <= first <= head.end() + AT_ONCE:
        return None
    return Span(*head.span(1)).shift(block.span.start)


def motions_in(layout: Layout, blocks: Sequence[Block]) -> dict[int, Span]:
    """The captions of the parts of an item that are put to the vote one by one, by the index of their block.

    « Article 5 » / « Vote : 25 pour » / « Article 17 » / « Vote : unanimité »: each has its own vote;
    the articles of one decision have none.
    """
    captions = [(at, title) for at, block in enumerate(blocks) if (title := motion_caption(layout, block))]
    ends = [*(at for at, _ in captions[1:]), len(blocks)]
    told: dict[int, set[str]] = {}
    for (at, _), end in zip(captions, ends, strict=False):
        told[at] = {role_of(m) for b in blocks[at + 1 : end] for m in decisive_mentions(layout, b)}
    voted = sum("vote" in roles for roles in told.values())
    return {blocks[at].index: title for at, title in captions if told[at]} if voted >= FEWEST_MOTIONS else {}


def motion_caption(layout: Layout, block: Block) -> Span | None:
    """The part of an item that a line names and says nothing of: « Amendement n° 2 – Gratuité »."""
    found = None if block.is_row else block.first("MotionHeading", layout.grammar)
    if found is None or block.has("FiniteVerb", layout.grammar):
        return None
    return found.fields["title"]


def parts_of(layout: Layout, block: Block) -> Iterator[Block]:
    """The block cut where another motion of it is put to the vote; the whole block where it tells one only."""
    starts = [0, *(m.start() for m in SENTENCE.finditer(block.text) if m.start()), len(block.text)]
    cuts = [0]
    for start, end in pairwise(starts[1:]):
        part = part_of(block, start, end)
        if block.is_row or not tells_motion(layout, part):
            continue
        cuts.append(start)
    if len(cuts) > 1 and not tells_motion(layout, part_of(block, 0, cuts[1])):
        cuts = [0, *cuts[2:]]
    yield from (part_of(block, start, end) for start, end in pairwise([*cuts, len(block.text)]))


def tells_motion(layout: Layout, part: Block) -> bool:
    """Whether a sentence names what is voted and tells the vote, or votes on what amendments have changed."""
    whole = part.has("WholeMotion", layout.grammar)
    if not whole and not CAPTION.match(part.text):
        return False
    found = decisive_mentions(layout, part)
    votes = any(role_of(m) == "vote" for m in found)
    return votes and (whole or captioned_vote(layout, part, found) is not None)


def part_of(block: Block, start: int, end: int) -> Block:
    """A stretch of a block as a block of its own."""
    if (start, end) == (0, len(block.text)):
        return block
    span = Span(block.span.start + start, block.span.start + end)
    return replace(block, span=span, text=block.text[start:end], _found={})
