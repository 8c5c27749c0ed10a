"""The entries of rolls that are printed as tables, whatever their columns."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.members.cells import counts_voices, told_behind, votes_in
from pv_extract.members.column_heads import cell_kinds, is_column_row
from pv_extract.members.entries import Entry, read_line, substitutions
from pv_extract.members.legends import codes_of
from pv_extract.members.member_rows import Columns, Table, proxies_to, read_row
from pv_extract.members.people import Named, people_in
from pv_extract.members.proxies import ProxyGiven, proxy_pairs
from pv_extract.members.roll_groups import is_whole_name
from pv_extract.members.rolls import Roll
from pv_extract.members.ticks import status_heads
from pv_extract.text import Span

FEWEST_GROUPS = 3  # rows; fewer may be two lists beside one another


def read_table(
    layout: Layout, roll: Roll, rows: Sequence[Block], table: Table, proxies: list[ProxyGiven]
) -> list[Entry]:
    """The entries of table rows; ``table`` is kept for one that goes on without a header."""
    entries: list[Entry] = []
    groups: list[Span] = []
    lists = lists_by_group(layout, roll)
    for i, row in enumerate(rows):
        cells = row.cells()
        if is_column_row(layout, row) and not fills(layout, row, table.columns):
            table.columns = columns_under(layout, roll, row)
            table.college = table.college if i == 0 else None
            table.heads, table.codes = status_heads(layout, row), codes_of(layout)
            table.merged = has_merged_groups(layout, rows[i + 1 :], table.columns)
            groups = []
        elif lists and not any(table.columns):
            table.group = trimmed(layout, first_filled(row))
            beside = [c for c in cells if c.start >= table.group.end]
            entries += [e for c in beside for e in read_line(layout, roll, c, table.group, proxies)]
        elif not table.columns and is_group_row(layout, rows, i):
            groups = cells
        elif any(table.columns):
            entries += read_row(layout, roll, cells, table, proxies)
        else:
            entries += read_unheaded(layout, roll, row, table, groups, proxies)
    return entries


def has_merged_groups(layout: Layout, rows: Sequence[Block], columns: Columns) -> bool:
    """Whether a group is printed beside the first of its members only, as a cell merged over their rows is.

    Where the first member has none it may be printed in the middle of them; where it is repeated, a blank is none.
    """
    at = next((i for i, column in enumerate(columns) if column and column[0] == "group"), None)
    if at is None:
        return False
    told = [layout.read(row.cells()[at]).strip() for row in rows if len(row.cells()) > at]
    return bool(told and told[0]) and not any(a and a == b for a, b in pairwise(told))


def read_unheaded(
    layout: Layout, roll: Roll, row: Block, table: Table, groups: Sequence[Span], proxies: list[ProxyGiven]
) -> list[Entry]:
    """The entries of a row under no heads: one member and what is said of them, or a list in each cell."""
    cells = row.cells()
    filled = [c for c in cells if c.end > c.start]
    named = [c for c in filled if people_in(layout, c)]
    table.beside |= colleges_in(layout, cells)
    if len(table.beside) > 1:
        return read_beside(layout, roll, cells, table, proxies)
    if cells[0].end > cells[0].start:
        table.group = trimmed(layout, cells[0]) if labels_list(layout, filled) else None
    if not any(proxy_pairs(layout, roll, c) for c in filled) and tells_one_member(layout, roll, row, named):
        return read_single(layout, roll, filled, table.group, proxies)
    entries: list[Entry] = []
    for at, cell in enumerate(cells):
        heads = at < len(groups) and groups[at].end > groups[at].start
        entries += read_line(layout, roll, cell, groups[at] if heads else table.group, proxies) if cell in named else []
    return with_row_voices(layout, filled, entries) if len(entries) == 1 else entries


def with_row_voices(layout: Layout, filled: Sequence[Span], entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a row, with the voices that a cell of it counts."""
    votes = next((votes_in(layout, c) for c in filled if counts_voices(layout, c)), None)
    return [replace(e, votes=e.votes or votes) for e in entries]


def colleges_in(layout: Layout, cells: Sequence[Span]) -> dict[int, Span]:
    """The cells that name the college of those below them in their column."""
    found = {at: layout.grammar.first("Group", layout.folded(cell)) for at, cell in enumerate(cells)}
    whole = {at: m for at, m in found.items() if m and m.rule.endswith("group_line")}
    return {at: trimmed(layout, m.fields["group"].shift(cells[at].start)) for at, m in whole.items()}


def read_beside(
    layout: Layout, roll: Roll, cells: Sequence[Span], table: Table, proxies: list[ProxyGiven]
) -> list[Entry]:
    """The entries of a row of lists that stand side by side, each under the name of its college."""
    listed = [(at, cell) for at, cell in enumerate(cells) if people_in(layout, cell) and cell != table.beside.get(at)]
    return [e for at, cell in listed for e in read_line(layout, roll, cell, table.beside.get(at), proxies)]


def read_single(
    layout: Layout, roll: Roll, filled: Sequence[Span], group: Span | None, proxies: list[ProxyGiven]
) -> list[Entry]:
    """The entries of a row that tells of one member: its cells are read as the parts of a line."""
    known = len(proxies)
    made = read_line(layout, roll, Span(filled[0].start, filled[-1].end), group, proxies)
    if len(proxies) == known:
        proxies += [p for c in filled[1:] for p in proxies_to(told_behind(layout, c, "GivesProxy"), c, made)]
    return with_row_voices(layout, filled, made)


