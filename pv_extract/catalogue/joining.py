"""Who is who across meetings: spellings joined by score, where nothing speaks against it.

A spelling is a written name over a stretch of time. Two spellings that stand on one roll are two people; two that
differ by the order of words, accents, an initial or a slip of the OCR are one, or are left to a person to decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from rapidfuzz import fuzz, process

from pv_extract.catalogue.resemblance import FAMILY_ONLY, NEAR, is_title, resemblance
from pv_extract.members.names import read_name, tokens_of

JOINED = 92.0
"""Spellings of this score (0 to 100) are one person."""
DOUBTFUL = 75.0
"""Spellings of this score are listed for somebody to decide."""
SPOILT = 70.0
"""Given names of this score (0 to 100), beside one family name, may be one that OCR spoilt, where one is rare."""
RARE = 0.2
"""A spelling seen so seldom beside another is more likely a slip than another person."""
SLIP_IS_RARE = 10.0
"""What it adds to the score that one of two spellings is rare."""
SLIPS = str.maketrans("01589", "olsbg")
"""Digits that OCR puts for letters."""


@dataclass(frozen=True)
class Spelling:
    """A name as written in some meetings: first and last date, and the rolls (meetings) on which it stands."""

    name: str
    first: str | None
    last: str | None
    meetings: frozenset[int]
    rolls: frozenset[int]
    honorific: str | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name, digits taken for the letters they look like."""
        return tokens_of("".join(c.translate(SLIPS) if c.isdigit() else c for c in self.name))

    @cached_property
    def family(self) -> tuple[str, ...]:
        """The folded words of the family name, none where capitals do not tell it."""
        return tokens_of(read_name(self.name).family or "")


@dataclass(frozen=True, order=True)
class Doubt:
    """Two spellings of one organization that may be one person; ``same`` is what somebody decided.

    Without ``organization``: two folded names that may be those of one organization.
    """

    organization: str
    names: tuple[str, str]
    score: float = field(compare=False)
    why: str = field(compare=False)
    same: bool | None = field(compare=False, default=None)
    note: str = field(compare=False, default="")


