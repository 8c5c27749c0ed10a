"""PV-109 to PV-115: what the minutes must tell of each deliberation (CGCT L2121-15)."""

import datetime
from collections.abc import Iterator

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.wording import day, not_found
from pv_extract.records import Deliberation, Vote

SET_OUT = 20  # words
BY_VOTE = ("adopted", "rejected")
BY_VERB = ("votes.deliberated", "votes.operative")  # the operative verb: that something was decided, not how


@check("PV-110", "info")
def reports_are_told(case: Case) -> Iterator[Flaw]:
    """The reports on which deliberations were adopted are in the minutes (L2121-15)."""
    for i, item in enumerate(case.record.deliberations):
        told = item.rapporteur is not None or is_set_out(item) or case.item_says(item, "report")
        if item.text and not told:
            yield not_found(f"/deliberations/{i}", "report or grounds of the item", "rapport ou visas du point")


def is_set_out(item: Deliberation) -> bool:
    """Whether an item's text has words enough beside its decision to tell what it is about."""
    return len((item.text or "").split()) - len((item.decision or "").split()) >= SET_OUT


@check("PV-111", "info")
def request_of_ballot_is_told(case: Case) -> Iterator[Flaw]:
    """Who asked for a particular ballot is in the minutes (L2121-15); an election needs no request."""
    for i, item in enumerate(case.record.deliberations):
        particular = item.vote.secret or case.item_says(item, "public_ballot")
        if particular and not item.elections and not case.item_says(item, "nomination", "ballot_requested"):
            yield not_found(f"/deliberations/{i}/vote", "who asked for this ballot", "qui a demandé ce scrutin")


@check("PV-112", "warning")
def result_of_vote_is_told(case: Case) -> Iterator[Flaw]:
    """The result of each ballot is in the minutes: counts, or in words (L2121-15)."""
    for i, item in enumerate(case.record.deliberations):
        vote, place = item.vote, case.record.evidence.get(f"/deliberations/{i}/vote/outcome")
        if vote.outcome in BY_VOTE and not counted(vote) and not item.elections and place and place.rule in BY_VERB:
            yield not_found(f"/deliberations/{i}/vote/outcome", "the result of the vote", "résultat du vote")


@check("PV-109", "info")
def outcome_is_told(case: Case) -> Iterator[Flaw]:
    """What became of each item that was decided on is in the minutes (L2121-15)."""
    for i, item in enumerate(case.record.deliberations):
        if item.text and item.vote.outcome is None and not (item.elections or item.decision or counted(item.vote)):
            yield not_found(f"/deliberations/{i}", "what became of the item", "suite donnée au point")


def counted(vote: Vote) -> bool:
    """Whether a vote's manner or any of its counts is printed."""
    return bool(vote.manner) or any(n is not None for n in (vote.for_, vote.against, vote.abstentions, vote.voting))


@check("PV-113", "warning")
def public_voters_are_named(case: Case) -> Iterator[Flaw]:
    """Of a public ballot the voters are named with their choice (L2121-15; L2121-21 before July 2022)."""
    for i, item in enumerate(case.record.deliberations):
        vote = item.vote
        if not case.item_says(item, "public_ballot") or vote.manner == "unanimity":
            continue
        choices = (
            (vote.for_, vote.for_names),
            (vote.against, vote.against_names),
            (vote.abstentions, vote.abstention_names),
        )
        if any(count and not names for count, names in choices):
            yield not_found(
                f"/deliberations/{i}/vote", "the names of the voters", "nom des votants et sens de leur vote"
            )


@check("PV-114", "info", text=True)
def discussions_are_told(case: Case) -> Iterator[Flaw]:
    """The gist of the discussions is in the minutes (L2121-15)."""
    if case.record.deliberations and not case.record.discussion and not case.says("discussion"):
        yield not_found("/discussion", "the gist of the discussions", "teneur des discussions")


@check("PV-115", "info")
def earlier_minutes_are_settled(case: Case) -> Iterator[Flaw]:
    """The minutes of the meeting before are settled at the beginning (L2121-15)."""
    if not case.record.approvals:
        yield not_found("/approvals", "the settling of the earlier minutes", "arrêt du procès-verbal précédent")


@check("PV-115", "warning", logic=True)
def earlier_minutes_are_earlier(case: Case) -> Iterator[Flaw]:
    """The minutes put to approval are those of an earlier meeting."""
    for i, approval in enumerate(case.record.approvals):
        if case.date is None or approval.meeting_date is None:
            continue
        earlier = datetime.date.fromisoformat(approval.meeting_date)
        if earlier > case.date:
            yield flaw(
                f"/approvals/{i}/meeting_date",
                f"minutes of {earlier} approved on {case.date}",
                f"procès-verbal du {day(earlier)} approuvé le {day(case.date)}",
                "/meeting/date",
            )
