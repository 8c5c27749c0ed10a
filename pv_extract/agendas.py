"""Agendas: the list of this meeting's points, that of another meeting, the list that sums up the deliberations."""

from collections.abc import Sequence

import regex

from pv_extract.attendance import RollCall
from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.headings import Heading, numbered
from pv_extract.mentions import Mention
from pv_extract.numbering import same_title
from pv_extract.sections import AgendaItem, Section
from pv_extract.text import Span

FIRST_SUMMARY = 8  # blocks; a list of deliberations that comes before is what the document is
BULLET = regex.compile(r"\s*(?:[-–—*•>✓]+\s*(?=\S)|\(?[a-z]\)\s)")
LONGEST_AGENDA_ITEM = 420
LONGEST_DATED_TITLE = 120  # characters; a longer line with the meeting's date is the opening formula


def agenda_zones(layout: Layout, roll_call: RollCall, end: int) -> list[Section]:
    """The agenda lists, the agendas of other meetings, and the lists that sum up the deliberations."""
    zones: list[Section] = []
    at = 0
    while at < len(layout.blocks):
        block = layout.blocks[at]
        kind, mention = zone_opening(layout, block, end)
        if kind is None or block.index in roll_call.blocks:
            at += 1
            continue
        zone = zone_from(layout, kind, mention, at, roll_call)
        zones.append(zone)
        at = zone.blocks[-1].index + 1
    return zones


def zone_opening(layout: Layout, block: Block, end: int) -> tuple[str | None, Mention | None]:
    """Which list a block opens: « agenda », « upcoming », « summary », or none."""
    for kind, emits in (("upcoming", "UpcomingHeading"), ("summary", "SummaryHeading"), ("agenda", "AgendaHeading")):
        found = block.first(emits, layout.grammar)
        if found and block.index < end and not (kind == "summary" and block.index < FIRST_SUMMARY):
            return kind, found
    return None, None


def zone_from(layout: Layout, kind: str, mention: Mention | None, at: int, roll_call: RollCall) -> Section:
    """The list that the block at ``at`` opens, and its items."""
    blocks = [layout.blocks[at]]
    items: list[AgendaItem] = []
    loose = kind == "upcoming"
    for block in layout.blocks[at + 1 :]:
        if block.index in roll_call.blocks or ends_list(layout, kind, block, items):
            break
        item = list_item(layout, block, items, loose)
        if item is None and not loose:
            if len(blocks) == 1 and len(block.text) < 200 and block.text.rstrip().endswith(":"):
                blocks.append(block)
                continue
            break
        blocks.append(block)
        if item is not None:
            items.append(item)
    return Section(kind, tuple(blocks), mention=mention, items=tuple(renumbered(layout, items, loose)))


def ends_list(layout: Layout, kind: str, block: Block, items: Sequence[AgendaItem]) -> bool:
    """Whether a block cannot belong to the list above it."""
    grammar = layout.grammar
    if items and regex.fullmatch(r"\W*preambule\W*", block.lowered):
        return True
    if any(
        block.has(k, grammar)
        for k in ("AgendaHeading", "UpcomingHeading", "SummaryHeading", "AttendanceLabel", "Closing")
    ):
        return True
    if kind == "upcoming":
        return False
    formula = any(block.has(k, grammar) for k in ("Quorum", "Secretary", "EndTime"))
    opening = len(block.text) > LONGEST_DATED_TITLE and block.has("MeetingDate", grammar)
    if (formula or opening) and numbered(layout, block) is None:
        return True
    if len(block.text) > LONGEST_AGENDA_ITEM:
        return True
    if any(block.has(k, grammar) for k in ("VoteOutcome", "Decision")) and not block.has("Procedural", grammar):
        return True
    if not items:
        return False
    bulleted = all(item.rule == "agenda.bullet" for item in items)
    if bulleted and (block.gap_before or len(items) > 2) and not BULLET.match(block.text):
        return True
    heading = numbered(layout, block)
    if heading and heading.title is None and heading.reference is not None:
        return True
    title = layout.read(heading.title) if heading and heading.title else block.text
    if same_title(title, layout.read(items[0].title)) or any(title == layout.read(item.title) for item in items):
        return True
    restarts = bool(heading and heading.rank == 1 and heading.style in ("arabic", "roman", "word", "resolution"))
    return (
        restarts
        and any(i.number is not None for i in items)
        and (heading is not None and not nested_list(layout, heading, items))
    )


