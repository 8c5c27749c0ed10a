"""What damaged texts prove by themselves is mended: labels, honorifics, names that come back. Clean texts are not."""

import pytest

from conftest import mended
from pv_extract.members.people import bracket_map
from pv_extract.normalisation.damage import shows_damage
from pv_extract.repair.given_names import given_name_edits
from pv_extract.repair.honorifics import honorific_edits
from pv_extract.repair.item_numbers import item_number_edits
from pv_extract.repair.labels import label_edits
from pv_extract.repair.likeness import cost
from pv_extract.repair.marks import mark_edits
from pv_extract.repair.phrases import phrase_edits
from pv_extract.repair.recurrence import recurrence_edits
from pv_extract.repair.titles import title_edits


def test_what_ocr_takes_for_another_letter_costs_less_than_any_other_letter():
    assert cost("rnernbre", "membre") < cost("lettre", "membre")
    assert cost("8heures", "heures") > cost("eheures", "heures")


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Etaiouf presents :", "Étaient présents :"),
        ("Ba`icnt présents :", "Étaient présents :"),
        ("Membre5p`iê5ents : 12", "Membres présents : 12"),
        ("Présents ;", "Présents :"),
        ("En exercice: 26, Présents: 2G", "En exercice: 26, Présents: 26"),
        ("Pout : 19", "Pour : 19"),
        ("Membrcs cn excrcice lO", "Membres en exercice : 10"),
        ("Procuration5 . 1 | votants : 25", "Procurations : 1 | votants : 25"),
        ("Étaierife~xcusés : Madame ROUX", "Étaient excusés : Madame ROUX"),
    ],
)
def test_a_broken_label_is_read(read, printed):
    assert mended(read, label_edits) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Centre : 12",
        "Tour : 3",
        "Le budget primitif : 12",
        "Contrat. Le maire expose",
        "Étaient présents MM. Morel, Roux",
        "Pour : 12 / Contre : 0",
        "Présents. Le maire ouvre la séance.",
        "30 voix pour, 11 voix contre, 3 abstentions.",
    ],
)
def test_other_words_before_a_count_are_no_labels(text):
    assert mended(text, label_edits) == text


LIST = "Présents : Madame BOISAC Anne, Monsieur GOULREL Bruno, Monsieur Didier TREMROT\n"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Madame B0ISAC s'en va. Madame BOISAC revient.", "Madame BOISAC s'en va. Madame BOISAC revient."),
        ("Monsieur GO ULREL le dit, Monsieur GOULREL aussi.", "Monsieur GOULREL le dit, Monsieur GOULREL aussi."),
        ("GO ULREL Bruno, M. Boisac et Mme BOI SAC Anne", "GOULREL Bruno, M. Boisac et Mme BOISAC Anne"),
        ("DidietT KEMROT dit que Didier TREMROT est là.", "Didier TREMROT dit que Didier TREMROT est là."),
    ],
)
def test_a_broken_name_is_read_as_the_document_writes_it_elsewhere(read, printed):
    assert mended(LIST + read, recurrence_edits) == LIST + printed


@pytest.mark.parametrize(
    "text",
    [
        "Anne MORET, Jean MOREL, Luc ROUX\nM. MOREL, M. ROUX et M. MOREL votent contre.",
        "Présents : MARTEL Luc, MARTEAU Luc\nM. MARTEL parle. M. MARTEL se tait.",
        "M. LE MAUR, Mme LEMAUR\nAnne VAN HOEC, VANHOEC",
        "SAINT ROUX Luc\nM. BEAU CHENU et Mme CHENU, BEAUCHENU",
        "M. FARARD et FABARDEL\nM. FABARDEL parle, puis M. FABARDEL se tait.",
    ],
)
def test_two_people_of_nearly_one_name_stay_two(text):
    assert mended(text, recurrence_edits) == text


def test_an_honorific_is_read_as_the_document_writes_it():
    usual = "- Mme ROUX\n- Mme VIAL\n- Mme BEL\n- M. FABRE\n- M. MOREL\n- M. PRAT\n"
    assert mended(usual + "- Nrnc SIREL\n- M , NIVET", honorific_edits) == usual + "- Mme SIREL\n- M. NIVET"


@pytest.mark.parametrize("line", ["- Max ROUX", "- LE ROUX Anne", "- Nina ROUX", "- N. ROUX et B. VIAL"])
def test_what_may_be_a_given_name_is_no_honorific(line):
    usual = "- Mme ROUX\n- Mme VIAL\n- Mme BEL\n- M. FABRE\n- M. MOREL\n- M. PRAT\n"
    assert mended(usual + line, honorific_edits) == usual + line


def test_a_bracket_that_is_not_closed_hides_nobody():
    text = "ROUX (Valmorin ; VIAL (Saint-Aubry) ; BEL"
    assert bracket_map(text)[text.index("VIAL")] is False
    assert bracket_map(text)[text.index("Saint")] is True


