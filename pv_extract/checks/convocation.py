"""PV-2xx: the convocation, its date and its agenda (CGCT L2121-7, L2121-10 to L2121-12, L2541-2)."""

import datetime
from collections.abc import Iterator

from rapidfuzz import fuzz

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, Words, check, flaw
from pv_extract.checks.regimes import full_days, notice_due
from pv_extract.checks.wording import (
    NO_CONVOCATION,
    NO_POPULATION,
    NO_REPORTS_SENT,
    NO_TEXT,
    day,
    french_count,
    not_found,
)
from pv_extract.grammar import fold
from pv_extract.values import read_date

POINTER = "/meeting/convocation_date"
REPORTS_BEFORE = 12  # days
LONGEST_NOTICE = datetime.timedelta(days=90)


def convened(case: Case) -> datetime.date | None:
    """The printed date of the convocation."""
    place, date = case.record.evidence.get(POINTER), case.record.meeting.convocation_date
    return datetime.date.fromisoformat(date) if date and place and place.how == "stated" else None


@check("PV-201", "warning")
def convocation_is_told(case: Case) -> Iterator[Flaw | Skipped]:
    """The convocation is mentioned in the register (L2121-10)."""
    if case.record.meeting.convocation_date is not None:
        return
    if case.layout is None:
        yield Skipped(NO_TEXT)
    elif not case.says("convocation"):
        yield not_found(POINTER, "the convocation", "convocation")


@check("PV-202", "warning")
def three_full_days(case: Case) -> Iterator[Flaw | Skipped]:
    """Below 3 500 inhabitants the convocation is sent three full days before the meeting (L2121-11)."""
    yield from short_notice(case, 3)


@check("PV-203", "warning")
def five_full_days(case: Case) -> Iterator[Flaw | Skipped]:
    """From 3 500 inhabitants on, and in groupings of communes, five full days (L2121-12, L5211-1)."""
    yield from short_notice(case, 5)


def short_notice(case: Case, due: int) -> Iterator[Flaw | Skipped]:
    """Full days of notice fewer than those due, where the text speaks of no urgency."""
    sent, held = convened(case), case.date
    if sent is None or held is None:
        yield Skipped(NO_CONVOCATION)
        return
    legal = notice_due(case.facts, is_installation(case))
    if legal is None:
        yield Skipped(NO_POPULATION)
    elif legal == due and (held - sent).days >= 0 and full_days(sent, held) < due:
        if case.layout is None:
            yield Skipped(NO_TEXT)
        elif not case.says("urgency"):
            yield flaw(POINTER, *notice_words(sent, held, due), "/meeting/date")


def notice_words(sent: datetime.date, held: datetime.date, due: int) -> Words:
    """How many full days there are between two dates, and how many are due."""
    days = max(full_days(sent, held), 0)
    english = f"convened on {sent} for {held}: full days {days}, {due} are due"
    french = french_count(days, "jour franc", "jours francs")
    return Words(english, f"convocation du {day(sent)} pour le {day(held)} : {french} au lieu de {due}")


def is_installation(case: Case) -> bool:
    """Whether the mayor or president is elected at this meeting."""
    return any(case.in_text("executive_election", item.title) for item in case.record.deliberations)


@check("PV-204", "warning", text=True)
def urgency_is_settled(case: Case) -> Iterator[Flaw]:
    """In urgency one full day at least is left, and the council gives its opinion at the opening (L2121-11)."""
    sent, held = convened(case), case.date
    if sent is None or held is None or held < sent or not case.says("urgency"):
        return
    legal = notice_due(case.facts, is_installation(case))
    if full_days(sent, held) < 1:
        yield flaw(POINTER, *notice_words(sent, held, 1), "/meeting/date")
    elif legal and full_days(sent, held) < legal and not case.says("urgency_accepted"):
        yield not_found(POINTER, "the council's opinion on the urgency", "décision du conseil sur l'urgence")


