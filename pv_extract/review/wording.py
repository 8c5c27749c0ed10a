"""The words of a record for people: its keys and the values of its closed lists, in English and French."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pv_extract.messages import words


def label_of(key: str) -> str:
    """What a key of the record is called."""
    return words(*_table()["keys"].get(key, (key.replace("_", " "),) * 2))


def value_of(value: Any) -> str:
    """A value in words: one of a closed list, yes or no, else as it is."""
    if isinstance(value, bool):
        return words("yes", "oui") if value else words("no", "non")
    return words(*_table()["values"].get(str(value), (str(value),) * 2))


@cache
def _table() -> dict[str, dict[str, tuple[str, str]]]:
    return tomllib.loads((files("pv_extract.review") / "wording.toml").read_text(encoding="utf-8"))
