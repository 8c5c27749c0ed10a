"""Installations on the official form, extracts of one deliberation, companies that are present by somebody."""

from pathlib import Path

from conftest import read_minutes
from pv_extract.grammar import Grammar

INSTALLATION = """PROCÈS-VERBAL DE L'INSTALLATION DU CONSEIL MUNICIPAL ET DE L'ÉLECTION DU MAIRE

L'an deux mille vingt, le vingt-cinq mai, à dix-neuf heures, s'est réuni le conseil municipal de la commune de Valmorin,
dans la salle des fêtes, sur convocation du 19 mai 2020.

Présents à l'ouverture de la séance : M. Paul MOREL, Mme Anne ROUX, M. Luc FABRE, Mme Inès BONNAY

1. Installation des conseillers municipaux

La séance a été ouverte sous la présidence de M. Paul MOREL, maire sortant, qui a déclaré les membres installés. Elle se
tient à huis clos, ce que le conseil accepte à l'unanimité.

2. Élection du maire

2.1. Présidence de l'assemblée

Le plus âgé des membres présents, M. Luc FABRE, a pris la présidence de l'assemblée.

2.2. Constitution du bureau

Le conseil municipal a désigné deux assesseurs : Mme Inès BONNAY et M. Paul MOREL.

2.4. Résultats du premier tour de scrutin

   b. Nombre de votants (enveloppes déposées) ...................  4
   e. Nombre de suffrages exprimés .............................  4
   f. Majorité absolue .........................................  3

2.5. Proclamation de l'élection du maire

Mme Anne ROUX a été proclamée maire et a été immédiatement installée.

3. Indemnités de fonction du maire

Mme le Maire quitte la salle.
Les indemnités sont adoptées à l'unanimité.

4. Tarifs de la cantine

Le conseil municipal, après en avoir délibéré, approuve les tarifs à l'unanimité.

Le présent procès-verbal, dressé et clos le vingt-cinq mai, à vingt heures quarante-cinq minutes, est signé.
"""


def test_phases_of_an_election_are_no_items(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, INSTALLATION, grammar)
    assert [d.number for d in record.deliberations] == ["2", "3", "4"]
    assert record.deliberations[0].vote.outcome == "adopted"
    assert (record.meeting.start_time, record.meeting.end_time, record.meeting.place) == (
        "19:00",
        "20:45",
        "salle des fêtes",
    )


def test_whoever_is_elected_is_the_mayor_from_then_on(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, INSTALLATION, grammar)
    assert record.meeting.chair is not None and record.meeting.chair.name == "Paul MOREL"
    gone = [e.person.name for e in record.events if e.kind == "departure" and e.person]
    assert gone == ["Anne ROUX"]


EXTRACT = """DÉPARTEMENT DE LA HAUTE-BRENNE

                   EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
                       DE LA COMMISSION PERMANENTE

Programme : Soutien aux filières

OBJET :   AIDE AUX INVESTISSEMENTS DES EXPLOITATIONS EN VENTE DIRECTE, DEUXIÈME
          RÉPARTITION DE L'ANNÉE

La Commission permanente, régulièrement convoquée le 6 octobre 2023, s'est réunie le vendredi 20 octobre 2023 à 10 h 00,
à l'Hôtel du Département à Valmorin, sous la présidence de M. Paul MOREL, Président.

PRÉSENTS (3)
MOREL Paul ; ROUX Anne ; TOUR (de la) Luc

Sur proposition de Madame Anne ROUX, rapporteure,

La Commission permanente, après en avoir délibéré, DÉCIDE d'attribuer les subventions.

Pour : 3     Contre : 0     Abstention : 0
"""


def test_an_extract_whose_object_stands_above_the_opening(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, EXTRACT, grammar)
    assert record.meeting.chair is not None and record.meeting.chair.name == "Paul MOREL"
    assert (record.meeting.start_time, str(record.meeting.convocation_date)) == ("10:00", "2023-10-06")
    assert [(d.title or "").endswith("RÉPARTITION DE L'ANNÉE") for d in record.deliberations] == [True]
    assert len(record.attendance.members) == 3


