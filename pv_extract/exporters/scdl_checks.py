"""The eleven custom checks of the schema SCDL « Délibérations » 2.1.5, which frictionless does not run.

Each is as `Validata <https://validata.fr>`_ runs it; a check that needs a cell which is empty holds.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import regex
from stdnum.fr import siret

from pv_extract.exporters.actes import matters
from pv_extract.exporters.naming import plain

Row = Mapping[str, str]
VOTES = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
YEARS = regex.compile(r"(\d{4})(?:/(\d{4}))?")


class Check(NamedTuple):
    """A check: its name in the schema, the columns it looks at (the first is the one at fault), whether it holds."""

    name: str
    columns: tuple[str, ...]
    holds: Callable[..., bool]

    def passes(self, row: Row) -> bool:
        """Whether a row passes."""
        return self.holds(*(row.get(column, "").strip() for column in self.columns))


def is_siret(number: str) -> bool:
    """Whether a number is a SIRET: 14 digits that pass the Luhn check, La Poste's own rule aside.

    >>> is_siret("21860194600013"), is_siret("21860194600014"), is_siret("")
    (True, False, True)
    """
    return not number or siret.is_valid(number)


def is_year_or_interval(years: str) -> bool:
    """Whether a cell is a year, or two of which the second is later."""
    found = YEARS.fullmatch(years)
    return not years or bool(found and (found[2] is None or found[1] < found[2]))


def cohesive(*cells: str) -> bool:
    """Whether all cells are filled, or all empty."""
    return all(cells) or not any(cells)


def not_before(later: str, earlier: str) -> bool:
    """Whether an ISO date is not before another."""
    return not (later and earlier) or later >= earlier


def at_least(more: str, less: str) -> bool:
    """Whether a number is at least another."""
    return not (more.isdecimal() and less.isdecimal()) or int(more) >= int(less)


def is_sum(total: str, *parts: str) -> bool:
    """Whether a number is the sum of the others."""
    filled = all(cell.isdecimal() for cell in (total, *parts))
    return not filled or int(total) == sum(int(part) for part in parts)


def is_of_the_nomenclature(name: str) -> bool:
    """Whether a matter begins with a name of level 1 of @CTES and a slash without spaces around it."""
    first, slash, second = name.partition("/")
    spaced = first != first.rstrip() or second != second.lstrip()
    return not name or bool(slash and not spaced and plain(first) in _first_level())


def _first_level() -> set[str]:
    return {plain(matter.name.partition("/")[0]) for matter in matters().values()}


CHECKS = (
    Check("french-siret-value", ("COLL_SIRET",), is_siret),
    Check("year-interval-value", ("BUDGET_ANNEE",), is_year_or_interval),
    Check("cohesive-columns-value", ("BUDGET_ANNEE", "BUDGET_NOM"), cohesive),
    Check("cohesive-columns-value", VOTES, cohesive),
    Check("compare-columns-value", ("PREF_DATE", "DELIB_DATE"), not_before),
    Check("compare-columns-value", ("VOTE_EFFECTIF", "VOTE_REEL"), at_least),
    Check("compare-columns-value", ("VOTE_REEL", "VOTE_POUR"), at_least),
    Check("compare-columns-value", ("VOTE_REEL", "VOTE_CONTRE"), at_least),
    Check("compare-columns-value", ("VOTE_REEL", "VOTE_ABSTENTION"), at_least),
    Check("sum-columns-value", VOTES[1:], is_sum),
    Check("nomenclature-actes-value", ("DELIB_MATIERE_NOM",), is_of_the_nomenclature),
)


def failures(row: Row) -> Iterator[Check]:
    """The checks that a row does not pass."""
    return (check for check in CHECKS if not check.passes(row))
