"""The honorifics of lists: « Nme ARGUDEL », « M , ROUX » are read as the document writes them before other names."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import regex

from pv_extract.calendars import roman_value
from pv_extract.repair.formulas import is_word
from pv_extract.repair.likeness import cost, squeezed
from pv_extract.text import Edit, Span

RULE = "honorific.usual"
# Where an honorific stands in minutes: at the head of a line or of an entry, behind « et », « à », « par », « de ».
SLOT = regex.compile(
    r"""(?:^[ ]*(?:[-*•][ ]*)?|[,;:(\t–—-][ ]*|\b(?:et|à|par|de|pour)[ ])
    (?P<word>\p{Lu}(?:\p{L}|[|!1]){0,4}(?:[ ]?[.,_'`]|(?=[ ])))
    (?=[ ]{0,2}(?:\p{Lu}|d[eu][ ]|l[ae][ ]|\d\p{Lu}))""",
    regex.MULTILINE | regex.VERBOSE,
)
USUAL = {form: form.strip(".").lower() for form in ("M.", "MM.", "Mme", "Mmes", "Mlle", "Mr", "Mme.", "Mr.")}
OTHER_INITIALS = regex.compile(r"\b[A-LO-Z]\.")
OFTEN = 3  # times that a document must write an honorific to be taken for its own
PER_LETTER, CLEAR = 1.05, 1.0


def honorific_edits(text: str) -> Iterator[Edit]:
    """The repairs of honorifics before names in a damaged text."""
    slots = list(SLOT.finditer(text))
    written = Counter(found["word"] for found in slots)
    own = tuple(form for form in USUAL if written[form] >= OFTEN)
    initials = OTHER_INITIALS.search(text) is not None
    for found in slots:
        to = intended(found["word"], own, initials) if own else None
        if to and to != found["word"]:
            yield Edit(Span(*found.span("word")), to if text[found.end("word")] == " " else f"{to} ", RULE)


@lru_cache(maxsize=20_000)
def intended(word: str, own: tuple[str, ...], initials: bool) -> str | None:
    """The one honorific of the document that a short word with a capital is near; « III. » numbers an item."""
    form = squeezed(word)
    if form in USUAL.values():
        same = [to for to in own if USUAL[to] == form]
        return same[0] if same and word not in USUAL else None
    if not form or is_word(form) or roman_value(form.upper()) or (initials and len(form) == 1):
        return None
    priced = sorted((cost(form, USUAL[to], True), to) for to in own)
    if not priced or priced[0][0] > PER_LETTER * max(len(form), len(USUAL[priced[0][1]])):
        return None
    if any(spent - priced[0][0] < CLEAR and USUAL[to] != USUAL[priced[0][1]] for spent, to in priced[1:]):
        return None
    return priced[0][1]
