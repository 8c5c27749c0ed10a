"""The sheets of the rules, as data: what each asks, by which article, of whom, since when."""

import datetime
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pv_extract.checks.contract import Words
from pv_extract.checks.facts import Law, Profile


class Sheet(BaseModel):
    """A rule for people and programs.

    ``laws``: whose assemblies it binds; empty for any; ``joined``: whose since a later day. ``minutes``: it is about
    minutes, not about extracts and lists. ``in_force``: first day, ``until``: last day; from ``earlier`` to
    ``in_force`` its findings are ``info``. ``profiles``: where it is only ``info``, or ``off``. ``known``: whether the
    text of the law itself was read, a report of it, or neither: what is from memory is never an error. ``scope``:
    whether one meeting is enough for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Words
    explanation: Words
    example: str
    articles: tuple[str, ...] = ()
    laws: tuple[Law, ...] = ()
    joined: dict[Law, datetime.date] = {}
    minutes: bool = False
    in_force: datetime.date | None = None
    until: datetime.date | None = None
    earlier: datetime.date | None = None
    profiles: dict[Profile, Literal["info", "off"]] = {}
    known: Literal["text", "report", "memory"] = "text"
    scope: Literal["meeting", "folder"] = "meeting"


@cache
def sheets() -> dict[str, Sheet]:
    """Every rule's sheet by id, in the order of the ids."""
    tables: dict[str, Sheet] = {}
    for file in (resources.files("pv_extract.checks") / "sheets").iterdir():
        for rule, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[rule] = Sheet.model_validate({"id": rule, **table})
    return dict(sorted(tables.items()))
