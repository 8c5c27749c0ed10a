"""Several votes under one item: each with its own caption, counts, outcome and voters."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Deliberation

FRAME = """PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Conseil municipal de Valmorin s'est réuni à la mairie.

Étaient présents : M. Paul MOREL, Mme Anne ROUX, M. Luc FABRE, M. Jean PETIT

1. {item}

2. Tarifs de la cantine
Le Conseil municipal, après en avoir délibéré, approuve les tarifs à l'unanimité.

La séance est levée à 20 heures.
"""


def votes(folder: Path, item: str, grammar: Grammar) -> list[Deliberation]:
    return list(read_minutes(folder, FRAME.format(item=item), grammar).deliberations[:-1])


def told(deliberations: list[Deliberation]) -> list[tuple]:
    return [(d.title, d.vote.outcome, d.vote.manner, d.vote.for_, d.vote.against) for d in deliberations]


LOTS = """Attribution des lots
Les lots sont mis aux voix séparément.
Lot n° 1 – Gros œuvre
Le Conseil municipal, après en avoir délibéré, approuve la proposition, pour un montant de 100 €.
Votants : 4
Pour : 3
Contre : 1
Lot n° 2 – Charpente
Le Conseil municipal, après en avoir délibéré, approuve la proposition, pour un montant de 200 €.
Adopté à l'unanimité.
Lot n° 3 – Peinture
M. Luc FABRE quitte la salle.
Après en avoir délibéré, le Conseil municipal approuve la proposition, pour un montant de 300 €.
Pour\tContre\tAbstentions
3\t0\t0
M. Luc FABRE revient en séance."""


def test_each_lot_has_its_own_vote(tmp_path: Path, grammar: Grammar) -> None:
    lots = votes(tmp_path, LOTS, grammar)
    assert told(lots) == [
        ("Lot n° 1 – Gros œuvre", "adopted", None, 3, 1),
        ("Lot n° 2 – Charpente", "adopted", "unanimity", None, None),
        ("Lot n° 3 – Peinture", "adopted", None, 3, 0),
    ]
    assert [p.name for p in lots[2].vote.not_participating_names] == ["Luc FABRE"]
    assert [[a.value for a in d.amounts] for d in lots] == [["100"], ["200"], ["300"]]


AMENDED = """Budget primitif
Amendement n° 1 de M. PETIT : Pour : 1 – Contre : 3. Rejeté. Amendement n° 2 : Pour : 3 – Contre : 1. Adopté.
Le budget ainsi amendé est adopté à l'unanimité."""


def test_amendments_and_what_they_amend_are_voted_apart(tmp_path: Path, grammar: Grammar) -> None:
    assert told(votes(tmp_path, AMENDED, grammar)) == [
        ("Amendement n° 1 de M. PETIT", "rejected", None, 1, 3),
        ("Amendement n° 2", "adopted", None, 3, 1),
        ("Budget primitif", "adopted", "unanimity", None, None),
    ]


def test_two_votes_in_one_paragraph(tmp_path: Path, grammar: Grammar) -> None:
    text = "Tarifs\nVote sur la cantine : 3 pour, 1 contre. Vote sur la garderie : 4 pour, 0 contre."
    assert told(votes(tmp_path, text, grammar)) == [
        ("Vote sur la cantine", "adopted", None, 3, 1),
        ("Vote sur la garderie", "adopted", None, 4, 0),
    ]


def test_one_vote_in_several_sentences_is_one(tmp_path: Path, grammar: Grammar) -> None:
    text = "Tarifs\nLe Conseil municipal approuve les tarifs. Pour : 3. Contre : 1. M. PETIT vote contre."
    assert told(votes(tmp_path, text, grammar)) == [("Tarifs", "adopted", None, 3, 1)]


