"""The sheets of the rules, as data: what each asks, by which article, of whom, since when."""

import datetime
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pv_extract.checks.contract import Words
from pv_extract.checks.facts import Law, Profile

# The parts of the code général des collectivités territoriales that bind an assembly; the first binds all.
PARTS: dict[Law, str] = {
    "municipal": "12",
    "intercommunal": "125",
    "departmental": "13",
    "standing": "13",
    "regional": "14",
}


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

    def articles_for(self, law: Law | None, profile: Profile | None) -> tuple[str, ...]:
        """The articles that bind an assembly, all where its law is not known; none where it has another code.

        Groupings of communes follow the articles on municipal councils by L5211-1.
        """
        if profile in ("historical", "foreign"):
            return ()
        local = [a for a in self.articles if profile == "alsace_moselle" or not a.startswith("L2541")]
        own = tuple(a for a in local if law is None or a.lstrip("LR")[0] in PARTS[law])
        borrowed = law == "intercommunal" and any(a.startswith("L2") for a in own) and "L5211-1" not in own
        return (*own, "L5211-1") if borrowed else own or self.articles


@cache
def sheets() -> dict[str, Sheet]:
    """Every rule's sheet by id, in the order of the ids."""
    tables: dict[str, Sheet] = {}
    for file in (resources.files("pv_extract.checks") / "sheets").iterdir():
        for rule, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[rule] = Sheet.model_validate({"id": rule, **table})
    return dict(sorted(tables.items()))