def labels_list(layout: Layout, filled: Sequence[Span]) -> bool:
    """Whether the first cell is the label of the list beside it: « CC du Plateau : » | « M. Roux, Mme Morel »."""
    if len(filled) < 2 or not layout.read(filled[0]).endswith(":"):
        return False
    label, beside = (people_in(layout, cell) for cell in filled[:2])
    courteous = any(person.honorific for person in beside) and not any(person.honorific for person in label)
    return courteous or not label


def lists_by_group(layout: Layout, roll: Roll) -> bool:
    """Whether each row of a roll is a commune and its members beside it: « ORVANNE » | « Luc FABRE, Anne ROUX ».

    Names beside have both their parts, or an honorific; those of communes have neither.
    """
    rows = [[c for c in b.cells() if c.end > c.start] for b in roll.blocks if b.is_row]
    if len(rows) < FEWEST_GROUPS or roll.status in ("proxy", "represented") or any(len(row) != 2 for row in rows):
        return False
    if any(is_whole_name(layout, row[0]) or not is_whole_name(layout, row[1]) for row in rows):
        return False
    several = any(len(people_in(layout, row[1])) > 1 for row in rows)
    return several or any(layout.grammar.has("PlaceShape", layout.folded(row[0])) for row in rows)


def tells_one_member(layout: Layout, roll: Roll, row: Block, named: Sequence[Span]) -> bool:
    """Whether a row is one member's: the first cell alone names one, or the row tells who stands for whom."""
    if roll.status in ("proxy", "represented") and proxy_pairs(layout, roll, row.span):
        return True
    first = first_filled(row)
    if any(titular.start < first.end <= stands_in.start for titular, stands_in in substitutions(layout, row.span)):
        return True
    return len(named) == 1 and named[0].start == first.start and len(people_in(layout, named[0])) == 1


def first_filled(row: Block) -> Span:
    """The first cell of a row that holds something."""
    return next(c for c in row.cells() if c.end > c.start)


def fills(layout: Layout, row: Block, columns: Sequence[tuple[str, str] | None]) -> bool:
    """Whether a row names somebody in a column of names: « membre » and « présent » beside them head no columns."""
    kinds = cell_kinds(layout, row)
    if len(kinds) > len(row.cells()):
        return False
    named = [at for at, column in enumerate(columns[: len(kinds)]) if column and column[0] in ("name", "list")]
    return any(kinds[at] is None and layout.read(row.cells()[at]).strip() for at in named)


def with_names(kinds: list[tuple[str, str] | None]) -> list[tuple[str, str] | None]:
    """The kinds of columns; an unheaded first one beside columns of statuses holds the names."""
    announced = {kind[0] for kind in kinds if kind}
    if kinds and kinds[0] is None and "status" in announced <= {"status", "proxy", "holder"}:
        return [("name", ""), *kinds[1:]]
    return kinds


def columns_under(layout: Layout, roll: Roll, head: Block) -> Columns:
    """What the columns hold under a row of heads, as the cells below it show."""
    kinds = with_names(cell_kinds(layout, head))
    below = [row for b in roll.blocks if b.index > head.index and len(row := b.cells()) == len(kinds)]
    return with_mandates(layout, with_voices(layout, kinds, below), below)


def with_voices(layout: Layout, kinds: Columns, rows: Sequence[Sequence[Span]]) -> Columns:
    """The kinds of columns; the head of an empty column of voices is that of the numbers right of it, flush right."""
    out = list(kinds)
    for at in [i for i, kind in enumerate(kinds[:-1]) if kind and kind[0] == "votes" and kinds[i + 1] is None]:
        empty = all(not layout.read(row[at]).strip() for row in rows)
        if empty and any(votes_in(layout, row[at + 1]) for row in rows):
            out[at : at + 2] = [None, kinds[at]]
    return out


def with_mandates(layout: Layout, kinds: Columns, rows: Sequence[Sequence[Span]]) -> Columns:
    """The kinds of columns; under « Mandat » stands who holds a proxy, or the office: « Titulaire », « Suppléante »."""
    out = list(kinds)
    for at, kind in enumerate(kinds):
        if kind and kind[0] == "proxy" and kind[1].startswith("mandat"):
            held = [cell for row in rows if layout.read(cell := row[at]).strip()]
            told = [cell for cell in held if layout.grammar.has("Role", layout.folded(cell))]
            out[at] = ("role", kind[1]) if held and 2 * len(told) > len(held) else kind
    return out


def is_group_row(layout: Layout, rows: Sequence[Block], at: int) -> bool:
    """Whether a row names the groups of the columns under it: the next row has several persons in a cell."""
    if at + 1 >= len(rows) or len(rows[at].cells()) != len(rows[at + 1].cells()):
        return False
    here, below = ([people_in(layout, c) for c in row.cells() if c.end > c.start] for row in rows[at : at + 2])
    titled = any(person.honorific for people in here for person in people)
    return bool(here) and not titled and many_names(below) and not many_names(here)


def many_names(cells: Sequence[Sequence[Named]]) -> bool:
    """Whether cells hold lists of names: several in one cell."""
    return any(len(people) > 1 for people in cells)
