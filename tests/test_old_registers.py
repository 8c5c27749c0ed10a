"""Registers that list nobody apart: who was there stands in the opening sentence, or under the last one."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

OF_1796 = """               ADMINISTRATION MUNICIPALE DU CANTON DE VALMORIN

       Séance publique du 12 nivôse, l'an quatrième de la République.

La séance est ouverte à dix heures du matin par le citoyen Aubertin, président. Il est donné lecture du procès-verbal
de la séance du deux de ce mois ; la rédaction en est adoptée.

Pont de Brenne. — L'administration, ouï le rapport du citoyen Tissot, arrête qu'il sera réparé avant le printemps.

Chemin du Moulin. — L'administration, à l'unanimité, arrête qu'il sera élargi de six pieds.

La séance est levée à deux heures après midi. Ont signé au registre :

  Aubertin, président ; Tissot, agent de Valmorin ; Th. Carrel, agent de Brenne ; Bonnay, commissaire du Directoire
  exécutif ; Roussel, secrétaire en chef.
"""
OF_1841 = """   L'an mil huit cent quarante et un, le dimanche neuf mai, à une heure de relevée, en la maison commune de
Valmorin, département de la Brenne, se sont réunis, en vertu de la convocation de M. le Maire, sous la présidence de
M. Paul Aubertin, maire, MM. Jean Roussel, adjoint, Luc Tissot et Denis Carrel, membres du Conseil municipal. M. Remi
Bonnay s'est excusé par une lettre. M. Louis Morel, convoqué, ne s'est pas présenté.

                        CHEMIN DU MOULIN.

   Le Conseil, à l'unanimité, vote cent francs.

                        HORLOGE.

   Le Conseil décide de la faire réparer.
"""
OF_1926 = """                       Séance du 14 mars 1926

     L'an mil neuf cent vingt-six, le quatorze mars à neuf heures, le Conseil municipal de la commune de Valmorin s'est
réuni sous la présidence de M. Aubertin, Maire, tous les membres étant présents à l'exception de M. Carrel, excusé, et
de M. Bonnay absent sans excuse.

                        CHEMIN DU MOULIN

     Le Conseil, à l'unanimité, vote cent francs.

     Ainsi délibéré, les jour, mois et an susdits, et ont signé au registre :

  Aubertin    Tissot    Carrel    Morel
  Roussel
"""
OF_1913 = """    SYNDICAT AGRICOLE DU CANTON DE VALMORIN

       PROCÈS-VERBAL DE L'ASSEMBLÉE GÉNÉRALE DU 9 FÉVRIER 1913

    L'assemblée s'est tenue à 2 heures de l'après-midi, dans la grande salle du café Morel.

    M. Paul Aubertin, président, prend place au bureau, assisté de MM. Luc Tissot, vice-président, Jean Roussel,
secrétaire, et Carrel, trésorier. On remarque dans l'assistance M. Bonnay, professeur d'agriculture. M. Denis Fabre,
membre du bureau, s'est fait excuser.

    Lecture est donnée du procès-verbal de l'assemblée du 4 février 1912. Il est adopté à mains levées.

    Cotisation. — L'assemblée décide de la porter à 4 francs.
