"""Revision: every change that the words of a damaged text ask for."""

from collections.abc import Collection, Iterator, Mapping

from pv_extract.repair import accents, confusions, splitting
from pv_extract.repair.archaic import is_archaic
from pv_extract.repair.choices import Choice, Reading
from pv_extract.repair.context import NATS, Context, context
from pv_extract.repair.lexicon import RARE, skeleton
from pv_extract.repair.orthography import orthography_edits
from pv_extract.repair.wording import Wording, cased
from pv_extract.text import Edit

OFTEN = 3  # times from which on an unknown form is the document's own, not damage
CURRENT = 35  # frequency class from which on it is a word that the dictionary lacks
SLIP = 15  # frequency classes by which a word is more frequent than its misspellings
OLD_DOUBT = 3.0  # what speaks for any strange form in such a document
HABIT = 5  # times that it must write a form to be thought to do so always
MET = 2  # times that it must write a word with its accents to be thought to do so always
OLD_FORMS = 3  # that make a document one of an older spelling
STRANGE, PER_LETTER, SHORT = 8.0, 1.1, 4  # what speaks for an unknown form of four letters, less for each one more


def revision_edits(text: str) -> Iterator[Edit]:
    """The repairs of words, none overlapping another: accents, letters, words run together or broken up."""
    wording, model = Wording.of(text), context()
    joined = [*splitting.hyphen_edits(wording, model), *splitting.broken_edits(wording, model)]
    own = list(orthography_edits(wording, model.lexicon))
    yield from (*joined, *own)
    taken = {place for edit in (*joined, *own) for place in edit.span}
    choices = choices_of(wording, model, archaic=bool(own))
    for index in wording.places(frozenset(choices)):
        span, decision = wording.span(index), choices[wording.forms[index]].decide(wording, index, model)
        if decision and taken.isdisjoint(span) and is_open(wording, index):
            after = cased(decision.reading.form, span.of(text))
            if after != span.of(text) and not is_among_strangers(wording, index, model):
                yield Edit(span, after, decision.reading.rule, decision.confidence)


def is_open(wording: Wording, index: int) -> bool:
    """Whether a word may be changed: a whole one in lower case, or one with an accent that no French word has there."""
    form = wording.forms[index]
    if accents.is_impossible(form) and not wording.in_address(index):
        return not (form.endswith("è") and wording.glued(index))
    return wording.whole(index) and not is_area(wording, index)


def is_area(wording: Wording, index: int) -> bool:
    """Whether « a » is the are, between a number and its centiares: « 12 a 40 ca »."""
    return wording.forms[index] == "a" and wording.forms[index + 2 : index + 3] == ["ca"]


def is_among_strangers(wording: Wording, index: int, model: Context) -> bool:
    """Whether an unknown word stands between two others: « Patrem omnipotentem factorem » is no damaged French."""
    around = wording.forms[max(0, index - 1) : index + 2]
    return len(around) == 3 and all(len(form) > SHORT and is_strange(form, model) for form in around)


def is_current(form: str, model: Context) -> bool:
    """Whether a form is a word that the dictionary lacks, and no slip of people who write without accents."""
    frequency = model.lexicon.frequency(form)
    return frequency >= CURRENT and all(
        model.lexicon.frequency(to) < frequency + SLIP for to in model.lexicon.variants(form)
    )


def is_strange(form: str, model: Context) -> bool:
    """Whether no list has a word or its like without accents."""
    return form.isalpha() and not model.lexicon.variants(form) and model.lexicon.frequency(form) < CURRENT


def choices_of(wording: Wording, model: Context, *, archaic: bool = False) -> Mapping[str, Choice]:
    """The forms of a text that may be damaged, and what each may have been."""
    forms = [form for form in wording.counts if form.isalpha() and is_judged(form, wording)]
    unknown = {form for form in forms if form not in accents.REAL_WORDS and not model.lexicon.knows(form)}
    old = {form for form in unknown if is_archaic(form, model.lexicon)}
    archaic = archaic or len(old) >= OLD_FORMS
    doubted = {form for form in unknown - old if wording.counts[form] < OFTEN}
    if archaic:
        doubted = {form for form in doubted if not is_plain(form, wording, model)}
    found = [of_unknown(form, model, archaic) for form in sorted(doubted)]
    found += [accents.of_known(form, model) for form in forms if form not in unknown]
    found += own_forms(unknown, wording)
    return {choice.form: choice for choice in found if choice}


def own_forms(unknown: Collection[str], wording: Wording) -> Iterator[Choice]:
    """Of forms that no list has, those that the document writes but once, and often with other accents: « paroit »."""
    usual = {skeleton(form): form for form in unknown if wording.counts[form] >= HABIT}
    for form in unknown:
        own = usual.get(skeleton(form), form)
        if own != form and wording.counts[form] == 1:
            yield Choice(form, [Reading(own, accents.SURE, accents.rule_of(form, own))])


def is_plain(form: str, wording: Wording, model: Context) -> bool:
    """Whether an old document may print a word without accents: « piedestal », and not « piédestal » elsewhere."""
    found = [to for to in model.lexicon.variants(form) if accents.lacks_acute(form, to)]
    return bool(found) and all(wording.counts[to] < MET for to in found)


def is_judged(form: str, wording: Wording) -> bool:
    """Whether a form is looked at: those that are only names are not, unless they have an impossible accent."""
    return form in wording.in_lower_case or accents.is_impossible(form)


def of_unknown(form: str, model: Context, archaic: bool) -> Choice | None:
    """What a form that is no word may have been."""
    if accents.is_impossible(form):
        readings = accents.of_unknown(form, model)
        return Choice(form, readings, 0.0) if readings else None
    frequency = model.lexicon.frequency(form)
    if is_current(form, model) or accents.is_of_its_time(form, model.lexicon, archaic):
        return None
    readings = [
        *accents.of_unknown(form, model),
        *confusions.of_unknown(form, model),
        *splitting.of_unknown(form, model),
    ]
    stay = STRANGE - PER_LETTER * (len(form) - SHORT) + NATS * (frequency - RARE) + OLD_DOUBT * archaic
    return Choice(form, readings, stay) if readings else None
