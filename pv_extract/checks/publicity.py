"""PV-604 to PV-608: publicity, and receipt by the prefecture (CGCT L2121-15, L2121-25, L2131-1, L5211-40-2)."""

import datetime
from collections.abc import Iterator

import regex
from stdnum import luhn

from pv_extract.checks.case import Case, Printed
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.course import Course
from pv_extract.checks.wording import NO_SENDING, NO_SETTLING, day
from pv_extract.values import read_date

REFORM = datetime.date(2022, 7, 1)  # ordonnance n° 2021-1310: a week instead of eight days
WEEK, MONTH = 7, 31  # days


def dated(case: Case, what: str) -> Iterator[tuple[Printed, datetime.date]]:
    """The mentions of a kind, with the dates they tell."""
    for mention in case.printed(what):
        if date := read_date(mention.fields["date"]):
            yield mention, date


def heading_lines(case: Case, what: str) -> Iterator[tuple[Printed, datetime.date]]:
    """The dated mentions of a kind that open a line: others may tell of other acts."""
    return ((mention, date) for mention, date in dated(case, what) if mention.opens_line)


@check("PV-604", "warning", text=True)
def list_is_posted_in_a_week(case: Case) -> Iterator[Flaw]:
    """The list of deliberations is posted within a week; the account within eight days before July 2022 (L2121-25)."""
    if case.date is None:
        return
    allowed = WEEK if case.date >= REFORM else WEEK + 1
    is_list = case.record.meeting.document_kind == "liste_des_deliberations"
    for mention, date in heading_lines(case, "published"):
        of_list = is_list or case.in_text("list_named", mention.text)
        if of_list and (date - case.date).days > allowed:
            yield flaw(
                "/meeting/date",
                f"posted on {date}, {(date - case.date).days} days after the meeting",
                f"affichage du {day(date)}, {(date - case.date).days} jours après la séance",
                at=mention.at,
            )


@check("PV-605", "info", text=True)
def minutes_are_published_in_a_week(case: Case) -> Iterator[Flaw | Skipped]:
    """The minutes are published within a week of the meeting that settled them (L2121-15)."""
    settled = [date for _, date in dated(case, "settled")]
    published = [(m, date) for m, date in dated(case, "published") if case.in_text("minutes_named", m.text)]
    if not settled or not published:
        yield Skipped(NO_SETTLING)
    for mention, date in published if settled else ():
        if (date - max(settled)).days > WEEK:
            yield flaw(
                "/meeting",
                f"settled on {max(settled)}, published on {date}",
                f"arrêté le {day(max(settled))}, publié le {day(date)}",
                at=mention.at,
            )


@check("PV-606", "info", text=True)
def communes_are_told_in_a_month(case: Case) -> Iterator[Flaw | Skipped]:
    """The councillors of member communes get the list of deliberations within a month (L5211-40-2)."""
    sent = list(dated(case, "sent_to_communes"))
    if not sent or case.date is None:
        yield Skipped(NO_SENDING)
    for mention, date in sent if case.date else ():
        if case.date and (date - case.date).days > MONTH:
            yield flaw(
                "/meeting/date",
                f"sent to the communes on {date}, {(date - case.date).days} days after the meeting",
                f"envoi aux communes le {day(date)}, {(date - case.date).days} jours après la séance",
                at=mention.at,
            )


@check("PV-607", "error", logic=True, text=True)
def nothing_is_received_before_the_meeting(case: Case) -> Iterator[Flaw]:
    """What a meeting decides reaches the prefecture after it (L2131-1)."""
    yield from before_the_meeting(case, heading_lines(case, "received"), "received by the prefecture", "reçu")


@check("PV-607", "error", logic=True, text=True)
def nothing_is_published_before_the_meeting(case: Case) -> Iterator[Flaw]:
    """What a meeting decides is published after it (L2131-1)."""
    acts = ((m, date) for m, date in heading_lines(case, "published") if case.in_text("act_named", m.text))
    yield from before_the_meeting(case, acts, "published", "publié")


