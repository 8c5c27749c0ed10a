"""What the heads of minutes say of the meeting: whose it is, when, where, who presides and who writes."""

from pathlib import Path

import pytest

from conftest import read_minutes
from pv_extract.grammar import Grammar

ROLL = "\nPrésents : M. Luc CARREL, Mme Inès BONNAY, M. Rémi TISSOT.\n"
TAIL = """
1. Budget primitif
Après en avoir délibéré, le budget est adopté à l'unanimité.

2. Tarifs de la salle
Après en avoir délibéré, les tarifs sont adoptés à l'unanimité.
"""


TITLE = """\
COMMUNAUTE DE COMMUNES
VALLEE DE L'ORVANNE

                       COMPTE RENDU DE LA SEANCE N° 2021-05
                        Lundi 27 septembre 2021 à 18h30
                           Foyer rural de Valmorin

Convocation adressée le : 20/09/2021          Affichage du compte rendu le : 04/10/2021
"""


def test_a_title_of_several_lines(tmp_path: Path, grammar: Grammar) -> None:
    meeting = read_minutes(
        tmp_path, TITLE + ROLL + "\nA. Approbation du compte rendu de la séance du 5 juillet 2021\n" + TAIL, grammar
    )
    found = meeting.meeting
    assert found.organization.kind == "communaute_de_communes"
    assert found.organization.name == "COMMUNAUTE DE COMMUNES VALLEE DE L'ORVANNE"
    assert (str(found.date), str(found.convocation_date)) == ("2021-09-27", "2021-09-20")
    assert found.place == "Foyer rural de Valmorin"


PLACES = {
    "s'est réunie le vendredi 20 octobre 2023, à l'Hôtel de la Région à Valmorin, sous la présidence de": "Hôtel de la "
    "Région à Valmorin",
    "s'est réunie le vendredi 20 octobre 2023 à 14 heures, salle des Tilleuls, sous la présidence de": "salle des "
    "Tilleuls",
    "s'est réunie en assemblée générale dans les bureaux du syndic, sous la présidence de": "bureaux du syndic",
    "s'est réunie au lieu ordinaire de ses séances, sous la présidence de": None,
}


@pytest.mark.parametrize(("formula", "place"), PLACES.items())
def test_the_place_behind_the_day_and_the_hour(formula: str, place: str, tmp_path: Path, grammar: Grammar) -> None:
    head = f"PROCÈS-VERBAL DE L'ASSEMBLÉE\n\nL'assemblée {formula} M. Luc CARREL.\n"
    assert read_minutes(tmp_path, head + ROLL + TAIL, grammar).meeting.place == place


HOURS = {
    "Début : 20h40 (retard)": ("20:40", None),
    "Début du conseil : 18h05": ("18:05", None),
    "Fin du conseil à 20h10.": (None, "20:10"),
    "Fin à 22h35. Merci à tous.": (None, "22:35"),
    "La séance est levée à minuit moins le quart.": (None, "23:45"),
    "La séance est levée à 4 heures du soir.": (None, "16:00"),
}


@pytest.mark.parametrize(("line", "hours"), HOURS.items())
def test_the_hours_of_short_minutes(line: str, hours: tuple[str, str], tmp_path: Path, grammar: Grammar) -> None:
    start, end = hours
    text = "Compte rendu du bureau du 6 février 2024\n" + ROLL + (line if start else "") + "\n" + TAIL
    found = read_minutes(tmp_path, text + ("\n" + line if end else ""), grammar).meeting
    assert (found.start_time, found.end_time) == hours


CHAIRS = {
    "M. le Président, Luc CARREL, accueille les délégués et ouvre la séance à 18h.": "Luc CARREL",
    "La commission, convoquée par M. Luc CARREL, Président, s'est réunie le 3 mars, sous sa présidence.": "Luc CARREL",
    "Résolution n° 1 : ÉLECTION DU PRÉSIDENT DE SÉANCE\nM. CARREL Luc est élu président de séance.": "Luc CARREL",
}


@pytest.mark.parametrize(("text", "chair"), CHAIRS.items())
def test_who_presides(text: str, chair: str, tmp_path: Path, grammar: Grammar) -> None:
    found = read_minutes(
        tmp_path, "PROCÈS-VERBAL de la séance du 3 mars 2023\n" + ROLL + "\n" + text + "\n" + TAIL, grammar
    )
    assert found.meeting.chair is not None
    assert found.meeting.chair.name == chair


