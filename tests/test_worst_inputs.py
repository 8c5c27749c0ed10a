"""No pattern hangs: every search ends, by itself or at its limit, and what a record lost thereby is said in it."""

import pytest

from pv_extract.grammar import failures, fold, load_grammars, searching, watched
from pv_extract.pipeline import extract
from pv_extract.readers import Source

LENGTH = 20_000  # characters of a worst input
RULES = load_grammars().rules
RUNAWAY = """
[runaway]
about   = "Un motif qui s'égare"
emits   = "StartTime"
pattern = '''(?P<time>(?:\\w+\\s*)+)!'''
matches = ["a!"]
rejects = ["a"]
"""
WANDERING = "mots " * 400 + "?!"
WIDE = (  # a stamp, a row of a table, a row of a form: each names a meeting, and is mostly blanks and digits
    "ID : 012-211200456-20240327-PV20240327-AU",
    "  2023-62      09/10/2023      Location de la salle du conseil" + 40 * " " + "412,00 €/mois",
    "CE1 : 24     CE2 : 20     CM1 : 21     CM : 25          Total : 158 élèves" + 60 * "_",
)
MINUTES = """PROCÈS-VERBAL
Séance du 12 mars 2024
Le conseil municipal de Valmorin s'est réuni sous la présidence de Mme Anne ROUX, maire.
Étaient présents : Mme Anne ROUX, M. Luc FABRE
"""


@pytest.fixture
def short_limit(monkeypatch):
    monkeypatch.setattr(searching, "SEARCH_LIMIT", 0.05)
    monkeypatch.setattr(searching, "SEARCH_RATE", 10_000_000)


@pytest.fixture
def runaway(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(RUNAWAY, encoding="utf-8")
    return load_grammars([file])


def worst(rule):
    """The rule's first example again and again, its beginning again and again, and all but its end."""
    example = fold(rule.matches[0]["text"]).replace("\n", " ")
    for piece in (f"{example} ", f"{example[: max(1, len(example) // 2)]} ", example[:-1] or example):
        yield (piece * (LENGTH // len(piece) + 1))[:LENGTH]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_ends_on_its_worst_input(rule, short_limit):
    overruns = set()
    with watched(overruns):
        for text in worst(rule):
            spans = [mention.span for mention in rule.find(text)]
            assert all(0 <= start < end <= LENGTH for start, end in spans)
    assert overruns <= {rule.id}


@pytest.mark.parametrize("line", WIDE)
def test_no_rule_runs_out_of_time_on_blanks_and_digits(line):
    overruns: set[str] = set()
    with watched(overruns):
        assert all(mention.rule for rule in RULES for mention in rule.find(fold(line)))
    assert not overruns


def test_a_runaway_rule_is_set_aside_and_said_and_the_document_goes_on(runaway, short_limit):
    record = extract(Source("x.txt", (MINUTES + WANDERING + "\n").encode()), runaway)
    assert record.meeting.date == "2024-03-12"
    assert [member.name for member in record.attendance.members] == ["Anne ROUX", "Luc FABRE"]
    [finding] = [f for f in record.findings if f.rule == "search-timed-out"]
    assert "own.runaway" in finding.message
    assert finding.severity == "warning"


def test_a_rule_once_set_aside_is_not_searched_again(runaway, short_limit):
    rule = runaway.rules[0]
    overruns = {rule.id}
    with watched(overruns):
        assert list(rule.find("a!")) == []
    assert [mention.rule for mention in rule.find("a!")] == [rule.id]


def test_without_a_watch_a_search_that_runs_out_of_time_raises(runaway, short_limit):
    with pytest.raises(TimeoutError):
        list(runaway.rules[0].find(WANDERING))


def test_rules_check_tells_of_a_rule_that_runs_out_of_time(tmp_path, short_limit):
    file = tmp_path / "own.toml"
    file.write_text(RUNAWAY.replace('["a"]', f'["{WANDERING}"]'), encoding="utf-8")
    rule = load_grammars([file]).rules[0]
    assert failures(rule) == ["own.runaway runs out of time on its own examples"]
