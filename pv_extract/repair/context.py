"""Context: which of several forms of a word a French sentence asks for, by what may follow what.

The classes of words and the costs of their successions are data, written by hand (``data/context.toml``).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from math import log

from pv_extract.repair.clauses import Step, steps
from pv_extract.repair.lexicon import Lexicon, lexicon

EDGE, NAME, NOMINAL = "X", "C", frozenset("NJmP")
NATS = log(10) / 10  # a frequency class, in natural logarithms
OF_VERBS = 0.75  # how much frequency tells of the forms of verbs, « donne » and « donné »
USUAL = 40  # the frequency class of a form of which it tells nothing
DOUBTFUL = 1.5  # what it costs to take a form of a verb for a noun or an adjective
HIATUS = 4.0  # what it costs that « le », « de », « que » stand unelided before a vowel
CLASS_OF_PART = dict.fromkeys("123", "V") | {part: part for part in "NJCPRIW"} | {"O": "NW"}
EPICENE = ("ique", "able", "ible", "aire", "iques", "ables", "ibles", "aires", "esque")  # adjectives of one form
ENDINGS = {"oit": "3", "oient": "3", "ois": "1", "ait": "3", "aient": "3", "ment": "W", "é": "P", "ée": "P", "és": "P"}
SUBJUNCTIVE = ("ât", "ît", "ût", "înt")  # « qu'il parlât, finît, eût, vînt »
CONJUNCTIONS = frozenset(("que", "qu'", "quoique"))
TILL = ("à", "ce")  # « jusqu'à ce qu'il vînt », but « ce qu'il fit »
WISHED, WISHED_WITHIN = 5.0, 8  # what speaks for the subjunctive, in so many words behind one that wants it
WISHED_NEAR = {"T": 1, "B": 3, "F": 3}  # how many words may lie between that one and « que »: « quelle que fût »
PAST_OF_US = ("âmes", "îmes", "ûmes")  # « nous prîmes »
ELIDING = frozenset(("le", "la", "de", "que", "se", "me", "te", "je", "ne", "jusque", "lorsque", "puisque"))
NOT_ELIDED_BEFORE = frozenset(("onze", "onzième", "oui", "y", "un"))
VOWELS = frozenset("aeiouyàâéèêëîïôùûœæ")
GENDERS, NUMBERS = frozenset("mf"), frozenset("sp")
FORMS_OF_VERBS, VERBAL = frozenset("VP"), frozenset("VPR")  # classes; the second may stand as nouns, at a cost

Path = tuple[float, tuple[str, ...]]  # its weight and its words
Paths = Mapping[str, Path]  # the best path to each state: the class of the last word, and how far the clause has come
START: Paths = {EDGE: (0.0, ())}


def guessed(word: str) -> str:
    """The part of speech of a word that no list has, by its ending: « croyoit » is a verb; else a noun."""
    return next((part for ending, part in ENDINGS.items() if word.endswith(ending)), "N")


@dataclass(frozen=True)
class Context:
    """The classes a word may have, and what it costs that one class follows another."""

    lexicon: Lexicon
    closed: Mapping[str, str]
    steps: Mapping[str, Mapping[str, Step]]
    pairs: Mapping[tuple[str, str], float]
    disagreements: Mapping[str, float]
    traits_of_closed: Mapping[str, frozenset[str]]
    wishes: frozenset[str]
    memory: dict[str, str] = field(default_factory=dict, repr=False)
    traits_met: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    kinds_met: dict[str, str] = field(default_factory=dict, repr=False)

    def classes(self, word: str) -> str:
        """The classes of a word in lower case; a noun where nothing is known."""
        known = self.memory.get(word)
        if known is None:
            known = self.memory[word] = self.closed.get(word) or self.open_classes(word)
        return known

    def open_classes(self, word: str) -> str:
        """The classes of a word by the parts of speech that the dictionary gives it."""
        if not word or not word[0].isalnum():
            return EDGE
        if word[0].isdigit():
            return "#"
        if (lower := word.lower()) != word:
            return self.closed.get(lower, NAME + "".join(filter(NOMINAL.__contains__, self.classes(lower))))
        if word.endswith(SUBJUNCTIVE) and "3" in self.lexicon.parts.get(word, ""):
            return "T"
        if word.endswith(PAST_OF_US) and self.lexicon.parts.get(word) == "2":
            return "l"
        if len(word) > 6 and word.endswith(EPICENE):
            return "J"
        parts = self.lexicon.parts.get(word) or self.lexicon.parts.get(word.capitalize()) or guessed(word)
        return "".join(dict.fromkeys("".join(CLASS_OF_PART.get(part, "") for part in parts)))

    def traits(self, word: str) -> frozenset[str]:
        """The genders (m f) and numbers (s p) that a word in lower case may have; none where nothing is known."""
        known = self.traits_met.get(word)
        if known is None:
            told = frozenset(self.lexicon.parts.get(word.lower(), "")) & (GENDERS | NUMBERS)
            known = self.traits_met[word] = self.traits_of_closed.get(word, told)
        return known

    @cached_property
    def singular(self) -> frozenset[str]:
        """The words that the model knows each by itself."""
        return frozenset(word for pair in self.pairs for word in pair).union(self.closed)

    def kind(self, word: str) -> str:
        """What the model sees of a word in lower case: words of one kind have the same weight anywhere."""
        known = self.kinds_met.get(word)
        if known is None:
            seen = (self.classes(word), *sorted(self.traits(word)), "h" * (word[:1] in VOWELS))
            known = self.kinds_met[word] = word if word in self.singular else "=" + "".join(seen)
        return known

    def disagree(self, word: str, other: str) -> bool:
        """Whether two words differ in gender or number."""
        first, second = self.traits(word), self.traits(other)
        return any(first & kind and second & kind and not first & second & kind for kind in (GENDERS, NUMBERS))

    def likeliest(self, slots: Iterable[Mapping[str, float]]) -> list[str]:
        """The likeliest form for each place of a sentence, given what speaks for each form that it may hold."""
        paths = START
        for forms in slots:
            paths = self.extended(paths, forms)
        return list(self.ended(paths)[1])

    def paths(self, words: Iterable[str]) -> "Paths":
        """The best paths through some words from the edge on, by the class of the last."""
        paths = START
        for word in words:
            paths = self.extended(paths, {word: 0.0})
        return paths

    def weight(self, paths: "Paths", words: Iterable[str]) -> float:
        """How well words suit behind some paths, up to the edge; their frequencies do not count."""
        for word in words:
            paths = self.extended(paths, {word: 0.0})
        return self.ended(paths)[0]

    def ended(self, paths: "Paths") -> Path:
        """The best path to the edge."""
        return max((weight + self.steps[last[0]][EDGE].cost, trail) for last, (weight, trail) in paths.items())

    def extended(self, paths: "Paths", forms: Mapping[str, float]) -> dict[str, Path]:
        """The best path to each state that the next word leads to."""
        following: dict[str, Path] = {}
        for form, favour in forms.items():
            for label in self.classes(form):
                own = favour - self.doubt(form, label)
                for last, (before, trail) in paths.items():
                    state, cost = self.steps[last][label]
                    weight = before + cost + own + self.beside(last[0], trail, label, form)
                    if state not in following or following[state][0] < weight:
                        following[state] = (weight, (*trail, form))
        return following

    def prior(self, form: str) -> float:
        """What the frequency of a form speaks for it."""
        told = NATS * self.lexicon.frequency(form if form.islower() else form.lower())
        if form in self.closed or FORMS_OF_VERBS.isdisjoint(self.classes(form)):
            return told
        return OF_VERBS * told + (1 - OF_VERBS) * NATS * USUAL

    def doubt(self, form: str, label: str) -> float:
        """What it costs to read a form of a verb as a noun or an adjective."""
        if form[:1].isupper() and label == "P":
            return DOUBTFUL
        return DOUBTFUL if label in "NJ" and not VERBAL.isdisjoint(self.classes(form)) else 0.0

    def beside(self, last: str, trail: tuple[str, ...], label: str, form: str) -> float:
        """What it adds that two words stand side by side, each read as one of a class."""
        if not trail:
            return 0.0
        bonus = self.pairs.get((trail[-1], form), 0.0)
        if label in WISHED_NEAR and self.is_wished(trail, WISHED_NEAR[label]):
            bonus += WISHED
        if trail[-1] in ELIDING and form[0] in VOWELS and form not in NOT_ELIDED_BEFORE:
            bonus -= HIATUS
        cost = self.disagreements.get(last + label)
        return bonus - cost if cost and self.disagree(trail[-1], form) else bonus

    def is_wished(self, trail: Sequence[str], near: int = 1) -> bool:
        """Whether words want the subjunctive: the last « que » of late stands so near behind one that wants it."""
        trail = tuple(trail[-WISHED_WITHIN:])
        at = max((at for at, word in enumerate(trail) if word in CONJUNCTIONS), default=-1)
        if trail[max(0, at - 2) : max(0, at)] == TILL:
            return True
        return not self.wishes.isdisjoint(trail[max(0, at - near) : at + 1])


@cache
def context() -> Context:
    """The context model, read when first asked for."""
    text = resources.files("pv_extract.repair").joinpath("data", "context.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    closed: dict[str, str] = {}
    for label, words in table["classes"].items():
        for word in words.split():
            closed[word] = closed.get(word, "") + label
    follows = table["follows"]
    costs = {first: {then: follows[first][then] for then in follows} for first in follows}
    pairs = {}
    for bonus, listed in table["pairs"].items():
        pairs.update({(pair.split()[0], pair.split()[1]): float(bonus) for pair in listed})
    disagreements = {first + then: cost for first, row in table["disagreements"].items() for then, cost in row.items()}
    traits = {word: frozenset(letters) for letters, words in table["traits"].items() for word in words.split()}
    return Context(
        lexicon(), closed, steps(costs), pairs, disagreements, traits, frozenset(table["wishes"]["words"].split())
    )
