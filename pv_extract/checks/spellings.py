"""The spellings of members' names over the meetings of one body, and which two are probably one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz.distance import OSA

from pv_extract.checks.meetings import Mark, Meeting, PersonKey, key_of

SHORT_WORD = 4  # letters under which a word that differs is another name: « Luc », « Léo »
LONG_WORD = 9  # letters from which on two may differ


@dataclass
class Spelling:
    """A spelling: its words, the file and the place where it first stands, the dates of all."""

    key: PersonKey
    meeting: Meeting
    mark: Mark
    dates: set[str] = field(default_factory=set)


def spellings_of(files: Iterable[tuple[str, Meeting]]) -> list[Spelling]:
    """Every spelling of a full name in some files, in their order."""
    known: dict[PersonKey, Spelling] = {}
    for date, meeting in files:
        for mark in meeting.names:
            key = key_of(mark.text)
            if len(key) > 1:
                known.setdefault(key, Spelling(key, meeting, mark)).dates.add(date)
    return list(known.values())


def pairs_of(spellings: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """The pairs that are probably one person, the rarer spelling first.

    The two never stand in the same minutes, and the rarer one stands between meetings that have the other.
    """
    for one, other in candidates(spellings):
        rare, common = sorted((one, other), key=lambda each: len(each.dates))
        inside = all(min(common.dates) < date < max(common.dates) for date in rare.dates)
        if len(rare.dates) < len(common.dates) and inside and rare.dates.isdisjoint(common.dates):
            yield rare, common


def candidates(spellings: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """The pairs that differ in a letter or two of one word; only names that share a word are compared."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, spelling in enumerate(spellings):
        for word in set(spelling.key):
            sharing[word].append(i)
    pairs = {pair for indexes in sharing.values() for pair in combinations(indexes, 2)}
    for i, j in sorted(pairs):
        if close(spellings[i].key, spellings[j].key):
            yield spellings[i], spellings[j]


def close(one: PersonKey, other: PersonKey) -> bool:
    """Whether two names differ in one word only, by a letter, by two in a long word.

    One word that begins the other makes two names: « Pascal » and « Pascale », « Martin » and « Martinez ».

    >>> close(key_of("Hélène MARCHANDOT"), key_of("Hélène MARCHENDOT"))
    True
    >>> close(key_of("Michel ROUX"), key_of("Michèle ROUX")), close(key_of("Luc ROUX"), key_of("Lou ROUX"))
    (False, False)
    """
    left, right = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    if len(one) != len(other) or len(left) != 1 or len(right) != 1:
        return False
    a, b = left[0], right[0]
    if min(len(a), len(b)) < SHORT_WORD or a.startswith(b) or b.startswith(a):
        return False
    return OSA.distance(a, b) <= (2 if min(len(a), len(b)) >= LONG_WORD else 1)
