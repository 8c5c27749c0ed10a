"""Accents lost and invented: what a word may have been, by the dictionary."""

import re
from collections.abc import Iterator

from pv_extract.repair.choices import Choice, Reading
from pv_extract.repair.context import Context
from pv_extract.repair.lexicon import Lexicon
from pv_extract.repair.odds import SUBJUNCTIVE, yes_of

LOST, INVENTED, MISREAD = "accent.lost", "accent.invented", "accent.misread"
# Forms that are words themselves, what OCR may have made them of, and how much better the other must suit.
REAL_WORDS = {
    "a": {"à": 2.4},
    "à": {"a": 6.0},
    "â": {"à": -4.0, "a": -1.0},
    "ou": {"où": 2.5},
    "où": {"ou": 5.0},
    "la": {"là": 6.0},
    "là": {"la": 2.0},
    "dé": {"de": 1.0},
    "lés": {"les": -3.0},
    "dés": {"des": 0.0, "dès": 0.0},
    "dès": {"des": 5.0},
    "dû": {"du": 3.0},
    "du": {"dû": 7.0},
    "sûr": {"sur": 4.0},
    "tète": {"tête": -2.0},
    "tètes": {"têtes": -2.0},
    "gène": {"gêne": 1.0},
    "vôtre": {"votre": 2.0},
    "nôtre": {"notre": 2.0},
    "prés": {"près": 3.0},
}
LOST_PARTICIPLE, INVENTED_PARTICIPLE = 7.0, 2.5  # how much better « donné » must suit than « donne », and the reverse
LOST_SUBJUNCTIVE = 3.0  # and « qu'il vînt » than « qu'il vint »
LOST_CIRCUMFLEX = 1.5  # and « nous prîmes » than « nous primes »
# Accents that were printed otherwise before 1878 or may be since 1990, and those of before 1800.
OLD = {("û", "u"), ("î", "i"), ("u", "û"), ("i", "î"), ("è", "é")}
OLDER = {
    ("é", "è"),
    ("e", "è"),
    ("e", "ê"),
    ("a", "â"),
    ("a", "à"),
    ("i", "î"),
    ("o", "ô"),
    ("u", "û"),
    ("é", "e"),
    ("ê", "è"),
    ("ô", "o"),
}
PLAIN_PAST, CIRCUMFLEXED = ("ames", "imes", "umes"), {"a": "â", "i": "î", "u": "û"}
MET = 15  # frequency class under which a word is rarer than the damage that would make it
ALIKE = 2.0
# ù stands in « où » alone, à at the end of words, è within them and not before two like letters, ç before a, o, u, a
# diaeresis behind a vowel.
IMPOSSIBLE = re.compile(r"ù(?<!^où)|à(?=\w)|è(?=$|([^\W\d_])\1)|ç(?![aouâô])|(?<![aeéougcû])[ëïü]|[äöòìÿãõñáíóú]")
CIRCUMFLEX = 4.0  # in favour of û for ù, which is what OCR makes of it
OLD_ENDING = "ùment"  # « dénoûment », « assidûment »: the dictionary of today has no û there
SURE = 12.0  # in favour of a form with other accents, beside one with other letters


def rule_of(before: str, after: str) -> str:
    """The rule of a change of accents."""
    if before.isascii():
        return LOST
    return INVENTED if after.isascii() else MISREAD


def of_known(form: str, context: Context) -> Choice | None:
    """What a word of the dictionary may have been with other accents."""
    others = REAL_WORDS.get(form)
    if others is None and form not in context.closed:
        margin = LOST_PARTICIPLE if form.endswith(("e", "es")) else INVENTED_PARTICIPLE
        met = (to for to in participles(form, context) if context.lexicon.frequency(to) >= MET)
        others = dict.fromkeys(met, margin)
        others |= dict.fromkeys(past_of_us(form, context), LOST_CIRCUMFLEX)
        others |= dict.fromkeys(subjunctive(form, context), LOST_SUBJUNCTIVE)
    return Choice(form, [Reading(to, -margin, rule_of(form, to)) for to, margin in others.items()]) if others else None


