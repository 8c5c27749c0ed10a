"""Paragraphs: which lines of a page belong together.

A line goes on in the next where no room was left for the next word, no sentence ended, and nothing begins
that has a line of its own: a list item, a label, a table row, a heading.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from pv_extract.document import Document
from pv_extract.grammar import Grammar, fold
from pv_extract.mentions import Mention
from pv_extract.normalisation.column_edges import edges_beside
from pv_extract.text import AlignedText, Edit, Span

SENTENCE_END = regex.compile(r"[.!?;:»\"]\s*$")
ABBREVIATION_END = regex.compile(r"\b(?:M|MM|Mme|Mmes|Mlle|Mr|Dr|Me|art|n|cf|etc|St|Ste|frs?|J|M-[A-Z]|[A-Z])\.\s*$")
NAMES_BELOW = {
    "in_brackets": regex.compile(r"\s*\(\s*\p{Lu}[^()\t]*\)\s*[.;]?\s*\Z"),
    "rest": regex.compile(r"[^()\t]{2,90}\)"),
    "weighted": regex.compile(r"\s*\p{Lu}[^()\t:]{2,60}\(\s*\d[\d .]*\s*(?:(?:tanti|milli)[èe]mes|voix|parts)?\s*\)"),
}
"""How a line goes on that names the voters of a count above it."""
CENTRED_INDENT = 6  # spaces; running text is set in by less
CENTRED_SLACK = 8  # characters between the blanks left and right of a centred line
SAME_MIDDLE = 2  # twice the characters between the middles of two lines that are centred
WIDEST_VALUE_GAP = 3  # line ends between a label and the value under it
TITLE_IN_CAPITALS = regex.compile(r"\s*(?:(?:\d{1,3}|[IVX]{1,5})\s?[.)°/-].{12,}|[^,:;]{25,})", regex.DOTALL)
SENTENCE_START = regex.compile(r"\s*\p{Lu}(?:\p{Ll}+[\s,]|').*\p{Ll}{3}")
FIRST_WORD = regex.compile(r"\s*\S+")
SHORTEST_LINE = 20  # characters of a line that tells how wide the text is
ENTRY_OPEN = regex.compile(
    r"\s*(?:[-–—•*·]\s*)?(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Dr|Docteur|Me|Maître)\s+\p{Lu}[^:]{2,140}:\s*\Z"
)
MARK_ALONE = regex.compile(
    r"\s*(?:présente?|absente?(?:\s+excusée?)?|excusée?|représentée?\s+par\s.{3,60})\s*[.,;]?\s*"
)
LONGEST_VALUE = 60  # characters that a label may take from the next line


def without_broken_words(text: AlignedText, lines: Iterable[Span]) -> list[Span]:
    """The lines that are as long as they were printed: not those that a word made whole has joined to the next."""
    cuts = sorted(edit.span.start for edit in text.edits if edit.rule == "hyphen.line_end")
    spans = [(line, text.source_span(line)) for line in lines]
    return [line for line, source in spans if bisect_left(cuts, source.start) == bisect_left(cuts, source.end)]


def lines_of(text: str) -> Iterator[Span]:
    """The spans of the lines, without their newlines."""
    at = 0
    for line in text.split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


class Margins:
    """How far lines reach: by their boxes where the source has them, else by their length in characters."""

    def __init__(self, text: AlignedText, document: Document, lines: Iterable[Span]) -> None:
        self.text, self.document = text, document
        printed = [span for span in lines if span.end - span.start > SHORTEST_LINE]
        lengths = sorted(span.end - span.start for span in without_broken_words(text, printed) or printed)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self.right: dict[int, float] = {}
        for page in document.pages:
            edges = sorted(document.right_sides(page))
            if edges:
                self.right[page.number] = edges[int(len(edges) * 0.98)]
        self.beside = dict(self._beside_columns(lines)) if self.right else {}

    def _beside_columns(self, lines: Iterable[Span]) -> Iterator[tuple[Span, float]]:
        """The lines that have a column to their right, and where they are full."""
        boxed = [(line, box) for line in lines if (box := self.document.box_of(self.text.source_span(line)))]
        for _, group in groupby(boxed, key=lambda pair: self.document.page_at(self.text.starts[pair[0].start]).number):
            spans, boxes = zip(*group, strict=True)
            yield from ((spans[at], edge) for at, edge in edges_beside(boxes).items())

    @property
    def wrapped(self) -> bool:
        """Whether the lines are those of a page, not whole paragraphs."""
        return 30 < self.width < 190

    def room_left(self, pair: "Pair") -> bool:
        """Whether the first word of the second line would have fitted at the end of the first one."""
        line, following = pair.line, pair.following
        first_word = FIRST_WORD.match(self.text.text, following.start, following.end)
        first = Span(following.start, first_word.end() if first_word else following.start)
        if self.right and first.end > first.start:
            ends = self.document.ends_of(self.text.source_span(line))
            begins = self.document.ends_of(self.text.source_span(first))
            if ends and begins:
                last = ends[1]
                edge = self.beside.get(line) or self.right[self.document.page_at(last.start).number]
                needed = begins[1].box.x1 - begins[0].box.x0
                return last.box.x1 + needed + 2 < edge - 6
        return (line.end - line.start) + 1 + (first.end - first.start) < self.width * 0.92

    def centred(self, pair: "Pair") -> bool:
        """Whether the second line stands by itself in the middle of the page, as the lines of a title do.

        The middle is that of the page, or of the line above where both are set in.
        """
        before, after = (len(line) - len(line.lstrip(" ")) for line in (pair.before, pair.after))
        ends = [len(line.rstrip()) for line in (pair.before, pair.after)]
        aligned = before >= CENTRED_INDENT and abs(before + ends[0] - after - ends[1]) <= SAME_MIDDLE
        right = self.width - ends[1]
        return after >= CENTRED_INDENT and before != after and (aligned or abs(right - after) <= CENTRED_SLACK)

    def same_style(self, pair: "Pair") -> bool:
        """Whether two lines are printed alike: a wholly bold heading and plain text are not one paragraph."""
        if not self.document.styles:
            return True
        spans = [self.text.source_span(span) for span in (pair.line, pair.following)]
        bold = [self.document.style_share(span)[0] for span in spans]
        return not (max(bold) > 0.9 and min(bold) < 0.1)


@dataclass(frozen=True)
class Pair:
    """Two successive lines that hold text, and what stands between them."""

    line: Span
    following: Span
    before: str
    after: str
    gap: str

    @property
    def lower(self) -> bool:
        """Whether the second line begins in lower case."""
        return self.after.lstrip()[:1].islower()

    @property
    def capitals(self) -> bool:
        """Whether both lines are written in capitals."""
        return self.before.isupper() and self.after.isupper()

    @property
    def leaves_capitals(self) -> bool:
        """Whether a title in capitals ends and a sentence begins: « 3. VENTE DU FOUR COMMUNAL » / « Le conseil… »."""
        title = self.before.isupper() and TITLE_IN_CAPITALS.fullmatch(self.before)
        return bool(title and SENTENCE_START.match(self.after))

    @property
    def ended(self) -> bool:
        """Whether the first line ends a sentence, an abbreviation aside."""
        return bool(SENTENCE_END.search(self.before)) and not ABBREVIATION_END.search(self.before)

    @property
    def parts_mark(self) -> bool:
        """Whether an entry ends and what it says of its member begins: « - Mme Roux, élue : » / « présente »."""
        return not self.apart and bool(ENTRY_OPEN.match(self.before) and MARK_ALONE.fullmatch(self.after))

    @property
    def apart(self) -> bool:
        """Whether a blank line or a page break stands between them."""
        return self.gap.count("\n") > 1


def join_edits(text: AlignedText, document: Document, grammar: Grammar) -> Iterator[Edit]:
    """Joins the lines of one paragraph; where lines are whole paragraphs, a label alone with its value."""
    lines = list(lines_of(text.text))
    filled = [span for span in lines if span.of(text.text).strip()]
    margins = Margins(text, document, filled)
    for line, following in pairwise(filled):
        gap = text.text[line.end : following.start]
        pair = Pair(line, following, line.of(text.text), following.of(text.text), gap)
        if joins(pair, margins, grammar) if margins.wrapped else value_below(pair, grammar):
            indent = len(pair.after) - len(pair.after.lstrip(" "))
            yield Edit(Span(line.end, following.start + indent), " ", "layout.join")


def names_voters(pair: Pair, grammar: Grammar) -> bool:
    """Whether the second line names whom the first counts, in brackets: « contre : 2 » / « (MM. Roux et Morel) ».

    They may be open at the end of the first: « contre : 2 (MM. Roux » / « et Morel) », or each have shares:
    « contre : 842 tantièmes » / « Mme Roux (421), M. Morel (421) ».
    """
    told = {way for way, names in NAMES_BELOW.items() if names.match(pair.after)}
    if not told or pair.apart:
        return False
    return any(end.sets["names"] in told for end in grammar.find_all("AwaitsVoters", fold(pair.before)))


def joins(pair: Pair, margins: Margins, grammar: Grammar) -> bool:
    """Whether two successive lines are parts of one paragraph."""
    if names_voters(pair, grammar):
        return True
    if "\t" in pair.before or "\t" in pair.after:
        return False
    if value_below(pair, grammar) or pair.parts_mark:
        return True
    if pair.apart:
        return pair.lower and not pair.ended and not margins.room_left(pair) and not listed(pair, grammar)
    before, after = fold(pair.before), fold(pair.after)
    if margins.centred(pair) and not goes_on(pair, grammar.find_all("OpenEnd", before)):
        return False
    last = pair.before.rstrip()[-1:]
    if pair.ended and not (pair.lower and (last not in ":;" or (last == ";" and not margins.room_left(pair)))):
        return False
    ends = margins.room_left(pair) or pair.leaves_capitals
    if ends and not goes_on(pair, grammar.find_all("OpenEnd", before)):
        return False
    if not margins.same_style(pair):
        return False
    start = grammar.first("LineStart", after)
    return start is None or ("label" in start.sets and (pair.lower or grammar.has("OpenEnd", before)))


def value_below(pair: Pair, grammar: Grammar) -> bool:
    """Whether the first line is a label whose value is the second: « Date de la convocation : » / « 16 mai 2020 »."""
    if "\t" in pair.before or "\t" in pair.after or pair.gap.count("\n") > WIDEST_VALUE_GAP:
        return False
    if len(pair.after) >= LONGEST_VALUE or not grammar.has("AwaitsValue", fold(pair.before)):
        return False
    return not pair.apart or any(c.isdigit() for c in pair.after)


def listed(pair: Pair, grammar: Grammar) -> bool:
    """Whether the second line is a point of a list."""
    start = grammar.first("LineStart", fold(pair.after))
    return start is not None and "label" not in start.sets


def goes_on(pair: Pair, ends: Sequence[Mention]) -> bool:
    """Whether the first line cannot end where it does: on an honorific, or on a function word before its like.

    Its like is lower case, or a line in capitals under another: « TRAVAUX APRES LA CRUE DU » / « 9 SEPTEMBRE ».
    """
    return any("strong" in end.sets or pair.lower or pair.capitals for end in ends)
