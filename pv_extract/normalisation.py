"""Normalisation: from the characters of the source to text that rules can read, every change logged.

Afterwards each line is a paragraph, a list item, a heading or a table row (cells apart by tabs), written
in composed Unicode without page furniture; blank lines stand where the page had a gap.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import regex

from pv_extract.document import Document
from pv_extract.grammar import Grammar, fold
from pv_extract.text import AlignedText, Edit, Span

LAYOUT = "layout."  # edits whose rule begins so change notation or line breaks, not letters

UNICODE_CHANGES = {
    "unicode.ligature": {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
    "unicode.space": dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
    "unicode.invisible": dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe", ""),
    "unicode.bullet": dict.fromkeys("•●▪■◦○‣⁃❖➢➤►▶✓✔\uf0b7\uf0a7\uf0d8\uf02d\uf0fc\uf076\uf0e8", "-"),
    "layout.page": {"\f": "\n"},
}  # fmt: skip
CHANGED = regex.compile("[" + "".join(regex.escape(c) for table in UNICODE_CHANGES.values() for c in table) + "]")
RULE_OF = {char: (rule, after) for rule, table in UNICODE_CHANGES.items() for char, after in table.items()}
DECOMPOSED = regex.compile(r"\p{L}\p{Mn}+")
HYPHENATED = regex.compile(r"(?<=\b(\p{L}+))(?P<cut>[-‐¬]\n[ \t]*)(?=\p{Ll})")
# Words that keep their hyphen when the line ends behind them.
COMPOUND = set(
    ["vice", "ci", "peut", "sous", "non", "demi", "mi", "avant", "après", "apres", "grand", "rez", "là", "au", "ex", "socio", "contre", "extra", "inter", "multi", "anti", "semi", "co", "pré", "pro", "celui", "celle", "ceux", "celles", "lui", "elle", "eux", "soi", "moi", "moyen", "vingt", "trente", "quarante", "cinquante", "soixante", "quatre", "dix", "saint", "sainte"]
)
LIST_START = regex.compile(
    r"\s*(?:[-–—*>]\s|[-–—]\p{L}|[\divxIVXlL|]{1,5}\s?[.)°/–-]|[a-zA-Z]\)\s|\(?\d{1,3}\)|n°|art(?:icle|\.)?\s+\d|\d{4}[-/]\d{2})",
    regex.IGNORECASE,
)
LABEL_START = regex.compile(
    r"\s*(?:(?:pr[eé]sents?|absents?|excus[eé]e?s?|pouvoirs?|procurations?|secr[eé]taire|date|nombre|[eé]taient|vote|pour|contre"
    r"|abstentions?|objet|membres|d[eé]lib[eé]ration|conseillers|votants|quorum|convocation|ordre du jour)\b[^\n]{0,40}:"
    r"|(?:M|Mme|MM|Mmes|Mlle|Monsieur|Madame)\b)",
    regex.IGNORECASE,
)
SENTENCE_END = regex.compile(r"[.!?;:»\"]\s*$")
# Words that cannot end a line of their own: what follows carries on.
DANGLING = regex.compile(r"(?:\b(?:de|du|des|d|la|le|les|l|et|à|a|au|aux|pour|par|avec|en|dans|sur|un|une|ou|qui|que)|['’,])\s*$", regex.IGNORECASE)
HONORIFIC_END = regex.compile(r"\b(?:M|MM|Mme|Mmes|Mlle|Dr)\.?\s*$")
# Labels whose value may stand on the next line.
AWAITS_VALUE = regex.compile(r"^\W*(?:date|heure|lieu|convocation)\b[^\n:]{0,40}:\s*$", regex.IGNORECASE)
ABBREVIATION_END = regex.compile(r"\b(?:M|MM|Mme|Mmes|Mlle|Mr|Dr|Me|art|n|cf|etc|St|Ste|J|M-[A-Z]|[A-Z])\.\s*$")


def normalise(document: Document, grammar: Grammar) -> AlignedText:
    """The document's text made readable for rules; every change can be traced to its rule and source span."""
    text = AlignedText.of(document.text)
    text = text.edit(Edit(Span(m.start, m.end), m.after, "layout.markup") for m in document.markup)
    text = text.edit(unicode_edits(text.text))
    text = text.edit(furniture_edits(text, document, grammar))
    text = text.edit(hyphen_edits(text.text))
    text = text.edit(join_edits(text, document))
    return text.edit(repair_edits(text.text, grammar))


