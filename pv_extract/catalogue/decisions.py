"""``people.toml``: the joins of people and organizations that are in doubt, for a person to decide; runs obey."""

import tomllib
from collections.abc import Iterable

import tomli_w

from pv_extract.catalogue.joining import Doubt
from pv_extract.errors import UsageError

NAME = "people.toml"
UNDECIDED = "?"
PEOPLE, ORGANIZATIONS = "doubt", "organization"
HEAD = """# Are these two spellings one person (doubt), one organization? Write true or false in place of "?", and run
# the batch again.
# Ces deux graphies sont-elles une même personne (doubt), un même organisme (organization) ? Écrivez true ou false à
# la place de "?", et relancez.
# A join that is not listed can be added. / Un rapprochement qui manque peut être ajouté.
"""


def decisions(text: str) -> list[Doubt]:
    """The doubts of a file, decided or not. Raises UsageError where it cannot be understood."""
    try:
        tables = tomllib.loads(text)
        return [_doubt(table) for kind in (ORGANIZATIONS, PEOPLE) for table in tables.get(kind, [])]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"{NAME} cannot be understood ({error}): mend it, or remove it to begin anew",
            f"{NAME} est incompréhensible ({error}) : corrigez-le, ou supprimez-le pour repartir de rien",
        ) from None


def _doubt(table: dict[str, object]) -> Doubt:
    names, same = table["names"], table.get("same", UNDECIDED)
    if not isinstance(names, list) or len(names) != 2 or same not in (True, False, UNDECIDED):
        raise ValueError(f"{table}")
    first, second = sorted(map(str, names))
    decided = None if same == UNDECIDED else bool(same)
    score = float(str(table.get("score", 0)))
    return Doubt(
        str(table.get("organization", "")),
        (first, second),
        score,
        str(table.get("why", "")),
        decided,
        str(table.get("note", "")),
    )


def written(doubts: Iterable[Doubt], decided: Iterable[Doubt]) -> str:
    """The file: what was decided stays, what is in doubt now is listed, in a fixed order."""
    kept = {doubt: doubt for doubt in [*doubts, *(doubt for doubt in decided if doubt.same is not None)]}
    tables: dict[str, list[dict[str, object]]] = {}
    for doubt in sorted(kept.values()):
        tables.setdefault(PEOPLE if doubt.organization else ORGANIZATIONS, []).append(_table(doubt))
    return HEAD + ("\n" + tomli_w.dumps(tables) if tables else "")


def _table(doubt: Doubt) -> dict[str, object]:
    same: object = UNDECIDED if doubt.same is None else doubt.same
    table = {"organization": doubt.organization, "names": list(doubt.names), "same": same}
    table |= {"score": round(doubt.score, 1), "why": doubt.why, "note": doubt.note}
    return {key: value for key, value in table.items() if value or key == "same"}
