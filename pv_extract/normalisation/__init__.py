"""Normalisation: from the characters of the source to text that rules can read, every change logged.

Afterwards each line is a paragraph, a list item, a heading or a table row (cells apart by tabs), written
in composed Unicode without page furniture; blank lines stand where the page had a gap.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import regex

from pv_extract.document import Document, Page
from pv_extract.grammar import Grammar, fold
from pv_extract.normalisation.columns import column_edits
from pv_extract.normalisation.margins import margin_edits
from pv_extract.normalisation.paragraphs import join_edits, lines_of
from pv_extract.normalisation.side_notes import with_notes_apart
from pv_extract.normalisation.stamps import stamp_edits
from pv_extract.repair.legibility import strange_words
from pv_extract.text import AlignedText, Edit, Span

STRANGE_SHARE = 0.02  # of words not made as French ones are; texts without damage have less, drawn ones and real
FEWEST_STRANGE = 2  # words that are not, or repairs, for which it is worth while to look for broken formulas
BROKEN_FORMULAS = 2  # words of formulas that must be broken to prove that a text was read by an OCR engine
SIGNS_OF_OCR = 3  # repairs by the grammars that prove that a text was read by an OCR engine
IN_WORDS = ("word", "resolution")  # styles of item headings that say what they number
SPECK = "layout.speck"
LAYOUT = "layout."  # edits whose rule begins so change notation or line breaks, not letters

UNICODE_CHANGES = {
    "unicode.ligature": {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
    "unicode.space": dict.fromkeys(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000)), " "),
    "unicode.invisible": dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe", ""),
    "unicode.bullet": dict.fromkeys("•●▪■◦○‣⁃❖➢➤►▶\uf0b7\uf0a7\uf0d8\uf02d\uf076\uf0e8", "-"),
    "unicode.tick": dict.fromkeys("✔☑☒\uf0fc\uf0fe", "✓"),
    "layout.page": {"\f": "\n"},
}  # fmt: skip
DIGITS, NO_WORD = regex.compile(r"\d+"), regex.compile(r"[\W_]+")
CHANGED = regex.compile("[" + "".join(regex.escape(c) for table in UNICODE_CHANGES.values() for c in table) + "]")
RULE_OF = {char: (rule, after) for rule, table in UNICODE_CHANGES.items() for char, after in table.items()}
DECOMPOSED = regex.compile(r"\p{L}\p{Mn}+")
HYPHENATED = regex.compile(r"(?<=\b(\p{L}{2,}))(?P<cut>[-‐¬]\n[ \t]*)(?=\p{Ll})")
# Words that keep their hyphen when the line ends behind them.
COMPOUND = frozenset(
    [
        "vice",
        "ci",
        "peut",
        "sous",
        "non",
        "demi",
        "mi",
        "avant",
        "après",
        "apres",
        "grand",
        "rez",
        "là",
        "au",
        "ex",
        "socio",
        "contre",
        "extra",
        "inter",
        "multi",
        "anti",
        "semi",
        "co",
        "pré",
        "pro",
        "celui",
        "celle",
        "ceux",
        "celles",
        "lui",
        "elle",
        "eux",
        "soi",
        "moi",
        "moyen",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "quatre",
        "dix",
        "saint",
        "sainte",
    ]
)


def normalise(document: Document, grammar: Grammar) -> AlignedText:
    """The document's text made readable for rules; every change can be traced to its rule and source span."""
    text = AlignedText.of(document.text)
    text = text.edit(source_edits(document))
    text = text.edit(unicode_edits(text.text))
    text = text.edit(margin_edits(text, document))
    text = text.edit(stamp_edits(text.text, grammar))
    text = text.edit(furniture_edits(text, document, grammar))
    if not document.words:
        text = with_notes_apart(text)
        text = text.edit(column_edits(text.text))
    text = text.edit(hyphen_edits(text.text))
    repairs = list(repair_edits(text.text, grammar))
    signs = sum(bool(edit.span.of(text.text).strip()) for edit in repairs)
    text = text.edit(repairs)
    damaged = damaged_pages(text.text, document, signs)
    text = formulas_mended(text, document, damaged)
    text = text.edit(join_edits(text, document, grammar))
    return sentences_mended(text, document, damaged)


def damaged_pages(text: str, document: Document, signs: int) -> frozenset[int]:
    """The numbers of the pages that were OCR'd: here, by others poorly, or so that the text itself tells."""
    shown = any(page.method == "text" for page in document.pages) and shows_damage(text, signs)
    return frozenset(page.number for page in document.pages if is_damaged(page, shown))


