"""What thin type and low resolution do to minutes: bullets, frames, commas, low lines, months, numbers in chapters."""

import pytest

from conftest import mended
from pv_extract.repair.chapter_numbers import chapter_number_edits
from pv_extract.repair.dates import month_edits
from pv_extract.repair.given_names import given_name_edits
from pv_extract.repair.item_numbers import item_number_edits
from pv_extract.repair.labels import label_edits
from pv_extract.repair.line_edges import line_edge_edits
from pv_extract.repair.marks import mark_edits
from pv_extract.repair.register_numbers import register_number_edits
from pv_extract.repair.stops import stop_edits


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("+ Toiture de la halle\n* Chemin creux\n. Divers", "- Toiture de la halle\n- Chemin creux\n- Divers"),
        ("¢ M. Aubin\n° Mme Serre", "- M. Aubin\n- Mme Serre"),
        ("- Voirie\ne Budget du lavoir", "- Voirie\n- Budget du lavoir"),
        ("« Budget annexe\n+ Voirie", "- Budget annexe\n- Voirie"),
        ("| DÉLIBÉRATION N° 4\t|\n| TARIFS DU LAVOIR |", "DÉLIBÉRATION N° 4\nTARIFS DU LAVOIR"),
    ],
)
def test_bullets_and_frames_are_told_from_letters_and_signs(read, printed):
    assert mended(read, line_edge_edits) == printed


@pytest.mark.parametrize(
    "text", ["+ 3 500 €", "e Budget seul", "« Budget annexe »\n- Voirie", "| a | b |", "*Arrivée à 20 h", "M. Aubin"]
)
def test_what_is_no_bullet_stays(text):
    assert mended(text, line_edge_edits) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Le Conseil. après en avoir délibéré.\ndécide", "Le Conseil, après en avoir délibéré,\ndécide"),
        ("L'an deux mille vingt. le trois mai", "L'an deux mille vingt, le trois mai"),
        ("Mme ARNAUD. M. BRIAND. Mme Lise COLIN", "Mme ARNAUD, M. BRIAND, Mme Lise COLIN"),
        ("Adopté, 3 abstentions (Mme ARNAUD. M. BRIAND)", "Adopté, 3 abstentions (Mme ARNAUD, M. BRIAND)"),
        ("contre (B. COLIN. Q. ÉVRAIN, A. JACOT)", "contre (B. COLIN, Q. ÉVRAIN, A. JACOT)"),
        ("sous la présidence de Jean MOREL. Maire", "sous la présidence de Jean MOREL, Maire"),
        ("M. MOREL s'étant retiré. Mme COLIN préside", "M. MOREL s'étant retiré, Mme COLIN préside"),
        ("Léa ROUX (pouvoir à Luc AUBE). Jean MOREL (absent)", "Léa ROUX (pouvoir à Luc AUBE), Jean MOREL (absent)"),
        ("Mme COLIN Lise. 1ère adjointe", "Mme COLIN Lise, 1ère adjointe"),
        ("COLIN Paul. M. BRIAND Luc", "COLIN Paul, M. BRIAND Luc"),
        ("Mme Lise COLIN, bourgmestre :\nMM. Paul AUBE", "Mme Lise COLIN, bourgmestre ;\nMM. Paul AUBE"),
    ],
)
def test_full_stops_and_colons_that_were_commas_and_semicolons(read, printed):
    assert mended(read, stop_edits) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Étaient. présents :\nM. Paul MOREL",
        "La séance est levée. Le maire remercie",
        "les art. deux et trois, av. du Port",
        "Il remercie Mme COLIN. M. BRIAND demande la parole et la garde longtemps",
        "III. ENVIRONNEMENT",
        "rapporteur M. Paul COLIN. Le conseil approuve",
        "M. le Maire propose :",
        "Mme COLIN demande ce qui suit :",
    ],
)
def test_full_stops_and_colons_that_are_some_stay(text):
    assert mended(text, stop_edits) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("3 avrii 2019", "3 avril 2019"),
        ("12 JANVLER 2020", "12 JANVIER 2020"),
        ("le 1er decemhre 1998", "le 1er décembre 1998"),
    ],
)
def test_a_broken_word_between_day_and_year_is_the_month_that_it_is_near(read, printed):
    assert mended(read, month_edits) == printed


@pytest.mark.parametrize("text", ["12 habitants 2019", "5 logements 2021", "3 mai 2019", "2 mots 2020"])
def test_other_words_between_numbers_stay(text):
    assert mended(text, month_edits) == text


