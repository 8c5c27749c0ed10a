"""What was lost or made up in fictional minutes, gathered by what the facts and the documents have in common."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from scripts.scoring import Fact, miss

CAUSES = {
    "members": ("shape",),
    "status": ("shape",),
    "groups": ("shape",),
    "weights": ("body",),
    "proxies": ("shape", "proxies"),
    "stated counts": ("counts",),
    "agenda": ("agenda",),
    "approvals": ("approval",),
    "deliberations": ("numbering",),
    "deliberation numbers": ("numbering",),
    "outcomes": ("vote", "split"),
    "vote counts": ("vote", "split"),
    "named votes": ("split",),
    "amounts": ("era",),
    "events": ("era",),
    "meeting": ("opening",),
}
EXAMPLES = 4


class Read(Protocol):
    """A document that was read: its name, what was drawn for it, its text, its facts."""

    name: str
    plan: dict[str, str]
    text: str
    facts: list[Fact]


class Cluster(NamedTuple):
    """Facts of one group lost in one way in documents of one make."""

    group: str
    what: str
    way: str
    cause: str


def cluster_of(fact: Fact, plan: dict[str, str]) -> Cluster:
    """Where a fact that is not right belongs."""
    way = "invented" if fact.invented else "missing" if fact.found is None else "wrong"
    cause = ", ".join(f"{key} {plan.get(key, '?')!r}" for key in CAUSES.get(fact.group, ()))
    what = fact.label.split(" of ")[0].split(" in '")[0]
    return Cluster(fact.group, "member" if what.startswith("member") else what, way, cause)


def clustered(readings: Sequence[Any]) -> str:
    """A page of clusters, the largest first, each with some examples and the lines where they stand."""
    found: dict[Cluster, list[tuple[Read, Fact]]] = defaultdict(list)
    for reading in readings:
        for fact in reading.facts:
            if not fact.right:
                found[cluster_of(fact, reading.plan)].append((reading, fact))
    lines = ["# Misses in generated minutes, by cluster", ""]
    for cluster, cases in sorted(found.items(), key=lambda entry: -len(entry[1])):
        lines += [f"## {len(cases)} × {cluster.group}: {cluster.what} {cluster.way} ({cluster.cause})", ""]
        for reading, fact in one_per_document(cases):
            lines += [f"- `{reading.name}` {miss(fact)}", "", *snippet(reading.text, fact), ""]
    return "\n".join(lines)


def one_per_document(cases: list[tuple[Read, Fact]]) -> list[tuple[Read, Fact]]:
    """Some of the cases, each of another document."""
    by_name: dict[str, tuple[Read, Fact]] = {}
    for reading, fact in cases:
        by_name.setdefault(reading.name, (reading, fact))
    return list(by_name.values())[:EXAMPLES]


def snippet(text: str, fact: Fact) -> list[str]:
    """The lines round the place where the fact is printed, as far as it can be told from its words."""
    lines = text.split("\n")
    needle = needle_of(fact)
    places = [i for i, line in enumerate(lines) if needle and needle.lower() in line.lower()]
    if not places:
        return []
    at, reach = (places[-1], 14) if fact.deliberation is not None else (places[0], 4)
    return ["  ```", *(f"  {line}" for line in lines[max(0, at - 2) : at + reach]), "  ```"]


def needle_of(fact: Fact) -> str:
    """A word that the fact is printed with."""
    for mark in (" of '", ' of "', " in '", ' in "'):
        if mark in fact.label:
            return fact.label.split(mark)[1].strip("'\"")[:30]
    value = fact.expected if fact.expected is not None else fact.found
    if fact.group in ("deliberations", "agenda"):
        return str(value)[:30]
    words = " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
    return words.split()[-1] if fact.group in ("members", "meeting", "events") and words else fact.label.split()[-1]
