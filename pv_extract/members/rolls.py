"""Rolls: a label (« Étaient présents : »), and which lines under it belong to its list."""

from dataclasses import dataclass
from itertools import takewhile

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.members.column_heads import is_column_row, is_roll_table, tells_counts
from pv_extract.members.people import name_share, people_in
from pv_extract.members.roll_groups import BULLETED, LIST_SHARE, behind_group, group_of_line
from pv_extract.mentions import Mention
from pv_extract.text import Span

FEWEST_LETTERS = 3  # a line with fewer is a page number or a speck, and ends no list
COUNTED = regex.compile(r"[^\d:]{4,40}:?\s*\d{1,3}\W*")  # « Représentés : 2 »
COUNT_LAST = regex.compile(r"[:=]\s*\d{1,3}\W*\Z")
NUMBERED = regex.compile(r"\s*\d{1,2}\s?[.)/°–—-]")
ASIDE = regex.compile(r"\s*\([^()\n]{3,120}\)\s*[:.]?\s*")  # « (par ordre alphabétique) » under a label
LONGEST_ENTRY = 60  # characters of a line that is one, whatever else it may tell
LONGEST_PROXY = 160  # characters of a line that a proxy alone makes part of a list
BROKEN_LINES, LONGEST_BROKEN = 2, 140  # lines in a row, and characters of one, that may be illegible in a list
FEWEST_CELLS = 2  # a row with no more may be a label and its value
BREAKS_ROLL = (
    "Secretary",
    "Rapporteur",
    "AgendaHeading",
    "UpcomingHeading",
    "Decision",
    "Approval",
    "Event",
    "Speech",
    "ConvocationDate",
    "StartTime",
    "MatterOpening",
)


@dataclass(frozen=True)
class Roll:
    """A label and the blocks under it; ``content`` is what stands behind the label on its own line.

    ``group`` is the college that the label names: « Enseignants présents : ».
    """

    status: str
    rule: str
    label: Span
    content: Span | None
    blocks: tuple[Block, ...] = ()
    legend: Mention | None = None
    group: Span | None = None


def counts_alone(layout: Layout, roll: Roll) -> bool:
    """Whether a label has a number behind it and no list: « Procurations : 2 »."""
    if roll.blocks:
        return False
    behind = layout.read(roll.content) if roll.content else ""
    return any(c.isdigit() for c in behind) or bool(COUNT_LAST.search(layout.read(roll.label) + behind))


def among_counts(layout: Layout, roll: Roll) -> bool:
    """Whether a label is one of several counts on its line, which no list follows: « Présents : 9 – Pouvoirs : 2 »."""
    line = next((b for b in layout.blocks if b.span.start <= roll.label.start < b.span.end), None)
    counted = line is not None and len(line.find("StatedCount", layout.grammar)) > 1
    return counted and only_counts(layout, roll)


def only_counts(layout: Layout, roll: Roll) -> bool:
    """Whether a label and a number are all of a roll: « Présents : 15 » names nobody."""
    end = roll.content.end if roll.content else roll.label.end
    return not roll.blocks and bool(COUNTED.fullmatch(layout.read(Span(roll.label.start, end))))