def before_the_meeting(
    case: Case, told: Iterator[tuple[Printed, datetime.date]], english: str, french: str
) -> Iterator[Flaw]:
    """What is dated before the meeting that decided it."""
    for mention, date in told if case.date_is_of_the_head else ():
        if case.date and date < case.date:
            yield flaw(
                "/meeting/date",
                f"{english} on {date}, meeting held on {case.date}",
                f"{french} le {day(date)}, séance tenue le {day(case.date)}",
                at=mention.at,
            )


@check("PV-608", "warning", logic=True, text=True)
def receipt_is_of_this_meeting(case: Case) -> Iterator[Flaw]:
    """The prefecture's receipt bears the date of the meeting, and a SIREN that can be (@CTES)."""
    receipts = {stamp.text: stamp for stamp in reversed(case.printed("act_id"))}  # each page may bear the same one
    for stamp in reversed(receipts.values()):
        digits, siren = stamp.fields["date"], stamp.fields["person"]
        if not luhn.is_valid(siren):
            yield flaw(
                "/meeting/organization", f"{siren} is no SIREN", f"{siren} n'est pas un numéro SIREN", at=stamp.at
            )
        elif case.date and digits != f"{case.date:%Y%m%d}":
            yield flaw(
                "/meeting/date",
                f"receipt dated {digits[:4]}-{digits[4:6]}-{digits[6:]}, meeting held on {case.date}",
                f"accusé daté du {digits[6:]}/{digits[4:6]}/{digits[:4]}, séance du {day(case.date)}",
                at=stamp.at,
            )


@check("PV-608", "warning", logic=True, text=True)
def receipts_are_of_one_body(case: Case) -> Iterator[Flaw]:
    """All receipts of a document bear one SIREN."""
    found = case.printed("act_id")
    numbers = {stamp.fields["person"] for stamp in found}
    if len(numbers) > 1:
        listed = ", ".join(sorted(numbers))
        yield flaw(
            "/meeting/organization",
            f"receipts of several bodies: {listed}",
            f"accusés de réception de plusieurs organismes : {listed}",
            at=found[-1].at,
        )


@check("PV-608", "warning", logic=True, text=True)
def receipt_is_of_its_deliberation(case: Case) -> Iterator[Flaw]:
    """A receipt beside a deliberation bears its number; one may stand above the heading, on the page before."""
    course, stamps, items = Course(case.record), case.printed("act_id"), case.record.deliberations
    inside = list(deliberation_spans(case))
    if len({stamp.fields["count"] for stamp in stamps}) == 1 < len(items):  # the receipt of the minutes themselves
        return
    for stamp in stamps:
        item, number = course.item_at(stamp.at[0]), stamp.fields["count"]
        if item is None or not any(start <= stamp.at[0] < end for start, end in inside):
            continue
        beside = [d.reference for d in items[item : item + 2]]
        if None not in beside and not any(same_number(number, str(reference)) for reference in beside):
            yield flaw(
                f"/deliberations/{item}/reference",
                f"the receipt bears the number {number}, the deliberation {beside[0]}",
                f"l'accusé porte le numéro {number}, la délibération {beside[0]}",
                at=stamp.at,
            )


def deliberation_spans(case: Case) -> Iterator[tuple[int, int]]:
    """The places of the deliberations, with the stamps and other furniture of pages among their text."""
    kind = ""
    for segment in case.record.segments:
        kind = kind if segment.kind == "furniture" else segment.kind
        if kind == "deliberation":
            yield segment.span


@check("PV-608", "info", logic=True, text=True)
def receipt_is_of_a_deliberation(case: Case) -> Iterator[Flaw]:
    """What an assembly decides is sent as a deliberation (DE), or as a budget (BF)."""
    for stamp in case.printed("act_id"):
        nature = stamp.text.rpartition("-")[2]
        if nature not in ("DE", "BF"):
            french = f"acte transmis sous la nature {nature}, et non DE (délibération)"
            yield flaw("/deliberations", f"sent as an act of nature {nature}", french, at=stamp.at)


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of acts are the same, one perhaps without year or letters.

    >>> same_number("2024_013", "2024-013"), same_number("DELIB13", "2024-013"), same_number("2024_014", "2024-013")
    (True, True, False)
    """
    a, b = (regex.sub(r"\D+", "", number).lstrip("0") for number in (one, other))
    return not a or not b or a.endswith(b) or b.endswith(a)
