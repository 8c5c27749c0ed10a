"""Damage: which pages an OCR engine read, and what is repaired on those alone."""

from collections.abc import Iterable, Iterator

from pv_extract.document import Document, Page
from pv_extract.repair.legibility import strange_words
from pv_extract.text import AlignedText, Edit

STRANGE_SHARE = 0.02  # of words not made as French ones are; texts without damage have less, drawn ones and real
FEWEST_STRANGE = 2  # words that are not, or repairs, for which it is worth while to look for broken formulas
BROKEN_FORMULAS = 2  # words of formulas that must be broken to prove that a text was read by an OCR engine
SIGNS_OF_OCR = 3  # repairs by the grammars that prove that a text was read by an OCR engine


def damaged_pages(text: str, document: Document, signs: int) -> frozenset[int]:
    """The numbers of the pages that were OCR'd: here, by others poorly, or so that the text itself tells."""
    shown = any(page.method == "text" for page in document.pages) and shows_damage(text, signs)
    return frozenset(page.number for page in document.pages if is_damaged(page, shown))


def is_damaged(page: Page, shown: bool) -> bool:
    """Whether a page was read by OCR; a text without pages is so where it shows it."""
    return page.method == "ocr" or page.layer_score is not None or (page.method == "text" and shown)


def shows_damage(text: str, signs: int) -> bool:
    """Whether a text shows that an engine read it: the grammars had much to repair, or words are none of French.

    Few strange words prove nothing by themselves; they do where words of the formulas of minutes are broken too.
    """
    strange, share = strange_words(text)
    if signs >= SIGNS_OF_OCR or share > STRANGE_SHARE:
        return True
    if len(strange) + signs < FEWEST_STRANGE:
        return False
    from pv_extract.repair.formulas import formula_edits

    return len({edit.span.of(text) for edit in formula_edits(text)}) >= BROKEN_FORMULAS


def formulas_mended(text: AlignedText, document: Document, pages: frozenset[int]) -> AlignedText:
    """The text with the labels, the words of formulas and the names repaired on some pages."""
    if not pages:
        return text
    from pv_extract.repair.chapter_numbers import chapter_number_edits
    from pv_extract.repair.dates import month_edits
    from pv_extract.repair.formulas import formula_edits
    from pv_extract.repair.given_names import given_name_edits
    from pv_extract.repair.honorifics import honorific_edits
    from pv_extract.repair.item_numbers import item_number_edits
    from pv_extract.repair.labels import label_edits
    from pv_extract.repair.line_edges import line_edge_edits
    from pv_extract.repair.marks import mark_edits
    from pv_extract.repair.recurrence import recurrence_edits
    from pv_extract.repair.register_numbers import register_number_edits
    from pv_extract.repair.stops import stop_edits

    numbers = (item_number_edits, chapter_number_edits, register_number_edits)
    lines = (line_edge_edits, mark_edits, label_edits, month_edits)
    words = (formula_edits, honorific_edits, recurrence_edits, given_name_edits, stop_edits)
    for repairs in (*numbers, *lines, *words):
        text = text.edit(on_pages(repairs(text.text), text, document, pages))
    return text


def sentences_mended(text: AlignedText, document: Document, pages: frozenset[int]) -> AlignedText:
    """The text with phrases of minutes, then words by their sentences, repaired on some pages."""
    if not pages:
        return text
    from pv_extract.repair.phrases import phrase_edits
    from pv_extract.repair.revision import revision_edits
    from pv_extract.repair.titles import title_edits

    for repairs in (phrase_edits, title_edits, revision_edits):
        text = text.edit(on_pages(repairs(text.text), text, document, pages))
    return text


def on_pages(edits: Iterable[Edit], text: AlignedText, document: Document, pages: frozenset[int]) -> Iterator[Edit]:
    """The edits that lie on some pages."""
    return (edit for edit in edits if document.page_at(text.starts[edit.span.start]).number in pages)
