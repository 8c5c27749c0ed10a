"""Lists of deliberations laid out as tables: each row an item, its vote told by a cell and the head over it.

« Favorable » and « 13 » alone say nothing; under « Résultat du vote » and « Pour » they are a vote. Such a cell is read
as the line « Pour : 13 » would be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.segmentation.titles import title_like
from pv_extract.text import Span

LEAST_COLUMNS = 2
ITEM_NUMBER = regex.compile(r"\s*(?:n°\s*)?(\d{1,3}|[IVXL]+)\s*(?:[.)°/–-]+\s*)+(?=\p{Lu})")
TOLD = ("VoteOutcome", "VoteCount")

Column = str | None
"""What a column holds: « number », « title », « rapporteur », « result », « count »; None for anything else."""


def with_table_votes(layout: Layout) -> Layout:
    """The layout, the rows of its lists of deliberations with the items and votes that they tell."""
    told: dict[int, tuple[Mention, ...]] = {}
    for head in layout.blocks:
        if head.index not in told and head.is_row and heads_decisions(columns := columns_of(layout, head)):
            rows = rows_under(layout.blocks[head.index + 1 :], len(columns))
            told |= {row.index: tuple(row_mentions(layout, head, row, columns)) for row in rows}
    if not told:
        return layout
    return replace(layout, blocks=tuple(replace(b, told=told.get(b.index, ())) for b in layout.blocks))


def columns_of(layout: Layout, head: Block) -> list[Column]:
    """What each column holds under a row of heads."""
    return [column_of(layout, layout.folded(cell)) for cell in head.cells()]


def column_of(layout: Layout, head: str) -> Column:
    """What a column of this head holds."""
    if found := layout.grammar.first("ListColumn", head):
        return found.sets["column"]
    return "count" if head.strip() and layout.grammar.has("VoteCount", f"{head.strip()} : 1") else None


def heads_decisions(columns: list[Column]) -> bool:
    """Whether columns of such heads are those of a list of deliberations: matters, and what became of them."""
    return len(columns) >= LEAST_COLUMNS and "title" in columns and not {"result", "count"}.isdisjoint(columns)


def rows_under(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    """The rows of a table of so many columns; a line between two of them names what they are about."""
    between = 0
    for block in blocks:
        if block.is_row and len(block.cells()) <= width:
            between = 0
            yield block
        elif between:
            return
        else:
            between += 1


def row_mentions(layout: Layout, head: Block, row: Block, columns: list[Column]) -> Iterator[Mention]:
    """The item that a row opens, and what its cells tell of the vote."""
    cells = dict(zip(columns, row.cells(), strict=False))
    title = cells.get("title")
    votes = [m for m in cell_votes(layout, head, row, columns) if title is None or m.span.start >= title.end]
    if title is None or not title_like(layout.read(title)) or not votes:
        return
    yield item_of(layout, title, cells.get("number"))
    person = cells.get("rapporteur")
    if person and person.end > person.start:
        yield Mention("Rapporteur", "heading.table_row", person, {"person": person})
    yield from votes


def item_of(layout: Layout, title: Span, number: Span | None) -> Mention:
    """The item of a row: its title, and its number in a cell of its own or before the title."""
    leading = ITEM_NUMBER.match(layout.read(title))
    if leading and not (number and number.end > number.start):
        number = Span(*leading.span(1)).shift(title.start)
        title = Span(title.start + leading.end(), title.end)
    fields = {"title": trimmed(layout, title)}
    if number and number.end > number.start:
        fields["number" if layout.read(number).strip(" .°)-").isalnum() else "reference"] = number
    return Mention("ItemHeading", "heading.table_row", title, fields, {"style": "object"})


def cell_votes(layout: Layout, head: Block, row: Block, columns: list[Column]) -> Iterator[Mention]:
    """What the cells under the heads of votes tell, each read as the line « head : cell »."""
    for label, cell, column in zip(head.cells(), row.cells(), columns, strict=False):
        if column in ("result", "count") and cell.end > cell.start:
            lead = f"{layout.folded(label).strip()} : "
            line = fold(lead + layout.read(cell))
            for mention in (m for kind in TOLD for m in layout.grammar.find(kind, line)):
                yield from within(mention.shift(cell.start - len(lead)), cell)


def within(mention: Mention, cell: Span) -> Iterator[Mention]:
    """A mention with what it has of the head cut off; none where it has nothing of the cell."""
    fields = {name: span for name, span in mention.fields.items() if span.start >= cell.start}
    if mention.span.end > cell.start and len(fields) == len(mention.fields):
        yield replace(mention, span=Span(max(cell.start, mention.span.start), mention.span.end), fields=fields)
