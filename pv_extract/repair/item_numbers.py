"""The numbers of items that OCR broke, read where those around them leave one number open.

« I. », « H. — », « III. »: the line between can only be II. Nothing is read from its looks alone: what is read must
be near the number that is due behind the one above, and sound numbers must show the order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

import regex
from rapidfuzz.distance import Hamming, Levenshtein

from pv_extract.calendars import roman_value
from pv_extract.text import Edit, Span

RULE, LIKELY = "number.of_item", 0.8
Label = tuple[int, ...]
"""« 5 » is (5,), « 5.2 » is (5, 2)."""

LINE = regex.compile(
    r"""^[ ]{0,12}(?:[‘’'`´.,~]{1,2}[ ]?)?(?P<number>[\dIVXLTliHWUNOSZBG|!]{1,5}?(?:\.[\dlI|OSZ]{1,2})?)
    (?P<mark>[.)/\]°:-]{0,2})(?=[ \t—–-])(?P<gap>[ \t]*[—–-]{0,2}[ \t]*)
    (?=[^\n]*\p{L}{3})(?P<title>["«]?[ ]?\p{Lu}[^\n]+)$""",
    regex.MULTILINE | regex.VERBOSE,
)
ARABIC, NESTED = regex.compile(r"\d{1,2}"), regex.compile(r"(\d{1,2})\.(\d{1,2})")
IN_CHAPTER = regex.compile(r"(?:X{0,2}(?:IV|VI{0,3}|IX)|X{1,2}|I{2,3})\.\d{1,2}")  # « IV.1 »: a Roman chapter's item
STROKES = {"H": "II", "W": "IV", "U": "II", "N": "II"} | dict.fromkeys("Tl1|!Li", "I")
FIGURES = str.maketrans("lI|!OSZLBG", "1111052186")
ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMANS = [tens + ones for tens in ("", "X", "XX") for ones in ONES]
FEWEST_SOUND, FEWEST_NESTED = 2, 2  # sound numbers that show an order; of two levels, that items have such numbers
PER_SOUND = 3  # broken numbers that one sound number may vouch for
WRONG_STROKES, WRONG_FIGURES = 2, 1  # what may be wrong in a number, but never all of it
SOUND, BROKEN, ELSEWHERE = 2.0, 0.5, 1.0  # what a line is worth; what it costs to begin at another number than 1
PASSED, MOST_PASSED = 0.3, 1.5  # what it costs to pass over a sound number; over many
MOST_PATHS = 8  # numberings of a kind in one document: the agenda, the items, lists in some of them
FARTHEST = 40  # numbered lines between two items


class Numbered(NamedTuple):
    """A line that may open an item: its number as read, what that says where it is sound, its mark and title."""

    number: str
    label: Label | None
    mark: str
    title: str
    span: Span


class Step(NamedTuple):
    """A line on a path of numbers: its place, the number it has there, the worth of the path, the step before."""

    place: int
    label: Label
    worth: float
    before: "Step | None"


def item_number_edits(text: str) -> Iterator[Edit]:
    """The repairs of the numbers of items in a damaged text, none overlapping another."""
    lines = [numbered(found) for found in LINE.finditer(text)]
    taken: set[Span] = set()
    for roman in (True, False):
        for path in paths([line for line in lines if line.span not in taken], roman):
            taken.update(line.span for line, _ in path)
            yield from mended(path, roman)


def numbered(found: "regex.Match[str]") -> Numbered:
    """A line as it is read."""
    span = Span(*found.span("number"))
    mark = found["mark"] or found["gap"].strip()
    return Numbered(found["number"], label_of(found["number"]), mark, found["title"], span)


def label_of(number: str) -> Label | None:
    """What a sound number says, None of a broken one."""
    if value := roman_value(number):
        return (value,)
    if nested := NESTED.fullmatch(number):
        return (int(nested[1]), int(nested[2]))
    return (int(number),) if ARABIC.fullmatch(number) else None


def paths(lines: Sequence[Numbered], roman: bool) -> Iterator[list[tuple[Numbered, Label]]]:
    """The numberings of one kind, best first: lines with the numbers that they have there."""
    deep = sum(is_sound(line, roman) and len(line.label or ()) > 1 for line in lines) >= FEWEST_NESTED
    for _ in range(MOST_PATHS):
        step = best_path(lines, roman, deep)
        if step is None:
            return
        path = [step]
        while step.before:
            path.append(step := step.before)
        yield [(lines[s.place], s.label) for s in reversed(path)]
        gone = {s.place for s in path}
        lines = [line for place, line in enumerate(lines) if place not in gone]


def best_path(lines: Sequence[Numbered], roman: bool, deep: bool) -> Step | None:
    """The last step of the path that holds most sound numbers; None where no path has enough of them."""
    steps: list[dict[Label, Step]] = []
    passed, repeated = [0.0], twice_alike(lines)
    for place, line in enumerate(lines):
        found = opening(place, line, roman)
        for at in range(max(0, place - FARTHEST), place):
            cost = min(MOST_PASSED, passed[place] - passed[at + 1])
            for step in steps[at].values():
                for label in following(step.label, deep):
                    if place in repeated and label != line.label:
                        continue
                    worth = step.worth + worth_of(line.number, label, roman) - cost
                    if worth > 0 and (label not in found or found[label].worth < worth):
                        found[label] = Step(place, label, worth, step)
        steps.append(found)
        passed.append(passed[-1] + PASSED * is_sound(line, roman))
    best = max((step for found in steps for step in found.values()), key=lambda step: step.worth, default=None)
    return best if best and best.worth >= FEWEST_SOUND * SOUND - ELSEWHERE else None


def twice_alike(lines: Sequence[Numbered]) -> set[int]:
    """The places of lines with a sound number that come twice, in the agenda and over the item: neither is broken."""
    alike = Counter((line.label, line.title.lower()) for line in lines)
    return {at for at, line in enumerate(lines) if line.label and alike[line.label, line.title.lower()] > 1}


def opening(place: int, line: Numbered, roman: bool) -> dict[Label, Step]:
    """The steps with which a path may begin at a line: its own number where it is sound, else the first."""
    if is_sound(line, roman) and line.label:
        return {line.label: Step(place, line.label, SOUND - ELSEWHERE * (line.label != (1,)), None)}
    first = (1,)
    return {first: Step(place, first, BROKEN, None)} if reads_as(line.number, first, roman) else {}


@lru_cache(maxsize=20_000)
def worth_of(number: str, label: Label, roman: bool) -> float:
    """What it is worth to give a line whose number was read so another number; minus infinity where it is none."""
    sound = label_of(number)
    if sound and number.isalpha() == roman:
        return SOUND if sound == label else BROKEN if has_lost(number, label, roman) else -inf
    return BROKEN if reads_as(number, label, roman) else -inf


def has_lost(number: str, label: Label, roman: bool) -> bool:
    """Whether a number that looks sound has lost a stroke, « VI » for « VII », or its point, « 51 » for « 5.1 »."""
    if roman:
        return len(number) > 1 and printed(label, roman) == number + "I"
    dotless = len(label) == 2 and number.isdigit() and number[0] == str(label[0])
    return dotless and reads_as(number, label, roman)


def is_sound(line: Numbered, roman: bool) -> bool:
    """Whether a line has a number of one kind that was read well."""
    return line.label is not None and line.number.isalpha() == roman


def following(label: Label, deep: bool) -> list[Label]:
    """The numbers that may come behind another: « 6 » or « 5.3 » behind « 5.2 »."""
    if len(label) > 1:
        return [(label[0], label[1] + 1), (label[0] + 1,)]
    return [(label[0] + 1,), (label[0], 1)] if deep else [(label[0] + 1,)]


def mended(path: Sequence[tuple[Numbered, Label]], roman: bool) -> Iterator[Edit]:
    """The repairs of the broken numbers of a path, and of the marks that they have lost."""
    sound = [line for line, label in path if is_sound(line, roman) and line.label == label]
    if len(sound) < FEWEST_SOUND or PER_SOUND * len(sound) < len(path) - len(sound):
        return
    loud = all(line.title.isupper() for line in sound)
    for line, label in path:
        alike = Counter(other.mark for other in sound if len(other.label or ()) == len(label))
        mark = alike.most_common(1)[0][0] if alike and not line.mark else ""
        after = printed(label, roman) + mark
        if after != line.number and (line.title.isupper() or not loud):
            yield Edit(line.span, after, RULE, LIKELY)


def printed(label: Label, roman: bool) -> str:
    """A number as it is printed."""
    return (ROMANS[label[0]] if label[0] < len(ROMANS) else "") if roman else ".".join(map(str, label))


def reads_as(number: str, label: Label, roman: bool) -> bool:
    """Whether a number as read may be another: a stroke lost, « H » for « II », « 51 » for « 5.1 », « S » for « 5 ».

    Figures are roman strokes only where none is wrong: « 11 » is II, « 1 » is never III.

    >>> reads_as("H", (2,), True), reads_as("51", (5, 1), False), reads_as("8", (3,), True), reads_as("1", (3,), True)
    (True, True, False, False)
    """
    if roman and number.isdigit():
        return number == printed(label, roman).replace("I", "1")
    if roman:
        strokes = "".join(STROKES.get(c, c) for c in number)
        wanted = printed(label, roman)
        wrong = Levenshtein.distance(strokes, wanted)
        return set(strokes) <= set("IVX") and wrong <= min(WRONG_STROKES, len(wanted) - 1)
    if (number.isalpha() and len(number) > 1) or IN_CHAPTER.fullmatch(number):
        return False
    figures, wanted = number.translate(FIGURES).replace(".", ""), "".join(map(str, label))
    return len(figures) == len(wanted) and Hamming.distance(figures, wanted) <= min(WRONG_FIGURES, len(wanted) - 1)