def test_counts_side_by_side_are_a_vote_and_no_data(tmp_path: Path, grammar: Grammar) -> None:
    text = "Tarifs\nLe Conseil municipal approuve les tarifs.\nVotants : 4\tPour : 3\tContre : 0\tAbstention : 1"
    assert told(votes(tmp_path, text, grammar)) == [("Tarifs", "adopted", None, 3, 0)]


def test_the_opinion_of_another_body_is_not_the_vote(tmp_path: Path, grammar: Grammar) -> None:
    text = """Effectifs
Le comité social territorial a rendu un avis favorable à l'unanimité de ses deux collèges.
Le Conseil municipal, après en avoir délibéré, à la majorité, crée un emploi.
M. PETIT s'abstient."""
    (vote,) = votes(tmp_path, text, grammar)
    assert (vote.vote.manner, [p.name for p in vote.vote.abstention_names]) == ("majority", ["Jean PETIT"])


FEES = """Montant des cotisations
Les deux propositions sont mises aux voix séparément.

Cotisation individuelle à 10 € : adoptée (3 pour, 1 contre).
Cotisation familiale à 18 € : rejetée (1 pour, 3 contre). Elle reste donc à 15 €."""


def test_a_caption_may_end_in_a_sum(tmp_path: Path, grammar: Grammar) -> None:
    assert told(votes(tmp_path, FEES, grammar)) == [
        ("Cotisation individuelle à 10 €", "adopted", None, 3, 1),
        ("Cotisation familiale à 18 €", "rejected", None, 1, 3),
    ]


DELEGATE = """Désignation d'un délégué
Le Conseil décide à l'unanimité de ne pas procéder au scrutin secret.

Mme Anne ROUX est désignée déléguée titulaire à l'unanimité."""


def test_who_is_elected_answers_no_question_on_how_to_vote(tmp_path: Path, grammar: Grammar) -> None:
    [vote] = votes(tmp_path, DELEGATE, grammar)
    assert (vote.vote.outcome, vote.vote.manner) == ("adopted", "unanimity")


def test_the_number_of_voters_of_a_poll_reported_is_no_vote(tmp_path: Path, grammar: Grammar) -> None:
    poll = "Résultats du scrutin des parents\nLe scrutin a eu lieu le 13 octobre. Inscrits : 241. Votants : 118."
    assert votes(tmp_path, poll, grammar) == []


def test_voices_given_for_somebody_else_stand_beside_abstentions(tmp_path: Path, grammar: Grammar) -> None:
    item = """Tarifs de la redevance
M. Paul MOREL votant contre en son nom et au nom de M. Luc FABRE, et Mme Anne ROUX s'abstenant, les tarifs sont
adoptés par 13 voix."""
    [tariffs] = votes(tmp_path, item, grammar)
    assert tariffs.vote.for_ == 13
    assert [p.name for p in tariffs.vote.against_names] == ["Paul MOREL", "Luc FABRE"]
    assert [p.name for p in tariffs.vote.abstention_names] == ["Anne ROUX"]


def test_voters_stand_in_brackets_below_their_count(tmp_path: Path, grammar: Grammar) -> None:
    item = """Taux de la taxe
   Taux : de 9,10 % à 9,30 %.          Pour 1, contre 1 (M. Luc FABRE et pouvoir Mme Roux), abstentions 2
      (MM. Morel, Petit)"""
    [tax] = votes(tmp_path, item, grammar)
    assert [p.name for p in tax.vote.against_names] == ["Luc FABRE", "Anne ROUX"]
    assert [p.name for p in tax.vote.abstention_names] == ["Paul MOREL", "Jean PETIT"]


def test_how_the_law_elects_delegates_is_no_vote(tmp_path: Path, grammar: Grammar) -> None:
    item = """Désignation d'un délégué
Les délégués sont désignés au scrutin secret à la majorité absolue. Après deux tours, le troisième a lieu à la majorité
relative.
Le Conseil municipal, après en avoir délibéré, à 3 voix pour la candidature de Mme Anne ROUX et 1 voix pour celle de
M. Luc FABRE,

Désigne, Mme Anne ROUX en tant que déléguée."""
    [delegate] = votes(tmp_path, item, grammar)
    assert (delegate.vote.outcome, delegate.vote.manner, delegate.vote.for_) == ("adopted", None, None)


