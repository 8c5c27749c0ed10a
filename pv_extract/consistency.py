"""Cross-checks of a record against itself: printed counts and lists, weights and totals, dates and times.

They never mend a value: what disagrees is said.
"""

import datetime
from collections.abc import Iterator, Sequence

from pv_extract.blocks import Layout
from pv_extract.records import Finding, Record
from pv_extract.text import Span
from pv_extract.values import WEEKDAYS, weekday_of

COUNTED = {"present": ("present", "remote"), "represented": ("represented",)}


def cross_check(layout: Layout, record: Record) -> tuple[Finding, ...]:
    """Every contradiction inside the record."""
    findings = [
        *counts_against_lists(record),
        *sums_of_counts(record),
        *weights_against_total(record),
        *times_in_order(record),
        *weekday_of_date(layout, record),
        *votes_against_voters(record),
    ]
    return tuple(findings)


def finding(record: Record, rule: str, message: str, pointer: str) -> Finding:
    """A warning about the value at a pointer."""
    known = record.evidence.get(pointer)
    return Finding(rule=rule, severity="warning", message=message, pointer=pointer, span=known.span if known else None)


def counts_against_lists(record: Record) -> Iterator[Finding]:
    """Printed numbers of present and represented members against the lists, where nobody's status is unknown."""
    members = record.attendance.members
    if not members or any(m.status == "unknown" for m in members):
        return
    late = {e.person.id for e in record.events if e.kind == "arrival" and e.person}
    for what, statuses in COUNTED.items():
        printed = getattr(record.attendance.stated, what)
        listed = sum(1 for m in members if m.status in statuses)
        latecomers = sum(1 for m in members if m.id in late) if what == "present" else 0
        if printed is not None and listed and not listed - latecomers <= printed <= listed + latecomers:
            text = f"{printed} {what} printed, {listed} listed / {printed} imprimé, {listed} dans la liste"
            yield finding(record, "count-against-list", text, f"/attendance/stated/{what}")


def sums_of_counts(record: Record) -> Iterator[Finding]:
    """Present and represented members together cannot be more than those in office."""
    stated = record.attendance.stated
    together = (stated.present or 0) + (stated.represented or 0)
    if stated.in_office is not None and together > stated.in_office:
        text = (
            f"{together} present or represented of {stated.in_office} in office"
            f" / {together} présents ou représentés pour {stated.in_office} en exercice"
        )
        yield finding(record, "count-over-office", text, "/attendance/stated/in_office")


def weights_against_total(record: Record) -> Iterator[Finding]:
    """The voices of the members add up to the printed total."""
    weights = [m.votes for m in record.attendance.members if m.votes is not None]
    total = record.attendance.stated.votes
    if weights and total is not None and sum(weights) != total:
        added = sum(weights)
        text = f"the voices add up to {added}, {total} printed / la somme des voix est {added}, {total} imprimé"
        yield finding(record, "votes-against-total", text, "/attendance/stated/votes")


def times_in_order(record: Record) -> Iterator[Finding]:
    """A meeting ends after it began; only one that began in the evening may end after midnight."""
    start, end = record.meeting.start_time, record.meeting.end_time
    if start and end and end < start and not (start >= "16:00" and end < "06:00"):
        text = f"ends at {end}, begins at {start} / se termine à {end}, commence à {start}"
        yield finding(record, "times-in-order", text, "/meeting/end_time")


def weekday_of_date(layout: Layout, record: Record) -> Iterator[Finding]:
    """The weekday printed beside the meeting's date is that of the date."""
    known = record.evidence.get("/meeting/date")
    if record.meeting.date is None or known is None:
        return
    text = layout.document.text
    printed = weekday_of(text[max(0, known.span[0] - 12) : known.span[1]])
    actual = datetime.date.fromisoformat(record.meeting.date).weekday()
    if printed is not None and printed != actual:
        said = f"{WEEKDAYS[printed]} is printed, {record.meeting.date} is a {WEEKDAYS[actual]}"
        yield finding(
            record, "weekday-of-date", f"{said} / le {record.meeting.date} est un {WEEKDAYS[actual]}", "/meeting/date"
        )


def votes_against_voters(record: Record) -> Iterator[Finding]:
    """The parts of a vote add up to its printed number of voters, and no more names than voices are printed."""
    for i, item in enumerate(record.deliberations):
        vote = item.vote
        parts = [vote.for_, vote.against, vote.abstentions]
        if vote.voting is not None and all(p is not None for p in parts) and not fits(vote.voting, parts):
            text = f"{parts} do not add up to {vote.voting} / {parts} ne font pas {vote.voting}"
            yield finding(record, "vote-sum", text, f"/deliberations/{i}/vote/voting")
        for names, count, key in (
            (vote.against_names, vote.against, "against"),
            (vote.abstention_names, vote.abstentions, "abstentions"),
        ):
            if count is not None and len(names) > count:
                text = f"{len(names)} names for {count} {key} / {len(names)} noms pour {count}"
                yield finding(record, "vote-names", text, f"/deliberations/{i}/vote/{key}")


def fits(voting: int, parts: Sequence[int | None]) -> bool:
    """Whether the parts of a vote add up: « votants » counts abstentions, « exprimés » does not."""
    favour, against, abstentions = (p or 0 for p in parts)
    return voting in (favour + against, favour + against + abstentions)


def untitled(layout: Layout, span: Span) -> Finding:
    """A decision that no heading names: it is not in the record, so it is said."""
    source = layout.source_span(span)
    text = "a decision stands under no heading / une décision ne figure sous aucun titre"
    return Finding(rule="decision-without-heading", severity="info", message=text, span=(source.start, source.end))
