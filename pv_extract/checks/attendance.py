"""PV-307 to PV-311: members, proxies and printed counts against one another (logic; CGCT L2121-2)."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.course import HERE, Course
from pv_extract.checks.regimes import seats_of
from pv_extract.checks.wording import NO_POPULATION, french_count
from pv_extract.grammar import fold
from pv_extract.members.entries import Entry
from pv_extract.members.names import split_honorific, tokens_of
from pv_extract.records import Member

AWAY = ("excused", "absent", "represented")
COMES_OR_GOES = regex.compile(r"arriv|depart|partir d|jusqu|quitt|point|retard")  # behind a name on the roll
BEHIND_PROXY = regex.compile(r"(?:pouvoir|procuration|mandat|represent)[^,;]*\b(?:a|par)\s[^,;]*$")  # before the holder
EXTRACTS = ("deliberation", "extrait_du_registre")


def still(case: Case) -> set[str]:
    """The ids of the members who neither come nor go during the meeting."""
    return {m.id for m in case.record.attendance.members} - set(Course(case.record).moves)


@check("PV-307", "error", logic=True)
def holder_is_there(case: Case) -> Iterator[Flaw]:
    """Whoever votes for another is present (L2121-20)."""
    members = {m.id: m for m in case.record.attendance.members}
    for i, giver in enumerate(members.values() if case.list_is_whole else ()):
        holder = members.get((giver.proxy_to and giver.proxy_to.id) or "")
        if holder and holder.id in still(case) and holder.status in AWAY and giver.id != holder.id:
            status = f"/attendance/members/{list(members).index(holder.id)}/status"
            yield flaw(
                f"/attendance/members/{i}/proxy_to",
                f"{holder.name} votes for {giver.name} but is not present",
                f"{holder.name} a le pouvoir de {giver.name} mais n'est pas présent",
                status,
            )


@check("PV-307", "warning", logic=True)
def holder_is_a_member(case: Case) -> Iterator[Flaw]:
    """Whoever votes for another is a member too (L2121-20)."""
    for i, giver in enumerate(case.record.attendance.members if case.list_is_whole else ()):
        holder = giver.proxy_to
        if holder and holder.id is None and len(tokens_of(holder.name)) > 1:
            yield flaw(
                f"/attendance/members/{i}/proxy_to",
                f"{holder.name} votes for {giver.name} but is on no list of members",
                f"{holder.name} a le pouvoir de {giver.name} mais ne figure sur aucune liste de membres",
            )


@check("PV-307", "error", logic=True)
def giver_is_away(case: Case) -> Iterator[Flaw]:
    """Whoever is listed as present has no need of a proxy (L2121-20)."""
    for i, giver in enumerate(case.record.attendance.members):
        status = case.record.evidence.get(f"/attendance/members/{i}/status")
        listed = status is not None and status.how == "stated"
        if giver.proxy_to and giver.status in HERE and listed and case.list_is_whole and giver.id in still(case):
            yield flaw(
                f"/attendance/members/{i}/proxy_to",
                f"{giver.name} is listed as present and gives a proxy to {giver.proxy_to.name}",
                f"{giver.name} figure parmi les présents et donne pouvoir à {giver.proxy_to.name}",
                f"/attendance/members/{i}/status",
            )


@check("PV-307", "error", logic=True, text=True)
def nobody_is_present_and_represented(case: Case) -> Iterator[Flaw]:
    """Nobody who neither comes nor goes is listed both as present and as represented."""
    present = {m.id for m in case.record.attendance.members if m.status in HERE}
    for name, at in listed_twice(case, "represented") if case.list_is_whole else ():
        if not any(tokens_of(name) == tokens_of(m.name) and m.id in present for m in case.record.attendance.members):
            english, french = (
                f"{name} is listed as present and as represented",
                f"{name} figure parmi les présents et les représentés",
            )
            yield flaw("/attendance/members", english, french, at=at)


@check("PV-307", "error", logic=True, text=True)
def giver_is_not_the_holder(case: Case) -> Iterator[Flaw]:
    """Nobody gives a proxy to himself."""
    for proxy in case.segments.roll_call.proxies:
        giver, holder = case.read(proxy.giver), case.read(proxy.holder)
        if len(tokens_of(giver)) > 1 and fold(giver).lower() == fold(holder).lower() and proxy.giver != proxy.holder:
            yield flaw(
                "/attendance/members",
                f"{giver} gives a proxy to himself",
                f"{giver} se donne pouvoir à soi-même",
                at=case.source(proxy.span),
            )


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


@check("PV-310", "error", logic=True, text=True)
def nobody_is_present_and_absent(case: Case) -> Iterator[Flaw]:
    """Nobody who neither comes nor goes is listed both as present and as absent."""
    for name, at in listed_twice(case, "excused", "absent"):
        english, french = (
            f"{name} is listed as present and as absent",
            f"{name} figure parmi les présents et les absents",
        )
        yield flaw("/attendance/members", english, french, at=at)


def listed_twice(case: Case, *statuses: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names of those present that stand under one of some statuses too, and the source characters where."""
    moving = [tokens_of(m.name) for m in case.record.attendance.members if m.id not in still(case)]
    entries = case.segments.roll_call.entries
    others = [e for e in entries if e.status in statuses]
    for one, other in product((e for e in entries if e.status in HERE), others):
        marked = comes_or_goes(case, one) or comes_or_goes(case, other) or holds_proxy(case, other)
        if same_entry(case, one, other) and not marked and tokens_of(case.read(one.name)) not in moving:
            yield split_honorific(case.read(other.name))[1], case.source(other.name)


def same_entry(case: Case, one: Entry, other: Entry) -> bool:
    """Whether two entries of the rolls name one person: the same given and family name."""
    names = [split_honorific(case.read(e.name)) for e in (one, other)]
    tokens = [sorted(tokens_of(name)) for _, name in names]
    honorifics = {honorific or e.honorific for (honorific, _), e in zip(names, (one, other), strict=True)}
    return tokens[0] == tokens[1] and len(tokens[0]) > 1 and len(honorifics - {None}) < 2


def holds_proxy(case: Case, entry: Entry) -> bool:
    """Whether a name on the roll may be that of a proxy's holder: it stands in a table or behind « pouvoir »."""
    start = case.text.rfind("\n", 0, entry.name.start) + 1
    before = fold(case.text[start : entry.name.start]).lower()
    return "\t" in before or bool(BEHIND_PROXY.search(before))


def comes_or_goes(case: Case, entry: Entry) -> bool:
    """Whether the words behind a name say that somebody comes late or leaves early."""
    behind = case.text[entry.name.end : entry.name.end + 60].partition("\n")[0]
    return bool(COMES_OR_GOES.search(fold(behind).lower()))


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
