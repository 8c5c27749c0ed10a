"""What the law asks for at a date: members who must be there, proxies that one may hold, full days of notice."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from pv_extract.checks.facts import Facts

SMALL_COMMUNE = 3500  # inhabitants from which five full days of notice are due (CGCT L2121-11, L2121-12)


@dataclass(frozen=True)
class Window:
    """Days in which exceptional rules held: the share of members (one in ``share``), who counts, proxies a holder."""

    name: str
    about: str
    since: datetime.date
    until: datetime.date
    share: int
    counted: Literal["present", "present_or_represented"]
    proxies: int


@dataclass(frozen=True)
class QuorumRule:
    """How many must be there, and who counts."""

    needed: int
    counted: Literal["present", "present_or_represented"]


@cache
def tables() -> dict[str, Any]:
    """The regimes as they stand in ``regimes.toml``."""
    return tomllib.loads((resources.files("pv_extract.checks") / "regimes.toml").read_text(encoding="utf-8"))


def window_at(date: datetime.date) -> Window | None:
    """The exceptional window that a date falls into."""
    windows = (Window(**table) for table in tables()["window"])
    return next((w for w in windows if w.since <= date <= w.until), None)


def quorum_of(in_office: int, facts: Facts, date: datetime.date) -> QuorumRule:
    """The quorum of an assembly: more than half of the members in office (L2121-17), a third in the windows.

    Half of the members « plus one » is another rule: of 11 members 6 make a quorum, of 8 members 5.
    """
    if facts.statutes.quorum is not None:
        return QuorumRule(facts.statutes.quorum, "present")
    if window := window_at(date):
        return QuorumRule(-(-in_office // window.share), window.counted)
    return QuorumRule(in_office // 2 + 1, "present_or_represented" if facts.law == "standing" else "present")


def proxies_allowed(facts: Facts, date: datetime.date) -> int:
    """How many proxies one member may hold: one (L2121-20, L3121-16), two in the windows."""
    if facts.statutes.proxies is not None:
        return facts.statutes.proxies
    window = window_at(date)
    return window.proxies if window else 1


def full_days(convened: datetime.date, held: datetime.date) -> int:
    """The « jours francs » between a convocation and a meeting: neither day counts, Sundays and holidays do."""
    return (held - convened).days - 1


def notice_due(facts: Facts, installation: bool = False) -> int | None:
    """The full days of notice due: three or five; None where the population is not known (L2121-7, -11, -12)."""
    if facts.law == "intercommunal":
        return 5
    if facts.population is None:
        return None
    return 3 if facts.population < SMALL_COMMUNE or installation else 5


def seats_of(population: int) -> int:
    """The members of the municipal council of a commune (L2121-2)."""
    seats: dict[str, int] = tables()["seats"]
    return max(number for least, number in seats.items() if population >= int(least))
