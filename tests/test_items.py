"""Items in the layouts that minutes print them in: where each begins, its number, its register number, its title."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

HEAD = """PROCÈS-VERBAL
Comité syndical du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Comité syndical s'est réuni à la mairie de Valmorin.

Étaient présents : M. Paul MOREL, Mme Anne ROUX, M. Jean PETIT
Secrétaire de séance : Mme Anne ROUX

"""
TAIL = """

La séance est levée à 20 heures.
"""

ITEMS = {
    "a title that an abbreviation ends among plain ones": (
        """Rapport moral par le Pdt.

1. Sortie au lac de Valmorin
2. Repas des anciens

Le rapport est adopté à l'unanimité.

Rapport financier par le trésorier

Le rapport est adopté à l'unanimité.

Quitus

Le quitus est adopté à l'unanimité.
""",
        [
            (None, None, "Rapport moral par le Pdt"),
            (None, None, "Rapport financier par le trésorier"),
            (None, None, "Quitus"),
        ],
    ),
    "titles that the agenda names, one of them with a full stop": (
        """Ordre du jour :

- Rapport moral de l'année par le Pdt.
- Rapport financier par le trésorier
- Quitus

Rapport moral de l'année par le Pdt.

Le syndicat a tenu huit réunions dans l'année, et sa

Commission de l'eau

a vu trois fois le fermier. Pour : 3  Contre : 0

Rapport financier par le trésorier

Actions en cours

Pour : 3  Contre : 0

Quitus

Pour : 2  Contre : 1
""",
        [
            (None, None, "Rapport moral de l'année par le Pdt"),
            (None, None, "Rapport financier par le trésorier"),
            (None, None, "Quitus"),
        ],
    ),
    "under the title of their part, a theme beside each register number": (
        """DÉLIBÉRATIONS PRISES PAR DÉLÉGATION

B-2020-001     EAU
               Renouvellement des compteurs

Adoptée à l'unanimité.

B-2020-002     FINANCES
               Admission en non-valeur

Adoptée à l'unanimité.

B-2020-003     EAU
               Approbation du compte rendu annuel du délégataire

Adoptée à l'unanimité.
""",
        [
            (None, "B-2020-001", "Renouvellement des compteurs"),
            (None, "B-2020-002", "Admission en non-valeur"),
            (None, "B-2020-003", "Approbation du compte rendu annuel du délégataire"),
        ],
    ),
    "each with its vote on the line of its title": (
        """1. Redevance d'assainissement : part fixe portée à 24 €. Adopté à l'unanimité
2. Convention avec le club de voile - Unanimité
3. Achat d'un broyeur (devis de 900 €) : adopté par 2 voix pour et 1 contre
4. Rapport sur la qualité de l'eau. Le Comité prend acte.
5. Avis sur le projet de schéma directeur
Le Comité, après en avoir délibéré, émet un avis favorable.
""",
        [
            ("1", None, "Redevance d'assainissement"),
            ("2", None, "Convention avec le club de voile"),
            ("3", None, "Achat d'un broyeur (devis de 900 €)"),
            ("4", None, "Rapport sur la qualité de l'eau"),
            ("5", None, "Avis sur le projet de schéma directeur"),
        ],
    ),
    "points with their votes in a column of their own": (
        """1/ REDEVANCES
M. MOREL rappelle les simulations.
   a) Part fixe : maintien à 12,50 %.          Unanimité
   b) Part variable : de 9,10 % à 9,30 %.      Pour 2, contre 1 (M. Petit), abstentions 0
   c) Location des compteurs : 8 €.            Unanimité

2/ TARIFS DE L'EAU
Adopté à l'unanimité.
""",
        [
            ("a", None, "Part fixe"),
            ("b", None, "Part variable"),
            ("c", None, "Location des compteurs"),
            ("2", None, "TARIFS DE L'EAU"),
        ],
    ),
    "among the other business, what another body has voted being none": (
        """1. Tarifs de l'eau
Le Comité, après en avoir délibéré, approuve les tarifs à l'unanimité.

Questions diverses

Clôture du réservoir : un devis de 640 € a été demandé. Mme ROUX veut un portail ; le devis est validé à l'unanimité.

