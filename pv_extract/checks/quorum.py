"""PV-301 to PV-306 and PV-314: the quorum, at the opening and at each item, and the proxies that one may hold."""

import datetime
from collections.abc import Iterator

from pv_extract.checks.ballots import is_secret
from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.course import HERE, Course
from pv_extract.checks.interests import not_counted
from pv_extract.checks.regimes import proxies_allowed, quorum_of, window_at
from pv_extract.checks.wording import NO_MEMBERS_IN_OFFICE, NO_WHOLE_LIST, french_count

INSTALLATION_2020 = (datetime.date(2020, 5, 15), datetime.date(2020, 7, 10))  # ordonnance n° 2020-562: own rules
EVERY_GROUPING = datetime.date(2022, 8, 1)  # since loi 3DS, art. 170: what may not be voted at a distance


@check("PV-301", "error", text=True)
def quorum_of_communes(case: Case) -> Iterator[Flaw | Skipped]:
    """More than half of the members in office are present (L2121-17), or it is a second convocation."""
    yield from printed_quorum(case)


@check("PV-302", "error", text=True)
def quorum_of_departments_and_regions(case: Case) -> Iterator[Flaw | Skipped]:
    """More than half of the members in office are present (L3121-14, L4132-13), or it is a second meeting."""
    yield from printed_quorum(case)


@check("PV-303", "error", text=True)
def quorum_of_standing_committees(case: Case) -> Iterator[Flaw | Skipped]:
    """More than half of the members in office are present or represented (L3121-14-1)."""
    yield from printed_quorum(case)


def printed_quorum(case: Case) -> Iterator[Flaw | Skipped]:
    """Whether the printed counts make the quorum."""
    stated, in_office = case.stated, case.facts.in_office
    if in_office is None:
        yield Skipped(NO_MEMBERS_IN_OFFICE)
    elif stated.present is None:
        yield Skipped(NO_WHOLE_LIST)
    elif case.date and not excused_from_quorum(case):
        due = quorum_of(in_office, case.facts, case.date)
        counted = stated.present + (represented(case) if due.counted == "present_or_represented" else 0)
        if counted < due.needed:
            yield flaw(
                "/attendance/stated/present",
                f"{counted} present, {due.needed} of {in_office} needed",
                f"{french_count(counted, 'présent', 'présents')} ; "
                f"le quorum est de {due.needed} pour {in_office} en exercice",
                "/attendance/stated/in_office",
            )


def represented(case: Case) -> int:
    """The members represented: as printed, else as listed."""
    listed = sum(m.status == "represented" for m in case.record.attendance.members)
    return max(case.stated.represented or 0, listed)


def excused_from_quorum(case: Case) -> bool:
    """Whether no quorum is asked for: a second convocation, the first meetings of 2020, local law's interested half."""
    if case.says("second_convocation") or case.record.attendance.quorum.reached is False:
        return True
    first, last = INSTALLATION_2020
    elects = any(case.in_text("executive_election", d.title) for d in case.record.deliberations)
    installed = bool(case.date and first <= case.date <= last and elects)
    return installed or (case.facts.profile == "alsace_moselle" and case.says("interested"))


@check("PV-304", "warning", text=True)
def quorum_at_each_item(case: Case) -> Iterator[Flaw | Skipped]:
    """The quorum holds at each item, after whoever left, less those whom the text sets apart (L2121-17, L1111-6)."""
    in_office, course = case.facts.in_office, Course(case.record)
    if in_office is None:
        yield Skipped(NO_MEMBERS_IN_OFFICE)
    elif not case.list_is_whole:
        yield Skipped(NO_WHOLE_LIST)
    elif case.date and course.moves and not excused_from_quorum(case):
        for i, item in enumerate(case.record.deliberations):
            due = quorum_of(in_office - not_counted(case, item), case.facts, case.date)
            there = course.voting(i) if due.counted == "present_or_represented" else course.present(i)
            if len(there) < due.needed:
                yield flaw(
                    f"/deliberations/{i}",
                    f"{len(there)} still present at this item, {due.needed} of {in_office} needed",
                    f"{french_count(len(there), 'présent', 'présents')} à ce point ; "
                    f"le quorum est de {due.needed} pour {in_office} en exercice",
                    "/attendance/stated/in_office",
                )
                return


@check("PV-305", "error")
def proxies_in_communes(case: Case) -> Iterator[Flaw]:
    """A member holds one proxy at most, two in the windows of the pandemic (L2121-20)."""
    yield from too_many_proxies(case)


@check("PV-306", "error")
def proxies_in_departments_and_regions(case: Case) -> Iterator[Flaw]:
    """A member receives one delegation at most, two in the windows of the pandemic (L3121-16)."""
    yield from too_many_proxies(case)


def too_many_proxies(case: Case) -> Iterator[Flaw]:
    """The holders of more proxies than allowed; those of members who come or go may follow one another."""
    moves = Course(case.record).moves
    held: dict[str, list[str]] = {}
    for i, member in enumerate(case.record.attendance.members):
        if member.proxy_to and member.proxy_to.id and member.id not in moves and member.status not in HERE:
            held.setdefault(member.proxy_to.name, []).append(f"/attendance/members/{i}/proxy_to")
    allowed = proxies_allowed(case.facts, case.date) if case.date else 1
    for holder, given in held.items():
        if len(given) > allowed:
            yield flaw(
                given[allowed],
                f"{holder} holds {len(given)} proxies, {allowed} allowed",
                f"{holder} détient {len(given)} pouvoirs, {french_count(allowed, 'autorisé', 'autorisés')}",
                *tuple(given),
            )


@check("PV-314", "warning")
def nothing_reserved_is_voted_at_a_distance(case: Case) -> Iterator[Flaw]:
    """Held at a distance, a grouping votes by public ballot only, and elects nobody to its bureau (L5211-11-1)."""
    if case.record.meeting.mode not in ("remote", "hybrid") or case.date is None or window_at(case.date):
        return
    for i, item in enumerate(case.record.deliberations):
        elects = case.date >= EVERY_GROUPING and bool(case.in_text("executive_election", item.title))
        if is_secret(case, item) or elects:
            yield flaw(
                f"/deliberations/{i}/vote",
                "not to be voted at a distance",
                "ne peut être voté à distance",
                "/meeting/mode",
            )