"""


def statuses(record: Record) -> dict[str, str]:
    return {member.name: member.status for member in record.attendance.members}


def test_whoever_signs_was_there_where_nobody_is_listed(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1796, grammar)
    assert statuses(record) == {"Aubertin": "present", "Tissot": "present", "Th. Carrel": "present"}
    assert record.evidence["/attendance/members/1/status"].how == "inferred"
    assert [person.name for person in record.meeting.secretaries] == ["Roussel"]


def test_earlier_minutes_are_of_the_same_republican_month(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1796, grammar)
    assert record.meeting.date == "1796-01-02"
    assert [(a.meeting_date, a.outcome) for a in record.approvals] == [("1795-12-23", "adopted")]


def test_a_register_is_minutes_without_saying_so(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1796, grammar)
    assert (record.meeting.document_kind, record.meeting.title) == ("proces_verbal", None)
    assert record.evidence["/meeting/document_kind"].how == "inferred"
    assert (record.meeting.body.name, record.meeting.organization.name) == (
        "Administration municipale",
        "CANTON DE VALMORIN",
    )


def test_the_opening_sentence_lists_its_subjects_behind_the_verb(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1841, grammar)
    assert statuses(record) == {
        "Paul Aubertin": "present",
        "Jean Roussel": "present",
        "Luc Tissot": "present",
        "Denis Carrel": "present",
        "Remi Bonnay": "excused",
        "Louis Morel": "absent",
    }
    assert record.meeting.place == "maison commune de Valmorin"


def test_whom_the_text_says_away_is_not_there_though_he_signs(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1926, grammar)
    present = {name for name, status in statuses(record).items() if status == "present"}
    assert present == {"Aubertin", "Tissot", "Morel", "Roussel"}
    assert (statuses(record)["Carrel"], statuses(record)["Bonnay"]) == ("excused", "absent")


def test_the_officers_beside_the_president_are_there(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1913, grammar)
    assert statuses(record) == {
        "Luc Tissot": "present",
        "Jean Roussel": "present",
        "Carrel": "present",
        "Denis Fabre": "excused",
        "Paul Aubertin": "present",
    }
    assert [guest.name for guest in record.attendance.others] == ["Bonnay"]
    assert [person.name for person in record.meeting.secretaries] == ["Jean Roussel"]


def test_the_date_of_the_minutes_read_is_not_that_of_the_meeting(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1913, grammar)
    assert record.meeting.date == "1913-02-09"
    assert [(a.meeting_date, a.outcome) for a in record.approvals] == [("1912-02-04", "adopted")]


OF_1945 = """VILLE DE VALMORIN

        DÉLÉGATION MUNICIPALE PROVISOIRE

        Séance du vendredi 9 mars 1945

La Délégation municipale s'est réunie à 20 h. 30 sous la présidence du citoyen Aubertin Paul, faisant fonctions de
Maire.

PRÉSENTS : Aubertin Paul ; Tissot Jean, adjoint ; Carrel Luc, Morel Anne.

ABSENT : Bonnay Remi.

Le compte-rendu de la réunion du 26 février est lu. Carrel fait une remarque. On l'ajoute. Adopté ensuite.

Personnel. Secours. - M. Aubertin ayant quitté le fauteuil, M. Tissot, adjoint, l'a remplacé. La Délégation accorde 400
francs. M. Aubertin a ensuite repris la présidence.

Arrive à 21 heures 15 le citoyen Bonnay, retenu par la neige.

Déblaiement. - 12 immeubles sont à abattre. Une avance est votée. Pour : 3. Contre : 1 (Carrel).

Demande de la fanfare, subvention de 5.000 francs. - Le Conseil a rejeté la demande par trois voix contre deux.

Pont. - Les pilotis sont rompus. Accordé 45 francs au sieur Roussel, charpentier.

