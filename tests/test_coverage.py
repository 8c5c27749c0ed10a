"""Every turn of phrase of minutes is read by a named rule; docs/coverage.md says by which."""

import re
from functools import cache
from pkgutil import resolve_name

import pytest

from conftest import SHARED
from pv_extract.grammar import load_grammars
from pv_extract.pipeline import extract
from pv_extract.readers import Source
from pv_extract.records import Record
from scripts import coverage

DATA = coverage.described()
TEMPLATES = range(1, 61)
HEAD = "PROCÈS-VERBAL\nSéance du 12 mars 2024"
MET = "Le conseil municipal de Valmorin s'est réuni à la mairie."
ROLL = "Étaient présents : Mme Anne ROUX, M. Luc FABRE, M. Paul MOREL"


@cache
def grammar():
    return load_grammars()


def record_of(sample: dict) -> Record:
    text = "\n".join([sample.get("head", HEAD).strip(), MET, sample.get("shown", ROLL).strip(), ""])
    return extract(Source("sample.txt", text.encode()), grammar())


def holds(sample: dict, record: Record) -> None:
    attendance = record.attendance
    assert {*sample.get("says", ())} <= {finding.rule for finding in record.findings}
    if "quorum" in sample:
        assert attendance.quorum.reached == sample["quorum"]
    if "proxies" in sample:
        given = [f"{m.name} → {m.proxy_to.name}" for m in attendance.members if m.proxy_to]
        assert given == sample["proxies"]
    if "arrivals" in sample:
        assert [f"{e.person.name} {e.time}" for e in record.events if e.kind == "arrival"] == sample["arrivals"]
    assert [d.title for d in record.deliberations] == sample.get("items", [])


def test_the_page_is_up_to_date():
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page()


def test_all_sixty_turns_of_phrase_are_described():
    assert [int(number) for number in DATA["templates"]] == list(TEMPLATES)


@pytest.mark.parametrize("number", TEMPLATES)
def test_a_turn_of_phrase_is_read_by_a_rule_with_examples_and_counter_examples(number):
    rules = coverage.rules_by_template()[number]
    assert rules
    assert all(rule.matches and rule.rejects for rule in rules)


def test_the_turns_are_those_of_the_reference():
    reference = SHARED / "reference" / "patterns.md"
    if not reference.exists():
        pytest.skip("the reference list of turns of phrase is not on this machine")
    numbers = re.findall(r"^(\d+)\. ", reference.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(TEMPLATES)


@pytest.mark.parametrize("sample", DATA["samples"], ids=lambda s: f"{s['template']}-{s['shown'].strip()[:40]}")
def test_a_sample_of_a_turn_of_phrase_gives_its_record(sample):
    record = record_of(sample)
    named = [f"{m.honorific} {m.name}" if m.honorific else m.name for m in record.attendance.members]
    assert named == sample["members"]
    holds(sample, record)


@pytest.mark.parametrize("noise", DATA["noises"], ids=lambda n: n["what"])
def test_noise_does_no_harm(noise):
    record = record_of(noise)
    assert record.meeting.document_kind == "proces_verbal"
    assert record.meeting.date == noise.get("date", "2024-03-12")
    assert [m.name for m in record.attendance.members] == ["Anne ROUX", "Luc FABRE", "Paul MOREL"]
    holds(noise, record)


@pytest.mark.parametrize("noise", DATA["noises"], ids=lambda n: n["what"])
def test_the_readers_of_a_noise_exist(noise):
    rules = {rule.id for rule in grammar().rules}
    for reader in noise["readers"]:
        assert reader in rules or resolve_name(reader)


CONTAINER = """ORDRE DU JOUR DE LA SÉANCE DU 9 AVRIL 2024
1. Approbation du procès-verbal de la séance du 12 mars 2024
2. Budget primitif

PROCÈS-VERBAL DE LA SÉANCE DU 12 MARS 2024
Le conseil municipal de Valmorin s'est réuni sous la présidence de Mme Anne ROUX, maire.
Étaient présents : Mme Anne ROUX, M. Luc FABRE
Secrétaire : M. Luc FABRE
"""


def test_minutes_inside_the_agenda_of_a_later_meeting_keep_their_own_date():
    record = extract(Source("container.txt", CONTAINER.encode()), grammar())
    assert (record.meeting.document_kind, record.meeting.date) == ("proces_verbal", "2024-03-12")
    assert record.approvals == ()
    assert any("2. Budget primitif" in part.text for part in record.unclaimed)
