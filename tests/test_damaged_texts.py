"""What damaged texts prove by themselves is mended: labels, honorifics, names that come back. Clean texts are not."""

import pytest

from pv_extract.normalisation import shows_damage
from pv_extract.people import bracket_map
from pv_extract.repair.honorifics import honorific_edits
from pv_extract.repair.labels import label_edits
from pv_extract.repair.likeness import cost
from pv_extract.repair.recurrence import recurrence_edits


def mended(text, repairs):
    """The text with its repairs, made from the last to the first."""
    for edit in sorted(repairs(text), reverse=True):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text


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
        "M. FARARD et FABARDEL\nM. FABARDEL parle, puis M. FABARDEL se tait.",
    ],
)
def test_two_people_of_nearly_one_name_stay_two(text):
    assert mended(text, recurrence_edits) == text


def test_an_honorific_is_read_as_the_document_writes_it():
    usual = "- Mme ROUX\n- Mme VIAL\n- Mme BEL\n- M. FABRE\n- M. MOREL\n- M. PRAT\n"
    assert (
        mended(usual + "- Nrnc SIREL {PRAT}\n- M , NIVET", honorific_edits) == usual + "- Mme SIREL (PRAT)\n- M. NIVET"
    )


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