COMPANY = """PROCÈS-VERBAL DE L'ASSEMBLÉE GÉNÉRALE ORDINAIRE DU 29 JUIN 2018

Les associés de la société MOULINS DU VAL se sont réunis en assemblée générale ordinaire, au siège social.

SONT PRÉSENTS :
- Monsieur Paul MOREL, associé
- La société HOLDING DES TILLEULS, représentée par Monsieur Luc FABRE
- Madame Anne ROUX, associée

Monsieur Paul MOREL préside la séance en sa qualité de gérant.

PREMIÈRE RÉSOLUTION (Approbation des comptes)
L'assemblée générale approuve les comptes. Cette résolution est adoptée à l'unanimité.

DEUXIÈME RÉSOLUTION (Pouvoirs)
L'assemblée générale confère tous pouvoirs au porteur. Cette résolution est adoptée par 2 700 voix contre 1 000.
"""


def test_a_resolution_may_be_called_powers(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, COMPANY, grammar)
    assert record.meeting.organization.name == "MOULINS DU VAL"
    assert not any(m.proxy_to for m in record.attendance.members)
    powers = record.deliberations[-1]
    assert (powers.number, powers.title) == ("2", "Pouvoirs")


SEATED = """PROCÈS-VERBAL DE L'INSTALLATION DU CONSEIL MUNICIPAL

L'an deux mille vingt, le vingt-cinq mai, à dix-neuf heures, s'est réuni le conseil municipal de la commune de Valmorin,
à la salle des fêtes (covid-19), sur convocation du 19 mai 2020.

Étaient présents les conseillers municipaux suivants :
(un nom par case)

   MOREL Paul               ROUX Anne              FABRE Luc

1. Installation des conseillers municipaux

La séance a été ouverte sous la présidence de M. MOREL Paul, maire sortant.

2. Élection du maire

M. FABRE Luc, le plus âgé des membres présents, a pris la présidence de l'assemblée. Il a dénombré trois conseillers
présents et a constaté que la condition de quorum était remplie.

   Nombre de votants ...................  3
   Nombre de suffrages exprimés ........  3
   ROUX Anne ...... 3 voix

Mme ROUX Anne a été proclamée maire et a été immédiatement installée. Elle prend la présidence et remercie l'assemblée.

M. MOREL Paul demande la parole, salue la nouvelle équipe et quitte la salle (19 h 50).

3. Indemnités de fonction

Le conseil municipal fixe les indemnités. Vote : 2 pour.
"""


def test_the_oldest_presides_until_the_mayor_is_elected(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, SEATED, grammar)
    told = [(e.kind, e.person.name if e.person else None, e.time) for e in record.events]
    assert told == [
        ("chair_change", "Luc FABRE", None),
        ("chair_change", "Anne ROUX", None),
        ("departure", "Paul MOREL", "19:50"),
    ]
    assert (record.meeting.place, record.attendance.stated.present) == ("salle des fêtes", 3)
    assert [m.name for m in record.attendance.members] == ["Paul MOREL", "Anne ROUX", "Luc FABRE"]


STANDING = """CONSEIL RÉGIONAL DU VAL-DORÉ
COMMISSION PERMANENTE
Compte rendu de la séance du 14 avril 2023

La commission permanente s'est réunie le vendredi 14 avril 2023 à 14h00 en l'Hôtel de Région, sous la présidence de
Mme Anne ROUX.

Étaient présents :
Pour le groupe Union (UVD) : Mme Anne ROUX, M. Paul MOREL
Pour le groupe Ensemble (ENS) : M. Luc FABRE

Rapport 23.04.01 - Aide au cinéma
Rapporteure : Mme ROUX
M. MOREL, administrateur de l'association, se déporte et ne prend pas part au vote.
Adopté à l'unanimité des votants

Rapport 23.04.02 - Cession d'un terrain
Rapport retiré.

Rapport 23.04.03 - Motion
Rapporteure : Mme ROUX
Refusée à l'unanimité.
"""


def test_a_standing_commission_is_not_its_council(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, STANDING, grammar)
    assert (record.meeting.body.kind, record.meeting.organization.kind) == ("commission_permanente", "region")
    assert record.meeting.place == "Hôtel de Région"
    assert [m.group for m in record.attendance.members] == [*["groupe Union (UVD)"] * 2, "groupe Ensemble (ENS)"]
    cinema, terrain, motion = record.deliberations
    assert cinema.rapporteur is not None and cinema.rapporteur.name == "Anne ROUX"
    assert [p.name for p in cinema.vote.not_participating_names] == ["Paul MOREL"]
    assert (terrain.vote.outcome, motion.vote.outcome, motion.vote.manner) == ("withdrawn", "rejected", "unanimity")
