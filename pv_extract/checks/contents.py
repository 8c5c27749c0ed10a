"""PV-101 to PV-109: what the minutes must tell of the meeting (CGCT L2121-15, L3121-13, L4132-12)."""

from collections.abc import Iterator

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, Words, check, flaw
from pv_extract.checks.course import HERE
from pv_extract.checks.regimes import quorum_of
from pv_extract.checks.roll import every_name_was_read, roll_is_clear
from pv_extract.checks.wording import NO_TEXT, day, french_count, not_found
from pv_extract.values import WEEKDAYS, read_date, weekday_of

AFTER_MIDNIGHT = "06:00"  # an evening meeting may end in the night
EVENING = "16:00"


@check("PV-101", "error")
def date_is_told(case: Case) -> Iterator[Flaw]:
    """The date of the meeting is in its minutes (L2121-15)."""
    if case.date is None:
        yield not_found("/meeting/date", "the date of the meeting", "date de la séance")


@check("PV-101", "error", logic=True, text=True)
def weekday_is_that_of_the_date(case: Case) -> Iterator[Flaw]:
    """The weekday printed with the meeting's date is that of the date."""
    for span in case.dates(WEEKDAYS):
        written = case.read(span)
        said = weekday_of(written)
        if said is not None and case.date and read_date(written) == case.date and said != case.date.weekday():
            printed, actual = WEEKDAYS[said], WEEKDAYS[case.date.weekday()]
            english = f"« {printed} » is printed, {case.date} is a {actual}"
            french = f"« {printed} » est imprimé, le {day(case.date)} est un {actual}"
            yield flaw("/meeting/date", english, french, at=case.source(span))
            return


@check("PV-102", "warning")
def hour_is_told(case: Case) -> Iterator[Flaw]:
    """The hour of the meeting is in its minutes (L2121-15)."""
    if case.record.meeting.start_time is None:
        yield not_found("/meeting/start_time", "the hour of the meeting", "heure de la séance")


@check("PV-102", "warning", logic=True)
def end_is_after_start(case: Case) -> Iterator[Flaw]:
    """A meeting ends after it began; only one that began in the evening may end after midnight."""
    start, end = case.record.meeting.start_time, case.record.meeting.end_time
    if start and end and end < start and not (start >= EVENING and end < AFTER_MIDNIGHT):
        yield flaw(
            "/meeting/end_time",
            f"ends at {end}, begins at {start}",
            f"la séance se termine à {end}, elle commence à {start}",
            "/meeting/start_time",
        )


@check("PV-103", "warning")
def chair_is_named(case: Case) -> Iterator[Flaw]:
    """The name of whoever presides is in the minutes (L2121-15)."""
    if case.record.meeting.chair is None:
        yield not_found("/meeting/chair", "the name of whoever presides", "nom du président de séance")


@check("PV-104", "warning")
def present_are_named(case: Case) -> Iterator[Flaw]:
    """The names of the members present are in the minutes (L2121-15)."""
    record = case.record
    known = (record.evidence.get(f"/attendance/members/{i}/status") for i in range(len(record.attendance.members)))
    listed = zip(record.attendance.members, known, strict=True)
    if not any(m.status in (*HERE, "unknown") and (e is None or e.how != "inferred") for m, e in listed):
        yield not_found("/attendance/members", "the names of the members present", "noms des membres présents")


@check("PV-104", "error", logic=True, text=True)
def no_more_are_named_than_printed(case: Case) -> Iterator[Flaw]:
    """No more members are listed as present than the printed number says, those who come late aside."""
    for printed, least, _ in present_counts(case):
        if least > printed:
            yield flaw("/attendance/stated/present", *present_words(printed, least))


@check("PV-104", "warning", logic=True, text=True)
def no_fewer_are_named_than_printed(case: Case) -> Iterator[Flaw]:
    """No fewer members are listed as present than the printed number says; a name may not have been read."""
    for printed, _, most in present_counts(case):
        if most < printed and every_name_was_read(case):
            yield flaw("/attendance/stated/present", *present_words(printed, most))


def present_words(printed: int, listed: int) -> Words:
    """How many members present are printed, and how many listed."""
    french = (
        f"{french_count(printed, 'présent imprimé', 'présents imprimés')}, {french_count(listed, 'nommé', 'nommés')}"
    )
    return Words(f"{printed} present printed, {listed} listed", french)


def present_counts(case: Case) -> Iterator[tuple[int, int, int]]:
    """The printed number of members present, the least and the most that are listed; nothing where that is not sure."""
    members, printed = case.record.attendance.members, case.stated.present
    if printed is None or case.is_general_meeting or not roll_is_clear(case):
        return
    late = {e.person.id for e in case.record.events if e.kind == "arrival" and e.person}
    listed = [m.id for m in members if m.status in HERE]
    if listed:
        yield printed, sum(m not in late for m in listed), sum(m.status in HERE or m.id in late for m in members)


