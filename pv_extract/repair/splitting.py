"""Words that OCR ran together or broke up."""

from collections.abc import Iterator

from pv_extract.repair.choices import Reading
from pv_extract.repair.context import Context
from pv_extract.repair.wording import Wording
from pv_extract.text import Edit, Span

MERGED, BROKEN, HYPHENATED = "word.merged", "word.broken", "hyphen.proven"
MERGED_COST = 6.0
PROOFS = 3  # times that a document must write a word whole, to prove that it is one word where it is hyphenated
FREQUENT, FREQUENT_SHORT = 40, 55  # frequency classes
COMMON = 30
HABIT = 10  # hyphenated words so proven that show that a document has its broken words within its lines
LIKELY = 0.9  # the confidence of a word joined
COMMON_WORDS = """
    à au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nous on ou où par pas pour
    qui que sa sans se ses son sous sur un une
"""
FUNCTION_WORDS = frozenset(COMMON_WORDS.split())


def of_unknown(form: str, context: Context) -> Iterator[Reading]:
    """The two words that a form may be that is none: one of them a function word, the other well known."""
    for cut in range(2, len(form) - 1):
        first, second = form[:cut], form[cut:]
        if (first in FUNCTION_WORDS and frequent(second, context)) or (
            second in FUNCTION_WORDS and frequent(first, context)
        ):
            favour = (context.prior(first) + context.prior(second)) / 2 - MERGED_COST
            yield Reading(f"{first} {second}", favour, MERGED)


def frequent(form: str, context: Context) -> bool:
    """Whether a form is a word that is often met."""
    least = FREQUENT if len(form) > 3 else FREQUENT_SHORT
    return form in context.lexicon.parts and context.lexicon.frequency(form) >= least


def hyphen_edits(wording: Wording, context: Context) -> Iterator[Edit]:
    """Joins « déli-bération » where the document writes « délibération » elsewhere, and often.

    Where it has many words so broken, those are joined too that the dictionary alone proves.
    """
    hyphens = [index for index in wording.places(frozenset("-")) if within_word(wording, index)]
    proven = {index for index in hyphens if wording.counts[whole_at(wording, index)] >= PROOFS}
    for index in hyphens:
        if index in proven or (len(proven) >= HABIT and is_broken(wording, index, context)):
            yield Edit(wording.span(index), "", HYPHENATED, LIKELY)


def within_word(wording: Wording, index: int) -> bool:
    """Whether a hyphen stands between letters, the second in lower case."""
    if not 0 < index < len(wording.forms) - 1 or not wording.lower_case(index + 1):
        return False
    start = wording.starts[index]
    return wording.span(index - 1).end == start and wording.starts[index + 1] == start + 1


def whole_at(wording: Wording, index: int) -> str:
    """The word that the parts around a hyphen make."""
    return wording.forms[index - 1] + wording.forms[index + 1]


def is_broken(wording: Wording, index: int, context: Context) -> bool:
    """Whether the parts around a hyphen are a word that is often met, and no compound."""
    first, second = wording.forms[index - 1], wording.forms[index + 1]
    compound = context.lexicon.knows(f"{first}-{second}")
    return not compound and frequent_whole(first + second, context)


def frequent_whole(whole: str, context: Context) -> bool:
    """Whether the parts of a word, joined, are one that is often met."""
    return len(whole) > 3 and whole in context.lexicon.parts and context.lexicon.frequency(whole) >= COMMON


def broken_edits(wording: Wording, context: Context) -> Iterator[Edit]:
    """Joins « avai t » and « d roite »: two parts of a word, one of them none by itself."""
    parts = context.lexicon.parts
    strays = frozenset(
        f for f in wording.in_lower_case if f.isalpha() and f not in parts and f.capitalize() not in parts
    )
    at = -1
    for index in wording.places(strays):
        for first in (index - 1, index):
            if first > at and 0 <= first < len(wording.forms) - 1 and joins(wording, first, context):
                at = first + 1
                yield Edit(Span(wording.span(first).end, wording.starts[at]), "", BROKEN, LIKELY)
                break


def joins(wording: Wording, first: int, context: Context) -> bool:
    """Whether a word and the next, on one line, are one word that is often met."""
    start, end = wording.span(first).end, wording.starts[first + 1]
    if wording.text[start:end] != " " or not (wording.lower_case(first) and wording.lower_case(first + 1)):
        return False
    if wording.glued(first) or wording.glued(first + 1):
        return False
    return frequent_whole(wording.forms[first] + wording.forms[first + 1], context)
