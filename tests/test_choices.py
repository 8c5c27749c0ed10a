"""Votes between proposals, voters behind their group or a proxy, opinions of others: read as what they are."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Deliberation, Record

HEAD = """Commune de VALMORIN
PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Conseil municipal s'est réuni à la mairie de Valmorin.

Étaient présents : Mme Anne ROUX, maire ; M. Paul MOREL, M. Jean PETIT, Mme Lucie FABRE, M. Luc AUBRY
Absente excusée : Mme Rose LACAZE, pouvoir à M. Paul MOREL
Secrétaire de séance : Mme Lucie FABRE

1. Budget primitif

Le conseil adopte le budget à l'unanimité.

2. """
TAIL = """

3. Voirie

Le conseil approuve le programme à l'unanimité.

La séance est levée à 20 heures.
"""


def minutes(tmp_path: Path, grammar: Grammar, item: str) -> Record:
    """The record of minutes whose second item is given."""
    return read_minutes(tmp_path, HEAD + item + TAIL, grammar)


def second(record: Record) -> Deliberation:
    """The only deliberation numbered 2."""
    (found,) = [d for d in record.deliberations if d.number == "2"]
    return found


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ("- Maintien des taux : 4 voix\n- Hausse de 1 % : 2 voix\n\nLes taux sont donc maintenus.", "adopted"),
        ("Scénario 1 : 4 voix ; scénario 2 : 2 voix.", None),
        ("4 voix pour la proposition A, 2 pour la B. La proposition A l'emporte.", "adopted"),
    ],
)
def test_a_vote_between_proposals_has_neither_for_nor_against(
    tmp_path: Path, grammar: Grammar, votes: str, outcome: str | None
) -> None:
    found = second(minutes(tmp_path, grammar, f"Vote des taux\n\nMme Roux rappelle les bases.\n\n{votes}"))
    assert (found.title, found.vote.outcome) == ("Vote des taux", outcome)
    assert (found.vote.for_, found.vote.against) == (None, None)


def test_the_opinion_of_another_body_is_no_outcome(tmp_path: Path, grammar: Grammar) -> None:
    text = "Compte du port\n\nRapporteur : Jean PETIT\n\nAvis favorable du conseil portuaire du 7 février.\n\n"
    found = second(minutes(tmp_path, grammar, text + "DÉCISION DU CONSEIL : adopté à main levée par 5 voix pour."))
    assert (found.title, found.vote.outcome, found.vote.for_) == ("Compte du port", "adopted", 5)


@pytest.mark.parametrize(
    "voters",
    [
        "2 abstentions (groupe Valmorin demain : Paul MOREL, Rose LACAZE)",
        "2 abstentions (Paul MOREL + pouvoir de Rose LACAZE)",
    ],
)
def test_voters_behind_their_group_or_a_proxy_are_named(tmp_path: Path, grammar: Grammar, voters: str) -> None:
    found = second(minutes(tmp_path, grammar, f"Cinéma\n\nLe conseil adopte le contrat par 4 voix pour et {voters}."))
    assert [p.name for p in found.vote.abstention_names] == ["Paul MOREL", "Rose LACAZE"]


def test_who_abstains_behind_the_voices_against_is_not_against(tmp_path: Path, grammar: Grammar) -> None:
    text = "Chemin\n\nLa proposition est adoptée par trois voix contre deux, M. Morel s'abstenant."
    vote = second(minutes(tmp_path, grammar, text)).vote
    assert (vote.for_, vote.against, vote.against_names) == (3, 2, ())
    assert [p.name for p in vote.abstention_names] == ["Paul MOREL"]


def test_who_leaves_before_the_vote_and_returns_behind_it_has_no_part_in_it(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "Escrime\n\nÀ 19 h 45, M. PETIT, président du cercle, quitte la séance.\n\nLe conseil accorde 300 € au cercle."
    )
    record = minutes(tmp_path, grammar, text + "\n\nM. PETIT rejoint la séance.")
    assert [p.name for p in second(record).vote.not_participating_names] == ["Jean PETIT"]


def test_who_leaves_for_good_before_a_vote_is_only_gone(tmp_path: Path, grammar: Grammar) -> None:
    text = "Escrime\n\nÀ 19 h 45, M. PETIT quitte la séance.\n\nLe conseil accorde 300 € au cercle."
    record = minutes(tmp_path, grammar, text)
    assert second(record).vote.not_participating_names == ()
    assert [(e.kind, e.person and e.person.name) for e in record.events] == [("departure", "Jean PETIT")]


def test_the_sum_behind_a_title_is_an_amount_of_the_item(tmp_path: Path, grammar: Grammar) -> None:
    found = second(minutes(tmp_path, grammar, "Réfection du lavoir – 4 500 €\n\nVote : pour à l'unanimité"))
    assert [a.value for a in found.amounts] == ["4500"]


def test_lettered_points_under_an_item_without_a_vote_are_items(tmp_path: Path, grammar: Grammar) -> None:
    text = "Défense incendie\na) Citerne du hameau\nLe conseil retient le devis. Unanimité.\nb) Poteau\nOn attend."
    titles = [d.title for d in minutes(tmp_path, grammar, text).deliberations]
    assert titles == ["Budget primitif", "Citerne du hameau", "Voirie"]


def test_the_announced_result_goes_before_what_was_not_retained(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "Noms de rues\n\nLa proposition de Mme FABRE n'est pas retenue.\n\nDÉCISION DU CONSEIL : adopté à la majorité."
    )
    assert second(minutes(tmp_path, grammar, text)).vote.outcome == "adopted"


def test_voices_for_sums_are_no_voices_for(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "Subvention\n\nVote : 4 voix pour 20 000 €, 2 voix pour 25 000 €.\n\nLe conseil fixe la subvention à 20 000 €."
    )
    vote = second(minutes(tmp_path, grammar, text)).vote
    assert (vote.for_, vote.outcome) == (None, "adopted")


def test_a_refusal_by_all_is_no_adoption(tmp_path: Path, grammar: Grammar) -> None:
    vote = second(minutes(tmp_path, grammar, "Club de football\n\nDemande de 300 €. Refus à l'unanimité.")).vote
    assert vote.outcome == "rejected"