def nested_list(layout: Layout, heading: Heading, items: Sequence[AgendaItem]) -> bool:
    """Whether a number 1 begins a list inside the agenda: the items above are numbered in another style."""
    last = next((layout.read(i.number) for i in reversed(items) if i.number), "")
    return heading.style == "arabic" and not last.strip(" .)°").isdigit()


def list_item(layout: Layout, block: Block, items: Sequence[AgendaItem], loose: bool) -> AgendaItem | None:
    """The agenda item that a block is, None for running text."""
    text = block.text.strip()
    filled = [c for c in block.cells() if c.end > c.start]
    if len(filled) > 2 or (loose and len(filled) == 2 and not layout.read(filled[0]).strip(" .)-").isdigit()):
        return None
    heading = numbered(layout, block)
    if heading and heading.title:
        return AgendaItem(heading.number, agenda_title(layout, heading.title), heading.rule)
    bullet = BULLET.match(text)
    if bullet and not (loose and items and (block.text[:1] == " " or text[bullet.end()].islower())):
        start = block.span.start + block.text.index(text) + bullet.end()
        title = agenda_title(layout, Span(start, block.span.end))
        return AgendaItem(None, title, "agenda.bullet") if title.end - title.start > 3 else None
    running = len(text) > 220 or (regex.search(r"[.!?]\W*$", text) and len(text) > 90)
    if running or bullet or not regex.search(r"\p{L}{3}", text) or not any(c.islower() or c.isupper() for c in text):
        return None
    if loose and (not items or (items[-1].number is None and items[-1].rule != "agenda.line")):
        return None
    if regex.match(r"\p{Ll}", text) and items:
        return None
    return AgendaItem(None, agenda_title(layout, trimmed(layout, block.span)), "agenda.line")


def agenda_title(layout: Layout, span: Span) -> Span:
    """The title of an agenda item: what is bold, or what stands before « : » or a dash and long prose."""
    span = trimmed(layout, span)
    text = layout.read(span)
    if layout.document.styles:
        bold_end = 0
        for word in regex.finditer(r"\S+", text):
            if layout.style(Span(span.start + word.start(), span.start + word.end()))[0] < 0.5:
                break
            bold_end = word.end()
        if 12 <= bold_end < len(text) - 12:
            return trimmed(layout, Span(span.start, span.start + bold_end))
    if len(text) > 140:
        cut = regex.search(
            r"\s[–—-]\s+(?=(?i:les?|la|il|l'|une?|ces?|cette)\b)|\s?:\s|\.\s+(?=\p{Lu})", text[:LONGEST_AGENDA_ITEM]
        )
        if cut and cut.start() >= 10:
            return trimmed(layout, Span(span.start, span.start + cut.start()))
    return span


def renumbered(layout: Layout, items: Sequence[AgendaItem], loose: bool) -> list[AgendaItem]:
    """The items without stray ones and part headings.

    In another body's numbered agenda, bullets and what comes last are details. « II. Finances » over a list of
    points is no point itself.
    """
    last = max((at for at, i in enumerate(items) if i.number is not None), default=None)
    if loose and last is not None:
        return [i for i in items[: last + 1] if i.number is not None or i.rule == "agenda.line"]
    return [i for i, following in zip(items, [*items[1:], None], strict=False) if not heads_part(layout, i, following)]


def heads_part(layout: Layout, item: AgendaItem, following: AgendaItem | None) -> bool:
    """Whether an agenda line in roman numerals only heads the points under it."""
    if following is None or item.number is None or not item.rule.endswith("item_roman"):
        return False
    if following.number is None:
        return following.rule == "agenda.bullet"
    return layout.read(following.number).strip(" .)°") in ("1", "a", "A")
