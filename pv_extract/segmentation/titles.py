"""Titles: which words of a line can be one, where it ends, and what else stands behind it on the line."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.text import Span

WORD = regex.compile(r"\S+")
ABBREVIATED = regex.compile(
    r"(?<=\b[^\W\d_aeiouyàâéèêëîïôùûAEIOUYÀÂÉÈÊËÎÏÔÙÛ]{2,4})\.$"
)  # « par le Pdt. » ends no sentence
MEASURE = regex.compile(r"[\d\s.,]+(?:€|euros|%|m²|m2|h\b|ha\b)")
WORDS_BEFORE_BRACKET = regex.compile(r"\p{L}[\p{L}' ,-]{11,}\(")  # « Hausse en deux fois (+ 0,06 € au 1/07, … ) »
ACRONYM = regex.compile(r"\p{Lu}{2,}\b")  # « DM n° 2 », « RIFSEEP »
LEAST_CONFIDENCE = 0.4  # mean over a line; a stamp read across text has less
SHORTEST_TITLE = 3  # letters: « Vœu »
LONGEST_TITLE = 320
SHORTEST_BOLD = 4  # characters in bold that are a title
HALF = 0.5  # share of a word's characters
LONGEST_TAIL = 120  # characters
STOP_AND_DASH = regex.compile(r"(?<=[\p{L}\d)»\"])\s?[.:]\s?[–—-]+\s+(?=[\p{Lu}«\"])")
SET_APART = regex.compile(r"[\t(\[…]|\s{4}|[._]{4}|\s[–-]\s|:")  # what parts a title from what stands behind it


@dataclass(frozen=True)
class Headline:
    """A line up to where its title ends, and the number or register reference that is set behind it."""

    span: Span
    number: Span | None = None
    reference: Span | None = None

    def cells(self, layout: Layout) -> int:
        """How many cells of the line hold something."""
        return sum(bool(cell.strip()) for cell in layout.read(self.span).split("\t"))


def headline(layout: Layout, block: Block) -> Headline:
    """The line of a block without what stands behind its title: « 1. Budget » of « 1. Budget ⇥ Délib. 2024-19 »."""
    line = Headline(block.span)
    if len(block.text) > 2 * LONGEST_TITLE or not SET_APART.search(block.text, max(0, len(block.text) - LONGEST_TAIL)):
        return line
    while tail := next(tails(layout, block, line.span), None):
        number, reference = tail.fields.get("number"), tail.fields.get("reference")
        line = Headline(Span(line.span.start, tail.span.start), line.number or number, line.reference or reference)
    return line


def tails(layout: Layout, block: Block, span: Span) -> Iterator[Mention]:
    """What rules of the grammars know as set behind a title, at the end of a span of the block."""
    folded = block.folded[: span.end - span.start].rstrip()
    for rule in layout.grammar.by_kind.get("TitleTail", ()):
        yield from (m.shift(span.start) for m in rule.find(folded, block.promising))


def title_like(text: str) -> bool:
    """Whether a text can be a title: letters enough, no sum of money first, not a list item's tail."""
    if MEASURE.match(text):
        return False
    letters = sum(c.isalpha() for c in text)
    worded = letters >= 0.4 * len(text) or bool(WORDS_BEFORE_BRACKET.match(text))
    return (letters >= SHORTEST_TITLE or bool(ACRONYM.match(text))) and worded


def short_title(layout: Layout, block: Block, title: Span) -> Span:
    """The title alone where text runs on behind it: the bold run, or what stands before « : » or a full stop."""
    if layout.document.styles and not block.bold:
        run = bold_run(layout, title)
        if run is not None:
            return run
    title = caption_alone(layout, title)
    text = layout.read(title)
    if len(text) <= 160:
        return title
    cut = regex.search(r"(?<=\p{L}{3}[)\"»]?)\s?[:.]\s+(?=\p{Lu})", text[:LONGEST_TITLE])
    return trimmed(layout, Span(title.start, title.start + cut.start())) if cut else title


def caption_alone(layout: Layout, title: Span) -> Span:
    """« Octroi » of « Octroi. — M. le maire propose un tarif. »: what a stop and a dash part from a sentence."""
    text = layout.read(title)
    cut = STOP_AND_DASH.search(text, SHORTEST_TITLE)
    told = fold(text[cut.end() :]) if cut else ""
    prose = any(layout.grammar.has(kind, told) for kind in ("FiniteVerb", "Clause", "VoteOutcome", "Decision"))
    return Span(title.start, title.start + cut.start()) if cut and prose else title


def bold_run(layout: Layout, span: Span) -> Span | None:
    """The bold words at the start of a span, where the rest is not bold."""
    end = bold_length(layout, span)
    whole = end >= len(layout.read(span).rstrip())
    return None if end < SHORTEST_BOLD or whole else trimmed(layout, Span(span.start, span.start + end))


def bold_length(layout: Layout, span: Span) -> int:
    """How many characters of a span its bold words at the start take."""
    end = 0
    for word in WORD.finditer(layout.read(span)):
        if layout.style(Span(span.start + word.start(), span.start + word.end()))[0] < HALF:
            break
        end = word.end()
    return end


def legible(layout: Layout, span: Span) -> bool:
    """Whether the engine was sure enough of a line for its words to be a title that nothing else announces."""
    read = layout.document.confidences_in(layout.source_span(span))
    return not read or sum(read) / len(read) >= LEAST_CONFIDENCE