def test_few_strange_words_show_damage_only_beside_broken_formulas():
    sound = "Le conseil municipal approuve le budget de la commune. " * 30
    assert not shows_damage(f"{sound} Le frprt des pcvk est lu.", 0)
    assert shows_damage(f"{sound} Il est adnpté à l'unanirnité par le conseii niunicipal.", 0)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Olivici ROCHE", "Olivier ROCHE"),
        ("CALARD Coririne", "CALARD Corinne"),
        ("Doniel JANAULT", "Daniel JANAULT"),
    ],
)
def test_a_broken_given_name_beside_a_family_name_is_read(read, printed):
    assert mended(read, given_name_edits) == printed


@pytest.mark.parametrize(
    "text", ["Quentine ROUX", "Aymerick ROUX", "Maryvonne ROUX", "Nolwen LE BRAS", "Mairie VALMORIN", "Morvan Kadel"]
)
def test_rare_given_names_and_other_words_stay(text):
    assert mended(text, given_name_edits) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("RA8ATER, N0RNOIX", "RABATER, NORNOIX"),
        ("M. BEL {VALMORIN}", "M. BEL (VALMORIN)"),
        ("Vice—Présidence", "Vice-Présidence"),
        ("Paul MOREL + Anne ROUX - Luc PETIT", "Paul MOREL - Anne ROUX - Luc PETIT"),
        ("‘7.1 - Principe\n| M. Morel\nb}. Affouage", "7.1 - Principe\nM. Morel\nb) Affouage"),
        ("M. HenriBALVON", "M. Henri BALVON"),
        ("M. NADELn'a pas pris part au vote", "M. NADEL n'a pas pris part au vote"),
        ("Tarifs\t{[D-2021-056]", "Tarifs\t[D-2021-056]"),
        ("Budget (D-2021-054]", "Budget [D-2021-054]"),
        ("PR|ÉSENTS", "PRÉSENTS"),
    ],
)
def test_signs_among_letters_are_read_as_letters_or_as_nothing(read, printed):
    assert mended(read, mark_edits) == printed


@pytest.mark.parametrize(
    "text", ["COVID19", "D2009-090", "CO2, A4, M57", "parcelle AB 842", "L2121-15", "a | b", "(voir [1])"]
)
def test_figures_of_codes_stay(text):
    assert mended(text, mark_edits) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Adoption du procès-verbal dé|a reunion du 9 mai", "Adoption du procès-verbal de la réunion du 9 mai"),
        ("M. BABEL o èfé  u0mmé secrétaire de séance.", "M. BABEL a été nommé secrétaire de séance."),
        ("Le compte rendu de lo séance du 26 mars est lu.", "Le compte rendu de la séance du 26 mars est lu."),
        ("par 29 voix pour, 1 voix cont ie", "par 29 voix pour, 1 voix contre"),
        ("il s'abslicnt", "il s'abstient"),
    ],
)
def test_the_little_words_of_a_broken_phrase_are_read_with_it(read, printed):
    assert mended(read, phrase_edits) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Le procès-verbal de la session du 4 mai est approuvé",
        "M. LEROUX quitte la salle à 14h15",
        "La séance du 12 mai est reportée",
        "Elle vote contre, Mme Prxnat pour.",
    ],
)
def test_phrases_in_other_words_stay(text):
    assert mended(text, phrase_edits) == text


AGENDA = "- Désignation des représentants aux organismes extérieurs\n- Cession du lot n° 1 de la zone\n"


def test_a_broken_title_is_read_as_its_other_copy_says():
    broken = "6/ Désignati0u o iép résentants aux organismes extérieurs"
    assert mended(AGENDA + broken, title_edits).endswith("6/ Désignation des représentants aux organismes extérieurs")


@pytest.mark.parametrize("line", ["7/ Cesslon du lot n° 2 de lq zone", "Il parle de la désignatiou de représentants."])
def test_another_title_is_not_taken_for_it(line):
    assert mended(AGENDA + line, title_edits) == AGENDA + line


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1. H. III. W. V. VI. VI. VIH.", "I. II. III. IV. V. VI. VII. VIII."),
        ("5. 51 52 5.3 6. 6.1 7. 74", "5. 5.1 5.2 5.3 6. 6.1 7. 7.1"),
        ("1/ 2/ 3 4/", "1/ 2/ 3/ 4/"),
        ("9) 1O) 11)", "9) 10) 11)"),
    ],
)
def test_a_broken_number_is_the_one_that_is_due(read, printed):
    titles = ("EAU", "ÉCOLES", "VŒU", "RUES", "TAXES", "HOSPICE", "FORÊTS", "AFFAIRES DIVERSES")
    before, after = ("\n".join(map("{} {}".format, numbers.split(), titles)) for numbers in (read, printed))
    assert mended(before, item_number_edits) == after


@pytest.mark.parametrize(
    "text",
    [
        "1. Budget\n2. Tarifs\n31 Décembre 2020\n3. Voirie",
        "I. Finances\nM. Morel présente le budget\nII. Voirie",
        "1. Budget\n2. Tarifs\n4. Voirie",
        "1. Budget\n2. Tarifs\n1. Un point\n2. Un autre\n3. Voirie",
        "5. Budget\n51 Rue du Moulin\n6. Voirie",
        "S. Roux\nB. Morel\nG. Petit",
    ],
)
def test_a_number_that_is_not_due_stays(text):
    assert mended(text, item_number_edits) == text