@check("PV-105", "warning")
def represented_are_named(case: Case) -> Iterator[Flaw]:
    """Where members are said to be represented, they are named, and so are those who vote for them (L2121-15)."""
    printed = case.stated.represented
    if printed and not any(m.status == "represented" or m.proxy_to for m in case.record.attendance.members):
        yield flaw(
            "/attendance/stated/represented",
            f"{printed} represented, none named",
            f"{french_count(printed, 'représenté imprimé', 'représentés imprimés')}, aucun n'est nommé",
        )


@check("PV-105", "warning")
def holders_of_proxies_are_named(case: Case) -> Iterator[Flaw]:
    """Whoever is represented is named with the member who votes for them (L2121-15, L2121-20)."""
    for i, member in enumerate(case.record.attendance.members):
        if member.status == "represented" and member.proxy_to is None and case.list_is_whole:
            yield flaw(
                f"/attendance/members/{i}",
                f"{member.name} is represented, by whom was not found",
                f"{member.name} est représenté(e) ; mention non trouvée : par qui",
            )


@check("PV-105", "error", logic=True)
def represented_are_as_many_as_printed(case: Case) -> Iterator[Flaw]:
    """The printed number of members represented is that of the list."""
    printed, members = case.stated.represented, case.record.attendance.members
    named, away = (sum(m.status in some for m in members) for some in (("represented",), ("excused", "absent")))
    if printed is None or not named or case.somebody_moves or not case.list_is_whole:
        return
    if not named <= printed <= named + away:  # somebody whose proxy was not read is listed as away
        english = f"{printed} represented printed, {named} named"
        french = french_count(printed, "représenté imprimé", "représentés imprimés")
        yield flaw("/attendance/stated/represented", english, f"{french}, {french_count(named, 'nommé', 'nommés')}")


@check("PV-106", "warning")
def secretary_is_named(case: Case) -> Iterator[Flaw]:
    """The name of the secretary is in the minutes (L2121-15)."""
    if not case.record.meeting.secretaries:
        yield not_found("/meeting/secretaries", "the name of the secretary", "nom du secrétaire de séance")


@check("PV-106", "warning")
def secretary_is_a_member_present(case: Case) -> Iterator[Flaw]:
    """The council names its secretary among its members; one of those present (L2121-15)."""
    by_id = {m.id: m for m in case.record.attendance.members}
    for i, person in enumerate(case.record.meeting.secretaries):
        member = by_id.get(person.id or "")
        if member and member.status in ("excused", "absent", "represented") and member.id not in arriving(case):
            yield flaw(
                f"/meeting/secretaries/{i}",
                f"{person.name} is not listed as present",
                f"{person.name} ne figure pas parmi les présents",
                f"/attendance/members/{list(by_id).index(member.id)}/status",
            )


@check("PV-106", "info", text=True)
def council_names_its_secretary(case: Case) -> Iterator[Flaw]:
    """The council, not the mayor or president, names the secretary (L2121-15)."""
    for mention in case.find("secretary_by_head"):
        yield flaw(
            "/meeting/secretaries",
            "the secretary is said to be named by the mayor or president, not by the assembly",
            "secrétaire désigné par le maire ou le président, non par l'assemblée",
            at=case.source(mention.span),
        )


def arriving(case: Case) -> set[str | None]:
    """The ids of the members who arrive during the meeting."""
    return {e.person.id for e in case.record.events if e.kind == "arrival" and e.person}


@check("PV-107", "warning")
def quorum_is_told(case: Case) -> Iterator[Flaw | Skipped]:
    """The quorum is in the minutes (L2121-15)."""
    attendance = case.record.attendance
    if attendance.quorum.reached is not None or attendance.stated.quorum is not None:
        return
    if case.layout is None:
        yield Skipped(NO_TEXT)
    elif not case.says("quorum"):
        yield not_found("/attendance/quorum", "the quorum", "quorum")


@check("PV-107", "warning")
def printed_quorum_is_the_legal_one(case: Case) -> Iterator[Flaw]:
    """A printed quorum is more than half of the members in office (L2121-17), a third in the windows."""
    printed, in_office = case.stated.quorum, case.facts.in_office
    if printed is None or in_office is None or case.date is None:
        return
    due = quorum_of(in_office, case.facts, case.date).needed
    if printed != due:
        yield flaw(
            "/attendance/stated/quorum",
            f"a quorum of {printed} is printed; {in_office} members in office make {due}",
            f"quorum imprimé : {printed} ; pour {in_office} membres en exercice il est de {due}",
            "/attendance/stated/in_office",
        )


@check("PV-108", "warning")
def agenda_is_told(case: Case) -> Iterator[Flaw | Skipped]:
    """The agenda is in the minutes (L2121-15)."""
    if case.record.agenda:
        return
    if case.layout is None:
        yield Skipped(NO_TEXT)
    elif not case.says("agenda"):
        yield not_found("/agenda", "the agenda", "ordre du jour")


@check("PV-109", "warning")
def something_was_decided(case: Case) -> Iterator[Flaw | Skipped]:
    """The deliberations adopted are in the minutes, or it is said that there were none (L2121-15)."""
    if case.record.deliberations or case.record.approvals:
        return
    if case.layout is None:
        yield Skipped(NO_TEXT)
    elif not case.says("no_deliberation"):
        yield not_found("/deliberations", "any deliberation", "délibérations")
