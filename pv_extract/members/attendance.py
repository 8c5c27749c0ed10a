"""The roll call: who is listed as present, excused, absent or represented, and who votes for whom.

Entries of tables, of lists and of running text become the same ``Entry``; linking makes members of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.members.column_heads import cell_kinds, is_column_row
from pv_extract.members.entries import Entry, entry_of, group_prefix, grouped, read_line
from pv_extract.members.flattened import unflattened
from pv_extract.members.member_rows import Table
from pv_extract.members.people import Named, people_in
from pv_extract.members.proxies import ProxyGiven
from pv_extract.members.roll_groups import FEWEST_HEADS, GROUP_LINE, group_of_line
from pv_extract.members.roll_openings import rolls_of
from pv_extract.members.roll_tables import read_table
from pv_extract.members.rolls import Roll, lists_names, only_counts
from pv_extract.text import Span

LONGEST_HEADING = 60  # characters of a line that names a college
RUNS_ON = (",", ";", " -", " –", " et")  # ends of a line whose list goes on below
LONGEST_MARK = 20  # characters behind the last name
LISTED = regex.compile(r"\s*(?:,|et|,\s*et)\s*(?:(?:M|MM|Mme|Mmes|Mlle)\.?\s*)?")


@dataclass(frozen=True)
class RollCall:
    """All that the rolls say, and the indices of the blocks they stand in."""

    entries: tuple[Entry, ...] = ()
    proxies: tuple[ProxyGiven, ...] = ()
    blocks: frozenset[int] = field(default_factory=frozenset)
    rolls: tuple[Roll, ...] = ()


def call_roll(layout: Layout) -> RollCall:
    """The roll call of the minutes, wherever it stands; lists inside the deliberations are left alone."""
    rolls = tuple(under_headings(layout, tuple(rolls_of(layout))))
    entries: list[Entry] = []
    proxies: list[ProxyGiven] = []
    for roll in rolls:
        found, given = read_roll(layout, roll)
        entries += found
        proxies += given
    used = {b.index for roll in rolls for b in roll.blocks}
    used |= {b.index for b in layout.blocks for roll in rolls if b.span.start <= roll.label.start < b.span.end}
    return RollCall(tuple(entries), tuple(proxies), frozenset(used), rolls)


def under_headings(layout: Layout, rolls: Sequence[Roll]) -> list[Roll]:
    """The rolls, each in the group printed above its label where that is how every list of those present begins.

    « Majorité départementale » / « Présents : … » / « Excusés : … » / « Non-inscrits » / « Présents : … ».
    """
    present = [roll for roll in rolls if roll.status == "present" and not only_counts(layout, roll)]
    above = {roll.label: line for roll in present if (line := line_above(layout, roll))}
    if len(above) < len(present) or len({layout.read(line) for line in above.values()}) < FEWEST_HEADS:
        return list(rolls)
    heads = {line.start for line in above.values()}
    out: list[Roll] = []
    group: Span | None = None
    for roll in rolls:
        group = above.get(roll.label, group)
        listed = tuple(b for b in roll.blocks if b.span.start + len(b.text) - len(b.text.lstrip()) not in heads)
        out.append(replace(roll, group=roll.group or group, blocks=listed))
    return out


def line_above(layout: Layout, roll: Roll) -> Span | None:
    """The short line right above a label at the head of its line that can name a group: no sentence, nobody's name.

    A commune in capitals (« ORVANNE ») looks like a name, and names a group where every list has such a line.
    """
    at = next((b for b in layout.blocks if b.span.start <= roll.label.start < b.span.end), None)
    if at is None or at.index == 0 or layout.read(Span(at.span.start, roll.label.start)).strip():
        return None
    block = layout.blocks[at.index - 1]
    if named := group_of_line(layout, block):
        return named
    other = (lists_names(layout, block) and not block.upper) or block.has("AttendanceLabel", layout.grammar)
    if block.is_row or not GROUP_LINE.fullmatch(block.text) or other:
        return None
    return trimmed(layout, block.span)


def read_roll(layout: Layout, roll: Roll) -> tuple[list[Entry], list[ProxyGiven]]:
    """The entries and proxies of a roll."""
    reading = RollReading(layout, roll)
    reading.read()
    return styled(layout, roll, weighted(layout, all_excused(layout, reading.entries))), reading.proxies


class RollReading:
    """A roll being read line by line: rows wait for the end of their table, a group holds until the next is named."""

    def __init__(self, layout: Layout, roll: Roll) -> None:
        self.layout, self.roll, self.group = layout, roll, roll.group
        self.entries: list[Entry] = []
        self.proxies: list[ProxyGiven] = []
        self.table = Table()
        self.rows: list[Block] = []
        self.last_row: Block | None = None
        self.open_group: Span | None = None
        self.whole = unflattened(layout, roll.blocks)

    def read(self) -> None:
        """Read what stands behind the label, then the lines under it."""
        if self.roll.content:
            self.entries += read_line(self.layout, self.roll, self.roll.content, self.group, self.proxies)
        for block in self.roll.blocks:
            if block.is_row or fills_first_column(self.layout, self.rows, block):
                self.rows.append(block)
            else:
                self.end_table()
                self.line(block)
        self.end_table()

    def end_table(self) -> None:
        """Read the rows that wait."""
        self.last_row = self.rows[-1] if self.rows else self.last_row
        read = read_table(self.layout, self.roll, self.rows, self.table, self.proxies)
        self.entries += grouped(read, self.group)
        self.rows = []

    def line(self, block: Block) -> None:
        """Read a line that is no row: a name whose words stand apart, the name of a group, or a list of people."""
        if block.index in self.whole:
            self.entries += whole_name(self.layout, self.roll, self.whole[block.index])
        elif heading := self.heading(block):
            self.group = heading
            self.table.head(self.layout, heading)
            self.table.merged = self.table.merged or any(self.table.columns)
        else:
            hanging = self.last_row is not None and hangs(self.last_row, block)
            beside = self.table.beside.get(1, self.table.group)
            group = beside if hanging else self.open_group or self.table.beside.get(0) or self.group
            roll = by_itself(self.layout, self.roll, block)
            self.entries += read_line(self.layout, roll, block.span, group, self.proxies)
            self.open_group = left_open(self.layout, block, self.open_group)

    def heading(self, block: Block) -> Span | None:
        """The group that a line names for those below it."""
        return group_of_line(self.layout, block) or heading_of_rows(self.layout, self.table, self.last_row, block)


def heading_of_rows(layout: Layout, table: Table, row: Block | None, block: Block) -> Span | None:
    """The college that a line without honorific names over rows of ticks that have one: « Mairie », « DDEN »."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    if row is None or row.index != block.index - 1 or not (below and below[0].is_row) or not any(table.columns):
        return None
    above, here, under = (any(p.honorific for p in people_in(layout, b.span)) for b in (row, block, below[0]))
    heads = is_column_row(layout, row) or above
    return trimmed(layout, block.span) if heads and under and not here and len(block.text) < LONGEST_HEADING else None


