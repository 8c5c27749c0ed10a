"""The normalised text as blocks: paragraphs, list items, headings, table rows, each with its looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from pv_extract.document import Document
from pv_extract.grammar import Grammar, fold, without_overlaps
from pv_extract.grammar.screening import NOTHING_PASSES, Passing
from pv_extract.mentions import Mention
from pv_extract.text import AlignedText, Span

CELLWISE = ("VoteOutcome", "VoteCount", "NamedVoters")  # what a cell of a table may say as a line does
# What stands between blanks and stray punctuation.
WORDS = regex.compile(r"[^\s*_|>•-].*[^\s*_|:;,–-]|[^\s*_|>•:;,–-]", regex.DOTALL)
EMPHASIS = 0.85  # share of a block's letters that must be bold for the block to be bold


@dataclass(frozen=True)
class Block:
    """One line of the normalised text: where it stands, what it says, how it looks, which rules may read it.

    ``told`` is what a row says together with the heads of its table.
    """

    index: int
    span: Span
    text: str
    gap_before: bool
    bold: bool
    italic: bool
    promising: Passing = NOTHING_PASSES
    told: tuple[Mention, ...] = ()
    _found: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """The text without accents, with plain quotes and hyphens; same length."""
        return fold(self.text)

    @cached_property
    def lowered(self) -> str:
        """The folded text in lower case."""
        return self.folded.lower()

    @cached_property
    def upper(self) -> bool:
        """Whether the block is written in capitals."""
        letters = [c for c in self.folded if c.isalpha()]
        return len(letters) >= 4 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)

    @property
    def is_row(self) -> bool:
        """Whether the block is a table row."""
        return "\t" in self.text

    def cells(self) -> list[Span]:
        """The spans of the row's cells in the normalised text, blanks trimmed; an empty cell is empty."""
        spans, at = [], self.span.start
        for cell in self.text.split("\t"):
            lead = len(cell) - len(cell.lstrip())
            spans.append(Span(at + lead, at + max(lead, len(cell.rstrip()))))
            at += len(cell) + 1
        return spans

    def find_all(self, kind: str, grammar: Grammar) -> tuple[Mention, ...]:
        """The mentions of a kind in the block, those that overlap included, with offsets into the normalised text."""
        if not self.told and not self.promising.promises(kind):
            return ()
        if kind not in self._found:
            found = grammar.find_all(kind, self.folded, self.promising)
            if kind in CELLWISE and self.is_row:
                by_cell = grammar.find_all(kind, self.folded.replace("\t", "\n"), self.promising)
                found += [m for m in by_cell if all(m.span != other.span for other in found)]
            own = [m.shift(self.span.start) for m in found]
            self._found[kind] = (*own, *(m for m in self.told if m.kind == kind and m not in own))
        return self._found[kind]

    def find(self, kind: str, grammar: Grammar) -> list[Mention]:
        """The mentions of a kind in the block: of two that overlap, the earlier or longer one."""
        found = self.find_all(kind, grammar)
        return list(without_overlaps(sorted(found, key=lambda m: m.span.start) if self.told else found))

    def first(self, kind: str, grammar: Grammar) -> Mention | None:
        """The first mention of a kind in the block, or None."""
        found = self.find_all(kind, grammar)
        return found[0] if found else None

    def has(self, kind: str, grammar: Grammar) -> bool:
        """Whether the block holds a mention of a kind."""
        return bool(self.find_all(kind, grammar))


@dataclass(frozen=True)
class Layout:
    """A normalised document: its source, its text, its blocks, the rules that ran out of time on it.

    ``annexes`` are blocks that no rule reads, since they are no part of the minutes.
    """

    document: Document
    text: AlignedText
    blocks: tuple[Block, ...]
    grammar: Grammar
    annexes: tuple[Block, ...] = ()
    overruns: set[str] = field(default_factory=set, compare=False, repr=False)

    def source_span(self, span: Span) -> Span:
        """The source characters behind a span of the normalised text."""
        return self.text.source_span(span)

    def read(self, span: Span) -> str:
        """The normalised characters of a span."""
        return self.text.text[span.start : span.end]

    def folded(self, span: Span) -> str:
        """The characters of a span as rules search them."""
        return fold(self.read(span))

    def style(self, span: Span) -> tuple[float, float]:
        """The shares of a span that are bold, and in italics."""
        if not self.document.styles or span.end <= span.start:
            return 0.0, 0.0
        return self.document.style_share(self.source_span(span))

    def find(self, kind: str, blocks: Sequence[Block]) -> list[Mention]:
        """The mentions of a kind in some blocks, in order."""
        return [m for block in blocks for m in block.find(kind, self.grammar)]

    def best(self, kind: str, blocks: Sequence[Block]) -> Mention | None:
        """The first mention of a kind by the surest rule: rules that stand earlier in the grammars win."""
        for rule in self.grammar.by_kind.get(kind, ()):
            for block in blocks:
                found = next(rule.find(block.folded, block.promising), None)
                if found:
                    return found.shift(block.span.start)
        return next((m for block in blocks for m in block.told if m.kind == kind), None)


def blocks_of(text: AlignedText, document: Document, grammar: Grammar) -> Iterator[Block]:
    """The blocks of a normalised text."""
    at, gap, index = 0, True, 0
    for line in text.text.split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        if not line.strip():
            gap = True
            continue
        bold = italic = 0.0
        if document.styles:
            lead = len(line) - len(line.lstrip())
            body = Span(span.start + lead, span.start + len(line.rstrip()))
            bold, italic = document.style_share(text.source_span(body))
        promising = grammar.promising(fold(line))
        yield Block(index, span, line, gap, bold >= EMPHASIS, italic >= EMPHASIS, promising)
        index, gap = index + 1, False


def lay_out(document: Document, text: AlignedText, grammar: Grammar) -> Layout:
    """The normalised document in blocks."""
    return Layout(document, text, tuple(blocks_of(text, document, grammar)), grammar)


def trimmed(layout: Layout, span: Span) -> Span:
    """The span without blanks and stray punctuation at its ends."""
    text = layout.read(span)
    found = WORDS.search(text)
    return Span(span.start + found.start(), span.start + found.end()) if found else span
