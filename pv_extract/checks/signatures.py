"""PV-601, PV-602: who signs the minutes and the register (CGCT L2121-15, L2121-23, L3121-13)."""

from collections.abc import Iterator

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.presidency import head_of_body
from pv_extract.checks.wording import not_found
from pv_extract.members.names import same_person
from pv_extract.mentions import Mention


@check("PV-601", "warning", text=True)
def minutes_are_signed(case: Case) -> Iterator[Flaw]:
    """The minutes are signed by whoever presides and the secretary (L2121-15, L3121-13)."""
    if not is_signed(case):
        yield not_found("/meeting", "the signatures", "signatures du président et du secrétaire")


@check("PV-601", "warning", text=True)
def secretary_who_signs_was_named(case: Case) -> Iterator[Flaw]:
    """The secretary who signs is one whom the meeting named (L2121-15)."""
    named = [person.name for person in case.record.meeting.secretaries]
    for mention in signing(case, "signs_as_secretary") if named else ():
        yield from another_signs(case, mention, named, "/meeting/secretaries")


@check("PV-601", "warning", text=True)
def head_who_signs_presided(case: Case) -> Iterator[Flaw]:
    """Whoever signs for the assembly presided over it, or is its mayor or president (L2121-15, L3121-13)."""
    chair, head = case.record.meeting.chair, head_of_body(case)
    heads = [person.name for person in (chair, head) if person]
    for mention in signing(case, "signs_as_head") if chair else ():
        yield from another_signs(case, mention, heads, "/meeting/chair")


def signing(case: Case, what: str) -> list[Mention]:
    """The mentions of a kind among the signatures."""
    return case.find(what, case.segments.blocks_of("signatures"))


def another_signs(case: Case, mention: Mention, known: list[str], pointer: str) -> Iterator[Flaw]:
    """The flaw that somebody signs who is none of those known."""
    signer = case.read(mention.fields["person"])
    if not any(same_person(signer, name) for name in known):
        told = ", ".join(known)
        yield flaw(
            pointer, f"{signer} signs, not {told}", f"{signer} signe, et non {told}", at=case.source(mention.span)
        )


@check("PV-602", "info", text=True)
def register_is_signed(case: Case) -> Iterator[Flaw]:
    """Until June 2022 all members present sign, or it is said why not (L2121-23)."""
    if not is_signed(case):
        yield not_found("/meeting", "the signatures of the members present", "signatures des membres présents")


def is_signed(case: Case) -> bool:
    """Whether the document speaks of signatures or ends with those of the offices."""
    return any(s.kind == "signatures" for s in case.record.segments) or case.says("signature")
