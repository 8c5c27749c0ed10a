"""Popolo: people, organizations, meetings as events, deliberations as motions, votes and speeches, as one JSON file.

Specification: https://www.popoloproject.com/specs/ (JSON Schema, draft 3). Dates carry no time: Popolo wants a time
with its distance from UTC, and minutes do not print that. People are those of one meeting, unless a catalogue says
who is who across meetings.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from pv_extract.exporters.losses import VOTED, Loss, Losses
from pv_extract.exporters.naming import slug
from pv_extract.exporters.tables import meeting_id
from pv_extract.output import writing
from pv_extract.records import Deliberation, Election, Member, Person, Record, Vote

COLLECTIONS = ("organizations", "persons", "memberships", "events", "motions", "vote_events", "speeches")
OPTIONS = {"for": "yes", "against": "no", "abstention": "abstain", "not_participating": "not voting"}
RESULTS = {"adopted": "pass", "rejected": "fail"}
AT_THE_MEETING = ("present", "remote")
CARRIES = frozenset(
    {
        "/source/name",
        "/source/sha256",
        "/meeting/title",
        "/meeting/organization",
        "/meeting/body",
        "/meeting/date",
        "/meeting/place",
        "/attendance/members/*/id",
        "/attendance/members/*/name",
        "/attendance/members/*/honorific",
        "/attendance/members/*/family_name",
        "/attendance/members/*/given_name",
        "/attendance/members/*/role",
        "/attendance/members/*/group",
        "/attendance/others/*/name",
        "/deliberations/*/number",
        "/deliberations/*/reference",
        "/deliberations/*/title",
        "/deliberations/*/text",
        "/deliberations/*/elections/*/office",
        "/deliberations/*/elections/*/candidates",
        "/discussion/*/speaker",
        "/discussion/*/item",
        *VOTED,
    }
)
OTHER_SPELLING = Loss(
    "other-spelling",
    "names of organizations, groups and people spelt as elsewhere, where they were met first",
    "noms d'organisations, de groupes et de personnes écrits comme ailleurs, où ils ont paru d'abord",
)
NO_NUMBER = Loss("no-number", "candidates without a number of votes", "candidats sans nombre de voix")
SHARED = {"organizations": "/meeting", "persons": "/attendance", "memberships": "/attendance/members"}
"""What several meetings may tell of, and where in their records."""
Object = dict[str, Any]
People = Callable[[str], dict[str, str]]
"""Who is behind the names of a meeting, told by the id that ``tables.meeting_id`` gives it."""


def nobody(meeting: str) -> dict[str, str]:
    """No person is known from other meetings."""
    return {}


def export(records: Iterable[Record], target: Path, people: People = nobody) -> Losses:
    """Write one JSON file with a list for each class."""
    losses, known = Losses("popolo", CARRIES), dict[str, str | None]()
    with ExitStack() as files:
        lists = {name: files.enter_context(TemporaryFile("w+", encoding="utf-8")) for name in COLLECTIONS}
        for record in records:
            losses.see(record)
            _tell_candidates(record, losses)
            for name, found in Meeting(record, people).objects():
                if name not in SHARED or found["id"] not in known:
                    _add(lists[name], found)
                spelling = found.get("name")
                if name in SHARED and known.setdefault(found["id"], spelling) != spelling:
                    losses.tell(OTHER_SPELLING, record, SHARED[name])
        with writing(target) as stream:
            for index, (name, spool) in enumerate(lists.items()):
                stream.write(f'{"," if index else "{"}\n"{name}": [')
                spool.seek(0)
                shutil.copyfileobj(spool, stream)
                stream.write("]")
            stream.write("}\n")
    return losses


def _add(spool: IO[str], found: Object) -> None:
    separator = ",\n" if spool.tell() else "\n"
    spool.write(separator + json.dumps(filled(found), ensure_ascii=False))


def _tell_candidates(record: Record, losses: Losses) -> None:
    """Popolo counts votes for options: a candidate without a number has no place."""
    for index, deliberation in enumerate(record.deliberations):
        for candidate in (each for election in deliberation.elections for each in election.candidates):
            if candidate.votes is None:
                losses.tell(NO_NUMBER, record, f"/deliberations/{index}/elections")


def filled(found: Object) -> Object:
    """An object without the properties that say nothing."""
    return {name: value for name, value in found.items() if value not in (None, [])}


class Meeting:
    """One record as objects of Popolo; their ids begin with the meeting's, those of organizations are made of names."""

    def __init__(self, record: Record, people: People) -> None:
        self.record, self.id = record, meeting_id(record)
        known, attendance = people(self.id), record.attendance
        self.ids = {m.id: known.get(m.name, f"{self.id}/persons/{m.id}") for m in attendance.members}
        self.others = [known.get(o.name, f"{self.id}/others/{n}") for n, o in enumerate(attendance.others)]
        self.organizations = list(self._organizations())
        self.organization_id = self.organizations[-1]["id"] if self.organizations else None

    def objects(self) -> Iterator[tuple[str, Object]]:
        """Every object with the collection it belongs to."""
        yield from (("organizations", each) for each in self.organizations)
        yield "events", self._event()
        for member in self.record.attendance.members:
            yield from self._member(member)
        for identity, other in zip(self.others, self.record.attendance.others, strict=True):
            yield "persons", {"id": identity, "name": other.name}
        for index, deliberation in enumerate(self.record.deliberations):
            yield "motions", self._motion(index, deliberation)
            yield from (("vote_events", each) for each in self._vote_events(index, deliberation))
        yield from (("speeches", each) for each in self._speeches())

    def _organizations(self) -> Iterator[Object]:
        """Who holds the meeting, then the body that meets, which belongs to it."""
        holder, body = self.record.meeting.organization, self.record.meeting.body
        holder_id = f"{holder.kind or 'organization'}/{slug(holder.name)}" if holder.name else None
        if holder_id:
            yield {"id": holder_id, "name": holder.name, "classification": holder.kind}
        if body.name or body.kind:
            inner = body.kind or slug(body.name or "")
            of_body = {"name": body.name, "classification": body.kind, "parent_id": holder_id}
            yield {"id": f"{holder_id or self.id}/{inner}", **of_body}

    def _event(self) -> Object:
        meeting, source = self.record.meeting, self.record.source
        names = (("sha256", source.sha256), ("file", source.name))
        return {
            "id": self.id,
            "name": meeting.title,
            "classification": "meeting",
            "organization_id": self.organization_id,
            "start_date": meeting.date,
            "end_date": meeting.date,
            "location": meeting.place,
            "identifiers": [{"scheme": scheme, "identifier": name} for scheme, name in names],
            "attendees": list(self._attendees()),
        }

    def _attendees(self) -> Iterator[Object]:
        for member in self.record.attendance.members:
            if member.status in AT_THE_MEETING:
                yield {"id": self.ids[member.id], "name": member.name}
        for identity, other in zip(self.others, self.record.attendance.others, strict=True):
            yield {"id": identity, "name": other.name}

    def _member(self, member: Member) -> Iterator[tuple[str, Object]]:
        person = self.ids[member.id]
        names = {"family_name": member.family_name, "given_name": member.given_name}
        yield "persons", {"id": person, "name": member.name, **names, "honorific_prefix": member.honorific}
        group = f"{self.organization_id or self.id}/groups/{slug(member.group)}" if member.group else None
        if group:
            of_group = {"name": member.group, "classification": "group", "parent_id": self.organization_id}
            yield "organizations", {"id": group, **of_group}
        belongs = {"person_id": person, "organization_id": self.organization_id, "on_behalf_of_id": group}
        identity = "/".join([*filter(None, (person, group or self.organization_id)), slug(member.role or "member")])
        yield "memberships", {"id": identity, **belongs, "role": member.role}

    def _motion(self, index: int, deliberation: Deliberation) -> Object:
        outcome = deliberation.vote.outcome
        return {
            "id": self._motion_id(index),
            "organization_id": self.organization_id,
            "legislative_session_id": self.id,
            "identifier": deliberation.reference or deliberation.number,
            "text": "\n\n".join(filter(None, (deliberation.title, deliberation.text))),
            "result": RESULTS.get(outcome or "", outcome),
        }

    def _vote_events(self, index: int, deliberation: Deliberation) -> Iterator[Object]:
        """The vote on a motion, and each round of its elections."""
        motion, vote = self._motion_id(index), deliberation.vote
        about = {"organization_id": self.organization_id, "legislative_session_id": self.id, "motion_id": motion}
        result = RESULTS.get(vote.outcome or "", vote.outcome)
        said = {"identifier": deliberation.number, "result": result, "counts": counts(vote)}
        yield {"id": f"{motion}/vote", **about, **said, "votes": list(self._votes(vote))}
        for number, election in enumerate(deliberation.elections):
            office = {"identifier": election.office, "classification": "election"}
            yield {"id": f"{motion}/elections/{number}", **about, **office, "counts": ballots(election)}

    def _votes(self, vote: Vote) -> Iterator[Object]:
        for choice, option in OPTIONS.items():
            for person in getattr(vote, f"{choice}_names"):
                yield {"option": option, **self._reference("voter", person)}

    def _speeches(self) -> Iterator[Object]:
        for index, speech in enumerate(self.record.discussion):
            said = {"event_id": self.id, "position": index, "title": speech.item}
            who = {"attribution_text": speech.speaker.name, "creator_id": self.ids.get(speech.speaker.id or "")}
            yield {"id": f"{self.id}/speeches/{index}", **said, **who}

    def _reference(self, role: str, person: Person) -> Object:
        """Who it was: by id for a member, else by name."""
        named = {role: {"name": person.name}}
        return {f"{role}_id": self.ids[person.id], **named} if person.id in self.ids else named

    def _motion_id(self, index: int) -> str:
        return f"{self.id}/motions/{index}"


def counts(vote: Vote) -> list[Object]:
    """The counts that are printed."""
    printed = zip(OPTIONS.values(), (vote.for_, vote.against, vote.abstentions, vote.not_participating), strict=True)
    return [{"option": option, "value": value} for option, value in printed if value is not None]


def ballots(election: Election) -> list[Object]:
    """The votes of each candidate: the options are their names."""
    candidates = ((each.person.name, each.votes) for each in election.candidates)
    return [{"option": name, "value": votes} for name, votes in candidates if votes is not None]
