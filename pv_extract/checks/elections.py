"""PV-414: the figures of an election by ballot (CGCT L2121-21, L2122-7)."""

from collections import Counter
from collections.abc import Iterator

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.wording import french_count
from pv_extract.grammar import fold
from pv_extract.records import Deliberation, Election
from pv_extract.values import read_number


def ballots(case: Case) -> Iterator[tuple[int, Deliberation, Election, int]]:
    """The elections of one round for one office, where the votes cast are printed: index, item, ballot, votes cast.

    Where an item tells several ballots the record may mix their figures: it is left alone.
    """
    for i, item in enumerate(case.record.deliberations):
        if len(item.elections) != 1 or item.elections[0].cast is None or tells_several_ballots(case, item):
            continue
        election, votes = item.elections[0], item.elections[0].cast
        people = [c.person.id or c.person.name for c in election.candidates]
        if len(people) == len(set(people)) and len(election.elected) < 2:
            yield i, item, election, votes


def tells_several_ballots(case: Case, item: Deliberation) -> bool:
    """Whether an item tells a later round, or counts ballots twice in the same words."""
    text = item.text or ""
    counted = Counter(fold(mention.span.of(text)).lower() for mention in case.in_text("ballots_counted", text))
    return bool(case.in_text("later_round", text)) or max(counted.values(), default=0) > 1


def majority(votes: int) -> int:
    """The absolute majority of the votes cast."""
    return votes // 2 + 1


@check("PV-414", "error", logic=True)
def ballots_are_cast_or_blank(case: Case) -> Iterator[Flaw]:
    """Ballots less those blank or void are the votes cast."""
    for i, item, election, votes in ballots(case):
        if election.ballots is None:
            continue
        void, together = (case.in_text(what, item.text or "") for what in ("void_ballots", "blank_or_void_ballots"))
        counted = election.blank is not None and len(void) == len(together)
        if votes > election.ballots or (counted and election.ballots - (election.blank or 0) != votes):
            pointer = f"/deliberations/{i}/elections/0"
            yield flaw(
                f"{pointer}/cast",
                f"{election.ballots} ballots less {election.blank or 0} blank are not {votes} cast",
                f"{election.ballots} bulletins, dont {french_count(election.blank or 0, 'blanc', 'blancs')}, "
                f"ne font pas {votes} suffrages exprimés",
                f"{pointer}/ballots",
                f"{pointer}/blank",
            )


@check("PV-414", "error", logic=True)
def candidates_share_the_votes_cast(case: Case) -> Iterator[Flaw]:
    """The candidates for one office together have no more voices than were cast."""
    for i, _, election, votes in ballots(case):
        voices = sum(c.votes or 0 for c in election.candidates)
        if voices > votes and len(election.elected) == 1:
            yield flaw(
                f"/deliberations/{i}/elections/0/cast",
                f"{voices} voices of {votes} cast",
                f"les candidats ont {voices} voix, {votes} suffrages sont exprimés",
            )


@check("PV-414", "error", logic=True)
def printed_majority_is_absolute(case: Case) -> Iterator[Flaw]:
    """The absolute majority is the whole number above half of the votes cast."""
    for i, item, _, votes in ballots(case):
        text = item.text or ""
        printed = [read_number(m.fields["count"].of(text)) for m in case.in_text("majority", text)]
        if len(printed) == 1 and printed[0] is not None and printed[0] != majority(votes):
            yield flaw(
                f"/deliberations/{i}/elections/0/cast",
                f"majority {printed[0]} printed, {majority(votes)} for {votes} cast",
                f"majorité absolue imprimée : {printed[0]} ; pour {votes} suffrages elle est de {majority(votes)}",
            )


@check("PV-414", "error", logic=True)
def elected_has_the_majority(case: Case) -> Iterator[Flaw]:
    """Whoever is elected in the one round printed has the absolute majority, where one is printed (L2121-21)."""
    for i, item, election, votes in ballots(case):
        voices = {c.person.id or c.person.name: c.votes for c in election.candidates}
        for person in election.elected if case.in_text("majority", item.text or "") else ():
            got = voices.get(person.id or person.name)
            if got is not None and got < majority(votes):
                yield flaw(
                    f"/deliberations/{i}/elections/0",
                    f"{person.name} elected with {got} of {votes}",
                    f"{person.name} élu(e) avec {got} voix sur {votes} suffrages exprimés",
                )
