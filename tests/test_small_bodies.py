"""Minutes of syndicates, social centres and commissions: their names, elections in a line, cases, guests."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

SYNDICATE = """SYNDICAT INTERCOMMUNAL À VOCATION UNIQUE
DES ÉCOLES DE LA HAUTE BRENNE

Membres afférents au comité : 14
En exercice : 13
Qui ont pris part à la délibération : 11

L'an deux mille vingt, le dix septembre à quatorze heures, le comité syndical du SIVU s'est réuni à Valmorin.

Présents : M. MOREL Paul, Mme ROUX Anne, M. PETIT Jean
Assistait : Lise GARNIER, architecte
Mme ROUX Anne a été désignée secrétaire de séance.

Approbation du compte rendu de la séance du 3 juillet 2020 : 10 pour, 1 abstention (PETIT)

Affaire n° 1 : Élection du président
1er tour : votants 11, blancs 1, exprimés 10
M. MOREL Paul : 10 voix. Il est élu président.

Affaire n° 2 : Aides
- Dossier 2020-31 : secours, 150 €. Accordé.
- Dossier 2020-32 : facture d'eau. Refusée à l'unanimité.
- Dossier 2020-33 : prêt. Reporté, pièces manquantes.

Affaire n° 3 : École
Départ de L. GARNIER à 16 h.
→ Décision A : demander un devis. Unanimité moins une abstention (M. PETIT).
→ Décision B : lancer l'étude. Pour : 8. Abstention : 1 (M. PETIT).

La séance est levée à cinq heures.
"""


@pytest.fixture
def syndicate(tmp_path: Path, grammar: Grammar) -> Record:
    return read_minutes(tmp_path, SYNDICATE, grammar)


def test_the_name_in_full_goes_before_the_initials(syndicate: Record) -> None:
    name = syndicate.meeting.organization.name
    assert name == "SYNDICAT INTERCOMMUNAL À VOCATION UNIQUE DES ÉCOLES DE LA HAUTE BRENNE"


def test_seats_are_no_members_in_office(syndicate: Record) -> None:
    stated = syndicate.attendance.stated
    assert (stated.in_office, stated.voting) == (13, 11)


def test_an_afternoon_that_ends_at_five(syndicate: Record) -> None:
    assert (syndicate.meeting.start_time, syndicate.meeting.end_time) == ("14:00", "17:00")


def test_voices_counted_adopt_earlier_minutes(syndicate: Record) -> None:
    assert [(a.meeting_date, a.outcome) for a in syndicate.approvals] == [("2020-07-03", "adopted")]


def test_an_election_told_in_two_lines(syndicate: Record) -> None:
    (round_,) = next(d for d in syndicate.deliberations if d.number == "1").elections
    assert (round_.office, round_.ballots, round_.blank, round_.cast) == ("président", 11, 1, 10)
    assert [p.name for p in round_.elected] == ["Paul MOREL"]


def test_each_case_is_decided_by_itself(syndicate: Record) -> None:
    cases = [d for d in syndicate.deliberations if d.title.startswith("Dossier")]
    assert [(d.title, d.reference, d.vote.outcome) for d in cases] == [
        ("Dossier 2020-31 : secours", None, "adopted"),
        ("Dossier 2020-32 : facture d'eau", None, "rejected"),
        ("Dossier 2020-33 : prêt", None, "postponed"),
    ]


def test_lettered_decisions_are_apart(syndicate: Record) -> None:
    votes = [d.vote for d in syndicate.deliberations if d.title == "École"]
    assert [(v.manner, v.for_, v.abstentions) for v in votes] == [("unanimity", None, 1), (None, 8, 1)]


def test_a_guest_is_named_as_the_list_names_them(syndicate: Record) -> None:
    assert [(e.kind, e.person and e.person.name) for e in syndicate.events] == [("departure", "Lise GARNIER")]
