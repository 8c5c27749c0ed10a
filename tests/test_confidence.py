"""Confidence: a chance between 0 and 1, lower where the page is odd, fitted as what was observed."""

import random

import pytest

from conftest import FIXTURES
from pv_extract.confidence import Signals, calibrated, chance, line_oddness, model, page_oddness, signals
from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract
from scripts.confidence_page import deciles, page, reviewed, unreviewed
from scripts.fit_confidence import Case, as_toml, fit, held_out

CLEAN = Signals("/meeting/date", "header.date_opening", "stated", 0.1, 0.0, None)


@pytest.mark.parametrize("read", [None, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("oddness", [0.0, 1.0, 4.0])
def test_a_chance_is_between_nought_and_one(oddness, read):
    assert 0 <= chance(CLEAN._replace(page=oddness, line=oddness, read=read)) < 1


def test_an_odd_page_makes_a_value_less_sure():
    assert chance(CLEAN._replace(page=3.0, line=2.0)) < chance(CLEAN)


def test_words_that_the_engine_doubts_make_a_value_less_sure():
    assert chance(CLEAN._replace(read=0.2)) < chance(CLEAN._replace(read=0.98))


def test_a_rule_never_seen_is_judged_by_its_field():
    assert 0 < chance(CLEAN._replace(rule="my_council.date")) < 1


def test_oddness_counts_what_no_typist_leaves():
    assert page_oddness("Le conseil municipal, à l'unanimité, approuve le procès-verbal.") == 0
    assert line_oddness("Lc cons8il muNicipal , à l'unan.mité\nligne nette", 3, 10) > line_oddness(
        "a\nligne nette", 3, 8
    )


def test_calibration_is_a_broken_line():
    knots = [[0.2, 0.1], [0.6, 0.5], [0.9, 0.9]]
    assert calibrated(0.4, knots) == pytest.approx(0.3)
    assert (calibrated(0.0, knots), calibrated(1.0, knots)) == (0.1, 0.9)


def test_every_value_of_a_record_has_the_chance_that_its_signals_tell():
    source = FIXTURES / "text" / "conseil-marvigny-2023.txt"
    text = source.read_text(encoding="utf-8")
    for pointer, evidence in extract(source, load_grammars()).evidence.items():
        told = chance(signals(pointer, evidence.rule, evidence.how, text, *evidence.span, None))
        assert evidence.confidence == round(told, 3)


def drawn(count):
    """Values of two rules, right four times in five and nineteen times in twenty."""
    rng = random.Random(4)
    for i in range(count):
        rule, share = rng.choice([("good", 0.95), ("poor", 0.8)])
        signs = Signals("/meeting/date", rule, "stated", rng.random(), rng.random(), None)
        yield Case(f"document {i % 40}", False, signs, rng.random() < share)


def test_a_fit_finds_the_shares_that_were_drawn():
    sure = {"good": [], "poor": []}
    for case, stated in held_out(list(drawn(4000))):
        sure[case.signals.rule].append(stated)
    assert sum(sure["good"]) / len(sure["good"]) == pytest.approx(0.95, abs=0.03)
    assert sum(sure["poor"]) / len(sure["poor"]) == pytest.approx(0.80, abs=0.03)


def test_the_same_cases_give_the_same_weights():
    cases = list(drawn(400))
    assert as_toml(fit(cases)) == as_toml(fit(cases))


def test_the_shipped_weights_rise_in_calibration():
    raw, observed = zip(*model()["calibration"], strict=True)
    assert list(raw) == sorted(raw) and list(observed) == sorted(observed)


def test_what_must_be_reviewed():
    cases = [(False, 0.2, True), *[(True, 0.9, True)] * 99, (False, 0.1, True)]
    assert reviewed(cases) == pytest.approx(1 / 101)
    assert unreviewed(cases) == pytest.approx(1 / 101)
    assert [round(stated, 2) for stated, _, _ in deciles(cases)][-1] == 0.9
    assert "### Real minutes alone" in page(cases, 3)
