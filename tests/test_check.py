"""The command ``check``: what it takes, what it tells, in which format, with which exit code."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from conftest import FIXTURES, ROOT, SHARED
from pv_extract import configuration
from pv_extract.checks import Finding, Words, sheets
from pv_extract.policy import Demands, policy_for

pytestmark = pytest.mark.usefixtures("english", "fresh_configuration")
CLEAN = """VILLE DE SAINT-AUBRAC

PROCÈS-VERBAL DU CONSEIL MUNICIPAL

Séance du lundi 4 mars 2024

L'an deux mille vingt-quatre, le quatre mars à 20 heures, le conseil municipal s'est réuni à la mairie sous la
présidence de Mme Lucie ROUX, maire.

Date de convocation : 26 février 2024
Nombre de conseillers en exercice : 5

Présents : Mme Lucie ROUX, M. Paul PETIT, M. Jean MOREL
Absents excusés : Mme Anne BLANC (pouvoir à M. Jean MOREL), M. Luc GRAND (pouvoir à M. Paul PETIT)
Secrétaire de séance : M. Paul PETIT

Le quorum étant atteint, le conseil peut valablement délibérer.

1. Achat d'une tondeuse

Après en avoir délibéré, le conseil municipal, à l'unanimité, décide d'acheter une tondeuse.

