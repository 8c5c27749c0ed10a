"""The notation of Markdown, of wikis and of HTML tags in a text: where it stands and what it stands for.

Nothing is taken out of the text here. Every scan is linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator

from pv_extract.document import Markup
from pv_extract.readers.inline_notation import Inline
from pv_extract.readers.styling import Styled
from pv_extract.readers.underlines import underlined_titles
from pv_extract.readers.wiki import is_wiki, light_notation

HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?=\S)", re.M)
FENCE = re.compile(r"^```[a-z]*[ \t]*(?:\n|\Z)", re.M)
QUOTED = re.compile(r"(?:^ {0,3}>[^\n]*(?:\n|\Z)){2,}", re.M)
QUOTE_SIGN = re.compile(r"^ {0,3}(?:> ?)+", re.M)
EMPTY_QUOTE = re.compile(r"^[ >]*>[ ]*$", re.M)
"""A blank line within a quotation: a list whose points begin with ``>`` has none."""
PIPED_LINE = re.compile(r"^[^\n|]*\|[^\n]*$", re.M)
FRAMED_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z", re.S)
RULE_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*\Z")
GRID_RULE = re.compile(r"^[ \t]*\+(?:[-=]{2,}\+)+[ \t]*(?:\n|\Z)", re.M)
CELL_EDGE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")


def notation_of(text: str) -> tuple[tuple[Markup, ...], list[Styled]]:
    """All notation of a text, in order and apart, and the intervals that it sets in bold or italics."""
    tables = list(_tables(text)) if "|" in text else []
    inline, intervals = Inline(text, tables).scan()
    wiki = is_wiki(text)
    headings = list(HEADING.finditer(text)) if "#" in text and not wiki else []
    markup = [*inline, *tables, *(Markup(*match.span()) for match in headings)]
    if "```" in text:
        markup += (Markup(*match.span()) for match in FENCE.finditer(text))
    if ">" in text:
        markup += _quotations(text)
    if "|" in text:
        markup += (Markup(*match.span()) for match in GRID_RULE.finditer(text))
    for title in underlined_titles(text):
        markup += title.rows
        intervals.append(Styled(title.start, title.end, bold=True))
    for piece in light_notation(text, wiki):
        markup += (mark for mark in piece if isinstance(mark, Markup))
        intervals += (style for style in piece if isinstance(style, Styled))
    for match in headings:
        end = text.find("\n", match.end())
        intervals.append(Styled(match.start(), len(text) if end < 0 else end, bold=True))
    return tuple(_apart(markup)), intervals


def _apart(markup: Iterable[Markup]) -> Iterator[Markup]:
    """The notation in order; of two that overlap, the one that begins first."""
    at = 0
    for mark in sorted(markup):
        if mark.start >= at:
            yield mark
            at = mark.end


def _quotations(text: str) -> Iterator[Markup]:
    """The signs before the lines of quotations: runs of ``>`` with a blank line among them."""
    for run in QUOTED.finditer(text):
        if EMPTY_QUOTE.search(run[0]):
            yield from (Markup(*sign.span()) for sign in QUOTE_SIGN.finditer(text, *run.span()))


def _tables(text: str) -> Iterator[Markup]:
    """The pipes of tables: framed rows wherever they stand, open rows only next to a ruled one."""
    lines = list(PIPED_LINE.finditer(text))
    ruled = [bool(RULE_ROW.match(line[0])) for line in lines]
    in_table = False
    for index, line in enumerate(lines):
        if index and line.start() != lines[index - 1].end() + 1:
            in_table = False
        if ruled[index]:
            in_table = True
            yield Markup(line.start(), min(line.end() + 1, len(text)))
            continue
        header = index + 1 < len(lines) and ruled[index + 1] and lines[index + 1].start() == line.end() + 1
        if in_table or header or FRAMED_ROW.match(line[0]):
            yield from _row(text, line.start(), line.end())


def _row(text: str, start: int, end: int) -> Iterator[Markup]:
    edges = [match.span() for match in CELL_EDGE.finditer(text, start, end)]
    for edge in edges:
        outer = edge[0] == start or edge[1] == end
        yield Markup(*edge, "" if outer else "\t")
