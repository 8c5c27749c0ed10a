"""Candidates: the lines that could open an item, with their number, register reference and title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.numbering import rank_of, same_title
from pv_extract.text import Span

FINITE_VERB = regex.compile(
    r"(?<=\S\s)(?:est|sont|etait|etaient|sera|seront|ont|avait|propose|presente|informe|concerne|precise|indique"
    r"|rappelle|demande)\b"
)
MEASURE = regex.compile(r"[\d\s.,]+(?:€|euros|%|m²|m2|h\b|ha\b)")
BULLET = regex.compile(r"\s*[-–—*•+>✓]\s")
ROW_NUMBER = regex.compile(r"(?:n°\s*)?(?:\p{Lu}{1,4}[-_ ]?)?\d{1,4}(?:[-/._]\d{1,4}){0,3}\.?")
ACRONYM = regex.compile(r"\p{Lu}{2,}\b")  # « DM n° 2 », « RIFSEEP »
LEAST_CONFIDENCE = 0.4  # mean over a line; a stamp read across text has less
LONGEST_TITLE = 320
SHORTEST_LABELLED = 70  # characters; a shorter line with a colon is no paragraph under a label
LABEL = regex.compile(r"\s*(\p{Lu}[^\n:.;,()]{3,70}?)\s*:\s+(?=[\p{L}\d])")
WORDIEST_CAPTION = 8  # words; a longer line that ends with a colon leads into a list
CONTINUED_LINE = 45  # characters; a shorter loud line is not carried on by the next one


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


def candidates(layout: Layout, blocks: Sequence[Block], agenda: Sequence[str]) -> Iterator[Heading]:
    """Every line that could open an item."""
    for block in blocks:
        long = len(block.text) > 3 * LONGEST_TITLE and not block.bold
        heading = None if long else numbered(layout, block)
        heading = heading or run_in(layout, block) or labelled(layout, block)
        if heading is None and not long:
            heading = unnumbered(layout, block)
        if heading is not None:
            yield with_agenda(layout, heading, agenda)


def numbered(layout: Layout, block: Block) -> Heading | None:
    """The heading that a rule of the grammars reads in the block."""
    if block.is_row and (row := table_item(layout, block)):
        return row
    if refused(layout, block):
        return None
    for rule in layout.grammar.by_kind.get("ItemHeading", ()):
        found = next(rule.find(block.folded, block.hits), None)
        if found is None:
            continue
        fields = {name: span.shift(block.span.start) for name, span in found.fields.items()}
        style = found.sets.get("style", "arabic")
        title = fields.get("title")
        if title is not None:
            title = short_title(layout, block, trimmed(layout, title))
            if style in ("arabic", "roman", "letter") and not title_like(layout.read(title)):
                continue
        if title is not None and "reference" not in fields:
            title, reference = bracketed_reference(layout, title)
            fields |= {"reference": reference} if reference else {}
        number = fields.get("number")
        rank = rank_of(layout.read(number)) if number else None
        return Heading(block, block.index, style, found.rule, number, fields.get("reference"), title, rank)
    return None


def table_item(layout: Layout, block: Block) -> Heading | None:
    """The item that a table row tells whole: its number, its title, how it was decided."""
    cells = [c for c in block.cells() if c.end > c.start]
    if len(cells) < 3 or not any(block.has(k, layout.grammar) for k in ("VoteOutcome", "VoteCount")):
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


def bracketed_reference(layout: Layout, title: Span) -> tuple[Span, Span | None]:
    """The title without the register number in brackets behind it, and that number: « Statuts (DE-2024-032) »."""
    found = regex.search(
        r"\s*\((?:(?i:délibération)\s*)?(?:n°\s*)?((?:\p{Lu}{1,4}[-_ ]?)?\d{2,4}[-/._]\d{1,4}[\d-]*)\)\W*$",
        layout.read(title),
    )
    if found is None:
        return title, None
    return trimmed(layout, Span(title.start, title.start + found.start())), Span(*found.span(1)).shift(title.start)


def refused(layout: Layout, block: Block) -> bool:
    """Whether the block is known to be no heading: a person in a list, the operative part, a table row."""
    if block.is_row and len([c for c in block.cells() if c.end > c.start]) > 2:
        return True
    return block.has("NotAHeading", layout.grammar)


def title_like(text: str) -> bool:
    """Whether a text can be a title: letters enough, no sum of money first, not a list item's tail."""
    if MEASURE.match(text):
        return False
    letters = sum(c.isalpha() for c in text)
    return (letters >= 4 or bool(ACRONYM.match(text))) and letters >= 0.4 * len(text)


def short_title(layout: Layout, block: Block, title: Span) -> Span:
    """The title alone where text runs on behind it: the bold run, or what stands before « : » or a full stop."""
    text = layout.read(title)
    if layout.document.styles and not block.bold:
        run = bold_run(layout, title)
        if run is not None:
            return run
    if len(text) <= 160:
        return title
    cut = regex.search(r"(?<=\p{L}{3}[)\"»]?)\s?[:.]\s+(?=\p{Lu})", text[:LONGEST_TITLE])
    return trimmed(layout, Span(title.start, title.start + cut.start())) if cut else title


