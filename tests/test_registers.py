"""Registers of another time, minutes of other countries: their spellings, formulas and layouts."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar

OF_1838 = """Commune de Valmorin

L'an mil huit cent trente-huit, le douze mai, à trois heures de relevée, le Conseil municipal de la commune
de Valmorin s'est réuni sous la présidence de M. Aubertin, maire.

Présens : MM. Aubertin, maire ; Roussel, adjoint ; Morel (Nicolas), Morel (Jean-Baptiste) et Tissot.

Absens : MM. Carrel, malade, et Bonnay.

Compte de 1837

M. le maire s'étant retiré, M. Roussel, adjoint, a pris le fauteuil. Le Conseil, après avoir examiné le compte
duquel il résulte que les dépenses se sont élevées à neuf cent quatre-vingt-un francs dix centimes, l'a
approuvé à l'unanimité.

M. le maire est rentré et a repris la présidence.

Coupe affouagère

Le Conseil, vu l'état des ayants droit dressé par M. le maire ; vu l'avis de M. le garde général des forêts ;
délibère que la coupe sera partagée par feu et que la taxe sera de 4 fr. 25 par lot.

Horloge de l'église

La proposition de payer l'horloge, mise aux voix, a été adoptée par trois voix contre deux.

Fait et délibéré à Valmorin, les jour, mois et an susdits.
"""

OF_QUEBEC = """MUNICIPALITÉ DE VALMORIN

PROCÈS-VERBAL de la séance ordinaire du conseil de la Municipalité de Valmorin, tenue le lundi 3 mai 2021 à 19 h 30, à
la salle du conseil.

Sont présents par vidéoconférence :

        Monsieur Paul Morel, maire
        Madame Anne Roux, conseillère au siège n° 1
        Monsieur Luc Fabre, conseiller au siège n° 2

Madame Lise Carrel, directrice générale et secrétaire-trésorière, assiste à la séance et agit à titre de secrétaire.

5.      ADMINISTRATION

5.1     ADOPTION DES COMPTES À PAYER

Il est proposé par madame Anne Roux et résolu à l'unanimité des conseillers présents d'approuver les comptes.

5.2     DÉPÔT DU RAPPORT FINANCIER

La directrice générale dépose le rapport, qui montre un excédent de 118 402 $.

5.3     AIDE FINANCIÈRE AU CLUB D'ÉCHECS

Il est proposé par monsieur Luc Fabre et résolu à l'unanimité des conseillers présents de verser 2 500 $.

6.      VOIRIE

6.1     PAVAGE DU CHEMIN DU MOULIN

Il est proposé par monsieur Luc Fabre et résolu à l'unanimité des conseillers présents d'octroyer le contrat.

9.      LEVÉE DE LA SÉANCE

La séance est levée à 20 h 24.
"""

OF_1934 = """                          VILLE DE VALMORIN

   Le Conseil municipal de la Ville de Valmorin s'est réuni à l'Hôtel de Ville le samedi vingt-quatre novembre mil neuf
cent trente-quatre, à vingt heures trente, sur convocation de M. le Maire en date du 19 novembre.

   Présidence de M. le Docteur AUBERTIN, Maire.

   Étaient présents : MM. le Dr Aubertin, Roussel et Tissot, adjoints ; Morel, Carrel, Bonnay, Fabre.

   Le procès-verbal de la séance du 27 octobre 1934 est lu et adopté sans observation.

                    I. — Bureau de bienfaisance.
                    Subvention complémentaire.

   M. Tissot propose d'allouer une subvention de 8.500 fr. Adopté à l'unanimité.

                    II. — Éclairage de la rue Haute.

   Lecture d'une pétition des habitants. Renvoyé à la Commission des Travaux.

                    III. — Vœu.

   Ce vœu, mis aux voix, est adopté à l'unanimité.

                    IV. — Abattoir.

   Adopté par 5 voix ; MM. Morel et Carrel s'abstiennent.

   La séance est levée à vingt-trois heures.
