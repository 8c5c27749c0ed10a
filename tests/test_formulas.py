"""The words of formulas are mended in damaged texts; names and words of French are left alone."""

import pytest

from pv_extract.normalisation.damage import shows_damage
from pv_extract.repair.formulas import formula_edits


def mended(text):
    """The text with its repairs."""
    for edit in sorted(formula_edits(text), reverse=True):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Étaient présenls :", "Étaient présents :"),
        ("adopté à l'unanimilé", "adopté à l'unanimité"),
        ("Le Cons eil municipal, après en avoir dél ibéré", "Le Conseil municipal, après en avoir délibéré"),
        ("Délibératio n° 4", "Délibération n° 4"),
        ("Commi55ion des finances", "Commission des finances"),
    ],
)
def test_a_broken_word_of_a_formula_is_read(read, printed):
    assert mended(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "M. Contrel et Mme Présant",
        "Ghislaine Courdier, Paul Voirant",
        "la présentation des compteurs",
        "les parcelles sont enclavées",
    ],
)
def test_names_and_words_are_left_alone(text):
    assert mended(text) == text


def test_a_sound_text_shows_no_damage():
    sound = "Le conseil municipal, après en avoir délibéré, approuve le budget de la commune pour cette année. " * 5
    broken = "Lc conscil rnunicipal, apiès cn avoir dclibéié, appiouve lc budqet dc la cornmune poui ccttc annéc. " * 5
    assert not shows_damage(sound, 0)
    assert shows_damage(broken, 0)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("a été nommé s e erétaire de séance", "a été nommé secrétaire de séance"),
        ("Mon,5ieur CLÉCOURT, déléqiié titulairo", "Monsieur CLÉCOURT, délégué titulaire"),
        ("adopté à luuanimité", "adopté à l'unanimité"),
        ("CONSEII MIJNICIPAL", "CONSEIL MUNICIPAL"),
        ("Didier Monsiour PELOIN", "Didier Monsieur PELOIN"),
    ],
)
def test_a_word_of_a_formula_may_be_broken_in_several_places(read, printed):
    assert mended(read) == printed


@pytest.mark.parametrize("text", ["MARCHET Paul", "Paul JUVIN, MOREL", "M. CORRIER", "à 8heures", "I'évolution"])
def test_names_in_capitals_and_numbers_run_together_are_left_alone(text):
    assert mended(text) == text
