"""Which of many rules may read a text, told in one pass over its letters."""

from collections import defaultdict
from collections.abc import Mapping

from pv_extract.literals import Need, haystack

START = 3  # letters by which the strings that rules need are looked up


class Screen:
    """Lets those keys pass, all of whose needs a text meets."""

    def __init__(self, needs: Mapping[str, tuple[Need, ...]]) -> None:
        self.without_needs = frozenset(key for key, own in needs.items() if not own)
        self.keys: dict[Need, list[tuple[str, frozenset[Need]]]] = defaultdict(list)
        self.met_by: dict[str, set[Need]] = defaultdict(set)
        for key, own in needs.items():
            for need in own[:1]:
                self.keys[need].append((key, frozenset(own)))
            for need in own:
                for string in need:
                    self.met_by[string].add(need)
        self.by_start: dict[str, list[str]] = defaultdict(list)
        for string in self.met_by:
            self.by_start[string[:START]].append(string)
        self.short = [string for string in self.met_by if len(string) < START]

    def passing(self, folded: str) -> frozenset[str]:
        """The keys whose needs a folded text meets."""
        text = haystack(folded)
        starts = {text[at : at + START] for at in range(len(text) - START + 1)}
        likely = [string for start in starts & self.by_start.keys() for string in self.by_start[start]]
        met = {need for string in (*likely, *self.short) if string in text for need in self.met_by[string]}
        return self.without_needs.union(key for need in met for key, own in self.keys.get(need, ()) if own <= met)
