"""Elections by ballot in the forms that minutes print: rounds, counts, candidates, whoever is elected."""

from pathlib import Path

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Deliberation, Election

FRAME = """PROCÈS-VERBAL
Conseil municipal du 3 mars 2020

L'an deux mille vingt, le trois mars à 18 heures, le Conseil municipal de Valmorin s'est réuni à la mairie.

Étaient présents : M. Paul MOREL, Mme Anne ROUX, M. Luc FABRE, M. Jean PETIT

{items}

{last}. Tarifs de la cantine
Le Conseil municipal, après en avoir délibéré, approuve les tarifs à l'unanimité.

La séance est levée à 20 heures.
"""
COUNTED = """a. Nombre de conseillers présents à l'appel n'ayant pas pris part au vote : 0
b. Nombre de votants (enveloppes déposées) : {ballots}
c. Nombre de suffrages déclarés nuls par le bureau (art. L. 66 du code électoral) : 1
d. Nombre de suffrages blancs (art. L. 65 du code électoral) : 2
e. Nombre de suffrages exprimés [b – c – d] : {cast}
f. Majorité absolue : 7
"""


def items(folder: Path, text: str, grammar: Grammar) -> list[Deliberation]:
    return list(read_minutes(folder, FRAME.format(items=text, last=text.count("ÉLECTION") + 1), grammar).deliberations)


def rounds(deliberation: Deliberation) -> tuple[Election, ...]:
    return deliberation.elections


def voices(election: Election) -> dict[str, int | None]:
    return {candidate.person.name: candidate.votes for candidate in election.candidates}


def names(election: Election) -> list[str]:
    return [person.name for person in election.elected]


PRINTED = f"""1. ÉLECTION DU MAIRE
Premier tour de scrutin
{COUNTED.format(ballots=15, cast=12)}
NOM ET PRÉNOM DES CANDIDATS\tNOMBRE DE SUFFRAGES OBTENUS
\tEn chiffres\tEn toutes lettres
MOREL Paul\t6\tsix
ROUX Anne\t6\tsix
Aucun candidat n'ayant obtenu la majorité absolue, il est procédé à un second tour.
Deuxième tour de scrutin
{COUNTED.format(ballots=15, cast=12)}
NOM ET PRÉNOM DES CANDIDATS\tNOMBRE DE SUFFRAGES OBTENUS
\tEn chiffres\tEn toutes lettres
MOREL Paul\t8\thuit
ROUX Anne\t4\tquatre
M. Paul MOREL ayant obtenu la majorité absolue au 2e tour, a été proclamé maire et a été immédiatement installé."""


def test_the_printed_form_of_a_mayors_election(tmp_path: Path, grammar: Grammar) -> None:
    first, second = rounds(items(tmp_path, PRINTED, grammar)[0])
    assert (first.round, second.round, first.office, second.office) == (1, 2, "maire", "maire")
    assert [(e.ballots, e.void, e.blank, e.cast, e.majority) for e in (first, second)] == [(15, 1, 2, 12, 7)] * 2
    assert voices(first) == {"Paul MOREL": 6, "Anne ROUX": 6}
    assert voices(second) == {"Paul MOREL": 8, "Anne ROUX": 4}
    assert (names(first), names(second)) == ([], ["Paul MOREL"])


OFFICES = """1. ÉLECTION DES ADJOINTS
Élection du 1er adjoint
Bulletins : 15 – blancs ou nuls : 1 – suffrages exprimés : 14 – majorité absolue : 8
Mme Anne ROUX : 14 (quatorze) voix
Mme Anne ROUX est élue 1ère adjointe et immédiatement installée.
Élection du 2e adjoint
Bulletins : 15 – blancs ou nuls : 3 – suffrages exprimés : 12 – majorité absolue : 7
M. Luc FABRE : 9 voix ; M. Jean PETIT : 3 voix
M. Luc FABRE est proclamé élu."""


def test_each_office_has_its_own_ballot(tmp_path: Path, grammar: Grammar) -> None:
    (item, _) = items(tmp_path, OFFICES, grammar)
    first, second = rounds(item)
    assert (first.office, second.office) == ("1ère adjointe", "2e adjoint")
    assert (first.blank, first.cast, second.blank, second.cast) == (1, 14, 3, 12)
    assert (names(first), names(second)) == (["Anne ROUX"], ["Luc FABRE"])
    assert voices(second) == {"Luc FABRE": 9, "Jean PETIT": 3}


LISTED = """1. ÉLECTION DES MEMBRES DE LA COMMISSION D'APPEL D'OFFRES
Nombre de votants : 15
Nombre de suffrages exprimés : 15
Sont élus les membres titulaires suivants :
- M. Luc FABRE
- M. Jean PETIT
Nombre de votants : 15
Nombre de suffrages exprimés : 14
Sont élus les membres suppléants suivants :
- Mme Anne ROUX"""


def test_whoever_is_elected_is_listed_below(tmp_path: Path, grammar: Grammar) -> None:
    (item, _) = items(tmp_path, LISTED, grammar)
    assert [(e.office, e.cast, names(e)) for e in rounds(item)] == [
        ("membres titulaires", 15, ["Luc FABRE", "Jean PETIT"]),
        ("membres suppléants", 14, ["Anne ROUX"]),
    ]


def test_a_vote_with_its_number_of_voters_is_no_election(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "1. Budget primitif\nLe Conseil municipal, après en avoir délibéré, approuve le budget.\nVotants : 4\nPour : 4"
    )
    assert [rounds(d) for d in items(tmp_path, text, grammar)] == [(), ()]


def test_rounds_told_in_one_paragraph(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "1. ÉLECTION DU 2e ADJOINT\n"
        "Premier tour : M. Paul MOREL, 7 voix ; M. Luc FABRE, 7 voix. Deuxième tour : M. Luc FABRE, 7 voix ; M. Paul "
        "MOREL, 7 voix. Troisième tour : M. Luc FABRE, 7 voix ; M. Paul MOREL, 7 voix. À égalité de suffrages, M. Luc "
        "FABRE, plus âgé que M. MOREL, a été proclamé 2e adjoint.\n"
    )
    told = rounds(items(tmp_path, text, grammar)[0])
    assert [election.round for election in told] == [1, 2, 3]
    assert [[p.name for p in election.elected] for election in told] == [[], [], ["Luc FABRE"]]


def test_voices_named_once_and_counts_told_anew(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "1. ÉLECTION DU TRÉSORIER\n"
        "Votants, 18 ; bulletins blancs, 2 ; suffrages exprimés, 16. MM. MOREL, 8 voix ; FABRE, 6 ; PETIT, 2. Il est "
        "procédé à un second tour. Votants, 18 ; bulletin blanc, 1. MM. MOREL, 11 voix ; FABRE, 6. M. MOREL est "
        "proclamé trésorier.\n"
    )
    first, second = rounds(items(tmp_path, text, grammar)[0])
    assert (first.round, second.round) == (1, 2)
    assert list(voices(first).values()) == [8, 6, 2]
    assert [p.name for p in second.elected] == ["Paul MOREL"]


def test_each_office_is_an_election_of_its_own(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "1. ÉLECTION DU BUREAU\n"
        "M. Paul MOREL est réélu président par 6 suffrages. M. Luc FABRE est réélu trésorier à l'unanimité.\n"
    )
    [president] = rounds(items(tmp_path, text, grammar)[0])
    assert president.office == "président"
    assert [p.name for p in president.elected] == ["Paul MOREL"]
