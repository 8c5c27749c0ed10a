"""Ballots: the votes of an item told apart, each with the text that leads up to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.headings import candidates, refused
from pv_extract.mentions import Mention
from pv_extract.sections import Section
from pv_extract.text import Span
from pv_extract.titles import Headline

LONGEST_PLAIN_CAPTION = 60  # characters
CAPTION = regex.compile(r"\W*(\p{Lu}[^\n:.;()]{3,70}?\p{L})\s*:\s*(?:=>\s*)?")
LEAST_RUN_ON = 40  # characters behind a title on its line that are the item's text
WIDEST_VOTE_ROW = 3  # filled cells; wider rows hold the item's data, unless they count voices


@dataclass(frozen=True)
class Ballot:
    """The mentions that tell one decision, and the blocks that lead up to it."""

    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    caption: Span | None = None

    def of(self, kind: str) -> list[Mention]:
        """The mentions of a kind."""
        return [m for m in self.mentions if m.kind == kind]


@dataclass
class Splitting:
    """The ballots found so far, and the one that is being read."""

    layout: Layout
    done: list[Ballot] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    mentions: list[tuple[Block, Mention]] = field(default_factory=list)


def is_collection(layout: Layout, section: Section) -> bool:
    """Whether an item only collects others: « Questions diverses ». Its decisions need headings of their own."""
    heading = section.heading
    return bool(heading and heading.block.has("SectionHeading", layout.grammar))


def body_of(section: Section) -> list[Block]:
    """The blocks under an item's heading; the heading's own where text runs on behind it."""
    heading = section.heading
    below = [b for b in section.blocks if heading is None or b.index > heading.last]
    runs_on = heading and heading.title and heading.block.span.end - heading.title.end > LEAST_RUN_ON
    if heading and (runs_on or heading.block.is_row):
        return [heading.block, *below]
    return below or list(section.blocks)


def decisive_mentions(layout: Layout, block: Block) -> list[Mention]:
    """The mentions of a block that tell a decision or a vote, in order; votes on how to vote are not among them."""
    if holds_data(layout, block) or on_procedure(layout, block):
        return []
    found = block.find_all("VoteOutcome", layout.grammar)
    found += [m for kind in ("Decision", "VoteCount", "NamedVoters") for m in block.find(kind, layout.grammar)]
    past = [m.span for m in block.find("PastVote", layout.grammar)]
    told = [m for m in found if not any(p.start <= m.span.start < p.end for p in past)]
    return sorted(told, key=lambda m: (m.span.start, m.span.end))


def holds_data(layout: Layout, block: Block) -> bool:
    """Whether a wide table row is not a vote's: « Pour 20 | Contre 0 | Abst. 0 | NPPV 2 » is one."""
    if sum(c.end > c.start for c in block.cells()) <= WIDEST_VOTE_ROW:
        return False
    return all(len(m.fields) < 2 for m in block.find("VoteCount", layout.grammar))


def on_procedure(layout: Layout, block: Block) -> bool:
    """Whether a block tells a vote on procedure: it says so, or it is the short answer to a block that asks."""
    if block.has("ProceduralVote", layout.grammar):
        return True
    if block.index == 0 or len(block.text) > 80:
        return False
    asked = layout.blocks[block.index - 1]
    return asked.has("ProceduralVote", layout.grammar) and asked.text.rstrip().endswith((":", "?", "."))


def split_ballots(layout: Layout, section: Section) -> list[Ballot]:
    """The votes of an item; a new one begins where what led the first comes again behind a whole one."""
    state = Splitting(layout)
    leading: str | None = None
    for block in body_of(section):
        found = decisive_mentions(layout, block)
        kinds = {role_of(m) for m in found}
        if found and leading is None:
            leading = "decision" if role_of(found[0]) == "decision" else "vote"
        if found and leading and begins_new(state, block, found, kinds, leading):
            close(state, carry=True)
        state.blocks.append(block)
        state.mentions += [(block, m) for m in found]
    close(state)
    told = [b for b in state.done if tells_decision(b)]
    if told and any(b.has("Ballots", layout.grammar) for b in section.blocks):
        return [Ballot(tuple(body_of(section)), tuple(m for b in told for m in b.mentions))]
    return told or ([whole(section)] if is_election(layout, section) else [])


def whole(section: Section) -> Ballot:
    """The whole item as one ballot."""
    return Ballot(tuple(body_of(section)))


def is_election(layout: Layout, section: Section) -> bool:
    """Whether an item elects somebody: candidates have voices, or somebody is proclaimed elected."""
    return any(b.has("CandidateVotes", layout.grammar) or b.has("Elected", layout.grammar) for b in section.blocks)


