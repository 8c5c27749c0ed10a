"""The words of French: which forms exist, what parts of speech they may be, how frequent they are.

The forms are those of the dictionary « classique » of Grammalecte (MPL-2.0), the frequencies those of wordfreq
(CC BY-SA 4.0); ``scripts/build_lexicon.py`` writes both. They are read once, when first asked for.
"""

import gzip
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources

RARE = 5  # the frequency class of a form of the dictionary that was never counted


def _fold_table() -> dict[int, str]:
    accented = map(chr, (*range(0xC0, 0x180), 0x1E7))
    bases = {ord(char): unicodedata.normalize("NFD", char)[0] for char in accented}
    return {code: base for code, base in bases.items() if base.isascii()} | {0x153: "oe", 0x152: "OE", 0xE6: "ae"}


UNACCENTED = _fold_table()


def skeleton(word: str) -> str:
    """The word without accents, its ligatures opened.

    >>> skeleton("œuvré")
    'oeuvre'
    """
    return word.translate(UNACCENTED)


@dataclass(frozen=True)
class Lexicon:
    """The forms with their parts of speech, and the frequencies in tenths of the Zipf scale (10 to 80).

    Parts of speech are letters: I infinitive, P past participle, R present participle, 1 2 3 finite verb, N noun,
    J adjective, W adverb, O other, C name; of nouns, adjectives and participles also m f (gender), s p (number).
    """

    parts: Mapping[str, str]
    frequencies: Mapping[str, int]
    accented: Mapping[str, tuple[str, ...]] = field(repr=False)

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """All forms without their accents."""
        return frozenset(self.accented).union(self.parts)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The accented words outside the dictionary that are more frequent than their form without accents."""
        found: dict[str, tuple[str, ...]] = {}
        for word in self.frequencies:
            bare = skeleton(word)
            accented = bare != word and len(bare) == len(word) and word not in self.parts
            if accented and self.frequency(word) > self.frequency(bare):
                found[bare] = (*found.get(bare, ()), word)
        return found

    @cached_property
    def proper(self) -> Mapping[str, tuple[str, ...]]:
        """The accented names of the dictionary, in lower case, by their form without accents."""
        found: dict[str, tuple[str, ...]] = {}
        for word in self.parts:
            if word[0].isupper() and not word.isascii() and len(skeleton(word)) == len(word):
                bare = skeleton(word).lower()
                found[bare] = (*found.get(bare, ()), word.lower())
        return found

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a lower-case form, be it as a name."""
        return word in self.parts or word.capitalize() in self.parts

    def frequency(self, word: str) -> int:
        """The frequency class of a form in lower case, ``RARE`` where it was never counted."""
        return self.frequencies.get(word, RARE)

    def variants(self, word: str) -> tuple[str, ...]:
        """The forms of the dictionary that differ from a lower-case word in accents at most."""
        bare = skeleton(word)
        others = self.accented.get(bare, ())
        return (bare, *others) if bare in self.parts else others


def _lists(name: str) -> Iterator[list[str]]:
    packed = resources.files("pv_extract.repair").joinpath("data", name).read_bytes()
    return (line.split(" ") for line in gzip.decompress(packed).decode().split("\n"))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read when first asked for."""
    parts: dict[str, str] = {}
    for label, *words in _lists("forms.gz"):
        parts.update(dict.fromkeys(words, label))
    frequencies: dict[str, int] = {}
    for label, *words in _lists("frequencies.gz"):
        frequencies.update(dict.fromkeys(words, int(label)))
    accented: dict[str, tuple[str, ...]] = {}
    for word in parts:
        if not word.isascii() and word.islower():
            bare = skeleton(word)
            accented[bare] = (*accented.get(bare, ()), word)
    return Lexicon(parts, frequencies, accented)
