"""The bodies of a catalogue, and which of them each meeting is of."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import regex

from pv_extract.catalogue.joining import Doubt
from pv_extract.catalogue.organizations import Name, Sitting, organizations
from pv_extract.grammar import fold
from pv_extract.members.names import tokens_of

WORD = regex.compile(r"[^\W_]+")
VAGUE = (None, "other", "commission")
"""Kinds of which an organization may have several bodies: their names tell them apart."""
MEETINGS = """SELECT meeting, meeting_organization_name, meeting_organization_kind, meeting_body_name, meeting_body_kind
FROM meetings ORDER BY meeting"""


class Told(NamedTuple):
    """What the minutes of a meeting say of who meets."""

    organization: str | None
    organization_kind: str | None
    name: str | None
    kind: str | None

    @property
    def body(self) -> str:
        """What tells the body from others of its organization, empty where nothing does."""
        return slug(self.name or "") if self.kind in VAGUE else str(self.kind)


def settle_bodies(db: sqlite3.Connection, decided: Iterable[Doubt]) -> list[Doubt]:
    """Fill the bodies, each under the spelling that most of its minutes use; the joins that are in doubt."""
    told = {meeting: Told(*row) for meeting, *row in db.execute(MEETINGS)}
    on_roll = _rolls(db)
    of, doubts = organizations(
        (
            Sitting(meeting, folded(each.organization or ""), each.kind, on_roll.get(meeting, frozenset()))
            for meeting, each in told.items()
        ),
        decided,
    )
    spellings: dict[str, dict[str, Counter[Told]]] = defaultdict(lambda: defaultdict(Counter))
    for meeting, each in told.items():
        spellings[of[meeting]][each.body][each] += 1
    for meeting, each in told.items():
        if key := of[meeting]:
            body = each.body or _only_one(spellings[key])
            db.execute("UPDATE documents SET body = ? WHERE meeting = ?", (f"{slug(key)}:{body}", meeting))
            spellings[key][body][each] += 0
    for key in sorted(filter(None, spellings)):
        for body, found in sorted(spellings[key].items()):
            if body or not _only_one(spellings[key]):
                _add_body(db, key, body, found, sum(spellings[key].values(), Counter()))
    return doubts


def _only_one(bodies: Iterable[str]) -> str:
    """The only body of an organization that is told from others, empty where there are more, or none."""
    known = [body for body in bodies if body]
    return known[0] if len(known) == 1 else ""


def _add_body(
    db: sqlite3.Connection, key: str, body: str, of_body: Counter[Told], of_organization: Counter[Told]
) -> None:
    organization = _most(of_organization, "organization", "organization_kind")
    row = f"{slug(key)}:{body}", organization[0], key, organization[1], *_most(of_body, "name", "kind")
    db.execute("INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?)", row)


def _most(told: Counter[Told], name: str, kind: str) -> tuple[str | None, str | None]:
    """The most frequent name with its kind; one without name only where there is no other."""
    found: Counter[tuple[str | None, str | None]] = Counter()
    for each, count in told.items():
        found[getattr(each, name), getattr(each, kind)] += count
    return min(found, key=lambda pair: (pair[0] is None, -found[pair], str(pair)))


def _rolls(db: sqlite3.Connection) -> dict[str, frozenset[Name]]:
    """The names on the roll of each meeting, their words folded and sorted."""
    found: dict[str, set[Name]] = defaultdict(set)
    for meeting, name in db.execute("SELECT meeting, name FROM attendances"):
        found[meeting].add(tuple(sorted(tokens_of(name))))
    return {meeting: frozenset(names) for meeting, names in found.items()}


def folded(name: str) -> str:
    """The words of a name in lower case without accents."""
    return " ".join(WORD.findall(fold(name).lower()))


def slug(name: str) -> str:
    """A name as part of an identifier."""
    return folded(name).replace(" ", "-")