"""


def test_a_register_of_1838(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1838, grammar)
    statuses = {m.name: m.status for m in record.attendance.members}
    assert statuses["Nicolas Morel"] == statuses["Jean-Baptiste Morel"] == "present"
    assert statuses["Carrel"] == statuses["Bonnay"] == "absent"
    assert [(d.title, d.vote.outcome) for d in record.deliberations] == [
        ("Compte de 1837", "adopted"),
        ("Coupe affouagère", "adopted"),
        ("Horloge de l'église", "adopted"),
    ]
    assert [[a.value for a in d.amounts] for d in record.deliberations] == [["981.10"], ["4.25"], []]
    assert {a.currency for d in record.deliberations for a in d.amounts} == {"FRX"}
    assert [p.name for p in record.deliberations[0].vote.not_participating_names] == ["Aubertin"]
    assert {(e.kind, e.person.name) for e in record.events if e.person} == {
        ("departure", "Aubertin"),
        ("chair_change", "Roussel"),
        ("arrival", "Aubertin"),
        ("chair_change", "Aubertin"),
    }


def test_parts_and_points_of_a_municipality_of_quebec(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_QUEBEC, grammar)
    assert record.meeting.document_kind == "proces_verbal"
    assert [p.name for p in record.meeting.secretaries] == ["Lise Carrel"]
    assert "Lise Carrel" not in [m.name for m in record.attendance.members]
    assert [(d.number, [a.value for a in d.amounts]) for d in record.deliberations] == [
        ("5.1", []),
        ("5.3", ["2500"]),
        ("6.1", []),
    ]


def test_a_printed_bulletin_of_1934(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1934, grammar)
    assert (record.meeting.place, record.meeting.convocation_date) == ("Hôtel de Ville", "1934-11-19")
    assert [m.name for m in record.attendance.members][:2] == ["Aubertin", "Roussel"]
    assert [(a.meeting_date, a.outcome) for a in record.approvals] == [("1934-10-27", "adopted")]
    found = [(d.number, d.title, d.vote.outcome, d.vote.for_) for d in record.deliberations]
    assert found == [
        ("I", "Bureau de bienfaisance. Subvention complémentaire", "adopted", None),
        ("II", "Éclairage de la rue Haute", "postponed", None),
        ("III", "Vœu", "adopted", None),
        ("IV", "Abattoir", "adopted", 5),
    ]


OF_THE_YEAR_II = """Registre du conseil général de la commune de Valmorin

[f° 12 r°]

Ce jourd'huy douze germinal de l'an second de la République française une et indivisible, à trois heures de relevée,
le conseil général de la commune de Valmorin, assemblé au lieu ordinaire de ses séances, où étoient présents les
citoyens Jean Aubertin, maire, Pierre Carrel, Antoine Roussel et Louis Tissot, officiers municipaux, Luc Bonnay,
notable ; absents Nicolas Morel, malade, et Paul Fabre, à l'armée.

Présidant le citoyen Aubertin, maire. Le citoyen Jacques Lorrain tenant la plume comme secrétaire greffier.

[en marge :] Lecture des lois

Le secrétaire a fait lecture des lois reçues. Le conseil a ordonné qu'elles seroient transcrites sur le registre.

[en marge :] Fontaine

Le conseil, ouï l'agent national, a arrêté à la pluralité de quatre voix contre une que la fontaine sera curée.

[f° 12 v°]

[en marge :] Certificat Garnier

Le conseil, attendu que le pétitionnaire n'a point justifié de ses contributions, a ajourné à délibérer.

Et n'y ayant plus rien à délibérer, la séance a été levée.
"""


def test_a_register_of_the_republic_whose_titles_stand_in_the_margin(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_THE_YEAR_II, grammar)
    assert (record.meeting.date, record.meeting.start_time) == ("1794-04-01", "15:00")
    assert record.meeting.chair is not None
    assert (record.meeting.chair.name, [p.name for p in record.meeting.secretaries]) == (
        "Jean Aubertin",
        ["Jacques Lorrain"],
    )
    assert [(m.name, m.status) for m in record.attendance.members] == [
        ("Jean Aubertin", "present"),
        ("Pierre Carrel", "present"),
        ("Antoine Roussel", "present"),
        ("Louis Tissot", "present"),
        ("Luc Bonnay", "present"),
        ("Nicolas Morel", "absent"),
        ("Paul Fabre", "absent"),
    ]
    assert [(d.title, d.vote.outcome, d.vote.for_, d.vote.against) for d in record.deliberations] == [
        ("Lecture des lois", "adopted", None, None),
        ("Fontaine", "adopted", 4, 1),
        ("Certificat Garnier", "postponed", None, None),
    ]


OF_1791 = """Commune de Valmorin

L'an {year}, le douze mai, à trois heures de relevée, le conseil général de la commune de Valmorin s'est réuni.

Présens : MM. Aubertin, maire ; Roussel, Morel et Tissot, officiers municipaux.

Pain des pauvres

Le conseil vote dix livres de rente et deux cents livres de pain ; il sera pris trente livres dix sols sur la recette.

Octroi

Le conseil établit un droit de 15 centimes par panier et trois centimes additionnels.

Fait et délibéré les jour et an susdits.
"""


@pytest.mark.parametrize(
    ("year", "bread"),
    [("mil sept cent quatre-vingt-onze", [("10", None), ("30.50", None)]), ("mil huit cent trente-huit", [])],
)
def test_livres_are_money_before_the_franc_only(
    year: str, bread: list[tuple[str, None]], tmp_path: Path, grammar: Grammar
) -> None:
    record = read_minutes(tmp_path, OF_1791.format(year=year), grammar)
    poor, toll = record.deliberations
    assert [(a.value, a.currency) for a in poor.amounts] == bread
    assert [a.value for a in toll.amounts] == ["0.15"]


def test_a_sum_goes_on_behind_an_abbreviation(tmp_path: Path, grammar: Grammar) -> None:
    text = OF_1838.replace(
        "sera de 4 fr. 25 par lot.",
        "sera de quatre francs par lot et la dépense totale de 391 fr.\n75 ; le maire y veillera.",
    )
    assert ["4", "391.75"] in [
        [a.value for a in d.amounts] for d in read_minutes(tmp_path, text, grammar).deliberations
    ]
