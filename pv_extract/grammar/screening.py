"""Which of many rules may read a text, told in one pass over its letters."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pv_extract.grammar.literals import Need, haystack

START = 3  # letters by which the strings that rules need are looked up


@dataclass(frozen=True, slots=True)
class Passing:
    """The keys that a screen lets pass: those that need nothing, the same for all texts, and those of one text.

    ``kinds_always`` and ``kinds`` are the kinds of both, each once.
    """

    always: frozenset[str]
    here: tuple[str, ...]
    kinds_always: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()

    def __contains__(self, key: object) -> bool:
        return key in self.always or key in self.here

    def promises(self, kind: str) -> bool:
        """Whether a key of a kind passes."""
        return kind in self.kinds_always or kind in self.kinds


NOTHING_PASSES = Passing(frozenset(), ())


class Screen:
    """Lets those keys pass, all of whose needs a text meets; each need goes by its number, each key has its kind."""

    def __init__(self, needs: Mapping[str, tuple[Need, ...]], kinds: Mapping[str, str] | None = None) -> None:
        self.kinds = kinds or dict.fromkeys(needs, "")
        numbers = {need: at for at, need in enumerate(dict.fromkeys(need for own in needs.values() for need in own))}
        self.without_needs = frozenset(key for key, own in needs.items() if not own)
        self.kinds_always = frozenset(map(self.kinds.__getitem__, self.without_needs))
        self.keys: dict[int, list[tuple[str, frozenset[int]]]] = {at: [] for at in numbers.values()}
        for key, own in needs.items():
            for need in own[:1]:
                self.keys[numbers[need]].append((key, frozenset(map(numbers.__getitem__, own))))
        met_by: dict[str, set[int]] = defaultdict(set)
        for need, at in numbers.items():
            for string in need:
                met_by[string].add(at)
        self.short = [(string, met) for string, met in met_by.items() if len(string) < START]
        self.by_start: dict[str, list[tuple[str, set[int]]]] = defaultdict(list)
        for string, met in met_by.items():
            self.by_start[string[:START]].append((string, met))
        self.starts = frozenset(self.by_start)

    def passing(self, folded: str) -> Passing:
        """The keys whose needs a folded text meets."""
        met = self.met(haystack(folded))
        here = tuple(key for at in met for key, own in self.keys[at] if own <= met)
        kinds = tuple(set(map(self.kinds.__getitem__, here)))
        return Passing(self.without_needs, here, self.kinds_always, kinds)

    def met(self, text: str) -> set[int]:
        """The needs that a text meets."""
        starts = {text[at : at + START] for at in range(len(text) - START + 1)}
        met: set[int] = set()
        for likely in (self.short, *map(self.by_start.__getitem__, starts & self.starts)):
            for string, needs in likely:
                if string in text:
                    met |= needs
        return met
