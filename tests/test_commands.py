"""The commands as a user meets them: output, messages, exit codes, and disasters."""

import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from conftest import FIXTURES, ROOT
from pv_extract import __version__, commands, pipeline
from pv_extract.readers import read

BAD = FIXTURES / "bad"
TEXT = FIXTURES / "text" / "bureau-lisiere-2017.md"
DAMAGED = FIXTURES / "text" / "bureau-lisiere-2017.damaged.txt"
OTHER = FIXTURES / "text" / "conseil-marvigny-2023.txt"
PDF = FIXTURES / "pdf" / "conseil-marvigny-2023.pdf"
SCAN = FIXTURES / "scan" / "conseil-marvigny-2023.scan.pdf"
CONVOCATION = FIXTURES / "not-minutes" / "convocation-marvigny-2023.txt"
DOCUMENTS = ["README.md", "docs/guide.en.md", "docs/guide.fr.md"]


pytestmark = pytest.mark.usefixtures("english")


def launch(*arguments, **options):
    """Runs a command line as a process of its own."""
    options = {"capture_output": True, "timeout": 300, "cwd": ROOT, **options}
    return subprocess.run([sys.executable, ROOT / "cli.py", *arguments], **options)


def tree(group, path=()):
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from tree(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = [pytest.param(path, command, id=" ".join(path)) for path, command in tree(commands.cli)]


# --- what extract writes


def test_one_source_gives_one_record(run):
    result = run("extract", TEXT)
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["source"]["name"] == TEXT.name
    assert "\n" in result.out.strip()


def test_several_sources_give_json_lines(run):
    result = run("extract", TEXT, OTHER)
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [record["source"]["name"] for record in records] == [TEXT.name, OTHER.name]
    assert result.code == 0


def test_records_in_a_folder(run, tmp_path):
    result = run("extract", "-o", tmp_path / "new" / "folder", TEXT, PDF)
    written = sorted((tmp_path / "new" / "folder").iterdir())
    assert [file.name for file in written] == [f"{TEXT.stem}.json", f"{PDF.stem}.json"]
    assert (result.code, result.out, result.err) == (0, "", "")
    assert json.loads(written[1].read_text(encoding="utf-8"))["source"]["name"] == PDF.name
    assert written[0].stat().st_mode & 0o777 == 0o666 & ~umask()


def umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_standard_input():
    result = launch("extract", "-", input=TEXT.read_bytes())
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["source"]["name"] == "stdin"


def test_standard_input_into_a_folder(tmp_path):
    result = launch("extract", "-", "-o", tmp_path, "--type", "md", input=TEXT.read_bytes())
    assert result.returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["stdin.json"]


def test_the_same_bytes_whatever_the_process():
    outputs = {launch("extract", TEXT, env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")}
    assert len(outputs) == 1
    assert json.loads(outputs.pop())


def test_records_are_utf8_in_any_locale(tmp_path):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    result = launch("extract", TEXT, env=environment)
    assert "procès" in result.stdout.decode("utf-8").lower()


def test_own_grammars_are_applied(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        "[lieu]\nabout = \"« lieu-dit … »\"\nemits = \"Place\"\npattern = '''(?P<place>lieu-dit\\s\\w+)'''\n"
        'matches = ["lieu-dit Bellevue"]\nrejects = ["au lieu de"]\n',
        encoding="utf-8",
    )
    assert "own.lieu" in run("rules", "list", "--grammar", own).out
    assert run("extract", "--grammar", own, TEXT).code == 0


# --- bad input

REFUSED = {
    "empty.txt": (3, "empty"),
    "empty.pdf": (3, "empty"),
    "junk.pdf": (3, "PDF"),
    "not-a-pdf.pdf": (3, "PDF"),
    "zero-page.pdf": (3, "page"),
    "encrypted.pdf": (3, "password"),
    "truncated.pdf": (3, "cut short"),
    "junk.tiff": (3, "damaged"),
    "one-pixel.png": (3, "300 dpi"),
    "no-such-file.pdf": (3, "does not exist"),
    ".": (2, "/*"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_gets_one_line_that_helps(run, tmp_path, name):
    code, hint = REFUSED[name]
    result = run("extract", "-o", tmp_path, BAD / name)
    assert (result.code, result.out) == (code, "")
    [line] = result.complaints
    assert line.startswith(f"pv-extract: {BAD / name}: ")
    assert hint in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", [("text",), ("rules", "trace")], ids=" ".join)
def test_other_commands_refuse_it_alike(run, command, name):
    result = run(*command, BAD / name)
    assert (result.code, result.out, len(result.complaints)) == (REFUSED[name][0], "", 1)


def test_every_bad_sample_is_tested():
    good = {"small.md", "latin1.txt", "utf16.txt"}
    assert {path.name for path in BAD.iterdir()} == {name for name in REFUSED if (BAD / name).is_file()} | good


@pytest.mark.parametrize("name", ["latin1.txt", "utf16.txt"])
def test_other_encodings_are_read(run, name):
    found, expected = (json.loads(run("extract", BAD / n).out) for n in (name, "small.md"))
    assert found["meeting"]["date"] == expected["meeting"]["date"] is not None
    assert [m["name"] for m in found["attendance"]["members"]] == [m["name"] for m in expected["attendance"]["members"]]


@pytest.mark.parametrize("stem", ["convocation-marvigny-2023", "lettre-quincelles-2022"])
@pytest.mark.parametrize("ending", [".txt", ".pdf"])
def test_what_is_no_minutes_is_said_and_kept(run, stem, ending):
    result = run("extract", FIXTURES / "not-minutes" / f"{stem}{ending}")
    assert result.code == 1
    assert len(result.complaints) == 1
    assert "no minutes" in result.err
    assert "not-minutes" in [finding["rule"] for finding in json.loads(result.out)["findings"]]


@pytest.mark.parametrize("stem", ["convocation-marvigny-2023", "lettre-quincelles-2022", "gazette-treviolles-2024"])
def test_what_is_no_minutes_decides_nothing(run, stem):
    assert json.loads(run("extract", FIXTURES / "not-minutes" / f"{stem}.txt").out)["deliberations"] == []


def test_the_others_are_still_done(run, tmp_path):
    result = run("extract", "-o", tmp_path, BAD / "junk.pdf", TEXT, BAD, BAD / "empty.txt", OTHER)
    assert result.code == 3
    assert len(result.complaints) == 3
    assert sorted(file.stem for file in tmp_path.iterdir()) == [TEXT.stem, OTHER.stem]


def test_the_exit_code_is_the_highest(run):
    assert run("extract", CONVOCATION, TEXT).code == 1
    assert run("extract", BAD, CONVOCATION).code == 2
    assert run("extract", BAD / "empty.txt", BAD, TEXT).code == 3


@pytest.mark.parametrize(
    "name",
    [
        b"proc\xe8s verbal.md",
        "été\n2023.md".encode(),
        b"-o.md",
    ],
)
def test_names_of_any_bytes(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path(os.fsdecode(name)).write_bytes(TEXT.read_bytes())
    result = run("extract", "--", os.fsdecode(name))
    assert (result.code, result.err) == (0, "")
    json.loads(result.out)


@pytest.mark.parametrize("name", [b"proc\xe8s.pdf", b"proc\nes.pdf"])
def test_complaints_about_names_of_any_bytes(run, name):
    result = run("extract", os.fsdecode(name))
    assert (result.code, len(result.complaints)) == (3, 1)


def test_a_text_of_50_megabytes(tmp_path):
    big = tmp_path / "big.txt"
    block = OTHER.read_bytes()
    with big.open("wb") as file:
        for _ in range(50_000_000 // len(block) + 1):
            file.write(block)
    result = launch("extract", big, timeout=300, preexec_fn=at_most_two_gigabytes)
    assert result.returncode in (0, 3)
    if result.returncode:
        [line] = result.stderr.decode().splitlines()
        assert "big.txt" in line
        assert "unexpected" not in line
    else:
        assert json.loads(result.stdout)


def at_most_two_gigabytes():
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))


# --- usage


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["extract"], "SRC"),
        (["extract", "--ocr", "perhaps", "a.pdf"], "never"),
        (["extract", "--colour", "a.pdf"], "--colour"),
        (["extrcat", "a.pdf"], "extrcat"),
        (["text", "a.pdf", "b.pdf"], "b.pdf"),
        (["text", "--raw", "--diff", "a.pdf"], "--raw"),
        (["rules", "trace"], "SRC"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8"])
def test_wrong_usage_is_one_line(run, monkeypatch, arguments, hint, language):
    monkeypatch.setenv("LANG", language)
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    [line] = result.complaints
    assert hint in line


def test_no_command_shows_the_help(run):
    result = run()
    assert result.code == 2
    assert "extract" in result.err


def test_two_sources_of_one_stem_are_not_written_to_one_file(run, tmp_path):
    result = run("extract", "-o", tmp_path / "out", PDF, OTHER)
    assert result.code == 2
    assert PDF.name in result.err and OTHER.name in result.err
    assert not (tmp_path / "out").exists()


def test_a_source_is_not_overwritten_by_its_record(run, tmp_path):
    source = tmp_path / "pv.json"
    source.write_bytes(TEXT.read_bytes())
    assert run("extract", "-o", tmp_path, source).code == 2
    assert source.read_bytes() == TEXT.read_bytes()


def test_a_folder_that_cannot_be(run, tmp_path):
    (tmp_path / "file").touch()
    result = run("extract", "-o", tmp_path / "file", TEXT)
    assert (result.code, len(result.complaints)) == (2, 1)


def test_version(run):
    assert run("--version").out == f"pv-extract {__version__}\n"


# --- disasters


def test_disk_full(run, tmp_path, monkeypatch):
    (tmp_path / f"{TEXT.stem}.json").write_text("what stood there before")

    def disk_full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    result = run("extract", "-o", tmp_path, TEXT)
    assert result.code == 2
    assert "No space left" in result.complaints[0] and len(result.complaints) == 1
    [kept] = tmp_path.iterdir()
    assert kept.read_text() == "what stood there before"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT CHECKED: no /dev/full on this system")
def test_stdout_full():
    with Path("/dev/full").open("wb") as full:
        result = launch("schema", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_reader_that_went_away():
    process = subprocess.Popen(
        [sys.executable, ROOT / "cli.py", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == commands.CLOSED_PIPE


def test_stdout_closed_from_the_beginning():
    result = launch("schema", capture_output=False, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert (result.returncode, result.stderr) == (commands.CLOSED_PIPE, b"")


def heed_interrupts():
    """A shell starts its background jobs deaf to SIGINT, and the tests may be one."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_interrupted(tmp_path):
    source = tmp_path / "slow.txt"
    os.mkfifo(source)
    process = subprocess.Popen(
        [sys.executable, ROOT / "cli.py", "extract", "-o", tmp_path / "out", source],
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,
    )
    with source.open("wb"):  # waits until the command reads
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert b"Traceback" not in process.stderr.read()
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def stage_crash(monkeypatch):
    def crash(source, grammar, options, register):
        raise ZeroDivisionError("division by\nzero")

    monkeypatch.setattr(pipeline, "extract", crash)


def test_an_unexpected_error_is_one_line_too(run, stage_crash):
    result = run("extract", TEXT, OTHER)
    assert (result.code, len(result.complaints)) == (3, 2)
    assert "report it" in result.err and "--debug" in result.err
    assert "Traceback" not in result.err


def test_debug_shows_where(run, stage_crash):
    result = run("--debug", "extract", TEXT)
    assert result.code == 3
    assert "Traceback" in result.err and "in crash" in result.err


@pytest.fixture
def tesseract_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pv_extract.readers.engine._library", lambda: None)


def test_without_tesseract_what_has_text_is_read(run, tesseract_missing):
    assert run("extract", TEXT, PDF).code == 0


def test_without_tesseract_scans_name_the_packages(run, tesseract_missing):
    result = run("extract", SCAN, TEXT)
    assert result.code == 4
    assert "tesseract-ocr-fra" in result.complaints[0] and len(result.complaints) == 1
    assert json.loads(result.out)["source"]["name"] == TEXT.name


@pytest.mark.ocr
def test_a_scan_is_read_by_the_real_engine(run):
    result = run("extract", FIXTURES / "scan" / "ccas-quincelles-2021.scan.png")
    record = json.loads(result.out)
    assert result.code == 0
    assert record["source"]["ocr"]["engine"].startswith("tesseract")
    assert record["meeting"]["date"] and record["deliberations"]


@pytest.mark.ocr
def test_a_language_that_is_not_installed(run):
    result = run("extract", "--lang", "xyz", SCAN)
    assert result.code == 4
    assert "tesseract-ocr-xyz" in result.err and len(result.complaints) == 1


# --- text, schema, rules


def test_raw_text_is_what_spans_index(run):
    record = json.loads(run("extract", TEXT).out)
    raw = run("text", "--raw", TEXT).out
    assert raw == read(TEXT).text
    assert record["evidence"]
    for evidence in record["evidence"].values():
        assert raw[slice(*evidence["span"])] == evidence["quote"]


def test_text_is_shown_without_notation(run):
    result = run("text", TEXT)
    assert (result.code, result.err) == (0, "")
    assert "**" in read(TEXT).text and "**" not in result.out


def test_diff_shows_each_repair_with_its_place_and_rule(run):
    lines = run("text", "--diff", DAMAGED).out.splitlines()
    assert "p1 l25: « de I'entretien, que » → « de l'entretien, que »  [ocr.elision_capital_i]" in lines
    assert not any("layout." in line for line in lines)


def test_schema(run):
    schema = json.loads(run("schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"meeting", "attendance", "evidence"} <= schema["properties"].keys()


def test_rules_check(run):
    result = run("rules", "check")
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("0 failures\n")


RULE = "[x]\nabout = 'x'\nemits = 'Place'\npattern = '{}'\nmatches = ['{}']\nrejects = ['zzz']\n"


@pytest.mark.parametrize(
    ("pattern", "example", "hint"), [("x(", "x", "column"), ("x", "y", "own.x does not read its example")]
)
def test_rules_check_tells_what_is_wrong(run, tmp_path, pattern, example, hint):
    own = tmp_path / "own.toml"
    own.write_text(RULE.format(pattern, example), encoding="utf-8")
    result = run("rules", "check", own)
    assert (result.code, len(result.complaints)) == (5, 1)
    assert hint in result.err


def test_a_broken_grammar_stops_extraction(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(RULE.format("x(", "x"), encoding="utf-8")
    result = run("extract", "--grammar", own, TEXT)
    assert (result.code, result.out, len(result.complaints)) == (5, "", 1)


def test_a_grammar_of_nonsense_is_one_line_too(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(RULE.format("x", "x").replace("pattern = 'x'", "pattern = 3"), encoding="utf-8")
    result = run("rules", "check", own)
    assert result.code and len(result.complaints) == 1


def test_rules_list_names_every_rule(run):
    lines = run("rules", "list").out.splitlines()
    assert any(line.startswith("attendance.present_label ") and "AttendanceLabel" in line for line in lines)


def test_trace_shows_every_line_and_every_value(run):
    record = json.loads(run("extract", OTHER).out)
    shown = run("rules", "trace", OTHER).out
    for line in filter(str.strip, read(OTHER).text.replace("\f", "\n").split("\n")):
        assert line in shown
    for pointer, evidence in record["evidence"].items():
        assert f"← {pointer}  {evidence['rule']} " in shown
    for kind in {segment["kind"] for segment in record["segments"]}:
        assert f" {kind}" in shown


# --- help, language, documentation


@pytest.mark.parametrize(("path", "command"), COMMANDS)
def test_every_command_has_help_with_an_example(run, path, command):
    for flag in ("-h", "--help"):
        result = run(*path, flag)
        assert (result.code, result.err) == (0, "")
        assert f"Example: pv-extract {' '.join(path)}" in result.out


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(("path", "command"), COMMANDS)
def test_every_command_is_documented(document, path, command):
    assert f"pv-extract {' '.join(path)}" in (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS[1:])
@pytest.mark.parametrize(("path", "command"), COMMANDS)
def test_every_option_is_in_the_guides(document, path, command):
    text = (ROOT / document).read_text(encoding="utf-8")
    own = ROOT / document.replace("guide", path[0])
    text += own.read_text(encoding="utf-8") if own.exists() else ""
    options = {name for p in command.params if isinstance(p, click.Option) for name in p.opts}
    assert [name for name in sorted(options) if f"`{name}" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS[1:])
def test_every_exit_code_is_in_the_guides(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [code for code in (0, 1, 2, 3, 4, 5, 6, 130, 141) if f"| {code} |" not in text] == []


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "est vide"),
        ({"LC_ALL": "fr_BE.UTF-8", "LANG": "C"}, "est vide"),
        ({"LANG": "en_GB.UTF-8"}, "is empty"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "is empty"),
    ],
)
def test_messages_are_in_the_users_language(run, monkeypatch, variables, words):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert words in run("extract", BAD / "empty.txt").err


def test_help_is_in_the_users_language():
    result = launch("extract", "-h", env={**os.environ, "LANG": "fr_FR.UTF-8"}, text=True)
    assert "Écrit la notice" in result.stdout


def test_help_loads_none_of_the_machinery():
    heavy = "{'pydantic', 'lxml', 'pypdfium2', 'pdfplumber', 'regex', 'PIL', 'rapidfuzz', 'text_to_num'}"
    code = f"import sys, pv_extract.commands as c; c.run(['-h']); sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT).returncode == 0


def holds(whole, part):
    """Whether all that a part of a record says is in the whole."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return all(any(holds(element, wanted) for element in whole) for wanted in part)
    return whole == part


def test_the_record_in_the_readme_is_a_real_one(run):
    [excerpt] = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert holds(json.loads(run("extract", PDF).out), json.loads(excerpt))
