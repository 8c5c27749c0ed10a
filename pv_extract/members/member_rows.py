"""The rows of a table of members: whom a row names, whether they are there, whom they stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from pv_extract.blocks import Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.members.cells import row_status, ticked_status, told_behind, votes_in
from pv_extract.members.entries import Entry, entry_of, read_line
from pv_extract.members.people import Named, people_in
from pv_extract.members.proxies import ProxyGiven
from pv_extract.members.rolls import Roll
from pv_extract.members.ticks import Head, placed_status
from pv_extract.text import Span

TOLD = ("status", "proxy", "holder", "remark")  # columns that may say « pouvoir à », « suppléant : »
# « 1er collège », « (2 voix par délégué) »: numbers that the name of a college may hold.
NUMBERS_OF_COLLEGE = regex.compile(r"\b\d{1,2}\s?(?:er|re|e|eme|nde?)\b|\(\s*\d{1,3}\s[^()\d]*\)", regex.IGNORECASE)

COLLEGE = regex.compile(r"\bcolleges?\b", regex.IGNORECASE)

Columns = list[tuple[str, str] | None]  # what each column holds, and its head


@dataclass
class Table:
    """What the rows read so far tell of those below: the columns, where statuses stand, the group of a merged cell.

    ``college`` stands on a line of its own, over the members who are printed under it; ``beside`` are those of lists
    that stand side by side, by their column; ``codes`` are the letters that a legend explains.
    """

    columns: Columns = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    group: Span | None = None
    merged: bool = False
    college: Span | None = None
    beside: dict[int, Span] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    def head(self, layout: Layout, group: Span) -> None:
        """Take the group that a line or a row alone names for those below."""
        self.group = self.beside[0] = group
        self.college = group if COLLEGE.search(layout.folded(group)) else None


def read_row(layout: Layout, roll: Roll, cells: Sequence[Span], table: Table, proxies: list[ProxyGiven]) -> list[Entry]:
    """The entries of a row under known columns, and its proxies."""
    filled = [c for c in cells if c.end > c.start]
    if heading := heading_in(layout, filled):
        table.merged = True
        table.head(layout, heading)
        return []
    entries: list[Entry] = []
    for columns in side_by_side(table.columns):
        by_kind: dict[str, list[tuple[str, Span]]] = {}
        for cell, column in zip(cells, columns, strict=False):
            if column and cell.end > cell.start:
                kind = "status" if is_ticked(layout, column, cell) else column[0]
                by_kind.setdefault(kind, []).append((column[1], cell))
        status = row_status(layout, roll.status, by_kind.get("status", ()), len(cells) == len(columns), table.codes)
        if status == "unknown":
            status = placed_status(layout, table.heads, cells) or status
        entries += read_member(layout, replace(roll, status=status), by_kind, table, proxies)
    return entries


def is_ticked(layout: Layout, column: tuple[str, str], cell: Span) -> bool:
    """Whether a cell under « Présents », which may head a list of names, is a tick and no name."""
    return column[0] == "list" and ticked_status(layout, [(column[1], cell)]) == column[1]


def heading_in(layout: Layout, filled: Sequence[Span]) -> Span | None:
    """The college or commune that the only words of a row name, a bracket in the next cell aside."""
    if not filled or not all(layout.read(cell).startswith("(") for cell in filled[1:]):
        return None
    heading = trimmed(layout, Span(filled[0].start, filled[-1].end))
    return heading if heads_rows(layout, heading) else None


def heads_rows(layout: Layout, cell: Span) -> bool:
    """Whether the only words of a row name the college or commune of the rows below it."""
    text = layout.read(cell)
    words = NUMBERS_OF_COLLEGE.sub("", fold(text)).strip()
    worded = sum(c.isalpha() for c in words) > 3 and (text[0].isupper() or words != fold(text).strip())
    if not worded or any(c.isdigit() for c in words) or layout.grammar.has("NotAName", fold(text)):
        return False
    return bool(COLLEGE.match(words)) or not people_in(layout, cell)


def side_by_side(columns: Columns) -> list[Columns]:
    """The columns of each of the lists that stand beside one another: titulars and their presence, then substitutes.

    What stands before the first name is said of all. A list without statuses beside one that has some tells nobody's.
    """
    starts = [i for i, c in enumerate(columns) if c and c[0] == "name" and not completes_name(columns, i)]
    if len(starts) < 2:
        return [columns]
    ends = [*starts[1:], len(columns)]
    lists = [
        [c if i < starts[0] or start <= i < end else None for i, c in enumerate(columns)]
        for start, end in zip(starts, ends, strict=True)
    ]
    told = [one for one in lists if any(c and c[0] == "status" for c in one)]
    return told or [columns]


def completes_name(columns: Columns, at: int) -> bool:
    """Whether a column of names is the second half of « Nom » and « Prénom » beside one another."""
    before, here = (columns[i] if i >= 0 else None for i in (at - 1, at))
    return bool(before and here and before[0] == "name" and {bare(before[1]), bare(here[1])} == {"nom", "prenom"})


def bare(header: str) -> str:
    """A folded header without punctuation and plural."""
    return regex.sub(r"\W", "", header).rstrip("s")


def read_member(
    layout: Layout,
    roll: Roll,
    by_kind: Mapping[str, list[tuple[str, Span]]],
    table: Table,
    proxies: list[ProxyGiven],
) -> list[Entry]:
    """The entries of a row's cells, by what their columns announce, and its proxies."""
    role = next((trimmed(layout, c) for _, c in by_kind.get("role", ())), None)
    cells = (trimmed(layout, c) for _, c in by_kind.get("group", ()))
    printed = next((c for c in cells if any(map(str.isalpha, layout.read(c)))), None)
    table.group = printed or (table.group if table.merged else None)
    group = table.college or table.group
    votes = next((votes_in(layout, c) for _, c in by_kind.get("votes", ())), None)
    entries: list[Entry] = []
    for status, cell in by_kind.get("list", ()):
        for person in people_in(layout, cell):
            made = entry_of(layout, replace(roll, status=status), person, group)
            entries.append(replace(made, role=made.role or role, votes=votes if len(by_kind["list"]) == 1 else None))
    if not entries:
        for made in listed_in(layout, roll, by_kind.get("name", ()), group, proxies):
            entries.append(replace(made, role=made.role or role, votes=votes))
    proxies += row_proxies(layout, by_kind, entries)
    return entries + substitutes(layout, roll, by_kind, entries)


