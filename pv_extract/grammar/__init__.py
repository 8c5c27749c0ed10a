"""Rules as data: loading them, checking them, and searching with them.

Rules are searched in *folded* text: without accents, with plain quotes, hyphens and spaces, and with the
case kept. Folding never changes the length, so a match gives offsets into the text itself. Patterns are
folded the same way when they are loaded: write them in ordinary French.
"""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import regex

from pv_extract.errors import GrammarError
from pv_extract.grammar.compiling import compile_pattern
from pv_extract.grammar.literals import Literals, Need, haystack, meets
from pv_extract.grammar.screening import Screen
from pv_extract.mentions import KINDS, Mention
from pv_extract.text import Span

SEARCH_LIMIT = 2.0  # seconds that one rule may spend on a paragraph
SEARCH_RATE = 50_000  # characters of longer text that buy a rule one more second
RULE_KEYS = {"about", "emits", "pattern", "matches", "rejects", "sets", "hints", "becomes", "templates"}
WORD_CALL = regex.compile(r"\(\?&(\w+)\)")


_OVERRUNS: ContextVar[set[str] | None] = ContextVar("overruns", default=None)


@contextmanager
def watched(overruns: set[str]) -> Iterator[None]:
    """While this lasts, a search that runs out of time ends, and its rule is named in ``overruns`` and set aside.

    Everywhere else such a search raises TimeoutError.
    """
    token = _OVERRUNS.set(overruns)
    try:
        yield
    finally:
        _OVERRUNS.reset(token)


def searched(
    name: str, pattern: "regex.Pattern[str]", text: str, start: int = 0, end: int | None = None
) -> "Iterator[regex.Match[str]]":
    """The matches of a pattern in a part of a text, within the time that its length allows; see ``watched``."""
    overruns = _OVERRUNS.get()
    if overruns is not None and name in overruns:
        return
    limit = SEARCH_LIMIT + len(text) / SEARCH_RATE
    try:
        yield from pattern.finditer(text, start, len(text) if end is None else end, timeout=limit)
    except TimeoutError:
        if overruns is None:
            raise
        overruns.add(name)


