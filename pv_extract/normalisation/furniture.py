"""Page furniture: running heads and feet, numbers of pages, addresses of footnotes."""

from collections import Counter
from collections.abc import Iterator

import regex

from pv_extract.document import Document
from pv_extract.grammar import Grammar, fold, fold_whole
from pv_extract.normalisation.paragraphs import lines_of
from pv_extract.text import AlignedText, Edit, Span

IN_WORDS = ("word", "resolution")  # styles of item headings that say what they number
DIGITS, NO_WORD = regex.compile(r"\d+"), regex.compile(r"[^\w€$%]+|_+")


def furniture_edits(text: AlignedText, document: Document, grammar: Grammar) -> Iterator[Edit]:
    """Deletes page numbers, running heads and feet, and stray footnote addresses; the first of the heads stays."""
    heads, feet = page_edges(text, document)
    seen = Counter(skeleton(span.of(text.text)) for span in (*heads, *feet))
    often = max(2, len({document.page_at(text.starts[span.start]).number for span in heads}) / 2)
    kept: set[str] = set()
    folded = fold_whole(text.text)
    for span in lines_of(text.text):
        line = span.of(folded)
        if not line.strip():
            continue
        at_edge = span in heads or span in feet
        form = skeleton(line) if at_edge and not opens_item(line, grammar) else line.strip()
        if at_edge and form in ("", "#"):
            yield Edit(span, "", "furniture.page_number")
        elif at_edge and len(form) > 3 and seen[form] >= often and not tells_vote(line, grammar):
            told = line.strip() if names_act(line, grammar) else form
            if told in kept or span not in heads:
                yield Edit(span, "", "furniture.running_head")
            kept.add(told)
        else:
            for found in grammar.find("Furniture", line):
                yield Edit(found.span.shift(span.start), "", found.rule)


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


def skeleton(line: str) -> str:
    """What is the same in a running head from page to page: letters, with digits levelled; a sum is no page number."""
    return DIGITS.sub("#", NO_WORD.sub(" ", fold(line).lower())).strip()


def tells_vote(line: str, grammar: Grammar) -> bool:
    """Whether a folded line that recurs at the edge of pages is the outcome of a vote, not a running head."""
    return any(grammar.has(kind, line) for kind in ("CountLine", "VoteOutcome", "VoteCount", "Decision", "Signature"))


def names_act(line: str, grammar: Grammar) -> bool:
    """Whether a folded line tells the register number of an act: « Délibération n° 2024-043 » heads its pages only."""
    return any("reference" in mention.fields for mention in grammar.find("ItemHeading", line))


def opens_item(line: str, grammar: Grammar) -> bool:
    """Whether a folded line numbers an item in so many words: « RAPPORT N° 202 » is no running head."""
    worded = [r for r in grammar.worth_searching("ItemHeading", line) if r.sets.get("style") in IN_WORDS]
    return bool(worded) and any(m.sets.get("style") in IN_WORDS for m in grammar.find("ItemHeading", line))
