"""The body of an Akoma Ntoso debate: roll call, agenda, deliberations with their votes, comings and goings."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml.builder import ElementMaker

from pv_extract.exporters.naming import OUTCOMES, french_date, slug
from pv_extract.records import Approval, Deliberation, Election, Event, Member, Person, Record, Vote

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
Element = Any
Line = list[Any]  # text and elements, in their order
STATUSES = {
    "present": "Présents",
    "remote": "Présents à distance",
    "represented": "Représentés",
    "excused": "Excusés",
    "absent": "Absents",
    "unknown": "Présence inconnue",
}
EVENTS = {
    "arrival": "Arrivée",
    "departure": "Départ",
    "chair_change": "Changement de présidence",
    "suspension": "Suspension de séance",
    "resumption": "Reprise de séance",
}
MANNERS = {"unanimity": "à l'unanimité", "majority": "à la majorité"}
CHOICES = {"for": "Pour", "against": "Contre", "abstention": "Abstention", "not_participating": "Sans prendre part"}


class References:
    """The persons, roles and concepts that a document names, each once: what ``meta/references`` declares."""

    def __init__(self) -> None:
        self.declared: dict[str, tuple[str, str]] = {}

    def to(self, kind: str, name: str, show_as: str) -> str:
        """The reference to something of a kind (``person``, ``role``, ``concept``), declared now if it was not."""
        identifier = f"{kind}_{slug(name)}"
        self.declared.setdefault(identifier, (kind, show_as))
        return f"#{identifier}"

    def to_person(self, person: Person | Member) -> str:
        """The reference to a person."""
        return self.to("person", person.id or person.name, person.name)


class Body:
    """The parts of the body of one debate, and what they refer to."""

    def __init__(self, record: Record) -> None:
        self.record, self.references = record, References()

    def preface(self) -> Element:
        """What meeting it was, who presided and who wrote."""
        meeting = self.record.meeting
        began = f", {meeting.start_time}" if meeting.start_time else ""
        lines: list[Line] = [["Séance du ", _day(meeting.date), began]]
        if meeting.title:
            lines.insert(0, [E.docTitle(meeting.title)])
        if meeting.place:
            lines.append([f"Lieu : {meeting.place}"])
        if french_date(meeting.convocation_date or ""):
            lines.append(["Convocation du ", _day(meeting.convocation_date)])
        if meeting.chair:
            lines.append(["Présidence : ", self._person(meeting.chair)])
        if meeting.secretaries:
            lines.append(["Secrétariat : ", *self._people(meeting.secretaries)])
        return E.preface(*(E.p(*line) for line in lines))

    def body(self) -> Element:
        """The sections of the debate, in the order of the meeting as far as that is known."""
        record = self.record
        agenda = ([_numbered(item.number, item.title)] for item in record.agenda)
        events = (self._event(event) for event in record.events)
        return E.debateBody(
            E.rollCall(E.heading("Présences"), *(E.p(*line) for line in self._roll_call()), eId="rollcall_1"),
            *_section("ordre-du-jour", "Ordre du jour", agenda),
            *_section("approbation", "Approbation de procès-verbaux", map(_approval, record.approvals)),
            *(self._deliberation(index, each) for index, each in enumerate(record.deliberations, 1)),
            *_section("mouvements", "Arrivées, départs, interruptions", events),
            *self._adjournment(),
        )

    def _roll_call(self) -> Iterator[Line]:
        attendance = self.record.attendance
        for status, label in STATUSES.items():
            if members := [self._member(each) for each in attendance.members if each.status == status]:
                yield [f"{label} : ", *_listed(members)]
        if attendance.others:
            others = ", ".join(f"{each.name} ({each.role})" if each.role else each.name for each in attendance.others)
            yield [f"Assistaient aussi : {others}"]

    def _member(self, member: Member) -> Line:
        """A member, in their role, with the holder of their proxy or whom they stand in for."""
        role = {"as": self.references.to("role", member.role, member.role)} if member.role else {}
        line: Line = [E.person(member.name, role, refersTo=self.references.to_person(member))]
        if member.proxy_to:
            line += [" (pouvoir à ", self._person(member.proxy_to), ")"]
        if member.substitute_for:
            line += [" (remplace ", self._person(member.substitute_for), ")"]
        return line

    def _person(self, person: Person) -> Element:
        return E.person(person.name, refersTo=self.references.to_person(person))

    def _people(self, people: Iterable[Person]) -> Line:
        return _listed([self._person(person)] for person in people)

    def _deliberation(self, index: int, deliberation: Deliberation) -> Element:
        number = ", ".join(filter(None, (deliberation.number, deliberation.reference)))
        vote, lines = deliberation.vote, [[line] for line in (deliberation.text or "").splitlines() if line.strip()]
        if deliberation.rapporteur:
            lines.insert(0, ["Rapporteur : ", self._person(deliberation.rapporteur)])
        decided = [E.summary(E.outcome(_decided(vote.outcome, vote.manner)))] if vote.outcome or vote.manner else []
        return E.debateSection(
            *([E.num(number)] if number else []),
            E.heading(deliberation.title),
            *(E.p(*line) for line in lines),
            *decided,
            *(E.p(*line) for line in self._voters(vote)),
            *(E.p(*line) for election in deliberation.elections for line in self._election(election)),
            name="deliberation",
            eId=f"delib_{index}",
        )

    def _voters(self, vote: Vote) -> Iterator[Line]:
        for choice, label in CHOICES.items():
            if people := getattr(vote, f"{choice}_names"):
                yield [f"{label} : ", *_listed([self._vote(person, label)] for person in people)]

    def _vote(self, person: Person, label: str) -> Element:
        choice = self.references.to("concept", label, label)
        return E.vote(person.name, by=self.references.to_person(person), choice=choice)

    def _election(self, election: Election) -> Iterator[Line]:
        round_ = f"tour {election.round}" if election.round is not None else None
        if head := ", ".join(filter(None, (election.office, round_))):
            yield [f"Élection : {head}"]
        for candidate in election.candidates:
            votes = f" : {candidate.votes} voix" if candidate.votes is not None else ""
            yield [self._person(candidate.person), votes]
        if election.elected:
            yield ["Élus : ", *self._people(election.elected)]

    def _event(self, event: Event) -> Line:
        line: Line = [EVENTS[event.kind]]
        if event.person:
            line += [" : ", self._person(event.person)]
        if event.time:
            line += [", ", self._time(event.time)]
        return [*line, f" (après le point {event.after_item})" if event.after_item else ""]

    def _adjournment(self) -> list[Element]:
        end = self.record.meeting.end_time
        return [E.adjournment(E.p("Fin de la séance : ", self._time(end)), eId="adjournment_1")] if end else []

    def _time(self, time: str) -> Element:
        return E.recordedTime(time, time=f"{self.record.meeting.date}T{time}:00")


def _section(name: str, heading: str, lines: Iterable[Line]) -> list[Element]:
    """A section of lines, none where there is no line."""
    paragraphs = [E.p(*line) for line in lines]
    return [E.debateSection(E.heading(heading), *paragraphs, name=name, eId=f"{name}_1")] if paragraphs else []


def _listed(lines: Iterable[Line]) -> Line:
    """Lines in one, commas between them."""
    return [part for index, line in enumerate(lines) for part in ([", "] if index else []) + line]


def _day(iso: str | None) -> Element:
    return E.docDate(french_date(iso or "") or "", date=iso or "")


def _numbered(number: str | None, title: str) -> str:
    return f"{number}. {title}" if number else title


def _approval(approval: Approval) -> Line:
    day = french_date(approval.meeting_date or "")
    return [f"Procès-verbal{f' du {day}' if day else ''} : {_decided(approval.outcome, approval.manner)}"]


def _decided(outcome: str | None, manner: str | None) -> str:
    words = (OUTCOMES.get(outcome or ""), MANNERS.get(manner or ""))
    return " ".join(filter(None, words)) or "sans résultat connu"
