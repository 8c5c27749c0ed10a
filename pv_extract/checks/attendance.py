"""PV-307 and PV-310: who is listed as what, and who votes for whom (logic; CGCT L2121-20)."""

from collections.abc import Iterator
from itertools import product

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.course import HERE, Course
from pv_extract.grammar import fold
from pv_extract.members.entries import Entry
from pv_extract.members.names import split_honorific, tokens_of

AWAY = ("excused", "absent", "represented")


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
    before = case.text[start : entry.name.start]
    return "\t" in before or bool(case.in_text("before_holder", before))


def comes_or_goes(case: Case, entry: Entry) -> bool:
    """Whether the words behind a name say that somebody comes late or leaves early."""
    behind = case.text[entry.name.end : entry.name.end + 60].partition("\n")[0]
    return bool(case.in_text("comes_or_goes", behind))
