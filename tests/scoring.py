"""How right a record is: its facts beside those of an expected record, which may leave keys out."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

HONORIFICS = {"m", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "dr", "me"}
VOTE = ("outcome", "manner", "for", "against", "abstentions", "not_participating", "voting")
VOTERS = ("for_names", "against_names", "abstention_names", "not_participating_names")
MEETING = ("document_kind", "date", "start_time", "end_time", "convocation_date", "mode")


class Figures(NamedTuple):
    """Precision and F1, and the facts that are missing, wrong or made up."""

    precision: float
    f1: float
    misses: list[str]


def folded(text: str) -> str:
    """Lower-case letters and digits, accents gone."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
    kept = "".join(c for c in plain.lower() if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def who(person: dict[str, Any] | None) -> str | None:
    """A name whatever its order, accents, case and honorific."""
    if not person:
        return None
    return " ".join(sorted(set(folded(person["name"]).split()) - HONORIFICS))


def facts(record: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every fact as (path, value); a list's elements are told apart by what they say, not by their place."""
    meeting = record.get("meeting", {})
    for key in MEETING:
        if key in meeting:
            yield ("meeting", key), meeting[key]
    for key in ("organization", "body"):
        if key in meeting:
            yield ("meeting", key, "kind"), meeting[key].get("kind")
            yield ("meeting", key, "name"), folded(meeting[key].get("name") or "") or None
    if "chair" in meeting:
        yield ("meeting", "chair"), who(meeting["chair"])
    yield from listed("secretaries", meeting, lambda person: (who(person), ()))
    attendance = record.get("attendance", {})
    yield from listed("members", attendance, lambda member: (who(member), member_facts(member)))
    for key, value in attendance.get("stated", {}).items():
        yield ("stated", key), value
    for key in ("agenda", "approvals", "events", "upcoming"):
        yield from listed(key, record, LISTS[key])
    yield from listed("deliberations", record, lambda d: (folded(d["title"]), deliberation_facts(d)))


LISTS = {
    "agenda": lambda item: (folded(item["title"]), ()),
    "approvals": lambda item: (item["meeting_date"], [("outcome", item.get("outcome"))]),
    "events": lambda item: (f"{item['kind']} {who(item.get('person'))}", [("time", item.get("time"))]),
    "upcoming": lambda item: (item.get("date"), [("items", len(item.get("items", ())))]),
}


def listed(key: str, holder: dict[str, Any], read: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The facts of a list: that it is known, each element, and what is said of it."""
    if key not in holder:
        return
    yield (key,), None
    seen: dict[str, int] = {}
    for element in holder[key]:
        label, inner = read(element)
        seen[label] = seen.get(label, 0) + 1
        label = f"{label} #{seen[label]}"
        yield (key, label), True
        for name, value in inner:
            yield (key, label, name), value


def member_facts(member: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Status, weight, group and proxy of a member, as far as they are told."""
    for key in ("status", "votes", "group"):
        if key in member:
            yield key, member[key]
    if "proxy_to" in member or member.get("status") == "represented":
        yield "proxy_to", who(member.get("proxy_to"))


def deliberation_facts(deliberation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Number, vote and sums of a deliberation, as far as they are told."""
    for key in ("number", "reference"):
        if key in deliberation:
            yield key, deliberation[key]
    vote = deliberation.get("vote", {})
    for key in VOTE:
        if key in vote:
            yield key, vote[key]
    for key in VOTERS:
        if key in vote:
            yield key, " + ".join(sorted(who(person) or "" for person in vote[key])) or None
    if "amounts" in deliberation:
        yield "amounts", " + ".join(sorted(str(float(a["value"])) for a in deliberation["amounts"])) or None


def score(expected: dict[str, Any], found: dict[str, Any]) -> Figures:
    """Compare a record with the expected one, only in what the latter tells."""
    gold = dict(facts(expected))
    told = {path: value for path, value in gold.items() if value is not None}
    read = {
        path: value
        for path, value in facts(found)
        if value is not None and (path in gold or (len(path) == 2 and path[:1] in gold))
    }
    right = sum(1 for path, value in told.items() if read.get(path) == value)
    misses = [
        f"{'/'.join(path)}: expected {told.get(path)!r}, found {read.get(path)!r}"
        for path in sorted({*told, *read})
        if told.get(path) != read.get(path)
    ]
    return Figures(right / max(1, len(read)), 2 * right / max(1, len(told) + len(read)), misses)
