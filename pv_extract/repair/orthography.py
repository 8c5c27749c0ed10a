"""The document's own orthography: accents of its time that OCR, which knows those of today, replaced here and there.

Until about 1740 printers wrote « maniére, troisiéme », until 1878 « collége »; « vû, vûe » are as old. No engine
invents accents of former times, so that a text that has them all through had them everywhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pv_extract.repair.lexicon import Lexicon
from pv_extract.repair.wording import Wording, cased
from pv_extract.text import Edit

RULE, LIKELY = "accent.own", 0.9
PROOFS = 5  # times that a document must write é before a mute syllable, as in « maniére »
OFTEN = 3  # times that it must write one participle in û
SHARE = 3  # of so many words in question one must be written the old way
THROUGHOUT = 2  # of so many parts of a document they must span one; else they are those of somebody it quotes
MUTE = re.compile(r"(?<=i)[éè](?=[bcdfgjlmnpqrstv]+es?$)")
MUTE_BEFORE_G = re.compile(r"è(?=ges?$)")
PARTICIPLE = re.compile(r"[uû](?=e?s?$)")


class Habit(NamedTuple):
    """Words that a document writes as of its time, and what those it writes as of today become."""

    own: Sequence[str]
    becomes: Mapping[str, str]


def orthography_edits(wording: Wording, lexicon: Lexicon) -> Iterator[Edit]:
    """The words of today's spelling in a document that has its own throughout."""
    found = list(habits(wording, lexicon))
    old = list(wording.places(frozenset(form for habit in found for form in habit.own)))
    if old and (old[-1] - old[0]) * THROUGHOUT >= len(wording.forms):
        becomes = {form: to for habit in found for form, to in habit.becomes.items()}
        for index in wording.places(frozenset(becomes)):
            span = wording.span(index)
            yield Edit(span, cased(becomes[wording.forms[index]], span.of(wording.text)), RULE, LIKELY)


def habits(wording: Wording, lexicon: Lexicon) -> Iterator[Habit]:
    """What a document writes as of its time, often enough to be taken at its word."""
    syllables = [form for form in wording.counts if MUTE.search(form)]
    own = [form for form in syllables if is_old(form, MUTE.sub("è", form), lexicon)]
    of_today = [form for form in syllables if "è" in form]
    if prevails(wording, own, of_today, PROOFS):
        older = [form for form in wording.counts if MUTE_BEFORE_G.search(form)]
        yield Habit(own, {form: MUTE_BEFORE_G.sub("é", MUTE.sub("é", form)) for form in (*of_today, *older)})
    yield from participles(wording, lexicon)


def participles(wording: Wording, lexicon: Lexicon) -> Iterator[Habit]:
    """The participles that a document writes in û: « vû, vûe »."""
    stems: dict[str, list[str]] = {}
    for form in wording.counts:
        today = PARTICIPLE.sub("u", form) if "û" in form else form
        if is_old(form, today, lexicon) and "P" in lexicon.parts[today]:
            stems.setdefault(PARTICIPLE.split(form)[0], []).append(form)
    for stem, own in stems.items():
        of_today = [form for ending in ("", "e", "s", "es") if (form := f"{stem}u{ending}") in wording.counts]
        if prevails(wording, own, of_today, OFTEN):
            yield Habit(own, {form: PARTICIPLE.sub("û", form) for form in of_today})


def is_old(form: str, today: str, lexicon: Lexicon) -> bool:
    """Whether a form is none of today, but that with another accent is."""
    return form != today and today in lexicon.parts and not lexicon.knows(form)


def prevails(wording: Wording, own: Sequence[str], of_today: Sequence[str], proofs: int) -> bool:
    """Whether a document writes words the old way often enough, and as a habit."""
    old, new = (sum(map(wording.counts.__getitem__, forms)) for forms in (own, of_today))
    return old >= proofs and old * SHARE >= old + new
