"""The people and mandates of a catalogue, settled once all meetings are in it."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pv_extract.catalogue.bodies import settle_bodies, slug
from pv_extract.catalogue.joining import Doubt, Groups, Spelling, join
from pv_extract.catalogue.schema import PEOPLE

LIFETIME = 20 * 365
"""Days: a name that comes back after so long may be that of somebody else."""
ABSENCE = 400
"""Days without being named that end a mandate."""
SITTINGS = """
CREATE TEMP TABLE sittings AS SELECT coalesce(b.organization_key, '? ' || d.meeting) AS organization, d.meeting
FROM documents d LEFT JOIN bodies b ON b.id = d.body;
CREATE INDEX temp.sittings_by_organization ON sittings (organization, meeting);
"""
SEEN = """
SELECT a.name, a.member, a.honorific, a.meeting, m.meeting_date
FROM sittings s CROSS JOIN appearances a USING (meeting) JOIN meetings m USING (meeting)
WHERE s.organization = ? ORDER BY a.name, m.meeting_date, a.meeting
"""
MANDATES = """
SELECT a.person, d.body, m.meeting_date, a.role FROM attendances a
JOIN documents d USING (meeting) JOIN meetings m USING (meeting)
WHERE a.person IS NOT NULL AND d.body IS NOT NULL AND m.meeting_date IS NOT NULL
ORDER BY a.person, d.body, m.meeting_date, a.meeting
"""
PROXIES = """
INSERT INTO proxies SELECT a.meeting, a.position, a.name, a.person, a.proxy_to_name, h.person
FROM attendances a LEFT JOIN appearances h ON h.meeting = a.meeting AND h.name = a.proxy_to_name
WHERE a.status = 'represented' OR a.proxy_to_name IS NOT NULL
"""


class Sighting(NamedTuple):
    """A name in a meeting; ``member``: it stands on the roll."""

    name: str
    member: bool
    honorific: str | None
    meeting: str
    date: str | None


def settle_people(db: sqlite3.Connection, decided: Iterable[Doubt]) -> list[Doubt]:
    """Fill bodies, people, mandates and proxies; the joins that are in doubt."""
    decided = list(decided)
    doubts = settle_bodies(db, decided)
    _add_appearances(db)
    taken: set[str] = set()
    for key, sightings in _by_organization(db):
        groups, found = join(key, _spellings(sightings), [d for d in decided if d.organization == key])
        _add_people(db, key, groups, sightings, taken)
        doubts += found
    for table, column in PEOPLE.items():
        db.execute(
            f'UPDATE "{table}" SET person = (SELECT a.person FROM appearances a '
            f'WHERE a.meeting = "{table}".meeting AND a.name = "{table}"."{column}")'
        )
    db.execute(PROXIES)
    _add_mandates(db)
    return sorted(doubts)


def _by_organization(db: sqlite3.Connection) -> Iterator[tuple[str, list[Sighting]]]:
    """The sightings, organization by organization; a meeting of an unknown one stands alone."""
    for statement in SITTINGS.split(";"):
        db.execute(statement)
    for (key,) in db.execute("SELECT DISTINCT organization FROM sittings ORDER BY 1").fetchall():
        yield key, [Sighting(*row) for row in db.execute(SEEN, (key,))]
    db.execute("DROP TABLE sittings")


def _add_appearances(db: sqlite3.Connection) -> None:
    """Every name of every meeting once, those on the roll first."""
    db.execute("INSERT OR IGNORE INTO appearances SELECT meeting, name, 1, honorific, NULL FROM attendances")
    named = [(table, column) for table, column in PEOPLE.items() if table != "attendances"]
    for table, column in [*named, ("attendances", "proxy_to_name")]:
        db.execute(
            f'INSERT OR IGNORE INTO appearances SELECT meeting, "{column}", 0, NULL, NULL FROM "{table}" '
            f'WHERE "{column}" IS NOT NULL'
        )


def _spellings(sightings: Iterable[Sighting]) -> list[Spelling]:
    """The written names, each over a stretch of time without too long a gap."""
    numbers: dict[str, int] = {}
    out = []
    for name, group in groupby(sightings, key=lambda sighting: sighting.name):
        stretch: list[Sighting] = []
        for sighting in group:
            numbers.setdefault(sighting.meeting, len(numbers))
            if stretch and days_between(stretch[-1].date, sighting.date) > LIFETIME:
                out.append(_spelling(name, stretch, numbers))
                stretch = []
            stretch.append(sighting)
        out.append(_spelling(name, stretch, numbers))
    return out


def _spelling(name: str, stretch: list[Sighting], numbers: dict[str, int]) -> Spelling:
    dates = [sighting.date for sighting in stretch if sighting.date]
    titles = Counter(sighting.honorific for sighting in stretch if sighting.honorific)
    return Spelling(
        name,
        min(dates, default=None),
        max(dates, default=None),
        frozenset(numbers[s.meeting] for s in stretch),
        frozenset(numbers[s.meeting] for s in stretch if s.member),
        min(titles, key=lambda title: (-titles[title], title), default=None),
    )


def _add_people(
    db: sqlite3.Connection, organization: str, groups: Groups, sightings: list[Sighting], taken: set[str]
) -> None:
    """The people of an organization, and who is behind each appearance."""
    person_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for indices in groups.members.values():
        spellings = sorted(
            (groups.spellings[i] for i in indices), key=lambda s: (-len(s.meetings), -len(s.name), s.name)
        )
        identity = unique(f"{slug(organization)}:{slug(spellings[0].name)}", taken)
        _add_person(db, identity, organization, spellings)
        for s in spellings:
            person_of[s.name].append((s.first or "", identity))
    for sighting in sightings:
        begun = [person for first, person in sorted(person_of[sighting.name]) if first <= (sighting.date or "~")]
        place = begun[-1], sighting.meeting, sighting.name
        db.execute("UPDATE appearances SET person = ? WHERE meeting = ? AND name = ?", place)


def _add_person(db: sqlite3.Connection, identity: str, organization: str, spellings: list[Spelling]) -> None:
    """A person by their spellings, the most frequent first, which names them."""
    meetings = frozenset[int]().union(*(s.meetings for s in spellings))
    dates = [day for s in spellings for day in (s.first, s.last) if day]
    title = next((s.honorific for s in spellings if s.honorific), None)
    first, last = min(dates, default=None), max(dates, default=None)
    row = identity, spellings[0].name, organization, title, len(meetings), first, last
    db.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _add_mandates(db: sqlite3.Connection) -> None:
    """The stretches of time over which somebody is named on the rolls of a body."""
    for (person, body), rows in groupby(db.execute(MANDATES).fetchall(), key=itemgetter(0, 1)):
        stretch: list[tuple[str, str | None]] = []
        for _, _, day, role in rows:
            if stretch and days_between(stretch[-1][0], day) > ABSENCE:
                _add_mandate(db, person, body, stretch)
                stretch = []
            stretch.append((day, role))
        _add_mandate(db, person, body, stretch)


def _add_mandate(db: sqlite3.Connection, person: str, body: str, stretch: list[tuple[str, str | None]]) -> None:
    roles = Counter(role for _, role in stretch if role)
    role = min(roles, key=lambda r: (-roles[r], r), default=None)
    row = person, body, stretch[0][0], stretch[-1][0], role, len(stretch)
    db.execute("INSERT INTO mandates VALUES (?, ?, ?, ?, ?, ?)", row)


def days_between(first: str | None, second: str | None) -> int:
    """The days from one ISO date to another, 0 where one is not known."""
    if not first or not second:
        return 0
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def unique(identity: str, taken: set[str]) -> str:
    """The identifier, with a number behind it where it is taken already."""
    number, free = 1, identity
    while free in taken:
        number += 1
        free = f"{identity}-{number}"
    taken.add(free)
    return free
