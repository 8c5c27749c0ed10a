"""Ballots: the votes of an item told apart, each with the text that leads up to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.motions import (
    captioned_vote,
    decisive_mentions,
    motions_in,
    parts_of,
    role_of,
    tells_motion,
)
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.segmentation.headings import DECIDING, Heading, candidates, refused
from pv_extract.segmentation.openings import SET_OFF
from pv_extract.segmentation.sections import Section
from pv_extract.segmentation.titles import Headline
from pv_extract.text import Span

UNCAPTIONED = ("plain", *SET_OFF, "register", "arabic", "bare", "alone")  # styles of candidates that caption no vote
BY_SIGN = regex.compile(r"_plus_one\Z")  # rules that read votes told as +1, 0, -1
LONGEST_PLAIN_CAPTION = 60  # characters
CAPTION_REACH = 3  # lines between a caption and what is decided under it
ARROW = regex.compile(r"\s*(?:→|➔|➜|►|[=-]+>)")  # « → Adopté », one line for each decision
ANNOUNCED = regex.compile(r"\b(?:resolution|deliberation|decision|motion)s?\s+(?:suivante?s?|ci-apres)\s*:\s*\Z")
LEAST_RUN_ON = 40  # characters behind a title on its line that are the item's text


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
    caption: Span | None = None


def is_collection(layout: Layout, section: Section) -> bool:
    """Whether an item only collects others: « Questions diverses ». Its decisions need headings of their own."""
    heading = section.heading
    return bool(heading and heading.block.has("SectionHeading", layout.grammar))


def body_of(layout: Layout, section: Section) -> list[Block]:
    """The blocks under an item's heading; the heading's own where text, or its vote, stands behind it."""
    heading = section.heading
    below = [b for b in section.blocks if heading is None or b.index > heading.last]
    if heading and (heading.block.is_row or runs_on(layout, heading)):
        return [heading.block, *below]
    return below or list(section.blocks)


def runs_on(layout: Layout, heading: Heading) -> bool:
    """Whether a heading's line goes on behind the title: by the item's text, or by its vote."""
    behind = Span(heading.title.end, heading.block.span.end) if heading.title else None
    if behind is None:
        return False
    votes = (m for kind in DECIDING for m in heading.block.find(kind, layout.grammar))
    return behind.end - behind.start > LEAST_RUN_ON or any(m.span.end > behind.start for m in votes)


def split_ballots(layout: Layout, section: Section) -> list[Ballot]:
    """The votes of an item that decide something; those of an election are one."""
    body = tuple(body_of(layout, section))
    ballots = ballots_in(layout, body)
    told = [b for b in ballots if tells_decision(b) and not announces(layout, b, body[-1])]
    elects = is_election(layout, section)
    if told and elects and any(b.has("Ballots", layout.grammar) for b in section.blocks):
        return [Ballot(body, tuple(m for b in told for m in b.mentions))]
    chooses = elects or any(b.has("ChoiceVotes", layout.grammar) for b in section.blocks)
    return told or ([Ballot(body, tuple(m for b in ballots for m in b.mentions))] if chooses else [])


def announces(layout: Layout, ballot: Ballot, last: Block) -> bool:
    """Whether the last line of an item only announces what the next decides: « adopte la résolution suivante : »."""
    alone = all(m.span.start >= last.span.start for m in ballot.mentions)
    return alone and bool(ANNOUNCED.search(last.lowered))


def ballots_in(layout: Layout, body: Sequence[Block]) -> list[Ballot]:
    """The votes that blocks tell; a new one begins where what led the first comes again behind a whole one."""
    state = Splitting(layout)
    leading: str | None = None
    motions = motions_in(layout, body)
    parts = [part for whole in body for part in parts_of(layout, whole)]
    last = max((m.span.end for part in parts for m in decisive_mentions(layout, part)), default=0)
    for block in parts:
        if block.index in motions and state.caption != motions[block.index]:
            close(state)
            leading, state.caption = None, motions[block.index]
        found = [m for m in decisive_mentions(layout, block) if not is_set_aside(layout, block, m, last)]
        kinds = {role_of(m) for m in found}
        if found and leading is None:
            leading = "decision" if role_of(found[0]) == "decision" else "vote"
        if found and leading and begins_new(state, block, found, kinds, leading):
            close(state, carry=True)
        state.blocks.append(block)
        state.mentions += [(block, m) for m in found]
    close(state)
    return state.done


def is_set_aside(layout: Layout, block: Block, mention: Mention, last: int) -> bool:
    """Whether a refusal is that of what a member proposed in the debate: something behind it, up to ``last``, decides.

    « Mme Roux propose d'attendre ; cette proposition n'est pas retenue » / « Le conseil fixe le tarif ».
    """
    asides = (m.span for m in block.find("SetAside", layout.grammar) if m.span.end < last)
    return any(aside.start <= mention.span.start < aside.end for aside in asides)


def is_election(layout: Layout, section: Section) -> bool:
    """Whether an item elects somebody: candidates have voices, somebody is proclaimed elected, its title says so."""
    heading = section.heading
    title = fold(layout.read(heading.title)).lower() if heading and heading.title else ""
    called = any("election" in m.span.of(title) for m in layout.grammar.find("ElectionOffice", title))
    kinds = ("CandidateVotes", "Elected", *(("Ballots",) if called else ()))
    return any(b.has(kind, layout.grammar) for b in section.blocks for kind in kinds)


def begins_new(state: Splitting, block: Block, found: Sequence[Mention], kinds: set[str], leading: str) -> bool:
    """Whether a block with mentions begins another vote than the one being read."""
    seen = [(b, m) for b, m in state.mentions if m.kind in ("Decision", "VoteOutcome", "VoteCount")]
    if not seen:
        return False
    grammar, last = state.layout.grammar, seen[-1][0]
    lettered = all(b.has("LetteredVote", grammar) for b in (block, last))
    if lettered or tells_motion(state.layout, block) or counts_anew(state, found):
        return True
    if block.has("BareAdoption", grammar) and not last.has("BareAdoption", grammar):
        return False
    have = {role_of(m) for _, m in seen}
    gap = block.index - last.index
    votes = [m for m in found if m.kind in ("VoteOutcome", "VoteCount") and not m.sets.get("secret")]
    if leading == "decision" and have == {"decision", "vote"}:
        formula = any(m.rule.endswith("deliberated") for m in found)
        return formula and (bool(votes) or gap > 2 or under_caption(state, last))
    if votes and (have == {"vote"} or leading == "vote"):
        pointed = all(ARROW.match(b.text) for b in (block, last))
        apart = gap > 1 or pointed or "decision" in kinds or tells_motion(state.layout, last)
        return conflicting(state, votes) and apart
    return False


def counts_anew(state: Splitting, found: Sequence[Mention]) -> bool:
    """Whether those in favour are named again, behind a result: « +1 : Anne » / « Rejetée. » / « +1 : Anne, Paul »."""
    before = [m for _, m in state.mentions]
    decided = any(m.sets.get("outcome") for m in before)
    return decided and any(BY_SIGN.search(m.rule) for m in found) and any(BY_SIGN.search(m.rule) for m in before)


def under_caption(state: Splitting, last: Block) -> bool:
    """Whether a sub-heading stands between the last mention of a ballot and the block that is read."""
    return any(sub_heading(state.layout, b) for b in state.blocks if b.index > last.index)


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
        state.done.append(Ballot(tuple(state.blocks), tuple(m for _, m in state.mentions), state.caption))
    state.blocks, state.mentions = ahead, []


def tells_decision(ballot: Ballot) -> bool:
    """Whether mentions amount to a decision: names, the number of voters, a secret ballot alone do not."""
    outcome = any(m.sets.get("outcome") for m in ballot.of("VoteOutcome"))
    counted = any(m.fields.keys() - {"voting"} for m in ballot.of("VoteCount"))
    return bool(ballot.of("Decision") or outcome or counted)


def captioned(layout: Layout, ballots: Sequence[Ballot]) -> list[Ballot]:
    """The ballots with the sub-headings printed above them; a ballot without one goes on under that of the last.

    What stands before a vote on its own line (« Amendement n° 1 : rejeté ») is the caption of that vote alone.
    """
    out: list[Ballot] = []
    above: Span | None = None
    for ballot in ballots:
        first = min(m.span.start for m in ballot.mentions) if ballot.mentions else ballot.blocks[-1].span.end
        lead = [b for b in ballot.blocks if b.span.start <= first]
        own = ballot.caption
        if own is None and lead:
            own = captioned_vote(layout, lead[-1], decisive_mentions(layout, lead[-1]))
        if own is None:
            above = next((c for b in reversed(lead) if (c := sub_heading(layout, b))), above)
        out.append(replace(ballot, caption=own or above))
    return out


def leads_to_decision(layout: Layout, block: Block) -> bool:
    """Whether a short plain line stands right above the operative part: « Piscine » / « Le conseil approuve… ».

    Who reports or leaves the room may stand between them.
    """
    if len(block.text) > LONGEST_PLAIN_CAPTION:
        return False
    below = layout.blocks[block.index + 1 : block.index + 1 + CAPTION_REACH]
    between = takewhile(lambda b: any(b.has(kind, layout.grammar) for kind in ("Event", "Rapporteur")), below)
    decides = layout.blocks[block.index + 1 + len(list(between)) :][:1]
    return any(b.has("Decision", layout.grammar) for b in decides)


def sub_heading(layout: Layout, block: Block) -> Span | None:
    """The caption that a block is or opens with: a loud line, a list item « Subvention CCAS : … », a vote's own."""
    if caption := captioned_vote(layout, block, decisive_mentions(layout, block)):
        return caption
    found = next(iter(candidates(layout, [block], ())), None)
    if found and found.title and found.style not in UNCAPTIONED:
        return None if layout.grammar.has("GenericCaption", layout.folded(found.title)) else found.title
    if found and found.style == "plain" and leads_to_decision(layout, block):
        return found.title
    opening = regex.match(r"[\s_]*[-+*•°>]+[\s_]*(\p{Lu}[^\n:.;]{4,90}?)\s*(?::|$)", block.text)
    if opening is None or refused(layout, block, Headline(block.span)):
        return None
    if layout.grammar.has("NotAHeading", fold(opening[1])):
        return None
    return Span(*opening.span(1)).shift(block.span.start)
