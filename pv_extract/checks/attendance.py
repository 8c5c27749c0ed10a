"""PV-3xx: who was there, proxies, quorum (CGCT L2121-17, L2121-20)."""

from collections.abc import Iterator

from pv_extract.checks.contract import Case, Flaw, Words, check


@check("PV-305", "error")
def proxies_per_holder(case: Case) -> Iterator[Flaw]:
    """A member holds one proxy at most, two in the windows of the pandemic (L2121-20)."""
    held: dict[str, list[int]] = {}
    for i, member in enumerate(case.record.attendance.members):
        if member.proxy_to:
            held.setdefault(member.proxy_to.name, []).append(i)
    for holder, givers in held.items():
        if len(givers) > 1:
            english = f"{holder} holds {len(givers)} proxies, 1 allowed"
            french = f"{holder} : {len(givers)} pouvoirs pour 1 permis"
            yield Flaw(f"/attendance/members/{givers[1]}/proxy_to", Words(english, french))