Syndicat du bassin : M. PETIT rapporte que le budget y a été adopté à l'unanimité le mois dernier.
""",
        [("1", None, "Tarifs de l'eau"), (None, None, "Clôture du réservoir")],
    ),
    "underlined titles over lists of names": (
        """Quitus
======
Pour : 3   Contre : 0   Abstention : 0
Le quitus est adopté à l'unanimité.

Renouvellement du tiers sortant
========================


Démission :

Anne Roux
Jean Petit

Nouveaux candidats :

Luc Fabre
Zoé Tissier
Marc Lambin
Léa Sorbier

Pour : 3   Contre : 0   Abstention : 0
La nouvelle composition est adoptée à l'unanimité.

Changement de l'adresse du siège
=========================

Le Comité approuve le changement à l'unanimité.
""",
        [
            (None, None, "Quitus"),
            (None, None, "Renouvellement du tiers sortant"),
            (None, None, "Changement de l'adresse du siège"),
        ],
    ),
    "commissions to be formed, listed in bold above the vote": (
        """1. Création des commissions

Le président propose de créer :

**Commission des finances**
**Commission de l'eau**
**Commission des travaux**
**Commission du personnel**

Vote : Pour : 2 – Contre : 1

Il est procédé à l'élection des membres.

**Commission des finances**

Le Comité désigne M. Jean PETIT. Vote : Pour : 3

**Commission de l'eau**