@check("PV-206", "info")
def three_days_of_local_law(case: Case) -> Iterator[Flaw]:
    """In Alsace and Moselle three days before the meeting, the day before in urgency (L2541-2)."""
    sent, held = convened(case), case.date
    if case.facts.profile == "alsace_moselle" and sent and held and 0 <= (held - sent).days < 3:
        days = (held - sent).days
        yield flaw(
            POINTER,
            f"convened {days} days before, 3 are due",
            f"convocation {french_count(days, 'jour', 'jours')} avant la séance, au lieu de 3",
            "/meeting/date",
        )


@check("PV-207", "info", text=True)
def reports_are_sent_twelve_days_before(case: Case) -> Iterator[Flaw | Skipped]:
    """The members of a departmental council get the reports twelve days before the meeting (L3121-19)."""
    sent = [read_date(case.read(mention.fields["date"])) for mention in case.find("reports_sent")]
    known = [date for date in sent if date]
    if not known or case.date is None:
        yield Skipped(NO_REPORTS_SENT)
    elif (case.date - max(known)).days < REPORTS_BEFORE and not case.says("urgency"):
        days = (case.date - max(known)).days
        yield flaw(
            "/meeting/date",
            f"reports sent {days} days before, 12 are due",
            f"rapports envoyés {french_count(days, 'jour', 'jours')} avant la séance, au lieu de 12",
        )


def another_date(case: Case, sent: datetime.date) -> bool:
    """Whether the head prints another date on which a meeting convened so late may have been held."""
    first = case.record.evidence.get("/deliberations/0")
    printed = (span for span in case.dates() if not first or case.source(span)[0] < first.span[0])
    dates = (read_date(case.read(span)) for span in printed)
    return any(date and sent < date <= sent + LONGEST_NOTICE for date in dates)


@check("PV-208", "error", logic=True, text=True)
def convocation_is_not_after_the_meeting(case: Case) -> Iterator[Flaw]:
    """A meeting is convened before it is held."""
    sent, held = convened(case), case.date
    if sent and held and sent > held and case.date_is_of_the_head and not another_date(case, sent):
        yield flaw(
            POINTER,
            f"convened on {sent} for {held}",
            f"convocation du {day(sent)} pour une séance du {day(held)}",
            "/meeting/date",
        )


@check("PV-208", "error", logic=True, text=True)
def convocation_is_not_posted_after_the_meeting(case: Case) -> Iterator[Flaw]:
    """The convocation is posted before the meeting is held."""
    for mention in case.find("convocation_posted"):
        posted = read_date(case.read(mention.fields["date"]))
        if posted and case.date and posted > case.date and case.date_is_of_the_head:
            yield flaw(
                "/meeting/date",
                f"convocation posted on {posted}, meeting held on {case.date}",
                f"convocation affichée le {day(posted)}, séance tenue le {day(case.date)}",
                at=case.source(mention.span),
            )


@check("PV-209", "info", text=True)
def item_is_on_the_agenda(case: Case) -> Iterator[Flaw]:
    """What is deliberated is on the agenda that the convocation gives (L2121-10)."""
    titles = [fold(item.title).lower() for item in case.record.agenda]
    for i, item in enumerate(case.record.deliberations):
        title = fold(item.title).lower()
        if len(titles) > 1 and max(fuzz.token_set_ratio(title, t) for t in titles) < 45:
            yield flaw(
                f"/deliberations/{i}/title",
                f"not on the agenda: {item.title}",
                f"absent de l'ordre du jour : {item.title}",
            )


@check("PV-210", "warning")
def election_is_announced(case: Case) -> Iterator[Flaw]:
    """The convocation mentions in particular the election of the mayor or of deputies (L2122-8)."""
    announced = any(case.in_text("executive_election", item.title) for item in case.record.agenda)
    for i, item in enumerate(case.record.deliberations):
        if case.record.agenda and not announced and case.in_text("executive_election", item.title):
            yield flaw(
                f"/deliberations/{i}/title",
                "this election is not on the agenda",
                "cette élection n'est pas à l'ordre du jour",
            )
