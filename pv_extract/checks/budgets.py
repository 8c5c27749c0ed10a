"""PV-505 to PV-507, PV-609: when the accounts and the budget are voted, and who sends them (CGCT L1612-2, L1612-12)."""

import datetime
from collections.abc import Iterator

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.wording import NO_SENDER, day
from pv_extract.grammar import fold
from pv_extract.records import Deliberation

YEAR = regex.compile(r"\b20\d\d\b")
LATE_2020 = (datetime.date(2020, 5, 1), datetime.date(2020, 7, 31))  # ordonnance n° 2020-330: accounts and budgets
RENEWALS = (2001, 2008, 2014, 2020, 2026)  # years of municipal elections, in which the budget may wait until 30 April


def accounts(case: Case) -> list[tuple[int, Deliberation]]:
    """The items in which the accounts of the mayor or president are put to the vote."""
    return [
        (i, item)
        for i, item in enumerate(case.record.deliberations)
        if case.in_text("accounts", item.title)
        and not case.in_text("not_accounts", item.title)
        and item.vote.outcome in ("adopted", "rejected")
    ]


def year_told(item: Deliberation) -> int | None:
    """The one year that the title of an item tells."""
    years = set(YEAR.findall(item.title))
    return int(years.pop()) if len(years) == 1 else None


@check("PV-505", "warning")
def accounts_are_voted_by_june(case: Case) -> Iterator[Flaw]:
    """The accounts of a year are voted by 30 June of the next (L1612-12)."""
    for i, item in accounts(case):
        if year := year_told(item):
            yield from late(case, i, datetime.date(year + 1, 6, 30))


def late(case: Case, item: int, due: datetime.date) -> Iterator[Flaw]:
    """The flaw of an item that was voted in the year after its last day, the summer of 2020 aside."""
    first, last = LATE_2020
    if case.date and due < case.date <= due + datetime.timedelta(days=365) and not first <= case.date <= last:
        yield flaw(
            f"/deliberations/{item}",
            f"voted on {case.date}, due by {due}",
            f"vote du {day(case.date)}, échéance au {day(due)}",
            "/meeting/date",
        )


@check("PV-506", "info")
def management_account_comes_first(case: Case) -> Iterator[Flaw]:
    """The accountant's « compte de gestion » is voted before the mayor's accounts (L2121-31)."""
    first = min((i for i, _ in accounts(case)), default=None)
    others = [i for i, d in enumerate(case.record.deliberations) if case.in_text("management_account", d.title)]
    if first is not None and others and min(others) > first:
        yield flaw(f"/deliberations/{first}", "voted before the compte de gestion", "voté avant le compte de gestion")


@check("PV-507", "info")
def budget_is_voted_by_april(case: Case) -> Iterator[Flaw]:
    """The budget of a year is voted by 15 April, by 30 April where councils are elected (L1612-2)."""
    for i, item in enumerate(case.record.deliberations):
        year = year_told(item) if case.in_text("budget", item.title) else None
        if year and item.vote.outcome == "adopted":
            yield from late(case, i, datetime.date(year, 4, 30 if year in RENEWALS else 15))


@check("PV-609", "info")
def accounts_are_sent_by_who_presided(case: Case) -> Iterator[Flaw | Skipped]:
    """The deliberation on the mayor's accounts is sent by whoever presided over it (R2121-8)."""
    for i, item in accounts(case):
        text = item.text or ""
        senders = [m.fields["person"].of(text) for m in case.in_text("sent_by_head", text)]
        if not senders:
            yield Skipped(NO_SENDER)
        elif fold(senders[0]).lower() == "maire":
            yield flaw(f"/deliberations/{i}", "sent to the prefecture by the mayor", "transmise par le maire")