Le Comité désigne Mme Anne ROUX. Vote : Pour : 3

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [
            ("1", None, "Création des commissions"),
            (None, None, "Commission des finances"),
            (None, None, "Commission de l'eau"),
            ("2", None, "Tarifs de l'eau"),
        ],
    ),
    "a paragraph of the last point that names its matter and decides": (
        """1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

Questions diverses :

Abri du réservoir : un devis de 4 380 € a été demandé ; le président attend d'autres offres.

Barrières du captage : un devis de 1 050 € a été demandé à M. Garnier ; le devis a été validé à l'unanimité.

Voirie : le président informe le comité que les travaux commenceront en mai prochain, après la fête.
""",
        [("1", None, "Budget primitif"), (None, None, "Barrières du captage")],
    ),
    "sub-titles printed otherwise share the vote of their item": (
        "".join(
            f"**{title}**\n\nLe président présente le projet.\n\nVote : à l'unanimité\n\n"
            for title in ("Budget primitif", "Tarifs de l'eau", "Réservoir du bourg", "Achat de pompes", "Voirie 2020")
        )
        + """**Contrat de vérification**

Le président expose qu'il convient de renouveler le contrat.

**STATION HAUTE**

Vérification électrique

**STATION BASSE**

Vérification électrique

Vote : à l'unanimité

**Convention avec le lycée**

Vote : à l'unanimité
""",
        [
            (None, None, "Budget primitif"),
            (None, None, "Tarifs de l'eau"),
            (None, None, "Réservoir du bourg"),
            (None, None, "Achat de pompes"),
            (None, None, "Voirie 2020"),
            (None, None, "Contrat de vérification"),
            (None, None, "Convention avec le lycée"),
        ],
    ),
    "titles in the margin, carried on beside the first line of the text": (
        """Compte administratif
de 1926                         Le Comité, après avoir entendu le détail des recettes, approuve le compte
                                à l'unanimité.

Budget additionnel
                                Le Comité, M. le Président ayant repris la présidence, vote le budget
                                additionnel.

Assistance aux
vieillards                      Le Comité, réuni en comité secret, approuve les secours à la veuve Garnier
                                à l'unanimité.
""",
        [
            (None, None, "Compte administratif de 1926"),
            (None, None, "Budget additionnel"),
            (None, None, "Assistance aux vieillards"),
        ],
    ),
    "parts numbered under resolutions in letters, the majority required in brackets": (
        """PREMIERE RESOLUTION : QUITUS AU SYNDIC
(majorité de l'article 24)
Cette résolution est adoptée à l'unanimité.

DEUXIEME RESOLUTION : RAVALEMENT DES FACADES
M. MOREL présente les devis recueillis.

2-1 PRINCIPE DES TRAVAUX (majorité de l'article 24)
Le Comité décide de faire procéder au ravalement.
Cette résolution est adoptée à la majorité.

2-2 CHOIX DE L'ENTREPRISE (majorité de l'article 24)
Le Comité retient l'entreprise Garnier pour un montant de 12 000 F.
Cette résolution est rejetée.
""",
        [
            ("1", None, "QUITUS AU SYNDIC"),
            ("2-1", None, "PRINCIPE DES TRAVAUX"),
            ("2-2", None, "CHOIX DE L'ENTREPRISE"),
        ],
    ),
    "register numbers at the right end of the titles": (
        """1. Budget primitif 2020                                       Délibération n° 2020-03-001
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2. Tarifs de l'eau                                            [DEL2020_002]
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.

3. Choix du délégataire                                       Délib. 2020-03
Le Comité syndical, après en avoir délibéré, retient l'offre à l'unanimité.
""",
        [
            ("1", "2020-03-001", "Budget primitif 2020"),
            ("2", "DEL2020_002", "Tarifs de l'eau"),
            ("3", "2020-03", "Choix du délégataire"),
        ],
    ),
    "themes beside the register numbers, titles below": (
        """B-2020-001   HABITAT
             Aides à quatre propriétaires

Le Comité syndical, à l'unanimité, approuve ces aides.

B-2020-002   EAU ET ASSAINISSEMENT
             Réponse à la demande de l'agence

Le Comité syndical, à l'unanimité, approuve cette réponse.

B-2020-003   URBANISME
             Plan de Valmorin : modification

Le Comité syndical, à l'unanimité, approuve le plan.
""",
        [
            (None, "B-2020-001", "Aides à quatre propriétaires"),
            (None, "B-2020-002", "Réponse à la demande de l'agence"),
            (None, "B-2020-003", "Plan de Valmorin : modification"),
        ],
    ),
    "letters of parts before the numbers": (
        """A. ADMINISTRATION GENERALE

A1. Modification des statuts
Le Comité syndical, après en avoir délibéré, approuve les statuts à l'unanimité.

A2. Désignation d'un délégué
Le Comité syndical, après en avoir délibéré, désigne M. PETIT à l'unanimité.

B. FINANCES

B1. Taxe GEMAPI : produit attendu
Le Comité syndical, après en avoir délibéré, fixe le produit à l'unanimité.
""",
        [
            ("A1", None, "Modification des statuts"),
            ("A2", None, "Désignation d'un délégué"),
            ("B1", None, "Taxe GEMAPI : produit attendu"),
        ],
    ),
    "a number over the title, a formula over each vote, themes between": (
        """FINANCES

RAPPORT N° 101
SUBVENTION AU CLUB DE BASKET
Rapporteur : Mme ROUX

Le club demande 3 000 €.

DÉCISION DU COMITÉ SYNDICAL
Adopté à l'unanimité.

RAPPORT N° 102
GARANTIE D'EMPRUNT
Rapporteur : M. PETIT

DÉCISION DU COMITÉ SYNDICAL
Adopté à l'unanimité.

ROUTES

RAPPORT N° 201
ACQUISITIONS DE TERRAINS
Rapporteur : M. PETIT

DÉCISION DU COMITÉ SYNDICAL
Adopté à l'unanimité.
""",
        [
            ("101", None, "SUBVENTION AU CLUB DE BASKET"),
            ("102", None, "GARANTIE D'EMPRUNT"),
            ("201", None, "ACQUISITIONS DE TERRAINS"),
        ],
    ),
    "a table of what was decided by delegation": (
        """COMPTE RENDU DES DÉCISIONS DU PRÉSIDENT

    N°         Date            Objet                                       Montant
  2020-11      02/01/2020      Nettoyage des vitres                        8 412,00 € HT
  2020-12      09/01/2020      Location du logement du gardien             412,00 €
  2020-13      20/01/2020      Demande de subvention                       –

Le Comité syndical prend acte de ces décisions.

FINANCES

1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [
            (None, None, "COMPTE RENDU DES DÉCISIONS DU PRÉSIDENT"),
            ("1", None, "Budget primitif"),
            ("2", None, "Tarifs de l'eau"),
        ],
    ),
    "resolutions with the majority that they need": (
        """Résolution n° 1 : ELECTION DU PRESIDENT DE SEANCE              (Majorité de l'article 24)
M. MOREL est élu président de séance à l'unanimité.

Résolution n° 2 : APPROBATION DES COMPTES              (Majorité de l'article 24)
Cette résolution est adoptée à l'unanimité.

Résolution n° 3 : DESIGNATION DU SYNDIC                (Majorité de l'article 25)
Cette résolution est adoptée à l'unanimité.
""",
        [("2", None, "APPROBATION DES COMPTES"), ("3", None, "DESIGNATION DU SYNDIC")],
    ),
    "the register number in the decision": (
        """III.1   Budget rectificatif

Le président met le texte aux voix.

Délibération n° CA-2020-041 : le comité syndical approuve le budget rectificatif.
        Pour : 2        Contre : 0        Abstentions : 1

III.2   Sortie d'inventaire

Délibération n° CA-2020-042 : le comité syndical approuve la sortie d'inventaire.
        Unanimité
""",
        [("III.1", "CA-2020-041", "Budget rectificatif"), ("III.2", "CA-2020-042", "Sortie d'inventaire")],
    ),
    "the register number in brackets under the decision": (
        """1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.
(Délibération n° 2020-11)

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
(Délibération n° 2020-12)
""",
        [("1", "2020-11", "Budget primitif"), ("2", "2020-12", "Tarifs de l'eau")],
    ),
    "a closing list of what was examined": (
        """2020-01 Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2020-02 Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.

                        LISTE DES DELIBERATIONS EXAMINEES LE 3 MARS 2020

        2020-01     Budget                            Approuvée
        2020-02     Tarifs                            Approuvée
""",
        [(None, "2020-01", "Budget primitif"), (None, "2020-02", "Tarifs de l'eau")],
    ),
    "an item put in between": (
        """3 – Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

3 bis – Admission en non-valeur
Le Comité syndical, après en avoir délibéré, admet la somme à l'unanimité.

4 – Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [("3", None, "Budget primitif"), ("3 bis", None, "Admission en non-valeur"), ("4", None, "Tarifs de l'eau")],
    ),
    "operative points numbered in lower case": (
        """DELIBERATION N° 2020/03/01 – COMPTE ADMINISTRATIF

Le Comité syndical, réuni sous la présidence de M. PETIT,

1° lui donne acte de la présentation faite du compte administratif ;
2° constate les identités de valeurs ;
3° arrête les résultats définitifs.

Vote : 2 voix pour, 0 contre, 0 abstention.

DELIBERATION N° 2020/03/02 – BUDGET PRIMITIF

Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.
""",
        [(None, "2020/03/01", "COMPTE ADMINISTRATIF"), (None, "2020/03/02", "BUDGET PRIMITIF")],
    ),
    "titles that look like a person": (
        """1. Convention ENEDIS
Le Comité syndical, après en avoir délibéré, approuve la convention à l'unanimité.

2. Adhésion ATES
Le Comité syndical, après en avoir délibéré, approuve l'adhésion à l'unanimité.
""",
        [("1", None, "Convention ENEDIS"), ("2", None, "Adhésion ATES")],
    ),
    "numbers that begin anew under each part": (
        """I. FINANCES

1. Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.

II. TRAVAUX

1. Réservoir du bourg
Le Comité syndical, après en avoir délibéré, approuve les travaux à l'unanimité.
""",
        [("1", None, "Budget primitif"), ("2", None, "Tarifs de l'eau"), ("1", None, "Réservoir du bourg")],
    ),
    "the title over its register number": (
        """BUDGET PRIMITIF 2020
Délibération n° 2020-11
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

TARIFS DE L'EAU
Délibération n° 2020-12
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [(None, "2020-11", "BUDGET PRIMITIF 2020"), (None, "2020-12", "TARIFS DE L'EAU")],
    ),
    "the title over its register number and who reports": (
        """**Budget primitif 2020**

Délibération n° 2020-11 – Rapporteur : Mme Anne ROUX
**M. PETIT** : « Et le réservoir ? » Mme ROUX répond que les plans seront présentés au comité du mois de juin.
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

**Tarifs de l'eau**

Délibération n° 2020-12 – Rapporteur : le président
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [(None, "2020-11", "Budget primitif 2020"), (None, "2020-12", "Tarifs de l'eau")],
    ),
    "cases whose number is bold": (
        """**3 – Aides**

Les dossiers sont présentés sans nom.
**Dossier 2020-31** : personne seule, facture d'eau. Aide de 180 €. Accord à l'unanimité.
**Dossier 2020-32** : famille, lunettes. Demande de 640 €, dont 400 € en prêt. Refusée à l'unanimité.

**4 – Tarifs**
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [(None, None, "Dossier 2020-31"), (None, None, "Dossier 2020-32"), ("4", None, "Tarifs")],
    ),
    "a register number, its object and its rapporteur on lines of their own": (
        """N° 2020-21
OBJET : Budget primitif
RAPPORTEUR : Mme ROUX
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

N° 2020-22
OBJET : Tarifs de l'eau
RAPPORTEUR : M. PETIT
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [(None, "2020-21", "Budget primitif"), (None, "2020-22", "Tarifs de l'eau")],
    ),
    "matters by number": (
        """AFFAIRE N° 1 : Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

AFFAIRE N° 2 : Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [("1", None, "Budget primitif"), ("2", None, "Tarifs de l'eau")],
    ),
    "the rapporteur at the right end of the titles": (
        """1) Budget primitif                                            Rapporteur : Mme ROUX
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

2) Tarifs de l'eau                                            Rapporteur : M. PETIT
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [("1", None, "Budget primitif"), ("2", None, "Tarifs de l'eau")],
    ),
    "parts whose numbers the items carry on": (
        """1 – FINANCES

1-1 – Budget primitif
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

1-2 – Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.

2 – TRAVAUX

2-1 – Réservoir du bourg
Le Comité syndical, après en avoir délibéré, approuve les travaux à l'unanimité.
""",
        [("1-1", None, "Budget primitif"), ("1-2", None, "Tarifs de l'eau"), ("2-1", None, "Réservoir du bourg")],
    ),
    "matters over plain titles": (
        """COMMISSION DES FINANCES

Budget primitif

Mme ROUX présente le budget.
Le Comité syndical, après en avoir délibéré, approuve le budget à l'unanimité.

COMMISSION DES TRAVAUX

Réservoir du bourg

M. PETIT présente les travaux.
Le Comité syndical, après en avoir délibéré, approuve les travaux à l'unanimité.
""",
        [(None, None, "Budget primitif"), (None, None, "Réservoir du bourg")],
    ),
    "what was decided by delegation, noted": (
        """1. Décisions du Président

   Date           Objet                         Montant
   02/01/2020     Nettoyage                     800 €
   05/01/2020     Peinture                      900 €

Dont acte.

2. Tarifs de l'eau
Le Comité syndical, après en avoir délibéré, approuve les tarifs à l'unanimité.
""",
        [("1", None, "Décisions du Président"), ("2", None, "Tarifs de l'eau")],
    ),
    "the same words over every vote": (
        """Budget primitif

Mme ROUX présente le budget.

Résultat :
Adopté à l'unanimité.

Tarifs de l'eau

Mme ROUX présente les tarifs.

Résultat :
Adopté à l'unanimité.

Réservoir du bourg

M. PETIT présente les travaux.

Résultat :
Adopté à l'unanimité.
""",
        [(None, None, "Budget primitif"), (None, None, "Tarifs de l'eau"), (None, None, "Réservoir du bourg")],
    ),
}
NUMBERINGS = {
    "N° 1 – {}": ("1", "2", "3"),
    "[1] {}": ("1", "2", "3"),
    "(1) {}": ("1", "2", "3"),
    "1 {}": ("1", "2", "3"),
    "A – {}": ("A", "B", "C"),
    "I\n{}": ("I", "II", "III"),
    "1.\n{}": ("1", "2", "3"),
    "Premier point : {}": ("1", "2", "3"),
    "Point n° 1 de l'ordre du jour : {}": ("1", "2", "3"),
    "1er point à l'ordre du jour : {}": ("1", "2", "3"),
    "Question 1 – {}": ("1", "2", "3"),
}
SIGNS = {"1": "123", "A": "ABC"}
WORDS = {"I\n": ("I", "II", "III"), "Premier": ("Premier", "Deuxième", "Troisième"), "1er": ("1er", "2ème", "3ème")}
TITLES = ("Budget primitif", "Tarifs de l'eau", "Réservoir du bourg")
VOTE = "Le Comité syndical, après en avoir délibéré, approuve la proposition à l'unanimité.\n\n"
AGENDAS = {
    "themes in capitals between the points, dashes before them": (
        """ORDRE DU JOUR

   –   Désignation du secrétaire de séance
   –   Approbation du procès-verbal du 3 février 2020

   FINANCES
   1. Budget primitif
   2. Tarifs de l'eau

   TRAVAUX
   3. Réservoir du bourg

   Questions diverses
""",
        [
            (None, "Désignation du secrétaire de séance"),
            (None, "Approbation du procès-verbal du 3 février 2020"),
            ("1", "Budget primitif"),
            ("2", "Tarifs de l'eau"),
            ("3", "Réservoir du bourg"),
            (None, "Questions diverses"),
        ],
    ),
    "read out": (
        """Le président rappelle l'ordre du jour :

        •   Budget primitif
        •   Tarifs de l'eau
        •   Questions diverses
""",
        [(None, "Budget primitif"), (None, "Tarifs de l'eau"), (None, "Questions diverses")],
    ),
    "a sentence behind the list": (
        """ORDRE DU JOUR
1 – Budget primitif
2 – Tarifs de l'eau

La séance est ouverte à 18h05 par le président.
""",
        [("1", "Budget primitif"), ("2", "Tarifs de l'eau")],
    ),
    "a table with the rapporteurs": (
        """ORDRE DU JOUR

  N°     Objet                          Rapporteur
  1      Budget primitif                Mme ROUX
  2      Tarifs de l'eau                M. PETIT
""",
        [("1", "Budget primitif"), ("2", "Tarifs de l'eau")],
    ),
    "leaders to the pages": (
        """ORDRE DU JOUR
1. Budget primitif ..................... 3
2. Tarifs de l'eau ..................... 5
""",
        [("1", "Budget primitif"), ("2", "Tarifs de l'eau")],
    ),
    "under the name of the body and the day of the meeting": (
        """ORDRE DU JOUR DU COMITÉ SYNDICAL DU 3 MARS 2020

1. Budget primitif
2. Tarifs de l'eau
""",
        [("1", "Budget primitif"), ("2", "Tarifs de l'eau")],
    ),
    "under the day of the meeting": (
        """Ordre du jour de la séance du 3 mars 2020 :

- Budget primitif
- Tarifs de l'eau
""",
        [(None, "Budget primitif"), (None, "Tarifs de l'eau")],
    ),
    "with the points that the assembly adds to it": (
        """ORDRE DU JOUR
1. Budget primitif

Accord du comité pour ajouter à l'ordre du jour le point suivant :
2. Tarifs de l'eau

Le quorum est atteint.
""",
        [("1", "Budget primitif"), ("2", "Tarifs de l'eau")],
    ),
    "on one line": (
        """Ordre du jour : budget primitif ; tarifs de l'eau ; questions diverses.
""",
        [(None, "budget primitif"), (None, "tarifs de l'eau"), (None, "questions diverses")],
    ),
}


