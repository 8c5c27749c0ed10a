"""Odds: what the words around a place speak for « donné » and not « donne », for « à » and not « a ».

Counted on law, agreements and the prose that Littré cites by ``scripts/build_odds.py``. The words around are seen
without their accents, which may be lost, and by their classes too, so that the odds hold for texts of another kind.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import NamedTuple

from pv_extract.repair.archaic import MODERN
from pv_extract.repair.context import Context, context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.wording import SENTENCE_ENDS

# The questions « donne » or « donné », « vint » or « vînt », and the endings that answer yes by those that answer no.
PARTICIPLE, SUBJUNCTIVE = "é", "î"
ENDINGS = {PARTICIPLE: {"e": "é", "es": "és"}, SUBJUNCTIVE: {"it": "ît", "ut": "ût", "int": "înt"}}
SHORTEST = {PARTICIPLE: 2, SUBJUNCTIVE: 1}  # letters of a stem: « né » is no form of « ne », but « fût » is of « fut »
PAIRS = (("a", "à"), ("la", "là"), ("du", "dû"), ("des", "dès"), ("dés", "dès"), ("sur", "sûr"), ("ou", "où"))
ANSWERS = {(form, to): (to, 1) for form, to in PAIRS} | {(to, form): (to, -1) for form, to in PAIRS}
ANSWERS["dés", "des"] = "dès", -1
COMMON = 58  # frequency class from which on a word is seen as itself
END, NAME, NUMBER = ".", "C", "#"
MARKS = frozenset((END, ","))
OPENING_QUOTES = frozenset("«“")  # « par la « Pro-Zone » » goes on behind them
FINITE, OF_HAVING, OF_BEING = frozenset("VTABEUFl"), frozenset("ABU"), frozenset("EF")  # classes
HAVING, BEING = "avait", "est"  # how any finite form of these two is seen; « a » may be « à »
PERSONS = {
    "il": "je j' tu", "son": "mon ton", "sa": "ma ta", "ses": "mes tes", "notre": "votre", "nos": "vos", "nous": "vous",
    "se": "me te", "s'": "m' t'", "-il": "-elle -on -je -tu -nous -vous -ce -t -ils -elles",
    "-le": "-moi -toi -lui -leur -y -en",
}  # fmt: skip
SEEN_AS = {word: person for person, words in PERSONS.items() for word in words.split()}  # law has no « je », no « tu »


class View(NamedTuple):
    """What is seen of a word from beside: itself or its classes; whether it must be a finite verb; its bare letters."""

    seen: str
    finite: bool = False
    bare: str = ""


EDGE = View(END, bare=END)


def traits(word: str, before: Sequence[View], after: Sequence[View]) -> Sequence[str]:
    """What is told of a place by the words before and behind it, the nearest last and first; and of the word itself.

    The word is given without its accents, and empty where the question is that of one word.
    """
    lefts, rights = before[::-1], after
    (left, lefter, leftest), (right, righter, rightest) = nearest(lefts), nearest(rights)
    verbs = ("0", "1")[has_verb(lefts)] + ("0", "1")[has_verb(rights)]
    told = ["", f"<{left}", f">{right}", f"<<{lefter} {left}", f">>{right} {righter}", f"<>{left} {right}"]
    told += [
        f"<<>{lefter} {left} {right}",
        f"<>>{left} {right} {righter}",
        verbs,
        f"{verbs}<{left}",
        f"{verbs}>{right}",
    ]
    told += [f"<<<{leftest} {lefter} {left}", f">>>{right} {righter} {rightest}"]
    told += [f"<:{(lefts or [EDGE])[0].bare}", f">:{(rights or [EDGE])[0].bare}"]
    told += [f"~<{view.seen}" for view in up_to_mark(lefts)] + [f"~>{view.seen}" for view in up_to_mark(rights)]
    if word:
        told += [f"={word}", f"={word}<{left}", f"={word}>{right}"]
    return told


def nearest(views: Sequence[View]) -> Sequence[str]:
    """What is seen of the three nearest words, and of none behind the end of a sentence."""
    seen = [view.seen for view in views[:3]]
    if END in seen:
        seen = seen[: seen.index(END)]
    return (*seen, *[END] * (3 - len(seen)))


def up_to_mark(views: Sequence[View]) -> Iterator[View]:
    """The words before the next mark."""
    return takewhile(lambda view: view.seen not in MARKS, views)


def has_verb(views: Sequence[View]) -> bool:
    """Whether a finite verb stands before the next mark."""
    return any(view.finite for view in up_to_mark(views))


def answer(form: str, to: str) -> tuple[str, int] | None:
    """The question that parts two forms, and what the second one answers: 1 is yes, -1 no; None if none does."""
    if (form, to) in ANSWERS:
        return ANSWERS[form, to]
    for question in ENDINGS:
        if to in yes_of(question, form):
            return question, 1
        if form in yes_of(question, to):
            return question, -1
    return None


def yes_of(question: str, form: str) -> Iterator[str]:
    """The forms that answer a question yes where one with other accents answers no."""
    for ending, other in ENDINGS[question].items():
        stem = form.removesuffix(ending)
        if form != stem and len(stem) >= SHORTEST[question]:
            yield stem + other


def hangs_on_far_words(form: str, to: str) -> bool:
    """Whether what parts two forms may stand far before them: « empêcher qu'une pareille charge ne devînt »."""
    asked = answer(form, to)
    return asked is not None and asked[0] == SUBJUNCTIVE


def word_of(question: str, form: str) -> str:
    """The word without accents of which a question is asked; empty where that is always the same."""
    return skeleton(form) if question in ENDINGS else ""


@dataclass(frozen=True)
class Odds:
    """The weights of what is told of a place, for each question."""

    context: Context
    weights: Mapping[str, Mapping[str, int]]  # in tenths
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
        behind = [word for word in after if word not in OPENING_QUOTES]
        around = traits(word_of(question, form), [*map(self.view, before)], [*map(self.view, behind)])
        return says * sum([weights[trait] for trait in around if trait in weights]) / 10

    def view(self, word: str) -> View:
        """What is seen of a word."""
        known = self.views.get(word)
        if known is None:
            known = self.views[word] = self.looked_at(word)
        return known

    def looked_at(self, word: str) -> View:
        """What is seen of a word that was not looked at before."""
        bare = skeleton(word)
        if word in SENTENCE_ENDS or word[0].isdigit() or word[0].isupper():
            return View(END if word in SENTENCE_ENDS else NUMBER if word[0].isdigit() else NAME, bare=bare)
        return self.classed(word, bare)._replace(bare=bare)

    def classed(self, word: str, bare: str) -> View:
        """What is seen of a word that is neither name nor number."""
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
    lines = gzip.decompress(packed).decode().split("\n")
    weights = {
        question: dict(zip(told.split("\t"), map(int, tenths.split()), strict=True))
        for question, told, tenths in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    }
    return Odds(context(), weights)
