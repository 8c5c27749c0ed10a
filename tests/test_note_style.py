"""Minutes in the style of notes: tables of members by seat, labels beside the text, votes under their initials."""

from pathlib import Path

from conftest import read_minutes
from pv_extract.grammar import Grammar
from pv_extract.records import Record

NOTES = """SYNDICAT INTERCOMMUNAL DES EAUX DU VALLON

COMITÉ SYNDICAL — réunion du 14/05/2019 — COMPTE RENDU

Ouverture : 18h00 — Clôture : 20h15 — Lieu : usine des Prés (Orvanne)
Convocations parties le 2 mai 2019.
Présidence : M. Paul MOREL

Délégués (T = titulaire, S = suppléant)

ORVANNE
   T  M. Paul MOREL              présent, Président
   T  Mme Anne ROUX              excusée, remplacée par S  M. Luc FABRE   présent
BRENNE
   T  M. Jean BONNAY             présent
   T  Mme Lise CARRON            excusée, pouvoir à M. BONNAY

En exercice : 6      Présents : 3      Pouvoirs : 1      Quorum : 4. OK.

Secrétaire de séance : M. BONNAY.

1. DÉLIBÉRATION 2019/07 — POMPE DU FORAGE
-----------------------------------------
Contexte     La pompe a 20 ans. Le devis est de 12 400 € HT.
Décision     Le CS retient ce devis.
Vote         P : 3     C : 1 (FABRE)     A : 0

M. MOREL arrivé en cours de point (18h40).

2. DÉLIBÉRATION 2019/08 — ADMISSION EN NON-VALEUR
-------------------------------------------------
Contexte     Une facture de 320 € ne sera pas payée.
Décision     Reporté : attendre le receveur.
Vote         /

3. DÉLIBÉRATION 2019/09 — SERVITUDE
-----------------------------------
M. BONNAY, propriétaire, sort pendant ce point.
VOTE : 3 pour.

M. FABRE doit partir (19h50).

4. DÉLIBÉRATION 2019/10 — TARIFS
--------------------------------
VOTE : 2 pour / 2 abst. (M. BONNAY et son pouvoir)
"""


def record_of_notes(tmp_path: Path, grammar: Grammar) -> Record:
    return read_minutes(tmp_path, NOTES, grammar)


def test_members_stand_by_seat_under_their_commune(tmp_path, grammar):
    members = record_of_notes(tmp_path, grammar).attendance.members
    told = [(m.name, m.status, m.group) for m in members]
    assert told == [
        ("Paul MOREL", "present", "ORVANNE"),
        ("Anne ROUX", "excused", "ORVANNE"),
        ("Luc FABRE", "present", "ORVANNE"),
        ("Jean BONNAY", "present", "BRENNE"),
        ("Lise CARRON", "represented", "BRENNE"),
    ]
    assert members[2].substitute_for.name == "Anne ROUX"
    assert members[4].proxy_to.name == "Jean BONNAY"


def test_the_head_is_read_in_parts_of_lines(tmp_path, grammar):
    record = record_of_notes(tmp_path, grammar)
    meeting = record.meeting
    assert (meeting.start_time, meeting.end_time, meeting.place) == ("18:00", "20:15", "usine des Prés (Orvanne)")
    assert meeting.convocation_date == "2019-05-02"
    assert (record.attendance.stated.present, record.attendance.stated.quorum) == (3, 4)
    assert record.attendance.quorum.reached is True


def test_votes_under_initials_are_counted_and_named(tmp_path, grammar):
    pump = record_of_notes(tmp_path, grammar).deliberations[0]
    vote = pump.vote
    assert (vote.outcome, vote.for_, vote.against, vote.abstentions) == ("adopted", 3, 1, 0)
    assert [p.name for p in vote.against_names] == ["Luc FABRE"]
    assert [str(a.value) for a in pump.amounts] == ["12400"]


def test_what_a_label_tells_is_the_outcome(tmp_path, grammar):
    deliberations = record_of_notes(tmp_path, grammar).deliberations
    assert [d.vote.outcome for d in deliberations] == ["adopted", "postponed", "adopted", "adopted"]


def test_who_comes_goes_and_votes_for_another(tmp_path, grammar):
    record = record_of_notes(tmp_path, grammar)
    told = [(e.kind, e.person.name, e.time) for e in record.events]
    assert told == [
        ("arrival", "Paul MOREL", "18:40"),
        ("departure", "Jean BONNAY", None),
        ("departure", "Luc FABRE", "19:50"),
    ]
    assert [p.name for p in record.deliberations[2].vote.not_participating_names] == ["Jean BONNAY"]
    assert [p.name for p in record.deliberations[3].vote.abstention_names] == ["Jean BONNAY", "Lise CARRON"]
