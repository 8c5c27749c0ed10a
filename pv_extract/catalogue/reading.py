"""From the catalogue back to records: nothing of a record is lost in its tables."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from pv_extract.catalogue.schema import name_of
from pv_extract.exporters.tables import MEETING, Column, Table, resolved, tables
from pv_extract.records import Record, json_schema


def record_of(db: sqlite3.Connection, meeting: str) -> Record:
    """The record of a meeting, made of its rows. Raises KeyError where there is none."""
    record: dict[str, Any] = {}
    for table in tables():
        for place, leaves in _objects(db, table, meeting):
            _put(record, place, leaves)
    if not record:
        raise KeyError(meeting)
    schema = json_schema()
    return Record.model_validate(_without_empty(schema, schema, record))


def _objects(db: sqlite3.Connection, table: Table, meeting: str) -> Iterator[tuple[list[Any], Any]]:
    """The objects of a table, each with its place in the record, in order."""
    keys = [column.name for column in table.keys if column.name != MEETING]
    columns = ", ".join(f'"{column.name}"' for column in table.header)
    order = ", ".join(f'"{key}"' for key in [MEETING, *keys])
    query = f'SELECT {columns} FROM "{name_of(table)}" WHERE meeting = ? ORDER BY {order}'
    for row in db.execute(query, (meeting,)):
        told_apart, positions = "", list(row[1 : len(table.keys)])
        if "" not in table.places:
            told_apart, *positions = positions
        steps = table.places[told_apart].split("/")[1:]
        place = [positions.pop(0) if step == "*" else step for step in steps]
        yield place, _leaves(table.columns, row[len(table.keys) :])


def _leaves(columns: tuple[Column, ...], cells: tuple[Any, ...]) -> Any:
    """The object whose leaves are the cells of a row."""
    whole: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        if not column.path:
            return cell
        _put(whole, list(column.path), bool(cell) if column.kind == "boolean" and cell is not None else cell)
    return whole


def _put(inside: Any, place: list[Any], value: Any) -> None:
    """Put a value at its place, making the objects and lists on the way."""
    if not place:
        inside.update(value)
        return
    step, rest = place[0], place[1:]
    if isinstance(inside, list):
        inside.extend([None] * (step + 1 - len(inside)))
    if not rest:
        inside[step] = value
        return
    there = inside[step] if isinstance(inside, list) else inside.get(step)
    if there is None:
        there = inside[step] = [] if isinstance(rest[0], int) else {}
    _put(there, rest, value)


def _without_empty(schema: dict[str, Any], node: dict[str, Any], value: Any) -> Any:
    """The value, null in place of an object of which the contract allows null and of which nothing is known."""
    inner = resolved(schema, node)
    if isinstance(value, dict):
        others = inner.get("additionalProperties")
        value = {k: _without_empty(schema, inner.get("properties", {}).get(k, others), v) for k, v in value.items()}
    elif isinstance(value, list):
        items = inner.get("prefixItems") or [inner.get("items")] * len(value)
        value = [_without_empty(schema, item, v) for item, v in zip(items, value, strict=True)]
    nullable = any(choice.get("type") == "null" for choice in node.get("anyOf", []))
    return None if nullable and _is_empty(value) else value


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(map(_is_empty, value.values() if isinstance(value, dict) else value))
    return value is None