def test_a_request_to_postpone_that_is_refused_is_no_vote_on_the_item(tmp_path: Path, grammar: Grammar) -> None:
    item = """Contournement du bourg
Le maire met aux voix la demande de report, qui est repoussée, puis le projet.

Adopté à la majorité.
Votants : 4     Pour : 2     Contre : 2 (MM. MOREL et
PETIT)     Abstention : 0"""
    [road] = votes(tmp_path, item, grammar)
    assert (road.vote.outcome, road.vote.for_, road.vote.against) == ("adopted", 2, 2)
    assert [p.name for p in road.vote.against_names] == ["Paul MOREL", "Jean PETIT"]


def test_an_account_of_which_note_is_given_is_adopted(tmp_path: Path, grammar: Grammar) -> None:
    item = """Compte administratif
Le Conseil municipal, réuni sous la présidence de Mme Anne ROUX :
1° lui donne acte de la présentation faite du compte administratif ;
2° arrête les résultats définitifs.
Vote : 3 voix pour, 0 contre."""
    [account] = votes(tmp_path, item, grammar)
    assert (account.vote.outcome, account.vote.for_) == ("adopted", 3)


def test_blanks_between_sentences_make_no_table(tmp_path: Path, grammar: Grammar) -> None:
    item = "Taux des taxes\nOn n'y touche pas.\nT.H. 14,02   F.B. 11,65   F.N.B. 38,90.   Accord de tous (unanimité)."
    assert told(votes(tmp_path, item, grammar)) == [("Taux des taxes", "adopted", "unanimity", None, None)]


def test_whose_the_voice_against_was(tmp_path: Path, grammar: Grammar) -> None:
    item = "Préau\nLe Conseil, par neuf voix contre une, celle de M. Luc FABRE, adopte le projet."
    [vote] = votes(tmp_path, item, grammar)
    assert (vote.vote.for_, vote.vote.against) == (9, 1)
    assert [p.name for p in vote.vote.against_names] == ["Luc FABRE"]


def test_whoever_went_out_during_the_vote_took_no_part(tmp_path: Path, grammar: Grammar) -> None:
    item = "Terrain\nLe Conseil municipal accepte l'offre. M. Luc FABRE, son neveu, est sorti pendant le vote."
    [vote] = votes(tmp_path, item, grammar)
    assert [p.name for p in vote.vote.not_participating_names] == ["Luc FABRE"]


def test_a_body_that_is_against_rejects(tmp_path: Path, grammar: Grammar) -> None:
    item = "Antenne\nUn opérateur voudrait une antenne sur le clocher. Le Conseil s'y oppose à l'unanimité."
    assert told(votes(tmp_path, item, grammar)) == [("Antenne", "rejected", "unanimity", None, None)]


ARTICLES = """Règlement intérieur : article 5 (questions orales)

Le vote a lieu article par article.

VOTE : 3 POUR – 1 CONTRE (M. PETIT)

Article 17 (retransmission des séances)

VOTE : UNANIMITÉ

Ensemble du règlement modifié

VOTE : 2 POUR – 2 ABSTENTIONS"""


def test_the_articles_put_to_the_vote_one_by_one_are_deliberations(tmp_path: Path, grammar: Grammar) -> None:
    assert told(votes(tmp_path, ARTICLES, grammar)) == [
        ("Règlement intérieur : article 5 (questions orales)", "adopted", None, 3, 1),
        ("Article 17 (retransmission des séances)", "adopted", "unanimity", None, None),
        ("Ensemble du règlement modifié", "adopted", None, 2, None),
    ]