def row_proxies(
    layout: Layout, by_kind: Mapping[str, list[tuple[str, Span]]], entries: Sequence[Entry]
) -> list[ProxyGiven]:
    """The proxies that a row tells: in a cell of its own, or behind « pouvoir à » in whatever cell."""
    given: list[ProxyGiven] = []
    for kind in TOLD:
        for _, cell in by_kind.get(kind, ()):
            given += proxies_to(told_behind(layout, cell, "GivesProxy"), cell, entries)
    if given:
        return given
    for header, cell in by_kind.get("proxy", ()):
        given += column_proxies(layout, header, cell, entries)
    givers = [p for _, c in by_kind.get("giver", ()) for p in people_in(layout, c)]
    holders = [p for header, c in by_kind.get("holder", ()) if "suppl" not in header for p in people_in(layout, c)]
    holders = holders if not any(stands_in(layout, c) for _, c in by_kind.get("holder", ())) else []
    if len(holders) == 1:
        here = [e.name for e in entries] if not givers else [g.span for g in givers]
        given += [ProxyGiven(g, holders[0].span, "attendance.column_holder", g) for g in here]
    return given


def stands_in(layout: Layout, cell: Span) -> bool:
    """Whether a cell says that somebody stands in for the member of the row."""
    return "suppl" in fold(layout.read(cell)).lower()


def proxies_to(holders: Sequence[Named], cell: Span, entries: Sequence[Entry]) -> list[ProxyGiven]:
    """The proxy of a row's only member to the only person named behind « pouvoir à »."""
    if len(entries) != 1 or len(holders) != 1:
        return []
    return [ProxyGiven(entries[0].name, holders[0].span, "attendance.column_proxy", cell)]


def substitutes(
    layout: Layout, roll: Roll, by_kind: Mapping[str, list[tuple[str, Span]]], entries: Sequence[Entry]
) -> list[Entry]:
    """Those who stand in for a row's member: « suppléé par M. Fabre », « M. Fabre (suppléant) »."""
    cells = [c for kind in TOLD for _, c in by_kind.get(kind, ())]
    found = [person for cell in cells for person in told_behind(layout, cell, "StandsIn")]
    if not found:
        held = [c for _, c in by_kind.get("holder", ()) if stands_in(layout, c)]
        found = [person for cell in held for person in people_in(layout, cell)]
    return [substitute_entry(layout, roll, person, entries) for person in found]


def listed_in(
    layout: Layout, roll: Roll, cells: Sequence[tuple[str, Span]], group: Span | None, proxies: list[ProxyGiven]
) -> list[Entry]:
    """The entries of a row's name columns; « Nom » and « Prénom » beside one another are one person's.

    A substitute whom no tick tells to be there is none of those who meet.
    """
    roll = replace(roll, status="represented") if roll.status == "proxy" else roll
    if [bare(header) for header, _ in cells] in (["nom", "prenom"], ["prenom", "nom"]):
        whole = trimmed(layout, Span(cells[0][1].start, cells[1][1].end))
        return [entry_of(layout, roll, Named(whole, Span(whole.end, whole.end)), group)]
    here = [c for header, c in cells if "suppl" not in header or roll.status != "unknown"]
    return [entry for cell in here for entry in read_line(layout, roll, trimmed(layout, cell), group, proxies)]


def substitute_entry(layout: Layout, roll: Roll, person: Named, entries: Sequence[Entry]) -> Entry:
    """The entry of a substitute who sits for the member of the row."""
    titular = entries[0] if entries else None
    made = entry_of(layout, replace(roll, status="present"), person, titular.group if titular else None)
    return replace(made, status="present", substitute_for=titular.name if titular else None)


def column_proxies(layout: Layout, header: str, cell: Span, entries: Sequence[Entry]) -> list[ProxyGiven]:
    """The proxy of a row: beside somebody present the column names the giver, beside somebody away the holder."""
    people = people_in(layout, cell)
    if len(entries) != 1 or not people:
        return []
    main = entries[0]
    away = main.status in ("excused", "absent", "represented")
    to_holder = away or regex.search(r"\ba\b|donn|mandataire|par\b", header) is not None
    pairs = [(main.name, p.span) if to_holder else (p.span, main.name) for p in people]
    return [ProxyGiven(giver, holder, "attendance.column_proxy", cell) for giver, holder in pairs]