La séance est levée à 21 heures.
"""
TWO_PROXIES = CLEAN.replace("pouvoir à M. Paul PETIT", "pouvoir à M. Jean MOREL")
LOGIC = ("check", "--select", "PV-305")


def rules_of(result):
    """The ids of the rules that a run names on stdout."""
    return re.findall(r"PV-\d+", result.out)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "broken.txt").write_text(TWO_PROXIES, encoding="utf-8")
    return tmp_path


def configured(folder, text):
    (folder / "pv-extract.toml").write_text(text, encoding="utf-8")


# --- sources and exit codes


def test_quiet_when_clean(run, folder):
    result = run(*LOGIC, "clean.txt")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_findings_are_grouped_by_file_with_line_and_article(run, folder):
    result = run(*LOGIC, "broken.txt", "clean.txt")
    lines = result.out.splitlines()
    line = next(i for i, text in enumerate(TWO_PROXIES.splitlines(), 1) if "Absents" in text)
    assert (result.code, result.err) == (1, "")
    assert lines[0] == "broken.txt" and "clean.txt" not in result.out
    assert f"l. {line}: " in lines[1] and "(CGCT L2121-20)" in lines[1] and "error" in lines[1]
    assert lines[-1] == "errors: 1, warnings: 0, infos: 0; files: 1 of 2"


def test_a_folder_is_searched_whole(run, folder):
    below = folder / "2024" / "march"
    below.mkdir(parents=True)
    (folder / "broken.txt").rename(below / "broken.txt")
    (below / ".hidden.txt").write_text(TWO_PROXIES, encoding="utf-8")
    (below / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    (below / "photo.raw").write_bytes(b"\x00")
    result = run(*LOGIC, ".")
    assert (result.code, result.err) == (1, "")
    assert "2024/march/broken.txt" in result.out and result.out.count(".txt") == 1


def test_a_record_is_checked_like_its_document(run, folder, tmp_path):
    run("extract", "-o", tmp_path / "records", "broken.txt")
    document = json.loads(run(*LOGIC, "--format", "json", "broken.txt").out)["files"][0]
    record = json.loads(run(*LOGIC, "--format", "json", "records").out)["files"][0]
    assert record["path"] == "records/broken.json"
    [of_document], [of_record] = document["findings"], record["findings"]
    assert of_document["line"] and of_record["line"] is None
    same = ("rule", "severity", "message", "quote", "page", "pointer", "span")
    assert [of_document[key] for key in same] == [of_record[key] for key in same]


@pytest.mark.parametrize("kind", ["document", "record"])
def test_standard_input(run, folder, kind):
    given = TWO_PROXIES if kind == "document" else run("extract", "broken.txt").out
    command = [sys.executable, ROOT / "cli.py", *LOGIC, "-"]
    result = subprocess.run(command, input=given.encode(), capture_output=True, cwd=folder)
    assert (result.returncode, result.stderr) == (1, b"")
    assert result.stdout.startswith(b"stdin\n")


def test_each_line_of_json_lines_is_a_record(run, folder):
    lines = run("extract", "clean.txt", "broken.txt").out
    (folder / "records.jsonl").write_text(lines + '{"schema_version": "1.0"}\n', encoding="utf-8")
    result = run(*LOGIC, "records.jsonl")
    assert result.code == 3 and result.out.startswith("records.jsonl:2\n")
    assert "records.jsonl:3: is no record (source: " in result.err
    command = [sys.executable, ROOT / "cli.py", *LOGIC, "-"]
    piped = subprocess.run(command, input=lines.encode(), capture_output=True, cwd=folder)
    assert (piped.returncode, piped.stderr) == (1, b"") and piped.stdout.startswith(b"stdin:2\n")


def test_text_that_was_misread_is_never_an_error(run, folder):
    damaged = TWO_PROXIES.replace("conseil peut valablement délibérer", "consei1 pcut va1ab1cment dé1ibércr")
    (folder / "damaged.txt").write_text(damaged, encoding="utf-8")
    result = run(*LOGIC, "damaged.txt")
    assert result.code == 0 and "warning  PV-305" in result.out


def test_what_cannot_be_read_is_told_and_the_others_are_checked(run, folder):
    (folder / "junk.pdf").write_bytes(b"junk")
    (folder / "half.json").write_text('{"schema_version": "1.0"}', encoding="utf-8")
    result = run(*LOGIC, "--format", "json", "junk.pdf", "missing.txt", "half.json", "broken.txt")
    assert result.code == 3
    assert "broken" not in result.err and "junk" in result.err
    assert len(result.err.splitlines()) == 3 and "half.json: is no record (source: Field required)" in result.err
    files = json.loads(result.out)["files"]
    assert [bool(file["problem"]) for file in files] == [True, True, True, False]
    assert len(files[3]["findings"]) == 1


def test_what_is_no_minutes_is_not_checked(run, folder):
    result = run("check", FIXTURES / "not-minutes" / "convocation-marvigny-2023.txt")
    assert (result.code, result.out) == (0, "")
    assert "no minutes: 1 files" in result.err


def test_a_link_that_leads_back_up_is_not_followed(run, folder):
    (folder / "below").mkdir()
    (folder / "below" / "up").symlink_to(folder, target_is_directory=True)
    assert run(*LOGIC, ".").out.count("broken.txt") == 1


def rule_crash(case):
    raise RuntimeError("boom")


def test_a_rule_that_fails_costs_one_line(run, folder, monkeypatch):
    monkeypatch.setattr("pv_extract.checking.run", lambda case, selects: rule_crash(case))
    result = run(*LOGIC, "broken.txt")
    assert result.code == 3 and "boom" in result.err and len(result.err.splitlines()) == 1


def test_no_network(run, folder, monkeypatch):
    def network(*arguments, **named):
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.socket", network)
    assert run("check", "broken.txt", "--format", "sarif=x.sarif").code in (0, 1)


WRONG = [
    (["check"], "SRC"),
    (["check", "x", "--select", "XX-1"], "XX-1"),
    (["check", "x", "--format", "yaml"], "yaml"),
    (["check", "x", "--update"], "--baseline"),
    (["check", "x", "--baseline", "none.json"], "--update"),
    (["check", "x", "--config", "none.toml"], "none.toml"),
    (["check", "--explain", "XX-1"], "XX-1"),
]


@pytest.mark.parametrize(("arguments", "hint"), WRONG)
@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8"])
def test_wrong_usage_is_one_line(run, folder, monkeypatch, arguments, hint, language):
    monkeypatch.setenv("LANG", language)
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert hint in result.err and len(result.err.splitlines()) == 1


# --- which rules, how grave


def test_of_select_and_ignore_the_longer_beginning_decides(run, folder):
    assert run("check", "broken.txt", "--select", "PV-3").code == 1
    assert run("check", "broken.txt", "--select", "PV-3", "--ignore", "PV-305").code == 0
    assert run("check", "broken.txt", "--select", "PV-101,PV-305", "--ignore", "PV-3").code == 1
    assert run("check", "broken.txt", "--select", "PV-305", "--ignore", "PV-305").code == 0


@pytest.mark.parametrize(("severity", "least", "code"), [("info", "warning", 0), ("warning", "warning", 1)])
def test_fail_on(run, folder, severity, least, code):
    configured(folder, f'[check]\nseverity = {{ PV-305 = "{severity}", PV-3 = "error" }}')
    result = run(*LOGIC, "broken.txt", "--fail-on", least)
    assert (result.code, rules_of(result)) == (code, ["PV-305"])
    assert severity in result.out


@pytest.mark.parametrize(("unsure", "severity"), [(False, "error"), (True, "warning")])
def test_doubt_weighs_a_step_less_whatever_the_configuration(tmp_path, unsure, severity):
    configured(tmp_path, '[check]\nseverity = { PV-1 = "error" }')
    finding = Finding("PV-103", "info", Words("x", "x"), unsure=unsure)
    assert policy_for(str(tmp_path / "a.pdf"), Demands()).weighed(finding).severity == severity


def test_never_fails(run, folder):
    assert run(*LOGIC, "broken.txt", "--fail-on", "never").code == 0


def test_the_command_line_goes_before_the_configuration(run, folder):
    configured(folder, '[check]\nignore = ["PV-305"]\nfail-on = "never"')
    assert rules_of(run("check", "broken.txt", "--select", "PV-305")) == []
    assert rules_of(run("check", "broken.txt", "--select", "PV-305", "--ignore", "PV-1")) == ["PV-305"]
    assert run("check", "broken.txt", "--select", "PV-305", "--ignore", "PV-1", "--fail-on", "error").code == 1


def test_files_are_spared_rules(run, folder):
    (folder / "old").mkdir()
    (folder / "old" / "broken.txt").write_text(TWO_PROXIES, encoding="utf-8")
    configured(folder, '[[check.ignore-files]]\nfiles = ["old/*"]\nrules = ["PV-3"]\nreason = "copied by hand"')
    assert run(*LOGIC, "old", "broken.txt").out.count("PV-305") == 1
    configured(folder, '[[check.ignore-files]]\nfiles = ["bro*.txt"]\nrules = ["PV-305"]\nreason = "copied by hand"')
    configuration.configuration_of.cache_clear()
    assert run(*LOGIC, "old", "broken.txt").code == 0


def test_a_configuration_that_names_no_known_rule(run, folder):
    configured(folder, '[check]\nignore = ["PV-999"]')
    assert run("check", "broken.txt").code == 2


def test_facts_of_the_configuration_reach_the_rules(run, folder):
    configured(folder, '[assembly]\nprofile = "foreign"')
    assert run(*LOGIC, "broken.txt").code == 0


def test_another_configuration(run, folder):
    (folder / "other.toml").write_text('[check]\nignore = ["PV-305"]', encoding="utf-8")
    assert run(*LOGIC, "broken.txt", "--config", "other.toml").code == 0


def test_own_grammars_of_the_configuration_are_applied(run, folder):
    (folder / "own.toml").write_text("[lieu]\nabout = 3", encoding="utf-8")
    configured(folder, 'grammars = ["own.toml"]')
    assert run("check", "broken.txt").code == 5


def test_rules_that_were_not_evaluated_are_told_on_demand(run, folder):
    (folder / "clean.txt").write_text(
        CLEAN.replace("CONSEIL MUNICIPAL", "RÉUNION").replace("le conseil municipal", "on")
    )
    report = json.loads(run(*LOGIC, "clean.txt", "--format", "json").out)
    told = run(*LOGIC, "clean.txt", "--skipped").out
    assert report["files"][0]["skipped"] and all(each["rule"] in told for each in report["files"][0]["skipped"])
    assert run(*LOGIC, "clean.txt").out == ""


# --- baseline


def test_what_was_accepted_is_not_told_again(run, folder):
    made = run(*LOGIC, "broken.txt", "--baseline", "known.json", "--update")
    assert (made.code, made.out) == (0, "") and "1 findings accepted" in made.err
    assert run(*LOGIC, "broken.txt", "--baseline", "known.json").code == 0
    (folder / "broken.txt").write_text("\n\nMAIRIE\n\n" + TWO_PROXIES, encoding="utf-8")
    moved = run(*LOGIC, "broken.txt", "--baseline", "known.json")
    assert (moved.code, moved.out) == (0, "")
    (folder / "new.txt").write_text(TWO_PROXIES, encoding="utf-8")
    again = run(*LOGIC, "broken.txt", "new.txt", "--baseline", "known.json")
    assert again.code == 1 and "new.txt" in again.out and "broken.txt" not in again.out
    assert "accepted in the baseline: 1" in again.out


def test_a_baseline_is_the_same_in_both_languages_and_keeps_other_files(run, folder, monkeypatch):
    run(*LOGIC, "broken.txt", "--baseline", "known.json", "--update")
    before = (folder / "known.json").read_bytes()
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    run(*LOGIC, "clean.txt", "--baseline", "known.json", "--update")
    assert (folder / "known.json").read_bytes() == before
    (folder / "broken.txt").write_text(CLEAN, encoding="utf-8")
    run(*LOGIC, "broken.txt", "--baseline", "known.json", "--update")
    assert json.loads((folder / "known.json").read_text())["findings"] == []


def test_a_baseline_that_is_none(run, folder):
    (folder / "known.json").write_text("[]", encoding="utf-8")
    assert run(*LOGIC, "broken.txt", "--baseline", "known.json").code == 2


# --- formats


def test_text_in_a_file_tells_of_what_stderr_told(run, folder):
    result = run(*LOGIC, "missing.txt", "--format", "text=told.txt")
    assert result.out == "errors: 0, warnings: 0, infos: 0; files: 0 of 1, unreadable: 1\n"
    assert "does not exist" in result.err and "does not exist" in (folder / "told.txt").read_text(encoding="utf-8")


def test_several_formats_in_one_run(run, folder):
    result = run(*LOGIC, ".", "--format", "json=a.json", "--format", "gitlab", "--format", "junit=b.xml")
    assert json.loads(result.out)[0]["check_name"] == "PV-305"
    assert json.loads((folder / "a.json").read_text())["summary"]["errors"] == 1
    assert ET.parse(folder / "b.xml").getroot().get("failures") == "1"


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "github", "gitlab"])
def test_the_same_bytes_whatever_the_process(folder, name):
    command = [sys.executable, ROOT / "cli.py", "check", ".", "--format", name]
    outputs = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, cwd=folder).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and outputs.pop()


def test_colours_on_a_terminal_only(run, folder, monkeypatch):
    assert "\x1b" not in run(*LOGIC, "broken.txt").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b" in run(*LOGIC, "broken.txt").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(*LOGIC, "broken.txt").out


def test_text_is_in_the_readers_language(run, folder, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "erreur" in run(*LOGIC, "broken.txt").out


@pytest.mark.parametrize(("guide", "language"), [("check.en.md", "C"), ("check.fr.md", "fr_FR.UTF-8")])
def test_the_output_in_the_guides_is_real(run, folder, monkeypatch, guide, language):
    monkeypatch.setenv("LANG", language)
    (folder / "seances").mkdir()
    (folder / "broken.txt").rename(folder / "seances" / "2024-03-04.txt")
    (folder / "clean.txt").rename(folder / "seances" / "clean.txt")
    shown = (ROOT / "docs" / guide).read_text(encoding="utf-8").split("```\n")[3]
    assert run(*LOGIC, "seances").out == shown


def sarif_validator():
    jsonschema = pytest.importorskip("jsonschema", reason="SARIF IS NOT VALIDATED: pip install jsonschema")
    schema = SHARED / "reference" / "data" / "sarif" / "sarif-schema-2.1.0.json"
    if not schema.exists():
        pytest.skip(f"SARIF IS NOT VALIDATED: {schema} is absent")
    return jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("sources", [["clean.txt"], ["broken.txt"], [".", "junk.pdf"], ["/dev/null"]])
def test_sarif_is_valid(run, folder, sources):
    (folder / "junk.pdf").write_bytes(b"junk")
    log = json.loads(run("check", *sources, "--format", "sarif").out)
    assert [error.message for error in sarif_validator().iter_errors(log)] == []


def test_sarif_names_rule_place_and_law(run, folder):
    (folder / "pv n°1, été.txt").write_text(TWO_PROXIES, encoding="utf-8")
    [log] = json.loads(run(*LOGIC, "pv n°1, été.txt", "--format", "sarif").out)["runs"]
    [result] = log["results"]
    rule = log["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "PV-305" and "L2121-20" in rule["helpUri"]
    assert all(each["helpUri"].startswith("https://") for each in log["tool"]["driver"]["rules"])
    [place] = result["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "pv%20n%C2%B01%2C%20%C3%A9t%C3%A9.txt"
    assert place["physicalLocation"]["region"]["startLine"] > 1
    assert place["logicalLocations"][0]["fullyQualifiedName"].startswith("/attendance/members")


def fingerprints(result):
    [log] = json.loads(result.out)["runs"]
    return [each["partialFingerprints"]["pvExtract/v1"] for each in log["results"]]


def test_fingerprints_outlive_other_changes(run, folder):
    before = fingerprints(run(*LOGIC, "broken.txt", "--format", "sarif"))
    (folder / "broken.txt").write_text("\nMAIRIE\n" + TWO_PROXIES.replace("tondeuse", "pelle"), encoding="utf-8")
    assert fingerprints(run(*LOGIC, "broken.txt", "--format", "sarif")) == before != []


def test_junit_has_a_case_for_each_rule(run, folder):
    (folder / "junk.pdf").write_bytes(b"junk")
    suites = ET.fromstring(run("check", "broken.txt", "junk.pdf", "--format", "junit").out)
    broken, junk = suites
    rules = [case.get("name").split()[0] for case in broken]
    assert len(rules) == len(set(rules)) and set(rules) <= set(sheets())
    [failed] = [case for case in broken if case.get("name").startswith("PV-305 ")]
    assert failed.find("failure").get("type") == "error"
    assert junk[0].find("error") is not None and suites.get("errors") == "1"
    counted = len(broken.findall("testcase/failure"))
    assert counted == int(broken.get("failures")) and len(broken) == int(broken.get("tests"))


def test_junit_tells_what_does_not_fail_and_what_was_skipped(run, folder):
    (folder / "broken.txt").write_text(TWO_PROXIES + "\x0c\x01", encoding="utf-8")
    suites = ET.fromstring(run(*LOGIC, "broken.txt", "--format", "junit", "--fail-on", "never").out)
    assert suites.get("failures") == "0" and "PV-305" in suites.find(".//system-out").text
    (folder / "clean.txt").write_text(
        CLEAN.replace("CONSEIL MUNICIPAL", "RÉUNION").replace("le conseil municipal", "on")
    )
    suites = ET.fromstring(run(*LOGIC, "clean.txt", "--format", "junit").out)
    assert suites.get("skipped") == "1" and suites.find(".//skipped").get("message")


def test_github_annotations_are_escaped_and_the_gravest_come_first(run, folder):
    (folder / "a, 50 %: b.txt").write_text(TWO_PROXIES, encoding="utf-8")
    configured(folder, '[[check.ignore-files]]\nfiles = ["x"]\nrules = ["PV-1"]\nreason = "x"')
    out = run("check", "a, 50 %: b.txt", "--select", "PV-305", "--format", "github").out
    assert out.startswith("::error file=a%2C 50 %25%3A b.txt,line=14,title=pv-extract PV-305::PV-305 ")
    everything = run("check", "a, 50 %: b.txt", "--format", "github").out.splitlines()
    kinds = [line.split()[0] for line in everything if line.startswith("::")]
    assert kinds == sorted(kinds, key=["::error", "::warning", "::notice"].index)


def test_gitlab_report_is_an_array_with_unique_fingerprints(run, folder):
    assert run(*LOGIC, "clean.txt", "--format", "gitlab").out == "[]\n"
    (folder / "junk.pdf").write_bytes(b"junk")
    issues = json.loads(run("check", ".", "--format", "gitlab").out)
    assert {"blocker", "major"} <= {each["severity"] for each in issues} <= {"blocker", "major", "minor", "info"}
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert all(each["location"]["lines"]["begin"] >= 1 for each in issues)
    assert not any(each["location"]["path"].startswith(("/", "./")) for each in issues)


# --- explaining


@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8"])
@pytest.mark.parametrize("rule", sheets())
def test_every_rule_is_explained(run, monkeypatch, rule, language):
    monkeypatch.setenv("LANG", language)
    result = run("check", "--explain", rule)
    sheet, french = sheets()[rule], language != "C"
    assert result.code == 0
    for part in (rule, sheet.title[french], sheet.explanation[french], sheet.example, *sheet.articles):
        assert part in result.out
    assert ("gravité" if french else "severity") in result.out


def test_all_rules_that_begin_so_are_explained(run):
    shown = re.findall(r"^(PV-\d+)  ", run("check", "--explain", "PV-3").out, re.MULTILINE)
    assert shown == [rule for rule in sheets() if rule.startswith("PV-3")]