def goes_on(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a block belongs to a roll: it carries on its list, or is one of its entries, ill read."""
    if opens_section(layout, roll, block) or is_title(layout, roll, block) or names_chair(layout, block):
        return False
    return continues(layout, roll, block) or broken_entry(layout, roll, block)


def continues(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a block carries on the list of a roll."""
    if among_counts(layout, roll) or begins_numbering(layout, roll, block) or is_sentence(layout, roll):
        return False
    if names_member_first(layout, roll, block):
        return True
    if names_secretary(layout, block) or tells_circumstances(layout, block):
        return False
    if any(block.has(kind, layout.grammar) for kind in ("AgendaHeading", "Rapporteur")):
        return False
    if block.is_row:
        return table_like(layout, roll, block)
    if is_entry(layout, block) or (not roll.blocks and ASIDE.fullmatch(block.text)):
        return True
    if block.has("Quorum", layout.grammar) and not lists_names(layout, block):
        return False
    if len(block.text) > LONGEST_ENTRY and any(block.has(kind, layout.grammar) for kind in BREAKS_ROLL):
        return False
    return names_somebody(layout, roll, block)


def is_entry(layout: Layout, block: Block) -> bool:
    """Whether a line is an entry of a list whatever names it holds: a group, a bullet, a status, too few letters."""
    if group_of_line(layout, block) or sum(c.isalpha() for c in block.text) < FEWEST_LETTERS:
        return True
    marked = any(block.has(kind, layout.grammar) for kind in ("Nobody", "MarkedEntry"))
    return marked or BULLETED.fullmatch(block.lowered) is not None


def names_somebody(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a line names members, who gave whom a proxy, or heads names with their honorifics."""
    if roll.status in ("proxy", "represented") and block.has("ProxyPair", layout.grammar):
        return True
    if block.has("HonorificsAlone", layout.grammar) or lists_names(layout, block):
        return True
    return block.has("Proxy", layout.grammar) and len(block.text) < LONGEST_PROXY


def names_member_first(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a row of a roll's table names a member, and then an office: « Anne ROUX » | « titulaire, secrétaire »."""
    filled = [c for c in block.cells() if c.end > c.start] if block.is_row else []
    return (
        len(filled) > FEWEST_CELLS and same_columns(layout, roll, block) and name_share(layout, filled[0]) > LIST_SHARE
    )


def is_sentence(layout: Layout, roll: Roll) -> bool:
    """Whether a roll is told within running text, where its full stop ends it: « Présents : MM. Roux et Morel. »."""
    if roll.content is None or roll.content.start < roll.label.end:
        return roll.content is not None
    if roll.blocks or not layout.read(roll.content).rstrip().endswith("."):
        return False
    line = next(b for b in layout.blocks if b.span.start <= roll.label.start < b.span.end)
    within = bool(layout.read(Span(line.span.start, roll.label.start)).strip())
    return within and bool(people_in(layout, roll.content))


def tells_circumstances(layout: Layout, block: Block) -> bool:
    """Whether a labelled line under a list tells of the meeting, not of one more member: « Facilitation : Anne »."""
    told = (m.rule.endswith("item_particulars") for m in block.find("NotAHeading", layout.grammar))
    return block.has("Reminder", layout.grammar) or any(told)


def names_secretary(layout: Layout, block: Block) -> bool:
    """Whether a block says who writes; « - M. Morel, secrétaire » on a list only tells a member's office."""
    return any("secretary_by_office" not in m.rule for m in block.find("Secretary", layout.grammar))


def begins_numbering(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a numbered line stands behind names that have no numbers: « 1. Tarifs » opens the items."""
    listed = [b.text for b in roll.blocks] or ([layout.read(roll.content)] if roll.content else [])
    return bool(listed and NUMBERED.match(block.text)) and not any(NUMBERED.match(text) for text in listed)


def opens_section(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a bold line is the next title behind a list whose label is one: « Excusée » / « Trésorerie ».

    A line that names a college has entries below it that begin as those above do.
    """
    if not block.bold or not roll.blocks or roll.blocks[-1].bold:
        return False
    label = next(b for b in layout.blocks if b.span.start <= roll.label.start < b.span.end)
    below = layout.blocks[block.index + 1 : block.index + 2]
    more = any(sign_of(b) == sign_of(roll.blocks[-1]) and lists_names(layout, b) for b in below)
    return label.bold and not more


def is_title(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a line in capitals alone behind a whole sentence of names is the next title: « POIDS PUBLIC »."""
    last = roll.blocks[-1].text if roll.blocks else layout.read(roll.content) if roll.content else ""
    below = layout.blocks[block.index + 1 : block.index + 2]
    alone = block.gap_before and bool(below) and below[0].gap_before
    return alone and block.upper and last.rstrip().endswith(".") and not last.isupper()


def names_chair(layout: Layout, block: Block) -> bool:
    """Whether a line says who presides, behind a label of its own: « Animation : Anne Roux »."""
    edge = block.span.start + len(block.text.partition(":")[0])
    chairs = (chair for chair in block.find("Chair", layout.grammar) if "person" in chair.fields)
    return any(chair.span.start < edge < chair.fields["person"].start for chair in chairs)


def sign_of(block: Block) -> str:
    """What a line of a list begins with: a bullet, or nothing."""
    return block.text[: len(block.text) - len(block.text.lstrip("-–—*•+ "))].strip()


def broken_entry(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a line amid the names of a roll is one of them that the reading broke: names stand above and below."""
    if not roll.blocks or block.index - roll.blocks[-1].index > BROKEN_LINES:
        return False
    says_else = any(block.has(kind, layout.grammar) for kind in (*BREAKS_ROLL, "AttendanceLabel", "StatedCount"))
    if says_else or len(block.text) > LONGEST_BROKEN or block.text.rstrip().endswith(":"):
        return False
    below = layout.blocks[block.index + 1 : block.index + 1 + BROKEN_LINES]
    told = takewhile(lambda b: not b.has("Rapporteur", layout.grammar), below)
    return any(lists_names(layout, b) for b in told)


def lists_names(layout: Layout, block: Block) -> bool:
    """Whether most of a line is names, their roles and marks."""
    return name_share(layout, behind_group(layout, block)) >= LIST_SHARE


def table_like(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a table row belongs to a roll: it holds names, or heads columns of names."""
    if is_column_row(layout, block) or same_columns(layout, roll, block):
        return True
    if tells_counts(layout, block):
        return False
    if name_share(layout, block.span) >= 0.3:
        return True
    following = layout.blocks[block.index + 1 : block.index + 2]
    return bool(following and following[0].is_row and name_share(layout, following[0].span) >= 0.5)


def same_columns(layout: Layout, roll: Roll, block: Block) -> bool:
    """Whether a row is one of the table that a roll begins with: the last cells of the next row may be empty.

    A row of counts is none.
    """
    if tells_counts(layout, block):
        return False
    widths = [len(b.cells()) for b in roll.blocks[:2] if is_roll_table(layout, b)]
    cells = len(block.cells())
    follows = bool(roll.blocks) and block.index == roll.blocks[-1].index + 1
    return cells in widths or (follows and any(1 < cells < width for width in widths))
