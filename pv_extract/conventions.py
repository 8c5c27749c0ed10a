"""The conventions of a body: the rules of its own and its roster, from the command line and ``pv-extract.toml``."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pv_extract.configuration import Configuration, configuration_of, load
from pv_extract.errors import UsageError
from pv_extract.grammar import Grammar, load_grammars
from pv_extract.members.register import Register, load_register


@dataclass(frozen=True)
class Conventions:
    """Grammar files, tried in their order, and a roster. As asked for, they go with those of a configuration."""

    grammars: tuple[Path, ...] = ()
    roster: Path | None = None
    config: Path | None = None

    def within(self, configuration: Configuration) -> "Conventions":
        """These conventions and those of a configuration; of two rosters, the one asked for."""
        return Conventions((*configuration.grammars, *self.grammars), self.roster or configuration.roster)

    @property
    def grammar(self) -> Grammar:
        """The shipped rules and the body's own. Raises GrammarError."""
        return grammar_of(self.grammars)

    @property
    def register(self) -> Register:
        """The people of the roster, nobody where there is none. Raises UsageError."""
        return register_of(self.roster) if self.roster else Register()


@cache
def grammar_of(own: tuple[Path, ...]) -> Grammar:
    """The shipped grammars and some own ones, loaded once in each process."""
    return load_grammars(own)


@cache
def register_of(file: Path) -> Register:
    """The roster in a file, loaded once in each process."""
    return load_register(file)


def configuration_for(source: str, config: Path | None) -> Configuration:
    """The configuration in force for a source: the file asked for, else the nearest to it. Raises UsageError."""
    if config:
        return load(config)
    path = Path("stdin" if source == "-" else source).resolve()
    return configuration_of(path if path.is_dir() else path.parent)


def conventions_for(source: str, asked: Conventions) -> Conventions:
    """The conventions for a source. Raises UsageError for a configuration that is wrong."""
    return asked.within(configuration_for(source, asked.config))


def common_conventions(sources: Iterable[str], asked: Conventions) -> Conventions:
    """The conventions of all sources. Raises UsageError where they have more than one."""
    found = {conventions_for(source, asked) for source in sources}
    if len(found) > 1:
        raise UsageError(
            "the sources have different pv-extract.toml files: make a batch of each, or name one with --config",
            "les sources ont des fichiers pv-extract.toml différents : faites un lot de chacune, ou nommez-en un "
            "avec --config",
        )
    return found.pop() if found else asked