CHAPTERS = """Budget primitif
Les recettes atteignent 90 000 €.

Amendement n° 1 – Achat d'un piano
VOTE : 1 POUR – 3 CONTRE
Chapitre 011 – Charges à caractère général : 61 400 €
VOTE : 4 POUR
Explications de vote : M. PETIT (contre)."""


def test_chapters_have_their_vote_and_their_sum(tmp_path: Path, grammar: Grammar) -> None:
    found = votes(tmp_path, CHAPTERS, grammar)
    assert told(found) == [
        ("Amendement n° 1 – Achat d'un piano", "rejected", None, 1, 3),
        ("Chapitre 011 – Charges à caractère général", "adopted", None, 4, None),
    ]
    assert [[str(amount.value) for amount in d.amounts] for d in found] == [[], ["61400"]]


def test_the_articles_of_one_decision_are_no_motions(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "Statuts\nLe Conseil municipal, après en avoir délibéré, décide :\n"
        "Article 1 : d'approuver les statuts.\nArticle 2 (publicité)\nVOTE : 4 POUR"
    )
    assert told(votes(tmp_path, text, grammar)) == [("Statuts", "adopted", None, 4, None)]


def test_what_is_granted_may_be_voted_behind(tmp_path: Path, grammar: Grammar) -> None:
    item = "Maison de retraite\nUne subvention de 300 € est attribuée pour son jardin.\n\n"
    item += "M. Luc FABRE, directeur de la maison, ne prend pas part au vote.\n\nAdopté à l'unanimité des votants."
    assert told(votes(tmp_path, item, grammar)) == [("Maison de retraite", "adopted", "unanimity", None, None)]


def test_names_behind_the_lesser_number_of_a_refusal_voted_for(tmp_path: Path, grammar: Grammar) -> None:
    item = "Terrain de sport\nLa demande est rejetée par 2 voix contre 1 (M. FABRE)."
    (vote,) = (d.vote for d in votes(tmp_path, item, grammar))
    assert (vote.outcome, vote.for_, vote.against) == ("rejected", 1, 2)
    assert ([p.name for p in vote.for_names], list(vote.against_names)) == (["Luc FABRE"], [])


def test_an_adoption_in_one_word_goes_on_with_those_who_abstained(tmp_path: Path, grammar: Grammar) -> None:
    (one,) = votes(tmp_path, "Voirie\nLe marché passe à 400 €.\n\nAdopté. Abstentions : M. FABRE, Mme ROUX.", grammar)
    assert (one.vote.outcome, [p.name for p in one.vote.abstention_names]) == ("adopted", ["Luc FABRE", "Anne ROUX"])


IN_SHARES = """Quitus

       Ont voté pour :      842 / 1203 tantièmes
       Ont voté contre :    361 / 1203 tantièmes
                            M. et Mme PETIT (240), Mme ROUX
                            Anne (121)
       Se sont abstenus :     0 tantième

La résolution est adoptée à la majorité des voix exprimées."""


def test_owners_stand_with_their_shares_below_the_count(tmp_path: Path, grammar: Grammar) -> None:
    [vote] = votes(tmp_path, IN_SHARES, grammar)
    assert told([vote]) == [("Quitus", "adopted", "majority", 842, 361)]
    assert vote.vote.abstentions == 0
    assert [p.name for p in vote.vote.against_names] == ["Jean PETIT", "Anne ROUX"]


def test_sums_tell_their_tax_in_letters_or_in_words_and_in_francs(tmp_path: Path, grammar: Grammar) -> None:
    text = """Compte rendu du conseil municipal du 12 mars 1987
Présents : M. Paul MOREL, Mme Anne ROUX

1. Toiture de l'église
Le conseil accepte le devis de 84.350,00 F TTC, soit 71.121 F hors taxes, et fixe la participation à 500 F.
"""
    (deliberation,) = read_minutes(tmp_path, text, grammar).deliberations
    told = [(amount.value, amount.currency, amount.tax) for amount in deliberation.amounts]
    assert told == [("84350.00", "FRF", "TTC"), ("71121", "FRF", "HT"), ("500", "FRF", None)]


