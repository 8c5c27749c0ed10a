"""Legends of tables of members: what the letters of their cells mean."""

import regex

from pv_extract.blocks import Layout
from pv_extract.grammar import fold
from pv_extract.members.cells import said_in

# « V : présent en visioconférence », up to the next letter that is explained.
MEANING = regex.compile(
    r"(?<!\w)(?P<code>\p{Lu}{1,3})\s*[:=]\s*(?P<told>[^:=\n]{3,60}?)\s*(?=[-;,/|.()]*\s*(?:(?<!\w)\p{Lu}{1,3}\s*[:=]|\Z))"
)


def codes_of(layout: Layout) -> dict[str, str]:
    """The statuses that letters stand for, folded and in small letters, as a line of the minutes explains them.

    « P : présent en salle – V : présent en visioconférence – E : excusé » → ``{"p": "present", "v": "remote", …}``.
    """
    out: dict[str, str] = {}
    for block in layout.blocks:
        if block.has("CodeLegend", layout.grammar):
            for found in MEANING.finditer(fold(block.text).strip()):
                if status := said_in(layout, found["told"]):
                    out.setdefault(found["code"].lower(), status)
    return out
