"""The labels of minutes: what opens a list or stands before a count is read where one of them alone is near.

A label is known as a whole, so that more of it may be damaged than of a word: « Etaiouf presents : »,
« Membre5p`iê5ents : 12 ». The figures of the count behind a label are read as figures: « Présents : Z4 ».
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.repair.formulas import is_word, outlined, stem
from pv_extract.repair.likeness import cost, squeezed
from pv_extract.repair.wording import cased
from pv_extract.text import Edit, Span

RULE, FIGURES = "formula.label", "formula.count"
SLOT = regex.compile(
    r"""(?:^[ ]{0,40}(?:[-*•]\s)?|[;,|/\t(–—-][ ]{0,3}|(?<=\d)[ ]*[.][ ]+)
    (?P<label>(?=[\p{L}\d|(])[^\n\t;:,|/(–—]{3,60}?)(?P<gap>[ ]{0,3})
    (?P<mark>[:;.=]|(?=[ ][\dOIlZSGB]{1,4}(?!\S)))
    (?:[ ]{0,3}(?P<count>[\dOQoIl|ZSGB]{1,4})(?![\p{L}\d])|(?=[ ]*$)|(?=[ ]+\p{Lu}))""",
    regex.MULTILINE | regex.VERBOSE,
)
# A line that a label fills by itself, without a mark behind it: « O KORE DU JOUR ».
LINE = regex.compile(r"^[ ]{0,60}(?P<label>\p{L}[^\n\t:;=]{8,38}[^\s:;=.,])[ ]*$", regex.MULTILINE)
ENDS_NAMING = regex.compile(r"(?:^|\s)(?:MM?|Mmes?|Mlles?|Mr|Dr|Me)$")
NUMBER = regex.compile(r"(?<!\S)\d+(?!\S)")  # a count before its label is no damage: « 3 abstentions. »
FIGURE = str.maketrans("OQoIl|ZSGB", "0001112568")
PER_LETTER, ALONE, SHORT = (
    0.4,
    0.65,
    0.5,
)  # what may be believed of each letter; of a label alone on its line; of a short one
SHORTEST, LONG = 4, 6
UNMARKED, LONG_LINE = 0.4, 10  # what may be believed of each letter of a line without a mark; its letters at least
WORDS_ALONE = 0.2  # what may be believed where every word is one of French
CLEAR = 1.0
CANDIDATES = 8


@cache
def labels() -> Mapping[str, str]:
    """The labels by their letters without accents and blanks."""
    text = resources.files("pv_extract.repair").joinpath("data", "labels.txt").read_text(encoding="utf-8")
    return {squeezed(label): label for label in text.splitlines() if label}


def label_edits(text: str) -> Iterator[Edit]:
    """The repairs of labels and of the counts behind them in a damaged text, none overlapping another.

    A line in which a label stands before its count is not taken for a label as a whole.
    """
    counted = list(counted_edits(text))
    yield from counted
    mended = {text.rfind("\n", 0, edit.span.start) for edit in counted}
    yield from (edit for edit in line_edits(text) if text.rfind("\n", 0, edit.span.start) not in mended)


def counted_edits(text: str) -> Iterator[Edit]:
    """The repairs of labels before a mark or a count, and of that count."""
    for found in SLOT.finditer(text):
        written, count = found["label"], found["count"]
        alone = count is None and not text[found.end("mark") :].split("\n", 1)[0].strip()
        label = written if squeezed(written) in labels() else nearest(written, alone, count is not None)
        if label is None or ENDS_NAMING.search(written) or NUMBER.search(written):
            continue
        after = label if label == written else cased(label, outlined("".join(filter(str.isalpha, written))))
        mark = mark_of(found, alone, label == written)
        if (after, mark) != (written, found["mark"]):
            gap = found["gap"] if found["mark"] else " "
            yield Edit(Span(found.start("label"), found.end("mark")), after + gap + mark, RULE)
        if count and not count.isdigit():
            yield Edit(Span(*found.span("count")), count.translate(FIGURE), FIGURES)


def line_edits(text: str) -> Iterator[Edit]:
    """The repairs of labels that fill a line by themselves."""
    for found in LINE.finditer(text):
        written = found["label"]
        form = squeezed(written)
        if len(form) < LONG_LINE or form in labels() or NUMBER.search(written):
            continue
        label = nearest(written, False, False)
        if label and len(squeezed(label)) >= LONG_LINE and cost(form, squeezed(label), True) <= UNMARKED * len(form):
            after = cased(label, outlined("".join(filter(str.isalpha, written))))
            yield Edit(Span(*found.span("label")), after, RULE)


def mark_of(found: "regex.Match[str]", alone: bool, sound: bool) -> str:
    """The mark behind a label: a colon where a list or a count follows, but a full stop may end a sound label."""
    if (alone and sound and found["mark"] == ".") or not (alone or found["count"]):
        return str(found["mark"])
    return ":"


@lru_cache(maxsize=20_000)
def nearest(written: str, alone: bool, counted: bool) -> str | None:
    """The one label that some words are near; None where there is none, or where they are words of French."""
    form = squeezed(written)
    if len(form) < SHORTEST or sum(map(str.isalpha, form)) < 0.6 * len(form):
        return None
    share = ALONE if alone else SHORT if counted and len(form) <= LONG else PER_LETTER
    if all(is_word(squeezed(word)) for word in written.split()):
        share = WORDS_ALONE
    near = process.extract(
        form, labels().keys(), scorer=OSA.distance, score_cutoff=round(0.7 * len(form)), limit=CANDIDATES
    )
    priced = sorted((cost(form, bare, True, 20.0), bare) for bare, _, _ in near)
    if not priced or priced[0][0] > share * max(len(form), len(priced[0][1])):
        return None
    best = priced[0][1]
    if any(spent - priced[0][0] < CLEAR and stem(bare) != stem(best) for spent, bare in priced[1:]):
        return None
    return labels()[best]