def test_shares_above_a_thousand_are_one_number(tmp_path: Path, grammar: Grammar) -> None:
    text = "Ravalement\n\nPour : 3 950   Contre : 1 750   Abstention : 420\n\nLa résolution est rejetée."
    [vote] = votes(tmp_path, text, grammar)
    assert (vote.vote.for_, vote.vote.against, vote.vote.abstentions) == (3950, 1750, 420)


def test_the_word_below_a_vote_is_no_second_vote(tmp_path: Path, grammar: Grammar) -> None:
    item = "Emprunt\nSur proposition de M. FABRE, il est résolu à l'unanimité :\n"
    item += "D'autoriser un emprunt de 450 €.\nADOPTÉE"
    assert told(votes(tmp_path, item, grammar)) == [("Emprunt", "adopted", "unanimity", None, None)]


def test_the_number_of_voters_once_somebody_has_left_is_no_vote(tmp_path: Path, grammar: Grammar) -> None:
    item = "Rapport annuel\nLe Conseil municipal prend acte du rapport.\n\n"
    item += "M. FABRE quitte la séance à 21h15. Votants : 3."
    (one,) = votes(tmp_path, item, grammar)
    assert (one.vote.outcome, one.vote.voting) == ("noted", None)


AFRESH = """Vidéoprotection
Mme SORBIER propose de différer le projet d'un an. La proposition n'est pas retenue.

Il est procédé au vote à main levée :
Pour : 2
Contre : 1 (Mme Anne ROUX par procuration)

La délibération est adoptée à la majorité."""


def test_a_vote_behind_a_refused_proposal_is_that_of_the_item(tmp_path: Path, grammar: Grammar) -> None:
    [vote] = votes(tmp_path, AFRESH, grammar)
    assert told([vote]) == [("Vidéoprotection", "adopted", "majority", 2, 1)]
    assert [p.name for p in vote.vote.against_names] == ["Anne ROUX"]


def test_what_a_member_proposes_in_vain_is_no_vote_on_the_item(tmp_path: Path, grammar: Grammar) -> None:
    item = """Prix de l'eau
Mme ROUX propose d'étaler la hausse sur deux ans ; cette proposition n'est pas retenue.
Le Conseil municipal, à la majorité, FIXE les tarifs tels que proposés. Ont voté contre : MM. FABRE, PETIT."""
    (vote,) = (d.vote for d in votes(tmp_path, item, grammar))
    assert (vote.outcome, vote.manner) == ("adopted", "majority")
    assert [p.name for p in vote.against_names] == ["Luc FABRE", "Jean PETIT"]


def test_what_is_proposed_in_vain_is_the_outcome_where_nothing_else_is_decided(
    tmp_path: Path, grammar: Grammar
) -> None:
    item = "Prix de l'eau\nMme ROUX propose d'étaler la hausse ; cette proposition n'est pas retenue."
    assert told(votes(tmp_path, item, grammar)) == [("Prix de l'eau", "rejected", None, None, None)]


REFUSED = {
    "Le Conseil municipal, par six voix contre trois, repousse la demande du sieur Morel.": ("rejected", 3, 6),
    "L'assemblée, par 6 voix contre 3, a débouté le pétitionnaire.": ("rejected", 3, 6),
    "Par 8 voix contre 3, le Conseil municipal rejette le projet.": ("rejected", 3, 8),
    "Par 8 voix contre 3, le Conseil municipal adopte le projet.": ("adopted", 8, 3),
}


@pytest.mark.parametrize(("sentence", "vote"), REFUSED.items())
def test_whoever_prevails_in_a_refusal_is_against(sentence: str, vote: tuple, tmp_path: Path, grammar: Grammar) -> None:
    (item,) = told(votes(tmp_path, f"Chemin du Moulin\n{sentence}", grammar))
    assert (item[1], *item[3:]) == vote
