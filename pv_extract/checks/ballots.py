"""PV-410 to PV-413, PV-415, PV-416: secret and public ballots, closed doors (CGCT L2121-18, L2121-21)."""

from collections.abc import Iterator

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw
from pv_extract.checks.regimes import window_at
from pv_extract.checks.voters import named
from pv_extract.checks.wording import french_count, not_found
from pv_extract.records import Deliberation
from pv_extract.values import read_number

QUARTER, SIXTH = 4, 6


def is_secret(case: Case, item: Deliberation) -> bool:
    """Whether an item was voted secretly: it is said so, and not that secrecy was done without."""
    return bool(item.vote.secret) and not case.item_says(item, "secret_waived", "show_of_hands")


@check("PV-410", "info")
def public_ballot_is_asked_by_enough(case: Case) -> Iterator[Flaw]:
    """A quarter of those present ask for a public ballot (L2121-21), a sixth in departments (L3121-15)."""
    present = case.stated.present
    share = SIXTH if case.facts.law in ("departmental", "standing") else QUARTER
    for i, item in enumerate(case.record.deliberations):
        if present is None or not case.item_says(item, "public_ballot"):
            continue
        asked = [
            m.fields["count"].of(item.text or "")
            for m in case.in_text("ballot_requested", item.text or "")
            if "count" in m.fields
        ]
        number = read_number(asked[0]) if asked else None
        if number is not None and number * share < present:
            yield flaw(
                f"/deliberations/{i}/vote",
                f"asked for by {number} of {present}",
                f"demandé par {french_count(number, 'présent', 'présents')} sur {present}",
            )


@check("PV-411", "warning")
def nominations_are_secret(case: Case) -> Iterator[Flaw]:
    """A nomination is voted secretly, unless all agree not to or there is one candidate a seat (L2121-21)."""
    for i, item in enumerate(case.record.deliberations):
        if not case.in_text("nomination", item.title) or not case.item_says(item, "show_of_hands"):
            continue
        if not item.vote.secret and not case.item_says(item, "secret_waived", "single_candidacy"):
            yield flaw(
                f"/deliberations/{i}/vote",
                "nomination by show of hands, no unanimous decision to do without secrecy found",
                "nomination à main levée, décision unanime d'écarter le scrutin secret non trouvée",
            )


@check("PV-412", "info")
def ballot_is_of_one_kind(case: Case) -> Iterator[Flaw]:
    """Where both a secret and a public ballot are asked for, the secret one prevails (L2121-21)."""
    for i, item in enumerate(case.record.deliberations):
        if item.text and case.in_text("public_ballot", item.text) and case.in_text("secret_ballot", item.text):
            yield flaw(
                f"/deliberations/{i}/vote",
                "both a public and a secret ballot",
                "scrutin public et scrutin secret à la fois",
            )


@check("PV-413", "warning", logic=True)
def secret_voters_are_not_named(case: Case) -> Iterator[Flaw]:
    """A secret ballot tells nobody's choice."""
    for i, item in enumerate(case.record.deliberations):
        if named(i, item.vote) and is_secret(case, item) and not case.in_text("nomination", item.title):
            yield flaw(
                f"/deliberations/{i}/vote",
                "secret ballot, but voters are named",
                "scrutin secret, mais des votants sont nommés",
            )


@check("PV-415", "warning", text=True)
def closed_doors_are_decided(case: Case) -> Iterator[Flaw]:
    """Closed doors are asked for and voted on (L2121-18, L5211-11, L3121-11)."""
    told = case.find("closed_doors")
    if told and not case.says("closed_doors_decided") and not (case.date and window_at(case.date)):
        english, french = "request for and vote on closed doors", "demande et vote du huis clos"
        yield not_found("/meeting/public", english, french, case.source(told[0].span))


@check("PV-416", "info", text=True)
def meeting_is_told_to_be_public(case: Case) -> Iterator[Flaw]:
    """Meetings are public (L2121-18, L5211-1, L3121-11); minutes need not say so."""
    told = (block.has("Public", case.grammar) for block in case.layout.blocks) if case.layout else ()
    if case.record.meeting.public is None and not any(told):
        yield not_found("/meeting/public", "whether the meeting was public", "publicité de la séance")
