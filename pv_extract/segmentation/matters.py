"""Items without titles: the paragraphs that open each matter, « Sur la pétition du sieur Morel… », in running prose."""

from collections.abc import Iterator, Sequence

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.segmentation.headings import Heading
from pv_extract.text import Span

STYLE = "matter"
SHORTEST = 60  # characters of a paragraph that can open a matter
SHORTEST_OPENING, LONGEST_OPENING = 25, 160  # characters of the words that stand for a title
FEWEST_MATTERS = 2  # that decide something; one paragraph alone proves no habit
PAUSE = regex.compile(r"(?<!\b(?:M|MM|Mme|Mlle|Dr|St|n|art))\s*(?:[;:.]\s|,\s|$)")
DECIDES = ("Decision", "VoteOutcome", "VoteCount")
ELECTS = ("CandidateVotes", "ChoiceVotes", "Ballots")
ASKS = regex.compile(r"[^\n.;]{0,40}?\bet\s+(?:demande|propose|réclame|expose|signale|sollicite)\b")  # who comes in
NO_MATTER = ("Secretary", "Approval", "ProceduralVote", "Procedural", "Closing", "MeetingDate")


def matters(layout: Layout, blocks: Sequence[Block]) -> list[Heading]:
    """The paragraphs of ``blocks`` that open a matter: by their first words, or as they decide it themselves.

    None unless several of them decide something.
    """
    found: list[Heading] = []
    decided: set[int] = set()
    for paragraph in paragraphs(blocks):
        decides = decides_matter(layout, paragraph)
        if opens_matter(layout, paragraph[0], decides):
            found.append(untitled(layout, paragraph[0]))
        if decides and found:
            decided.add(found[-1].block.index)
    return found if len(decided) >= FEWEST_MATTERS else []


def paragraphs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that no blank line parts, together."""
    paragraph: list[Block] = []
    for block in blocks:
        if paragraph and (block.gap_before or block.index != paragraph[-1].index + 1):
            yield paragraph
            paragraph = []
        paragraph.append(block)
    if paragraph:
        yield paragraph


def decides_matter(layout: Layout, paragraph: Sequence[Block]) -> bool:
    """Whether a paragraph tells a decision, or an election with its ballots."""
    return any(block.has(kind, layout.grammar) for block in paragraph for kind in (*DECIDES, *ELECTS))


def opens_matter(layout: Layout, block: Block, decides: bool) -> bool:
    """Whether a paragraph begins another matter than the one above it."""
    if block.is_row or len(block.text.strip()) < SHORTEST or not block.text.strip()[:1].isupper():
        return False
    if any(block.has(kind, layout.grammar) for kind in NO_MATTER) or opens_with_movement(layout, block):
        return False
    return block.has("MatterOpening", layout.grammar) or (decides and not block.has("RefersBack", layout.grammar))


def opens_with_movement(layout: Layout, block: Block) -> bool:
    """Whether a paragraph begins with the coming or going of somebody who asks for nothing: « Est survenu Morel »."""
    start = block.span.start + len(block.text) - len(block.text.lstrip())
    first = [event for event in block.find("Event", layout.grammar) if event.span.start <= start]
    return any(not ASKS.match(layout.read(Span(event.span.end, block.span.end))) for event in first)


def untitled(layout: Layout, block: Block) -> Heading:
    """A paragraph as the heading of its matter: its first words, up to a pause, stand for a title."""
    start = block.span.start + len(block.text) - len(block.text.lstrip())
    text = layout.read(Span(start, block.span.end))
    pause = PAUSE.search(text, SHORTEST_OPENING)
    end = pause.start() if pause and pause.start() <= LONGEST_OPENING else last_word(text)
    return Heading(block, block.index, STYLE, "heading.matter", title=trimmed(layout, Span(start, start + end)))


def last_word(text: str) -> int:
    """Where the last whole word ends of what is not too long for a title."""
    return len(text) if len(text) <= LONGEST_OPENING else text.rfind(" ", 0, LONGEST_OPENING)