def minutes(folder: Path, body: str, grammar: Grammar) -> Record:
    return read_minutes(folder, HEAD + body + TAIL, grammar)


@pytest.mark.parametrize("layout", ITEMS)
def test_items_begin_where_they_are_printed(layout: str, tmp_path: Path, grammar: Grammar) -> None:
    body, expected = ITEMS[layout]
    record = minutes(tmp_path, body, grammar)
    assert [(d.number, d.reference, d.title) for d in record.deliberations] == expected


def counted(pattern: str, place: int) -> str:
    """The heading of the item at a place, as the pattern writes the first."""
    for first, words in WORDS.items():
        if pattern.startswith(first):
            return pattern.replace(first.strip(), words[place], 1)
    sign = next(sign for sign in SIGNS if sign in pattern)
    return pattern.replace(sign, SIGNS[sign][place], 1)


@pytest.mark.parametrize("pattern", NUMBERINGS)
def test_every_way_to_number_is_read(pattern: str, tmp_path: Path, grammar: Grammar) -> None:
    body = "".join(counted(pattern, place).format(title) + "\n" + VOTE for place, title in enumerate(TITLES))
    record = minutes(tmp_path, body, grammar)
    assert [(d.number, d.title) for d in record.deliberations] == list(zip(NUMBERINGS[pattern], TITLES, strict=True))


