r"""Which letters a pattern cannot match without: texts that lack them need not be searched.

A pattern is read as a tree of what each part can match, as far as that is a few strings; where it is not, as with
``\w+`` or a fuzzy word, nothing is required of the text. What is told is thus always true, never complete.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import regex

Need = frozenset[str]
"""Strings in lower case of which a text must hold one."""

DIGIT = r"\d"
"""The string that stands in a need for any figure."""
MOST_STRINGS = 48
"""The most strings that a part of a pattern is followed by."""
MOST_NEEDS = 3
"""The most needs of one pattern, the rarest ones: more filter hardly better."""
FREQUENCY, RARE = {0: 1.0, 1: 0.6, 2: 0.3, 3: 0.04, 4: 0.015}, 0.006
"""The share of lines that hold a sign, or a string of so many letters, about; nearly all hold any one letter."""

LETTER = frozenset(ascii_lowercase)
WORTHLESS = 0.8
"""The share of lines that makes a need not worth looking for."""

ANY_DIGIT = regex.compile(r"\d")
BLANK = regex.compile(r"(?:\s+|#[^\n]*(?:\n|\Z))+")
LETTERS = regex.compile(r"\w+(?![?*+{])|\w")
CLASS = regex.compile(r"\[(?P<negated>\^?)(?P<members>\]?(?:\\.|[^\]\\])*)\]")
TIMES = regex.compile(r"(?:[?*+]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")
ERRORS = regex.compile(r"\{[^}\n]*\}")
GROUP = regex.compile(r"\((?:\?(?:P?<\w+>|[a-z]*(?:-[a-z]+)?:|>|(?P<aside><?[=!])|&(?P<word>\w+)(?=\))))?")
ESCAPE = regex.compile(
    r"\\(?:(?P<nowhere>[AZbBG])|(?P<tab>t)|(?P<digit>d)|(?P<any>[sSwWDn]|[pP]\{[^}]*\})|(?P<sign>[^\w\s]))"
)


class NotRead(ValueError):
    """A pattern holds notation that is not read here, so that nothing can be told of it."""


@dataclass(frozen=True)
class Part:
    """A part of a pattern: all strings that it can match, None where they are many; what it needs where they are."""

    strings: Need | None
    needs: tuple[Need, ...] = ()

    def least(self) -> tuple[Need, ...]:
        """What a text must hold for the part to match."""
        if self.strings is None:
            return self.needs
        return () if "" in self.strings else (self.strings,)


NOWHERE = Part(frozenset([""]))
ANYTHING = Part(None)
FIGURE = Part(None, (frozenset([DIGIT]),))


def frequency(need: Need) -> float:
    """The share of lines that a need lets pass, about."""
    return sum(1.0 if string in LETTER else FREQUENCY.get(len(string.strip(" ")), RARE) for string in need)


def shortened(need: Need) -> Need:
    """A need without the strings that hold another of its strings.

    >>> sorted(shortened(frozenset(["point", "points", "sujet"])))
    ['point', 'sujet']
    """
    return frozenset(s for s in need if not any(other != s and other in s for other in need))


def in_turn(parts: Iterable[Part]) -> Part:
    """Parts that follow each other."""
    run, needs, followed = NOWHERE.strings or frozenset(), list[Need](), True
    for part in parts:
        if part.strings is not None and len(run) * len(part.strings) <= MOST_STRINGS:
            run = frozenset(a + b for a in run for b in part.strings)
            continue
        needs += [*Part(run).least(), *part.needs]
        run, followed = part.strings or frozenset([""]), False
    return Part(run) if followed else Part(None, (*needs, *Part(run).least()))


def one_of(parts: Sequence[Part]) -> Part:
    """Parts of which one matches."""
    if len(parts) == 1:
        return parts[0]
    strings = frozenset().union(*(part.strings or () for part in parts))
    if all(part.strings is not None for part in parts) and len(strings) <= MOST_STRINGS:
        return Part(strings)
    rarest = [min(part.least(), key=frequency, default=None) for part in parts]
    if None in rarest:
        return ANYTHING
    return Part(None, (frozenset().union(*(need for need in rarest if need)),))


def repeated(part: Part, least: int, most: int | None) -> Part:
    """A part so many times; ``most`` is None where there is no limit."""
    if least == 0:
        return Part(part.strings | {""}) if part.strings is not None and most == 1 else ANYTHING
    return part if most == 1 else Part(None, part.least())


class Reading:
    """A pattern being read, from left to right."""

    def __init__(self, pattern: str, word: Callable[[str], Part]) -> None:
        self.pattern, self.word, self.at = pattern, word, 0

    def whole(self) -> Part:
        """What the whole pattern can match. Raises NotRead."""
        part = self.part()
        if self.at < len(self.pattern):
            raise self.not_read()
        return part

    def not_read(self) -> NotRead:
        """The error for what stands here."""
        return NotRead(self.pattern[self.at : self.at + 20])

    def part(self) -> Part:
        """What stands up to the end of the group or of the pattern."""
        branches = [self.branch()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self.branch())
        return one_of(branches)

    def branch(self) -> Part:
        """What stands up to the next « | », or the end."""
        parts = []
        while self.skip(BLANK) or self.at < len(self.pattern):
            if self.at >= len(self.pattern) or self.pattern[self.at] in "|)":
                break
            parts.append(self.times(self.element()))
        return in_turn(parts)

    def skip(self, pattern: "regex.Pattern[str]") -> "regex.Match[str] | None":
        """What a pattern matches here, which is passed over."""
        found = pattern.match(self.pattern, self.at)
        if found:
            self.at = found.end()
        return found

    def element(self) -> Part:
        """The letters, class, escape or group that begins here."""
        if letters := self.skip(LETTERS):
            return Part(frozenset([letters[0].lower()]))
        if members := self.skip(CLASS):
            return one_character(members)
        if escape := self.skip(ESCAPE):
            return escaped(escape)
        if group := self.skip(GROUP):
            return self.group(group)
        sign = self.pattern[self.at]
        if sign in "\\[({*+?":
            raise self.not_read()
        self.at += 1
        return NOWHERE if sign in "^$" else ANYTHING if sign == "." else Part(frozenset([sign.lower()]))

    def group(self, opened: "regex.Match[str]") -> Part:
        """What stands in a group; a look ahead or behind takes no characters."""
        part = self.word(opened["word"]) if opened["word"] else self.part()
        if not self.pattern.startswith(")", self.at):
            raise self.not_read()
        self.at += 1
        return NOWHERE if opened["aside"] else part

    def times(self, part: Part) -> Part:
        """A part with the quantifier behind it; one that may hold errors can be anything."""
        self.skip(BLANK)
        if (found := self.skip(TIMES)) is None:
            return ANYTHING if self.skip(ERRORS) else part
        if found["most"] is None:
            return repeated(part, int(found[0][0] == "+"), 1 if found[0][0] == "?" else None)
        least = int(found["least"] or 0)
        return repeated(part, least, int(found["most"]) if found["most"] else None if found["comma"] else least)


def one_character(found: "regex.Match[str]") -> Part:
    """The characters of a class, where they are few and each is written."""
    members = regex.sub(r"\\([^\w\s])", r"\1", found["members"])
    is_simple = not found["negated"] and "-" not in members[1:-1] and not {"\\", "["} & set(members)
    if not is_simple:
        return ANYTHING
    return Part(frozenset(members.lower()))


def escaped(found: "regex.Match[str]") -> Part:
    """What a backslash and the character behind it stand for."""
    if found["sign"] or found["tab"]:
        return Part(frozenset([found["sign"] or "\t"]))
    return NOWHERE if found["nowhere"] else FIGURE if found["digit"] else ANYTHING


class Literals:
    """What the patterns of a grammar need, whose words of the vocabulary they call as ``(?&word)``."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self._parts: dict[str, Part] = {}

    def word(self, name: str) -> Part:
        """What a word of the vocabulary can match. Raises NotRead."""
        if name not in self._parts:
            self._parts[name] = Reading(self.words[name], self.word).whole()
        return self._parts[name]

    def needs(self, pattern: str) -> tuple[Need, ...]:
        r"""The rarest needs of a folded verbose pattern, the rarest first; none where it is not read here.

        >>> [sorted(need) for need in Literals({}).needs(r"ordre \s+ du \s+ jours? | sujets? \s+ abordés?")]
        [['ordre', 'sujet']]
        """
        try:
            needs = Reading(pattern, self.word).whole().least()
        except NotRead:
            return ()
        worthy = sorted((shortened(need) for need in needs if frequency(need) < WORTHLESS), key=frequency)
        return tuple(worthy[:MOST_NEEDS])


def haystack(folded: str) -> str:
    """A folded text as needs are looked for in it: in lower case, a figure in it told at its end."""
    return folded.lower() + (DIGIT if ANY_DIGIT.search(folded) else "")


def meets(text: str, needs: Sequence[Need]) -> bool:
    """Whether a text, see ``haystack``, holds what is needed."""
    return all(any(string in text for string in need) for need in needs)
