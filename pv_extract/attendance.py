"""The roll call: who is listed as present, excused, absent or represented, and who votes for whom.

A roll is a label (« Étaient présents : ») and the lines under it. Entries of tables, of lists and of running
text become the same ``Entry``; linking makes members of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.mentions import Mention
from pv_extract.people import Named, name_share, people_in
from pv_extract.records import How
from pv_extract.text import Span

LIST_SHARE = 0.6  # share of a block's letters that must be names, roles and marks for it to be a list
BREAKS_ROLL = (
    "Secretary",
    "Quorum",
    "AgendaHeading",
    "UpcomingHeading",
    "Decision",
    "Approval",
    "Event",
    "Speech",
    "ConvocationDate",
)


@dataclass(frozen=True)
class Entry:
    """Somebody on a roll. ``status`` is None for staff and guests: they are no members."""

    name: Span
    status: str | None
    rule: str
    how: How = "stated"
    role: Span | None = None
    group: Span | None = None
    votes: Span | None = None
    substitute_for: Span | None = None
    honorific: str | None = None


@dataclass(frozen=True)
class ProxyGiven:
    """A proxy: who gives it to whom."""

    giver: Span
    holder: Span
    rule: str
    span: Span


@dataclass(frozen=True)
class Roll:
    """A label and the blocks under it; ``content`` is what stands behind the label on its own line."""

    status: str
    rule: str
    label: Span
    content: Span | None
    blocks: tuple[Block, ...] = ()
    legend: Mention | None = None


@dataclass(frozen=True)
class RollCall:
    """All that the rolls say, and the indices of the blocks they stand in."""

    entries: tuple[Entry, ...] = ()
    proxies: tuple[ProxyGiven, ...] = ()
    blocks: frozenset[int] = field(default_factory=frozenset)
    rolls: tuple[Roll, ...] = ()


def call_roll(layout: Layout) -> RollCall:
    """The roll call of the minutes, wherever it stands; lists inside the deliberations are left alone."""
    rolls = tuple(rolls_of(layout))
    entries: list[Entry] = []
    proxies: list[ProxyGiven] = []
    for roll in rolls:
        found, given = read_roll(layout, roll)
        entries += found
        proxies += given
    used = {b.index for roll in rolls for b in roll.blocks}
    used |= {b.index for b in layout.blocks for roll in rolls if b.span.start <= roll.label.start < b.span.end}
    return RollCall(tuple(entries), tuple(proxies), frozenset(used), rolls)


def rolls_of(layout: Layout) -> Iterator[Roll]:
    """The rolls in the order of the text; those behind the first decision only where none came before."""
    current: Roll | None = None
    seen = decided = False
    for block in layout.blocks:
        labels = [] if is_column_row(layout, block) else block.find("AttendanceLabel", layout.grammar)
        legend = block.first("StyleLegend", layout.grammar)
        if decided and seen and not (current and continues(layout, current, block)):
            if current:
                yield current
            return
        if legend and not labels:
            yield from closed(current)
            current = Roll("unknown", legend.rule, legend.span, rest_of(legend.span, block), legend=legend)
        elif labels:
            yield from closed(current)
            ends = [*(m.span.start for m in labels[1:]), block.span.end]
            opened = [opened_by(label, end) for label, end in zip(labels, ends, strict=True)]
            yield from opened[:-1]
            current = opened[-1]
            seen = True
        elif is_roll_table(layout, block) and not current:
            above = [b for b in layout.blocks[max(0, block.index - 1) : block.index] if group_of_line(layout, b)]
            start = Span(block.span.start, block.span.start)
            current = Roll("unknown", "attendance.table", start, None, (*above, block))
            seen = True
        elif current and continues(layout, current, block):
            current = replace(current, blocks=(*current.blocks, block))
        elif current:
            yield current
            current = None
        decided = decided or (
            seen and block.has("Decision", layout.grammar) and not block.has("Secretary", layout.grammar)
        )
    yield from closed(current)


def opened_by(label: Mention, end: int) -> Roll:
    """The roll that a label opens; what stands behind the label, up to ``end``, is on its line."""
    content = Span(label.span.end, end) if end > label.span.end else None
    return Roll(label.sets["status"], label.rule, label.span, content)


def closed(roll: Roll | None) -> Iterator[Roll]:
    """The roll, if there is one."""
    if roll is not None:
        yield roll


def rest_of(label: Span, block: Block) -> Span | None:
    """What stands behind a label on its line."""
    return Span(label.end, block.span.end) if label.end < block.span.end else None


def continues(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a block carries on the list of a roll."""
    if block.is_row:
        return table_like(layout, roll, block)
    if group_of_line(layout, block):
        return True
    if regex.fullmatch(
        r"\W*(?:neant|aucune?|sans objet|-+)\W*|\s*[-*•+]\s+\p{L}[\p{L}' .-]{0,28}(?:\([^()]{0,30}\))?\s*",
        block.lowered,
    ):
        return True
    if len(block.text) > 60 and any(block.has(kind, layout.grammar) for kind in BREAKS_ROLL):
        return False
    if any(block.has(kind, layout.grammar) for kind in ("Secretary", "AgendaHeading", "Quorum")):
        return False
    if roll.status in ("proxy", "represented") and block.has("ProxyPair", layout.grammar):
        return True
    if regex.fullmatch(
        r"\W*(?:(?:mesdames|messieurs|mmes?|mm\.?)(?:\s+et\s+|,\s*|\s+)?)+(?:les\s+[\w\s]{3,40})?\W*", block.lowered
    ):
        return True
    return name_share(layout, block.span) >= LIST_SHARE or (
        block.has("Proxy", layout.grammar) and len(block.text) < 160
    )