def unicode_edits(text: str) -> Iterator[Edit]:
    """Composed letters, plain spaces and bullets, ligatures opened, invisible characters dropped."""
    for found in CHANGED.finditer(text):
        rule, after = RULE_OF[found[0]]
        yield Edit(Span(*found.span()), after, rule)
    for found in DECOMPOSED.finditer(text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield Edit(Span(*found.span()), composed, "unicode.nfc")


def lines_of(text: str) -> Iterator[Span]:
    """The spans of the lines, without their newlines."""
    at = 0
    for line in text.split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


def skeleton(line: str) -> str:
    """What is the same in a running head from page to page: letters, with digits levelled."""
    return regex.sub(r"\d+", "#", regex.sub(r"[\W_]+", " ", fold(line).lower())).strip()


def furniture_edits(text: AlignedText, document: Document, grammar: Grammar) -> Iterator[Edit]:
    """Deletes page numbers, running heads and feet, and stray footnote addresses; first heads stay."""
    edges = page_edges(text, document)
    seen = Counter(skeleton(span.of(text.text)) for spans in edges.values() for span in spans)
    pages = len(edges)
    kept: set[str] = set()
    edge_spans = {span for spans in edges.values() for span in spans}
    for span in lines_of(text.text):
        line = span.of(text.text)
        if not line.strip():
            continue
        if span in edge_spans and pages > 1:
            form = skeleton(line)
            if form == "#" or not form:
                yield Edit(span, "", "furniture.page_number")
                continue
            if seen[form] >= max(2, pages / 2) and len(form) > 3:
                if form in kept:
                    yield Edit(span, "", "furniture.running_head")
                    continue
                kept.add(form)
        if found := grammar.first("Furniture", fold(line)):
            yield Edit(span, "", found.rule)


def page_edges(text: AlignedText, document: Document) -> dict[int, list[Span]]:
    """The first and last three lines of each page, by page number."""
    pages: dict[int, list[Span]] = {}
    if len(document.pages) < 2:
        return pages
    for span in lines_of(text.text):
        if span.end > span.start and span.of(text.text).strip():
            pages.setdefault(document.page_at(text.starts[span.start]).number, []).append(span)
    return {number: list(dict.fromkeys([*spans[:3], *spans[-3:]])) for number, spans in pages.items()}


def hyphen_edits(text: str) -> Iterator[Edit]:
    """Joins words broken at the end of a line; compounds keep their hyphen."""
    for found in HYPHENATED.finditer(text):
        after = "-" if found[1].lower() in COMPOUND else ""
        yield Edit(Span(*found.span("cut")), after, "hyphen.line_end")


class Margins:
    """How far lines reach: by their boxes where the source has them, else by their length in characters."""

    def __init__(self, text: AlignedText, document: Document, lines: Iterable[Span]) -> None:
        self.text, self.document = text, document
        lengths = sorted(span.end - span.start for span in lines if span.end - span.start > 20)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self.right: dict[int, float] = {}
        by_page: dict[int, list[float]] = {}
        for word in document.words:
            by_page.setdefault(document.page_at(word.start).number, []).append(word.box.x1)
        for number, edges in by_page.items():
            self.right[number] = sorted(edges)[int(len(edges) * 0.98)]

    @property
    def wrapped(self) -> bool:
        """Whether the lines are those of a page, not whole paragraphs."""
        return 30 < self.width < 190

    def room_left(self, line: Span, following: Span) -> bool:
        """Whether the first word of the following line would have fitted at the end of this one."""
        first_word = regex.match(r"\s*\S+", following.of(self.text.text))
        first = Span(following.start, following.start + (first_word.end() if first_word else 0))
        if self.right and first.end > first.start:
            ends = self.document.words_in(self.text.source_span(line))
            begins = self.document.words_in(self.text.source_span(first))
            if ends and begins:
                page = self.document.page_at(ends[-1].start).number
                needed = begins[-1].box.x1 - begins[0].box.x0
                return ends[-1].box.x1 + needed + 2 < self.right[page] - 6
        return (line.end - line.start) + 1 + (first.end - first.start) < self.width * 0.92


def join_edits(text: AlignedText, document: Document) -> Iterator[Edit]:
    """Joins the lines of one paragraph; a list item, a label, a table row or a heading begins a line."""
    lines = list(lines_of(text.text))
    margins = Margins(text, document, lines)
    if not margins.wrapped:
        return
    filled = [span for span in lines if span.of(text.text).strip()]
    for line, following in zip(filled, filled[1:], strict=False):
        gap = text.text[line.end : following.start]
        before, after = line.of(text.text), following.of(text.text)
        if joins(before, after, gap, line, following, margins, document):
            yield Edit(Span(line.end, following.start), " ", "layout.join")


def joins(
    before: str, after: str, gap: str, line: Span, following: Span, margins: Margins, document: Document
) -> bool:
    """Whether two successive lines are parts of one paragraph."""
    if "\t" in before or "\t" in after or LIST_START.match(after):
        return False
    lower = after.lstrip()[:1].islower()
    ended = SENTENCE_END.search(before) and not ABBREVIATION_END.search(before)
    if gap.count("\n") > 1:
        crosses_page = document.page_at(margins.text.starts[line.start]) != document.page_at(margins.text.starts[following.start])
        return bool(crosses_page and lower and not ended and not margins.room_left(line, following))
    if AWAITS_VALUE.search(before) and len(after) < 60 and gap.count("\n") == 1:
        return True
    if LABEL_START.match(after) and not before.rstrip().endswith((",", " et", " à", " de")) and not lower:
        return False
    if ended and not (lower and before.rstrip()[-1] not in ":;"):
        return False
    dangling = gap.count("\n") == 1 and ((lower and DANGLING.search(before)) or HONORIFIC_END.search(before))
    if margins.room_left(line, following) and not dangling:
        return False
    return same_style(line, following, margins, document)


def same_style(line: Span, following: Span, margins: Margins, document: Document) -> bool:
    """Whether two lines are printed alike: a wholly bold heading and plain text are not one paragraph."""
    if not document.styles:
        return True
    bold = [document.style_share(margins.text.source_span(span))[0] for span in (line, following)]
    return not (max(bold) > 0.9 and min(bold) < 0.1)


def repair_edits(text: str, grammar: Grammar) -> Iterator[Edit]:
    """The repairs that the grammars' rules are sure of."""
    folded = fold(text)
    becomes = {rule.id: rule.becomes or "" for rule in grammar.by_kind.get("Repair", ())}
    for mention in grammar.find("Repair", folded):
        span = mention.fields.get("part", mention.span)
        if span.of(text) != becomes[mention.rule]:
            yield Edit(span, becomes[mention.rule], mention.rule)
