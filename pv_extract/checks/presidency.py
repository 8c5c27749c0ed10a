"""PV-5xx: who presides, the vote on the accounts, members with an interest (CGCT L2121-14, L1612-12, L2131-11)."""

import datetime
from collections.abc import Iterator

import regex

from pv_extract.checks.attendance import still
from pv_extract.checks.contract import Case, Flaw, check, flaw, together
from pv_extract.checks.course import HERE, Course
from pv_extract.checks.voters import named
from pv_extract.checks.votes import cast, items, weighted
from pv_extract.checks.wording import day, not_found
from pv_extract.grammar import fold
from pv_extract.names import same_person
from pv_extract.records import Deliberation, Member

HEAD_OF_BODY = regex.compile(r"\W*(?:m\.|mme|monsieur|madame)?\s*(?:le |la )?(?:maire|president|presidente)\W*")
YEAR = regex.compile(r"\b20\d\d\b")
LATE_2020 = (datetime.date(2020, 7, 1), datetime.date(2020, 7, 31))  # ordonnance n° 2020-330: the accounts of 2019
MINUTES = ("proces_verbal", "compte_rendu")


@check("PV-501", "warning")
def chair_is_present(case: Case) -> Iterator[Flaw]:
    """The mayor presides, else whoever replaces him: a member who is present (L2121-14)."""
    chair, members = case.record.meeting.chair, case.record.attendance.members
    for i, member in enumerate(members):
        if chair and member.id == chair.id and member.id in still(case) and member.status not in (*HERE, "unknown"):
            yield flaw(
                "/meeting/chair",
                f"{chair.name} presides but is not listed as present",
                f"{chair.name} préside sans figurer parmi les présents",
                f"/attendance/members/{i}/status",
            )


@check("PV-502", "info", text=True)
def eldest_presides_the_election(case: Case) -> Iterator[Flaw]:
    """The mayor's election is presided by the eldest member (L2122-8, L5211-9)."""
    for i, item in enumerate(case.record.deliberations):
        title = fold(item.title).lower()
        if case.in_text("executive_election", item.title) and "adjoint" not in title and "vice" not in title:
            if not case.says("eldest"):
                yield not_found(f"/deliberations/{i}", "presidency of the eldest member", "présidence du doyen d'âge")
            return


def accounts(case: Case) -> list[tuple[int, Deliberation]]:
    """The items in which the accounts of the mayor or president are put to the vote."""
    return [
        (i, item)
        for i, item in enumerate(case.record.deliberations)
        if case.in_text("accounts", item.title)
        and not case.in_text("not_accounts", item.title)
        and item.vote.outcome in ("adopted", "rejected")
    ]


def head_of_body(case: Case) -> Member | None:
    """The mayor or president, where the roll names one who is there from beginning to end."""
    roles = [m for m in case.record.attendance.members if m.role and HEAD_OF_BODY.fullmatch(fold(m.role).lower())]
    return roles[0] if len(roles) == 1 and roles[0].status in HERE else None


@check("PV-503", "warning", text=True)
def another_presides_over_the_accounts(case: Case) -> Iterator[Flaw]:
    """The council elects who presides while the mayor's accounts are debated (L2121-14)."""
    found, mayor = accounts(case), head_of_body(case)
    chair = case.record.meeting.chair
    replaced = any(event.kind == "chair_change" for event in case.record.events)
    replaced = replaced or any(case.item_says(item, "other_chair") for item in case.record.deliberations)
    if found and mayor and chair and chair.id == mayor.id and not replaced:
        yield not_found(
            f"/deliberations/{found[0][0]}",
            "who presides over the accounts",
            "élection d'un président pour les comptes",
        )


@check("PV-503", "warning", text=True)
def mayor_withdraws_from_the_accounts(case: Case) -> Iterator[Flaw]:
    """The mayor withdraws when his accounts are voted (L2121-14)."""
    found, mayor = accounts(case), head_of_body(case)
    if not found or mayor is None or mayor.id in Course(case.record).moves:
        return
    told = any(case.item_says(item, "withdraws") for item in case.record.deliberations)
    apart = any(p.id == mayor.id for _, item in found for p in item.vote.not_participating_names)
    if not told and not apart:
        yield not_found(
            f"/deliberations/{found[0][0]}/vote",
            "the mayor's withdrawal at the vote",
            "retrait du maire au moment du vote",
        )


