"""How right a record is: its facts beside those of an annotated record, which may leave keys out.

Facts are cut, paired and compared as the reference scorer does, so that the figures agree; beyond it each fact knows
the JSON Pointer of the value found, and the deliberation that it belongs to.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from scripts.likeness import exact, name_of, same_label, same_name, same_number, same_text, same_title, same_value

Same = Callable[[Any, Any], bool]
STATED = (
    "in_office",
    "present",
    "represented",
    "present_or_represented",
    "voting",
    "excused",
    "absent",
    "quorum",
    "votes",
)
COUNTS = ("for", "against", "abstentions", "not_participating")
VOTERS = ("for_names", "against_names", "abstention_names", "not_participating_names")
VOTE_GROUPS = ("deliberations", "outcomes", "vote counts", "named votes")
MEETING: dict[str, Same] = {
    **dict.fromkeys(("document_kind", "date", "start_time", "end_time", "convocation_date", "mode"), same_value),
    **dict.fromkeys(("place", "title"), same_text),
}


class Fact(NamedTuple):
    """One thing that either record tells: expected or found may be null; pointer leads to the value found."""

    group: str
    label: str
    expected: Any
    found: Any
    right: bool
    pointer: str | None = None
    deliberation: int | None = None

    @property
    def invented(self) -> bool:
        """Whether it was found though the annotated record knows that there is nothing."""
        return self.found is not None and self.expected is None


class Figures(NamedTuple):
    """Precision, recall, F1, and how many facts were expected, found, right, invented."""

    precision: float
    recall: float
    f1: float
    expected: int
    found: int
    right: int
    invented: int


def figures(facts: Iterable[Fact]) -> Figures:
    """The figures over some facts, of one document or of many."""
    facts = list(facts)
    expected = sum(f.expected is not None for f in facts)
    found = sum(f.found is not None for f in facts)
    right = sum(f.right for f in facts)
    precision = right / found if found else float(expected == 0)
    recall = right / expected if expected else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(precision, recall, f1, expected, found, right, sum(f.invented for f in facts))


class Share(NamedTuple):
    """So many of so many."""

    right: int
    all: int

    def __str__(self) -> str:
        return f"{self.right} of {self.all} ({self.right / self.all:.3f})" if self.all else "none"


def without_error(documents: Iterable[list[Fact]]) -> Share:
    """The records that have no error at all, nothing missing and nothing made up."""
    perfect = [all(fact.right for fact in facts) for facts in documents]
    return Share(sum(perfect), len(perfect))


def complete_votes(documents: Iterable[list[Fact]]) -> Share:
    """The annotated votes whose title, outcome, printed counts and named voters are all right, nothing added."""
    votes = [vote for facts in documents for vote in votes_of(facts)]
    return Share(sum(all(fact.right for fact in vote) for vote in votes), len(votes))


def votes_of(facts: list[Fact]) -> Iterator[list[Fact]]:
    """The facts of each annotated vote of a document: title, outcome, counts, voters."""
    votes: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.deliberation is not None and fact.group in VOTE_GROUPS and not fact.label.startswith("manner of"):
            votes.setdefault(fact.deliberation, []).append(fact)
    yield from (vote for vote in votes.values() if vote[0].expected is not None)


def miss(fact: Fact) -> str:
    """A fact that is not right, in a line."""
    return f"{fact.label}: expected {fact.expected!r}, found {fact.found!r}"


def told(group: str, label: str, expected: Any, found: Any, same: Same, pointer: str | None = None) -> Iterator[Fact]:
    """The fact that two values make; none where both are null."""
    if expected is not None or found is not None:
        right = expected is not None and found is not None and same(expected, found)
        yield Fact(group, label, expected, found, right, pointer if found is not None else None)


def paired(expected: list[Any], found: list[Any], same: Same) -> Iterator[tuple[Any, int | None]]:
    """Each expected element with the place of the found one that matches it, exact matches first; then the others."""
    left, hits = list(range(len(found))), dict[int, int]()
    for test in (lambda a, b: exact(a, b) and same(a, b), same):
        for i, element in enumerate(expected):
            at = next((j for j in left if i not in hits and test(element, found[j])), None)
            if at is not None:
                hits[i] = at
                left.remove(at)
    yield from ((element, hits.get(i)) for i, element in enumerate(expected))
    yield from ((None, at) for at in left)


def compare(expected: dict[str, Any], found: dict[str, Any]) -> list[Fact]:
    """All the facts of a document."""
    facts = [*meeting(expected, found), *members(expected, found), *stated(expected, found), *lists(expected, found)]
    return [*facts, *deliberations(expected, found), *events(expected, found)]


def meeting(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """The facts of the head."""
    gold, read = expected.get("meeting", {}), found.get("meeting") or {}
    for key, same in MEETING.items():
        if key in gold:
            yield from told("meeting", f"meeting.{key}", gold[key], read.get(key), same, f"/meeting/{key}")
    for key in ("organization", "body"):
        for part, same in (("name", same_label), ("kind", same_value)):
            if part in (gold.get(key) or {}):
                value = (read.get(key) or {}).get(part)
                yield from told(
                    "meeting", f"meeting.{key}.{part}", gold[key][part], value, same, f"/meeting/{key}/{part}"
                )
    if "chair" in gold:
        chairs = name_of(gold["chair"]), name_of(read.get("chair"))
        yield from told("meeting", "meeting.chair", *chairs, same_name, "/meeting/chair")
    if "secretaries" in gold:
        yield from named(
            "meeting", "meeting.secretaries", gold["secretaries"], read.get("secretaries"), "/meeting/secretaries"
        )


def named(group: str, label: str, expected: Any, found: Any, pointer: str) -> Iterator[Fact]:
    """A fact for each person of a list."""
    gold, read = [n for n in map(name_of, expected or []) if n], [name_of(p) for p in found or []]
    for name, at in paired(gold, read, same_name):
        yield from told(group, label, name, None if at is None else read[at], same_name, f"{pointer}/{at}")


def members(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """Who is a member, how they took part, for whom they hold a proxy."""
    attendance = expected.get("attendance", {})
    if "members" not in attendance:
        return
    read = (found.get("attendance") or {}).get("members") or []
    for gold, at in paired(attendance["members"], read, lambda a, b: same_name(a["name"], b["name"])):
        pointer = f"/attendance/members/{at}"
        member = {} if at is None else read[at]
        who = (gold or member)["name"]
        yield from told(
            "members", f"member {who}", gold and gold["name"], member.get("name"), same_name, f"{pointer}/name"
        )
        if gold is not None:
            yield from member_facts(gold, member, pointer)


def member_facts(gold: dict[str, Any], member: dict[str, Any], pointer: str) -> Iterator[Fact]:
    """What is told of one member."""
    who = gold["name"]
    if "status" in gold:
        yield from told(
            "status", f"status of {who}", gold["status"], member.get("status"), same_value, f"{pointer}/status"
        )
    holders = name_of(gold.get("proxy_to")), name_of(member.get("proxy_to"))
    if "proxy_to" in gold or holders[1]:
        yield from told("proxies", f"proxy of {who}", *holders, same_name, f"{pointer}/proxy_to")
    if "votes" in gold:
        yield from told(
            "weights", f"votes of {who}", gold["votes"], member.get("votes"), same_number, f"{pointer}/votes"
        )
    if "group" in gold:
        yield from told("groups", f"group of {who}", gold["group"], member.get("group"), same_text, f"{pointer}/group")


def stated(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """The counts that are printed."""
    gold, read = expected.get("attendance", {}), found.get("attendance") or {}
    for key in STATED:
        if key in gold.get("stated", {}):
            value = (read.get("stated") or {}).get(key)
            pointer = f"/attendance/stated/{key}"
            yield from told("stated counts", f"stated.{key}", gold["stated"][key], value, same_number, pointer)
    if "reached" in gold.get("quorum", {}):
        values = gold["quorum"]["reached"], (read.get("quorum") or {}).get("reached")
        yield from told("stated counts", "quorum.reached", *values, same_value, "/attendance/quorum/reached")


def lists(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """Agenda, agenda of another meeting, approvals."""
    if "agenda" in expected:
        yield from titled("agenda item", expected["agenda"], found.get("agenda") or [], "/agenda")
    if "upcoming" in expected:
        yield from upcoming(expected["upcoming"], found.get("upcoming") or [])
    if "approvals" in expected:
        yield from approvals(expected["approvals"], found.get("approvals") or [])


def titled(label: str, expected: list[Any], found: list[Any], pointer: str) -> Iterator[Fact]:
    """A fact for each item of an agenda."""
    for gold, at in paired(expected, found, lambda a, b: same_title(a["title"], b["title"])):
        title = None if at is None else found[at]["title"]
        yield from told("agenda", label, gold and gold["title"], title, same_title, f"{pointer}/{at}")


def upcoming(expected: list[Any], found: list[Any]) -> Iterator[Fact]:
    """Meetings whose agenda was examined at this one."""
    for gold, at in paired(expected, found, lambda a, b: same_value(a.get("date"), b.get("date"))):
        read = {} if at is None else found[at]
        gold = gold or {}
        yield from told("agenda", "upcoming.date", gold.get("date"), read.get("date"), same_value, f"/upcoming/{at}")
        yield from titled("upcoming item", gold.get("items", []), read.get("items") or [], f"/upcoming/{at}/items")


def approvals(expected: list[Any], found: list[Any]) -> Iterator[Fact]:
    """Earlier minutes put to approval."""
    for gold, at in paired(expected, found, lambda a, b: same_value(a.get("meeting_date"), b.get("meeting_date"))):
        read = {} if at is None else found[at]
        dates = gold and gold.get("meeting_date"), read.get("meeting_date")
        yield from told("approvals", "approval", *dates, same_value, f"/approvals/{at}")
        if gold and "outcome" in gold:
            outcomes = gold["outcome"], read.get("outcome")
            yield from told("approvals", "approval.outcome", *outcomes, same_value, f"/approvals/{at}/outcome")


def deliberations(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """What was decided, and how; each fact tells the place of its deliberation among the expected ones."""
    if "deliberations" not in expected:
        return
    read = found.get("deliberations") or []
    for number, (gold, at) in enumerate(paired(expected["deliberations"], read, same_deliberation)):
        decision = {} if at is None else read[at]
        pointer = f"/deliberations/{at}"
        titles = gold and gold["title"], (decision and (decision.get("title") or "(untitled)")) or None
        facts = [*told("deliberations", "deliberation", *titles, same_title, f"{pointer}/title")]
        if gold is not None:
            facts += decision_facts(gold, decision, pointer)
        yield from (fact._replace(deliberation=number) for fact in facts)


def same_deliberation(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two deliberations bear the same title."""
    return same_title(a["title"], b.get("title") or "")


