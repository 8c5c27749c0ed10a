"""Every export: what it writes, what it says it lost, and what it does where something is wrong."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from frictionless import Package, system
from lxml import etree

from conftest import ROOT
from pv_extract.commands import cli
from pv_extract.errors import UsageError
from pv_extract.exporters import FORMATS, exporter
from pv_extract.exporters.cells import harmless
from pv_extract.exporters.losses import leaves
from pv_extract.exporters.naming import french_date, plain
from pv_extract.exporters.tables import rows_of, tables
from pv_extract.records import Record, json_schema
from records import SEEDS, extracted, hostile, made

FOLDERS = ("csv", "parquet", "akn")
EVERY = pytest.mark.parametrize("name", FORMATS)
SETS = {"samples": extracted, "hostile": lambda: (hostile(),), "empty": lambda: (made(),), "none": lambda: ()}
EVERY_SET = pytest.mark.parametrize("records", SETS.values(), ids=SETS)


def seeds():
    if not SEEDS:
        pytest.skip("the seeds are not beside this checkout")
    return extracted(tuple(SEEDS))


def files(target: Path) -> dict[str, bytes]:
    """The files of an export, by name; one file has none."""
    if target.is_file():
        return {"": target.read_bytes()}
    return {file.name: file.read_bytes() for file in target.iterdir()}


def flat(value, path=()):
    """Every leaf of a record that is not null, by its path."""
    if isinstance(value, dict | list | tuple):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {leaf: found for key, inner in pairs for leaf, found in flat(inner, (*path, key)).items()}
    return {} if value is None else {path: value}


def flat_rows(record):
    """The same, read from the rows of the tables."""
    found = {}
    for table, rows in rows_of(record):
        for row in rows:
            choice = row[1] if len(table.places) > 1 else ""
            positions = iter(row[2 if choice else 1 : len(table.keys)])
            steps = table.places[choice].split("/")[1:]
            path = tuple(next(positions) if step == "*" else step for step in steps)
            for column, cell in zip(table.columns, row[len(table.keys) :], strict=True):
                found[(*path, *column.path)] = cell
    return {path: cell for path, cell in found.items() if cell is not None}


# --- every format


@EVERY
@EVERY_SET
def test_the_same_records_give_the_same_bytes(tmp_path, name, records):
    for target in ("a", "b"):
        exporter(name)(records(), tmp_path / target)
    assert files(tmp_path / "a") == files(tmp_path / "b")


@EVERY
def test_losses_name_every_leaf_without_a_place(tmp_path, name):
    losses = exporter(name)(extracted(), tmp_path / "out")
    missing = losses.report()["not_carried"]
    found = {pattern for record in extracted() for pattern in leaves(record.model_dump(by_alias=True))}
    assert losses.records == len(extracted())
    assert found == set(missing) | {pattern for pattern in found if losses.carried(pattern)}


@EVERY
def test_a_target_is_there_whole_or_not_at_all(tmp_path, name):
    target = tmp_path / "out"

    def disaster():
        yield extracted()[0]
        raise MemoryError

    with pytest.raises(MemoryError):
        exporter(name)(disaster(), target)
    assert list(tmp_path.iterdir()) == []


@EVERY
def test_a_full_disk_is_told(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write"):
        exporter(name)(extracted(), tmp_path / "file" / "out")


# --- tables


def test_the_tables_hold_every_leaf_of_every_record():
    for record in (*extracted(), hostile()):
        assert flat_rows(record) == flat(record.model_dump(by_alias=True))


def test_the_tables_hold_every_list_of_the_contract():
    lists = {place.rsplit("/*", 1)[0] for table in tables() for place in table.places.values() if place}
    schema = json_schema()

    def lists_of(node, path):
        for choice in node.get("anyOf", [node]):
            inner = schema["$defs"][choice["$ref"].rsplit("/", 1)[1]] if "$ref" in choice else choice
            for key, value in inner.get("properties", {}).items():
                yield from lists_of(value, f"{path}/{key}")
            if inner.get("additionalProperties"):
                yield path
            if "items" in inner and inner["items"].get("type") == "array":
                yield from lists_of(inner["items"], f"{path}/*")
            elif "items" in inner:
                yield path
                yield from lists_of(inner["items"], f"{path}/*")

    assert set(lists_of(schema, "")) == lists


@EVERY_SET
def test_csv_tables_are_a_valid_data_package(tmp_path, records):
    exporter("csv")(records(), tmp_path / "tables")
    assert_valid_package(tmp_path / "tables")


def test_csv_tables_of_the_seeds_are_a_valid_data_package(tmp_path):
    exporter("csv")(seeds(), tmp_path / "tables")
    assert_valid_package(tmp_path / "tables")


def assert_valid_package(folder):
    csv.field_size_limit(10_000_000)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_spreadsheet_runs_a_cell(text):
    assert harmless(text) == f"'{text}"


def test_csv_says_what_it_made_harmless(tmp_path):
    losses = exporter("csv")([hostile()], tmp_path / "tables")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "tables" / "meetings.csv").read_text(encoding="utf-8"))))
    assert rows[0]["meeting_title"].startswith("'=HYPERLINK")
    assert {loss["id"]: loss["count"] for loss in losses.report()["losses"]} == {
        "made-harmless": 4,
        "control-replaced": 1,
    }


def test_parquet_has_the_cells_of_csv_with_types(tmp_path):
    losses = exporter("parquet")(extracted(), tmp_path / "tables")
    assert losses.report()["losses"] == []
    for table in tables():
        read = pq.read_table(tmp_path / "tables" / f"{table.name}.parquet")
        rows = [row for record in extracted() for name, found in rows_of(record) if name is table for row in found]
        assert read.schema.names == [column.name for column in table.header]
        assert read.num_rows == len(rows)
        for index, column in enumerate(table.header):
            cells = read.column(index).to_pylist()
            if column.kind not in ("date", "decimal"):
                assert cells == [row[index] for row in rows]
            else:
                kind = {"date": date, "decimal": Decimal}[column.kind]
                assert all(cell is None or type(cell) is kind for cell in cells)
                assert [cell is None for cell in cells] == [row[index] is None for row in rows]
    dates = pq.read_table(tmp_path / "tables" / "meetings.parquet").column("meeting_date").to_pylist()
    assert [cell and cell.isoformat() for cell in dates] == [record.meeting.date for record in extracted()]


def test_parquet_says_what_its_types_cannot_hold(tmp_path):
    record = made(meeting={"date": "2024-02-31"}, deliberations=hostile().model_dump(by_alias=True)["deliberations"])
    [loss] = exporter("parquet")([record], tmp_path / "tables").report()["losses"]
    assert (loss["id"], loss["count"]) == ("not-typed", 2)


def test_json_lines_give_back_the_records(tmp_path):
    losses = exporter("jsonl")((*extracted(), hostile()), tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Record.model_validate_json(line) for line in lines] == [*extracted(), hostile()]
    assert losses.report()["not_carried"] == {}


# --- the command


def launch(*arguments, **options):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, ROOT / "cli.py", "export", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, **options)


@pytest.fixture
def folder(tmp_path):
    """A folder of records in several clothes: indented, one line, JSON Lines, in a folder below."""
    (tmp_path / "in" / "below").mkdir(parents=True)
    records = [made(f"{name}.txt", meeting={"date": "2024-01-01", "title": name}) for name in "abcd"]
    (tmp_path / "in" / "a.json").write_text(records[0].to_json())
    (tmp_path / "in" / "below" / "b.json").write_text(records[1].to_json(None))
    (tmp_path / "in" / "c.jsonl").write_text(records[2].to_json(None) + "\n\n" + records[3].to_json(None))
    (tmp_path / "in" / ".hidden.json").write_text("{}")
    return tmp_path / "in"


def titles(text):
    return [json.loads(line)["meeting"]["title"] for line in text.splitlines()]


def test_records_come_from_files_folders_json_lines_and_stdin(folder):
    assert titles(launch(folder, "--to", "jsonl", "-o", "-").stdout) == list("abcd")
    piped = (folder / "c.jsonl").read_bytes()
    assert titles(launch(folder / "a.json", "-", "--to", "jsonl", "-o", "-", input=piped).stdout) == list("acd")


def test_of_a_batch_only_the_records_are_read(folder):
    (folder / "below").rename(folder / "records")
    assert titles(launch(folder, "--to", "jsonl", "-o", "-").stdout) == ["b"]


def test_the_losses_are_told_in_short_and_written_in_full(folder, tmp_path):
    result = launch(folder, "--to", "csv", "-o", tmp_path / "tables")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode().splitlines()[0] == "pv-extract: csv: records: 4"
    assert json.loads((tmp_path / "tables.losses.json").read_text())["records"] == 4


def test_what_is_no_record_is_told_and_the_others_follow(folder):
    (folder / "bad.json").write_text('{"meeting": 3}')
    (folder / "c.jsonl").write_text((folder / "c.jsonl").read_text() + "\n{]}\n")
    result = launch(folder, "--to", "jsonl", "-o", "-")
    assert result.returncode == 3
    assert titles(result.stdout) == list("abcd")
    told = [line for line in result.stderr.decode().splitlines() if "is no record" in line]
    assert len(told) == 2 and "bad.json:1: is no record (" in told[0] and "c.jsonl:4: is no record (" in told[1]


def test_a_document_is_exported_once(folder):
    result = launch(folder, folder / "a.json", "--to", "jsonl", "-o", "-")
    assert (result.returncode, titles(result.stdout)) == (0, list("abcd"))
    assert "a.txt: a record of the same document came before" in result.stderr.decode()


@EVERY
def test_nothing_to_export_is_told_and_leaves_nothing(tmp_path, name):
    (tmp_path / "in").mkdir()
    result = launch(tmp_path / "in", "--to", name, "-o", tmp_path / "out")
    assert result.returncode == 3
    assert "holds no record" in result.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("name", FOLDERS)
def test_several_files_do_not_go_to_stdout(folder, name):
    result = launch(folder, "--to", name, "-o", "-")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "name a folder" in result.stderr.decode()


def test_the_command_offers_every_format():
    [option] = [option for option in cli.commands["export"].params if "--to" in option.opts]
    assert tuple(option.type.choices) == FORMATS


MEMORY = """
import resource, sys, tracemalloc
sys.path.insert(0, "tests")
from records import made
from pv_extract.exporters import exporter
from pathlib import Path
def peak(count):
    deliberations = [{"title": "Budget", "text": "mot " * 500}]
    records = (made(f"{n}.txt", meeting={"date": "2024-01-01"}, deliberations=deliberations) for n in range(count))
    tracemalloc.reset_peak()
    exporter(sys.argv[1])(records, Path(sys.argv[2]))
    return tracemalloc.get_traced_memory()[1]
