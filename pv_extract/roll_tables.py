"""The entries of rolls that are printed as tables, whatever their columns."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.entries import Entry, ProxyGiven, entry_of, proxy_pairs
from pv_extract.grammar import fold
from pv_extract.people import Named, people_in
from pv_extract.rolls import Roll, cell_kinds, is_column_row
from pv_extract.text import Span

# OCR reads the sides of a box as brackets of any kind, or as strokes.
TICK = regex.compile(r"[\[({|I]{0,2}\s*(?:[x✓✔*1]|oui)\s*[\])}|I]{0,2}", regex.IGNORECASE)
EMPTY_BOX = regex.compile(r"[\[({|]\s*[\])}|1lIi]{1,2}|[1lI|][\])}]|[☐□]|non", regex.IGNORECASE)
DUST = " .,:;'’‘°·"
HEADED = (("present", "present"), ("excus", "excused"), ("absent", "absent"), ("represent", "represented"))
LETTERS = (
    (regex.compile(r"(?:a\.?|abs\.?|absente?)", regex.IGNORECASE), "absent"),
    (regex.compile(r"(?:e\.?|exc\.?|excusee?)", regex.IGNORECASE), "excused"),
)


def read_table(
    layout: Layout,
    roll: Roll,
    rows: Sequence[Block],
    columns: list[tuple[str, str] | None],
    proxies: list[ProxyGiven],
) -> list[Entry]:
    """The entries of table rows; ``columns`` are kept for a table that goes on without a header."""
    entries: list[Entry] = []
    groups: list[Span] = []
    for i, row in enumerate(rows):
        cells = row.cells()
        if is_column_row(layout, row) and not fills(layout, row, columns):
            columns[:] = with_names(cell_kinds(layout, row))
            groups = []
        elif not columns and is_group_row(layout, rows, i):
            groups = cells
        elif columns and any(columns):
            entries += read_row(layout, roll, cells, columns, proxies)
        else:
            for at, cell in enumerate(cells if roll.status != "proxy" else ()):
                group = groups[at] if at < len(groups) and groups[at].end > groups[at].start else None
                found = people_in(layout, cell) if cell.end > cell.start else []
                entries += [entry_of(layout, roll, person, group) for person in found]
            if roll.status in ("proxy", "represented"):
                by_cell = [pair for cell in cells if cell.end > cell.start for pair in proxy_pairs(layout, roll, cell)]
                proxies += by_cell or proxy_pairs(layout, roll, row.span)
    return entries


def fills(layout: Layout, row: Block, columns: Sequence[tuple[str, str] | None]) -> bool:
    """Whether a row names somebody in a column of names: « membre » and « présent » beside them head no columns."""
    kinds = cell_kinds(layout, row)
    named = [at for at, column in enumerate(columns[: len(kinds)]) if column and column[0] in ("name", "list")]
    return any(kinds[at] is None and layout.read(row.cells()[at]).strip() for at in named)


def with_names(kinds: list[tuple[str, str] | None]) -> list[tuple[str, str] | None]:
    """The kinds of columns; an unheaded first one beside columns of statuses holds the names."""
    announced = {kind[0] for kind in kinds if kind}
    if kinds and kinds[0] is None and announced == {"status"}:
        return [("name", ""), *kinds[1:]]
    return kinds


def is_group_row(layout: Layout, rows: Sequence[Block], at: int) -> bool:
    """Whether a row names the groups of the columns under it: the next row has several persons in a cell."""
    if at + 1 >= len(rows) or len(rows[at].cells()) != len(rows[at + 1].cells()):
        return False
    here, below = ([people_in(layout, c) for c in row.cells() if c.end > c.start] for row in rows[at : at + 2])
    return bool(here) and many_names(below) and not many_names(here)


def many_names(cells: Sequence[Sequence[Named]]) -> bool:
    """Whether cells hold lists of names: several in one cell."""
    return any(len(people) > 1 for people in cells)


def read_row(
    layout: Layout,
    roll: Roll,
    cells: Sequence[Span],
    columns: Sequence[tuple[str, str] | None],
    proxies: list[ProxyGiven],
) -> list[Entry]:
    """The entries of a row under known columns, and its proxy."""
    by_kind: dict[str, list[tuple[str, Span]]] = {}
    for cell, column in zip(cells, columns, strict=False):
        if column and cell.end > cell.start:
            by_kind.setdefault(column[0], []).append((column[1], cell))
    entries: list[Entry] = []
    role = next((trimmed(layout, c) for _, c in by_kind.get("role", ())), None)
    group = next((trimmed(layout, c) for _, c in by_kind.get("group", ())), None)
    votes = next((c for _, c in by_kind.get("votes", ()) if layout.read(c).strip().isdigit()), None)
    for status, cell in by_kind.get("list", ()):
        for person in people_in(layout, cell):
            made = entry_of(layout, replace(roll, status=status), person, group)
            entries.append(replace(made, role=made.role or role, votes=votes if len(by_kind["list"]) == 1 else None))
    if not entries:
        status = row_status(layout, roll, by_kind.get("status", ()), len(cells) == len(columns))
        for person in named_in(layout, by_kind.get("name", ())):
            made = entry_of(layout, replace(roll, status=status), person, group)
            entries.append(replace(made, role=made.role or role, votes=votes))
    for header, cell in by_kind.get("proxy", ()):
        proxies += column_proxies(layout, header, cell, entries)
    for _, cell in by_kind.get("status", ()):
        found = regex.match(r"(?:procuration|pouvoir)\s*(?:donnee?)?\s*(?:a\b|:)?\s*", fold(layout.read(cell)).lower())
        if found:
            proxies += column_proxies(layout, "a", Span(cell.start + found.end(), cell.end), entries)
    givers = [p for _, c in by_kind.get("giver", ()) for p in people_in(layout, c)]
    held = [c for _, c in by_kind.get("holder", ())]
    standing_in = [c for c in held if "suppl" in fold(layout.read(c)).lower()]
    for cell in standing_in:
        entries += [substitute_entry(layout, roll, p, entries) for p in people_in(layout, cell)]
    holders = [p for c in held if c not in standing_in for p in people_in(layout, c)]
    if len(holders) == 1:
        here = [e.name for e in entries] if not givers else [g.span for g in givers]
        proxies += [ProxyGiven(g, holders[0].span, "attendance.column_holder", g) for g in here]
    return entries


def row_status(layout: Layout, roll: Roll, cells: Sequence[tuple[str, Span]], in_columns: bool) -> str:
    """The status that a row tells, that of its roll where it tells none; unknown where it cannot be read.

    On a page a tick is told by its place alone, and worth nothing in a row that has lost some of its cells.
    """
    if not in_columns and cells and layout.document.words:
        return "unknown"
    status = ticked_status(layout, cells)
    marks = [fold(layout.read(cell)).strip(DUST) for _, cell in cells]
    unread = any(mark and not EMPTY_BOX.fullmatch(mark) for mark in marks)
    return status or ("unknown" if unread and layout.document.words else roll.status)


def named_in(layout: Layout, cells: Sequence[tuple[str, Span]]) -> list[Named]:
    """The persons of a row's name columns; « Nom » and « Prénom » beside one another are one person's."""
    if [regex.sub(r"\W", "", header).rstrip("s") for header, _ in cells] in (["nom", "prenom"], ["prenom", "nom"]):
        whole = trimmed(layout, Span(cells[0][1].start, cells[1][1].end))
        return [Named(whole, Span(whole.end, whole.end))]
    return [person for _, cell in cells for person in people_in(layout, cell)]


def substitute_entry(layout: Layout, roll: Roll, person: Named, entries: Sequence[Entry]) -> Entry:
    """The entry of a substitute who sits for the member of the row."""
    made = entry_of(layout, replace(roll, status="present"), person, None)
    return replace(made, status="present", substitute_for=entries[0].name if entries else None)


def ticked_status(layout: Layout, cells: Sequence[tuple[str, Span]]) -> str | None:
    """The status that a row's cells say: a word, « P » or « A », or a tick under « Présent », « Excusé »…"""
    for header, cell in cells:
        text = fold(layout.read(cell)).strip(DUST)
        if EMPTY_BOX.fullmatch(text):
            continue
        if TICK.fullmatch(text) and (status := next((s for stem, s in HEADED if header.startswith(stem)), None)):
            return status
        if status := next((status for form, status in LETTERS if form.fullmatch(text)), None):
            return status
        mark = layout.grammar.first("EntryMark", text)
        if mark and mark.sets["mark"] in ("present", "excused", "absent", "represented", "remote"):
            return mark.sets["mark"]
    return None


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