def bold_run(layout: Layout, span: Span) -> Span | None:
    """The bold words at the start of a span, where the rest is not bold."""
    text = layout.read(span)
    end = 0
    for word in regex.finditer(r"\S+", text):
        if layout.style(Span(span.start + word.start(), span.start + word.end()))[0] < 0.5:
            break
        end = word.end()
    return trimmed(layout, Span(span.start, span.start + end)) if 4 <= end < len(text.rstrip()) else None


def run_in(layout: Layout, block: Block) -> Heading | None:
    """A bold heading that opens a paragraph, text following on the same line."""
    if not layout.document.styles or block.bold or block.is_row or refused(layout, block):
        return None
    start = block.span.start + len(block.text) - len(block.text.lstrip(" -*•\t"))
    run = bold_run(layout, Span(start, block.span.end))
    if run is None or run.end - run.start < 8 or not title_like(layout.read(run)):
        return None
    behind = layout.read(Span(run.end, block.span.end)).lstrip()
    if not behind.startswith((":", ".", "-", "–")):
        return None
    return Heading(block, block.index, "run_in", "heading.run_in", title=run)


def labelled(layout: Layout, block: Block) -> Heading | None:
    """A paragraph that its first words name: « Salle des fêtes : Mme Roux propose… »."""
    if block.is_row or not block.gap_before or len(block.text) < SHORTEST_LABELLED or refused(layout, block):
        return None
    found = LABEL.match(block.text)
    if found is None or not title_like(found[1]):
        return None
    return Heading(block, block.index, "label", "heading.label", title=Span(*found.span(1)).shift(block.span.start))


def unnumbered(layout: Layout, block: Block) -> Heading | None:
    """A line in bold or capitals that no rule numbers."""
    if block.is_row or refused(layout, block) or len(block.text) > LONGEST_TITLE:
        return None
    if BULLET.match(block.text):
        return None
    title = trimmed(layout, block.span)
    text = layout.read(title)
    if not title_like(text) or len(text) < 6 or any(block.has(k, layout.grammar) for k in ("VoteOutcome", "VoteCount")):
        return None
    if block.bold or block.upper:
        style = "bold_upper" if block.bold and block.upper else "bold" if block.bold else "upper"
        if block.bold and not block.upper and block.text.rstrip().endswith((".", ";", ",", "?")):
            return None
        if block.text.rstrip().endswith(":") and len(text.split()) > WORDIEST_CAPTION:
            return None
        return Heading(block, block.index, style, f"heading.{style}", title=title)
    plain = len(text) <= 200 and text[:1].isupper() and not block.text.rstrip().endswith((".", ";", ",", "?", "!", ":"))
    plain = plain and legible(layout, title)
    if plain and not FINITE_VERB.search(block.lowered.strip()) and "€" not in text:
        return Heading(block, block.index, "plain", "heading.plain", title=title)
    return None


def legible(layout: Layout, span: Span) -> bool:
    """Whether the engine was sure enough of a line for its words to be a title that nothing else announces."""
    read = [w.confidence for w in layout.document.words_in(layout.source_span(span)) if w.confidence is not None]
    return not read or sum(read) / len(read) >= LEAST_CONFIDENCE


def with_agenda(layout: Layout, heading: Heading, agenda: Sequence[str]) -> Heading:
    """The heading, tied to the agenda item of the same title."""
    if heading.title is None:
        return heading
    title = layout.read(heading.title)
    at = next((i for i, item in enumerate(agenda) if same_title(title, item)), None)
    return replace(heading, agenda=at) if at is not None else heading


def merged(layout: Layout, headings: Sequence[Heading]) -> list[Heading]:
    """Headings on successive lines as one: a register number over its title, « Objet » under a number."""
    out: list[Heading] = []
    for heading in headings:
        last = out[-1] if out else None
        if last is not None and heading.block.index == last.last + 1 and completes(layout, last, heading):
            out[-1] = replace(
                last,
                last=heading.last,
                number=last.number or heading.number,
                rank=last.rank if last.number else heading.rank,
                reference=last.reference or heading.reference,
                title=joined_title(last, heading),
                agenda=last.agenda if last.agenda is not None else heading.agenda,
            )
        else:
            out.append(heading)
    return out


def completes(layout: Layout, first: Heading, second: Heading) -> bool:
    """Whether the second line carries on the heading that the first one began."""
    if first.title is None:
        return not (first.number and second.number and first.style == second.style)
    if second.style == "object" and first.style != "object":
        return True
    if second.style == "register" and second.title is None and first.reference is None:
        return True
    if first.style in ("register", "word") and second.style in ("object",):
        return True
    same_looks = first.block.bold == second.block.bold and first.block.upper == second.block.upper
    loud = (first.block.bold or first.block.upper) and len(first.block.text) > CONTINUED_LINE
    loud = loud and (first.block.upper or layout.read(second.block.span).lstrip()[:1].islower())
    unnumbered_second = second.number is None and second.reference is None
    open_end = not layout.read(first.block.span).rstrip().endswith((".", ":", "?"))
    return bool(loud and same_looks and unnumbered_second and open_end and not second.block.gap_before)


def joined_title(first: Heading, second: Heading) -> Span | None:
    """The title of two lines: both where the first has one, that of « Objet » where the second is one."""
    if first.title is None:
        return second.title
    if second.style == "object" or second.title is None:
        return second.title or first.title
    return Span(first.title.start, second.title.end)
