"""PV-401 to PV-404, PV-408: the counts of a vote against its outcome and its voters (CGCT L2121-20, L3121-14)."""

from collections.abc import Callable, Iterator
from functools import wraps

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Words, check, flaw, together
from pv_extract.checks.course import Course
from pv_extract.checks.wording import french_count
from pv_extract.records import Deliberation, Person, Vote
from pv_extract.values import read_number

IN_FRENCH = {"adopted": "adoptée", "rejected": "rejetée"}


def items(case: Case) -> Iterator[tuple[int, Deliberation, Vote]]:
    """The items that were put to the vote, elections aside."""
    for i, item in enumerate(case.record.deliberations):
        if not item.elections:
            yield i, item, item.vote


def of_single_votes(test: Callable[[Case], Iterator[Flaw]]) -> Callable[[Case], Iterator[Flaw]]:
    """The test without the flaws of items that were voted on more than once: of several the record may mix the figures.

    How many votes an item tells is searched in its text only where there is a flaw.
    """

    @wraps(test)
    def tested(case: Case) -> Iterator[Flaw]:
        return (found for found in test(case) if case.votes_told(int(str(found.pointer).split("/")[2])) < 2)

    return tested


def of_one_vote(case: Case, item: int, *keys: str) -> bool:
    """Whether parts of an item's vote were read in one passage: an item may tell several votes."""
    return together(case.record, *(f"/deliberations/{item}/vote/{key}" for key in keys))


def cast(vote: Vote) -> int:
    """The printed voices of a vote, abstentions included."""
    return (vote.for_ or 0) + (vote.against or 0) + (vote.abstentions or 0)


def weighted(case: Case) -> bool:
    """Whether members have more than one voice."""
    attendance = case.record.attendance
    return (
        case.is_general_meeting
        or attendance.stated.votes is not None
        or any(m.votes is not None for m in attendance.members)
    )


@check("PV-401", "error")
@of_single_votes
def outcome_follows_the_majority(case: Case) -> Iterator[Flaw]:
    """What is adopted has more voices for than against (L2121-20); accounts in a tie too (L1612-12)."""
    for i, item, vote in items(case):
        if vote.for_ is None or vote.against is None or vote.for_ == vote.against:
            continue
        if case.item_says(item, "other_majority"):
            continue
        wrong = vote.outcome == ("rejected" if vote.for_ > vote.against else "adopted")
        if wrong and of_one_vote(case, i, "outcome", "for", "against"):
            pointer = f"/deliberations/{i}/vote"
            yield flaw(
                f"{pointer}/outcome",
                f"{vote.outcome} by {vote.for_} for and {vote.against} against",
                f"« {IN_FRENCH[str(vote.outcome)]} », mais {vote.for_} pour et {vote.against} contre",
                f"{pointer}/for",
                f"{pointer}/against",
            )


@check("PV-402", "warning")
@of_single_votes
def tie_follows_the_chair(case: Case) -> Iterator[Flaw]:
    """Where voices are equal the chair's decides, unless the ballot is secret (L2121-20, L3121-15)."""
    chair = case.record.meeting.chair
    for i, item, vote in items(case):
        if vote.for_ is None or vote.for_ != vote.against or case.in_text("accounts", item.title):
            continue
        against, favour = among(chair, vote.against_names), among(chair, vote.for_names)
        if (vote.outcome == "adopted" and (vote.secret or against)) or (vote.outcome == "rejected" and favour):
            yield flaw(
                f"/deliberations/{i}/vote/outcome",
                "equal voices: the outcome is not that of the chair's vote",
                "partage des voix : le résultat ne suit pas la voix du président",
            )


def among(person: Person | None, names: tuple[Person, ...]) -> bool:
    """Whether a person is one of those named."""
    return bool(person and person.id and any(p.id == person.id for p in names))


@check("PV-403", "error", logic=True)
@of_single_votes
def no_more_voices_than_voters(case: Case) -> Iterator[Flaw]:
    """Voices for, against and abstentions are no more than the voters printed: those of the item, else of the head."""
    of_head = None if case.somebody_moves else case.stated.voting
    for i, _, vote in () if weighted(case) else items(case):
        voters = of_head if vote.voting is None else vote.voting
        if voters is None or vote.for_ is None or cast(vote) <= voters:
            continue
        expressed = vote.for_ + (vote.against or 0) == vote.voting  # « exprimés » counts no abstentions
        if not expressed and of_one_vote(case, i, "for", "against", "abstentions", "voting"):
            yield flaw(f"/deliberations/{i}/vote/for", *sum_words(vote, voters))


