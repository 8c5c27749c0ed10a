"""Odds: what the words around a place speak for « donné » and not « donne », for « à » and not « a ».

Counted on French law and agreements by ``scripts/build_odds.py``. The words around are seen without their accents,
which may be lost, and but for the commonest by their classes, so that the odds hold for texts of another kind.
"""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

from pv_extract.repair.archaic import MODERN
from pv_extract.repair.context import Context, context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.wording import SENTENCE_ENDS

PARTICIPLE, ENDINGS = "é", {"e": -1, "é": 1}  # the question « donne » or « donné », and the answers
PAIRS = (("a", "à"), ("la", "là"), ("du", "dû"), ("des", "dès"), ("dés", "dès"), ("sur", "sûr"))
ANSWERS = {(form, to): (to, 1) for form, to in PAIRS} | {(to, form): (to, -1) for form, to in PAIRS}
ANSWERS["dés", "des"] = "dès", -1
COMMON = 58  # frequency class from which on a word is seen as itself
END, NAME, NUMBER = ".", "C", "#"
MARKS = frozenset((END, ","))
FINITE, OF_HAVING, OF_BEING = frozenset("VTABEUFl"), frozenset("ABU"), frozenset("EF")  # classes
HAVING, BEING = "avait", "est"  # how any finite form of these two is seen; « a » may be « à »
PERSONS = {
    "il": "je j' tu", "son": "mon ton", "sa": "ma ta", "ses": "mes tes", "notre": "votre", "nos": "vos", "nous": "vous",
    "se": "me te", "s'": "m' t'", "-il": "-elle -on -je -tu -nous -vous -ce -t -ils -elles",
    "-le": "-moi -toi -lui -leur -y -en",
}  # fmt: skip
SEEN_AS = {word: person for person, words in PERSONS.items() for word in words.split()}  # law has no « je », no « tu »


class View(NamedTuple):
    """What is seen of a word from beside: itself or its classes; whether it can be nothing but a finite verb."""

    seen: str
    finite: bool = False


def traits(before: Sequence[View], after: Sequence[View]) -> tuple[str, ...]:
    """What is told of a place by the words before and behind it, the nearest last and first."""
    left, right = before[-1].seen if before else END, after[0].seen if after else END
    lefter = END if left == END or len(before) < 2 else before[-2].seen
    righter = END if right == END or len(after) < 2 else after[1].seen
    verbs = ("0", "1")[has_verb(before[::-1])] + ("0", "1")[has_verb(after)]
    around = (f"<{left}", f">{right}", f"<<{lefter} {left}", f">>{right} {righter}", f"<>{left} {right}")
    wider = (f"<<>{lefter} {left} {right}", f"<>>{left} {right} {righter}")
    return ("", *around, *wider, verbs, f"{verbs}<{left}", f"{verbs}>{right}")


def has_verb(views: Sequence[View]) -> bool:
    """Whether a finite verb stands before the next mark."""
    for view in views:
        if view.finite or view.seen in MARKS:
            return view.finite
    return False


def answer(form: str, to: str) -> tuple[str, int] | None:
    """The question that parts two forms, and what the second one answers: 1 is yes, -1 no; None if none does."""
    if (form, to) in ANSWERS:
        return ANSWERS[form, to]
    stem, plural = form.removesuffix("s")[:-1], form[len(form.removesuffix("s")) :]
    for ending, says in ENDINGS.items():
        if len(stem) > 1 and form != to == stem + ending + plural and skeleton(form) == skeleton(to):
            return PARTICIPLE, says
    return None


@dataclass(frozen=True)
class Odds:
    """The weights of what is told of a place, for each question."""

    context: Context
    weights: Mapping[str, Mapping[str, float]]
    views: dict[str, View] = field(default_factory=dict, repr=False)

    def favour(self, to: str, form: str, before: Sequence[str], after: Sequence[str]) -> float | None:
        """The odds, in natural logarithms, that one form and not another stands between some words as they are seen.

        None where no question parts the two.
        """
        told = self.told(to, form, before, after)
        if told is None or (form, to) in ANSWERS:
            return told
        return told + self.context.prior(to) - self.context.prior(form)

    def told(self, to: str, form: str, before: Sequence[str], after: Sequence[str]) -> float | None:
        """What the words around speak for a form and not another, beside its frequency."""
        asked = answer(form, to)
        if asked is None:
            return None
        question, says = asked
        weights = self.weights[question]
        around = traits([*map(self.view, before)], [*map(self.view, after)])
        return says * sum([weights[trait] for trait in around if trait in weights])

    def view(self, word: str) -> View:
        """What is seen of a word."""
        known = self.views.get(word)
        if known is None:
            known = self.views[word] = self.looked_at(word)
        return known

    def looked_at(self, word: str) -> View:
        """What is seen of a word that was not looked at before."""
        if word in SENTENCE_ENDS or word[0].isdigit() or word[0].isupper():
            return View(END if word in SENTENCE_ENDS else NUMBER if word[0].isdigit() else NAME)
        bare = skeleton(word)
        if not bare[0].isalpha():
            return View(SEEN_AS.get(bare, bare))
        forms = self.forms(bare) or (word,)
        classes = frozenset("".join(map(self.context.classes, forms)))
        if bare != "a" and classes <= OF_HAVING | OF_BEING:
            return View(HAVING if classes <= OF_HAVING else BEING, True)
        bare = SEEN_AS.get(bare, bare)
        if bare.endswith("'") or max(map(self.context.lexicon.frequency, (bare, *forms))) >= COMMON:
            return View(bare, classes <= FINITE)
        return View(self.described(forms, classes) + "+" * bare.endswith(("s", "x")), classes <= FINITE)

    def forms(self, bare: str) -> Sequence[str]:
        """The words that a form without accents may be, those of old spellings as they are spelt today."""
        found = self.context.lexicon.variants(bare)
        if found or bare in self.context.closed:
            return found
        modern = (bare.removesuffix(old) + new for old, new in MODERN.items() if bare.endswith(old))
        return next(filter(None, map(self.context.lexicon.variants, modern)), ())

    def described(self, forms: Sequence[str], classes: frozenset[str]) -> str:
        """The classes of forms, with their gender where it is one."""
        genders = frozenset().union(*map(self.context.traits, forms)) & frozenset("mf")
        return "".join(sorted(classes)) + "".join(genders if len(genders) == 1 else ())


@cache
def odds() -> Odds:
    """The odds, read when first asked for."""
    packed = resources.files("pv_extract.repair").joinpath("data", "odds.gz").read_bytes()
    first, *lines = gzip.decompress(packed).decode().split("\n")
    weights: dict[str, dict[str, float]] = {question: {} for question in first.split("\t")}
    for line in lines:
        trait, *told = line.split("\t")
        for table, weight in zip(weights.values(), told, strict=True):
            if weight:
                table[trait] = int(weight) / 10
    return Odds(context(), weights)
