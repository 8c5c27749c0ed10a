"""Notes in the margin of a text laid out with blanks: read between its paragraphs, each value at its own place."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.normalisation.side_notes import with_notes_apart
from pv_extract.text import AlignedText

REGISTER = """\
                  EXTRAIT DU REGISTRE DES DELIBERATIONS

 Nombre de        L'an deux mille trois et le douze mai à vingt heures, le
 conseillers      conseil municipal de Valmorin, dûment convoqué, s'est réuni
 en exercice : 4  à la mairie, sous la présidence de Mme Anne ROUX, maire.
 présents : 3
                  Etaient présents : Mmes ROUX Anne, CARREL Lise, M. MOREL
 Date de la       Paul.
 convocation :    Absent excusé : M. FABRE Luc.
 6 mai 2003
                  Secrétaire de séance : M. MOREL Paul.
 OBJET :
                  REFECTION DU TOIT DE L'ECOLE ET DE LA
 Toit de          CHAUFFERIE
 l'école
                  Mme le maire expose que la couverture a été emportée par
 Coût :           la tempête et que les enfants ont froid. Le devis de
 8 200 euros      l'entreprise est de 8 200 euros hors taxes.

                  Le conseil municipal, après en avoir délibéré,
 pour : 2         par 2 voix pour et 1 abstention (Mme Carrel), décide de
 abst. : 1        faire exécuter les travaux sans délai.

                  La séance est levée à vingt et une heures.
"""


def test_the_margin_of_a_register_is_read_beside_its_text(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, REGISTER, grammar)
    assert (record.meeting.chair.name, record.meeting.convocation_date) == ("Anne ROUX", "2003-05-06")
    assert {(m.name, m.status) for m in record.attendance.members} == {
        ("Anne ROUX", "present"),
        ("Lise CARREL", "present"),
        ("Paul MOREL", "present"),
        ("Luc FABRE", "excused"),
    }
    [roof] = record.deliberations
    assert roof.title == "REFECTION DU TOIT DE L'ECOLE ET DE LA CHAUFFERIE"
    assert (roof.vote.for_, roof.vote.abstentions) == (2, 1)
    assert [p.name for p in roof.vote.abstention_names] == ["Lise CARREL"]


def test_each_value_is_found_at_its_place_and_nothing_is_lost(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, REGISTER, grammar)
    assert all(REGISTER[slice(*e.span)] == e.quote for e in record.evidence.values())
    parts = sorted([*(s.span for s in record.segments), *(u.span for u in record.unclaimed)])
    assert [start for start, _ in parts] == [0, *(end for _, end in parts[:-1])]
    assert parts[-1][1] == len(REGISTER)


def mirrored(text: str) -> str:
    """The page with its margin on the right of the text."""
    rows = [(line[:18].strip(), line[18:]) for line in text.splitlines()[1:]]
    return "\n".join([text.splitlines()[0], *(f"{body:<66}{note}".rstrip() for note, body in rows), ""])


def test_a_margin_on_the_right_is_read_as_one_on_the_left(tmp_path: Path, grammar: Grammar) -> None:
    left, right = (read_minutes(tmp_path, text, grammar) for text in (REGISTER, mirrored(REGISTER)))
    assert right.meeting == left.meeting
    assert right.attendance == left.attendance
    assert [d.vote for d in right.deliberations] == [d.vote for d in left.deliberations]
    assert all(mirrored(REGISTER)[slice(*e.span)] == e.quote for e in right.evidence.values())


TITLED = """\
                 Le conseil municipal de Valmorin, réuni à la mairie le
                 douze mai 1868 sous la présidence de M. Roussel, maire,
                 a délibéré ainsi qu'il suit.

Lavoir.          M. le maire expose que le lavoir de la rue Basse perd
                 son eau et que les femmes du quartier s'en plaignent. Le
                 conseil vote une somme de cent vingt francs.

Chemin des       M. Tissot demande que le chemin soit empierré avant
Vignes.          l'hiver, les voitures n'y passant plus qu'à grand
Demande d'em-    peine. Le conseil, considérant que les ressources
pierrement.      manquent, ajourne la question à la session de novembre.

Garde du pré.    Le traitement du garde est porté à quatre cents francs
                 par délibération unanime. Le conseil décide que cette
                 augmentation courra du premier janvier prochain.
"""


def test_titles_in_the_margin_open_the_items_beside_them(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, TITLED, grammar)
    assert [d.title for d in record.deliberations] == [
        "Lavoir",
        "Chemin des Vignes. Demande d'empierrement",
        "Garde du pré",
    ]
    assert record.deliberations[1].vote.outcome == "postponed"


LABELLED = """\
Présents :        MM. Paul Morel, Luc Fabre, Jean Petit, tous trois membres
                  du comité depuis sa création et élus pour trois ans
Absents :         Mme Anne Roux, retenue hors de la commune, et M. Guy Carrel
                  qui s'est excusé auprès du secrétaire la veille au soir
Secrétaire :      M. Luc Fabre, assisté de la directrice de la bibliothèque
                  et de son adjoint, chargés de tenir le registre à jour
Objet :           la réfection du toit de la salle, dont la couverture a
                  été emportée par la tempête du mois de février dernier
"""
LISTED = "".join(f"2021-05-0{n}   Convention avec l'association des jardins de Valmorin\n" for n in range(1, 9)) * 2
PLAIN = "Le conseil municipal, après en avoir délibéré, approuve le compte qui lui est soumis.\n" * 12


SUMS = (
    "".join(
        f"pour la {work} de la salle des fêtes et de ses abords immédiats    {sum_} 450,00\n"
        for sum_, work in enumerate(("couverture", "peinture", "plomberie", "clôture", "façade"), 1)
    )
    * 2
)


@pytest.mark.parametrize("text", [SUMS, LABELLED, LISTED, PLAIN, "", "\n\n"])
def test_what_is_no_margin_stays_in_its_order(text: str) -> None:
    assert with_notes_apart(AlignedText.of(text)).ordered