def test_the_agenda_of_another_day_is_not_that_of_the_meeting(tmp_path: Path, grammar: Grammar) -> None:
    body = "1. Budget primitif\n" + VOTE + "Ordre du jour de la séance du 20 avril 2020 :\n\n- Voirie\n- Forêt\n"
    assert minutes(tmp_path, body, grammar).agenda == ()


def test_minutes_of_an_assembly_are_approved_in_a_sentence(tmp_path: Path, grammar: Grammar) -> None:
    body = (
        "Le compte rendu de l'assemblée générale du 12 mars 2019, n'appelle aucune observation. "
        "Il est approuvé à l'unanimité.\n\n1. Budget primitif\n"
    )
    [approval] = minutes(tmp_path, body + VOTE, grammar).approvals
    assert (str(approval.meeting_date), approval.outcome) == ("2019-03-12", "adopted")


@pytest.mark.parametrize("layout", AGENDAS)
def test_the_agenda_is_read_without_what_heads_its_points(layout: str, tmp_path: Path, grammar: Grammar) -> None:
    body, expected = AGENDAS[layout]
    record = minutes(tmp_path, body, grammar)
    assert [(item.number, item.title) for item in record.agenda] == expected


ACTS = """COMMUNE DE VALMORIN
Procès verbal

L'an 2022 et le 5 avril à 20 heures 30 minutes, le Conseil s'est réuni sous la présidence de Mme MOREL Anne, maire.

Présents : Mme MOREL Anne, maire, Mme ROUX Claire, MM : BAST Luc, CARREL Rémi
Excusé ayant donné procuration : M. TISSOT Jean, adjoint, à M. BAST Luc

SOMMAIRE
Compte de gestion - 2022_02_01
Affectation du résultat - 2022_02_02
Vote des taux - 2022_02_03

Compte de gestion
réf : 2022_02_01

Le compte dressé par le comptable public n'appelle pas de remarque.
A l'unanimité (pour : 5 contre : 0 abstentions : 0)

Affectation du résultat
réf : 2022_02_02

Le Conseil reporte la totalité de l'excédent, soit 1 200 €, à l'article 002.
A l'unanimité (pour : 5 contre : 0 abstentions : 0)

réf : 2022_02_03 - Vote des taux

Les taux ne changent pas.
A la majorité (pour : 3 contre : 1 abstentions : 1)

Séance levée à 22:30
"""


