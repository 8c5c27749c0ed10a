"""Minutes that associations keep in light markup: wikis, reStructuredText, Markdown."""

import pytest

from conftest import read_minutes

MARKDOWN = """# Réunion du CA du 12 septembre 2021

## Présents

* Aline Mortreux
* Bruno Castanier

## Excusée

* Chloé Dubreuil

**Animation** : Bruno
**Secrétaire de séance** : Aline

## Trésorerie

Solde : 3 450,20 €.

Décision : achat d'un microphone (120 €), validé par consensus.

## Antenne de Brennac

Proposition acceptée.

Fin à 22h.
"""
WIKI = """= Réunion du CA du 12 septembre 2021 =

== Présents ==
* '''Aline Mortreux'''
* [[Utilisateur:Bruno|Bruno Castanier]]
Excusée : Chloé Dubreuil

'''Animation''' : Bruno
'''Secrétaire de séance''' : Aline

== Trésorerie ==
Solde : 3 450,20 €.

Décision : achat d'un microphone (120 €), validé par consensus.

== Antenne de Brennac ==
Proposition acceptée.

Fin à 22h.
"""
RESTRUCTURED = """Réunion du CA du 12 septembre 2021
==================================

:Participants: Aline Mortreux, Bruno Castanier
:Excusée: Chloé Dubreuil
:Animation: Bruno
:Secrétaire de séance: Aline

Trésorerie
----------

Solde : 3 450,20 €.

Décision : achat d'un microphone (120 €), validé par consensus.

Antenne de Brennac
------------------

Proposition acceptée.

Fin à 22h.
"""


@pytest.mark.parametrize("minutes", [MARKDOWN, WIKI, RESTRUCTURED], ids=["markdown", "wiki", "rst"])
def test_the_same_minutes_in_any_light_markup_give_the_same_record(tmp_path, grammar, minutes):
    record = read_minutes(tmp_path, minutes, grammar)
    assert (record.meeting.body.name, record.meeting.body.kind) == ("CA", "conseil_d_administration")
    assert (str(record.meeting.date), record.meeting.end_time) == ("2021-09-12", "22:00")
    assert record.meeting.chair.name == "Bruno Castanier"
    assert [person.name for person in record.meeting.secretaries] == ["Aline Mortreux"]
    assert [(member.name, member.status) for member in record.attendance.members] == [
        ("Aline Mortreux", "present"),
        ("Bruno Castanier", "present"),
        ("Chloé Dubreuil", "excused"),
    ]
    assert [(d.title, d.vote.outcome) for d in record.deliberations] == [
        ("Trésorerie", "adopted"),
        ("Antenne de Brennac", "adopted"),
    ]


COLLEGES = """# Réunion du CA du 12 septembre 2021

## Présents

* Aline Mortreux

## Collège des usagers

* Bruno Castanier

## Trésorerie

Le budget est adopté à l'unanimité.
"""


def test_a_college_between_names_ends_no_list(tmp_path, grammar):
    members = read_minutes(tmp_path, COLLEGES, grammar).attendance.members
    assert [member.name for member in members] == ["Aline Mortreux", "Bruno Castanier"]


def test_a_quarter_of_the_members_is_no_quorum_of_one(tmp_path, grammar):
    text = MARKDOWN.replace("## Trésorerie", "Quorum (un quart des 62 membres) : atteint\n\n## Trésorerie")
    record = read_minutes(tmp_path, text, grammar)
    assert record.attendance.stated.quorum is None
    assert record.attendance.quorum.reached is True


NOTES = """# Compte-rendu du CA du 8 novembre 2023

- Horaires : 20h30 – 22h15
- Présent·es : Ana, Boris, Clément, Dora Vidal
- Absent·es : Émile (excusé, pouvoir à Ana), Farid

## 1. Convention avec la médiathèque

**VOTE** : signature de la convention
- Pour : 4 (Ana, Boris, Dora, Émile)
- Contre : 0
- Abstention : 1 (Clément)

=> Adopté

Troisième résolution : pouvoirs

Adopté à l'unanimité.
"""


def test_first_names_are_members_and_voters_where_the_list_has_them(tmp_path, grammar):
    record = read_minutes(tmp_path, NOTES, grammar)
    told = {member.name: member.status for member in record.attendance.members}
    assert told == {
        **dict.fromkeys(["Ana", "Boris", "Clément", "Dora Vidal"], "present"),
        "Émile": "represented",
        "Farid": "absent",
    }
    vote = record.deliberations[0].vote
    assert [person.name for person in vote.for_names] == ["Ana", "Boris", "Dora Vidal", "Émile"]
    assert [person.name for person in vote.abstention_names] == ["Clément"]
    assert (record.meeting.start_time, record.meeting.end_time) == ("20:30", "22:15")


def test_a_resolution_on_powers_opens_no_list_of_proxies(tmp_path, grammar):
    record = read_minutes(tmp_path, NOTES, grammar)
    assert [d.title for d in record.deliberations] == ["Convention avec la médiathèque", "pouvoirs"]


SIGNS = """Collectif Les Haies — réunion du conseil collégial, en ligne (Mumble), mardi 7 mars 2023, 20:30.

Présent·es
: Ana Morel, Boris Carrel, Dora Vidal, Luc Fabre (arrivé à 20:50)

Excusée
: Inès Bonnay

Prise de notes : Boris

Facilitation : Ana

Rappel : le quorum est de 3 membres (art. 4). Il est atteint.

### 1) Local

> **Proposition :** louer le local de la gare.
>
> +1 : Ana, Boris
> 0 : aucun
> -1 : Dora
>
> **Rejetée.**

> **Contre-proposition :** le louer six mois.
>
> +1 : Ana, Boris, Dora
> 0 : aucun
> -1 : aucun
>
> **Adoptée.**

*20:50, Luc nous rejoint.*

### 2) Adhésions

Adhésion du club de lecture : adopté sans opposition.

Fin de la réunion à 22:10.
"""


def test_votes_by_sign_name_the_voters_of_each_proposal(tmp_path, grammar):
    record = read_minutes(tmp_path, SIGNS, grammar)
    first, second, _ = (d.vote for d in record.deliberations)
    names = [[person.name for person in people] for people in (first.for_names, first.against_names, second.for_names)]
    assert names == [["Ana Morel", "Boris Carrel"], ["Dora Vidal"], ["Ana Morel", "Boris Carrel", "Dora Vidal"]]
    assert [(d.title, d.vote.outcome) for d in record.deliberations][:2] == [
        ("Local", "rejected"),
        ("Local", "adopted"),
    ]


def test_the_circumstances_under_a_list_are_no_members(tmp_path, grammar):
    record = read_minutes(tmp_path, SIGNS, grammar)
    assert [(m.name, m.group) for m in record.attendance.members] == [
        (name, None) for name in ("Ana Morel", "Boris Carrel", "Dora Vidal", "Luc Fabre", "Inès Bonnay")
    ]
    assert [person.name for person in record.meeting.secretaries] == ["Boris Carrel"]
    assert (record.meeting.body.name, record.meeting.body.kind, record.meeting.mode) == (
        "Conseil collégial",
        "conseil",
        "remote",
    )
    assert record.attendance.quorum.reached is True
    assert [(e.kind, e.person.name, e.time) for e in record.events if e.kind == "arrival"] == [
        ("arrival", "Luc Fabre", "20:50")
    ]
