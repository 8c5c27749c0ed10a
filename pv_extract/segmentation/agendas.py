"""Agendas: the list of this meeting's points, that of another meeting, the list that sums up the deliberations."""

from collections.abc import Sequence
from datetime import date

from pv_extract.blocks import Block, Layout
from pv_extract.members.attendance import RollCall
from pv_extract.mentions import Mention
from pv_extract.segmentation.headings import Heading, numbered
from pv_extract.segmentation.numbering import rank_of, same_title, title_key
from pv_extract.segmentation.points import BULLET, LONGEST_AGENDA_ITEM, inline_points, list_item, renumbered
from pv_extract.segmentation.sections import AgendaItem, Section
from pv_extract.values import read_date

FIRST_SUMMARY = 8  # blocks; a list of deliberations that comes before is what the document is
OTHER_PARTS = ("AgendaHeading", "UpcomingHeading", "SummaryHeading", "AttendanceLabel", "Closing")
OPENING = ("Quorum", "Secretary", "StartTime", "EndTime")
COUNTING = ("arabic", "roman", "word", "resolution")  # styles of numbers that begin anew at 1
HEAD_REACH = 60  # blocks
LONGEST_THEME = 80  # characters of a line that heads points of an agenda
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
        if not found or block.index >= end or (kind == "summary" and block.index < FIRST_SUMMARY):
            continue
        printed = found.fields.get("date")
        dated = read_date(layout.read(printed)) if printed else None
        own = meeting_day(layout, block) if dated else None
        if kind == "upcoming":
            return ("agenda" if dated and dated == own else kind), found
        if dated is None or own is None or dated == own:
            return kind, found
    return None, None


def meeting_day(layout: Layout, heading: Block) -> date | None:
    """The first date that the head gives to the meeting, apart from that in the heading of the list itself."""
    head = [b for b in layout.blocks[:HEAD_REACH] if b is not heading]
    mentions = (m for b in head for m in b.find_all("MeetingDate", layout.grammar))
    return next((day for m in mentions if (day := read_date(layout.read(m.fields["date"])))), None)


def zone_from(layout: Layout, kind: str, mention: Mention | None, at: int, roll_call: RollCall) -> Section:
    """The list that the block at ``at`` opens, and its items."""
    blocks = [layout.blocks[at]]
    loose = kind == "upcoming"
    items = inline_points(layout, blocks[0], mention) if kind == "agenda" and mention else []
    recalls = kind == "summary" and follows_votes(layout, at)
    for block in layout.blocks[at + 1 :] if not items or items[0].number else ():
        row = recalls and block.is_row
        if block.index in roll_call.blocks or (ends_list(layout, kind, block, items) and not row):
            break
        item = None if row else list_item(layout, block, items, loose)
        if item is None and not (loose or row or (len(blocks) == 1 and leads_in(layout, block))):
            break
        blocks.append(block)
        if item is not None:
            items.append(item)
    return Section(kind, tuple(blocks), mention=mention, items=tuple(renumbered(layout, items, loose)))


def leads_in(layout: Layout, block: Block) -> bool:
    """Whether a line under the heading of a list only leads into it: « points suivants : », the head of its columns."""
    return len(block.text) < 200 and (block.text.rstrip().endswith(":") or block.has("AgendaColumns", layout.grammar))


def follows_votes(layout: Layout, at: int) -> bool:
    """Whether votes were told before a block: a table of deliberations behind them only recalls them."""
    return sum(block.has("VoteOutcome", layout.grammar) for block in layout.blocks[:at]) > 1


def ends_list(layout: Layout, kind: str, block: Block, items: Sequence[AgendaItem]) -> bool:
    """Whether a block cannot belong to the list above it."""
    if opens_other_part(layout, block, items):
        return True
    if kind == "upcoming":
        return False
    heading = numbered(layout, block)
    if len(block.text) > LONGEST_AGENDA_ITEM or (heading is None and tells_of_meeting(layout, block)):
        return True
    recalled = kind == "summary" and heading is not None
    if not recalled and decides(layout, block):
        return True
    return bool(items) and (leaves_bullets(layout, block, items) or opens_items(layout, block, heading, items))


def opens_other_part(layout: Layout, block: Block, items: Sequence[AgendaItem]) -> bool:
    """Whether a block opens another list, the roll, the end of the minutes, or a preamble behind the list."""
    if items and block.has("Preamble", layout.grammar):
        return True
    return any(block.has(kind, layout.grammar) for kind in OTHER_PARTS)


def tells_of_meeting(layout: Layout, block: Block) -> bool:
    """Whether a block tells how the meeting went: its quorum, its hours, its secretary, its day in a sentence."""
    if any(block.has(kind, layout.grammar) for kind in OPENING):
        return True
    return len(block.text) > LONGEST_DATED_TITLE and block.has("MeetingDate", layout.grammar)


def decides(layout: Layout, block: Block) -> bool:
    """Whether something but procedure is decided in a block."""
    decided = any(block.has(kind, layout.grammar) for kind in ("VoteOutcome", "Decision"))
    return decided and not block.has("Procedural", layout.grammar)


def leaves_bullets(layout: Layout, block: Block, items: Sequence[AgendaItem]) -> bool:
    """Whether a line without bullet stands behind points that all have one, and heads no further ones."""
    if any(item.rule != "agenda.bullet" for item in items) or not (block.gap_before or len(items) > 2):
        return False
    return not (BULLET.match(block.text) or opens_part(layout, block))


def opens_items(layout: Layout, block: Block, heading: Heading | None, items: Sequence[AgendaItem]) -> bool:
    """Whether a block is the first item behind its list: an act's number, a title again, numbers that begin anew."""
    if heading and heading.title is None and heading.reference is not None:
        return True
    title = layout.read(heading.title) if heading and heading.title else block.text
    if same_title(title, layout.read(items[0].title)) or any(listed_again(title, layout, item) for item in items):
        return True
    if heading is None or heading.rank not in (0, 1) or heading.style not in COUNTING:
        return False
    ranks = [rank_of(layout.read(item.number)) for item in items if item.number is not None]
    return any(rank is None or rank >= heading.rank for rank in ranks) and not nested_list(layout, heading, items)


def listed_again(title: str, layout: Layout, item: AgendaItem) -> bool:
    """Whether a title is that of an item, word for word: the list is over, its items follow."""
    return title_key(title) == title_key(layout.read(item.title))


def opens_part(layout: Layout, block: Block) -> bool:
    """Whether a line heads further points of the list: « FINANCES » over « 1. Budget », « 2. Tarifs »."""
    below = layout.blocks[block.index + 1 : block.index + 3]
    if len(block.text.strip()) > LONGEST_THEME or numbered(layout, block) is not None or len(below) < 2:
        return False
    listed = bool(BULLET.match(below[0].text)) or numbered(layout, below[0]) is not None
    return listed and not any(b.text.rstrip().endswith(".") for b in below)


def nested_list(layout: Layout, heading: Heading, items: Sequence[AgendaItem]) -> bool:
    """Whether a number 1 begins a list inside the agenda: the items above are numbered in another style."""
    last = next((layout.read(i.number) for i in reversed(items) if i.number), "")
    return heading.style == "arabic" and not last.strip(" .)°").isdigit()