def test_acts_by_their_references(tmp_path: Path, grammar: Grammar) -> None:
    found = read_minutes(tmp_path, ACTS, grammar)
    assert [(d.reference, d.title, d.vote.outcome) for d in found.deliberations] == [
        ("2022_02_01", "Compte de gestion", "adopted"),
        ("2022_02_02", "Affectation du résultat", "adopted"),
        ("2022_02_03", "Vote des taux", "adopted"),
    ]
    assert [item.title for item in found.agenda] == ["Compte de gestion", "Affectation du résultat", "Vote des taux"]
    away = next(m for m in found.attendance.members if m.status == "represented")
    assert (away.name, away.proxy_to and away.proxy_to.name) == ("Jean TISSOT", "Luc BAST")


BY_COMMUNE = """COMMUNAUTE DE COMMUNES DU VALMORIN
CONSEIL COMMUNAUTAIRE
Séance du mercredi 27 septembre 2023, 18 heures
COMPTE RENDU

ETAT DES PRESENCES

VALMORIN : Anne MOREL, Luc BAST, Jean TISSOT (pouvoir à Luc BAST)
BREVILLE : Claire ROUX, Odile CALVET (excusée)

Le Président fait l'appel et ouvre la séance.

Ordre du jour de la séance

0. Approbation du compte rendu du 28 juin 2023
1. Redevance incitative
2. Divers

0/ Compte rendu du 28 juin 2023

Le compte rendu est validé.

1/ REDEVANCE INCITATIVE

Favorables : 3
Défavorables : 1 (Claire ROUX)
Le conseil communautaire décide d'instaurer la redevance.

2/ DIVERS

Prochain conseil le 22 novembre.
"""