@dataclass
class Groups:
    """Spellings in groups, one group a person; no group holds two that were told apart."""

    spellings: list[Spelling]
    apart: set[frozenset[int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.of = list(range(len(self.spellings)))
        self.members = {index: [index] for index in self.of}

    def may_join(self, a: int, b: int) -> bool:
        """Whether nothing speaks against two spellings being one person."""
        pairs = ((i, j) for i in self.members[self.of[a]] for j in self.members[self.of[b]])
        return not any(
            frozenset((i, j)) in self.apart or self.spellings[i].rolls & self.spellings[j].rolls for i, j in pairs
        )

    def surest(self, pair: tuple[float, int, int, str]) -> tuple[float, int, int, int]:
        """A key that sorts the surest pairs first, of equal ones those of which both are often seen."""
        score, a, b, _ = pair
        return -score, -min(len(self.spellings[a].meetings), len(self.spellings[b].meetings)), a, b

    def join(self, a: int, b: int) -> None:
        """Make two spellings one person."""
        kept, gone = sorted((self.of[a], self.of[b]))
        if kept != gone:
            for index in self.members[gone]:
                self.of[index] = kept
            self.members[kept] += self.members.pop(gone)


def join(organization: str, spellings: list[Spelling], decided: Iterable[Doubt]) -> tuple[Groups, list[Doubt]]:
    """The people behind the spellings of one organization, and the joins that are in doubt.

    What somebody decided comes first, then the surest joins; the result does not depend on the spellings' order.
    """
    groups = Groups(sorted(spellings, key=lambda s: (s.name, s.first or "")))
    known = {doubt.names: doubt for doubt in decided if doubt.same is not None}
    _obey(groups, known.values())
    doubts = []
    for score, a, b, why in sorted(compared(groups.spellings), key=groups.surest):
        names = _names(groups, a, b)
        if groups.of[a] == groups.of[b] or names in known or not groups.may_join(a, b):
            continue
        if score >= JOINED:
            groups.join(a, b)
        else:
            doubts.append((a, b, Doubt(organization, names, score, why)))
    return groups, list(_telling(groups, [(a, b, doubt) for a, b, doubt in doubts if groups.may_join(a, b)]))


def _obey(groups: Groups, decided: Iterable[Doubt]) -> None:
    """Join what somebody says is one person, and keep apart what they say are two."""
    indices = defaultdict(list)
    for index, spelling in enumerate(groups.spellings):
        indices[spelling.name].append(index)
    for doubt in decided:
        for a, b in _pairs(indices[doubt.names[0]], indices[doubt.names[1]]):
            if doubt.same:
                groups.join(a, b)
            else:
                groups.apart.add(frozenset((a, b)))


def _telling(groups: Groups, doubts: list[tuple[int, int, Doubt]]) -> Iterator[Doubt]:
    """Of the doubts about two people the surest; none about two that both may be a far more frequent third."""
    sizes = {group: sum(len(groups.spellings[i].meetings) for i in inner) for group, inner in groups.members.items()}
    found: dict[tuple[int, int], Doubt] = {}
    near: dict[int, set[int]] = defaultdict(set)
    for a, b, doubt in doubts:
        first, second = sorted((groups.of[a], groups.of[b]))
        if first != second and (first, second) not in found:
            found[first, second] = doubt
            near[first].add(second)
            near[second].add(first)
    for (first, second), doubt in found.items():
        most = max((sizes[group] for group in near[first] & near[second]), default=0)
        if max(sizes[first], sizes[second]) > RARE * most:
            yield doubt


def _names(groups: Groups, a: int, b: int) -> tuple[str, str]:
    first, second = sorted((groups.spellings[a].name, groups.spellings[b].name))
    return first, second


def _pairs(some: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
    if some == others:
        yield from combinations(some, 2)
    else:
        yield from ((a, b) for a in some for b in others)


def compared(spellings: list[Spelling]) -> Iterator[tuple[float, int, int, str]]:
    """The pairs of spellings that may be one person, each with its score and the reason."""
    words = [spelling.words for spelling in spellings]
    bearers = _bearers(words, spellings)
    for a, b in sorted(_near(words)):
        score, why = _weighed(spellings[a], spellings[b], bearers)
        if score >= DOUBTFUL:
            yield min(score, 100.0), a, b, why


def _weighed(a: Spelling, b: Spelling, bearers: Mapping[str, Counter[tuple[str, ...]]]) -> tuple[float, str]:
    """The score of two spellings and the reason, by their words, who else bears these, and their honorifics."""
    score, why = resemblance(a.words, b.words)
    short, long_ = sorted((a, b), key=lambda spelling: len("".join(spelling.words)))
    if why == "fewer words" and short.words == long_.family:
        score, why = FAMILY_ONLY
    if why in ("initial", "family name only"):
        word = max(short.words, key=len)
        if why == "family name only" and word not in long_.family:
            return 0.0, why
        score += 8 if _is_one_person(word, bearers[word]) else -5
    elif why == "slip" and _is_rare(a, b):
        score += SLIP_IS_RARE
    if a.honorific and b.honorific and a.honorific != b.honorific:
        score -= 12
    return (DOUBTFUL, "years apart") if why == "same words" and a.name == b.name else (score, why)


def _bearers(words: list[tuple[str, ...]], spellings: list[Spelling]) -> dict[str, Counter[tuple[str, ...]]]:
    """Each word with the names that hold it beside more than a title, and in how many meetings each does.

    The words of a name are sorted.
    """
    out: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for name, spelling in zip(words, spellings, strict=True):
        for word in name:
            if any(other != word and not is_title(other) for other in name):
                out[word][tuple(sorted(name))] += len(spelling.meetings)
    return out


def _is_one_person(word: str, bearers: Counter[tuple[str, ...]]) -> bool:
    """Whether all that bear a word in their name may be one: the most frequent form and what OCR makes of it."""
    if not bearers:
        return False
    most = min(bearers, key=lambda name: (-bearers[name], name))
    seldom = (name for name in bearers if bearers[name] <= RARE * bearers[most])
    spoilt = {name for name in seldom if fuzz.ratio(*_without(word, most, name)) >= SPOILT}
    return all(name in spoilt or resemblance(most, name)[0] >= DOUBTFUL for name in bearers)


def _without(word: str, *names: tuple[str, ...]) -> Iterator[str]:
    """What the names hold beside a word."""
    return ("".join(part for part in name if part != word) for name in names)


def _near(words: list[tuple[str, ...]]) -> set[tuple[int, int]]:
    """The pairs of names that share a word, or whose words, sorted, are nearly the same."""
    pairs: set[tuple[int, int]] = set()
    holders: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(words):
        for word in {word for word in name if len(word) > 1}:
            pairs.update((other, index) for other in holders[word])
            holders[word].append(index)
    texts = [" ".join(sorted(name)) for name in words]
    for index, text in enumerate(texts):
        found = process.extract(text, texts[:index], scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        pairs.update((other, index) for _, _, other in found)
    return pairs


def _is_rare(a: Spelling, b: Spelling) -> bool:
    few, many = sorted((len(a.meetings), len(b.meetings)))
    return few <= max(1, RARE * many) and many > 1
