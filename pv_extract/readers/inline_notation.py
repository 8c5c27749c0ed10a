"""Notation within lines: emphasis, tags, entities, links and escapes, found in one pass over a text."""

import re
from bisect import bisect_right
from html import unescape

from pv_extract.document import Markup
from pv_extract.readers.styling import Styled

BOLD_TAGS = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
ITALIC_TAGS = frozenset(("i", "em", "cite"))
LINE_TAGS = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"))
OTHER_TAGS = """
    a abbr article aside blockquote body br caption center code col colgroup dd del details dl dt figcaption
    figure font footer head header hr html img ins kbd label link main mark meta nav page_number pre q s
    section small span strike sub summary sup tbody td tfoot thead title tt u watermark
"""
TAGS = BOLD_TAGS | ITALIC_TAGS | LINE_TAGS | frozenset(OTHER_TAGS.split())
LONGEST_EMPHASIS = 5_000

INLINE = re.compile(
    r"""
      (?P<paragraph> \n[^\S\n]*(?=\n) )
    | (?P<escape> \\ (?=[\\`*_{}\[\]()\#+\-.!|<>~]) )
    | (?P<stars> \*+ )
    | (?P<rules> _+ )
    | (?P<comment> <!--.{0,300}?--> )
    | <(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9_]{0,14})(?:\s[^<>]{0,1000})?/?>
    | (?P<entity> &(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}); )
    | (?P<label> !?\[ (?=[^\[\]\n]{0,300}\]\([^()\s]{0,2000}\)) )
    | (?P<target> \]\([^()\s]{0,2000}\) )
    """,
    re.X,
)


class Inline:
    """One pass over a text for emphasis, tags, entities, links and escapes."""

    def __init__(self, text: str, tables: list[Markup]) -> None:
        self.text = text
        self.row_edges = [mark.start for mark in tables]
        self.markup: list[Markup] = []
        self.intervals: list[Styled] = []
        self.open_runs: list[tuple[str, int, int]] = []
        self.open_tags: list[tuple[str, int]] = []
        self.open_links = 0

    def scan(self) -> tuple[list[Markup], list[Styled]]:
        """The notation found, and the intervals that it styles."""
        for match in INLINE.finditer(self.text):
            kind = match.lastgroup
            if kind == "paragraph":
                self.open_runs.clear()
                self.open_links = 0
            elif kind in ("stars", "rules"):
                self._emphasis(match.start(), match.end())
            elif kind == "tag":
                self._tag(match)
            elif kind == "entity":
                self._entity(match)
            elif kind == "label":
                self.open_links += 1
                self.markup.append(Markup(*match.span()))
            elif kind == "target":
                self._target(match)
            else:
                self.markup.append(Markup(*match.span()))
        return self.markup, self.intervals

    def _target(self, match: re.Match[str]) -> None:
        if self.open_links:
            self.open_links -= 1
            self.markup.append(Markup(*match.span()))

    def _entity(self, match: re.Match[str]) -> None:
        meant = unescape(match[0])
        if meant != match[0]:
            self.markup.append(Markup(*match.span(), meant))

    def _emphasis(self, start: int, end: int) -> None:
        sign, length = self.text[start], end - start
        if length > (4 if sign == "*" else 2):
            return
        before = self.text[start - 1] if start else "\n"
        after = self.text[end] if end < len(self.text) else "\n"
        opens, closes = _flanks(sign, before, after)
        twin = length == 2 and sign == "*"
        if (closes or twin) and (start := self._close(start, end, closes)) == end:
            return
        if opens or (twin and after != "\n"):
            self.open_runs.append((sign, start, end))
            del self.open_runs[:-16]

    def _close(self, start: int, end: int, closes: bool) -> int:
        """Pair the run with what it closes; return where its unpaired rest begins."""
        sign = self.text[start]
        for index in range(len(self.open_runs) - 1, -1, -1):
            other, first, last = self.open_runs[index]
            if other != sign or start == end or not (closes or last - first == 2):
                continue
            if not self._may_pair(last, start, closes):
                continue
            size = min(last - first, end - start)
            self._pair(last - size, start, size)
            del self.open_runs[index:]
            if last - size > first:
                self.open_runs.append((sign, first, last - size))
            start += size
        return start

    def _may_pair(self, opening: int, closing: int, closes: bool) -> bool:
        """Whether something stands between the two; a loose pair (a blank inside) stays on its line."""
        if closing - opening > LONGEST_EMPHASIS:
            return False
        inside = self.text[opening:closing]
        strict = closes and not inside[:1].isspace()
        return bool(inside.strip()) and (strict or "\n" not in inside)

    def _pair(self, opening: int, closing: int, size: int) -> None:
        self.markup += (Markup(opening, opening + size), Markup(closing, closing + size))
        self.intervals.append(Styled(opening, closing + size, bold=size >= 2, italic=size != 2))

    def _tag(self, match: re.Match[str]) -> None:
        tag = match["tag"].lower()
        if tag not in TAGS:
            return
        closing = bool(match["close"])
        self.markup.append(Markup(*match.span(), self._tag_stands_for(match, tag, closing)))
        if tag not in BOLD_TAGS and tag not in ITALIC_TAGS:
            return
        if not closing:
            self.open_tags.append((tag, match.start()))
            del self.open_tags[:-64]
            return
        for index in range(len(self.open_tags) - 1, -1, -1):
            if self.open_tags[index][0] == tag:
                start = self.open_tags[index][1]
                self.intervals.append(Styled(start, match.end(), tag in BOLD_TAGS, tag in ITALIC_TAGS))
                del self.open_tags[index:]
                return

    def _tag_stands_for(self, match: re.Match[str], tag: str, closing: bool) -> str:
        following = self.text[match.end() : match.end() + 40].lstrip(" \t")
        if tag == "br":
            return " " if self._in_row(match.start()) else "" if following.startswith("\n") else "\n"
        if closing and tag in ("td", "th"):
            return "" if following.lstrip().startswith("</") else "\t"
        ends_line = closing and tag in LINE_TAGS
        return "\n" if ends_line and following and not following.startswith("\n") else ""

    def _in_row(self, offset: int) -> bool:
        """Whether a pipe of a table stands before the offset on its line."""
        index = bisect_right(self.row_edges, offset) - 1
        if index < 0 or offset - self.row_edges[index] > LONGEST_EMPHASIS:
            return False
        return "\n" not in self.text[self.row_edges[index] : offset]


def _flanks(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of ``*`` or ``_`` may open, and may close, an emphasis.

    >>> _flanks("*", " ", "M"), _flanks("*", "e", " "), _flanks("_", "a", "b"), _flanks("*", "3", "4")
    ((True, False), (False, True), (False, False), (False, False))
    """
    if before == "(" and after == ")":  # a note's star
        return False, False
    within = before.isalnum() and after.isalnum()
    if within and (sign == "_" or before.isdigit() or after.isdigit()):
        return False, False
    opens, closes = not after.isspace(), not before.isspace()
    if sign == "_":
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes
