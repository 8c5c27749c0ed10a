"""Candidates: the lines that could open an item, with their number, register reference and title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.mentions import Mention
from pv_extract.segmentation.numbering import rank_of, same_title
from pv_extract.segmentation.openings import opening_of
from pv_extract.segmentation.titles import (
    ABBREVIATED,
    LONGEST_TITLE,
    Headline,
    bold_run,
    headline,
    legible,
    short_title,
    title_like,
)
from pv_extract.text import Span

EXPLICIT = ("register", "word", "resolution", "object")
PART = "part"  # the style of « Questions diverses » where nothing else makes it an item
ORDERED = ("arabic", "bare", "roman", "coded", "letter")
BULLET = regex.compile(r"\s*[-–—*•+>✓]\s")
ROW_NUMBER = regex.compile(r"(?:n°\s*)?(?:\p{Lu}{1,4}[-_ ]?)?\d{1,4}(?:[-/._]\d{1,4}){0,3}\.?")
DECIDING = ("VoteOutcome", "VoteCount", "Decision")
BEFORE_VOTE = regex.compile(
    r"(.+?)(?:\s:\s[^:]*\d\s?(?:%|€|euros?|francs?|F\b)[^:]*|,\s[\d .]+(?:,\d{2})?\s?(?:€|euros?|francs?|F\b)[^:,]*)?"
    r"\s*[\t:;.(=→–-][\s:;.(=>→–-]*"
)
SUM_BEHIND = regex.compile(
    r"(.*\p{L}{3}[\p{L}»\")]*)\s*(?:\s[–—-]\s|\s:\s|:\s)\s*[\d .]+(?:,\d{2})?\s?(?:€|euros?|francs?|F\b)"
    r"(?:\s?(?:HT|TTC))?\W*"
)
WORDIEST_CAPTION = 8  # words; a longer line that ends with a colon leads into a list


@dataclass(frozen=True)
class Heading:
    """A line that opens an item: its number, register reference and title stand at these spans."""

    block: Block
    last: int  # index of the last block that belongs to the heading
    style: str
    rule: str
    number: Span | None = None
    reference: Span | None = None
    title: Span | None = None
    rank: int | None = None  # the number as an integer, for sequences
    agenda: int | None = None  # the agenda item that has this title

    @property
    def printed(self) -> str:
        """The number that the line prints, without its punctuation; empty where it prints none."""
        if self.number is None:
            return ""
        start = self.block.span.start
        return self.block.text[self.number.start - start : self.number.end - start].strip(" .)°/-")


def candidates(layout: Layout, blocks: Sequence[Block], agenda: Sequence[str]) -> Iterator[Heading]:
    """Every line that could open an item."""
    for block in blocks:
        long = len(block.text) > 3 * LONGEST_TITLE and not block.bold
        heading = None if long else numbered(layout, block)
        heading = heading or run_in(layout, block) or opening(layout, block)
        if heading is None and not long:
            heading = unnumbered(layout, block)
        if heading is not None:
            yield with_agenda(layout, heading, agenda)


def numbered(layout: Layout, block: Block) -> Heading | None:
    """The heading that a rule of the grammars reads in the block."""
    if known := table_item(layout, block) if block.is_row else bold_case(layout, block):
        return known
    line = headline(layout, block)
    for rule in layout.grammar.by_kind.get("ItemHeading", ()):
        found = next(rule.find(layout.folded(line.span), block.promising), None)
        heading = found and read_heading(layout, block, line, found.shift(line.span.start))
        if heading:
            return None if refused(layout, block, line) else heading
    return None


def read_heading(layout: Layout, block: Block, line: Headline, found: Mention) -> Heading | None:
    """The heading of a block as a rule found it in the line, None where what is left for a title is none."""
    style = found.sets.get("style", "arabic")
    title = found.fields.get("title")
    if title is not None:
        title = without_sum(layout, without_vote(layout, block, short_title(layout, block, trimmed(layout, title))))
        if style in ORDERED and not title_like(layout.read(title)):
            return None
        words = len(layout.read(title).split())
        if (style in ORDERED or words > 1) and states_decision(layout, title):
            return None
    number = found.fields.get("number") or line.number
    reference = found.fields.get("reference") or line.reference
    rank = rank_of(layout.read(number)) if number else None
    heading = Heading(block, block.index, style, found.rule, number, reference, title, rank)
    return as_case(layout, heading)


def as_case(layout: Layout, heading: Heading) -> Heading:
    """A line that names a case and what becomes of it: its number is none of the register, but belongs to the title."""
    case = heading.block.first("CaseLine", layout.grammar)
    if not case or not heading.title or not heading.reference or heading.reference.start > heading.title.start:
        return heading
    if not tells_vote(layout, heading.block):
        return heading
    return replace(heading, reference=None, title=Span(case.span.start, heading.title.end))


def bold_case(layout: Layout, block: Block) -> Heading | None:
    """A case whose number is set in bold before what becomes of it: « **Dossier 2021-31** : aide, 120 €. Accord »."""
    if not layout.document.styles or not block.has("CaseLine", layout.grammar) or not tells_vote(layout, block):
        return None
    start = block.span.start + len(block.text) - len(block.text.lstrip(" -*•\t"))
    run = bold_run(layout, Span(start, block.span.end))
    return Heading(block, block.index, "register", "heading.case", title=run) if run else None


def without_vote(layout: Layout, block: Block, title: Span) -> Span:
    """A title without the vote told behind it on its line, nor the sum voted: « Pêche : 12 € – unanimité »."""
    told = [m.span.start for kind in DECIDING for m in block.find(kind, layout.grammar)]
    at = min((start for start in told if title.start < start < title.end), default=None)
    if at is None:
        return title
    vote = regex.search(r"[^\s:;.(=>→–-]", layout.read(Span(at, title.end)))
    named = BEFORE_VOTE.fullmatch(layout.read(Span(title.start, at + (vote.start() if vote else 0))))
    return trimmed(layout, Span(*named.span(1)).shift(title.start)) if named and title_like(named[1]) else title


def without_sum(layout: Layout, title: Span) -> Span:
    """A title without the sum that a dash or a colon sets off at its end: « Réfection du lavoir – 4 500 € »."""
    found = SUM_BEHIND.fullmatch(layout.read(title))
    return Span(*found.span(1)).shift(title.start) if found else title


def states_decision(layout: Layout, title: Span) -> bool:
    """Whether what stands behind a number is the decision itself: « Délibération n° 2022-41 : le conseil adopte… »."""
    return any(not m.rule.endswith("person") for m in layout.grammar.find("NotAHeading", layout.folded(title)))


def table_item(layout: Layout, block: Block) -> Heading | None:
    """The item that a table row tells whole: its number, its title, how it was decided."""
    if told := next((m for m in block.told if m.kind == "ItemHeading"), None):
        number, reference = told.fields.get("number"), told.fields.get("reference")
        rank = rank_of(layout.read(number)) if number else None
        return Heading(block, block.index, told.sets["style"], told.rule, number, reference, told.fields["title"], rank)
    cells = [c for c in block.cells() if c.end > c.start]
    if len(cells) < 3 or not tells_vote(layout, block):
        return None
    number, title, last = cells[0], cells[1], cells[-1]
    decided = any(m.span.start >= cells[2].start for m in block.find_all("VoteOutcome", layout.grammar))
    if not ROW_NUMBER.fullmatch(layout.read(number)) or not title_like(layout.read(title)) or not (decided and last):
        return None
    register = not layout.read(number).strip(" .").isdigit()
    return Heading(
        block,
        block.index,
        "register" if register else "arabic",
        "heading.table_row",
        number=None if register else number,
        reference=number if register else None,
        title=trimmed(layout, title),
        rank=rank_of(layout.read(number)),
    )


def refused(layout: Layout, block: Block, line: Headline) -> bool:
    """Whether the block is known to be no heading: a person in a list, the operative part, a table row."""
    return line.cells(layout) > 2 or block.has("NotAHeading", layout.grammar)


def run_in(layout: Layout, block: Block) -> Heading | None:
    """A bold heading that opens a paragraph, text following on the same line."""
    if not layout.document.styles or block.bold or block.is_row:
        return None
    start = block.span.start + len(block.text) - len(block.text.lstrip(" -*•\t"))
    run = bold_run(layout, Span(start, block.span.end))
    if run is None or run.end - run.start < 8 or not title_like(layout.read(run)):
        return None
    behind = layout.read(Span(run.end, block.span.end)).lstrip()
    if not behind.startswith((":", ".", "-", "–")) or refused(layout, block, Headline(block.span)):
        return None
    if layout.grammar.has("NotAHeading", layout.folded(run)):  # « M. MOREL : » in bold speaks
        return None
    return Heading(block, block.index, "run_in", "heading.run_in", title=run)


def opening(layout: Layout, block: Block) -> Heading | None:
    """A title in plain type that opens a paragraph, or stands alone between blank lines."""
    found = opening_of(layout, block)
    return Heading(block, block.index, found.style, f"heading.{found.style}", title=found.title) if found else None


def unnumbered(layout: Layout, block: Block) -> Heading | None:
    """A line in bold or capitals that no rule numbers."""
    line = headline(layout, block)
    title = trimmed(layout, line.span)
    text = layout.read(title)
    if "\t" in text or BULLET.match(block.text):
        return None
    if not 6 <= len(text) <= LONGEST_TITLE or not title_like(text):
        return None
    style = looks_of(layout, block, line, title)
    if style is None or refused(layout, block, line) or tells_vote(layout, block):
        return None
    return Heading(block, block.index, style, f"heading.{style}", line.number, line.reference, title)


def tells_vote(layout: Layout, block: Block) -> bool:
    """Whether a block tells how a vote went."""
    return any(block.has(kind, layout.grammar) for kind in ("VoteOutcome", "VoteCount"))


def looks_of(layout: Layout, block: Block, line: Headline, title: Span) -> str | None:
    """How a line without a number is printed where it can be a title: bold, in capitals, plain; None where not."""
    text, printed = layout.read(title), ABBREVIATED.sub("", layout.read(line.span).rstrip())
    if block.bold or block.upper:
        sentence = block.bold and not block.upper and printed.endswith((".", ";", ",", "?"))
        leads = printed.endswith(":") and len(text.split()) > WORDIEST_CAPTION
        looks = "bold_upper" if block.bold and block.upper else "bold" if block.bold else "upper"
        return None if sentence or leads else looks
    plain = len(text) <= 200 and text[:1].isupper() and not printed.endswith((".", ";", ",", "?", "!", ":"))
    spoken = block.has("FiniteVerb", layout.grammar) or "€" in text
    return "plain" if plain and not spoken and legible(layout, title) else None


def with_agenda(layout: Layout, heading: Heading, agenda: Sequence[str]) -> Heading:
    """The heading, tied to the agenda item of the same title."""
    if heading.title is None:
        return heading
    title = layout.read(heading.title)
    at = next((i for i, item in enumerate(agenda) if same_title(title, item)), None)
    return replace(heading, agenda=at) if at is not None else heading
