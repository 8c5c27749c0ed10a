"""Names in their parts, and who can be whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.members.names import read_name, same_person, split_honorific

GIVEN = ["Élise", "Jean-Marc", "Noé", "Marie Anne"]
FAMILY = ["VAUTRELIN", "DE LA BRUNIÈRE", "D'ORSENNE", "SAINT-AUBRY", "LE GOFFANT"]
NAMES = st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@given(NAMES, st.sampled_from(["", "M. ", "Madame ", "Mme ", "Monsieur ", "Mlle "]))
def test_capitals_tell_the_family_name_wherever_it_stands(name, honorific):
    given_name, family = name
    for written in (f"{honorific}{given_name} {family}", f"{honorific}{family} {given_name}"):
        read = read_name(written)
        assert (read.given, read.family) == (given_name, family)
        assert read.full == f"{given_name} {family}"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("M. Laurent Vautrelin", ("M.", "Laurent", "Vautrelin")),
        pytest.param(
            "Mme de La Brunière",
            ("Mme", None, "de La Brunière"),
        ),
        ("Monsieur VAUTRELIN", ("M.", None, "VAUTRELIN")),
        ("Vautrelin", (None, None, "Vautrelin")),
        ("Anne de Brunière", (None, "Anne", "de Brunière")),
        ("VAUTRELIN ÉLISE", (None, None, None)),
        ("  Mme   Élise\n VAUTRELIN ,", ("Mme", "Élise", "VAUTRELIN")),
    ],
)
def test_parts_of_a_name(written, parts):
    name = read_name(written)
    assert (name.honorific, name.given, name.family) == parts


def test_a_name_whose_parts_cannot_be_told_stays_as_written():
    assert read_name("VAUTRELIN ÉLISE").full == "VAUTRELIN ÉLISE"


@pytest.mark.parametrize(
    ("written", "honorific"),
    [
        ("Monsieur le Maire", "M."),
        ("Mmes VAUTRELIN", "Mme"),
        ("Mlle Orsel", "Mlle"),
        ("Maître Orsel", "Me"),
        ("l'abbé ORSEL", "abbé"),
        ("M. le comte de Vautrelin", "M."),
        ("M. le docteur Orsel", "Dr"),
        ("M", None),
        ("Monsieur et Madame ORSEL", None),
        ("Marc ORSEL", None),
    ],
)
def test_honorifics(written, honorific):
    assert split_honorific(written)[0] == honorific


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Monsieur VAUTRELIN", "Laurent Vautrelin"),
        ("VAUTRELIN Laurent", "M. Laurent VAUTRELIN"),
        ("L. VAUTRELIN", "Laurent Vautrelin"),
        ("Élise SAINT-AUBRY", "Elise Saint Aubry"),
        ("Mme VAUTRELlN", "Élise VAUTRELIN"),
        ("M. de la Brunière", "Noé DE LA BRUNIÈRE"),
    ],
)
def test_who_can_be_one_person(a, b):
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Élise VAUTRELIN", "Noé VAUTRELIN"),
        ("M. VAUTRELIN", "M. ORSENNE"),
        ("N. VAUTRELIN", "Élise VAUTRELIN"),
        ("Noé ROY", "Noé ROI"),
        ("M.", "M. VAUTRELIN"),
        ("", ""),
    ],
)
def test_who_cannot(a, b):
    assert not same_person(a, b)
    assert not same_person(b, a)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    assert read_name(text).full is not None
    assert same_person(text, text) in (True, False)
