"""Grammar files read, and made into rules: what cannot be used is told with file and rule, and never skipped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import regex

from pv_extract.errors import GrammarError
from pv_extract.files import read_toml
from pv_extract.grammar.folding import fold
from pv_extract.grammar.literals import Literals
from pv_extract.grammar.rules import Grammar, Rule
from pv_extract.grammar.vocabulary import expand
from pv_extract.mentions import KINDS

NEEDED_KEYS = {"about", "emits", "pattern", "matches", "rejects"}
RULE_KEYS = NEEDED_KEYS | {"sets", "hints", "becomes", "templates"}


@dataclass(frozen=True)
class GrammarFile:
    """One file of rules: where it is, its tables by the names of their rules, the words that it shares."""

    stem: str
    path: str
    tables: Mapping[str, Any]
    words: Mapping[str, str]


def load_grammars(own: Sequence[Path] = (), *, check: bool = False) -> Grammar:
    """All shipped grammars and the user's own files, whose rules come first where both could read a text.

    The user's files are always checked; the shipped ones with ``check`` (their tests do it too).
    Raises GrammarError at the first rule that cannot be used: a rule is never skipped.
    """
    shipped_files = [read_grammar(file) for file in shipped_grammars()]
    own_files = [read_grammar(file) for file in own]
    literals = Literals({name: word for file in (*shipped_files, *own_files) for name, word in file.words.items()})
    shipped = [rule for file in shipped_files for rule in rules_of(file, literals, check=check)]
    owned = [rule for file in own_files for rule in rules_of(file, literals, check=True)]
    return Grammar((*owned, *shipped), literals.words)


def shipped_grammars() -> list[Traversable]:
    """The grammar files of the package, by name."""
    files = resources.files("pv_extract.grammars").iterdir()
    return sorted((file for file in files if file.name.endswith(".toml")), key=lambda file: file.name)


def grammar_files(own: Sequence[Path]) -> list[Traversable | Path]:
    """The shipped grammar files, then the user's own."""
    return [*shipped_grammars(), *own]


def read_grammar(file: Traversable | Path) -> GrammarFile:
    """A grammar file as TOML. Raises GrammarError where it cannot be read, with the line where the TOML is wrong."""
    tables = read_toml(file, GrammarError)
    words = {name: fold(str(value)) for name, value in tables.pop("words", {}).items()}
    return GrammarFile(Path(file.name).stem, str(file), tables, words)


def rules_of(file: GrammarFile, literals: Literals, *, check: bool) -> Iterator[Rule]:
    """The rules of a file, in its order. Raises GrammarError naming file, rule and what is wrong."""
    for name, table in file.tables.items():
        rule = make_rule(file, name, table, literals)
        if check:
            check_rule(rule, file.path)
        yield rule


def make_rule(file: GrammarFile, name: str, table: object, literals: Literals) -> Rule:
    """One rule from its table. Raises GrammarError naming file, rule and what is wrong."""
    if not isinstance(table, dict):
        raise invalid(file.path, name, "is not a table")
    check_table(file.path, name, table)
    written = fold(table["pattern"])
    return Rule(
        id=f"{file.stem}.{name}",
        about=table["about"],
        emits=table["emits"],
        source=written_out(file.path, name, written, literals.words),
        matches=tuple({"text": m} if isinstance(m, str) else dict(m) for m in table["matches"]),
        rejects=tuple(table["rejects"]),
        sets={key: str(value) for key, value in table.get("sets", {}).items()},
        hints=tuple(fold(hint).lower() for hint in table.get("hints", ())),
        becomes=table.get("becomes"),
        templates=tuple(table.get("templates", ())),
        written=written,
        literals=literals,
    )


def check_table(file: str, name: str, table: Mapping[str, Any]) -> None:
    """Raise GrammarError where a rule's table lacks keys, has others, or emits what is no kind of mention."""
    if unknown := set(table) - RULE_KEYS:
        raise invalid(file, name, f"has unknown keys: {', '.join(sorted(unknown))}")
    if missing := NEEDED_KEYS - set(table):
        raise invalid(file, name, f"lacks: {', '.join(sorted(missing))}")
    if table["emits"] not in KINDS:
        raise invalid(file, name, f"emits {table['emits']!r}, which is not one of {', '.join(sorted(KINDS))}")
    if not isinstance(table["pattern"], str):
        raise invalid(file, name, "has a pattern that is no string")


def written_out(file: str, name: str, pattern: str, words: Mapping[str, str]) -> str:
    """A rule's pattern without calls of shared words. Raises GrammarError for a word unknown or defined by itself."""
    try:
        return expand(pattern, words)
    except KeyError as error:
        raise invalid(file, name, f"calls the unknown word (?&{error.args[0]})") from error
    except ValueError as error:
        raise invalid(file, name, f"a word is defined by itself: {error}") from error


def check_rule(rule: Rule, file: str) -> None:
    """Raise GrammarError if the pattern does not compile or names a group that its mention does not have."""
    name = rule.id.partition(".")[2]
    try:
        groups = set(rule.pattern.groupindex)
    except regex.error as error:
        raise invalid(file, name, f"has a bad pattern: {error} (column {getattr(error, 'pos', '?')})") from error
    if extra := (groups | set(rule.sets)) - KINDS[rule.emits]:
        raise invalid(file, name, f"has groups that {rule.emits} lacks: {', '.join(sorted(extra))}")


def invalid(file: str, rule: str, problem: str) -> GrammarError:
    """The error for a rule that cannot be used."""
    return GrammarError(
        f"{file}: [{rule}] {problem}; mend the rule and try `pv-extract rules check {file}`",
        f"{file} : [{rule}] {problem} ; corrigez la règle puis lancez `pv-extract rules check {file}`",
    )
