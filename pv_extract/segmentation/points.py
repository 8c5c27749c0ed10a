"""Points: what a line of an agenda lists, and which lines only head the points under them."""

from collections.abc import Sequence

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.segmentation.headings import numbered
from pv_extract.segmentation.numbering import rank_of, title_key
from pv_extract.segmentation.sections import AgendaItem
from pv_extract.segmentation.titles import Headline, bold_length, headline, title_like
from pv_extract.text import Span

BULLET = regex.compile(r"\s*(?:[-–—*•>✓]+\s*(?=\S)|\(?[a-z]\)\s)")
INLINE_NUMBER = regex.compile(r"(?<!\S)(\d{1,2})\s?[.)°/-]+\s*(?=\p{L})")
LONGEST_AGENDA_ITEM = 420
LONGEST_PLAIN = 140  # characters of an item that is taken for its title whole
SHORTEST_PART = 12  # characters of the bold part of an item, and of what is not bold
SHORTEST_CUT = 10  # characters of a title that prose follows


def list_item(layout: Layout, block: Block, items: Sequence[AgendaItem], loose: bool) -> AgendaItem | None:
    """The agenda item that a block is, None for running text.

    ``items`` are those above it; a ``loose`` list is one where text may stand between the points.
    """
    line = headline(layout, block)
    if line.cells(layout) > 2:
        return None if loose else row_point(layout, block, items)
    if loose and line.cells(layout) == 2 and not layout.read(block.cells()[0]).strip(" .)-").isdigit():
        return None
    heading = numbered(layout, block)
    if heading and heading.title:
        return AgendaItem(heading.number, agenda_title(layout, heading.title), heading.rule)
    if BULLET.match(block.text):
        return bulleted_point(layout, block, line, items, loose)
    return line_point(layout, block, line, items, loose)


def inline_points(layout: Layout, block: Block, heading: Mention) -> list[AgendaItem]:
    """The points on the line of the heading itself: « Ordre du jour : 1. Budget – 2. Tarifs », « budget ; tarifs »."""
    text, start = block.text[: len(block.text.rstrip(" ."))], heading.span.end - block.span.start
    numbers = list(INLINE_NUMBER.finditer(text, start))
    if numbers and [int(n[1]) for n in numbers] == list(range(1, len(numbers) + 1)):
        ends = [*(n.start() for n in numbers[1:]), len(text)]
        cuts = [(Span(*n.span(1)), Span(n.end(), end)) for n, end in zip(numbers, ends, strict=True)]
        return [inline_point(layout, block, title, number) for number, title in cuts]
    parts = [Span(*found.span()) for found in regex.finditer(r"[^;]+", text, pos=start)] if ";" in text[start:] else []
    return [inline_point(layout, block, part) for part in parts]


def inline_point(layout: Layout, block: Block, title: Span, number: Span | None = None) -> AgendaItem:
    """A point on the line of its heading, of offsets into the block."""
    at = block.span.start
    return AgendaItem(number and number.shift(at), agenda_title(layout, title.shift(at)), "agenda.inline")


def row_point(layout: Layout, block: Block, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The point of a row that numbers it, names it and says who reports on it."""
    number, title, *rest = [cell for cell in block.cells() if cell.end > cell.start]
    rank = rank_of(layout.read(number))
    last = rank_of(layout.read(items[-1].number)) if items and items[-1].number else 0
    if len(rest) != 1 or rank is None or last is None or rank != last + 1 or not title_like(layout.read(title)):
        return None
    return AgendaItem(number, agenda_title(layout, title), "agenda.row")


def bulleted_point(
    layout: Layout, block: Block, line: Headline, items: Sequence[AgendaItem], loose: bool
) -> AgendaItem | None:
    """The point behind a dash; in a loose list a dash set in, or before lower case, is a detail of the point above."""
    text = block.text.strip()
    start = block.text.index(text) + len(text) - len(BULLET.sub("", text, count=1))
    if loose and items and (block.text[:1] == " " or block.text[start].islower()):
        return None
    title = agenda_title(layout, Span(block.span.start + start, line.span.end))
    return AgendaItem(None, title, "agenda.bullet") if title.end - title.start > 3 else None


def line_point(
    layout: Layout, block: Block, line: Headline, items: Sequence[AgendaItem], loose: bool
) -> AgendaItem | None:
    """The point that a line without number or dash is: no sentence, no tail of the line above."""
    text = block.text.strip()
    ended = regex.search(r"[.!?]\W*$", text)
    running = len(text) > 220 or (ended and (len(text) > 90 or block.has("FiniteVerb", layout.grammar)))
    if running or block.has("Furniture", layout.grammar):
        return None
    if not regex.search(r"\p{L}{3}", text) or not any(c.islower() or c.isupper() for c in text):
        return None
    if loose and (not items or (items[-1].number is None and items[-1].rule != "agenda.line")):
        return None
    if regex.match(r"\p{Ll}", text) and items:
        return None
    return AgendaItem(None, agenda_title(layout, trimmed(layout, line.span)), "agenda.line")


def agenda_title(layout: Layout, span: Span) -> Span:
    """The title of an agenda item: what is bold, or what stands before « : » or a dash and long prose."""
    span = trimmed(layout, span)
    text = layout.read(span)
    bold = bold_length(layout, span) if layout.document.styles else 0
    if SHORTEST_PART <= bold < len(text) - SHORTEST_PART:
        return trimmed(layout, Span(span.start, span.start + bold))
    cut = layout.grammar.first("ProseBehind", fold(text[:LONGEST_AGENDA_ITEM])) if len(text) > LONGEST_PLAIN else None
    if cut and cut.span.start >= SHORTEST_CUT:
        return trimmed(layout, Span(span.start, span.start + cut.span.start))
    return span


def renumbered(layout: Layout, items: Sequence[AgendaItem], loose: bool) -> list[AgendaItem]:
    """The items without stray ones and part headings.

    In another body's numbered agenda, bullets and what comes last are details. « II. Finances » or « FINANCES »
    over a list of points is no point itself.
    """
    last = max((at for at, i in enumerate(items) if i.number is not None), default=None)
    if loose and last is not None:
        return [i for i in items[: last + 1] if i.number is not None or i.rule == "agenda.line"]
    pairs = list(zip(items, [*items[1:], None], strict=False))
    themes = [item for item, following in pairs if heads_theme(layout, item, following)]
    loud = [item for item in themes if layout.read(item.title).isupper()]
    dropped = {title_key(layout.read(item.title)) for item in (themes if len(themes) > 1 else loud)}
    kept = [item for item, following in pairs if not heads_part(layout, item, following)]
    return [i for i in kept if i.rule != "agenda.line" or title_key(layout.read(i.title)) not in dropped]


def heads_theme(layout: Layout, item: AgendaItem, following: AgendaItem | None) -> bool:
    """Whether an agenda line without number only heads the numbered or dashed points under it: « FINANCES »."""
    if following is None or item.rule != "agenda.line" or following.rule == "agenda.line":
        return False
    return not layout.grammar.has("Procedural", layout.folded(item.title))


def heads_part(layout: Layout, item: AgendaItem, following: AgendaItem | None) -> bool:
    """Whether an agenda line in roman numerals only heads the points under it."""
    if following is None or item.number is None or not item.rule.endswith("item_roman"):
        return False
    if following.number is None:
        return following.rule == "agenda.bullet"
    return layout.read(following.number).strip(" .)°") in ("1", "a", "A")
