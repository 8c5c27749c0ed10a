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
VERB_CLASS = regex.compile(r"[a-z]\w")  # a0, f0, tA …; the participles p+ p. q+ are of the same shape
RAREST = 1e-8  # frequency under which an unlisted word is not kept
FREQUENT = 60_000  # words outside the dictionary that are kept as seen


class Suffix(NamedTuple):
    """One suffix rule: what it takes off, what it puts on, the flags of the form, the stems it suits."""

    off: str
    on: str
    flags: tuple[str, ...]
    suits: "regex.Pattern[str]"


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
            rules[parts[1]].append(Suffix(off, on, flags_of(flags), suits))
    return rules


def part_of_speech(flag: str, form: str, flags: Iterable[str]) -> str:
    """A letter: I infinitive, P past participle, R present participle, 1 2 3 finite verb, N noun, J adjective."""
    if VERB_CLASS.fullmatch(flag) or flag in ("p+", "p.", "q+"):
        if "n'" not in flags:
            return "P"
        if "d'" in flags:
            return "I" if form.endswith(("r", "re")) else "R"
        return ("1" if "j'" in flags else "") + ("3" if "s'" in flags or "c'" in flags else "") or "2"
    return "J" if flag[0] in "FW" else "N"


def inflected(stem: str, flags: tuple[str, ...], rules: dict[str, list[Suffix]]) -> Iterator[tuple[str, str]]:
    """Every form of an entry with its parts of speech."""
    own = [flag for flag in flags if flag in rules]
    if not own:
        yield stem, "O"
    for flag in own:
        for rule in rules[flag]:
            if rule.suits.search(stem) and stem.endswith(rule.off):
                form = stem[: len(stem) - len(rule.off)] + rule.on
                yield form, part_of_speech(flag, form, rule.flags)
                more = tuple(f for f in rule.flags if f in rules)
                if more and flag not in more:
                    yield from inflected(form, more, rules)


def forms(dic: Path, aff: Path) -> dict[str, str]:
    """Every form of the dictionary with the letters of its parts of speech, `C` for a capitalised one."""
    rules, found = suffixes(aff), defaultdict(set)
    for line in dic.read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, flags = line.partition("/")
        for form, part in inflected(stem, flags_of(flags), rules):
            if WORD.fullmatch(form):
                found[form] |= set("C" if form[0].isupper() else part)
    return {form: "".join(sorted(parts)) for form, parts in found.items()}


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
