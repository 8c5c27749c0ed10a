"""PV-6xx: signatures, numbers, publicity, receipt by the prefecture (CGCT L2121-15, L2121-25, L2131-1, R2121-9)."""

import datetime
from collections.abc import Iterator
from itertools import pairwise

import regex

from pv_extract.checks.contract import Case, Flaw, check, flaw
from pv_extract.checks.wording import day, not_found
from pv_extract.mentions import Mention
from pv_extract.values import read_date

MINUTES = ("proces_verbal", "compte_rendu")
REFORM = datetime.date(2022, 7, 1)  # ordonnance n° 2021-1310: a week instead of eight days
SERIES = regex.compile(r"(?P<before>(?:.*\D)?)(?P<number>\d+)(?P<after>\D*)")


@check("PV-601", "warning", text=True)
def minutes_are_signed(case: Case) -> Iterator[Flaw]:
    """The minutes are signed by whoever presides and the secretary (L2121-15, L3121-13)."""
    if case.record.meeting.document_kind in MINUTES and not is_signed(case):
        yield not_found("/meeting", "the signatures", "signatures du président et du secrétaire")


@check("PV-602", "info", text=True)
def register_is_signed(case: Case) -> Iterator[Flaw]:
    """Until June 2022 all members present sign, or it is said why not (L2121-23)."""
    if not is_signed(case):
        yield not_found("/meeting", "the signatures of the members present", "signatures des membres présents")


def is_signed(case: Case) -> bool:
    """Whether the document speaks of signatures or ends with those of the offices."""
    return any(s.kind == "signatures" for s in case.record.segments) or case.says("signature")


def series(case: Case) -> list[tuple[int, str, int]]:
    """The register numbers of the items with headings of their own: index, what stands around it, the number."""
    out, places = [], set()
    for i, item in enumerate(case.record.deliberations):
        place = case.record.evidence.get(f"/deliberations/{i}")
        found = SERIES.fullmatch(item.reference or "")
        if found and place and place.span not in places:
            out.append((i, f"{found['before']}#{found['after']}", int(found["number"])))
            places.add(place.span)
    return out


@check("PV-603", "error", logic=True, text=True)
def numbers_are_used_once(case: Case) -> Iterator[Flaw]:
    """Each deliberation of a meeting has a number of its own (R2121-9)."""
    seen: dict[str, str] = {}
    for i, _, _ in series(case):
        item = case.record.deliberations[i]
        reference = item.reference or ""
        if seen.setdefault(reference, item.title) != item.title and not goes_on(case, f"/deliberations/{i}/reference"):
            yield flaw(
                f"/deliberations/{i}/reference",
                f"the number {reference} is used twice",
                f"le numéro {reference} sert deux fois",
            )


def goes_on(case: Case, pointer: str) -> bool:
    """Whether a printed number goes on behind what was read of it: « 20240312-01 »."""
    place = case.record.evidence.get(pointer)
    assert case.layout is not None
    behind = case.layout.document.text[place.span[1] : place.span[1] + 3] if place else ""
    return bool(regex.match(r"\s?[-_/.–]\s?\w", behind))


@check("PV-603", "warning", logic=True, text=True)
def numbers_follow_one_another(case: Case) -> Iterator[Flaw]:
    """The numbers of a meeting's deliberations follow one another without a gap (R2121-9)."""
    numbers = series(case)
    for (_, around, number), (i, around_next, following) in pairwise(numbers):
        if around != around_next or following == number + 1 or following == number:
            continue
        between = range(number + 1, following)
        if not any(regex.search(rf"(?<!\d)0*{n}(?!\d)", case.text) for n in between):
            yield flaw(
                f"/deliberations/{i}/reference",
                f"number {following} follows {number}",
                f"le numéro {following} suit le numéro {number}",
            )


def dated(case: Case, what: str) -> Iterator[tuple[Mention, datetime.date]]:
    """The mentions of a kind that open a line, with the dates they tell."""
    for mention in case.find(what):
        date = read_date(case.read(mention.fields["date"]))
        line = case.text.rfind("\n", 0, mention.span.start) + 1
        if date and mention.span.start - line < 8:
            yield mention, date


@check("PV-604", "warning", text=True)
def list_is_posted_in_a_week(case: Case) -> Iterator[Flaw]:
    """The list of deliberations is posted within a week; the account within eight days before July 2022 (L2121-25)."""
    if case.date is None:
        return
    allowed = 7 if case.date >= REFORM else 8
    for mention, date in dated(case, "published"):
        of_list = regex.search(r"(?i)liste|compte", case.read(mention.span))
        if (of_list or case.record.meeting.document_kind == "liste_des_deliberations") and (
            date - case.date
        ).days > allowed:
            yield flaw(
                "/meeting/date",
                f"posted on {date}, {(date - case.date).days} days after the meeting",
                f"affichage du {day(date)}, {(date - case.date).days} jours après la séance",
                at=case.source(mention.span),
            )


@check("PV-607", "error", logic=True, text=True)
def nothing_is_received_before_the_meeting(case: Case) -> Iterator[Flaw]:
    """What a meeting decides reaches the prefecture after it (L2131-1)."""
    for mention, date in dated(case, "received"):
        if case.date and date < case.date:
            yield flaw(
                "/meeting/date",
                f"received by the prefecture on {date}, meeting held on {case.date}",
                f"reçu en préfecture le {day(date)}, séance tenue le {day(case.date)}",
                at=case.source(mention.span),
            )


@check("PV-607", "error", logic=True, text=True)
def nothing_is_published_before_the_meeting(case: Case) -> Iterator[Flaw]:
    """What a meeting decides is published after it (L2131-1)."""
    for mention, date in dated(case, "published"):
        acts = regex.search(r"(?i)liste|compte|proc|extrait|délib|acte|ligne", case.read(mention.span))
        if case.date and acts and date < case.date:
            yield flaw(
                "/meeting/date",
                f"published on {date}, meeting held on {case.date}",
                f"publié le {day(date)}, séance tenue le {day(case.date)}",
                at=case.source(mention.span),
            )


@check("PV-608", "warning", logic=True, text=True)
def receipt_is_of_this_meeting(case: Case) -> Iterator[Flaw]:
    """The prefecture's receipt bears the date of the meeting, and a SIREN that can be (@CTES)."""
    for mention in case.find("act_id"):
        digits, siren = case.read(mention.fields["date"]), case.read(mention.fields["person"])
        if not luhn(siren):
            yield flaw(
                "/meeting/organization",
                f"{siren} is no SIREN",
                f"{siren} n'est pas un numéro SIREN",
                at=case.source(mention.span),
            )
        elif case.date and digits != f"{case.date:%Y%m%d}":
            yield flaw(
                "/meeting/date",
                f"receipt dated {digits}, meeting held on {case.date}",
                f"acte daté {digits}, séance du {day(case.date)}",
                at=case.source(mention.span),
            )


@check("PV-608", "warning", logic=True, text=True)
def receipts_are_of_one_body(case: Case) -> Iterator[Flaw]:
    """All receipts of a document bear one SIREN."""
    found = case.find("act_id")
    numbers = {case.read(m.fields["person"]) for m in found}
    if len(numbers) > 1:
        listed = ", ".join(sorted(numbers))
        yield flaw(
            "/meeting/organization",
            f"receipts of several bodies: {listed}",
            f"accusés de réception de plusieurs organismes : {listed}",
            at=case.source(found[-1].span),
        )


def luhn(digits: str) -> bool:
    """Whether a number's last digit checks the others, as in a SIREN.

    >>> luhn("732829320"), luhn("732829321")
    (True, False)
    """
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