def role_of(mention: Mention) -> str:
    """Whether a mention is the operative part or tells the vote; « décide » may stand beside both."""
    return "decision" if mention.kind == "Decision" else "vote"


def begins_new(state: Splitting, block: Block, found: Sequence[Mention], kinds: set[str], leading: str) -> bool:
    """Whether a block with mentions begins another vote than the one being read."""
    seen = [(b, m) for b, m in state.mentions if m.kind in ("Decision", "VoteOutcome", "VoteCount")]
    if not seen:
        return False
    if captioned_vote(state.layout, block, found):
        return True
    have = {role_of(m) for _, m in seen}
    gap = block.index - seen[-1][0].index
    votes = [m for m in found if m.kind in ("VoteOutcome", "VoteCount") and not m.sets.get("secret")]
    if leading == "decision" and have == {"decision", "vote"}:
        formula = any(m.rule.endswith("deliberated") for m in found)
        return formula and (bool(votes) or gap > 2)
    if votes and (have == {"vote"} or leading == "vote"):
        return conflicting(state, votes) and (gap > 1 or "decision" in kinds)
    return False


def captioned_vote(layout: Layout, block: Block, found: Sequence[Mention]) -> Span | None:
    """The caption of a line that names what is voted and tells the vote: « Repas adulte : 10 pour, 2 contre »."""
    head = None if block.is_row else CAPTION.match(block.text)
    votes = [m for m in found if role_of(m) == "vote"]
    if head is None or not votes or refused(layout, block, Headline(block.span)):
        return None
    first = min(m.span.start for m in votes) - block.span.start
    if not head.end(1) <= first <= head.end() + 2:
        return None
    return Span(*head.span(1)).shift(block.span.start)


def conflicting(state: Splitting, votes: Sequence[Mention]) -> bool:
    """Whether votes tell anew what the ballot being read has told already."""
    before = [m for _, m in state.mentions]
    both_counted = any(m.kind == "VoteCount" for m in before) and any(m.kind == "VoteCount" for m in votes)
    both_said = any(m.sets.get("outcome") for m in before) and any(m.sets.get("outcome") for m in votes)
    fields = {f for m in before if m.kind == "VoteCount" for f in m.fields}
    return (both_counted and any(f in fields for m in votes for f in m.fields)) or both_said


def close(state: Splitting, *, carry: bool = False) -> None:
    """End the ballot that is being read; with ``carry``, what stands behind its last mention leads to the next."""
    last = state.mentions[-1][0].index if state.mentions else -1
    ahead = [b for b in state.blocks if carry and b.index > last]
    state.blocks = [b for b in state.blocks if b not in ahead]
    if state.blocks:
        state.done.append(Ballot(tuple(state.blocks), tuple(m for _, m in state.mentions)))
    state.blocks, state.mentions = ahead, []


def tells_decision(ballot: Ballot) -> bool:
    """Whether mentions amount to a decision: names alone, or a secret ballot without result, do not."""
    outcome = any(m.sets.get("outcome") for m in ballot.of("VoteOutcome"))
    return bool(ballot.of("Decision") or outcome or ballot.of("VoteCount"))


def captioned(layout: Layout, ballots: Sequence[Ballot]) -> list[Ballot]:
    """The ballots with the sub-headings printed above them; a ballot without one goes on under that of the last."""
    out: list[Ballot] = []
    caption: Span | None = None
    for ballot in ballots:
        first = min(m.span.start for m in ballot.mentions) if ballot.mentions else ballot.blocks[-1].span.end
        lead = [b for b in ballot.blocks if b.span.start <= first]
        caption = next((c for b in reversed(lead) if (c := sub_heading(layout, b))), caption)
        out.append(replace(ballot, caption=caption))
    return out


def leads_to_decision(layout: Layout, block: Block) -> bool:
    """Whether a short plain line stands right above the operative part: « Piscine » / « Le conseil approuve… »."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    return len(block.text) <= LONGEST_PLAIN_CAPTION and any(b.has("Decision", layout.grammar) for b in below)


def sub_heading(layout: Layout, block: Block) -> Span | None:
    """The caption that a block is or opens with: a loud line, a list item « Subvention CCAS : … », a vote's own."""
    if caption := captioned_vote(layout, block, decisive_mentions(layout, block)):
        return caption
    found = next(iter(candidates(layout, [block], ())), None)
    if found and found.title and found.style not in ("plain", "register", "arabic"):
        return found.title
    if found and found.style == "plain" and leads_to_decision(layout, block):
        return found.title
    opening = regex.match(r"[\s_]*[-+*•°>]+[\s_]*(\p{Lu}[^\n:.;]{4,90}?)\s*(?::|$)", block.text)
    if opening is None or refused(layout, block, Headline(block.span)):
        return None
    return Span(*opening.span(1)).shift(block.span.start)
