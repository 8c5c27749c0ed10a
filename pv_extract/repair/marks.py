"""Marks that OCR puts into words, and brackets that it misreads: what stands between letters is a letter or nothing."""

from collections.abc import Iterator

import regex

from pv_extract.text import Edit, Span

SPECK, FIGURE, BRACKET, HYPHEN = "mark.speck", "mark.figure", "mark.bracket", "mark.hyphen"
BLANK = "mark.blank"
# A bracket closed by another; a speck before a line or behind its number; a dash between two names; a given name and
# a family name, a name and its verb without a blank; a speck between letters,
# or between a name and its comma; a figure between the letters of a word
# in capitals, or behind its initial one.
FOUND = regex.compile(
    r"""(?P<square>[({]\[?)(?=[^()\[\]{}\n]{3,40}\])
    | (?P<bracket>[{}])
    | ^(?P<edge>[‘’'`´|.,~]{1,2}[ ]?)(?=\p{Lu}[\p{Ll}.]|\p{Lu}{4}|\d{1,2}[.)])
    | (?<=^[ ]{0,8}(?:[a-h]|[IVX]{1,5}|\d{1,2})[)}])(?P<edge>[.:])(?=[ \t])
    | (?<=\p{Lu}{3}[ ])(?P<dash>[+=~])(?=[ ]\p{Lu}\p{Ll}[\p{L}-]+[ ]\p{Lu}{3})
    | (?<=(?<!\p{L})\p{Lu}\p{Ll}{2,12})(?P<glued>\p{Ll})(?=\p{Lu}{3})
    | (?<=(?<!\p{L})\p{Lu}{2,15})(?P<glued>\p{Lu})(?=n'(?:a|est|ont|étant)\b)
    | (?<=\p{L})(?P<speck>[|~*^`]{1,2})(?=\p{L})
    | (?<=\p{Lu}{3})(?P<speck>\.)(?=,)
    | (?<=\b\p{Lu}[\p{L}]{2,20})(?P<hyphen>[—_])(?=\p{Lu}\p{L}{2})
    | (?<=(?<![\p{L}\d])\p{Lu}{2,20})(?P<figure>[0568])(?=\p{Lu})
    | (?<=(?<![\p{L}\d])\p{Lu})(?P<figure>[0568])(?=\p{Lu}{2})""",
    regex.VERBOSE | regex.MULTILINE,
)
LETTER = {"0": "O", "5": "S", "6": "G", "8": "B", "{": "(", "}": ")"}


def mark_edits(text: str) -> Iterator[Edit]:
    """The repairs of specks, hyphens, lost blanks, figures among capitals, and brackets in a damaged text."""
    for found in FOUND.finditer(text):
        span = Span(*found.span())
        match found.lastgroup:
            case "speck" | "edge":
                yield Edit(span, "", SPECK, 0.9)
            case "square":
                yield Edit(span, "[", BRACKET)
            case "hyphen" | "dash":
                yield Edit(span, "-", HYPHEN, 0.9)
            case "glued":
                yield Edit(span, found[0] + " ", BLANK, 0.9)
            case "figure":
                yield Edit(span, LETTER[found[0]], FIGURE, 0.9)
            case _:
                yield Edit(span, LETTER[found[0]], BRACKET)
