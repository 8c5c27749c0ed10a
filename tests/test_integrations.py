"""The pre-commit hook, the GitHub action and the GitLab template, run as those tools run them."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from conftest import ROOT
from test_check import CLEAN, TWO_PROXIES, sarif_validator

yaml = pytest.importorskip("yaml", reason="THE INTEGRATIONS ARE NOT TRIED: pip install pyyaml")
pytestmark = pytest.mark.slow

SHIPPED = ["pv_extract", "grammars", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml"]
OFFLINE = re.compile(r"No matching distribution|Could not find a version|ConnectionError|Temporary failure")
GUIDES = ["docs/check.en.md", "docs/check.fr.md"]


def git(folder, *arguments):
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """A copy of what is shipped, in a repository of its own with the tag that the guides name."""
    folder = tmp_path_factory.mktemp("pv-extract")
    for name in SHIPPED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Copy")
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.fixture
def repository(tmp_path):
    """A newcomer's repository of minutes."""
    folder = tmp_path / "minutes"
    (folder / "seances").mkdir(parents=True)
    (folder / "README.md").write_text("# Nos procès-verbaux\n", encoding="utf-8")
    (folder / "seances" / "2024-03-04.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "pv-extract.toml").write_text('[check]\nselect = ["PV-305"]\n', encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def break_minutes(folder):
    (folder / "seances" / "2024-03-04.txt").write_text(TWO_PROXIES, encoding="utf-8")
    git(folder, "add", "--all")


def yaml_of(guide, heading):
    section = (ROOT / guide).read_text(encoding="utf-8").partition(f"\n### {heading}\n")[2]
    return re.search(r"```yaml\n(.*?)```", section, re.DOTALL)[1]


# --- pre-commit


def pre_commit(folder, home):
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if OFFLINE.search(done.stdout):
        pytest.skip("THE PRE-COMMIT HOOK IS NOT TRIED: no package index can be reached")
    return done


def test_five_lines_of_yaml_check_each_commit(product, repository, tmp_path):
    pytest.importorskip("pre_commit", reason="THE PRE-COMMIT HOOK IS NOT TRIED: pip install pre-commit")
    lines = yaml_of(GUIDES[0], "pre-commit")
    assert len(lines.splitlines()) == 5
    here = lines.replace("https://github.com/OWNER/pv-extract", str(product))
    (repository / ".pre-commit-config.yaml").write_text(here, encoding="utf-8")
    git(repository, "add", "--all")
    clean = pre_commit(repository, tmp_path / "home")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    break_minutes(repository)
    broken = pre_commit(repository, tmp_path / "home")
    assert broken.returncode == 1 and "seances/2024-03-04.txt" in broken.stdout and "PV-305" in broken.stdout


def test_the_readme_has_the_same_five_lines():
    readme = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    assert re.sub(r" +#.*", "", readme) == yaml_of(GUIDES[0], "pre-commit")


def test_the_hook_takes_documents_and_not_what_surrounds_them():
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    def takes(path):
        return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)

    assert hook["entry"] == "pv-extract check"
    assert all(map(takes, ["seances/2024.pdf", "PV.DOCX", "pv du 3 mars.odt", "cr.html", "a/b.md", "1886.txt"]))
    assert not any(
        map(takes, ["README.md", "docs/changelog.md", "requirements-dev.txt", "a.py", "a.json", "LICENSE.txt"])
    )


# --- the GitHub action


def filled(text, inputs, outputs):
    """A text of the action with its expressions evaluated: inputs, outputs of steps, equality with a string."""

    def value(match):
        expression = match[1].strip()
        if compared := re.fullmatch(r"inputs\.([\w-]+) == '(\w*)'", expression):
            return "true" if inputs[compared[1]] == compared[2] else "false"
        kind, *names = expression.split(".")
        return inputs[names[0]] if kind == "inputs" else outputs[names[-1]]

    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


