"""Rules, and the grammar that they make together: what is searched, and in which texts it is worth while."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import regex

from pv_extract.grammar.compiling import compile_pattern
from pv_extract.grammar.literals import Literals, Need, haystack, meets
from pv_extract.grammar.screening import Passing, Screen
from pv_extract.grammar.searching import searched
from pv_extract.grammar.vocabulary import expand
from pv_extract.mentions import Mention
from pv_extract.text import Span


@dataclass(frozen=True)
class Rule:
    """One rule: a sentence about what it reads, what it emits, its pattern, its examples and counter-examples.

    ``source`` is the pattern with the words of the vocabulary written out, ``written`` without; ``sets`` are fields
    that the rule states by itself; ``hints`` are folded lower-case strings of which a text must hold one;
    ``becomes`` is the replacement of a repair.
    """

    id: str
    about: str
    emits: str
    source: str
    matches: tuple[Mapping[str, str], ...]
    rejects: tuple[str, ...]
    sets: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    becomes: str | None = None
    templates: tuple[int, ...] = ()
    written: str = field(default="", repr=False)
    literals: Literals = field(default=Literals({}), repr=False, compare=False)

    @cached_property
    def pattern(self) -> "regex.Pattern[str]":
        """The compiled pattern; it was checked when the grammar was loaded with ``check=True``."""
        return compile_pattern(self.source)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What a text must hold for the search to be worth its while: the hints, and what the pattern asks for."""
        hints = (frozenset(self.hints),) if self.hints else ()
        return (*hints, *self.literals.needs(self.written))

    def find(self, folded: str, promising: Passing | None = None) -> Iterator[Mention]:
        """Every mention in a folded text; ``promising`` are the ids of the rules that may read it, where known."""
        if meets(haystack(folded), self.needs) if promising is None else self.id in promising:
            yield from self.search(folded)

    def search(self, folded: str) -> Iterator[Mention]:
        """Every mention in a folded text, whether it promises any or not."""
        for match in searched(self.id, self.pattern, folded):
            if match.end() > match.start():
                yield self.mention(match)

    def mention(self, match: "regex.Match[str]") -> Mention:
        """The mention that a match of this rule's pattern stands for."""
        fields = {
            name: Span(*match.span(name))
            for name in match.re.groupindex
            if match.start(name) >= 0 and match.end(name) > match.start(name)
        }
        return Mention(self.emits, self.id, Span(*match.span()), fields, self.sets)


@dataclass(frozen=True)
class Grammar:
    """All rules in force, in the order of their files; searched by what they emit."""

    rules: tuple[Rule, ...]
    words: Mapping[str, str]

    @cached_property
    def by_kind(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each kind of mention."""
        kinds: dict[str, list[Rule]] = {}
        for rule in self.rules:
            kinds.setdefault(rule.emits, []).append(rule)
        return {kind: tuple(rules) for kind, rules in kinds.items()}

    @cached_property
    def screen(self) -> Screen:
        """What tells the rules that may read a text."""
        return Screen({rule.id: rule.needs for rule in self.rules}, {rule.id: rule.emits for rule in self.rules})

    def promising(self, folded: str) -> Passing:
        """The ids of the rules that may read a folded text; to be asked for once where many kinds are searched."""
        return self.screen.passing(folded)

    def worth_searching(self, kind: str, folded: str, promising: Passing | None = None) -> list[Rule]:
        """The rules of a kind that may read a folded text."""
        rules = self.by_kind.get(kind, ())
        if promising is not None:
            always, here = promising.always, promising.here
            return [rule for rule in rules if rule.id in always or rule.id in here]
        text = haystack(folded)
        return [rule for rule in rules if meets(text, rule.needs)]

    def find_all(self, kind: str, folded: str, promising: Passing | None = None) -> list[Mention]:
        """The mentions of a kind in a folded text, by place, those that overlap included."""
        found = [m for rule in self.worth_searching(kind, folded, promising) for m in rule.search(folded)]
        if len(found) > 1:
            found.sort(key=lambda m: (m.span.start, -m.span.end))
        return found

    def find(self, kind: str, folded: str) -> list[Mention]:
        """The mentions of a kind in a folded text, by place; of two that overlap, the earlier or longer one."""
        return list(without_overlaps(self.find_all(kind, folded)))

    def first(self, kind: str, folded: str) -> Mention | None:
        """The first mention of a kind, or None."""
        return next(iter(self.find_all(kind, folded)), None)

    def has(self, kind: str, folded: str) -> bool:
        """Whether a folded text holds a mention of a kind."""
        return any(True for rule in self.worth_searching(kind, folded) for _ in rule.search(folded))

    def word(self, name: str) -> "regex.Pattern[str]":
        """The compiled pattern of a word of the shared vocabulary."""
        return compile_pattern(expand(f"(?&{name})", self.words))


def without_overlaps(ordered: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, in order, without those that begin inside an earlier one."""
    end = -1
    for mention in ordered:
        if mention.span.start >= end:
            yield mention
            end = mention.span.end
