"""PV-309 and PV-311: the printed counts of members against one another, the names and the law (logic; CGCT L2121-2)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.course import HERE
from pv_extract.checks.regimes import seats_of
from pv_extract.checks.wording import NO_POPULATION, french_count
from pv_extract.records import Member

EXTRACTS = ("deliberation", "extrait_du_registre")


@check("PV-309", "error", logic=True)
def no_more_than_in_office(case: Case) -> Iterator[Flaw]:
    """Present and represented members together cannot be more than those in office."""
    stated = case.stated
    together = (stated.present or 0) + (stated.represented or 0)
    if stated.in_office is not None and together > stated.in_office:
        rest = ("/attendance/stated/present", "/attendance/stated/represented")
        yield flaw(
            "/attendance/stated/in_office",
            f"{together} present or represented of {stated.in_office} in office",
            f"{there(together)} pour {stated.in_office} membres en exercice",
            *rest,
        )


@check("PV-309", "error", logic=True)
def no_more_voters_than_present_or_represented(case: Case) -> Iterator[Flaw]:
    """The voters printed in the head are no more than the members present and represented printed there."""
    for voters, together in voters_of_the_head(case):
        if voters > together:
            yield voters_flaw(voters, together)


@check("PV-309", "warning", logic=True)
def no_fewer_voters_than_present_or_represented(case: Case) -> Iterator[Flaw]:
    """Outside extracts about one item, everybody present or represented is a voter in the head."""
    for voters, together in voters_of_the_head(case):
        if voters < together and case.record.meeting.document_kind not in EXTRACTS:
            yield voters_flaw(voters, together)


def voters_of_the_head(case: Case) -> Iterator[tuple[int, int]]:
    """The printed numbers of voters, and of members present or represented, where nobody comes, goes or weighs more."""
    stated = case.stated
    if None not in (stated.voting, stated.present, stated.represented) and not stated.votes and not case.somebody_moves:
        yield stated.voting or 0, (stated.present or 0) + (stated.represented or 0)


def there(number: int) -> str:
    """How many are present or represented, in French."""
    return french_count(number, "présent ou représenté", "présents ou représentés")


def voters_flaw(voters: int, together: int) -> Flaw:
    """The flaw that voters are not those present or represented."""
    return flaw(
        "/attendance/stated/voting",
        f"{voters} voters printed, {together} present or represented",
        f"{french_count(voters, 'votant imprimé', 'votants imprimés')}, {there(together)}",
        "/attendance/stated/present",
        "/attendance/stated/represented",
    )


@check("PV-309", "warning", logic=True)
def everybody_in_office_is_counted(case: Case) -> Iterator[Flaw]:
    """Printed counts of present and absent members add up to those in office, in one way of counting at least."""
    stated, members = case.stated, case.record.attendance.members
    listed = {status: sum(m.status == status for m in members) for status in ("represented", "excused")}
    parts = [n for n in (stated.represented or listed["represented"], stated.excused or listed["excused"]) if n]
    if stated.in_office is None or stated.present is None or stated.absent is None or case.somebody_moves:
        return
    base = stated.present + stated.absent
    sums = {base + sum(some) for size in range(len(parts) + 1) for some in combinations(parts, size)}
    if stated.in_office not in sums:
        yield flaw(
            "/attendance/stated/in_office",
            f"{stated.present} present and {stated.absent} absent do not make {stated.in_office} in office",
            f"{stated.present} présents et {stated.absent} absents ne font pas {stated.in_office} membres en exercice",
            "/attendance/stated/absent",
        )


@check("PV-309", "warning", logic=True)
def everybody_in_office_is_named(case: Case) -> Iterator[Flaw]:
    """Where those absent are named too, as many members are named as are in office."""
    record = case.record
    members, in_office = record.attendance.members, record.attendance.stated.in_office
    if in_office is None or record.source.ocr or not counts_everybody(members) or case.seats >= in_office:
        return
    yield flaw(
        "/attendance/stated/in_office",
        f"{in_office} in office, {case.seats} named",
        f"{in_office} membres en exercice, {french_count(case.seats, 'nommé', 'nommés')}",
    )


def counts_everybody(members: Sequence[Member]) -> bool:
    """Whether a list names those present and those absent without leave, and tells of each which of them."""
    statuses = {m.status for m in members}
    return "unknown" not in statuses and bool(statuses & {"absent"}) and bool(statuses & set(HERE))


@check("PV-309", "warning", logic=True)
def voices_make_the_total(case: Case) -> Iterator[Flaw]:
    """The voices of the members add up to the printed total."""
    weights = [m.votes for m in case.record.attendance.members if m.votes is not None]
    total = case.stated.votes
    if weights and total is not None and sum(weights) != total:
        yield flaw(
            "/attendance/stated/votes",
            f"the voices add up to {sum(weights)}, {total} printed",
            f"les voix des membres font {sum(weights)}, le total imprimé est de {total}",
        )


@check("PV-311", "info")
def no_more_than_the_legal_number(case: Case) -> Iterator[Flaw | Skipped]:
    """A municipal council has no more members than the law gives its commune (L2121-2)."""
    if case.facts.population is None:
        yield Skipped(NO_POPULATION)
    elif case.facts.in_office is not None and case.facts.in_office > (seats := seats_of(case.facts.population)):
        yield flaw(
            "/attendance/stated/in_office",
            f"{case.facts.in_office} in office; the law gives {seats} seats",
            f"{case.facts.in_office} membres en exercice ; l'effectif légal est de {seats}",
        )