def decision_facts(gold: dict[str, Any], read: dict[str, Any], pointer: str) -> Iterator[Fact]:
    """Number, vote, voters and sums of a deliberation."""
    title = gold["title"]
    if "number" in gold:
        numbers = gold["number"], read.get("number")
        yield from told("deliberation numbers", f"number of {title!r}", *numbers, same_value, f"{pointer}/number")
    votes = gold.get("vote", {}), read.get("vote") or {}
    for group, keys, same in (("outcomes", ("outcome", "manner"), same_value), ("vote counts", COUNTS, same_number)):
        for key in keys:
            if key in votes[0]:
                values = votes[0][key], votes[1].get(key)
                yield from told(group, f"{key} of {title!r}", *values, same, f"{pointer}/vote/{key}")
    for key in VOTERS:
        if key in votes[0]:
            where = f"{pointer}/vote/{key}"
            yield from named("named votes", f"{key} of {title!r}", votes[0][key], votes[1].get(key), where)
    if "amounts" in gold:
        yield from amounts(title, gold["amounts"], read.get("amounts") or [], f"{pointer}/amounts")


def amounts(title: str, expected: list[Any], found: list[Any], pointer: str) -> Iterator[Fact]:
    """The sums of a deliberation, each as often as it is printed."""
    gold, read = [a.get("value") for a in expected], [a.get("value") for a in found]
    for value, at in paired(gold, read, same_number):
        other = None if at is None else read[at]
        yield from told("amounts", f"amount in {title!r}", value, other, same_number, f"{pointer}/{at}")


def events(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Fact]:
    """Arrivals, departures, changes of chair."""
    if "events" not in expected:
        return
    gold, read = ([moved(e) for e in record.get("events") or []] for record in (expected, found))
    for event, at in paired(gold, read, same_event):
        yield from told("events", "event", event, None if at is None else read[at], same_event, f"/events/{at}")


def moved(event: dict[str, Any]) -> tuple[Any, Any]:
    """What an event is known by."""
    return event.get("kind"), name_of(event.get("person")) or ""


def same_event(a: tuple[Any, Any], b: tuple[Any, Any]) -> bool:
    """Whether the same person did the same."""
    return bool(a[0] == b[0]) and same_name(a[1], b[1])
