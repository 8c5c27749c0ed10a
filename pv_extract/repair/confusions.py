"""Letters that OCR takes for one another: what a word that the dictionary lacks may have been."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from pv_extract.repair.choices import Reading
from pv_extract.repair.context import NATS, Context
from pv_extract.repair.lexicon import skeleton

RULE = "letter.confused"
# Read>printed, by what it costs to believe it, in natural logarithms.
CONFUSIONS = {
    1.0: "f>s c>e e>c n>u u>n i>l l>i l>t t>l h>b b>h y>v g>q q>g ii>n rn>m m>rn cl>d li>h vv>w",
    2.0: "s>f o>c c>o e>o o>e p>n n>p t>r r>t i>j j>i a>o o>a n>r r>n v>y t>f f>t ri>n in>m ni>m iu>m tn>m iii>m m>in "
    "m>ni d>cl h>li ti>n u>ii u>a a>u a>e e>a z>s s>z x>s d>l l>d",
}
PAIRS = [(cost, *pair.partition(">")) for cost, pairs in CONFUSIONS.items() for pair in pairs.split()]
BY_FIRST = {read[0]: [pair for pair in PAIRS if pair[1][0] == read[0]] for _, read, _, _ in PAIRS}
OTHER = 4.0  # what any other letter, missing or too many, costs
SHORTEST = 3  # letters of a word of which one may be doubted; so short only what is very frequent is read
VERY_FREQUENT = 60  # frequency class
SHORT, LONG = 1.5, 6  # what each letter that a word has less than six adds to that cost
LETTERS = "abcdefghijlmnopqrstuvxyz"
MOST = 4  # readings that the context is asked about


def of_unknown(form: str, context: Context) -> list[Reading]:
    """What a form that is no word may have been with other letters."""
    if len(form) < SHORTEST:
        return []
    bare = skeleton(form)
    confused = misread(bare)
    if len(form) == SHORTEST:
        readings = known(form, confused, confused, context)
        return [reading for reading in readings if context.lexicon.frequency(reading.form) >= VERY_FREQUENT]
    readings = known(form, chain(confused, changed(bare)), confused, context)
    return sorted(readings, key=lambda r: -r.favour)[:MOST]


def known(form: str, candidates: Iterable[str], costs: Mapping[str, float], context: Context) -> list[Reading]:
    """The words of the dictionary among unaccented candidates."""
    any_other = OTHER + SHORT * max(0, LONG - len(form))
    return [
        Reading(to, NATS * context.lexicon.frequency(to) - costs.get(bare, any_other) - accents_between(form, to), RULE)
        for bare in sorted(context.lexicon.skeletons.intersection(candidates))
        for to in context.lexicon.variants(bare)
    ]


def accents_between(form: str, to: str) -> int:
    """How many accented letters two forms do not share."""
    return len({c for c in form if not c.isascii()} ^ {c for c in to if not c.isascii()})


def misread(bare: str) -> dict[str, float]:
    """What an unaccented form may have been by the table of confusions, with the costs."""
    found: dict[str, float] = {}
    for at, letter in enumerate(bare):
        for cost, read, _, printed in BY_FIRST.get(letter, ()):
            if bare.startswith(read, at):
                other = bare[:at] + printed + bare[at + len(read) :]
                found[other] = min(cost, found.get(other, cost))
    return found


def changed(bare: str) -> Iterator[str]:
    """What an unaccented form may have been with any one letter changed, added or left out.

    A letter doubled or not is somebody's spelling, not damage.
    """
    for at in range(len(bare) + 1):
        head, tail, rest = bare[:at], bare[at:], bare[at + 1 :]
        if head[-1:] != tail[:1]:
            yield head + rest
        if tail:
            yield from among(head, LETTERS, rest)
        yield from among(head, other_letters(head[-1:] + tail[:1]), tail)


@cache
def other_letters(beside: str) -> str:
    """The letters that are not among those beside."""
    return "".join(letter for letter in LETTERS if letter not in beside)


def among(head: str, letters: str, tail: str) -> Sequence[str]:
    """Each letter between a head and a tail."""
    return (head + f"{tail} {head}".join(letters) + tail).split(" ")
