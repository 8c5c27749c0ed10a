"""Running the rules over a case: which apply, how grave their findings are, where these stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from pv_extract import records
from pv_extract.blocks import Layout
from pv_extract.checks.case import Case
from pv_extract.checks.contract import (
    CHECKS,
    SEVERITIES,
    Check,
    Finding,
    Flaw,
    Outcome,
    Severity,
    Skipped,
    Words,
    place_of,
)
from pv_extract.checks.facts import Facts, Profile, facts_of
from pv_extract.checks.law import Sheet, sheets
from pv_extract.checks.wording import NO_TEXT
from pv_extract.confidence import line_oddness
from pv_extract.grammar import Grammar, load_grammars
from pv_extract.records import Record
from pv_extract.segmentation.sections import Segments

UNSURE = 0.7  # confidence under which a finding weighs one step less
SURE = 0.9  # confidence that each value has on which an error rests

NO_DATE = Words("the date of the meeting is not known", "la date de la séance n'est pas connue")
NO_BODY = Words("which assembly meets is not known", "l'assemblée qui siège n'est pas connue")
NO_STATUTES = Words(
    "whose rules this body follows is not known (statutes)",
    "les règles que suit cet organe ne sont pas connues (statuts)",
)
NO_TIME = Words("a search in the text ran out of time", "une recherche dans le texte a dépassé son temps")
LINE_ENDS = re.compile(r"[\n\f]")
BESIDE_MINUTES = ("liste_des_deliberations", "deliberation", "extrait_du_registre", "convocation", "ordre_du_jour")
Selection = Callable[[str], bool]


def case_of(
    record: Record, told: Facts | None = None, layout: Layout | None = None, grammar: Grammar | None = None
) -> Case:
    """The case of a record, with what the user tells of it and the document's text where that is at hand."""
    rules = layout.grammar if layout else grammar or shipped_grammar()
    case = Case(record, facts_of(record, told), rules, layout)
    foreign = case.says("foreign") or any(case.in_text("foreign", m.role or "") for m in record.attendance.members)
    found: Profile | None = "foreign" if foreign else "alsace_moselle" if case.says("local_law") else None
    return replace(case, facts=facts_of(record, told, found))


@cache
def shipped_grammar() -> Grammar:
    """The grammars of the package."""
    return load_grammars()


def run(case: Case, selected: Selection = lambda rule: True) -> Outcome:
    """Check a case by every rule whose id is selected and that binds this assembly at this date."""
    findings: dict[object, Finding] = {}
    skipped: dict[str, Skipped] = {}
    checked: list[str] = []
    for check in sorted((c for c in CHECKS if selected(c.rule)), key=lambda c: c.rule):
        for result in results(check, case):
            if isinstance(result, Skipped):
                skipped.setdefault(check.rule, Skipped(result.reason, check.rule))
            elif isinstance(result, Finding):
                findings.setdefault((result.rule, result.pointer, result.span, result.message.fr), result)
            else:
                checked.append(check.rule)
    return Outcome(tuple(findings.values()), tuple(skipped.values()), tuple(dict.fromkeys(checked)))


def results(check: Check, case: Case) -> Iterator[Finding | Skipped | None]:
    """What a check yields on a case: findings, a reason why it was skipped, None where it was really made."""
    ceiling = ceiling_of(check, sheets()[check.rule], case)
    if ceiling is None or isinstance(ceiling, Skipped):
        yield from (ceiling,) if ceiling else ()
        return
    if check.text and case.layout is None:
        yield from kept(case.record, check.rule) if check.logic else (Skipped(NO_TEXT),)
        return
    made = True
    try:
        for result in check.function(case):
            if isinstance(result, Skipped):
                made = False
                yield result
            else:
                yield finding_of(check, result, case, ceiling)
    except TimeoutError:
        made = False
        yield Skipped(NO_TIME)
    if made:
        yield None


def ceiling_of(check: Check, sheet: Sheet, case: Case) -> Severity | Skipped | None:
    """The gravest that a check may be on this case; None where it does not apply, Skipped where that is not known."""
    profile = case.facts.profile or "general"
    if sheet.profiles.get(profile) == "off":
        return None
    if check.logic:
        return "warning" if profile == "historical" else "error"
    if profile == "foreign":
        return None
    meeting = case.record.meeting
    if sheet.minutes and meeting.document_kind in BESIDE_MINUTES:
        return None
    date = meeting.date or meeting.convocation_date
    bound = binds(sheet, case.facts, date)
    if bound is not True:
        return bound or None
    ceiling = at_date(sheet, date)
    softened = sheet.profiles.get(profile) == "info" and not case.facts.statutes.follow
    return "info" if ceiling == "error" and softened else ceiling


