"""The offset map: whatever is edited, every character knows its source."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.text import AlignedText, Edit, Span
from pv_extract.words import Box, Word, Words

LETTERS = st.text("abcdé \n", max_size=60)


@st.composite
def edits_of(draw, length):
    """Edits that are apart and not empty, in any order."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pieces = [Span(a, b) for a, b in pairwise(edges)]
    chosen = [piece for piece in pieces if draw(st.booleans())]
    return draw(st.permutations([Edit(span, draw(st.text("XYZ", max_size=4)), "rule") for span in chosen]))


@st.composite
def edited(draw):
    """A text, and the same after one to three rounds of edits."""
    source = draw(LETTERS)
    text = AlignedText.of(source)
    for _ in range(draw(st.integers(1, 3))):
        text = text.edit(draw(edits_of(len(text.text))))
    return source, text


@given(LETTERS)
def test_a_text_is_aligned_with_itself(source):
    text = AlignedText.of(source)
    assert all(text.source_span(Span(i, i + 1)) == (i, i + 1) for i in range(len(source)))
    assert text.edit([]) is text


@given(edited())
def test_every_character_has_a_place_in_the_source_and_places_only_advance(pair):
    source, text = pair
    assert len(text.starts) == len(text.ends) == len(text.text)
    assert all(0 <= a < b <= len(source) for a, b in zip(text.starts, text.ends, strict=True))
    assert all(a <= b for a, b in pairwise(text.starts))
    assert all(a <= b for a, b in pairwise(text.ends))


@given(edited())
def test_letters_that_no_edit_made_are_those_of_the_source(pair):
    source, text = pair
    for character, start, end in zip(text.text, text.starts, text.ends, strict=True):
        if character not in "XYZ":
            assert source[start:end] == character


@given(LETTERS.flatmap(lambda source: st.tuples(st.just(source), edits_of(len(source)))))
def test_one_round_of_edits_replaces_just_those_spans(case):
    source, edits = case
    expected, at = "", 0
    for span, after, *_ in sorted(edits):
        expected, at = expected + source[at : span.start] + after, span.end
    text = AlignedText.of(source).edit(edits)
    assert text.text == expected + source[at:]
    assert [(c.span, c.before, c.after) for c in text.edits] == [
        (e.span, e.span.of(source), e.after) for e in sorted(edits)
    ]


@given(edited(), st.data())
def test_the_source_of_a_span_covers_the_sources_of_its_parts(pair, data):
    _, text = pair
    if len(text.text) < 2:
        return
    start = data.draw(st.integers(0, len(text.text) - 2))
    end = data.draw(st.integers(start + 2, len(text.text)))
    cut = data.draw(st.integers(start + 1, end - 1))
    whole = text.source_span(Span(start, end))
    assert whole == (
        text.source_span(Span(start, cut)).start,
        text.source_span(Span(cut, end)).end,
    )


def test_corrections_of_later_rounds_speak_of_the_source():
    text = AlignedText.of("la ﬁbre optlque").edit([Edit(Span(3, 4), "fi", "ligature")])
    text = text.edit([Edit(Span(12, 13), "i", "ocr")])
    assert text.text == "la fibre optique"
    assert [c.span for c in text.edits] == [(3, 4), (11, 12)]


def test_an_edit_that_keeps_the_length_keeps_each_character_in_its_place():
    text = AlignedText.of("0ui").edit([Edit(Span(0, 3), "Oui", "ocr")])
    assert [text.source_span(Span(i, i + 1)) for i in range(3)] == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize(
    "spans",
    [
        [Span(1, 1)],
        [Span(3, 2)],
        [Span(0, 3), Span(2, 4)],
        [Span(0, 3), Span(0, 3)],
        [Span(4, 7)],
        [Span(-1, 2)],
    ],
    ids=["empty", "backwards", "overlapping", "twice", "beyond the end", "before the beginning"],
)
def test_edits_that_would_lose_the_map_are_refused(spans):
    with pytest.raises(ValueError, match="the edit of rule"):
        AlignedText.of("abcdef").edit(Edit(span, "X", "rule") for span in spans)


@pytest.mark.parametrize("span", [Span(2, 2), Span(3, 1), Span(0, 9), Span(-1, 1)])
def test_no_source_is_made_up_for_an_empty_span_or_one_outside(span):
    with pytest.raises(ValueError, match="empty or outside"):
        AlignedText.of("abcdef").source_span(span)


def test_parts_in_another_order_know_their_places():
    text = AlignedText.of("b 1\na 2").rearranged([(Span(4, 7), "\n"), (Span(0, 3), "")])
    assert text.text == "a 2\nb 1"
    assert (text.source_span(Span(0, 3)), text.source_span(Span(0, 7))) == (Span(4, 7), Span(0, 7))
    assert list(text.source_runs(Span(0, 7))) == [Span(4, 7), Span(0, 3)]
    assert text.edit([Edit(Span(0, 1), "c", "x")]).source_span(Span(0, 1)) == Span(4, 5)


def test_words_come_out_of_their_arrays_as_they_went_in():
    words = (Word(0, 3, Box(1.25, 2.0, 3.5, 4.75), 0.96), Word(4, 6, Box(5.0, 2.0, 8.1, 4.75)))
    kept = Words(words)
    assert kept[::-1] == tuple(reversed(words)) and kept[1:] == tuple(words[1:])
    assert (tuple(kept), kept[-1], kept[:1]) == (words, words[1], words[:1])
    assert (kept, hash(kept)) == (words, hash(words))
    with pytest.raises(IndexError):
        kept[2]