def test_low_lines_of_register_numbers_are_proven_by_the_others():
    read = "2022_02_01 - Comptes\n2022 02.02 - Tarifs\n2022 0203 - Voirie\nle 2022 05 17"
    assert mended(read, register_number_edits) == read.replace("2022 02.02", "2022_02_02").replace(
        "2022 0203", "2022_02_03"
    )
    assert mended(read.replace("_", " "), register_number_edits) == read.replace("_", " ")


def test_a_chapter_s_number_is_read_in_those_of_its_items():
    read = (
        "II. FINANCES\n11.1 - Tarifs du lavoir\nl1.2 - Emprunt du moulin\nIII. VOIRIE\nIII.1 - Chemin creux\n4.1 - Pont"
    )
    assert mended(read, chapter_number_edits) == read.replace("11.1", "II.1").replace("l1.2", "II.2")
    other = "II. FINANCES\n11.1 - Tarifs du lavoir\n11.2 - Emprunt du moulin"
    assert mended(other, chapter_number_edits) == other


def test_items_of_roman_chapters_are_numbered_by_what_follows_what():
    read = (
        "1.1 - Comptes\n1.2 - Tarifs\n11.1\tEmprunt\n11.1 - Chemin creux\n111.2 - Lavoir\n"
        "IV.1 - Recensement\nV.1 - Divers"
    )
    printed = read.replace("11.1 - C", "III.1 - C").replace("111.", "III.").replace("11.1\t", "II.1\t")
    assert mended(read, chapter_number_edits) == printed.replace("1.1 - Co", "I.1 - Co").replace("1.2 - T", "I.2 - T")


@pytest.mark.parametrize(
    "text",
    [
        "1.1 - Comptes\n1.2 - Tarifs\n2.1 - Emprunt\n11.1 - Chemin creux",
        "11.1 - Comptes\n11.2 - Tarifs\nIV.1 - Emprunt",  # chapter II or III
        "I.1 - Comptes\n1.1 - Lavoir\n1.2 - Four\nII.1 - Emprunt\n7.4 - Pont\nIII.1 - Voirie",
    ],
)
def test_numbers_of_items_that_may_be_others_stay(text):
    assert mended(text, chapter_number_edits) == text


def test_a_number_that_the_agenda_has_over_the_same_title_is_sound():
    text = "IV. Tarifs\nIV.1 Lavoir\nV. Emprunt\nVI. Divers\n12 Sortie d'inventaire\nIV.1 Lavoir\nVI. Divers"
    assert mended(text, item_number_edits) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("à Yann AUBIN, isabelle SERRE à Luc ROUX", "à Yann AUBIN, Isabelle SERRE à Luc ROUX"),
        ("pouvoir à sylvie SERRE", "pouvoir à Sylvie SERRE"),
        ("la rue, pierre TAILLÉE", "la rue, pierre TAILLÉE"),
    ],
)
def test_given_names_that_lost_their_capital(read, printed):
    assert mended(read, given_name_edits) == printed


def test_a_stop_between_a_name_and_its_comma_is_a_speck():
    assert mended("M. Luc SERRE., qui sort, etc., signe", mark_edits) == "M. Luc SERRE, qui sort, etc., signe"


def test_a_speck_before_a_label_in_capitals_is_taken_off():
    assert mended("‘ABSENTS : Mme Serre\n'Ajournée", mark_edits) == "ABSENTS : Mme Serre\nAjournée"


def test_bars_and_small_letters_are_strokes_of_a_chapter_s_number():
    read = "| Comptes\nIl Tarifs\nil Emprunt\nIV Voirie\nV Divers"
    assert mended(read, item_number_edits) == "I Comptes\nII Tarifs\nIII Emprunt\nIV Voirie\nV Divers"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("O KORE DU JOUR\n1. Voirie", "ORDRE DU JOUR\n1. Voirie"),
        ("L'ordre du jour est le sulvant :", "L'ordre du jour est le suivant :"),
        ("VOTENT POUR 6475", "VOTENT POUR : 6475"),
        ("Abstention : Q", "Abstention : 0"),
    ],
)
def test_labels_without_their_marks_and_long_ones_are_read(read, printed):
    assert mended(read, label_edits) == printed


@pytest.mark.parametrize("text", ["Ordre des avocats", "ORDINATEURS DU JOURNAL", "Membres de l'école", "Budget 6475"])
def test_lines_that_are_no_labels_stay(text):
    assert mended(text, label_edits) == text
