"""HTML documents: the tags, and the blanks that HTML does not print, are notation."""

import re
from collections.abc import Iterator
from html import unescape

from pv_extract.document import Document, Markup
from pv_extract.readers.decoding import decode
from pv_extract.readers.inline_notation import BOLD_TAGS, ITALIC_TAGS
from pv_extract.readers.plain import pages_of
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.readers.styling import Styled, style_runs

PARAGRAPH_TAGS = BOLD_TAGS - {"b", "strong", "th"} | frozenset(
    ("p", "table", "ul", "ol", "dl", "blockquote", "pre", "section", "article", "header", "footer", "hr")
)
LINE_TAGS = frozenset(("br", "div", "li", "tr", "dt", "dd", "caption", "address", "figcaption"))
CELL_TAGS = frozenset(("td", "th"))
CLOSINGS = {
    "!--": "-->",
    "script": "</script",
    "style": "</style",
    "head": "</head",
    "template": "</template",
}

RUN = re.compile(r"(?:</?[A-Za-z!?][^<>]{0,5000}>|\s)+", re.S)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,14})")
UNSEEN = re.compile(r"<(!--|(?:script|style|head|template)\b)")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
RANK = {"": 0, " ": 1, "\t": 2, "\n": 3, "\n\n": 4}


def read(source: Source, options: ReadOptions) -> Document:
    """The source of the page as written; tags stand for the line ends and tabs that a browser shows."""
    text = decode(source)
    markup, intervals = markup_of(text)
    return Document(
        name=source.name,
        sha256=source.sha256,
        media_type="text/html",
        reader="html",
        text=text,
        pages=pages_of(text),
        styles=style_runs(intervals),
        markup=markup,
    )


def markup_of(text: str) -> tuple[tuple[Markup, ...], list[Styled]]:
    """All notation of an HTML text, in order and apart, and the intervals set in bold or italics."""
    unseen = list(_unseen(text))
    markup: list[Markup] = []
    intervals: list[Styled] = []
    open_tags: list[tuple[str, int]] = []
    for start, end in _runs(text, unseen):
        _style(text, start, end, open_tags, intervals)
    at = 0
    for start, end, separator in _merged(text, unseen):
        markup += _entities(text, at, start)
        after = "" if start == 0 or end == len(text) else separator
        if text[start:end] != after:
            markup.append(Markup(start, end, after))
        at = end
    markup += _entities(text, at, len(text))
    return tuple(markup), intervals


def _merged(text: str, unseen: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """What is not printed, as stretches that do not touch, and the strongest separator inside each."""
    pieces = [(*span, "") for span in unseen]
    pieces += [(start, end, _separator(text, start, end)) for start, end in _runs(text, unseen)]
    pending: tuple[int, int, str] | None = None
    for start, end, separator in sorted(pieces):
        if pending and pending[1] == start:
            pending = (pending[0], end, max(pending[2], separator, key=RANK.__getitem__))
            continue
        if pending:
            yield pending
        pending = (start, end, separator)
    if pending:
        yield pending


def _entities(text: str, start: int, end: int) -> Iterator[Markup]:
    for match in ENTITY.finditer(text, start, end):
        if (meant := unescape(match[0])) != match[0]:
            yield Markup(*match.span(), meant)


def _unseen(text: str) -> Iterator[tuple[int, int]]:
    """Comments, scripts, style sheets and the head: nothing of them is printed."""
    at, unclosed = 0, set[str]()
    folded = text.lower()
    if len(folded) != len(text):  # « İ » is two characters in lower case
        folded = text
    while match := UNSEEN.search(folded, at):
        at, closing = match.end(), CLOSINGS[match[1]]
        if closing in unclosed:
            continue
        end = folded.find(closing, at)
        end = folded.find(">", end) + 1 if end >= 0 else 0
        if end:
            yield match.start(), end
            at = end
        else:
            unclosed.add(closing)


def _runs(text: str, unseen: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of tags and blanks without a visible character between them."""
    at = 0
    for start, end in [*unseen, (len(text), len(text))]:
        for match in RUN.finditer(text, at, start):
            yield match.span()
        at = end


def _separator(text: str, start: int, end: int) -> str:
    """What a run of tags and blanks shows: nothing, a blank, a tab, a line end or an empty line."""
    run = text[start:end]
    best = " " if any(c.isspace() for c in re.sub(r"<[^<>]*>", "", run)) else ""
    for match in TAG.finditer(run):
        best = max(best, _shows(match[2].lower(), closing=bool(match[1])), key=RANK.__getitem__)
    return best


def _shows(tag: str, closing: bool) -> str:
    if tag in PARAGRAPH_TAGS:
        return "\n\n"
    if tag in LINE_TAGS:
        return "\n"
    return "\t" if tag in CELL_TAGS and closing else ""


def _style(text: str, start: int, end: int, open_tags: list[tuple[str, int]], into: list[Styled]) -> None:
    for match in TAG.finditer(text, start, end):
        tag = match[2].lower()
        if tag not in BOLD_TAGS and tag not in ITALIC_TAGS:
            continue
        if not match[1]:
            open_tags.append((tag, match.start()))
            del open_tags[:-64]
            continue
        for index in range(len(open_tags) - 1, -1, -1):
            if open_tags[index][0] == tag:
                into.append(Styled(open_tags[index][1], match.start(), tag in BOLD_TAGS, tag in ITALIC_TAGS))
                del open_tags[index:]
                break