La séance se termine à 23 heures 40.
"""


def test_words_of_the_day_decide(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1945, grammar)
    votes = {d.title: (d.vote.outcome, d.vote.for_, d.vote.against) for d in record.deliberations}
    assert votes == {
        "Personnel. Secours": ("adopted", None, None),
        "Déblaiement": ("adopted", 3, 1),
        "Demande de la fanfare, subvention de 5.000 francs": ("rejected", 2, 3),
        "Pont": ("adopted", None, None),
    }


def test_whoever_takes_the_chair_left_empty_presides(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1945, grammar)
    assert [(e.kind, e.person and e.person.name, e.time) for e in record.events] == [
        ("chair_change", "Tissot Jean", None),
        ("chair_change", "Aubertin Paul", None),
        ("arrival", "Bonnay Remi", "21:15"),
    ]


def test_the_minutes_read_name_no_document(tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, OF_1945, grammar)
    assert (record.meeting.document_kind, record.meeting.start_time) == ("proces_verbal", "20:30")
    assert record.meeting.body.name == "Délégation municipale provisoire"


NAMES_FIRST = (
    "MM. Aubertin, maire, Roussel, Tissot et Luc Carrel, membres du conseil, se sont assemblés au lieu ordinaire. "
    "MM. Bonnay et Morel étaient absents. M. Fabre, malade, s'était fait excuser."
)
VERB_FIRST = (
    "se sont réunis à la mairie, sur la convocation du 3 mai, MM. les conseillers municipaux Roussel, Tissot et "
    "Carrel, sous la présidence de M. Aubertin."
)
PRESENT_ONLY = "le conseil s'est assemblé, présents MM. Aubertin, maire, Roussel, Tissot et Carrel."
LISTED = (
    "le conseil s'est réuni sous la présidence de M. Aubertin, maire ; étaient présents MM. Roussel et Tissot ; "
    "absents MM. Carrel et Bonnay."
)
OPENINGS = {
    NAMES_FIRST: ({"Aubertin", "Roussel", "Tissot", "Luc Carrel"}, {"Bonnay", "Morel", "Fabre"}),
    VERB_FIRST: ({"Roussel", "Tissot", "Carrel", "Aubertin"}, set[str]()),
    PRESENT_ONLY: ({"Aubertin", "Roussel", "Tissot", "Carrel"}, set[str]()),
    LISTED: ({"Roussel", "Tissot", "Aubertin"}, {"Carrel", "Bonnay"}),
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_opening_sentence_tells_who_was_there(opening: str, tmp_path: Path, grammar: Grammar) -> None:
    item = "HORLOGE.\n\n   Le Conseil décide de la faire réparer.\n"
    text = f"   L'an mil huit cent quarante et un, le neuf mai, {opening}\n\n{item}"
    found = statuses(read_minutes(tmp_path, text, grammar))
    there = {name for name, status in found.items() if status == "present"}
    assert (there, found.keys() - there) == OPENINGS[opening]


def test_whoever_comes_in_and_asks_opens_a_matter(tmp_path: Path, grammar: Grammar) -> None:
    matters = (
        "     M. le Maire expose que le lavoir fuit depuis l'hiver. Le Conseil vote 25 francs par cinq voix, trois "
        "membres s'étant abstenus.\n\n"
        "     M. Carrel entre en séance à dix heures et demie et demande que le chemin du Moulin soit empierré avant "
        "l'hiver. Le Conseil est d'avis de l'inscrire au budget.\n\n"
    )
    record = read_minutes(
        tmp_path, OF_1926.replace("                        CHEMIN DU MOULIN\n\n", matters, 1), grammar
    )
    assert [(d.vote.for_, d.vote.abstentions) for d in record.deliberations[:2]] == [(5, 3), (None, None)]
    assert record.deliberations[1].title.startswith("M. Carrel entre en séance")


def opened_at(hour: str, tmp_path: Path, grammar: Grammar) -> str | None:
    """When a meeting opened, by the words of its minutes."""
    text = OF_1796.replace("dix heures du matin", hour).replace("à deux heures après midi", "à cinq heures vingt")
    return read_minutes(tmp_path, text, grammar).meeting.start_time


@pytest.mark.parametrize(
    ("hour", "opened"),
    [
        ("deux heures et demie", "14:30"),
        ("2 heures", "14:00"),
        ("six heures du matin", "06:00"),
        ("sept heures", "07:00"),
        ("2 h 30", None),
    ],
)
def test_no_meeting_opens_at_night(hour, opened, tmp_path, grammar):
    assert opened_at(hour, tmp_path, grammar) == opened


TURNS = """                       SÉANCE DU 3 MAI 1884

  Présents : MM. Aubertin, maire ; Roussel, Tissot et de Carrel.

              Octroi. — Remplacement du receveur.

  M. le Maire expose que le receveur a donné sa démission.

  M. Tissot. — L'octroi, c'est l'ouvrier.

  M. de Carrel. — Il payera comme les autres.

  Le Conseil, à l'unanimité, nomme le sieur Bonnay.

              Veuve Morel. — Demande de secours.

  Le Conseil accorde quarante francs.
"""


def test_what_a_speaker_says_is_no_title(tmp_path, grammar):
    titles = [d.title for d in read_minutes(tmp_path, TURNS, grammar).deliberations]
    assert titles == ["Octroi. — Remplacement du receveur", "Veuve Morel. — Demande de secours"]
