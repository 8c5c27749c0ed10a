"""PV-603, PV-611: the sheets on which deliberations are written, their numbers and headings (CGCT R2121-9)."""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, Skipped, check, flaw
from pv_extract.checks.wording import NO_SHEETS, not_found
from pv_extract.document import Page
from pv_extract.grammar import fold, searched
from pv_extract.members.names import tokens_of
from pv_extract.values import read_date


class Numbered(NamedTuple):
    """A page, the number printed on it, the source characters of the line where it stands, and its words."""

    page: Page
    number: int
    at: tuple[int, int]
    line: str


@check("PV-603", "warning", logic=True, text=True)
def sheets_follow_one_another(case: Case) -> Iterator[Flaw]:
    """The sheets on which deliberations are written are numbered (R2121-9): where all are, none is missing."""
    for before, after in pairwise(numbered_pages(case)):
        if after.number not in (before.number, before.number + 1):
            yield flaw(
                "/source/pages",
                f"page {after.number} follows page {before.number}",
                f"la page {after.number} suit la page {before.number}",
                at=after.at,
            )


def numbered_pages(case: Case) -> list[Numbered]:
    """The pages with the number printed on each; none unless each page has one."""
    assert case.layout is not None
    document, found = case.layout.document, []
    for page in document.pages:
        lines = regex.finditer(r"[^\n\f]+", document.text, pos=page.start, endpos=page.end)
        told = [(line, m) for line in lines for m in case.in_text("folio", line[0])]
        if len(told) != 1:
            return []
        [(line, mention)] = told
        found.append(Numbered(page, int(mention.fields["count"].of(line[0])), line.span(), line[0]))
    return found


@check("PV-611", "info", text=True)
def sheets_tell_commune_and_date(case: Case) -> Iterator[Flaw | Skipped]:
    """The sheets of the register bear the name of the commune and the date of the meeting (R2121-9)."""
    sheets = [each for each in numbered_pages(case) if case.in_text("register_sheet", each.line)]
    name = case.record.meeting.organization.name
    if not sheets or case.date is None or name is None:
        yield Skipped(NO_SHEETS)
        return
    for sheet in sheets:
        text = text_of(case, sheet.page)
        if not set(tokens_of(name)) <= set(tokens_of(text)):
            yield not_found(
                "/source/pages", "the commune's name on the sheet", "nom de la commune au feuillet", sheet.at
            )
        if case.date not in dates_in(case, text):
            yield not_found("/source/pages", "the date on the sheet", "date de la séance au feuillet", sheet.at)


def text_of(case: Case, page: Page) -> str:
    """The source text of a page, its running heads too."""
    assert case.layout is not None
    return case.layout.document.text[page.start : page.end]


def dates_in(case: Case, text: str) -> set[datetime.date]:
    """The dates that a text tells."""
    spans = (m.span() for m in searched("words.date", case.grammar.word("date"), fold(text)))
    return {date for start, end in spans if (date := read_date(text[start:end]))}
