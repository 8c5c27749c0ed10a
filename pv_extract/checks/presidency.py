"""PV-501 to PV-503, PV-508: who presides, and what the mayor may not do (CGCT L2121-14, L2122-8, L2122-23)."""

from collections.abc import Iterator

from pv_extract.checks.attendance import still
from pv_extract.checks.budgets import accounts
from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.course import HERE, Course
from pv_extract.checks.voters import named
from pv_extract.checks.wording import not_found
from pv_extract.records import Member


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
        if case.in_text("executive_election", item.title) and not case.in_text("deputies_named", item.title):
            if not case.says("eldest"):
                yield not_found(f"/deliberations/{i}", "presidency of the eldest member", "présidence du doyen d'âge")
            return


def head_of_body(case: Case) -> Member | None:
    """The mayor or president, where the roll names one who is there from beginning to end."""
    members = case.record.attendance.members
    heads = [m for m in members if m.role and case.in_text("head_of_body", m.role)]
    chair = case.record.meeting.chair
    heads = heads or [m for m in members if chair and m.id == chair.id and chair_is_head(case)]
    return heads[0] if len(heads) == 1 and heads[0].status in HERE else None


def chair_is_head(case: Case) -> bool:
    """Whether the words behind the chair's name say mayor or president: « sous la présidence de M. Petit, maire »."""
    place = case.record.evidence.get("/meeting/chair")
    behind = case.layout.document.text[place.span[1] :] if case.layout and place else ""
    return bool(case.in_text("head_behind_name", behind[:60]))


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


@check("PV-503", "error")
def nobody_votes_through_the_mayor_on_his_accounts(case: Case) -> Iterator[Flaw]:
    """The mayor, who withdraws, does not vote on his accounts for another either (L2121-14)."""
    mayor, members = head_of_body(case), case.record.attendance.members
    for n, giver in enumerate(members if mayor and case.list_is_whole else ()):
        through_mayor = mayor and giver.proxy_to and giver.proxy_to.id == mayor.id and giver.id in still(case)
        for i, item in accounts(case) if through_mayor else ():
            for voter in named(i, item.vote):
                if voter.person.id == giver.id:
                    english = f"{giver.name}, whom the mayor represents, votes on the accounts"
                    french = f"{giver.name}, que représente le maire, prend part au vote de ses comptes"
                    yield flaw(voter.pointer, english, french, f"/attendance/members/{n}/proxy_to")


@check("PV-508", "info", text=True)
def delegated_decisions_are_told(case: Case) -> Iterator[Flaw]:
    """The mayor tells the council of the decisions taken by delegation (L2122-23)."""
    if not case.says("delegated_decisions"):
        yield not_found("/deliberations", "decisions taken by delegation", "décisions prises par délégation")
