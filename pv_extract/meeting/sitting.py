"""The sitting: its day, its hours, its place, when it was called, in what mode and before whom it was held."""

import datetime
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.meeting.header import title_region, value_of
from pv_extract.members.roster import Roster
from pv_extract.mentions import Mention
from pv_extract.values import dates_near, read_date, read_time

NOON, LONGEST_SITTING = 12, 10  # hours
EARLIEST = 7  # the hour before which none opens a meeting
SHORTEST_SENTENCE = 30  # characters; what is shorter is a label
DATED = ("header.date_line", "header.date_title")  # how a line of the title gives the day


def meeting_date(layout: Layout, head: Sequence[Block]) -> Found | None:
    """The day of the meeting, by the surest formula that holds a whole date."""
    for rule in layout.grammar.by_kind.get("MeetingDate", ()):
        for block in (*title_region(layout, head), *head):
            for mention in rule.find(block.folded, block.promising):
                span = mention.fields["date"].shift(block.span.start)
                if date := read_date(layout.read(span)):
                    return Found(date.isoformat(), span, rule.id)
    return None


def convocation_date(layout: Layout, head: Sequence[Block], meeting: Found | None) -> Found | None:
    """The day of the convocation; its year, where none is printed, is that of the meeting or the one before."""
    mention = layout.best("ConvocationDate", head)
    if mention is None:
        return None
    span = mention.fields["date"]
    text = layout.read(span)
    if date := read_date(text):
        return Found(date.isoformat(), span, mention.rule)
    if meeting is None:
        return None
    day = datetime.date.fromisoformat(meeting.value)
    known = (near for near in dates_near(text, day, layout.read(meeting.span)) if near <= day)
    return next((Found(near.isoformat(), span, mention.rule, "derived") for near in known), None)


def clock(layout: Layout, mention: Mention | None) -> Found | None:
    """The time of day of a mention."""
    if mention is None:
        return None
    time = read_time(layout.read(mention.fields["time"]))
    return Found(time, mention.fields["time"], mention.rule) if time else None


def start_time(layout: Layout, head: Sequence[Block]) -> Found | None:
    """The time at which the meeting opened. None does at night: « deux heures et demie » is 14:30 without « du matin ».

    In figures alone, « 2 h 30 », a 1 or a 0 may have been lost: no time is told.
    """
    time = clock(layout, layout.best("StartTime", head))
    if time is None or not 0 < int(time.value[:2]) < EARLIEST:
        return time
    told = fold(layout.read(time.span)).lower()
    if "matin" in told:
        return time
    later = f"{int(time.value[:2]) + NOON:02d}{time.value[2:]}"
    return Found(later, time.span, time.rule, "derived") if "heure" in told else None


def end_time(layout: Layout, start: Found | None, head: Sequence[Block]) -> Found | None:
    """The time at which the meeting closed: the last one told, or the printed duration added to its start."""
    for block in reversed(layout.blocks):
        found = block.find("EndTime", layout.grammar)
        if found and (time := clock(layout, found[-1])):
            return afternoon(start, time)
    duration = layout.best("Duration", layout.blocks)
    if duration is None or start is None:
        return None
    lasted = read_time(layout.read(duration.fields["time"]))
    if lasted is None:
        return None
    minutes = sum(int(t[:2]) * 60 + int(t[3:]) for t in (start.value, lasted)) % (24 * 60)
    return Found(f"{minutes // 60:02d}:{minutes % 60:02d}", duration.fields["time"], duration.rule, "derived")


def mode_of(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """Whether people met in person, at a distance, or both, where the text says so.

    A list that has some members at a distance and others present tells that too.
    """
    if said := value_of(layout, layout.best("Mode", [b for b in head if tells_mode(layout, b)]), "mode"):
        return Found(str(said.value).lower(), said.span, said.rule)
    remote = [m.status for m in roster.members if m.status.value == "remote"]
    if remote and any(m.status.value == "present" for m in roster.members):
        return Found("hybrid", remote[0].span, remote[0].rule, "derived")
    return None


def afternoon(start: Found | None, end: Found) -> Found:
    """The end of the meeting, « cinq heures » being 17:00 where the meeting began at two in the afternoon."""
    hour = int(end.value[:2])
    if start is None or end.value >= start.value or not NOON - LONGEST_SITTING <= hour < NOON:
        return end
    later = f"{hour + NOON:02d}{end.value[2:]}"
    soon = int(later[:2]) - int(start.value[:2]) <= LONGEST_SITTING
    return Found(later, end.span, end.rule, "derived") if later > start.value and soon else end


def tells_mode(layout: Layout, block: Block) -> bool:
    """Whether a block may say how the whole assembly met: no short label, nor one over those at a distance."""
    labels = block.find("AttendanceLabel", layout.grammar)
    return len(block.text) > SHORTEST_SENTENCE and all(m.sets["status"] != "remote" for m in labels)


def place_of(layout: Layout, head: Sequence[Block]) -> Found | None:
    """Where the meeting was held."""
    mention = layout.best("Place", head) or place_below_date(layout, head)
    if mention is None:
        return None
    span = trimmed(layout, mention.fields["place"])
    return Found(" ".join(layout.read(span).split()), span, mention.rule)


def place_below_date(layout: Layout, head: Sequence[Block]) -> Mention | None:
    """The place that is a line of the title, right below the day: « Salle des fêtes »."""
    for above, block in pairwise(title_region(layout, head)):
        if block.index == above.index + 1 and any(m.rule in DATED for m in above.find("MeetingDate", layout.grammar)):
            return block.first("PlaceName", layout.grammar)
    return None


def publicity(layout: Layout, head: Sequence[Block]) -> Found | None:
    """Whether the meeting was public."""
    mention = layout.best("Public", head)
    return Found(mention.sets["public"] == "true", mention.span, mention.rule) if mention else None