def group_of_line(layout: Layout, block: Block) -> Span | None:
    """The college or commune that a line alone names, heading those who follow."""
    found = layout.grammar.first("Group", block.folded)
    if found is None or not found.rule.endswith("group_line") or "group" not in found.fields:
        return None
    return trimmed(layout, found.fields["group"].shift(block.span.start))


def table_like(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a table row belongs to a roll: it holds names, or heads columns of names."""
    if is_column_row(layout, block):
        return True
    if name_share(layout, block.span) >= 0.3:
        return True
    following = layout.blocks[block.index + 1 : block.index + 2]
    return bool(following and following[0].is_row and name_share(layout, following[0].span) >= 0.5)


def cell_kinds(layout: Layout, block: Block) -> list[tuple[str, str] | None]:
    """What each cell of a header row announces: (« status », « present »), (« proxy », « »)…, None for nothing."""
    kinds: list[tuple[str, str] | None] = []
    for cell in block.cells():
        text = fold(layout.read(cell))
        column = layout.grammar.first("Column", text) if text else None
        label = layout.grammar.first("AttendanceLabel", text) if text else None
        if column is not None:
            kinds.append((column.sets["column"], text.lower()))
        elif label is not None and label.span.end - label.span.start >= 0.7 * len(text):
            kinds.append(("list", label.sets["status"]))
        else:
            kinds.append(None)
    return kinds


def is_column_row(layout: Layout, block: Block) -> bool:
    """Whether a row heads the columns of a roll: two announcements, or one and nothing but blanks beside."""
    if not block.is_row and not block.text.startswith("\t"):
        return False
    kinds = cell_kinds(layout, block)
    known = [k for k in kinds if k]
    filled = [c for c in block.cells() if c.end > c.start]
    return len(known) >= 2 or (len(known) == 1 and len(filled) == 1 and len(kinds) >= 2)


def is_roll_table(layout: Layout, block: Block) -> bool:
    """Whether a row opens a table of members."""
    if not is_column_row(layout, block):
        return False
    kinds = {k[0] for k in cell_kinds(layout, block) if k}
    return bool(kinds & {"list", "name", "status", "giver"})


def read_roll(layout: Layout, roll: Roll) -> tuple[list[Entry], list[ProxyGiven]]:
    """The entries and proxies of a roll."""
    entries: list[Entry] = []
    proxies: list[ProxyGiven] = []
    columns: list[tuple[str, str] | None] = []
    rows: list[Block] = []
    group: Span | None = None
    if roll.content:
        entries += read_line(layout, roll, roll.content, None, proxies)
    for block in (*roll.blocks, None):
        if block is not None and block.is_row:
            rows.append(block)
            continue
        entries += grouped(read_table(layout, roll, rows, columns, proxies), group)
        rows = []
        if block is not None:
            heading = group_of_line(layout, block)
            group = heading or group
            entries += [] if heading else read_line(layout, roll, block.span, group, proxies)
    return styled(layout, roll, entries), proxies


def grouped(entries: Sequence[Entry], group: Span | None) -> list[Entry]:
    """The entries, those without a group of their own in that of the line above."""
    return [e if e.group or group is None else replace(e, group=group) for e in entries]


def read_line(layout: Layout, roll: Roll, line: Span, above: Span | None, proxies: list[ProxyGiven]) -> list[Entry]:
    """The entries of a line of a roll: one person, or several between separators."""
    pairs = proxy_pairs(layout, roll, line)
    proxies += pairs
    if roll.status == "proxy":
        return []
    hidden = [p.holder for p in pairs]
    replaced = substitutions(layout, line)
    hidden += [person for person, _ in replaced]
    group, rest = group_prefix(layout, line)
    people = [p for p in people_in(layout, rest) if not any(overlaps(p.span, h) for h in hidden)]
    people = people or listed_name(layout, rest, pairs)
    entries = [entry_of(layout, roll, person, group or above) for person in people]
    return [replace(e, substitute_for=substituted(e, replaced)) for e in entries]


def listed_name(layout: Layout, line: Span, pairs: Sequence[ProxyGiven]) -> list[Named]:
    """The short name or nickname of a bullet list of persons, which only its place on the roll tells: « - SF »."""
    found = regex.match(r"\s*[-*•+]\s+(\p{L}[\p{L}' .-]{1,28}?)\s*(?:$|[,(])", layout.read(line))
    if found is None or pairs or layout.grammar.has("NotAName", fold(found[1])):
        return []
    name = Span(*found.span(1)).shift(line.start)
    return [Named(name, Span(name.end, line.end))]


def substitutions(layout: Layout, line: Span) -> list[tuple[Span, Span]]:
    """Who is replaced by whom on a line: « M. Fabre (suppléant de M. Morel) »."""
    found = layout.grammar.find("Substitution", fold(layout.read(line)))
    moved = [m.shift(line.start).fields for m in found]
    return [(f["person"], f["substitute"]) for f in moved if "person" in f and "substitute" in f]


def substituted(entry: Entry, replaced: Sequence[tuple[Span, Span]]) -> Span | None:
    """Whom an entry stands in for."""
    return next((person for person, substitute in replaced if overlaps(entry.name, substitute)), None)


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def group_prefix(layout: Layout, line: Span) -> tuple[Span | None, Span]:
    """The commune or college that a line opens with, and the rest of the line."""
    found = layout.grammar.first("Group", fold(layout.read(line)))
    if found is None or "group" not in found.fields:
        return None, line
    group = found.fields["group"].shift(line.start)
    if layout.grammar.has("NotAName", fold(layout.read(group))):
        return None, Span(line.start + found.span.end, line.end)
    return group, Span(line.start + found.span.end, line.end)


def entry_of(layout: Layout, roll: Roll, person: Named, group: Span | None) -> Entry:
    """The entry of a person of a list: the label's status, unless a mark behind the name says otherwise."""
    tail = fold(layout.read(person.tail))
    status, rule = roll.status, roll.rule
    if status == "proxy":
        status = "represented"
    if status == "other":
        return Entry(person.span, None, rule, role=role_of(layout, person.tail), honorific=person.honorific)
    for mark in layout.grammar.find("EntryMark", tail):
        said = mark.sets["mark"]
        if said in ("remote", "represented", "excused", "absent", "present") and overrides(status, said):
            status, rule = said, mark.rule
            break
    role = role_of(layout, person.tail)
    group = group or bracketed_group(layout, person.tail, role)
    return Entry(person.span, status, rule, role=role, group=group, honorific=person.honorific)


def overrides(label: str, mark: str) -> bool:
    """Whether a mark behind a name is stronger than the label above the list."""
    if mark == "represented":
        return label != "represented"
    if mark == "remote":
        return label in ("present", "unknown")
    return label in ("present", "unknown", "absent") and mark != "present"


def role_of(layout: Layout, tail: Span) -> Span | None:
    """The role written right behind a name."""
    found = layout.grammar.first("Role", fold(layout.read(tail)))
    return found.fields["role"].shift(tail.start) if found and "role" in found.fields else None


def bracketed_group(layout: Layout, tail: Span, role: Span | None) -> Span | None:
    """The commune in brackets behind a name: « Paul Morel (VALMORIN) »."""
    found = regex.match(r"\s*\((\p{Lu}[^()\n]{2,50})\)", layout.read(tail))
    if found is None or role is not None:
        return None
    text = fold(found[1])
    if any(layout.grammar.has(kind, text) for kind in ("EntryMark", "Role", "NotAName")) or any(
        c.isdigit() for c in text
    ):
        return None
    return Span(*found.span(1)).shift(tail.start)


def proxy_pairs(layout: Layout, roll: Roll, line: Span) -> list[ProxyGiven]:
    """The proxies that a line of a roll tells."""
    text = fold(layout.read(line))
    kinds = ["Proxy"] + (["ProxyPair"] if roll.status in ("proxy", "represented") else [])
    given: list[ProxyGiven] = []
    for kind in kinds:
        for mention in layout.grammar.find(kind, text):
            for pair in pairs_of(layout, mention.shift(line.start)):
                if not any(overlaps(pair.giver, other.giver) for other in given):
                    given.append(pair)
    return given


def proxies_in(layout: Layout, blocks: Sequence[Block]) -> list[ProxyGiven]:
    """The proxies that running text tells: « Mme Roux donne pouvoir à M. Morel »."""
    return [pair for block in blocks for m in block.find("Proxy", layout.grammar) for pair in pairs_of(layout, m)]


def pairs_of(layout: Layout, mention: Mention) -> list[ProxyGiven]:
    """One proxy for each giver of a mention."""
    giver, holder = mention.fields.get("giver"), mention.fields.get("holder")
    if giver is None or holder is None:
        return []
    givers = [p.span for p in people_in(layout, giver)]
    return [ProxyGiven(g, trimmed(layout, holder), mention.rule, mention.span) for g in givers]


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
        if is_column_row(layout, row):
            columns[:] = cell_kinds(layout, row)
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
                proxies += proxy_pairs(layout, roll, row.span)
    return entries


def is_group_row(layout: Layout, rows: Sequence[Block], at: int) -> bool:
    """Whether a row names the groups of the columns under it: no persons, and persons in the next row."""
    if at + 1 >= len(rows):
        return False
    here = [people_in(layout, c) for c in rows[at].cells() if c.end > c.start]
    below = name_share(layout, rows[at + 1].span)
    return bool(here) and below >= 0.6 and len(rows[at].cells()) == len(rows[at + 1].cells()) and not many_names(here)


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
        status = ticked_status(layout, by_kind.get("status", ())) or roll.status
        for _, cell in by_kind.get("name", ()):
            for person in people_in(layout, cell):
                made = entry_of(layout, replace(roll, status=status), person, group)
                entries.append(replace(made, role=made.role or role, votes=votes))
    for header, cell in by_kind.get("proxy", ()):
        proxies += column_proxies(layout, header, cell, entries)
    for _, cell in by_kind.get("status", ()):
        found = regex.match(r"(?:procuration|pouvoir)\s*(?:donnee?)?\s*(?:a|:)\s*", fold(layout.read(cell)).lower())
        if found:
            proxies += column_proxies(layout, "a", Span(cell.start + found.end(), cell.end), entries)
    givers = [p for _, c in by_kind.get("giver", ()) for p in people_in(layout, c)]
    holders = [p for _, c in by_kind.get("holder", ()) for p in people_in(layout, c)]
    if len(holders) == 1:
        here = [e.name for e in entries] if not givers else [g.span for g in givers]
        proxies += [ProxyGiven(g, holders[0].span, "attendance.column_holder", g) for g in here]
    return entries


def ticked_status(layout: Layout, cells: Sequence[tuple[str, Span]]) -> str | None:
    """The status that a row's cells say: a word, « P » or « A », or a tick under « Présent », « Excusé »…"""
    for header, cell in cells:
        text = fold(layout.read(cell)).strip()
        if regex.fullmatch(r"(?i)a\.?|abs\.?|absente?", text):
            return "absent"
        if regex.fullmatch(r"(?i)e\.?|exc\.?|excusée?", text):
            return "excused"
        mark = layout.grammar.first("EntryMark", text)
        ticked = regex.fullmatch(r"(?i)[x✓✔*1]|oui", text)
        if ticked:
            for stem, status in (
                ("present", "present"),
                ("excus", "excused"),
                ("absent", "absent"),
                ("represent", "represented"),
            ):
                if header.startswith(stem):
                    return status
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