def formulas_mended(text: AlignedText, document: Document, pages: frozenset[int]) -> AlignedText:
    """The text with the labels, the words of formulas and the names repaired on some pages."""
    if not pages:
        return text
    from pv_extract.repair.formulas import formula_edits
    from pv_extract.repair.given_names import given_name_edits
    from pv_extract.repair.honorifics import honorific_edits
    from pv_extract.repair.item_numbers import item_number_edits
    from pv_extract.repair.labels import label_edits
    from pv_extract.repair.marks import mark_edits
    from pv_extract.repair.recurrence import recurrence_edits

    lines = (mark_edits, item_number_edits, label_edits)
    words = (formula_edits, honorific_edits, recurrence_edits, given_name_edits)
    for repairs in (*lines, *words):
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


def is_damaged(page: Page, shown: bool) -> bool:
    """Whether a page was read by OCR; a text without pages is so where it shows it."""
    return page.method == "ocr" or page.layer_score is not None or (page.method == "text" and shown)


def source_edits(document: Document) -> Iterator[Edit]:
    """What the source itself tells: notation becomes what it stands for, what stands apart from the body goes."""
    yield from (Edit(Span(m.start, m.end), m.after, "layout.markup") for m in document.markup)
    yield from (Edit(span, "", "furniture.apart") for span in document.apart)
    yield from (Edit(span, "", SPECK) for span in document.specks)


def unicode_edits(text: str) -> Iterator[Edit]:
    """Composed letters, plain spaces and bullets, ligatures opened, invisible characters dropped."""
    for found in CHANGED.finditer(text):
        rule, after = RULE_OF[found[0]]
        yield Edit(Span(*found.span()), after, rule)
    for found in DECOMPOSED.finditer(text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield Edit(Span(*found.span()), composed, "unicode.nfc")


def skeleton(line: str) -> str:
    """What is the same in a running head from page to page: letters, with digits levelled."""
    return DIGITS.sub("#", NO_WORD.sub(" ", fold(line).lower())).strip()


def furniture_edits(text: AlignedText, document: Document, grammar: Grammar) -> Iterator[Edit]:
    """Deletes page numbers, running heads and feet, and stray footnote addresses; the first of the heads stays."""
    heads, feet = page_edges(text, document)
    seen = Counter(skeleton(span.of(text.text)) for span in (*heads, *feet))
    often = max(2, len({document.page_at(text.starts[span.start]).number for span in heads}) / 2)
    kept: set[str] = set()
    folded = fold(text.text)
    for span in lines_of(text.text):
        line = span.of(folded)
        if not line.strip():
            continue
        at_edge = span in heads or span in feet
        form = skeleton(line) if at_edge and not opens_item(line, grammar) else line.strip()
        if at_edge and form in ("", "#"):
            yield Edit(span, "", "furniture.page_number")
        elif at_edge and len(form) > 3 and seen[form] >= often and not tells_vote(line, grammar):
            if form in kept or span not in heads:
                yield Edit(span, "", "furniture.running_head")
            kept.add(form)
        else:
            for found in grammar.find("Furniture", line):
                yield Edit(found.span.shift(span.start), "", found.rule)


def tells_vote(line: str, grammar: Grammar) -> bool:
    """Whether a folded line that recurs at the edge of pages is the outcome of a vote, not a running head."""
    return any(grammar.has(kind, line) for kind in ("VoteOutcome", "VoteCount", "Decision", "Signature"))


def opens_item(line: str, grammar: Grammar) -> bool:
    """Whether a folded line numbers an item in so many words: « RAPPORT N° 202 » is no running head."""
    worded = [r for r in grammar.worth_searching("ItemHeading", line) if r.sets.get("style") in IN_WORDS]
    return bool(worded) and any(m.sets.get("style") in IN_WORDS for m in grammar.find("ItemHeading", line))


def page_edges(text: AlignedText, document: Document) -> tuple[set[Span], set[Span]]:
    """The first three lines of each page, and the last three that are not among them; none of a single page."""
    if len(document.pages) < 2:
        return set(), set()
    pages: dict[int, list[Span]] = {}
    for span in lines_of(text.text):
        if span.end > span.start and span.of(text.text).strip():
            pages.setdefault(document.page_at(text.starts[span.start]).number, []).append(span)
    heads = {span for spans in pages.values() for span in spans[:3]}
    return heads, {span for spans in pages.values() for span in spans[-3:]} - heads


def hyphen_edits(text: str) -> Iterator[Edit]:
    """Joins words broken at the end of a line; compounds keep their hyphen."""
    for found in HYPHENATED.finditer(text):
        after = "-" if found[1].lower() in COMPOUND else ""
        yield Edit(Span(*found.span("cut")), after, "hyphen.line_end")


def repair_edits(text: str, grammar: Grammar) -> Iterator[Edit]:
    """The repairs that the grammars' rules are sure of."""
    folded = fold(text)
    becomes = {rule.id: rule.becomes or "" for rule in grammar.by_kind.get("Repair", ())}
    for mention in grammar.find("Repair", folded):
        span = mention.fields.get("part", mention.span)
        if span.of(text) != becomes[mention.rule]:
            yield Edit(span, becomes[mention.rule], mention.rule)
