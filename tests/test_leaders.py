"""Minutes of federations, typed with leaders: who stands for whom, with how many voices, who was elected."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

TYPED = """\
        FEDERATION  DE  BALLE  AU  FILET
        Association régie par la loi de 1901

     PROCES-VERBAL
     DE L'ASSEMBLEE GENERALE ORDINAIRE
     DU DIMANCHE 17 MARS 1974

     L'Assemblée Générale ordinaire de la Fédération de Balle au Filet
s'est tenue le dimanche 17 mars 1974 à Orvanne, dans la salle du Foyer
aimablement mise à notre disposition par la Ligue de la Plaine.

REPRESENTATION DES LIGUES

Ligue de la Plaine .......... M. Luc CARREL ................  14 voix
Ligue des Collines .......... Mme Inès BONNAY ..............  22 voix
Ligue de l'Ile .............. M. Rémi TISSOT ...............  18 voix

Ligue du Causse : pouvoir à M. CARREL ......................   9 voix
Ligue du Golfe : absente ...................................   6 voix

     Assistaient d'autre part à l'Assemblée les membres du Comité
Directeur : MM. Paul MOREL, Président ; Jean PETIT, Secrétaire
Général. Excusé : M. Luc FABRE, retenu par une grippe.

     Monsieur VALLIER, Inspecteur des Sports, honorait la réunion de sa
présence.

     Monsieur MOREL ouvre la séance à 9 heures 30.

I. - PROCES-VERBAL DE L'ASSEMBLEE GENERALE DU 25 MARS 1973

     Publié au bulletin n° 61. Il est adopté à l'unanimité.

II. - PRIX DE LA LICENCE

     Le Comité Directeur propose de porter la licence de 12 F à 15 F. Il
est procédé au vote par appel des ligues :

        Pour  : Plaine, Collines, Causse ...........  45
        Contre: Ile ................................  18

     La proposition est adoptée.

III. - VOEUX DES LIGUES

     Voeu n° 1 (Collines) : poule unique des juniors. M. TISSOT y est
favorable sous réserve d'un certificat. Voeu adopté à l'unanimité.

     Voeu n° 2 (Ile) : suppression du barrage. M. PETIT montre que la
mesure allongerait la saison. Repoussé par 41 voix contre 22.

     Voeu n° 3 (Plaine) : filet de corde obligatoire. Après discussion,
le voeu est renvoyé à la Commission Sportive.

IV. - ELECTIONS AU COMITE DIRECTEUR

     Deux sièges sont à pourvoir. Le vote a lieu au scrutin secret.

     1er tour    Votants : 63    Nuls : 3    Exprimés : 60
          Mme Zoé GARNIER .................. 58  élue
          M. Jean PETIT .................... 29
          M. Yves LORRAIN .................. 27

     2ème tour   Votants : 63    Nuls : 1    Exprimés : 62
          M. Jean PETIT .................... 40  élu
          M. Yves LORRAIN .................. 22

     L'ordre du jour étant épuisé, la séance est levée à 17 heures 40.
"""


@pytest.fixture
def typed(tmp_path: Path, grammar: Grammar) -> Record:
    return read_minutes(tmp_path, TYPED, grammar)


def test_the_date_is_that_of_the_title_and_not_of_the_minutes_approved(typed: Record) -> None:
    assert typed.meeting.date == "1974-03-17" and typed.meeting.place == "salle du Foyer"
    assert [approval.meeting_date for approval in typed.approvals] == ["1973-03-25"]


def test_leagues_are_represented_with_their_voices(typed: Record) -> None:
    assert [(m.name, m.status, m.group, m.votes) for m in typed.attendance.members][:5] == [
        ("Luc CARREL", "present", "Ligue de la Plaine", 14),
        ("Inès BONNAY", "present", "Ligue des Collines", 22),
        ("Rémi TISSOT", "present", "Ligue de l'Ile", 18),
        ("Ligue du Causse", "represented", None, 9),
        ("Ligue du Golfe", "absent", None, 6),
    ]


def test_the_members_of_a_board_who_attend_are_present_and_guests_are_none(typed: Record) -> None:
    assert [(m.name, m.status, m.group) for m in typed.attendance.members][5:] == [
        ("Paul MOREL", "present", "Comité Directeur"),
        ("Jean PETIT", "present", "Comité Directeur"),
        ("Luc FABRE", "excused", "Comité Directeur"),
    ]


def test_wishes_are_items_with_a_number_and_a_title(typed: Record) -> None:
    told = [(d.number, d.title, d.vote.outcome, d.vote.for_, d.vote.against) for d in typed.deliberations]
    assert told[1:4] == [
        ("1", "poule unique des juniors", "adopted", None, None),
        ("2", "suppression du barrage", "rejected", 22, 41),
        ("3", "filet de corde obligatoire", "postponed", None, None),
    ]
    assert told[0][4] == 18


def test_rounds_of_an_election_with_leaders(typed: Record) -> None:
    rounds = typed.deliberations[-1].elections
    assert [(r.round, [c.votes for c in r.candidates], [p.name for p in r.elected], r.cast) for r in rounds] == [
        (1, [58, 29, 27], ["Zoé GARNIER"], 60),
        (2, [40, 22], ["Jean PETIT"], 62),
    ]