def of_unknown(form: str, context: Context) -> list[Reading]:
    """The words that differ in accents from a form that is none."""
    if form.endswith(OLD_ENDING):
        return [Reading(form.replace("ù", "û"), SURE, MISREAD)]
    found = context.lexicon.variants(form)
    met = [to for to in found if context.lexicon.frequency(to) >= MET or (len(found) == 1 and is_impossible(form))]
    return [Reading(to, SURE + context.prior(to) + likeness(form, to), rule_of(form, to)) for to in met]


def likeness(form: str, to: str) -> float:
    """What the accents that a form has speak for another."""
    return CIRCUMFLEX * (form.replace("ù", "û") == to) + ALIKE * shared(form, to)


def shared(form: str, to: str) -> int:
    """How many letters have an accent in both of two forms; OCR takes one accent for another rather than for none."""
    return sum(not (old.isascii() or new.isascii()) for old, new in zip(form, to, strict=False))


def lacks_acute(form: str, to: str) -> bool:
    """Whether a form is another without some of its acute accents."""
    pairs = list(zip(form, to, strict=False))
    return form != to and len(form) == len(to) and all(old == new or (old, new) == ("e", "é") for old, new in pairs)


def is_impossible(form: str) -> bool:
    """Whether a form has an accent where French has none: « haùt », « mèssage », « çette »."""
    return len(form) > 1 and bool(IMPOSSIBLE.search(form))


def is_of_its_time(form: str, lexicon: Lexicon, archaic: bool) -> bool:
    """Whether a form that is no word is one by the spelling of its time, or without its ligature."""
    return any(was_usual(form, to, archaic) for to in lexicon.variants(form))


def was_usual(form: str, to: str, archaic: bool) -> bool:
    """Whether a form was usual for a word: « sacrilége », « poëte », « vûe », « manoeuvre »; « piéce » before 1800."""
    if form in (to.replace("œ", "oe").replace("æ", "ae"), to.replace("ège", "ége")):
        return True
    if len(form) != len(to):
        return False
    changes = [
        (form[at - 1 : at], old, form[at + 1 : at + 2], new)
        for at, (old, new) in enumerate(zip(form, to, strict=True))
        if old != new
    ]
    return bool(changes) and all(was_usual_accent(*change, archaic) for change in changes)


def was_usual_accent(before: str, old: str, after: str, new: str, archaic: bool) -> bool:
    """Whether a letter was usual for another between two. A circumflex stands for a lost s: not before one or n."""
    if old == "ë":
        return before in "aou"
    if (old, new) == ("î", "i") and after in ("n", "s") and before not in ("a", "o"):
        return False
    return (old, new) in OLD or (archaic and (old, new) in OLDER)


def participles(form: str, context: Context) -> Iterator[str]:
    """« donné » for « donne », « donne » for « donné », where both are forms of one verb."""
    parts = context.lexicon.parts
    for ending, other in (("e", "é"), ("es", "és")):
        if form.endswith(ending) and "P" in parts.get(form[: -len(ending)] + other, ""):
            yield form[: -len(ending)] + other
        if form.endswith(other) and "P" in parts.get(form, "") and form[: -len(other)] + ending in parts:
            yield form[: -len(other)] + ending


def past_of_us(form: str, context: Context) -> Iterator[str]:
    """« prîmes » for « primes », where that is the past of « nous »."""
    if form.endswith(PLAIN_PAST):
        cut = len(form) - len("imes")
        to = form[:cut] + CIRCUMFLEXED[form[cut]] + form[cut + 1 :]
        if "2" in context.lexicon.parts.get(to, ""):
            yield to


def subjunctive(form: str, context: Context) -> Iterator[str]:
    """« vînt » for « vint », « finît » for « finit », « pût » for « put »."""
    found = yes_of(SUBJUNCTIVE, form)
    return (to for to in found if context.lexicon.knows(to) and "T" in context.classes(to))