def _fold_table() -> dict[int, str]:
    table = {}
    for code in range(0xA0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    plain = {"'": "’‘ʼ´`′", '"': "«»“”„″", "-": "‐‑‒–—―−", " ": "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", "°": "º˚"}
    table.update({ord(c): to for to, chars in plain.items() for c in chars})
    table.update({ord("ſ"): "s", ord("ı"): "i"})
    return table


FOLD = _fold_table()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without accents, with plain quotes, hyphens and spaces: same length, same case.

    >>> fold("Été « à » – 20 h")
    'Ete " a " - 20 h'
    """
    return text.translate(FOLD)


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

    def find(self, folded: str, promising: frozenset[str] | None = None) -> Iterator[Mention]:
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
        return Screen({rule.id: rule.needs for rule in self.rules})

    def promising(self, folded: str) -> frozenset[str]:
        """The ids of the rules that may read a folded text; to be asked for once where many kinds are searched."""
        return self.screen.passing(folded)

    def worth_searching(self, kind: str, folded: str, promising: frozenset[str] | None = None) -> list[Rule]:
        """The rules of a kind that may read a folded text."""
        rules = self.by_kind.get(kind, ())
        if promising is not None:
            return [rule for rule in rules if rule.id in promising]
        text = haystack(folded)
        return [rule for rule in rules if meets(text, rule.needs)]

    def find_all(self, kind: str, folded: str, promising: frozenset[str] | None = None) -> list[Mention]:
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


def expand(pattern: str, words: Mapping[str, str], inside: tuple[str, ...] = ()) -> str:
    """The pattern with every ``(?&word)`` replaced by that word of the vocabulary.

    Raises KeyError for an unknown word, ValueError for one that is defined by itself.
    """

    def replace(call: "regex.Match[str]") -> str:
        name = call[1]
        if name in inside:
            raise ValueError(" -> ".join((*inside, name)))
        return f"(?:{expand(words[name], words, (*inside, name))})"

    return WORD_CALL.sub(replace, pattern)


def invalid(file: str, rule: str, problem: str) -> GrammarError:
    """The error for a rule that cannot be used."""
    return GrammarError(
        f"{file}: [{rule}] {problem}; mend the rule and try `pv-extract rules check {file}`",
        f"{file} : [{rule}] {problem} ; corrigez la règle puis lancez `pv-extract rules check {file}`",
    )


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """The tables of a grammar file. Raises GrammarError with the line where the TOML is wrong."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GrammarError(f"{file}: not valid TOML: {error}", f"{file} : TOML invalide : {error}") from error


def make_rule(stem: str, name: str, table: object, literals: Literals, file: str) -> Rule:
    """One rule from its table. Raises GrammarError naming file, rule and what is wrong."""
    if not isinstance(table, dict):
        raise invalid(file, name, "is not a table")
    if unknown := set(table) - RULE_KEYS:
        raise invalid(file, name, f"has unknown keys: {', '.join(sorted(unknown))}")
    if missing := {"about", "emits", "pattern", "matches", "rejects"} - set(table):
        raise invalid(file, name, f"lacks: {', '.join(sorted(missing))}")
    if table["emits"] not in KINDS:
        raise invalid(file, name, f"emits {table['emits']!r}, which is not one of {', '.join(sorted(KINDS))}")
    if not isinstance(table["pattern"], str):
        raise invalid(file, name, "has a pattern that is no string")
    try:
        source = expand(fold(table["pattern"]), literals.words)
    except KeyError as error:
        raise invalid(file, name, f"calls the unknown word (?&{error.args[0]})") from error
    except ValueError as error:
        raise invalid(file, name, f"a word is defined by itself: {error}") from error
    return Rule(
        id=f"{stem}.{name}",
        about=table["about"],
        emits=table["emits"],
        source=source,
        matches=tuple({"text": m} if isinstance(m, str) else dict(m) for m in table["matches"]),
        rejects=tuple(table["rejects"]),
        sets={key: str(value) for key, value in table.get("sets", {}).items()},
        hints=tuple(fold(hint).lower() for hint in table.get("hints", ())),
        becomes=table.get("becomes"),
        templates=tuple(table.get("templates", ())),
        written=fold(table["pattern"]),
        literals=literals,
    )


def check_rule(rule: Rule, file: str) -> None:
    """Raise GrammarError if the pattern does not compile or names a group that its mention does not have."""
    name = rule.id.partition(".")[2]
    try:
        groups = set(rule.pattern.groupindex)
    except regex.error as error:
        raise invalid(file, name, f"has a bad pattern: {error} (column {getattr(error, 'pos', '?')})") from error
    if extra := (groups | set(rule.sets)) - KINDS[rule.emits]:
        raise invalid(file, name, f"has groups that {rule.emits} lacks: {', '.join(sorted(extra))}")


def grammar_files(own: Sequence[Path]) -> list[Traversable | Path]:
    """The shipped grammar files, then the user's own."""
    shipped = sorted(
        (f for f in resources.files("pv_extract.grammars").iterdir() if f.name.endswith(".toml")),
        key=lambda f: f.name,
    )
    return [*shipped, *own]


def load_grammars(own: Sequence[Path] = (), *, check: bool = False) -> Grammar:
    """All shipped grammars and the user's own files, whose rules come first where both could read a text.

    The user's files are always checked; the shipped ones with ``check`` (their tests do it too).
    Raises GrammarError at the first rule that cannot be used: a rule is never skipped.
    """
    tables: list[tuple[str, str, dict[str, Any], bool]] = []
    words: dict[str, str] = {}
    for file in grammar_files(own):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GrammarError(f"{file}: cannot be read: {error}", f"{file} : illisible : {error}") from error
        parsed = parse_toml(text, str(file))
        words |= {name: fold(str(value)) for name, value in parsed.pop("words", {}).items()}
        tables.append((Path(file.name).stem, str(file), parsed, check or (isinstance(file, Path) and file in own)))
    literals = Literals(words)
    shipped: list[Rule] = []
    owned: list[Rule] = []
    for stem, name, parsed, is_own in tables:
        for key, table in parsed.items():
            rule = make_rule(stem, key, table, literals, name)
            if check or is_own:
                check_rule(rule, name)
            (owned if is_own else shipped).append(rule)
    return Grammar((*owned, *shipped), words)


def failures(rule: Rule) -> list[str]:
    """What is wrong with a rule by its own examples: one line each, nothing where it keeps its word."""
    try:
        return broken_promises(rule)
    except TimeoutError:
        return [f"{rule.id} runs out of time on its own examples"]


def broken_promises(rule: Rule) -> list[str]:
    """What a rule's examples and counter-examples hold against it. Raises TimeoutError."""
    wrong = []
    for example in rule.matches:
        text = unicodedata.normalize("NFC", example["text"])
        found = next(rule.find(fold(text)), None)
        if found is None:
            wrong.append(f"{rule.id} does not read its example {text!r}")
            continue
        values = {**found.sets, **{name: span.of(text) for name, span in found.fields.items()}}
        if rule.becomes is not None:
            values["becomes"] = repaired(rule, text)
        for name, expected in example.items():
            if name != "text" and values.get(name) != expected:
                wrong.append(f"{rule.id} reads {name} = {values.get(name)!r} in {text!r}, not {expected!r}")
    for text in rule.rejects:
        if next(rule.find(fold(unicodedata.normalize("NFC", text))), None) is not None:
            wrong.append(f"{rule.id} reads its counter-example {text!r}")
    if not rule.matches or not rule.rejects:
        wrong.append(f"{rule.id} lacks examples or counter-examples")
    return wrong


def repaired(rule: Rule, text: str) -> str:
    """The text after every repair of the rule: its part ``part``, or the whole match, becomes ``becomes``."""
    out, at = [], 0
    for mention in rule.find(fold(text)):
        span = mention.fields.get("part", mention.span)
        out += [text[at : span.start], rule.becomes or ""]
        at = span.end
    return "".join([*out, text[at:]])
