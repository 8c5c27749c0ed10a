"""Writes the lexicon that `normalise` ships: the forms of French with their parts of speech, and how frequent they are.

python scripts/build_lexicon.py FR.dic FR.aff

The forms are those of the dictionary « classique » of Grammalecte (Debian `hunspell-fr-classical`; MPL-2.0), spelled
out; the frequencies those of wordfreq (CC BY-SA 4.0), which must be installed here, and only here.
"""

import argparse
import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex
from wordfreq import get_frequency_dict

DATA = Path(__file__).resolve().parent.parent / "pv_extract" / "repair" / "data"
WORD = regex.compile(r"\p{Latin}+(?:-\p{Latin}+)*")
FIELD = regex.compile(r"\b(?:po|is):(\S+)")
RAREST = 1e-8  # frequency under which an unlisted word is not kept
FREQUENT = 60_000  # words outside the dictionary that are kept as seen


# What the dictionary says of a form, and the letter it is kept as.
PARTS = {
    "nom": "N", "adj": "J", "ppas": "P", "ppre": "R", "infi": "I", "adv": "W", "1sg": "1", "1jsg": "1", "1isg": "1",
    "3sg": "3", "3pl": "3", "3pl!": "3", "2sg": "2", "1pl": "2", "2pl": "2", "impe": "2",
}  # fmt: skip
AGREEMENT = {"mas": "m", "fem": "f", "epi": "mf", "sg": "s", "pl": "p", "inv": "sp"}
NOMINAL, AGREEING = frozenset("NJP"), frozenset("mfsp")


class Suffix(NamedTuple):
    """One suffix rule: what it takes off, what it puts on, the flags of the form, the stems it suits, what it tells."""

    off: str
    on: str
    flags: tuple[str, ...]
    suits: "regex.Pattern[str]"
    tells: tuple[str, ...]


def flags_of(text: str) -> tuple[str, ...]:
    """The two-character flags of a string."""
    return tuple(text[i : i + 2] for i in range(0, len(text), 2))


def suffixes(aff: Path) -> dict[str, list[Suffix]]:
    """The suffix rules by flag."""
    rules = defaultdict(list)
    for line in aff.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            on, _, flags = parts[3].partition("/")
            off, on = ("" if part == "0" else part for part in (parts[2], on))
            suits = regex.compile(f"(?:{parts[4]})$")
            tells = tuple(FIELD.findall(" ".join(parts[5:])))
            rules[parts[1]].append(Suffix(off, on, flags_of(flags), suits, tells))
    return rules


def label_of(tells: Iterable[str]) -> str:
    """The letters of what is told of a form: its parts of speech, and where it agrees, gender and number.

    I infinitive, P past participle, R present participle, 1 2 3 finite verb, N noun, J adjective, W adverb, O other;
    m f gender, s p number.
    """
    told = tuple(tells)
    parts = {PARTS[word] for word in told if word in PARTS} or {"O"}
    if "P" in parts:
        parts -= {"J", "1"}
    agreeing = "".join(AGREEMENT.get(word, "") for word in told) if parts & NOMINAL else ""
    return "".join(parts) + agreeing


def inflected(
    stem: str, flags: tuple[str, ...], tells: tuple[str, ...], rules: dict[str, list[Suffix]]
) -> Iterator[tuple[str, str]]:
    """Every form of an entry with its label."""
    own = [flag for flag in flags if flag in rules]
    if not own:
        yield stem, label_of(tells)
    for flag in own:
        for rule in rules[flag]:
            if rule.suits.search(stem) and stem.endswith(rule.off):
                form = stem[: len(stem) - len(rule.off)] + rule.on
                yield form, label_of((*tells, *rule.tells))
                more = tuple(f for f in rule.flags if f in rules)
                if more and flag not in more:
                    yield from inflected(form, more, (*tells, *rule.tells), rules)


def forms(dic: Path, aff: Path) -> dict[str, str]:
    """Every form of the dictionary with the letters of its labels, `C` for a capitalised one."""
    rules, found = suffixes(aff), defaultdict(set)
    for line in dic.read_text(encoding="utf-8").splitlines()[1:]:
        entry, _, fields = line.partition(" ")
        stem, _, flags = entry.partition("/")
        for form, label in inflected(stem, flags_of(flags), tuple(FIELD.findall(fields)), rules):
            if WORD.fullmatch(form):
                found[form].add("C" if form[0].isupper() else label)
    return {form: merged(labels) for form, labels in found.items()}


def merged(labels: Iterable[str]) -> str:
    """The letters of all labels of a form; what agrees is told by its readings as a noun, where it has some."""
    nouns = [label for label in labels if "N" in label]
    parts = {char for label in labels for char in label if char not in AGREEING}
    agreeing = {char for label in nouns or labels for char in label if char in AGREEING}
    return "".join(sorted(parts | agreeing))


def frequency_class(frequency: float) -> int:
    """The frequency in tenths of the Zipf scale: 1 is ten to the -9 of all words, 90 is all of them."""
    import math

    return max(1, round(10 * (math.log10(frequency) + 9)))


def write(name: str, lines: list[str]) -> None:
    """Write a compressed list, with no date inside: the same input gives the same bytes."""
    DATA.mkdir(exist_ok=True)
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (DATA / name).write_bytes(packed)
    print(name, len(lines), "lines", len(packed), "bytes")


def main() -> None:
    """Write forms.gz (`parts form form …`) and frequencies.gz (`class word word …`)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dic", type=Path)
    parser.add_argument("aff", type=Path)
    given = parser.parse_args()
    known = forms(given.dic, given.aff)
    by_parts = defaultdict(list)
    for form, parts in sorted(known.items()):
        by_parts[parts].append(form)
    write("forms.gz", [" ".join((parts, *words)) for parts, words in sorted(by_parts.items())])
    lowered = {form.lower() for form in known}
    by_class, others = defaultdict(list), 0
    for word, frequency in get_frequency_dict("fr", "large").items():
        word = unicodedata.normalize("NFC", word)
        if not WORD.fullmatch(word) or frequency < RAREST:
            continue
        if word not in lowered:
            others += 1
            if others > FREQUENT:
                continue
        by_class[frequency_class(frequency)].append(word)
    write("frequencies.gz", [" ".join((str(c), *sorted(words))) for c, words in sorted(by_class.items())])


if __name__ == "__main__":
    main()