LEADERS = {
    "Animation : Luc CARREL": "inferred",
    "Le conseil a été convoqué par le Président, M. Luc CARREL, le 2 mars.": "inferred",
    "Animation : Rémi TISSOT\nPrésident de séance : Luc CARREL": "stated",
}


@pytest.mark.parametrize(("text", "how"), LEADERS.items())
def test_who_leads_or_convenes_is_inferred_to_preside(text: str, how: str, tmp_path: Path, grammar: Grammar) -> None:
    record = read_minutes(tmp_path, "PROCÈS-VERBAL de la séance du 3 mars 2023\n" + ROLL + "\n" + text + TAIL, grammar)
    assert record.meeting.chair is not None
    assert (record.meeting.chair.name, record.evidence["/meeting/chair"].how) == ("Luc CARREL", how)


def test_an_office_among_others_tells_who_opens_the_meeting(tmp_path: Path, grammar: Grammar) -> None:
    rows = [
        "NOM\tQUALITE\tPRESENCE",
        "M. CARREL Luc\tMaire de Valmorin, Président\tPrésent",
        "M. TISSOT Rémi\tMaire\tPrésent",
    ]
    text = "Compte rendu de la séance du 3 mars 2023\n\n" + "\n".join(rows) + "\n\nM. le Président ouvre la séance.\n"
    chair = read_minutes(tmp_path, text + TAIL, grammar).meeting.chair
    assert chair is not None
    assert chair.name == "Luc CARREL"


def test_the_chair_changes_only_where_somebody_else_takes_it(tmp_path: Path, grammar: Grammar) -> None:
    head = (
        "PROCÈS-VERBAL de la séance du 3 mars 2023\n\nLe comité s'est réuni sous la présidence de M. Luc CARREL.\n"
        + ROLL
    )
    item = "\n3. Compte administratif\nM. CARREL quitte la salle. La présidence est assurée par Mme Inès BONNAY.\n"
    told = "Le compte est adopté à l'unanimité. M. CARREL rejoint la salle et reprend la présidence.\n"
    events = read_minutes(tmp_path, head + TAIL + item + told, grammar).events
    changes = [event.person.name for event in events if event.kind == "chair_change" and event.person]
    assert changes == ["Inès BONNAY", "Luc CARREL"]


def test_guests_and_those_at_the_table_in_running_text(tmp_path: Path, grammar: Grammar) -> None:
    text = (
        "PROCÈS-VERBAL DE L'ASSEMBLÉE GÉNÉRALE du 18 mars 2023\n\n"
        "À la tribune ont pris place les membres : Mme Inès BONNAY (présidente), M. Rémi TISSOT (trésorier).\n"
        "Excusée : Mme Zoé GARNIER, secrétaire.\n\n"
        "Nous honorent de leur présence M. Jules LORRAIN, maire de Valmorin, et Mme Ève PERRIN, conseillère.\n"
    )
    record = read_minutes(tmp_path, text + TAIL, grammar)
    assert {m.name: m.status for m in record.attendance.members} == {
        "Inès BONNAY": "present",
        "Rémi TISSOT": "present",
        "Zoé GARNIER": "excused",
    }
    assert [o.name for o in record.attendance.others] == ["Jules LORRAIN", "Ève PERRIN"]


def test_initials_are_spelled_out_where_the_title_does(tmp_path: Path, grammar: Grammar) -> None:
    title = "MOULINS MOREL SAS          CSE – Réunion ordinaire\n\nPROCÈS-VERBAL DU COMITÉ SOCIAL ET ÉCONOMIQUE (CSE)\n"
    meeting = read_minutes(tmp_path, title + "\nRéunion du 3 mars 2023\n" + ROLL + TAIL, grammar).meeting
    assert meeting.body.name == "Comité social et économique"
    assert (meeting.organization.name, meeting.organization.kind) == ("MOULINS MOREL", "societe")


@pytest.mark.parametrize(
    ("heads", "counts", "told"),
    [
        ("En exercice Présents Pouvoirs Votants", "15 12 2 14", (15, 12, 2, 14)),
        ("Nombre de membres\nEn exercice Présents Votants", "15\t12\t12", (15, 12, None, 12)),
        (
            "Afférents au En exercice Qui ont pris\nconseil part au vote",
            "15 14 11",
            (14, None, None, 11),
        ),
        ("Présents En exercice Votants", "15 12 2", (None, None, None, None)),
        ("En exercice Présents Votants", "15 12", (None, None, None, None)),
    ],
)
def test_counts_under_heads_that_nothing_parts(
    tmp_path: Path, grammar: Grammar, heads: str, counts: str, told: tuple[int | None, ...]
) -> None:
    head = f"COMMUNE DE VALMORIN\nPROCÈS-VERBAL DU CONSEIL MUNICIPAL\nSéance du 4 mars 2024\n\n{heads}\n{counts}\n"
    stated = read_minutes(tmp_path, head + ROLL + TAIL, grammar).attendance.stated
    assert (stated.in_office, stated.present, stated.represented, stated.voting) == told


