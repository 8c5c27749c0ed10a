"""``pv-extract.toml``: what it may say, where it is found, how it complains."""

import re

import pytest

from conftest import ROOT
from pv_extract.configuration import Configuration, configuration_of, find, load
from pv_extract.errors import UsageError

pytestmark = pytest.mark.usefixtures("fresh_configuration")
GUIDES = ["docs/configuration.en.md", "docs/configuration.fr.md"]


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "pv-extract.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def keys(schema, table, above=""):
    """The keys of a table of the JSON Schema and of the tables inside it, in dotted form."""
    for name, value in table["properties"].items():
        yield f"{above}{name}"
        reference = re.search(r"#/\$defs/(\w+)", str(value))
        inside = schema["$defs"][reference[1]] if reference else {}
        if "properties" in inside:
            yield from keys(schema, inside, f"{above}{name}.")


SCHEMA = Configuration.model_json_schema()
KEYS = sorted(keys(SCHEMA, SCHEMA))


def test_the_keys_of_inner_tables_are_known():
    assert {"grammars", "assembly.in-office", "assembly.statutes.quorum", "check.ignore-files.reason"} <= set(KEYS)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_key_is_documented_and_no_other(guide):
    rows = re.findall(r"^\| `([\w.-]+)` \|", (ROOT / guide).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == KEYS


@pytest.mark.parametrize("guide", GUIDES)
def test_the_example_of_the_guide_is_valid(guide, written, tmp_path):
    [example] = re.findall(r"```toml\n(.*?)```", (ROOT / guide).read_text(encoding="utf-8"), re.DOTALL)
    for path in re.findall(r'"([\w/]+\.(?:toml|csv))"', example):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    read = load(written(example))
    assert (read.assembly.population, read.assembly.in_office) == (1840, 19)
    assert read.check.ignore_files[0].rules == ("PV-1",)
    assert read.grammars[0].is_file() and read.grammars[0].is_absolute()


WRONG = [
    ("populaton = 3", "populaton: unknown key; known here: grammars, roster, assembly, check"),
    ("[assembly]\npopulaton = 3", "assembly.populaton: unknown key; known here: body, "),
    ("[assembly.statutes]\nquota = 3", "assembly.statutes.quota: unknown key; known here: follow, quorum, proxies"),
    ('[assembly]\npopulation = "3"', "assembly.population: takes a whole number, not '3'"),
    ("[assembly]\npopulation = true", "assembly.population: takes a whole number, not True"),
    ("[assembly]\npopulation = -1", "assembly.population: takes 0 or more, not -1"),
    ("[assembly]\ndepartment = 57", "assembly.department: takes a text in quotes, not 57"),
    ('[assembly]\ndepartment = "Somme"', "assembly.department: 'Somme' does not have the form"),
    (
        '[assembly]\nbody = "conseil municipal"',
        "assembly.body: 'conseil municipal' is not one of 'conseil_municipal', ",
    ),
    ("[assembly]\norganization = 3", "assembly.organization: 3 is not one of 'commune', "),
    ("assembly = 3", "assembly: is a table, not 3"),
    ("[check]\nseverity = 3", "check.severity: is a table, not 3"),
    ('[check]\nfail-on = "all"', "check.fail-on: 'all' is not one of 'error', "),
    ('[check]\nselect = "PV-3"', "check.select: takes a list [ … ], not 'PV-3'"),
    ('[check]\nselect = [""]', "check.select[0]: must not be empty"),
    ('[[check.ignore-files]]\nfiles = ["a"]\nrules = ["PV-1"]', "check.ignore-files[0].reason: is missing"),
    ('[[check.ignore-files]]\nfiles = []\nrules = ["PV-1"]\nreason = "x"', "ignore-files[0].files: must not be empty"),
    ('grammars = ["none.toml"]', "grammars[0]: there is no such file: 'none.toml'"),
    ("roster = 3", "roster: takes a path in quotes, not 3"),
    ("[check", "not valid TOML"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_said_with_file_and_key(written, text, message):
    file = written(text)
    with pytest.raises(UsageError) as refusal:
        load(file)
    assert refusal.value.english.startswith(f"{file}: ") and message in refusal.value.english
    assert refusal.value.french.startswith(f"{file} : ") and refusal.value.french != refusal.value.english
    assert not re.search(r"\b(is|not|or|takes|must)\b", refusal.value.french.partition("TOML invalide")[0])


def test_every_problem_is_said_at_once(written):
    with pytest.raises(UsageError) as refusal:
        load(written("[assembly]\npopulation = -1\nin-office = -1"))
    assert "assembly.population" in refusal.value.english and "assembly.in-office" in refusal.value.english


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "pv-extract.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "pv-extract.toml")


def test_the_nearest_file_counts(written, tmp_path):
    below = tmp_path / "2024" / "may"
    below.mkdir(parents=True)
    outer = written("[assembly]\npopulation = 10")
    assert find(below) == outer
    assert configuration_of(below).assembly.population == 10
    (below / "pv-extract.toml").write_text("", encoding="utf-8")
    find.cache_clear()
    configuration_of.cache_clear()
    assert configuration_of(below).assembly.population is None