def test_an_agenda_from_zero_and_votes_of_those_favourable(tmp_path: Path, grammar: Grammar) -> None:
    found = read_minutes(tmp_path, BY_COMMUNE, grammar)
    assert [item.number for item in found.agenda] == ["0", "1", "2"]
    vote = next(d.vote for d in found.deliberations if d.number == "1")
    assert (vote.for_, vote.against, [p.name for p in vote.against_names]) == (3, 1, ["Claire ROUX"])
    assert {m.name: m.status for m in found.attendance.members} == {
        "Anne MOREL": "present",
        "Luc BAST": "present",
        "Jean TISSOT": "represented",
        "Claire ROUX": "present",
        "Odile CALVET": "excused",
    }


CAPITALS_THEN_TEXT = """COMMUNE DE VALMORIN
Procès-verbal de la séance du conseil municipal du 3 mai 2023
Étaient présents : M. Paul MOREL, Mme Anne ROUX, M. Luc FABRE, Mme Lise CARRON, M. Jean BONNAY, Mme Eva SORBIER

1. CONVENTION AVEC LE SYNDICAT DES EAUX POUR L'ENTRETIEN DES BOUCHES D'INCENDIE DE TOUTE LA COMMUNE (D2023-02)
Après en avoir délibéré, le conseil municipal, à l'unanimité, approuve la convention et autorise le maire à signer.

2. VENTE DE LA PARCELLE DES PRÉS BAS A MONSIEUR ET MADAME SORBIER POUR L'EXTENSION DU HAMEAU DE LA RIVIERE
AUX AUNES
Le conseil municipal approuve la vente à l'unanimité et autorise le maire à signer l'acte chez le notaire.
"""


