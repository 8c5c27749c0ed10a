"""Titles in plain type at the head of a paragraph: « Salle. — M. le maire… », « • Voirie : … », « École. » alone."""

from dataclasses import dataclass

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.grammar import fold
from pv_extract.segmentation.titles import ABBREVIATED, title_like
from pv_extract.text import Span

SET_OFF = ("bullet", "stopped")  # styles that a dash or a full stop alone tells from running text
OPENING = ("caption", "dashed", "label", *SET_OFF)  # styles of titles in plain type
SHORTEST_LABELLED = 70  # characters; a shorter line with a colon is no paragraph under a label
LONGEST_STANDING = 160  # characters of a title of two parts that stands alone
LONGEST_STOPPED = 80  # characters of a title that a full stop ends
WORDIEST_STOPPED = 10  # words of it
SHORTENED = r"\b(?:M|MM|Mme|Mlle|Dr|n|N|art|St|Ste)"
WORDS = rf"\p{{Lu}}(?:[^\n:;.]|(?<={SHORTENED})\.|\.(?=\p{{L}}|\d{{3}})){{2,90}}?"
STOP = rf"(?:(?<!{SHORTENED})\.|:)"
LABEL = regex.compile(r"\s*(\p{Lu}[^\n:.;,()]{3,70}?)\s*:\s+(?=[\p{L}\d])")
CAPTION = regex.compile(
    rf"\s*(?:[-–—•*]\s+)?({WORDS}(?:\.\s{WORDS})?)\s?{STOP}\s?[-–—]+\s+(?=[\p{{Lu}}«\"]|(?<=\p{{L}}{{3}}\W+)\d+\s\p{{L}}{{3}})"
)
BULLET = regex.compile(
    rf"\s*(?:[-–—•*>✓]|o(?=\s+\p{{Lu}}))\s*({WORDS})\s*(?:{STOP}\s+(?=\S)|\s[-–—]\s+(?=\S)(?![^\n.:;]{{0,60}}\s?:\s)|\s*$)"
)
DASHED = regex.compile(r"\s*(\p{Lu}[^\n\t]{1,140}?)\s?[.:]\s?[-–—]+\s*")
TITLE_PART = r"[^\n\t.:;!?]*(?:(?<=\b\p{L}{1,3})\.[^\n\t.:;!?]*)*"
TWO_PARTS = regex.compile(rf"\s*\p{{Lu}}{TITLE_PART}[.:]\s?[-–—]+\s+\p{{Lu}}{TITLE_PART}\.?\s*")
STOPPED = regex.compile(r"\s*(\p{Lu}[^\n\t:;!?]{2,}?)\.\s*")


@dataclass(frozen=True)
class Opening:
    """The title that opens a paragraph, and how it is set off from what follows."""

    style: str
    title: Span


def opening_of(layout: Layout, block: Block) -> Opening | None:
    """The title that a block in plain type opens with, told in the surest way; None where it opens with none."""
    if block.is_row:
        return None
    ways = {
        "dashed": DASHED.fullmatch(block.text) if block.gap_before else None,
        "caption": None if stands_alone(layout, block) else CAPTION.match(block.text),
        "bullet": None if block.bold else BULLET.match(block.text),
        "label": labelled(block),
        "stopped": stopped(layout, block),
    }
    told = next(((style, found) for style, found in ways.items() if found and is_title(layout, found[1])), None)
    if told is None or block.has("NotAHeading", layout.grammar):
        return None
    return Opening(told[0], Span(*told[1].span(1)).shift(block.span.start))


def stands_alone(layout: Layout, block: Block) -> bool:
    """Whether a block between blank lines is a title of two parts: « Chemin n° 7. – Demande d'élargissement »."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    alone = block.gap_before and below and below[0].gap_before and len(block.text.strip()) <= LONGEST_STANDING
    prose = ("VoteOutcome", "Clause", "FiniteVerb") if block.text.rstrip().endswith(".") else ("VoteOutcome",)
    return bool(alone and TWO_PARTS.fullmatch(block.text)) and not any(block.has(k, layout.grammar) for k in prose)


def labelled(block: Block) -> regex.Match[str] | None:
    """« Salle des fêtes : Mme Roux propose… » at the head of a paragraph."""
    long = block.gap_before and len(block.text) >= SHORTEST_LABELLED
    return LABEL.match(block.text) if long else None


def stopped(layout: Layout, block: Block) -> regex.Match[str] | None:
    """« Traitement du garde champêtre. » alone between blank lines; not where an abbreviation ends it."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    alone = block.gap_before and below and below[0].gap_before
    if not alone or block.upper or block.bold or len(block.text.strip()) > LONGEST_STOPPED:
        return None
    if ABBREVIATED.search(block.text.rstrip()):
        return None
    found = STOPPED.fullmatch(block.text)
    if found is None or len(found[1].split()) > WORDIEST_STOPPED:
        return None
    return None if any(layout.grammar.has(kind, fold(found[1])) for kind in ("Clause", "SpeakerTurn")) else found


def is_title(layout: Layout, text: str) -> bool:
    """Whether words that are set off can be a title: no sentence, no speaker, no result of a vote."""
    folded = fold(text)
    told = ("FiniteVerb", "NotAHeading", "VoteOutcome", "VoteCount")
    return title_like(text) and not any(layout.grammar.has(kind, folded) for kind in told)