@check("PV-503", "error")
def mayor_does_not_vote_his_accounts(case: Case) -> Iterator[Flaw]:
    """The mayor is not among those who vote on his accounts (L2121-14)."""
    mayor = head_of_body(case)
    for i, item in accounts(case):
        if mayor and any(n.person.id == mayor.id for n in named(i, item.vote)):
            yield flaw(
                f"/deliberations/{i}/vote",
                f"{mayor.name} votes on the accounts",
                f"{mayor.name} prend part au vote de ses comptes",
            )


@check("PV-505", "warning")
def accounts_are_voted_by_june(case: Case) -> Iterator[Flaw]:
    """The accounts of a year are voted by 30 June of the next (L1612-12)."""
    first, last = LATE_2020
    for i, item in accounts(case):
        years = [int(year) for year in YEAR.findall(item.title)]
        if len(set(years)) != 1 or case.date is None or first <= case.date <= last:
            continue
        due = datetime.date(years[0] + 1, 6, 30)
        if due < case.date <= due.replace(year=due.year + 1):
            yield flaw(
                f"/deliberations/{i}",
                f"voted on {case.date}, due by {due}",
                f"vote du {day(case.date)}, échéance au {day(due)}",
                "/meeting/date",
            )


@check("PV-506", "info")
def management_account_comes_first(case: Case) -> Iterator[Flaw]:
    """The accountant's « compte de gestion » is voted before the mayor's accounts (L2121-31)."""
    first = min((i for i, _ in accounts(case)), default=None)
    others = [i for i, d in enumerate(case.record.deliberations) if "compte de gestion" in fold(d.title).lower()]
    if first is not None and others and min(others) > first:
        yield flaw(f"/deliberations/{first}", "voted before the compte de gestion", "voté avant le compte de gestion")


@check("PV-508", "info", text=True)
def delegated_decisions_are_told(case: Case) -> Iterator[Flaw]:
    """The mayor tells the council of the decisions taken by delegation (L2122-23)."""
    if case.record.meeting.document_kind in MINUTES and not case.says("delegated_decisions"):
        yield not_found("/deliberations", "decisions taken by delegation", "décisions prises par délégation")


@check("PV-510", "error")
def nobody_abstains_from_and_takes_part_in_a_vote(case: Case) -> Iterator[Flaw]:
    """Whoever takes no part in a vote is not named among its voters (L2131-11)."""
    for i, item, _ in items(case):
        apart = {
            p.id: f"/deliberations/{i}/vote/not_participating_names/{n}"
            for n, p in enumerate(item.vote.not_participating_names)
            if p.id
        }
        for voter in named(i, item.vote):
            where = apart.get(voter.person.id or "")
            if where and together(case.record, where, voter.pointer):
                name = voter.person.name
                yield flaw(
                    voter.pointer, f"{name} takes no part and votes", f"{name} ne prend pas part au vote et vote", where
                )


@check("PV-510", "error")
def nobody_with_an_interest_votes(case: Case) -> Iterator[Flaw]:
    """Whoever is said to have an interest in the matter is not named among its voters (L2131-11)."""
    for i, item, _ in items(case):
        text = item.text or ""
        said = [m.fields["person"].of(text) for m in case.in_text("interested", text) if "person" in m.fields]
        for voter in named(i, item.vote):
            if any(same_person(voter.person.name, name) for name in said):
                name = voter.person.name
                yield flaw(voter.pointer, f"{name} has an interest and votes", f"{name}, intéressé à l'affaire, vote")


@check("PV-510", "warning")
def whoever_takes_no_part_is_not_counted(case: Case) -> Iterator[Flaw]:
    """Voices are fewer than the voters of the head where somebody takes no part in a vote (L2131-11)."""
    voters, moves = case.stated.voting, Course(case.record).moves
    for i, _, vote in items(case):
        apart = vote.not_participating_names
        others = set(moves) - {p.id for p in apart}
        if voters is None or others or weighted(case) or vote.for_ is None or not apart or vote.voting is not None:
            continue
        if cast(vote) == voters:
            names = ", ".join(p.name for p in apart)
            yield flaw(
                f"/deliberations/{i}/vote/for",
                f"{names} takes no part, but {cast(vote)} of {voters} voices are counted",
                f"{names} ne prend pas part au vote, mais {cast(vote)} voix sont comptées pour {voters} votants",
            )
