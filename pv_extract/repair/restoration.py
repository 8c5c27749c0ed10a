"""Restoration: accents for a text that has none, sentence by sentence.

Yarowsky (1994) and Simard (2001) restore more than 99 % of the words of French by the words around them.
"""

from collections.abc import Iterator, Mapping, Sequence

from pv_extract.repair.archaic import modern_ending
from pv_extract.repair.context import Context, context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.odds import odds
from pv_extract.repair.wording import SENTENCE_ENDS, TIE, Wording, cased
from pv_extract.text import Edit

RULE, CONFIDENCE = "accent.restored", 0.98  # the share of words that are right, measured
ALWAYS = {"ca": "ça"}
GOVERNING = frozenset(("à", "dès"))  # what stands before the words that it governs, and so ends no sentence
FULL_STOPS = frozenset(".!?")
OF_ODDS, MOST = 1.5, 10.0  # how much the odds tell beside the context, and the most that they do


def restoration_edits(text: str) -> Iterator[Edit]:
    """The accents of every word that has none, but for those of initial capitals."""
    wording, model = Wording.of(text), context()
    for first, last in sentences(wording):
        units = list(words_between(wording, first, last, model))
        favours = (favoured(wording, parts, forms, model) for parts, forms in units)
        for (parts, _), form in zip(units, model.likeliest(favours), strict=True):
            yield from part_edits(wording, parts, form.lower())


def words_between(
    wording: Wording, first: int, last: int, model: Context
) -> Iterator[tuple[tuple[int, ...], Sequence[str]]]:
    """The words of a sentence: the indexes of each one's parts, and the forms that it may stand for."""
    index = first
    while index < last:
        whole = broken_word(wording, index, model) if index + 2 < last else []
        yield ((index, index + 2), whole) if whole else ((index,), slot(wording, index, model))
        index += 3 if whole else 1


def favoured(wording: Wording, parts: Sequence[int], forms: Sequence[str], model: Context) -> Mapping[str, float]:
    """What speaks for each of the forms of a word: how frequent it is, and the odds of its place."""
    if len(forms) == 1:
        return {forms[0]: 0.0}
    if len(parts) > 1 or not forms[0].islower():
        return {form: model.prior(form) for form in forms}
    before, after = wording.before(parts[0]), wording.after(parts[0])
    return {form: told_of(form, forms[0], before, after, model) for form in forms}


def told_of(form: str, other: str, before: Sequence[str], after: Sequence[str], model: Context) -> float:
    """What speaks for a form and not another between some words, no more than enough."""
    told = odds().favour(form, other, before, after)
    return model.prior(form) - model.prior(other) if told is None else max(-MOST, min(MOST, OF_ODDS * told))


def part_edits(wording: Wording, parts: Sequence[int], form: str) -> Iterator[Edit]:
    """The edits that give each part of a word its letters of the whole."""
    for index in parts:
        span, size = wording.span(index), len(wording.forms[index])
        own = form if len(parts) == 1 else form[:size] if index == parts[0] else form[-size:]
        if own != wording.linked[index].lower():
            after = cased(own, span.of(wording.text), keep_initial=True)
            if after != span.of(wording.text):
                yield Edit(span, after, RULE, CONFIDENCE)


def sentences(wording: Wording) -> Iterator[tuple[int, int]]:
    """The first word of each sentence, and the first behind it."""
    start = 0
    for index, form in enumerate(wording.linked):
        if form in SENTENCE_ENDS or "\n\n" in wording.gap(index):
            yield start, index + 1
            start = index + 1
    yield start, len(wording.forms)


def slot(wording: Wording, index: int, model: Context) -> Sequence[str]:
    """The forms that a word may stand for, written as names where it is one."""
    if is_within_name(wording, index):
        return [wording.linked[index]]
    found = candidates(wording, index, model)
    return [form.capitalize() for form in found] if wording.linked[index][0].isupper() else found


def is_within_name(wording: Wording, index: int) -> bool:
    """Whether a word is the inner one of a name: « Corcieux-la-Vallée »."""
    around = wording.linked[max(0, index - 1) : index + 3]
    return len(around) == 4 and around[0] == around[2] == TIE and around[1].islower() and around[3][0].isupper()


def candidates(wording: Wording, index: int, model: Context) -> Sequence[str]:
    """The forms that a word without accents may stand for; only itself where it has some."""
    form = wording.linked[index].lower()
    if form in ALWAYS:
        return [ALWAYS[form]]
    if not form.isascii() or not form.isalpha():
        return [form]
    governs = FULL_STOPS.isdisjoint(wording.after(index, 1))
    found = [to for to in model.lexicon.variants(form) if len(to) == len(form) and (governs or to not in GOVERNING)]
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


def broken_word(wording: Wording, index: int, model: Context) -> Sequence[str]:
    """The forms of a word with a hyphen: a compound, « la-bas », or one that it breaks, « deli-beration, e-taient »."""
    first, last = wording.forms[index], wording.forms[index + 2]
    if wording.linked[index + 1] != TIE or not (first + last).isascii():
        return []
    compound = model.lexicon.variants(f"{first}-{last}")
    if any(not to.isascii() for to in compound):
        return compound
    if compound or len(last) == 1 or (len(first) == 1 and first != "e"):
        return []
    return [to for to in model.lexicon.variants(first + last) if len(to) == len(first + last)]


def stripped(text: str) -> str:
    """The text without its accents, as long as it was: what restoration is measured on."""
    return "".join(bare if len(bare := skeleton(char)) == 1 else char for char in text)
