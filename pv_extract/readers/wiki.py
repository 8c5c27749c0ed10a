"""The notation of wikis (MediaWiki, DokuWiki), of AsciiDoc, Org and Textile: titles, emphasis, lists and links."""

import re
from collections.abc import Iterator

from pv_extract.document import Markup
from pv_extract.readers.styling import Styled

FENCED_TITLE = re.compile(r"^(?P<signs>={1,6})(?!=)[^\S\n]*(?P<title>\S[^\n]*?)[^\S\n]*(?<!=)(?P=signs)[^\S\n]*$", re.M)
"""``== Budget ==``: a title of MediaWiki or DokuWiki."""
LED_TITLE = re.compile(r"(?:\A=|^={2,6}|^h[1-6]\.|^\#\+TITLE:)[^\S\n]+(?P<title>[^\W_][^\n]*)(?<!=)$", re.M | re.I)
"""A title after its sign: ``== Budget`` (AsciiDoc), ``h2. Budget`` (Textile), ``#+TITLE: Budget`` (Org)."""
ASCIIDOC = re.compile(r"\A=[^\S\n]+[^\W_]")
BLOCK_TITLE = re.compile(r"^\.(?=[^\W_])(?P<title>[^\n]*)$", re.M)
"""``.Présents`` over a list of AsciiDoc."""
ORG_KEYWORD = re.compile(r"^\#\+(?:TITLE|AUTHOR|DATE|STARTUP|OPTIONS|LANGUAGE|BEGIN_\w+):?", re.M | re.I)
ORG_TITLE = re.compile(r"^\*{1,6}[^\S\n]+(?P<title>\S[^\n]*)$", re.M)
NUMBERED = re.compile(r"^\#{1,4}[^\S\n]*(?=\S)", re.M)
"""``# Budget``: an entry of a numbered list in a wiki, where Markdown has a title."""
FIELD = re.compile(r"^:(?=[^\W\d_][^:\n]{1,40}:[^\S\n]+\S)", re.M)
"""``:Excusée: Anne Roux``: a field of reStructuredText, an attribute of AsciiDoc."""
EMPHASIS = re.compile(r"(?P<signs>'{2,3}|'{5})(?!')(?P<text>[^\s'](?:[^\n']|'(?!'))*)(?P=signs)(?!')")
LINE_BREAK = re.compile(r"[^\S\n]*\\\\[^\S\n]*$", re.M)
"""Two backslashes that end a line of DokuWiki."""
LINK = re.compile(r"(?P<open>\[\[(?:[^\[\]|\n]{1,300}\|)?)[^\[\]|\n]{1,300}(?P<close>\]\])")


def is_wiki(text: str) -> bool:
    """Whether a text is written in a wiki's notation: it has a title between signs of equality."""
    return "=" in text and any(_is_title(found["title"]) for found in FENCED_TITLE.finditer(text))


def light_notation(text: str, wiki: bool) -> Iterator[tuple[Markup | Styled, ...]]:
    """The notation of a text in any of these, a tuple for each piece of it: what is notation, and what it styles."""
    yield from _titles(text, LED_TITLE)
    yield from ((Markup(*found.span()),) for found in FIELD.finditer(text))
    if ASCIIDOC.match(text):
        yield from _titles(text, BLOCK_TITLE)
    if ORG_KEYWORD.search(text):
        yield from _titles(text, ORG_TITLE)
    if wiki:
        yield from _titles(text, FENCED_TITLE)
        yield from ((Markup(*found.span(), "- "),) for found in NUMBERED.finditer(text))
        yield from ((Markup(*found.span()),) for found in LINE_BREAK.finditer(text))
        yield from map(_emphasis, EMPHASIS.finditer(text))
        yield from ((Markup(*found.span("open")), Markup(*found.span("close"))) for found in LINK.finditer(text))


def _titles(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[Markup | Styled, ...]]:
    for found in pattern.finditer(text):
        if _is_title(found["title"]):
            start, end = found.span("title")
            signs = (Markup(found.start(), start), Markup(end, found.end()))
            yield *(mark for mark in signs if mark.start < mark.end), Styled(start, end, bold=True)


def _is_title(line: str) -> bool:
    return sum(map(str.isalpha, line)) >= 3


def _emphasis(found: re.Match[str]) -> tuple[Markup | Styled, ...]:
    start, end = found.span("text")
    size = len(found["signs"])
    return Markup(found.start(), start), Markup(end, found.end()), Styled(start, end, size != 2, size != 3)
