"""Revision: every change that the words of a damaged text ask for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

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
    return Revision.of(text).edits()


@dataclass(frozen=True)
class Revision:
    """The repairs of the words of a document, and of what the first ones brought to light."""

    wording: Wording
    own: Sequence[Edit]
    met: dict[str, Choice | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> "Revision":
        """The revision of a document, with the words that it writes as of its time."""
        wording = Wording.of(text)
        return cls(wording, list(orthography_edits(wording, context().lexicon)))

    @cached_property
    def archaic(self) -> bool:
        """Whether the document is of an older spelling."""
        old = (form for form in self.wording.counts if form.isalpha() and is_old(form, self.wording, context()))
        return bool(self.own) or sum(1 for _ in islice(old, OLD_FORMS)) == OLD_FORMS

    def edits(self) -> Iterator[Edit]:
        """The repairs of all words."""
        yield from self.own
        yield from self.word_edits(self.wording, taken_by(self.own))

    def edits_of_part(self, text: str) -> Iterator[Edit]:
        """The repairs of a part of the document that was changed since."""
        return self.word_edits(Wording.of(text, self.wording), frozenset())

    def word_edits(self, wording: Wording, taken: Set[int]) -> Iterator[Edit]:
        """The repairs of words at places that are not taken."""
        model = context()
        joined = [*splitting.hyphen_edits(wording, model), *splitting.broken_edits(wording, model)]
        yield from joined
        taken = taken | taken_by(joined)
        choices = self.choices(wording)
        for index in wording.places(choices):
            decision, span = choices[wording.forms[index]].decide(wording, index, model), wording.span(index)
            if decision and taken.isdisjoint(span) and is_open(wording, index):
                after = cased(decision.reading.form, span.of(wording.text))
                if after != span.of(wording.text) and not is_among_strangers(wording, index, model):
                    yield Edit(span, after, decision.reading.rule, decision.confidence)

    def choices(self, wording: Wording) -> Mapping[str, Choice]:
        """The forms of a text that may be damaged, and what each may have been."""
        lexicon = context().lexicon
        forms = [form for form in wording.indexes if form.isalpha() and is_judged(form, wording)]
        unknown = {form for form in forms if form not in accents.REAL_WORDS and not lexicon.knows(form)}
        believed = {form for form in unknown if self.believes(form)}
        found = [self.choice(form, known=form not in unknown) for form in forms if form not in believed]
        found += own_forms(unknown, wording)
        return {choice.form: choice for choice in found if choice}

    def believes(self, form: str) -> bool:
        """Whether a form that no list has is the document's own: written often, of former times, without accents."""
        if self.wording.counts[form] >= OFTEN or is_archaic(form, context().lexicon):
            return True
        return self.archaic and is_plain(form, self.wording, context())

    def choice(self, form: str, *, known: bool) -> Choice | None:
        """What a form may have been, a word of the dictionary or none; an old document is believed more."""
        if form not in self.met:
            model = context()
            self.met[form] = accents.of_known(form, model) if known else of_unknown(form, model, self.archaic)
        return self.met[form]


def taken_by(edits: Iterable[Edit]) -> frozenset[int]:
    """The places where edits begin and end."""
    return frozenset(place for edit in edits for place in edit.span)


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


def is_old(form: str, wording: Wording, model: Context) -> bool:
    """Whether a form of a text is a word of former times."""
    return is_judged(form, wording) and not model.lexicon.knows(form) and is_archaic(form, model.lexicon)


def own_forms(unknown: Collection[str], wording: Wording) -> Iterator[Choice]:
    """Of forms that no list has, those that the document writes but once, and often with other accents: « paroit ».

    Where it often writes two forms that differ in accents alone, neither is proven.
    """
    usual: dict[str, list[str]] = {}
    for form in unknown:
        if wording.counts[form] >= HABIT:
            usual.setdefault(skeleton(form), []).append(form)
    for form in unknown:
        own = usual.get(skeleton(form), ())
        if len(own) == 1 and own[0] != form and wording.counts[form] == 1:
            yield Choice(form, [Reading(own[0], accents.SURE, accents.rule_of(form, own[0]))])


def is_plain(form: str, wording: Wording, model: Context) -> bool:
    """Whether an old document may print a word without accents: « piedestal », and not « piédestal » elsewhere."""
    found = [to for to in model.lexicon.variants(form) if accents.lacks_acute(form, to)]
    return bool(found) and all(wording.counts[to] < MET for to in found)


def is_judged(form: str, wording: Wording) -> bool:
    """Whether a form is looked at: those that are only names are not, unless they have an impossible accent."""
    return wording.is_in_lower_case(form) or accents.is_impossible(form)


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
