"""PV-603: the numbers of deliberations (CGCT R2121-9)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from pv_extract.checks.case import Case
from pv_extract.checks.contract import Flaw, check, flaw

SERIES = regex.compile(r"(?P<before>(?:.*\D)?)(?P<number>\d+)(?P<after>\D*)")


class Numbered(NamedTuple):
    """A deliberation's index, what stands around its number (« 2024-# »), and the number."""

    item: int
    around: str
    number: int


def series(case: Case) -> list[Numbered]:
    """The register numbers of the items with headings of their own."""
    out, places = [], set()
    for i, item in enumerate(case.record.deliberations):
        place = case.record.evidence.get(f"/deliberations/{i}")
        found = SERIES.fullmatch(item.reference or "")
        if found and place and place.span not in places:
            out.append(Numbered(i, f"{found['before']}#{found['after']}", int(found["number"])))
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
    assert case.layout is not None
    printed = case.layout.document.text
    for before, after in pairwise(series(case)):
        if before.around != after.around or after.number in (before.number, before.number + 1):
            continue
        between = range(before.number + 1, after.number)
        if not any(regex.search(rf"(?<!\d)0*{n}(?!\d)", printed) for n in between):
            yield flaw(
                f"/deliberations/{after.item}/reference",
                f"number {after.number} follows {before.number}",
                f"le numéro {after.number} suit le numéro {before.number}",
            )


@check("PV-603", "warning", logic=True, text=True)
def last_sheet_recalls_all_numbers(case: Case) -> Iterator[Flaw]:
    """The last sheet of a meeting recalls the numbers of its deliberations (R2121-9)."""
    numbers = series(case)
    if len({each.around for each in numbers}) != 1:
        return
    taken = {each.number for each in numbers}
    for mention in case.find("recapitulation"):
        recalled = numbers_in(case.text[mention.span.end :], numbers[0].around)
        if len(recalled) > 1 and case.source(mention.span)[0] > last_heading(case) and recalled != taken:
            missing = ", ".join(str(n) for n in sorted(recalled ^ taken))
            yield flaw(
                "/deliberations",
                f"in the recapitulation or in the minutes only: {missing}",
                f"dans le rappel ou dans le procès-verbal seulement : {missing}",
                at=case.source(mention.span),
            )


def numbers_in(text: str, around: str) -> set[int]:
    """The numbers of a series that a text holds.

    >>> numbers_in("2024-012, 2024-013 et 2023-044", "2024-#") == {12, 13}
    True
    """
    before, _, after = around.partition("#")
    found = regex.findall(rf"(?<![\w-]){regex.escape(before)}(\d+){regex.escape(after)}(?![\w-])", text)
    return set(map(int, found))


def last_heading(case: Case) -> int:
    """The source offset at which the last deliberation begins."""
    places = (case.record.evidence.get(f"/deliberations/{i}") for i in range(len(case.record.deliberations)))
    return max((place.span[0] for place in places if place), default=0)
