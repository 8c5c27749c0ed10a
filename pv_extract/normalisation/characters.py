"""Characters: composed letters, plain spaces and bullets, words that the end of a line broke made whole."""

import re
import unicodedata
from collections.abc import Iterator

import regex

from pv_extract.text import Edit, Span

UNICODE_CHANGES = {
    "unicode.ligature": {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
    "unicode.space": dict.fromkeys(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000)), " "),
    "unicode.invisible": dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe", ""),
    "unicode.bullet": dict.fromkeys("•●▪■◦○‣⁃❖➢➤►▶\uf0b7\uf0a7\uf0d8\uf02d\uf076\uf0e8", "-"),
    "unicode.tick": dict.fromkeys("✔☑☒\uf0fc\uf0fe", "✓"),
    "layout.page": {"\f": "\n"},
}  # fmt: skip
CHANGED = re.compile("[" + "".join(char for table in UNICODE_CHANGES.values() for char in table) + "]")
RULE_OF = {char: (rule, after) for rule, table in UNICODE_CHANGES.items() for char, after in table.items()}
DECOMPOSED = regex.compile(r"\p{L}\p{Mn}+")
HYPHENATED = regex.compile(r"(?<=\b(\p{L}{2,}))(?P<cut>[-‐¬]\n[ \t]*)(?=\p{Ll})")
COMPOUND = frozenset([
    "vice", "ci", "peut", "sous", "non", "demi", "mi", "avant", "après", "apres", "grand", "rez", "là", "au", "ex",
    "socio", "contre", "extra", "inter", "multi", "anti", "semi", "co", "pré", "pro", "celui", "celle", "ceux",
    "celles", "lui", "elle", "eux", "soi", "moi", "moyen", "vingt", "trente", "quarante", "cinquante", "soixante",
    "quatre", "dix", "saint", "sainte",
])  # fmt: skip
"""Words that keep their hyphen when the line ends behind them."""


def unicode_edits(text: str) -> Iterator[Edit]:
    """Composed letters, plain spaces and bullets, ligatures opened, invisible characters dropped."""
    for found in CHANGED.finditer(text):
        rule, after = RULE_OF[found[0]]
        yield Edit(Span(*found.span()), after, rule)
    if not unicodedata.is_normalized("NFC", text):
        for letter in DECOMPOSED.finditer(text):
            composed = unicodedata.normalize("NFC", letter[0])
            if composed != letter[0]:
                yield Edit(Span(*letter.span()), composed, "unicode.nfc")


def hyphen_edits(text: str) -> Iterator[Edit]:
    """Joins words broken at the end of a line; compounds keep their hyphen."""
    for found in HYPHENATED.finditer(text):
        after = "-" if found[1].lower() in COMPOUND else ""
        yield Edit(Span(*found.span("cut")), after, "hyphen.line_end")