@pytest.fixture(scope="session")
def python(tmp_path_factory):
    """An environment that the package is installed into."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", folder], check=True)
    return folder


class Runner:
    """Runs the steps of a composite action as GitHub does: bash, with its files for outputs and the summary."""

    def __init__(self, product, python, folder, work):
        self.action = yaml.safe_load((product / "action.yml").read_text(encoding="utf-8"))
        self.program = python / "bin" / "pv-extract"
        self.folder, self.summary, self.output = folder, work / "summary.md", work / "output"
        for file in (self.summary, self.output):
            file.touch()
        self.environment = {
            **os.environ,
            "PATH": f"{python / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "LC_ALL": "",
            "RUNNER_TEMP": str(work),
            "GITHUB_ACTION_PATH": str(product),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
        }

    def run(self, **given):
        """The last step that ran; left out are those with ``uses``, those whose condition is false, and
        installing what is installed."""
        inputs = {name: given.get(name, each.get("default", "")) for name, each in self.action["inputs"].items()}
        for step in self.action["runs"]["steps"]:
            installed = "pip install" in step.get("run", "") and self.program.exists()
            if "uses" in step or installed or filled(step.get("if", "true"), inputs, {}) != "true":
                continue
            environment = {name: filled(value, inputs, {}) for name, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step["run"], inputs, {})],
                cwd=self.folder,
                env={**self.environment, **environment},
                capture_output=True,
                text=True,
            )
            if done.returncode:
                break
        if OFFLINE.search(done.stderr):
            pytest.skip("THE ACTION IS NOT TRIED: no package index can be reached")
        return done

    def sarif(self):
        outputs = dict(line.split("=", 1) for line in self.output.read_text().splitlines())
        return json.loads(Path(filled(self.action["outputs"]["sarif"]["value"], {}, outputs)).read_text())


def test_the_steps_of_the_action(product, python, repository, tmp_path):
    runner = Runner(product, python, repository, tmp_path)
    clean = runner.run(sources="seances/")
    assert (clean.returncode, clean.stdout) == (0, ""), clean.stderr
    assert runner.summary.read_text() == ""
    break_minutes(repository)
    broken = runner.run(sources="seances/\n\nREADME.md\n")
    assert broken.returncode == 1 and broken.stdout.startswith("::error file=seances/2024-03-04.txt,line=14,")
    assert "PV-305" in runner.summary.read_text()
    [log] = runner.sarif()["runs"]
    assert [result["ruleId"] for result in log["results"]] == ["PV-305"]
    assert list(sarif_validator().iter_errors(runner.sarif())) == []
    lenient = runner.run(args="--fail-on never")
    assert lenient.returncode == 0 and "::error" in lenient.stdout


def test_inputs_of_the_action_cannot_become_commands(product, python, repository, tmp_path):
    runner = Runner(product, python, repository, tmp_path)
    runner.run(sources="$(touch pwned)", args="; touch pwned")
    assert not (repository / "pwned").exists()


def test_the_action_is_what_github_takes():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    assert action["runs"]["using"] == "composite"
    assert all("shell" in step for step in steps if "run" in step)
    assert not any("${{" in step.get("run", "") for step in steps)
    used = {name for step in steps for name in re.findall(r"inputs\.([\w-]+)", json.dumps(step))}
    assert used == set(action["inputs"])


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guides_name_inputs_that_the_action_has(guide):
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = yaml.safe_load(yaml_of(guide, "GitHub"))
    assert set(steps[1]["with"]) <= set(action["inputs"])
    assert yaml_of(guide, "pre-commit") == yaml_of(GUIDES[0], "pre-commit")


# --- the GitLab template


def test_the_gitlab_template(product, python, repository, tmp_path):
    template = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
    job, variables = template["pv-extract-check"], template["variables"]
    given = yaml.safe_load(yaml_of(GUIDES[0], "GitLab"))["variables"]
    assert set(given) <= set(variables) and all(f"${name}" in str(job) or f"{{{name}" in str(job) for name in variables)
    break_minutes(repository)
    runner = Runner(product, python, repository, tmp_path)
    environment = {**runner.environment, **variables, **given, "PV_EXTRACT": str(product)}
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])]
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True)
    if OFFLINE.search(done.stderr):
        pytest.skip("THE GITLAB TEMPLATE IS NOT TRIED: no package index can be reached")
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    [issue] = json.loads((repository / reports["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "seances/2024-03-04.txt"
    assert ET.parse(repository / reports["junit"]).getroot().get("failures") == "1"
    unset = subprocess.run(
        command, cwd=repository, env={**environment, "PV_EXTRACT": ""}, capture_output=True, text=True
    )
    assert unset.returncode and "say in PV_EXTRACT" in unset.stderr
