"""Rules that need several meetings of one body: approved minutes, register numbers, proxies, spellings of names.

A folder is seldom complete: they tell of what its minutes say of one another, never of what it lacks alone.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from operator import attrgetter

from pv_extract.checks import wording
from pv_extract.checks.case import Case
from pv_extract.checks.contract import SEVERITIES, Check, Finding, Severity, Words
from pv_extract.checks.law import sheets
from pv_extract.checks.meetings import Mark, Meeting, Number, PersonKey, meeting_of
from pv_extract.checks.running import UNSURE, ceiling_of
from pv_extract.checks.spellings import pairs_of, spellings_of

AFTER_DEBATE, YEAR = datetime.timedelta(weeks=10), datetime.timedelta(days=365)
MISSED = 5  # consecutive meetings missed without excuse after which the local law ends a mandate (CGCT L2541-10)
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
                    yield meeting.path, finding_of(check, ceiling, meeting, mark, message)


def finding_of(check: Check, ceiling: Severity, meeting: Meeting, mark: Mark, message: Words) -> Finding:
    """The finding at a mark, a step less grave where the mark was read with doubt."""
    rank = min(SEVERITIES.index(check.severity), SEVERITIES.index(ceiling)) - (not mark.sure)
    severity = SEVERITIES[max(0, rank)]
    return Finding(
        check.rule,
        severity,
        message,
        mark.pointer,
        quote=mark.quote,
        page=mark.page,
        line=mark.line,
        unsure=not mark.sure,
        articles=sheets()[check.rule].articles_for(meeting.law, meeting.profile),
    )


@across("PV-115", "warning", logic=False)
def minutes_of_the_meeting_before(days: Days) -> Iterator[Found]:
    """Minutes are settled at the beginning of the next meeting (CGCT L2121-15)."""
    for before, day in pairwise(days):
        for meeting in day.files:
            latest = max((a for a in meeting.approvals if a.text < day.date), default=None, key=attrgetter("text"))
            if latest and latest.text < before.date:
                english = f"the minutes of {latest.text} are approved; the meeting before was on {before.date}"
                french = (
                    f"le procès-verbal du {in_french(latest.text)} est approuvé ;"
                    f" la séance précédente est du {in_french(before.date)}"
                )
                yield meeting, latest, Words(english, french)


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
                english = f"{mark.text} is represented by the same member at {number} meetings in a row"
                french = f"{mark.text} est représenté(e) par le même membre à {number} séances de suite"
                yield meeting, mark, Words(english, french)


@across("PV-316", "info", logic=False)
def five_meetings_missed_without_excuse(days: Days) -> Iterator[Found]:
    """Who misses five meetings in a row without excuse ceases to be a member in Alsace and Moselle (CGCT L2541-10)."""
    running: dict[PersonKey, int] = {}
    for day in days:
        missing = {person: (meeting, mark) for meeting in day.files for person, mark in meeting.unexcused}
        running = {person: running.get(person, 0) + 1 for person in missing}
        for person, number in running.items():
            if number == MISSED:
                meeting, mark = missing[person]
                english = f"{mark.text} is absent without excuse at {number} meetings in a row"
                french = f"{mark.text} est absent(e) sans excuse à {number} séances de suite"
                yield meeting, mark, Words(english, french)


@across("PV-315", "warning", logic=True)
def one_person_two_spellings(days: Days) -> Iterator[Found]:
    """Two spellings a letter or two apart that never meet are one member."""
    found = spellings_of((day.date, meeting) for day in days for meeting in day.files)
    for rare, common in pairs_of(found):
        name, usual, number = rare.mark.text, common.mark.text, len(common.dates)
        others = wording.french_count(number, "autre séance", "autres séances")
        english = f"{name} here, {usual} at {number} other meetings: one person?"
        french = f"{name} ici, {usual} à {others} : une seule personne ?"
        yield rare.meeting, rare.mark, Words(english, french)


@across("PV-604", "warning", logic=False)
def list_has_the_numbers_of_the_minutes(days: Days) -> Iterator[Found]:
    """The list of deliberations of a meeting has those of its minutes (CGCT L2121-25)."""
    for day in days:
        whole = [each for each in day.files if each.complete and each.numbers]
        lists = [each for each in whole if each.kind == "liste_des_deliberations"]
        minutes = [each for each in whole if each.kind in ("proces_verbal", "compte_rendu")]
        for listed, told in product(lists, minutes):
            apart = {n.mark.text for n in listed.numbers} ^ {n.mark.text for n in told.numbers}
            if apart:
                names = ", ".join(sorted(apart))
                english = f"on the list of deliberations or in the minutes only: {names}"
                french = f"sur la liste ou au procès-verbal seulement : {names}"
                yield listed, listed.numbers[0].mark, Words(english, french)


@across("PV-507", "info", logic=False)
def orientations_come_shortly_before_the_budget(days: Days) -> Iterator[Found]:
    """The orientations of a budget are debated in the two months before it, ten weeks under M57 (CGCT L2312-1)."""
    debated: datetime.date | None = None
    for day in days:
        held = datetime.date.fromisoformat(day.date)
        for meeting, budget in ((each, mark) for each in day.files for mark in each.budgets[:1]):
            if debated and AFTER_DEBATE < held - debated < YEAR:
                english = f"the orientations were debated on {debated}, the budget is voted on {held}"
                french = f"débat d'orientation le {wording.day(debated)}, vote du budget le {wording.day(held)}"
                yield meeting, budget, Words(english, french)
        debated = held if any(each.orientations for each in day.files) else debated


@across("PV-610", "warning", logic=True)
def number_given_twice(days: Days) -> Iterator[Found]:
    """A register number is given to one deliberation, of one meeting."""
    first: dict[tuple[str, int], str] = {}
    for day, meeting, number in ((d, m, n) for d in days for m in d.files for n in m.numbers):
        taken = first.setdefault((numbering_of(number, day), number.value), day.date)
        if taken != day.date:
            english = f"number {number.mark.text} was already given at the meeting of {taken}"
            french = f"le numéro {number.mark.text} est déjà pris à la séance du {in_french(taken)}"
            yield meeting, number.mark, Words(english, french)


@across("PV-610", "warning", logic=True)
def numbers_left_out(days: Days) -> Iterator[Found]:
    """Each meeting goes on numbering where the one before it ended; told where all items of both have a number."""
    for before, day in pairwise(days):
        last, first = whole_numbers(before)[-1:], whole_numbers(day)[:1]
        if not last or not first or numbering_of(last[0][1], before) != numbering_of(first[0][1], day):
            continue
        [(_, earlier)], [(meeting, number)] = last, first
        if number.value > earlier.value + 1:
            gap = (earlier.value + 1, number.value - 1)
            left = "–".join(map(str, dict.fromkeys(gap)))
            english = f"{number.mark.text} comes after {earlier.mark.text} ({before.date}); not found: {left}"
            french = (
                f"{number.mark.text} vient après {earlier.mark.text} ({in_french(before.date)}) ; non trouvé : {left}"
            )
            yield meeting, number.mark, Words(english, french)


def whole_numbers(day: Day) -> list[tuple[Meeting, Number]]:
    """The register numbers of a day in order, from the files where each item has one; none for two numberings."""
    found = [(meeting, number) for meeting in day.files if meeting.complete for number in meeting.numbers]
    one = len({numbering_of(number, day) for _, number in found}) == 1
    return sorted(found, key=lambda each: each[1].value) if one else []


def numbering_of(number: Number, day: Day) -> str:
    """The numbering that a number belongs to: one that does not tell the year begins anew with it."""
    return number.stem if any(c.isdigit() for c in number.stem) else f"{number.stem} ({day.date[:4]})"


def in_french(date: str) -> str:
    """An ISO date as the French write it."""
    return wording.day(datetime.date.fromisoformat(date))