@check("PV-403", "warning", logic=True)
@of_single_votes
def no_more_voices_than_members_have(case: Case) -> Iterator[Flaw]:
    """Where members have several voices each, those of one vote are no more than all of them have together."""
    total = voices_of(case)
    for i, _, vote in items(case) if total else ():
        if vote.for_ is not None and cast(vote) > total and of_one_vote(case, i, "for", "against", "abstentions"):
            yield flaw(
                f"/deliberations/{i}/vote/for",
                f"{cast(vote)} voices, the members have {total}",
                f"{cast(vote)} voix, les membres en ont {total}",
            )


def voices_of(case: Case) -> int:
    """The voices of those who can vote, as printed for each; 0 where no printed total and no vote confirms them."""
    weights = [m.votes for m in case.record.attendance.members if m.status not in ("excused", "absent")]
    total = max(sum(w or 0 for w in weights), case.stated.votes or 0)
    confirmed = case.stated.votes is not None or any(cast(vote) == total for _, _, vote in items(case))
    return total if weights and None not in weights and confirmed else 0


@check("PV-403", "warning", logic=True)
@of_single_votes
def no_fewer_voices_than_voters(case: Case) -> Iterator[Flaw]:
    """The parts of a vote, where all are printed, make the number of voters printed with them."""
    for i, _, vote in items(case):
        parts = (vote.for_, vote.against, vote.abstentions)
        if vote.voting is None or None in parts or cast(vote) >= vote.voting:
            continue
        if vote.voting not in (cast(vote), cast(vote) + (vote.not_participating or len(vote.not_participating_names))):
            yield flaw(f"/deliberations/{i}/vote/voting", *sum_words(vote, vote.voting))


def sum_words(vote: Vote, voters: int) -> Words:
    """The parts of a vote and the number of voters."""
    favour, against, abstained = vote.for_ or 0, vote.against or 0, vote.abstentions or 0
    french = f"{favour} pour + {against} contre + {french_count(abstained, 'abstention', 'abstentions')} = {cast(vote)}"
    return Words(
        f"{favour} + {against} + {abstained} = {cast(vote)} voices, {voters} voters",
        f"{french} voix ; {french_count(voters, 'votant', 'votants')}",
    )


@check("PV-403", "warning", logic=True)
@of_single_votes
def no_more_voices_than_people_there(case: Case) -> Iterator[Flaw]:
    """Voices are no more than the members who can have been present or represented at that moment."""
    course = Course(case.record)
    if weighted(case) or not case.list_is_whole or not course.moves:
        return
    for i, _, vote in items(case):
        there = len(course.voting(i))
        if vote.for_ is not None and vote.voting is None and cast(vote) > there:
            yield flaw(
                f"/deliberations/{i}/vote/for",
                f"{cast(vote)} voices, {there} members present or represented at this item",
                f"{cast(vote)} voix ; membres présents ou représentés à ce point : {there}",
            )


@check("PV-404", "error", logic=True)
@of_single_votes
def unanimity_has_nobody_against(case: Case) -> Iterator[Flaw]:
    """What was adopted unanimously had no voice against; abstentions do not count."""
    for i, _, vote in items(case):
        against = vote.against or len(vote.against_names)
        adopted = vote.manner == "unanimity" and vote.outcome == "adopted"
        if against and adopted and of_one_vote(case, i, "manner", "against", "against_names/0"):
            yield flaw(
                f"/deliberations/{i}/vote/manner",
                f"unanimous with {against} against",
                f"« à l'unanimité », mais {against} voix contre",
                f"/deliberations/{i}/vote/against",
            )


@check("PV-408", "error", logic=True)
@of_single_votes
def no_more_voices_than_members(case: Case) -> Iterator[Flaw]:
    """Voices are no more than the members in office, where nothing printed bounds them closer."""
    stated = case.stated
    for i, _, vote in items(case):
        known = vote.voting is None and stated.voting is None and not weighted(case)
        if known and stated.in_office is not None and cast(vote) > stated.in_office:
            yield flaw(
                f"/deliberations/{i}/vote/for",
                f"{cast(vote)} voices, {stated.in_office} members in office",
                f"{cast(vote)} voix pour {stated.in_office} membres en exercice",
                "/attendance/stated/in_office",
            )


@check("PV-408", "error", logic=True)
@of_single_votes
def no_more_proxies_used_than_given(case: Case) -> Iterator[Flaw]:
    """No more voices are given by proxy than members are represented, where both are printed and nobody moves."""
    given = case.stated.represented
    if given is None or case.somebody_moves or weighted(case):
        return
    for i, item, _ in items(case):
        text = item.text or ""
        for mention in case.in_text("proxies_used", text):
            used = read_number(mention.fields["count"].of(text))
            if used is not None and used > given:
                yield flaw(
                    f"/deliberations/{i}/vote",
                    f"{used} voices by proxy, {given} represented",
                    f"{used} voix par pouvoir, {french_count(given, 'représenté', 'représentés')}",
                    "/attendance/stated/represented",
                )
