"""Which organization each meeting is of: its spellings are joined where the same people sit on its rolls.

Names alone do not join: « Villers-le-Haut » and « Villers-le-Bas » are two. People alone do not either, since two
syndicates may have the same delegates. Both together do; one of them is left to a person to decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pv_extract.catalogue.joining import RARE, Doubt

UNKNOWN = ""
Name = tuple[str, ...]


class Sitting(NamedTuple):
    """A meeting: the folded name of its organization (empty: unknown), its kind of body, the names on its roll.

    Names are folded words in alphabetical order; one word alone is a family name.
    """

    meeting: str
    organization: str
    body: str | None
    roll: frozenset[Name]


class Share(NamedTuple):
    """How many names of a roll stand on the rolls of an organization, and which part (0 to 1) of it they are."""

    names: int
    part: float

    def reaches(self, names: int, part: float) -> bool:
        """Whether it is that much at least."""
        return self.names >= names and self.part >= part


SAME = (3, 0.5)
"""People in common that, with a name alike, make one organization: names, part of the roll."""
TELLING = (4, 0.7)
"""People in common that say whose a meeting is where no name speaks against it."""
AHEAD = 0.2
"""A meeting of an unknown organization is that of the one which shares so much more of its roll than the next."""
ALIKE, PART_ALIKE, DOUBTFUL = 80.0, 90.0, 90.0
"""Scores (0 to 100): of whole names, of a name inside a longer one; of names to be looked at where no roll helps."""
SHORTEST = 4
"""Letters: a shorter name is inside too many others."""


@dataclass
class Organizations:
    """The organizations of some meetings, the most frequent first; ``of`` says whose each meeting is."""

    sittings: list[Sitting]
    decided: dict[tuple[str, str], bool]
    doubts: list[Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.of = {sitting.meeting: sitting.organization for sitting in self.sittings}
        self.by_key: dict[str, list[Sitting]] = defaultdict(list)
        self.bearers: dict[Name, set[str]] = defaultdict(set)
        for sitting in self.sittings:
            self.by_key[sitting.organization].append(sitting)
            for name in sitting.roll if sitting.organization else ():
                for part in {name, *((word,) for word in name)}:
                    self.bearers[part].add(sitting.organization)
        self.unknown = self.by_key.pop(UNKNOWN, [])
        self.rank = {key: (-len(self.by_key[key]), key) for key in self.by_key}

    def settle(self) -> None:
        """Join spellings, then find whose the meetings of unknown organizations are."""
        joined: dict[str, str] = {}
        for key in sorted(self.by_key, key=self.rank.__getitem__, reverse=True):
            if target := self._one_with(key):
                joined[key] = target
        for sitting in self.sittings:
            while self.of[sitting.meeting] in joined:
                self.of[sitting.meeting] = joined[self.of[sitting.meeting]]
        for sitting in self.unknown:
            self.of[sitting.meeting] = self._owner(sitting, joined)

    def _one_with(self, key: str) -> str | None:
        """The more frequent organization of which this is a spelling, if any; what is in doubt is noted."""
        names = Counter(name for sitting in self.by_key[key] for name in sitting.roll)
        for other, share in self._shares(key, names):
            alike, decided = likeness(key, other), self.decided.get(pair(key, other))
            if alike and (decided or (decided is None and share.reaches(*SAME))):
                return other
            if not alike:
                self._weigh(key, other, decided)
            elif decided is None and len(names) < SAME[0] and alike >= DOUBTFUL:
                self._doubt(key, other, alike, "names alike")
                break
        return None

    def _shares(self, key: str, names: Counter[Name]) -> list[tuple[str, Share]]:
        """The more frequent organizations that share people, or are alike where too few names stand on the rolls."""
        found = Counter(other for name in names for other in self.bearers[name])
        met = Counter({o: sum(times for n, times in names.items() if o in self.bearers[n]) for o in found})
        few = self._alike(key) if len(names) < SAME[0] else ()
        decided = [other for pairs in self.decided if key in pairs for other in pairs if other in self.by_key]
        others = {other for other in (*found, *few, *decided) if self.rank[other] < self.rank[key]}
        shares = ((other, Share(found[other], met[other] / max(1, names.total()))) for other in others)
        return sorted(shares, key=lambda share: (-share[1].part, self.rank[share[0]]))

    def _alike(self, key: str) -> Iterator[str]:
        """The organizations whose name is nearly the same, or with which this one begins."""
        for other, _, _ in process.extract(
            key, list(self.by_key), scorer=fuzz.ratio, score_cutoff=DOUBTFUL, limit=None
        ):
            yield other
        words = key.split()
        yield from (" ".join(words[:end]) for end in range(1, len(words)) if " ".join(words[:end]) in self.by_key)

    def _weigh(self, key: str, other: str, decided: bool | None) -> None:
        """Meetings of another name with the people of an organization: in doubt, or as somebody decided."""
        alike = [s for s in self.by_key[key] if self._fits(s, other) and self._share(s, other).reaches(*TELLING)]
        if decided:
            self.of |= {sitting.meeting: other for sitting in alike}
        elif decided is None and alike and len(self.by_key[key]) < len(self.by_key[other]):
            self._doubt(key, other, 100 * max(self._share(s, other).part for s in alike), "same people")

    def _owner(self, sitting: Sitting, joined: dict[str, str]) -> str:
        """Whose a meeting of an unknown organization is, as its roll tells; one far less frequent is no rival."""
        best: dict[str, float] = {}
        for key in {key for name in sitting.roll if len(name) > 1 for key in self.bearers[name]}:
            share = self._share(sitting, key)
            if self._fits(sitting, key) and share.reaches(*SAME):
                while key in joined:
                    key = joined[key]
                best[key] = max(best.get(key, 0.0), share.part)
        if not best:
            return UNKNOWN
        first = min(best, key=lambda key: self.rank[key])
        rivals = [key for key in best if key != first and len(self.by_key[key]) > RARE * len(self.by_key[first])]
        return first if all(best[first] - best[key] >= AHEAD for key in rivals) else UNKNOWN

    def _share(self, sitting: Sitting, key: str) -> Share:
        """What a meeting shares with an organization, in full names: many towns have the same family names."""
        names = sum(key in self.bearers[name] for name in sitting.roll if len(name) > 1)
        return Share(names, names / max(1, len(sitting.roll)))

    def _fits(self, sitting: Sitting, key: str) -> bool:
        """Whether a meeting is of a kind of body that the organization has, as far as it says."""
        return sitting.body is None or any(other.body == sitting.body for other in self.by_key[key])

    def _doubt(self, key: str, other: str, score: float, why: str) -> None:
        self.doubts.append(Doubt("", pair(key, other), score, why))


def organizations(sittings: Iterable[Sitting], decided: Iterable[Doubt]) -> tuple[dict[str, str], list[Doubt]]:
    """The organization of each meeting (empty: unknown), and the joins of organizations that are in doubt."""
    known = {doubt.names: doubt.same for doubt in decided if not doubt.organization and doubt.same is not None}
    found = Organizations(sorted(sittings), known)
    found.settle()
    return found.of, sorted(found.doubts)


def pair(one: str, other: str) -> tuple[str, str]:
    """Two names in order."""
    first, second = sorted((one, other))
    return first, second


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, 0 (not enough to be one) to 100; one may stand inside the other.

    >>> likeness("saint orens", "sainto rcns") > 80, likeness("marvigny", "marvigny le sec conseil municipal")
    (True, 90.0)
    >>> likeness("marvigny", "belcastang")
    0.0
    """
    short, long_ = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    whole = fuzz.ratio(short, long_)
    if whole >= ALIKE:
        return whole
    inside = len(short) >= SHORTEST and fuzz.partial_ratio(short, long_) >= PART_ALIKE
    return PART_ALIKE if inside else 0.0
