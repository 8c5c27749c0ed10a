"""The records as tables: one definition, made from the contract itself, for every format that has tables.

A table holds the objects at one place of the record (or at several alike, told apart by a first column): its keys say
where the object stands (``meeting``, then positions from 0, as JSON Pointers count), its columns are the object's
leaves, those of inner objects under joined names (``organization_name``). Together the tables hold every leaf.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pv_extract.records import Record, json_schema

Kind = Literal["text", "integer", "number", "boolean", "date", "decimal"]
Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
MEETING = "meeting"
SPAN, BOX = ("start", "end"), ("x0", "top", "x1", "bottom")


@dataclass(frozen=True)
class Column:
    """A column: its name, what its cells are, and the path to the leaf inside the object of a row."""

    name: str
    kind: Kind
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: the places of its objects by what tells them apart (JSON Pointers, ``*`` for any element)."""

    name: str
    places: Mapping[str, str]
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[Column, ...]:
        """All columns, keys first."""
        return self.keys + self.columns

    def rows(self, record: Record, dump: dict[str, Any]) -> Iterator[Row]:
        """The rows of a record, of which ``dump`` is the dump with the contract's keys."""
        for told_apart, place in self.places.items():
            first: Row = (meeting_id(record), *([told_apart] if told_apart else []))
            for positions, value in _elements(dump, tuple(place.split("/")[1:])):
                yield first + positions + tuple(_leaf(value, column.path) for column in self.columns)


def rows_of(record: Record) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Every table with its rows of a record."""
    dump = record.model_dump(by_alias=True)
    for table in tables():
        yield table, table.rows(record, dump)


def meeting_id(record: Record) -> str:
    """What tells a meeting from all others: the first half of its document's SHA-256, 128 bits."""
    return record.source.sha256[:32]


@cache
def tables() -> tuple[Table, ...]:
    """All tables; their order and columns are those of the contract."""
    return tuple(_table(name, keys, places) for name, keys, places in DECLARED)


VOTERS = ("for", "against", "abstention", "not_participating")
DECLARED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("meetings", "", {"": ""}),
    ("ocr_pages", "position", {"": "/source/ocr/pages/*"}),
    ("secretaries", "position", {"": "/meeting/secretaries/*"}),
    ("members", "position", {"": "/attendance/members/*"}),
    ("others", "position", {"": "/attendance/others/*"}),
    ("agenda", "position", {"": "/agenda/*"}),
    ("upcoming", "upcoming", {"": "/upcoming/*"}),
    ("upcoming_items", "upcoming position", {"": "/upcoming/*/items/*"}),
    ("approvals", "position", {"": "/approvals/*"}),
    ("deliberations", "deliberation", {"": "/deliberations/*"}),
    ("voters", "choice deliberation position", {v: f"/deliberations/*/vote/{v}_names/*" for v in VOTERS}),
    ("presence", "deliberation position", {"": "/deliberations/*/presence/*"}),
    ("elections", "deliberation election", {"": "/deliberations/*/elections/*"}),
    ("candidates", "deliberation election position", {"": "/deliberations/*/elections/*/candidates/*"}),
    ("elected", "deliberation election position", {"": "/deliberations/*/elections/*/elected/*"}),
    ("amounts", "deliberation position", {"": "/deliberations/*/amounts/*"}),
    ("citations", "deliberation position", {"": "/deliberations/*/references/*"}),
    ("cells", "deliberation table row column", {"": "/deliberations/*/tables/*/*/*"}),
    ("events", "position", {"": "/events/*"}),
    ("discussion", "position", {"": "/discussion/*"}),
    ("segments", "position", {"": "/segments/*"}),
    ("unclaimed", "position", {"": "/unclaimed/*"}),
    ("findings", "position", {"": "/findings/*"}),
    ("corrections", "position", {"": "/corrections/*"}),
    ("evidence", "pointer", {"": "/evidence/*"}),
)


def _table(name: str, keys: str, places: dict[str, str]) -> Table:
    schema = json_schema()
    kinds: dict[str, Kind] = {"choice": "text", "pointer": "text"}
    columns = tuple(Column(key, kinds.get(key, "integer")) for key in keys.split())
    place = next(iter(places.values()))
    found = tuple(_columns(schema, _schema_at(schema, place.split("/")[1:])))
    return Table(name, places, (Column(MEETING, "text"), *columns), found)


def resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """What a node of the JSON Schema stands for: references followed, null left aside."""
    if "anyOf" in node:
        [node] = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return node


def _schema_at(schema: dict[str, Any], path: list[str]) -> dict[str, Any]:
    node = schema
    for step in path:
        inner = (node.get("items") or node["additionalProperties"]) if step == "*" else node["properties"][step]
        node = resolved(schema, inner)
    return node


def _columns(
    schema: dict[str, Any], node: dict[str, Any], path: tuple[str | int, ...] = (), name: str = ""
) -> Iterator[Column]:
    """The columns of the leaves below a node, lists aside: those have tables of their own."""
    if "prefixItems" in node:
        for index, (part, item) in enumerate(zip(_parts(node), node["prefixItems"], strict=True)):
            yield Column(f"{name}_{part}", item["type"], (*path, index))
    elif "properties" in node:
        for key, inner in node["properties"].items():
            yield from _columns(schema, resolved(schema, inner), (*path, key), f"{name}_{key}" if name else key)
    elif "items" not in node and "additionalProperties" not in node:
        yield Column(name or ("text" if node["type"] == "string" else "value"), _kind(node), path)


def _parts(node: dict[str, Any]) -> tuple[str, ...]:
    return SPAN if len(node["prefixItems"]) == len(SPAN) else BOX


def _kind(node: dict[str, Any]) -> Kind:
    if node["type"] != "string":
        kind: Kind = node["type"]
        return kind
    pattern = node.get("pattern", "")
    return "date" if pattern.startswith(r"^\d{4}-") else "decimal" if r"(\.\d+)?" in pattern else "text"


def _elements(value: Any, path: tuple[str, ...]) -> Iterator[tuple[Row, Any]]:
    """The values at a path, each with the positions (or keys) that its ``*`` stand for."""
    if not path:
        yield (), value
    elif value is None:
        return
    elif path[0] == "*":
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            for positions, found in _elements(inner, path[1:]):
                yield (key, *positions), found
    else:
        yield from _elements(value[path[0]], path[1:])


def _leaf(value: Any, path: tuple[str | int, ...]) -> Cell:
    for step in path:
        if value is None:
            return None
        value = value[step]
    cell: Cell = value
    return cell
