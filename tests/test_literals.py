"""What a pattern needs of a text: never more than it really does, so that no search is left out that would find."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from pv_extract.grammar import fold, load_grammars
from pv_extract.grammar.literals import DIGIT, Literals, haystack, meets
from pv_extract.grammar.screening import Screen

GRAMMAR = load_grammars()
MINUTES = sorted((ROOT / "fixtures/variety/text").glob("*.txt"))[:4]
WORDS = Literals({"mois": "(?:mai|juin)", "date": r"\d{1,2}\s(?&mois)"})
BY_PATTERN = Screen({rule.id: rule.literals.needs(rule.written) for rule in GRAMMAR.rules})


def needs(pattern):
    return [sorted(need) for need in WORDS.needs(pattern)]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"séance \s+ levée", [["séance"], ["levée"]]),
        (r"pouvoirs?", [["pouvoir"]]),
        (r"(?:pour|contre) \s* :", [["contre", "pour"], [":"]]),
        (r"(?:M|Mm)e \s+ (?P<name>\w+)", [["me"]]),
        (r"MA[IÎ]RE", [["maire", "maîre"]]),
        (r"point[s.] [ ] ou \.", [["point. ou.", "points ou."]]),
        (r"(?&date)", [["juin", "mai"], [DIGIT]]),
        (r"(?:vo(?:te|ix)){2,3}", [["voix", "vote"]]),
        (r"élu(?=\s+maire)", [["élu"]]),
        (r"(?<!non\s)votants", [["votants"]]),
        (r"un # le premier", [["un"]]),
    ],
)
def test_a_pattern_needs_the_letters_that_all_its_matches_hold(pattern, needed):
    assert needs(pattern) == needed


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:séance)?",
        r"\p{Lu}\w+",
        r"(?:pour|\w+)",
        r"(?:contre){e<=1}",
        r"[^abc]",
        r"[a-z]",
        r"[ ]",
        r"a{0,3}",
        r"(?(1)oui|non)",
        r"(?P=name)oui",
        r"oui\x20",
    ],
)
def test_nothing_is_needed_where_a_pattern_does_not_tell(pattern):
    assert needs(pattern) == []


@pytest.mark.parametrize("rule", GRAMMAR.rules, ids=lambda rule: rule.id)
def test_a_rule_passes_the_screen_on_its_examples(rule):
    for example in rule.matches:
        assert rule.id in GRAMMAR.promising(fold(unicodedata.normalize("NFC", example["text"])))


@pytest.mark.parametrize("file", MINUTES, ids=lambda file: file.stem)
def test_no_rule_matches_a_line_of_minutes_that_the_screen_kept_from_it(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        text = fold(unicodedata.normalize("NFC", line))
        passing = BY_PATTERN.passing(text)
        kept = [rule for rule in GRAMMAR.rules if rule.id not in passing]
        assert [rule.id for rule in kept if next(rule.search(text), None)] == []


def pattern_of(text):
    """A pattern that matches a text, written with what patterns are made of."""
    return "".join(f"(?:{c})+" if i % 3 else f"[{c}x]" if i % 2 else c for i, c in enumerate(text))


@given(st.text("abcdeé1", min_size=1, max_size=12), st.text("abcdeé1 ", max_size=6))
def test_a_text_that_holds_what_a_pattern_was_made_of_meets_its_needs(text, around):
    assert regex.search(pattern_of(text), around + text)
    assert meets(haystack(around + text + around), Literals({}).needs(pattern_of(text)))


@given(
    st.lists(st.sampled_from(["pour", "contre", "pv", DIGIT, "ab", "abst"]), max_size=4), st.text("pourcontevabst1 ")
)
def test_the_screen_lets_pass_what_meets_its_needs_one_by_one(strings, text):
    own = {"each": tuple(frozenset([s]) for s in strings), "any": (frozenset(strings),) if strings else (), "none": ()}
    passing = Screen(own).passing(text)
    assert {key for key in own if key in passing} == {
        key for key, needed in own.items() if meets(haystack(text), needed)
    }
