"""Restoration: accents for a text that has none, sentence by sentence.

Yarowsky (1994) and Simard (2001) restore more than 99 % of the words of French by the words around them.
"""

from collections.abc import Iterator, Sequence

from pv_extract.repair.archaic import modern_ending
from pv_extract.repair.context import Context, context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.wording import SENTENCE_ENDS, Wording, cased
from pv_extract.text import Edit

RULE, CONFIDENCE = "accent.restored", 0.98  # the share of words that are right, measured
ALWAYS = {"ca": "ça"}


def restoration_edits(text: str) -> Iterator[Edit]:
    """The accents of every word that has none, but for those of initial capitals."""
    wording, model = Wording.of(text), context()
    for first, last in sentences(wording):
        slots = [candidates(wording, index, model) for index in range(first, last)]
        for index, form in enumerate(model.likeliest(slots), first):
            if form != wording.linked[index]:
                span = wording.span(index)
                after = cased(form, span.of(text), keep_initial=True)
                if after != span.of(text):
                    yield Edit(span, after, RULE, CONFIDENCE)


def sentences(wording: Wording) -> Iterator[tuple[int, int]]:
    """The first word of each sentence, and the first behind it."""
    start = 0
    for index, form in enumerate(wording.forms):
        if form in SENTENCE_ENDS:
            yield start, index + 1
            start = index + 1
    yield start, len(wording.forms)


def candidates(wording: Wording, index: int, model: Context) -> Sequence[str]:
    """The forms that a word without accents may stand for; only itself where it has some."""
    form = wording.linked[index]
    if form in ALWAYS:
        return [ALWAYS[form]]
    if not form.isascii() or not form.isalpha():
        return [form]
    whole = broken_word(wording, index, model)
    if whole:
        return [whole]
    found = [to for to in model.lexicon.variants(form) if len(to) == len(form)]
    if found and wording.lower_case(index):
        return found
    proper = [] if form in model.closed or wording.opens_sentence(index) else list(proper_forms(form, model))
    if proper:
        return proper
    if form not in found and model.lexicon.frequency(form) > max(map(model.lexicon.frequency, found), default=0):
        found += [form]
    found += [to for to in model.lexicon.names.get(form, ()) if to not in found]
    return unknown(form, model) if found == [form] else found


def proper_forms(form: str, model: Context) -> Iterator[str]:
    """The names of the dictionary, in lower case, that a form without accents may be: « vénus » for « venus »."""
    return (to for to in (form, *model.lexicon.proper.get(form, ())) if to.capitalize() in model.lexicon.parts)


def unknown(form: str, model: Context) -> Sequence[str]:
    """What a form that no list has stands for: an old spelling of a word, or one in -ée."""
    modern = modern_ending(form, model.lexicon)
    if modern:
        return [modern]
    if form.endswith(("ee", "ees")):
        return [form[: form.rindex("ee")] + "é" + form[form.rindex("ee") + 1 :]]
    return [form]


def broken_word(wording: Wording, index: int, model: Context) -> str | None:
    """The part of a word broken by a hyphen, with the accents of the whole: « deli-beration »."""
    for first in (index - 2, index):
        if first >= 0 and first + 2 < len(wording.forms) and wording.forms[first + 1] == "-":
            start, end = wording.forms[first], wording.forms[first + 2]
            if (
                (start + end).isascii()
                and min(len(start), len(end)) > 1
                and wording.span(first).end + len(end) + 1 == wording.span(first + 2).end
            ):
                wholes = [to for to in model.lexicon.variants(start + end) if len(to) == len(start + end)]
                if wholes:
                    whole = max(wholes, key=model.lexicon.frequency)
                    return whole[: len(start)] if first == index else whole[len(start) :]
    return None


def stripped(text: str) -> str:
    """The text without its accents, as long as it was: what restoration is measured on."""
    return "".join(bare if len(bare := skeleton(char)) == 1 else char for char in text)