tracemalloc.start()
peak(5)
few, many = peak(20), peak(300)
assert many < 1.5 * few + 1_000_000, (few, many)
"""


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
def test_memory_does_not_grow_with_the_records(tmp_path, name):
    command = [sys.executable, "-c", MEMORY, name, tmp_path / "out"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stderr == ""


# --- what is said to be carried is there


PUT_OTHERWISE = (
    "kind",
    "document_kind",
    "outcome",
    "manner",
    "status",
    "id",
    "sha256",
)  # words of the contract, ids: in other words


def said(file: Path) -> str:
    """All that a file says, without notation."""
    if file.suffix == ".xml":
        tree = etree.parse(file)
        return "\n".join([*tree.getroot().itertext(), *map(str, tree.xpath("//@*"))])
    if file.suffix == ".json":
        return "\n".join(str(value) for value in flat(json.loads(file.read_text(encoding="utf-8"))).values())
    csv.field_size_limit(10_000_000)
    return "\n".join(cell for row in csv.reader(file.read_text(encoding="utf-8").splitlines(True)) for cell in row)


@pytest.mark.parametrize(("name", "target"), [("popolo", "out.json"), ("atom", "out.csv"), ("akn", "out")])
def test_every_value_said_to_be_carried_is_in_the_target(tmp_path, name, target):
    dated = [record for record in extracted() if record.meeting.date]
    losses = exporter(name)(dated, tmp_path / target)
    written = [tmp_path / target] if (tmp_path / target).is_file() else sorted((tmp_path / target).iterdir())
    there = plain("\n".join(said(file) for file in written))
    for record in dated:
        for path, value in flat(record.model_dump(by_alias=True)).items():
            pattern = "".join(f"/{'*' if isinstance(step, int) else step}" for step in path)
            if losses.carried(pattern) and pattern != "/schema_version" and path[-1] not in PUT_OTHERWISE:
                expected = french_date(value) if name == "akn" and "date" in path[-1] else value
                assert plain(str(expected)) in there, (record.source.name, path, value)
