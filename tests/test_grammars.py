"""Four tests that serve every rule, and what is said of a grammar that cannot be used."""

import re
import unicodedata

import pytest

from conftest import ROOT
from pv_extract.errors import GrammarError
from pv_extract.grammar import failures, fold, load_grammars
from pv_extract.mentions import KINDS

RULES = load_grammars(check=True).rules
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def first_match(rule, text):
    return next(rule.find(fold(unicodedata.normalize("NFC", text))), None)


@every_rule
def test_a_rule_reads_its_examples_with_the_fields_expected(rule):
    assert [line for line in failures(rule) if "counter-example" not in line] == []


@every_rule
def test_a_rule_refuses_its_counter_examples(rule):
    assert [text for text in rule.rejects if first_match(rule, text)] == []


@every_rule
def test_a_rule_has_examples_and_counter_examples_and_says_what_it_reads(rule):
    assert rule.matches
    assert rule.rejects
    assert rule.about.strip()


@every_rule
def test_the_groups_of_a_rule_are_fields_of_what_it_emits(rule):
    assert set(rule.pattern.groupindex) | set(rule.sets) <= KINDS[rule.emits]


def test_rules_have_names_of_their_own():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_hint_can_be_found_in_folded_text():
    assert [(rule.id, hint) for rule in RULES for hint in rule.hints if hint != fold(hint).lower()] == []


GOOD = """
[words]
fruit = 'pommes?'
[voix]
about = "« Pour : 3 »"
emits = "VoteCount"
pattern = '''(?&fruit)\\s+(?P<in_favour>\\d+)'''
matches = [{ text = "pommes 3", in_favour = "3" }]
rejects = ["poires 3"]
"""


def broken(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


BROKEN = {
    "bad TOML": (broken("[voix]", "[voix"), "line 4"),
    "unknown key": (broken("about", "abuot"), "abuot"),
    "missing key": (broken('rejects = ["poires 3"]', ""), "rejects"),
    "unknown kind": (broken("VoteCount", "VoteCuont"), "VoteCuont"),
    "unknown word": (broken("(?&fruit)", "(?&legume)"), "legume"),
    "word defined by itself": (broken("'pommes?'", "'pommes? (?&fruit)'"), "fruit -> fruit"),
    "bad pattern": (broken("\\s+(?P", "\\s+((?P"), "column"),
    "group of no field": (broken("(?P<in_favour>\\d+)", "(?P<pour>\\d+)"), "pour"),
    "not a table": ("voix = 3\n", "table"),
}


def written(tmp_path, text, name="commune.toml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_users_grammar_is_read(tmp_path):
    grammar = load_grammars([written(tmp_path, GOOD)])
    rule = next(rule for rule in grammar.rules if rule.id == "commune.voix")
    assert failures(rule) == []
    mention = grammar.first("VoteCount", "pommes 12")
    assert mention.rule == "commune.voix"
    assert mention.fields["in_favour"].of("pommes 12") == "12"


@pytest.mark.parametrize("text, hint", BROKEN.values(), ids=BROKEN)
def test_a_broken_grammar_is_refused_with_file_rule_and_place(tmp_path, text, hint):
    with pytest.raises(GrammarError) as caught:
        load_grammars([written(tmp_path, text)])
    for message in (caught.value.english, caught.value.french):
        assert "commune.toml" in message
        assert hint in message
        assert "[voix]" in message or "TOML" in message


@pytest.mark.parametrize("data", [b'[voix]\nabout = "\xe9t\xe9"\n', None], ids=["not UTF-8", "missing"])
def test_a_grammar_that_cannot_be_read_is_refused(tmp_path, data):
    file = tmp_path / "commune.toml"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(GrammarError, match="commune"):
        load_grammars([file])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("pommes 3", "prunes 3", "does not read its example"),
        ('in_favour = "3"', 'in_favour = "4"', "reads in_favour = '3'"),
        ("poires 3", "pommes 3", "reads its counter-example"),
        ('["poires 3"]', "[]", "lacks"),
    ],
)
def test_a_rule_that_breaks_its_word_is_told(tmp_path, old, new, says):
    grammar = load_grammars([written(tmp_path, broken(old, new))])
    rule = next(rule for rule in grammar.rules if rule.id == "commune.voix")
    assert any(says in line for line in failures(rule))


@pytest.mark.parametrize("document", ["docs/grammars.en.md", "docs/grammaires.fr.md"])
def test_the_rules_of_the_documentation_hold(tmp_path, document):
    text = (ROOT / document).read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    grammar = load_grammars([written(tmp_path, example)])
    own = [rule for rule in grammar.rules if rule.id.startswith("commune.")]
    assert own
    assert [line for rule in own for line in failures(rule)] == []


@pytest.mark.parametrize("document", ["docs/grammars.en.md", "docs/grammaires.fr.md"])
def test_every_kind_and_field_is_documented(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    rows = {kind: ", ".join(f"`{field}`" for field in sorted(fields)) for kind, fields in KINDS.items()}
    assert [kind for kind, fields in rows.items() if f"| `{kind}` | {fields or '–'} |" not in text] == []


def test_a_users_rules_come_first_and_leave_the_order_of_the_others(tmp_path):
    rules = load_grammars([written(tmp_path, GOOD)]).rules
    assert [rule.id for rule in rules] == ["commune.voix", *(rule.id for rule in RULES)]
