"""Lists of deliberations laid out as tables: each row is an item, its vote told by a cell and its head."""

import pytest

from conftest import read_minutes

HEAD = "COMMUNE DE VALBRUNE\n\nLISTE DES DÉLIBÉRATIONS EXAMINÉES PAR LE CONSEIL MUNICIPAL\n\nSéance du 14 mars 2024\n\n"
FOOT = "\nListe affichée à la mairie le 20 mars 2024\n"


def decided(tmp_path, grammar, *rows):
    return read_minutes(tmp_path, HEAD + "".join("\t".join(row) + "\n" for row in rows) + FOOT, grammar)


def votes(record):
    return [(d.vote.outcome, d.vote.manner, d.vote.for_, d.vote.against) for d in record.deliberations]


def test_counts_are_told_by_the_heads_of_their_columns(tmp_path, grammar):
    record = decided(
        tmp_path,
        grammar,
        ("Numéro", "Objet de la délibération", "Pour", "Contre", "Abstention"),
        ("D2024-021", "Vote des taux d'imposition", "13", "0", "1"),
        ("D2024-022", "Acquisition de la parcelle AB 112", "3", "9", "2"),
    )
    assert [(d.reference, d.title) for d in record.deliberations] == [
        ("D2024-021", "Vote des taux d'imposition"), ("D2024-022", "Acquisition de la parcelle AB 112"),
    ]  # fmt: skip
    assert votes(record) == [("adopted", None, 13, 0), ("rejected", None, 3, 9)]
    assert [d.vote.abstentions for d in record.deliberations] == [1, 2]
    assert (record.meeting.document_kind, str(record.meeting.date)) == ("liste_des_deliberations", "2024-03-14")


@pytest.mark.parametrize(
    ("head", "cell", "vote"),
    [
        ("Résultat du vote", "Favorable", ("adopted", None, None, None)),
        ("Résultat du vote", "Défavorable", ("rejected", None, None, None)),
        ("Vote", "Unanimité", ("adopted", "unanimity", None, None)),
        ("Décision", "Ajournée", ("postponed", None, None, None)),
        ("Décision", "Retirée de l'ordre du jour", ("withdrawn", None, None, None)),
        ("Sens du vote", "Pour à l'unanimité", ("adopted", "unanimity", None, None)),
        ("Avis", "Défavorable", ("unfavourable_opinion", None, None, None)),
        ("Décision", "Prend acte", ("noted", None, None, None)),
        ("Vote", "Majorité (12 pour, 2 contre)", ("adopted", "majority", 12, 2)),
        ("Décision du conseil", "Pour : 26", ("adopted", None, 26, None)),
        (
            "Décision du conseil",
            "Anne ROUX désignée à l'unanimité, le conseil ayant renoncé au scrutin secret",
            ("adopted", "unanimity", None, None),
        ),
    ],
)
def test_a_word_is_a_vote_under_its_head(tmp_path, grammar, head, cell, vote):
    record = decided(
        tmp_path, grammar, ("N°", "Intitulé", head), ("1", "Tableau des effectifs", cell), ("2", "Voirie", "Adoptée")
    )
    assert votes(record) == [vote, ("adopted", None, None, None)]
    assert record.deliberations[0].number == "1"


def test_numbers_before_titles_rapporteurs_and_the_approval_of_minutes(tmp_path, grammar):
    record = decided(
        tmp_path,
        grammar,
        ("Ordre du jour", "Rapporteur", "Vote"),
        ("1 - Compte rendu de la séance du 12 février 2024", "M. RENAUDIN", "Approuvé"),
        ("2 - Création d'un emploi", "Mme TAVERNIER", "Unanimité"),
        ("FINANCES",),
        ("3 - Demande de subvention", "M. MARCELLIN", "Majorité"),
        ("4 - Informations diverses", "Mme FARGEOT", ""),
    )
    assert [(d.number, d.title, d.rapporteur.name) for d in record.deliberations] == [
        ("2", "Création d'un emploi", "TAVERNIER"), ("3", "Demande de subvention", "MARCELLIN"),
    ]  # fmt: skip
    assert [str(approval.meeting_date) for approval in record.approvals] == ["2024-02-12"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Association", "Montant voté"), ("Club de pêche", "350,00"), ("Chorale", "200,00")],
        [("Chapitre", "Libellé", "Vote"), ("011", "Charges générales", "12 500,00"), ("012", "Personnel", "8 000,00")],
        [("Dossier", "Nature de la demande", "Décision"), ("24-031", "Impayé d'énergie", "Refus")],
        [("Date", "Objet", "Décision"), ("03/02", "Ligne de trésorerie", "Signature du contrat avec la banque")],
    ],
)
def test_other_tables_tell_no_vote(tmp_path, grammar, rows):
    assert decided(tmp_path, grammar, *rows).deliberations == ()


def test_evidence_leads_to_the_cell(tmp_path, grammar):
    record = decided(tmp_path, grammar, ("N°", "Objet", "Pour", "Contre"), ("7", "Budget primitif", "9", "4"))
    assert str(record.meeting.date) == "2024-03-14"
    quotes = {pointer: found.quote for pointer, found in record.evidence.items() if "/vote/" in pointer}
    assert quotes["/deliberations/0/vote/for"] == "9" and quotes["/deliberations/0/vote/against"] == "4"
