"""PV-1xx: what the minutes must tell (CGCT L2121-15, L3121-13, L4132-12)."""

import datetime
from collections.abc import Iterator

from pv_extract.checks.contract import Case, Flaw, Words, check
from pv_extract.values import WEEKDAYS, weekday_of


@check("PV-101", "error")
def date_missing(case: Case) -> Iterator[Flaw]:
    """The date of the meeting is in its minutes (L2121-15)."""
    if case.record.meeting.date is None:
        yield Flaw("/meeting/date", Words("the date of the meeting was not found", "date de la séance non trouvée"))


@check("PV-101", "error", logic=True)
def weekday_of_date(case: Case) -> Iterator[Flaw]:
    """The weekday printed with the meeting's date is that of the date."""
    place = case.record.evidence.get("/meeting/date")
    if case.record.meeting.date is None or place is None:
        return
    date = datetime.date.fromisoformat(case.record.meeting.date)
    printed = weekday_of(case.before(place.span, 12) + place.quote)
    if printed is not None and printed != date.weekday():
        said, actual = WEEKDAYS[printed], WEEKDAYS[date.weekday()]
        english = f"{said} is printed, {date} is a {actual}"
        yield Flaw("/meeting/date", Words(english, f"« {said} » est imprimé, le {date:%d/%m/%Y} est un {actual}"))
