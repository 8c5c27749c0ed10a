"""Folding: text as rules see it, without accents, with plain quotes, hyphens and spaces."""

import unicodedata
from functools import lru_cache


def _fold_table() -> dict[int, str]:
    table = {}
    for code in range(0xA0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    plain = {"'": "’‘ʼ´`′", '"': "«»“”„″", "-": "‐‑‒–—―−", " ": "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", "°": "º˚"}
    table.update({ord(c): to for to, chars in plain.items() for c in chars})
    table.update({ord("ſ"): "s", ord("ı"): "i"})
    return table


FOLD = _fold_table()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without accents, with plain quotes, hyphens and spaces: same length, same case.

    >>> fold("Été « à » – 20 h")
    'Ete " a " - 20 h'
    """
    return fold_whole(text)


def fold_whole(text: str) -> str:
    """The same of a text too long to be remembered."""
    return text.translate(FOLD)
