"""Notes of neighbours and co-owners: everyday words, initials, rows of votes with their names."""

from pathlib import Path

from conftest import read_minutes
from pv_extract.grammar import Grammar

NOTES = """Comité de quartier des Tilleuls

Compte-rendu du bureau du mardi 17 février 2009, 20h30, chez Luc

Présents : Inès Bonnay (IB), Luc Carrel dit Lulu (LC), Rémi Tissot (RT),
Zoé Garnier-Roux (ZGR)
Excusés : Ève Lorrain (malade, elle donne sa voix à Zoé)
Pas de nouvelles : P. Morel

Inès anime, Rémi prend les notes.

Vide-grenier
LC propose 3 € le mètre. On vote : 4 pour, 1 contre (ZGR). Adopté.

(21h50 : Rémi s'en va, il travaille tôt)

Adhésion à l'Union des comités
Elle coûte 45 € par an. Unanimité.

Fini à 23h, prochain bureau mardi 17 mars chez Zoé.
"""


def test_notes_call_people_by_their_initials(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, NOTES, grammar)
    assert [(m.name, m.status, m.group) for m in record.attendance.members] == [
        ("Inès Bonnay", "present", None),
        ("Luc Carrel", "present", None),
        ("Rémi Tissot", "present", None),
        ("Zoé Garnier-Roux", "present", None),
        ("Ève Lorrain", "represented", None),
        ("P. Morel", "absent", None),
    ]
    vote = record.deliberations[0].vote
    assert [person.name for person in vote.against_names] == ["Zoé Garnier-Roux"]
    assert [(e.kind, e.person.name if e.person else None, e.time) for e in record.events] == [
        ("departure", "Rémi Tissot", "21:50")
    ]


def test_notes_tell_the_meeting_in_everyday_words(tmp_path: Path, grammar: Grammar) -> None:
    meeting = read_minutes(tmp_path, NOTES, grammar).meeting
    assert meeting.organization.name == "Comité de quartier des Tilleuls"
    assert (meeting.place, meeting.start_time, meeting.end_time) == ("chez Luc", "20:30", "23:00")
    assert meeting.chair is not None and meeting.chair.name == "Inès Bonnay"
    assert [person.name for person in meeting.secretaries] == ["Rémi Tissot"]


CO_OWNERS = """Copropriété Les Acacias
Procès-verbal de l'assemblée générale du 30 mars 2017

Copropriétaire\tLots\tTantièmes\tPrésence
BONNAY Inès\t12, 41\t312\tPrésente
M. et Mme CARREL Luc\t8, 33\t612\tPrésents
SCI DU LAVOIR\t60\t1 105\tPrésente (M. MOREL, gérant)
TISSOT Rémi\t9\t400\tPrésent (arrivé à 18h40)

À l'ouverture de la séance, 3 copropriétaires sur 4 sont présents ou représentés et totalisent 2 029 tantièmes.

Le secrétariat est assuré par le syndic, représenté par Mme Zoé GARNIER, gestionnaire.

Résolution n°1a : Ravalement – choix de l'entreprise

Le conseil syndical donne un avis favorable à l'entreprise du Lac. L'assemblée générale décide de réaliser les travaux.

Ont voté pour\t1 012\t
Ont voté contre\t1 105\tSCI DU LAVOIR (1 105)
Se sont abstenus\t312\tMme BONNAY Inès (312)

Résolution adoptée.

La séance est levée à 20h15.
"""


def test_rows_of_a_vote_name_its_voters(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, CO_OWNERS, grammar)
    [told] = record.deliberations
    assert (told.number, told.vote.outcome) == ("1a", "adopted")
    assert [person.name for person in told.vote.against_names] == ["SCI DU LAVOIR"]
    assert [person.name for person in told.vote.abstention_names] == ["Inès BONNAY"]
    assert {m.status for m in record.attendance.members} == {"present"}
    stated = record.attendance.stated
    assert (stated.in_office, stated.present_or_represented, stated.votes, stated.present) == (4, 3, 2029, None)
    assert [person.name for person in record.meeting.secretaries] == ["Zoé GARNIER"]


PRESIDING = """Centre hospitalier des Tilleuls
Conseil de surveillance
Procès-verbal de la séance du 23 juin 2016

Le conseil de surveillance s'est réuni à 17 heures sous la présidence de M. Luc CARREL, maire.

Présents : M. Luc CARREL, Dr Inès BONNAY, Mme Zoé GARNIER

1 – CESSION D'UNE PARCELLE
M. CARREL indique que la commune achète la parcelle ; il quitte la salle et laisse la présidence au Dr BONNAY.
Avis favorable à l'unanimité des 2 votants.

2 – CONVENTION
Mme GARNIER demande le vote à bulletin secret, ce qui est accepté.
Le dépouillement donne : pour : 2 ; contre : 1.
Le conseil de surveillance émet un avis favorable.

3 – MARQUE LOCALE
Le règlement n'a pas été lu.
Report à la prochaine séance.

La séance est levée à 19 heures.
"""


def test_who_leaves_the_chair_to_a_doctor_and_what_is_voted_in_secret(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, PRESIDING, grammar)
    told = [(e.kind, e.person.name if e.person else None) for e in record.events]
    assert told[:2] == [("departure", "Luc CARREL"), ("chair_change", "Inès BONNAY")]
    outcomes = [(d.number, d.vote.outcome, d.vote.for_) for d in record.deliberations]
    assert outcomes[1:] == [("2", "favourable_opinion", 2), ("3", "postponed", None)]


ANNOUNCED = """SPL des Tilleuls
Procès-verbal du conseil d'administration du 14 décembre 2022

Présents : Madame Inès BONNAY, présidente, Monsieur Luc CARREL, administrateur.

Budget 2023
Après échange de vues, le Conseil adopte la résolution suivante :

PREMIÈRE RÉSOLUTION (Adoption du budget 2023)
Le Conseil d'administration adopte le budget.
Cette résolution est adoptée à l'unanimité.

DEUXIÈME RÉSOLUTION (Emprunt)
Le Conseil d'administration autorise la présidente à souscrire un emprunt.
Cette résolution est adoptée par deux voix.

La séance est levée à 11 heures 25.
"""


def test_a_line_that_announces_a_resolution_decides_nothing(tmp_path: Path, grammar: Grammar) -> None:
    told = read_minutes(tmp_path, ANNOUNCED, grammar).deliberations
    assert [d.number for d in told] == ["1", "2"]
