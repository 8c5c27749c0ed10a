"""Who took part in each vote, after those who came and went before it."""

from pathlib import Path

import pytest

from pv_extract import pipeline
from pv_extract.grammar import Grammar

FRAME = """PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Conseil municipal de Valmorin s'est réuni à la mairie.

Étaient présents : M. Paul MOREL, Mme Anne ROUX{roll}, M. Luc FABRE, M. Jean PETIT
Absente excusée : Mme Odile RENARD

1. Budget primitif
{first}Le Conseil municipal, après en avoir délibéré, approuve le budget à l'unanimité.{behind}

2. Tarifs de la cantine
{second}Le Conseil municipal, après en avoir délibéré, approuve les tarifs à l'unanimité.

3. Achat de matériel
Le Conseil municipal, après en avoir délibéré, approuve l'achat à l'unanimité.

La séance est levée à 20 heures.
"""
PLAIN = {"roll": "", "first": "", "behind": "", "second": ""}
COMES, GOES = "Mme Odile RENARD arrive à 18h20.\n", "M. Jean PETIT quitte la séance à 19h10.\n"
BRIEFLY = "M. Luc FABRE quitte la salle et ne prend pas part au vote.\n"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, [{}, {}, {}]),
        ({"second": COMES}, [{}, {"Odile RENARD": "present"}, {"Odile RENARD": "present"}]),
        ({"behind": "\n" + GOES}, [{}, {"Jean PETIT": "absent"}, {"Jean PETIT": "absent"}]),
        ({"first": GOES}, [{"Jean PETIT": "absent"}] * 3),
        ({"first": BRIEFLY}, [{"Luc FABRE": "absent"}, {}, {}]),
        ({"roll": " (départ à 19h)"}, [{}, {}, {}]),
    ],
    ids=["nobody moves", "late", "leaves behind a vote", "leaves before a vote", "for one vote", "nobody knows when"],
)
def test_presence_changes_with_who_comes_and_goes(
    parts: dict[str, str], expected: list[dict[str, str]], tmp_path: Path, grammar: Grammar
) -> None:
    source = tmp_path / "minutes.txt"
    source.write_text(FRAME.format(**{**PLAIN, **parts}), encoding="utf-8")
    record = pipeline.extract(source, grammar)
    assert [{p.person.name: p.status for p in d.presence} for d in record.deliberations] == expected
    assert all(
        f"/deliberations/{i}/presence/0" in record.evidence for i, d in enumerate(record.deliberations) if d.presence
    )


def test_the_chair_is_ceded_for_each_vote_anew(tmp_path: Path, grammar: Grammar) -> None:
    cedes = "M. Paul MOREL cède la présidence à Mme Anne ROUX et sort de la salle.\n"
    source = tmp_path / "minutes.txt"
    source.write_text(FRAME.format(**{**PLAIN, "first": cedes, "second": cedes}), encoding="utf-8")
    record = pipeline.extract(source, grammar)
    told = [(event.kind, event.person.name) for event in record.events if event.person]
    assert told == [("chair_change", "Anne ROUX"), ("departure", "Paul MOREL")] * 2


COMINGS = {
    "M. Jean PETIT demande à se retirer ; il quitte la séance.": [("departure", "Jean PETIT")],
    "M. Luc FABRE, rappelé, prend connaissance du vote.": [("arrival", "Luc FABRE")],
    "Mme Anne ROUX quitte la salle à 19 h et revient peu après.": [
        ("departure", "Anne ROUX"),
        ("arrival", "Anne ROUX"),
    ],
    "Les candidats : RENOUVELLEMENT DU TIERS SORTANT.": [],
}


@pytest.mark.parametrize("sentence", COMINGS)
def test_comings_and_goings_told_in_passing(sentence: str, tmp_path: Path, grammar: Grammar) -> None:
    source = tmp_path / "minutes.txt"
    source.write_text(FRAME.format(**{**PLAIN, "first": sentence + "\n"}), encoding="utf-8")
    events = pipeline.extract(source, grammar).events
    assert [(e.kind, e.person.name) for e in events] == COMINGS[sentence]


@pytest.mark.parametrize(("part", "after"), [("first", None), ("behind", "1"), ("second", "1")])
def test_an_arrival_is_told_after_the_item_whose_vote_it_follows(tmp_path, grammar, part, after):
    source = tmp_path / "minutes.txt"
    source.write_text(FRAME.format(**{**PLAIN, part: "\n" + COMES}), encoding="utf-8")
    (event,) = pipeline.extract(source, grammar).events
    assert (event.kind, event.after_item) == ("arrival", after)
