"""Given names beside a family name in capitals: one that OCR broke is read where one that people bear is near.

Given names are few and known, family names are not: « Olivici ROCHE » is an Olivier, but whose family name is broken
is left alone. Behind a hyphen the other half of a compound tells that it is one: « Jcori-Claude ».
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.repair.formulas import formulas, is_word
from pv_extract.repair.lexicon import lexicon, skeleton
from pv_extract.repair.likeness import LOST, cost
from pv_extract.text import Edit, Span

RULE, LIKELY = "name.given", 0.9
TITLE = r"\p{Lu}\p{Ll}{3,14}"
FAMILY = r"(?:D[EU][ ]|L[AE][ ]|de[ ]|du[ ]|la[ ]|D['’])*\p{Lu}{2}[\p{Lu}'’-]+"
BESIDE = regex.compile(
    rf"(?<![\p{{L}}\d])(?:(?P<first>{TITLE})(?:-(?P<second>{TITLE}))?[ ]{FAMILY}(?![\p{{L}}\d])"
    rf"|{FAMILY}[ ](?P<first>{TITLE})(?:-(?P<second>{TITLE}))?(?![\p{{L}}\d]))"
)
LOWERED = regex.compile(
    rf"(?:^|[,;:(–—-][ ]|\b(?:et|à|par)[ ])(?P<first>[ciko-z]\p{{Ll}}{{3,14}})[ ]{FAMILY}(?![\p{{L}}\d])"
)
"""A given name whose capital has the shape of its small letter, where the entry of a list begins."""
USUAL = 25  # frequency class of names that many bear
MET = 15  # frequency class of a form that is somebody's name, not damage
PER_LETTER, CLEAR = 0.45, 1.0
MUCH = 6  # by how many classes a name must be more frequent than one as near
CANDIDATES = 8


@cache
def given_names() -> Mapping[str, str]:
    """The usual names of the dictionary, by their form in lower case without accents."""
    known = lexicon()
    names = [word for word, part in known.parts.items() if part == "C" and word.istitle() and word.isalpha()]
    return {skeleton(name.lower()): name for name in names if known.frequency(name.lower()) >= USUAL and len(name) > 3}


def given_name_edits(text: str) -> Iterator[Edit]:
    """The repairs of given names in a damaged text."""
    for found in BESIDE.finditer(text):
        for group in ("first", "second"):
            to = intended(found[group]) if found[group] else None
            if to:
                yield Edit(Span(*found.span(group)), to, RULE, LIKELY)
    for found in LOWERED.finditer(text):
        if lost_its_capital(found["first"]):
            yield Edit(Span(*found.span("first")), found["first"].capitalize(), RULE, LIKELY)


def lost_its_capital(written: str) -> bool:
    """Whether a word in lower case is a given name and no word; « I » alone is read as « i » where both are, isabelle.

    >>> lost_its_capital("sylvie"), lost_its_capital("isabelle"), lost_its_capital("pierre")
    (True, True, False)
    """
    known = written.capitalize() in given_names().values()
    return known and (written[0] == "i" or written not in lexicon().parts)


@lru_cache(maxsize=20_000)
def intended(written: str) -> str | None:
    """The one given name that a word with a capital is near; None where it is a word, or a name, itself."""
    form, names, known = skeleton(written.lower()), given_names(), lexicon()
    if is_word(form) or form in formulas() or known.frequency(written.lower()) >= MET:
        return None
    near = process.extract(
        form, names.keys(), scorer=OSA.distance, score_cutoff=round(0.6 * len(form)), limit=CANDIDATES
    )
    priced = sorted((cost(form, bare, True), -known.frequency(names[bare].lower()), bare) for bare, _, _ in near)
    if not priced or priced[0][0] > PER_LETTER * len(form):
        return None
    (best, usual, bare), rivals = priced[0], priced[1:]
    if best == LOST and len(bare) != len(form):
        return None  # « Quentine », « Aymerick »: another name
    if any(spent - best < CLEAR and rival - usual < MUCH for spent, rival, _ in rivals):
        return None
    return names[bare]