def binds(sheet: Sheet, facts: Facts, date: str | None) -> bool | Skipped:
    """Whether a rule binds the assembly at a date."""
    if not sheet.laws:
        return True
    if facts.body is None and facts.law is None:
        return Skipped(NO_BODY)
    if facts.law is None and facts.depends_on_statutes:
        return Skipped(NO_STATUTES)
    since = facts.law and sheet.joined.get(facts.law)
    return facts.law in sheet.laws or bool(since and date and date >= since.isoformat())


def at_date(sheet: Sheet, date: str | None) -> Severity | Skipped | None:
    """The gravest that a rule may be at a date."""
    if sheet.in_force is None:
        return "error"
    if date is None:
        return Skipped(NO_DATE)
    if sheet.until and date > sheet.until.isoformat():
        return None
    if date >= sheet.in_force.isoformat():
        return "error"
    return "info" if sheet.earlier and date >= sheet.earlier.isoformat() else None


def finding_of(check: Check, flaw: Flaw, case: Case, ceiling: Severity) -> Finding:
    """The finding of a flaw: a step less grave where what it rests on was read with doubt."""
    if case.is_misread:  # a misread letter or digit is never an error of the document
        ceiling = min(ceiling, "warning", key=SEVERITIES.index)
    rank = min(SEVERITIES.index(check.severity), SEVERITIES.index(ceiling))
    unsure = confidence_in(flaw, case) < (SURE if SEVERITIES[rank] == "error" else UNSURE)
    severity = SEVERITIES[max(0, rank - unsure)]
    articles = sheets()[check.rule].articles_for(case.facts.law, case.facts.profile)
    finding = Finding(check.rule, severity, flaw.message, flaw.pointer, unsure=unsure, articles=articles)
    return placed(finding, flaw, case)


def confidence_in(flaw: Flaw, case: Case) -> float:
    """The least confidence of what a flaw rests on; too little for an error where its line is oddly spelled."""
    if flaw.span and case.layout and line_oddness(case.layout.document.text, *flaw.span):
        return UNSURE
    known = (place_of(case.record, pointer) for pointer in (flaw.pointer, *flaw.rests_on))
    return min((evidence.confidence for evidence in known if evidence), default=1.0)


def placed(finding: Finding, flaw: Flaw, case: Case) -> Finding:
    """A finding with the words, the page and the line on which it stands."""
    if flaw.span and case.layout:
        document = case.layout.document
        quote, page = document.text[slice(*flaw.span)], document.page_at(flaw.span[0]).number
        return in_line(replace(finding, span=flaw.span, quote=quote, page=page), case)
    place = place_of(case.record, flaw.pointer)
    if place is None:
        return finding
    return in_line(replace(finding, span=place.span, quote=place.quote, page=place.page), case)


def in_line(finding: Finding, case: Case) -> Finding:
    """A finding with the number of its line in the source text and, around a shorter quote, the words of that line."""
    if finding.span is None or case.layout is None:
        return finding
    text, (start, end) = case.layout.document.text, finding.span
    first, last = LINE_ENDS.split(text[:start])[-1], LINE_ENDS.split(text[end:], maxsplit=1)[0]
    line = " ".join(f"{first}{text[start:end]}{last}".split())
    around = line if line != " ".join((finding.quote or "").split()) else None
    return replace(finding, line=case.line_at(start), context=around)


def contradictions(record: Record, layout: Layout, segments: Segments) -> tuple[records.Finding, ...]:
    """What a document says against itself, as its record keeps it: the checks that need no law."""
    case = replace(case_of(record, layout=layout), segmented=segments)
    checks = sorted((c for c in CHECKS if c.logic), key=lambda c: c.rule)
    found = [result for check in checks for result in results(check, case) if isinstance(result, Finding)]
    return tuple(map(recorded, found))


def kept(record: Record, rule: str) -> Iterator[Finding | None]:
    """The findings of a rule that the record keeps from its extraction, when the text was at hand."""
    for finding in record.findings:
        if finding.rule == rule:
            place = place_of(record, finding.pointer)
            message = Words(*finding.message.split(" / ", 1))
            quote, page = (place.quote, place.page) if place else (None, None)
            yield Finding(rule, finding.severity, message, finding.pointer, finding.span, quote, page)
    yield None


def recorded(finding: Finding) -> records.Finding:
    """A finding as a record keeps it, in both languages."""
    english, french = finding.message
    return records.Finding(
        rule=finding.rule,
        severity=finding.severity,
        message=f"{english} / {french}",
        pointer=finding.pointer,
        span=finding.span,
    )
