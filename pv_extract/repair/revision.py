"""Revision: every change that the words of a damaged text ask for."""

from collections.abc import Iterator, Mapping

from pv_extract.repair import accents, confusions, splitting
from pv_extract.repair.archaic import is_archaic
from pv_extract.repair.choices import Choice
from pv_extract.repair.context import NATS, Context, context
from pv_extract.repair.lexicon import RARE
from pv_extract.repair.wording import Wording
from pv_extract.text import Edit

OFTEN = 3  # times from which on an unknown form is the document's own, not damage
CURRENT = 35  # frequency class from which on it is a word that the dictionary lacks
OLD_FORMS = 3  # that make a document one of an older spelling
STRANGE, PER_LETTER, SHORT = 8.0, 1.1, 4  # what speaks for an unknown form of four letters, less for each one more


def revision_edits(text: str) -> Iterator[Edit]:
    """The repairs of words, none overlapping another: accents, letters, words run together or broken up."""
    wording, model = Wording.of(text), context()
    joined = [*splitting.hyphen_edits(wording), *splitting.broken_edits(wording, model)]
    yield from joined
    taken = {place for edit in joined for place in edit.span}
    choices = choices_of(wording, model)
    for index in wording.places(frozenset(choices)):
        span = wording.span(index)
        if taken.isdisjoint(span) and wording.whole(index):
            decision = choices[wording.forms[index]].decide(wording, index, model)
            if decision:
                yield Edit(span, decision.reading.form, decision.reading.rule, decision.confidence)


def choices_of(wording: Wording, model: Context) -> Mapping[str, Choice]:
    """The forms of a text that may be damaged, and what each may have been."""
    forms = [form for form in wording.in_lower_case if form.isalpha()]
    unknown = {form for form in forms if form not in accents.REAL_WORDS and not model.lexicon.knows(form)}
    old = {form for form in unknown if is_archaic(form, model.lexicon)}
    archaic = len(old) >= OLD_FORMS
    doubted = {form for form in unknown - old if wording.counts[form] < OFTEN}
    found = [of_unknown(form, model, archaic) for form in sorted(doubted)]
    found += [accents.of_known(form, model) for form in forms if form not in unknown]
    return {choice.form: choice for choice in found if choice}


def of_unknown(form: str, model: Context, archaic: bool) -> Choice | None:
    """What a form that is no word may have been."""
    frequency = model.lexicon.frequency(form)
    if frequency >= CURRENT or accents.is_of_its_time(form, model.lexicon, archaic):
        return None
    readings = [
        *accents.of_unknown(form, model),
        *confusions.of_unknown(form, model),
        *splitting.of_unknown(form, model),
    ]
    stay = STRANGE - PER_LETTER * (len(form) - SHORT) + NATS * (frequency - RARE)
    return Choice(form, readings, stay) if readings else None