def test_a_title_in_capitals_that_fills_its_line_ends_where_a_sentence_begins(tmp_path, grammar):
    record = read_minutes(tmp_path, CAPITALS_THEN_TEXT, grammar)
    assert [d.title[-18:] for d in record.deliberations] == ["DE TOUTE LA COMMUNE"[-18:], "LA RIVIERE AUX AUNES"[-18:]]
    assert [d.vote.manner for d in record.deliberations] == ["unanimity", "unanimity"]


MISNUMBERED = """ORDRE DU JOUR :
1. Budget primitif
2. Tarifs de l'eau
3. Coopérative
4. Voirie

1. Budget primitif
Le Conseil, à l'unanimité, approuve le budget.

2. Tarifs de l'eau
Le Conseil, à l'unanimité, fixe le prix à 3 €.

2. Coopérative
Elle a 4 982,15 € en caisse.

3. Voirie
Le Conseil, à l'unanimité, retient le devis.

4. Questions des parents
Le préau fuit ; la mairie en est avertie.
"""


def test_a_point_of_the_agenda_that_repeats_a_number_is_a_point(tmp_path: Path, grammar: Grammar) -> None:
    told = minutes(tmp_path, MISNUMBERED, grammar).deliberations
    assert [d.title for d in told] == ["Budget primitif", "Tarifs de l'eau", "Voirie"]
    assert [[str(a.value) for a in d.amounts] for d in told] == [[], ["3"], []]


def test_a_sum_at_the_head_of_a_page_is_no_number_of_it(tmp_path: Path, grammar: Grammar) -> None:
    filler = "".join(
        f"Le rapporteur rappelle le point {n} du règlement, que chacun a reçu avec la convocation.\n" for n in "abc"
    )
    body = (
        "1. Budget primitif\n"
        + filler
        + "Après avoir entendu le rapporteur, le Conseil vote à l'unanimité un crédit de"
    )
    told = minutes(tmp_path, body + "\f600 €.\n" + filler, grammar).deliberations
    assert [[str(a.value) for a in d.amounts] for d in told] == [["600"]]


UNDATED = """Compte rendu du conseil municipal du 12 mars 1987
Présents : M. Paul MOREL, Mme Anne ROUX

{approval}

2. Toiture de l'église
Le conseil accepte le devis du couvreur.
"""


@pytest.mark.parametrize(
    ("approval", "told"),
    [
        ("Le procès-verbal de la dernière séance est lu et adopté sans observation.", [(None, "adopted", None)]),
        ("1. Adoption du procès-verbal\nAdopté à l'unanimité.", [(None, "adopted", "unanimity")]),
        ("1. Adoption du procès-verbal du 6 février 1987\nAdopté.", [("1987-02-06", "adopted", None)]),
        ("Le procès-verbal de la dernière séance est lu.", []),
    ],
)
def test_minutes_are_approved_with_a_date_or_without(tmp_path, grammar, approval, told):
    approvals = read_minutes(tmp_path, UNDATED.format(approval=approval), grammar).approvals
    assert [(a.meeting_date and str(a.meeting_date), a.outcome, a.manner) for a in approvals] == told
