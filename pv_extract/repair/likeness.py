"""Likeness: what it costs to believe that a word as read was another as printed, by what OCR takes for what."""

from functools import cache, lru_cache

import regex

from pv_extract.repair.confusions import CONFUSIONS
from pv_extract.repair.lexicon import skeleton

EXTRA, LOST, OTHER = 3.0, 3.0, 4.0  # a letter too many, one that is missing, any letter for any other
EXTRA_FIGURE = 9.0  # a figure too many: it stands for a number run together with the word
# Confusions that words of the dictionary do not need: signs for letters, and those among capitals. Read>printed.
SIGNS = {
    1.0: "0>o 1>l 1>i |>l |>i !>l !>i 5>s 8>b 6>g 6>e 6>o l>i 2>z 9>g 4>a ii>u i>r 1>t fi>n ll>u ce>oe iii>m",
    2.0: "|>t rri>m iri>m rii>m nn>m ui>m iii>u li>u e>s s>e s>a i>e e>i o>s s>o ci>d cl>o el>d f>r r>f j>t c>t t>c "
    "i>f li>b 0>e 0>a 0>c 3>s 7>t $>s t>i b>d fi>h tl>d p>r ir>n iu>u ni>u nt>m",
}
CAPITALS = {
    1.0: "ij>u ii>h f>e e>f k>r b>r r>b p>f f>p n>m m>n q>o d>o o>d g>c c>g i>t t>i y>v v>y b>e e>b 8>r b>8 lj>u",
    2.0: "h>n n>h h>m k>h l>i l>t i>e f>t t>f l>e x>k u>o o>u iv>n iv>m ni>m in>m n>ri fi>r u>ij ti>h v>u",
}
UNREAD = regex.compile(r"[^\p{L}\d|!]+")  # signs that OCR takes for no letter
Table = dict[str, tuple[tuple[str, float], ...]]


def squeezed(text: str) -> str:
    """The letters and figures of a text in lower case, without accents and blanks.

    >>> squeezed("Étaient prés|ents :")
    'etaientpres|ents'
    """
    return UNREAD.sub("", skeleton(text.lower()))


@cache
def table(capitals: bool) -> Table:
    """For each reading of one to three letters the letters that may have been printed, with their costs."""
    found: dict[str, dict[str, float]] = {}
    for costs in (CONFUSIONS, SIGNS, *([CAPITALS] if capitals else [])):
        for cost, pairs in costs.items():
            for pair in pairs.split():
                read, printed = pair.split(">")
                known = found.setdefault(read, {})
                known[printed] = min(cost, known.get(printed, OTHER))
    return {read: tuple(sorted(printed.items())) for read, printed in found.items()}


@lru_cache(maxsize=50_000)
def cost(read: str, printed: str, capitals: bool = False, most: float = 12.0) -> float:
    """What it costs to take ``read`` for ``printed``, both in lower case and without accents; over ``most``, infinite.

    >>> cost("rnernbre", "membre"), cost("membre", "nombre"), cost("5eance", "seance")
    (2.0, 6.0, 1.0)
    """
    confused, size = table(capitals), len(printed)
    rows = [[float("inf")] * (size + 1) for _ in range(len(read) + 1)]
    rows[0] = [at * LOST for at in range(size + 1)]
    for i in range(len(read)):
        row = rows[i]
        if min(row) > most:
            return float("inf")
        reach = [(rows[i + n], confused.get(read[i : i + n], ())) for n in (1, 2, 3) if i + n <= len(read)]
        spread(row, read[i], printed, reach)
    last = rows[len(read)]
    close(last)
    return last[size] if last[size] <= most else float("inf")


def close(row: list[float]) -> None:
    """Lets the letters that may have been lost be lost."""
    for j in range(len(row) - 1):
        row[j + 1] = min(row[j + 1], row[j] + LOST)


def spread(
    row: list[float], letter: str, printed: str, reach: list[tuple[list[float], tuple[tuple[str, float], ...]]]
) -> None:
    """Carries the costs of a row on to the rows behind it."""
    close(row)
    extra = EXTRA_FIGURE if letter.isdigit() else EXTRA
    following = reach[0][0]
    for j, spent in enumerate(row):
        following[j] = min(following[j], spent + extra)
        if j < len(printed):
            following[j + 1] = min(following[j + 1], spent + (0.0 if letter == printed[j] else OTHER))
        for target, options in reach:
            for to, price in options:
                end = j + len(to)
                if printed.startswith(to, j) and spent + price < target[end]:
                    target[end] = spent + price