def fills_first_column(layout: Layout, rows: Sequence[Block], block: Block) -> bool:
    """Whether a line goes on in the first column of the table above: it names somebody, and names stand there.

    Where the row below has a civility and the line has none, it names a college.
    """
    heads = [row for row in rows if is_column_row(layout, row)]
    first = cell_kinds(layout, heads[-1])[0] if heads else None
    named = people_in(layout, block.span)
    below = [p for b in layout.blocks[block.index + 1 : block.index + 2] if b.is_row for p in people_in(layout, b.span)]
    college = any(p.honorific for p in below) and not any(p.honorific for p in named)
    return first is not None and first[0] in ("list", "name") and bool(named) and not college


def hangs(row: Block, block: Block) -> bool:
    """Whether a line goes on in the second column of the row above: it is set in farther than the first one reaches."""
    indent = len(block.text) - len(block.text.lstrip(" "))
    return indent > row.cells()[0].end - row.span.start


def left_open(layout: Layout, block: Block, above: Span | None) -> Span | None:
    """The group that the next line goes on with, where a line breaks off: « Groupe A : M. Roux - »."""
    return group_prefix(layout, block.span)[0] or above if block.text.rstrip().endswith(RUNS_ON) else None


def by_itself(layout: Layout, roll: Roll, block: Block) -> Roll:
    """The roll for a line of it: what a line says of its only name is stronger than the label above the list."""
    itself = roll.status != "other" and block.has("MarkedEntry", layout.grammar)
    return replace(roll, status="unknown") if itself else roll


def whole_name(layout: Layout, roll: Roll, name: Span | None) -> list[Entry]:
    """The entry of a name whose words the reading set on several lines."""
    return [entry_of(layout, roll, Named(name, Span(name.end, name.end)), None)] if name else []


def weighted(layout: Layout, entries: Sequence[Entry]) -> list[Entry]:
    """The entries; a bare number in brackets behind a few names only is not their voices."""
    bare = [e for e in entries if e.votes and bracketed(layout, e.votes)]
    if 2 * len(bare) >= len(entries):
        return list(entries)
    return [replace(e, votes=None) if e in bare else e for e in entries]


def all_excused(layout: Layout, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, all the absentees that a mark in the plural closes excused: « MM. Roux, Morel, excusés ; Fabre »."""
    out = list(entries)
    closed = False
    for i in reversed(range(len(out))):
        following = out[i + 1].name.start if i + 1 < len(out) else out[i].name.end + LONGEST_MARK
        behind = layout.text.text[out[i].name.end : max(following, out[i].name.end)]
        closed = layout.grammar.has("AllExcused", fold(behind)) or (closed and bool(LISTED.fullmatch(behind)))
        if closed and out[i].status == "absent":
            out[i] = replace(out[i], status="excused", rule="attendance.mark_excused")
    return out


def bracketed(layout: Layout, number: Span) -> bool:
    """Whether a number stands alone in brackets, without a unit."""
    around = layout.read(Span(number.start - 1, number.end + 1))
    return around.startswith("(") and around.endswith(")")


def styled(layout: Layout, roll: Roll, entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a list whose legend says that bold means present and italics excused.

    Where the reading kept italics only, names without them are present; where it kept no style at all,
    nobody's status is known.
    """
    if roll.legend is None:
        return list(entries)
    looks = {entry.name: layout.style(entry.name) for entry in entries}
    first, second = (layout.style(roll.legend.fields[name]) for name in ("bold", "italic"))
    swapped = first[1] > 0.5 and second[0] > 0.5
    any_bold = any(bold > 0.5 for bold, _ in looks.values())
    any_italic = any(italic > 0.5 for _, italic in looks.values())
    out = []
    for entry in entries:
        bold, italic = looks[entry.name]
        marked_bold = bold > 0.5 if any_bold and any_italic else bold > 0.5 or (any_italic and italic <= 0.5)
        marked_italic = italic > 0.5 or (any_bold and not any_italic and bold <= 0.5)
        if entry.status != "unknown" or not (any_bold or any_italic) or marked_bold == marked_italic:
            out.append(entry)
            continue
        present = marked_bold != swapped
        away = "excused" if "excus" in fold(layout.read(roll.legend.fields["italic"])).lower() else "absent"
        out.append(replace(entry, status="present" if present else away, rule=roll.legend.rule))
    return out