LETTERHEADS = {
    "MAIRIE\nde\nSAINT-AUBRY\n": ("SAINT-AUBRY", "commune"),
    "LES AMIS DU LAVOIR\nAssociation loi 1901 - Siège social : Valmorin\n": ("LES AMIS DU LAVOIR", "association"),
}


@pytest.mark.parametrize("letterhead", LETTERHEADS)
def test_the_organization_over_two_or_three_lines(letterhead: str, tmp_path: Path, grammar: Grammar) -> None:
    body = "assemblée générale" if "AMIS" in letterhead else "conseil municipal"
    text = f"{letterhead}\nProcès-verbal de la réunion du {body} du 3 mars 2020\n\nPrésidée par M. Luc CARREL.\n"
    found = read_minutes(tmp_path, text + ROLL + TAIL, grammar).meeting.organization
    assert (found.name, found.kind) == LETTERHEADS[letterhead]


def test_a_value_below_its_label_is_read_where_lines_are_whole_paragraphs(tmp_path: Path, grammar: Grammar) -> None:
    long = (
        "Le maire rappelle que les travaux ont été reportés à plusieurs reprises et que les riverains attendent. " * 3
    )
    text = f"""PROCÈS-VERBAL

Date de la convocation :

26 avril 2021

L'an deux mille vingt et un, le trois mai à 18 heures, le conseil municipal de Valmorin s'est réuni à la mairie.

Étaient présents : M. Paul MOREL, Mme Anne ROUX

{long}

{long}

{long}

La séance est levée à 20 heures.
"""
    assert read_minutes(tmp_path, text, grammar).meeting.convocation_date == "2021-04-26"


def test_the_next_meeting_is_not_this_one(tmp_path: Path, grammar: Grammar) -> None:
    head = "Mairie de Valmorin\nConseil municipal du 18/06/2019 - compte rendu affiché le 24/06/2019\n"
    record = read_minutes(tmp_path, head + ROLL + TAIL + "\nFin : 22h50. Prochain CM le 17 septembre.\n", grammar)
    assert (str(record.meeting.date), record.meeting.end_time) == ("2019-06-18", "22:50")
    assert record.deliberations


ACTS = (
    "Attribution du marché de voirie",
    "Subvention aux parents d'élèves",
    "Tarifs de la salle",
    "Convention d'énergie",
)


def paged_acts(head: str, *, carried_on: bool = False) -> str:
    """Minutes in which each act has a page of its own, or two, under a head."""
    opening = (
        "COMMUNE DE VALBRUNE\nPROCÈS-VERBAL DU CONSEIL MUNICIPAL\nSéance du 14 mars 2024\n\nPrésents : Mme Anne ROUX.\n"
    )
    pages = [opening]
    for number, title in enumerate(ACTS, 42):
        above = f"{head.format(number)}\n\n"
        over = f"\f{above}" if carried_on else ""
        pages.append(
            f"{above}Objet : {title}\n\nMadame le maire expose la question à l'assemblée.\n\n{over}"
            "Le conseil municipal, après en avoir délibéré, à l'unanimité, décide d'approuver le projet.\n"
        )
    return "\f".join(pages)


@pytest.mark.parametrize("carried_on", [False, True])
def test_the_number_of_an_act_that_only_heads_its_pages_is_kept(
    tmp_path: Path, grammar: Grammar, carried_on: bool
) -> None:
    record = read_minutes(tmp_path, paged_acts("Délibération n° D2024-0{}", carried_on=carried_on), grammar)
    assert [(d.reference, d.title) for d in record.deliberations] == [
        (f"D2024-0{number}", title) for number, title in enumerate(ACTS, 42)
    ]


@pytest.mark.parametrize("head", ["Feuillet n° 2024/0{}", "Conseil municipal du 14 mars 2024 - page {}"])
def test_numbers_of_pages_are_those_of_no_act(tmp_path: Path, grammar: Grammar, head: str) -> None:
    record = read_minutes(tmp_path, paged_acts(head), grammar)
    assert [(d.reference, d.title) for d in record.deliberations] == [(None, title) for title in ACTS]
