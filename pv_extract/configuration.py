"""What a folder of minutes says of its assembly and of its habits: the file ``pv-extract.toml``.

Keys are written with hyphens, as in other tools' TOML files. What is not said stays None: nothing is guessed.
"""

import glob
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from pv_extract.checks.contract import Severity
from pv_extract.checks.facts import Facts
from pv_extract.errors import UsageError
from pv_extract.files import read_toml

FILE_NAME = "pv-extract.toml"
FailOn = Literal["error", "warning", "info", "never"]
RuleSelector = Annotated[str, Field(min_length=1)]
HYPHENS = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


def beside(path: Path, info: ValidationInfo) -> Path:
    """The absolute path of a file that the configuration names. Raises PydanticCustomError where there is none."""
    file: Path = (info.context or {}).get("folder", Path()) / path
    if not file.is_file():
        raise PydanticCustomError("no_such_file", "no such file")
    return file.absolute()


SiblingFile = Annotated[Path, AfterValidator(beside)]


class Table(BaseModel):
    """A table of the file: frozen, closed to unknown keys, keys with hyphens."""

    model_config = HYPHENS


class Assembly(Facts):
    """The assembly whose minutes these are; its facts go before what a record says of itself."""

    model_config = HYPHENS

    department: Annotated[str, Field(pattern=r"^(\d{2}|2[AB]|9[78]\d)$")] | None = None


def below(pattern: str, info: ValidationInfo) -> str:
    """A pattern of paths made absolute; one without slash stays, for it is compared with names."""
    folder = (info.context or {}).get("folder", Path()).resolve()
    return f"{glob.escape(folder.as_posix())}/{pattern}" if "/" in pattern else pattern


FilePattern = Annotated[str, AfterValidator(below)]


class FileIgnore(Table):
    """Rules that some files are spared, and why, for whoever reads this next."""

    files: Annotated[tuple[FilePattern, ...], Field(min_length=1)]
    rules: Annotated[tuple[RuleSelector, ...], Field(min_length=1)]
    reason: Annotated[str, Field(pattern=r"\S")]

    def covers(self, file: Path) -> bool:
        """Whether an absolute path is one of the files."""
        return any(fnmatchcase(file.as_posix() if "/" in each else file.name, each) for each in self.files)


class Checks(Table):
    """Which rules ``check`` applies, by id or beginning of id, and how grave they are."""

    select: tuple[RuleSelector, ...] = ()
    ignore: tuple[RuleSelector, ...] = ()
    fail_on: FailOn = "error"
    severity: Mapping[RuleSelector, Severity] = {}
    ignore_files: tuple[FileIgnore, ...] = ()


class Configuration(Table):
    """One ``pv-extract.toml``: own grammars (TOML), own people (CSV), the assembly, the habits of ``check``."""

    grammars: tuple[SiblingFile, ...] = ()
    roster: SiblingFile | None = None
    assembly: Assembly = Assembly()
    check: Checks = Checks()


def load(file: Path) -> Configuration:
    """The configuration in a file. Raises UsageError naming the file, the key and what it takes."""
    tables = read_toml(file, UsageError)
    try:
        return Configuration.model_validate(tables, context={"folder": file.parent})
    except ValidationError as error:
        raise refused(file, error) from error


@cache
def find(folder: Path) -> Path | None:
    """The nearest ``pv-extract.toml``: in an absolute folder or in one above it."""
    return next((file for each in (folder, *folder.parents) if (file := each / FILE_NAME).is_file()), None)


@cache
def configuration_of(folder: Path) -> Configuration:
    """The configuration in force in an absolute folder: that of the nearest file, or one that says nothing."""
    file = find(folder)
    return load(file) if file else Configuration()


def refused(file: Path, error: ValidationError) -> UsageError:
    """The error for a file that breaks the contract: one clause for each key that is wrong."""
    problems = [problem(details) for details in error.errors()]
    english = "; ".join(f"{key}: {en}" for key, en, _ in problems)
    french = " ; ".join(f"{key} : {fr}" for key, _, fr in problems)
    return UsageError(f"{file}: {english}", f"{file} : {french}")


PROBLEMS = {
    "missing": ("is missing", "manque"),
    "no_such_file": ("there is no such file: {input}", "ce fichier n'existe pas : {input}"),
    "literal_error": ("{input} is not one of {expected}", "{input} n'est pas l'une des valeurs {expected}"),
    "string_type": ("takes a text in quotes, not {input}", "attend un texte entre guillemets, pas {input}"),
    "path_type": ("takes a path in quotes, not {input}", "attend un chemin entre guillemets, pas {input}"),
    "int_type": ("takes a whole number, not {input}", "attend un nombre entier, pas {input}"),
    "tuple_type": ("takes a list [ … ], not {input}", "attend une liste [ … ], pas {input}"),
    "model_type": ("is a table, not {input}", "est une table, pas {input}"),
    "dict_type": ("is a table, not {input}", "est une table, pas {input}"),
    "greater_than_equal": ("takes {ge} or more, not {input}", "vaut au moins {ge}, pas {input}"),
    "too_short": ("must not be empty", "ne doit pas être vide"),
    "string_too_short": ("must not be empty", "ne doit pas être vide"),
    "string_pattern_mismatch": ("{input} does not have the form {pattern}", "{input} n'a pas la forme {pattern}"),
}


def problem(details: ErrorDetails) -> tuple[str, str, str]:
    """The key, and what is wrong with it in English and in French."""
    where = key_path(details["loc"])
    if details["type"] == "extra_forbidden":
        known = ", ".join(keys_beside(details["loc"]))
        return where, f"unknown key; known here: {known}", f"clé inconnue ; clés connues ici : {known}"
    english, french = PROBLEMS.get(details["type"], (details["msg"], details["msg"]))
    filled = {"input": repr(details["input"]), **details.get("ctx", {})}
    return where, english.format(**filled), french.format(**filled).replace(" or ", " ou ")


def key_path(places: Sequence[int | str]) -> str:
    """A key as TOML users name it: ``check.ignore-files[0].reason``."""
    names = [f"[{place}]" if isinstance(place, int) else f".{place}" for place in places]
    return "".join(names).removeprefix(".")


def keys_beside(places: Sequence[int | str]) -> list[str]:
    """The known keys of the table in which a key stands."""
    table: type[BaseModel] = Configuration
    for place in places[:-1]:
        table = next((t for key, t in tables_of(table) if key == place), table)
    return [field.alias or name for name, field in table.model_fields.items()]


def tables_of(table: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """The tables inside a table, by key."""
    for name, field in table.model_fields.items():
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield field.alias or name, kind
