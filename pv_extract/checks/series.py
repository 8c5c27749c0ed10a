"""Rules that need several meetings of one body: approved minutes, register numbers, proxies, spellings of names.

A folder is seldom complete: they tell of what its minutes say of one another, never of what it lacks alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from pv_extract.checks.contract import SEVERITIES, Case, Check, Finding, Severity, Words
from pv_extract.checks.law import sheets
from pv_extract.checks.meetings import Mark, Meeting, PersonKey, meeting_of
from pv_extract.checks.running import UNSURE, ceiling_of
from pv_extract.checks.spellings import pairs_of, spellings_of

PROXY_MEETINGS = 3  # consecutive meetings that a proxy is valid for (CGCT L2121-20)


@dataclass(frozen=True)
class Day:
    """The files about the meeting of one date: its minutes, perhaps a list of its deliberations too."""

    date: str
    files: tuple[Meeting, ...]


Days = Sequence[Day]
Found = tuple[Meeting, Mark, Words]
Function = Callable[[Days], Iterator[Found]]
ACROSS: list[tuple[Check, Function]] = []


def across(rule: str, severity: Severity, *, logic: bool) -> Callable[[Function], Function]:
    """Register a function as the check of a rule over the meetings of one body, in the order of their dates."""

    def register(function: Function) -> Function:
        ACROSS.append((Check(rule, severity, logic=logic, function=lambda case: iter(())), function))
        return function

    return register


def kept(path: str, case: Case) -> Meeting | None:
    """What is kept of a case for these rules; None where its body or its date is not known."""
    bounds = {check.rule: ceiling_of(check, sheets()[check.rule], case) for check, _ in ACROSS}
    ceilings = {rule: bound for rule, bound in bounds.items() if bound in SEVERITIES}
    return meeting_of(path, case, ceilings, UNSURE)


def run_across(meetings: Iterable[Meeting]) -> Iterator[tuple[str, Finding]]:
    """What is found from meeting to meeting, each finding with the path of its file."""
    ordered = sorted(meetings, key=attrgetter("series", "date", "path"))
    for _, series in groupby(ordered, key=attrgetter("series")):
        days = [Day(date, tuple(files)) for date, files in groupby(series, key=attrgetter("date"))]
        for check, function in ACROSS:
            for meeting, mark, message in function(days):
                if ceiling := meeting.ceilings.get(check.rule):
                    yield meeting.path, finding_of(check, ceiling, mark, message)


def finding_of(check: Check, ceiling: Severity, mark: Mark, message: Words) -> Finding:
    """The finding at a mark, a step less grave where the mark was read with doubt."""
    rank = min(SEVERITIES.index(check.severity), SEVERITIES.index(ceiling)) - (not mark.sure)
    severity = SEVERITIES[max(0, rank)]
    return Finding(check.rule, severity, message, mark.pointer, quote=mark.text, page=mark.page, unsure=not mark.sure)


@across("PV-115", "warning", logic=False)
def minutes_of_the_meeting_before(days: Days) -> Iterator[Found]:
    """Minutes are settled at the beginning of the next meeting (CGCT L2121-15)."""
    for before, day in pairwise(days):
        for meeting in day.files:
            latest = max((a for a in meeting.approvals if a.text < day.date), default=None)
            if latest and latest.text < before.date:
                yield (
                    meeting,
                    latest,
                    Words(
                        f"the minutes of {latest.text} are approved; the meeting before was on {before.date}",
                        f"le procès-verbal du {latest.text} est approuvé ; la séance précédente est du {before.date}",
                    ),
                )


@across("PV-308", "info", logic=False)
def proxy_for_more_than_three_meetings(days: Days) -> Iterator[Found]:
    """A proxy is valid for three consecutive meetings at most, illness aside (CGCT L2121-20)."""
    running: dict[tuple[PersonKey, PersonKey], int] = {}
    for day in days:
        held = {(giver, holder): (meeting, mark) for meeting in day.files for giver, holder, mark in meeting.proxies}
        running = {pair: running.get(pair, 0) + 1 for pair in held}
        for pair, number in running.items():
            if number == PROXY_MEETINGS + 1:
                meeting, mark = held[pair]
                yield (
                    meeting,
                    mark,
                    Words(
                        f"{mark.text} is represented by the same member at {number} meetings in a row",
                        f"{mark.text} est représenté(e) par le même membre à {number} séances de suite",
                    ),
                )


@across("PV-315", "warning", logic=True)
def one_person_two_spellings(days: Days) -> Iterator[Found]:
    """Two spellings a letter or two apart that never meet are one member."""
    found = spellings_of((day.date, meeting) for day in days for meeting in day.files)
    for rare, common in pairs_of(found):
        yield (
            rare.meeting,
            rare.mark,
            Words(
                f"{rare.mark.text} here, {common.mark.text} in {len(common.dates)} others: one person?",
                f"{rare.mark.text} ici, {common.mark.text} dans {len(common.dates)} autres : une personne ?",
            ),
        )


@across("PV-610", "warning", logic=True)
def number_given_twice(days: Days) -> Iterator[Found]:
    """A register number is given to one deliberation, of one meeting."""
    first: dict[tuple[str, int], str] = {}
    for day in days:
        for meeting in day.files:
            for number in meeting.numbers:
                taken = first.setdefault((year_of(number.stem, day), number.value), day.date)
                if taken != day.date:
                    yield (
                        meeting,
                        number.mark,
                        Words(
                            f"number {number.mark.text} was already given at the meeting of {taken}",
                            f"le numéro {number.mark.text} est déjà pris à la séance du {taken}",
                        ),
                    )


@across("PV-610", "warning", logic=True)
def numbers_left_out(days: Days) -> Iterator[Found]:
    """Each meeting goes on numbering where the one before it ended."""
    last: dict[str, int] = {}
    for day in days:
        complete = [meeting for meeting in day.files if meeting.complete and meeting.numbers]
        stems = sorted({year_of(n.stem, day) for meeting in complete for n in meeting.numbers})
        for stem in stems if len(stems) == 1 else ():
            numbers = [(n.value, meeting, n.mark) for meeting in complete for n in meeting.numbers]
            value, meeting, mark = min(numbers, key=lambda each: each[0])
            if stem in last and value > last[stem] + 1:
                left = f"{last[stem] + 1}–{value - 1}" if value > last[stem] + 2 else f"{value - 1}"
                yield (
                    meeting,
                    mark,
                    Words(
                        f"number {mark.text}: {left} stands in no minutes at hand",
                        f"numéro {mark.text} : {left} ne figure dans aucun procès-verbal fourni",
                    ),
                )
            last[stem] = max(value for value, *_ in numbers)


def year_of(stem: str, day: Day) -> str:
    """The numbering that a number belongs to: one that does not tell the year begins anew with it."""
    return stem if any(c.isdigit() for c in stem) else f"{stem}{day.date[:4]}|"
