"""Normalisation: from the characters of the source to text that rules can read, every change logged.

Afterwards each line is a paragraph, a list item, a heading or a table row (cells apart by tabs), written
in composed Unicode without page furniture; blank lines stand where the page had a gap.
"""

from collections.abc import Iterator

from pv_extract.document import Document
from pv_extract.grammar import Grammar, fold_whole
from pv_extract.normalisation.characters import hyphen_edits, unicode_edits
from pv_extract.normalisation.columns import column_edits
from pv_extract.normalisation.damage import damaged_pages, formulas_mended, sentences_mended
from pv_extract.normalisation.furniture import furniture_edits
from pv_extract.normalisation.margins import margin_edits
from pv_extract.normalisation.page_breaks import page_break_edits
from pv_extract.normalisation.paragraphs import join_edits
from pv_extract.normalisation.side_notes import with_notes_apart
from pv_extract.normalisation.stamps import stamp_edits
from pv_extract.normalisation.wrapped_cells import with_whole_cells
from pv_extract.text import AlignedText, Edit, Span

SPECK = "layout.speck"
LAYOUT = "layout."  # edits whose rule begins so change notation or line breaks, not letters


def normalise(document: Document, grammar: Grammar) -> AlignedText:
    """The document's text made readable for rules; every change can be traced to its rule and source span."""
    text = AlignedText.of(document.text)
    text = text.edit(source_edits(document))
    text = text.edit(unicode_edits(text.text))
    text = text.edit(margin_edits(text, document))
    text = text.edit(stamp_edits(text.text, grammar))
    text = text.edit(page_break_edits(text, document))
    text = text.edit(furniture_edits(text, document, grammar))
    if not document.words:
        text = with_notes_apart(text)
        text = with_whole_cells(text.edit(column_edits(text.text)))
    text = text.edit(hyphen_edits(text.text))
    repairs = list(repair_edits(text.text, grammar))
    signs = sum(bool(edit.span.of(text.text).strip()) for edit in repairs)
    text = text.edit(repairs)
    damaged = damaged_pages(text.text, document, signs)
    text = formulas_mended(text, document, damaged)
    text = text.edit(join_edits(text, document, grammar))
    return sentences_mended(text, document, damaged)


def source_edits(document: Document) -> Iterator[Edit]:
    """What the source itself tells: notation becomes what it stands for, what stands apart from the body goes."""
    yield from (Edit(Span(m.start, m.end), m.after, "layout.markup") for m in document.markup)
    yield from (Edit(span, "", "furniture.apart") for span in document.apart)
    yield from (Edit(span, "", SPECK) for span in document.specks)


def repair_edits(text: str, grammar: Grammar) -> Iterator[Edit]:
    """The repairs that the grammars' rules are sure of."""
    folded = fold_whole(text)
    becomes = {rule.id: rule.becomes or "" for rule in grammar.by_kind.get("Repair", ())}
    for mention in grammar.find("Repair", folded):
        span = mention.fields.get("part", mention.span)
        if span.of(text) != becomes[mention.rule]:
            yield Edit(span, becomes[mention.rule], mention.rule)
