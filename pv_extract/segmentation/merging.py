"""Headings printed on successive lines made one: a number over its title, a title over two lines."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pv_extract.blocks import Layout, trimmed
from pv_extract.segmentation.headings import EXPLICIT, Heading, numbered, refused
from pv_extract.segmentation.openings import SET_OFF
from pv_extract.segmentation.titles import Headline, headline
from pv_extract.text import Span

SET_IN = 8  # spaces; running text is set in by less
LONGEST_CENTRED = 70  # characters of the second line of a centred heading
CONTINUED_LINE = 45  # characters; a shorter loud line is not carried on by the next one
THEME_WORDS = 4  # the longest theme that stands beside a register number
MARGIN_WIDTH = 40  # characters
MARGIN_CELLS = 2  # the margin and the text beside it
FEWEST_THEMES = 3  # fewer are titles in capitals with something under them


def merged(layout: Layout, headings: Sequence[Heading]) -> list[Heading]:
    """Headings on successive lines as one: a register number over its title, « Objet » under a number."""
    headings = [wrapped_in_margin(layout, heading) for heading in under_themes(layout, headings)]
    out: list[Heading] = []
    for heading in headings:
        last = out[-1] if out else None
        if last is not None and heading.block.index == last.last + 1 and completes(layout, last, heading):
            out[-1] = replace(
                last,
                style=style_of(last, heading),
                last=heading.last,
                number=last.number or heading.number,
                rank=last.rank if last.number else heading.rank,
                reference=last.reference or heading.reference,
                title=joined_title(last, heading),
                agenda=last.agenda if last.agenda is not None else heading.agenda,
            )
        else:
            out.append(heading)
    return [centred_on(layout, heading) for heading in out]


def centred_on(layout: Layout, heading: Heading) -> Heading:
    """A numbered heading with the line centred under it: « II. — Bureau de bienfaisance. » / « Subvention. »."""
    below = layout.blocks[heading.last + 1 : heading.last + 3]
    if heading.number is None or heading.title is None or len(below) < 2 or heading.last != heading.block.index:
        return heading
    line = below[0]
    set_in = all(len(b.text) - len(b.text.lstrip(" ")) >= SET_IN for b in (heading.block, line))
    alone = not line.gap_before and below[1].gap_before and len(line.text.strip()) <= LONGEST_CENTRED
    words = line.text.strip()
    if not (set_in and alone and words[:1].isupper()) or refused(layout, line, Headline(line.span)):
        return heading
    if numbered(layout, line) or line.is_row:
        return heading
    return replace(heading, last=line.index, title=Span(heading.title.start, trimmed(layout, line.span).end))


def under_themes(layout: Layout, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, a register number without the theme that stands beside it throughout, its title being below."""
    registers = [heading for heading in headings if heading.style == "register" and heading.title]
    themes = [a for a, b in pairwise(headings) if is_theme(layout, a, b)]
    if len(themes) < max(FEWEST_THEMES, len(registers) // 2):
        return list(headings)
    return [replace(heading, title=None) if heading in themes else heading for heading in headings]


def is_theme(layout: Layout, heading: Heading, below: Heading) -> bool:
    """Whether the words beside a register number are a theme over the title: « 2021-004 FINANCES » / « Tarifs »."""
    if heading.style != "register" or heading.title is None or below.block.has("Rapporteur", layout.grammar):
        return False
    theme = layout.read(heading.title)
    short = theme.isupper() and len(theme.split()) <= THEME_WORDS
    under = below.block.index == heading.last + 1 and not below.block.gap_before and not below.block.upper
    return short and under and below.style in ("plain", "bold")


def wrapped_in_margin(layout: Layout, heading: Heading) -> Heading:
    """The heading, a title in the margin carried on beside the text's first line: « Compte » / « de 1926 ⇥ Le… »."""
    below = layout.blocks[heading.last + 1 : heading.last + 2]
    if heading.style != "plain" or heading.title is None or not below or not below[0].is_row:
        return heading
    cells = [cell for cell in below[0].cells() if layout.read(cell).strip()]
    rest = trimmed(layout, cells[0])
    narrow = max(heading.title.end - heading.title.start, rest.end - rest.start) <= MARGIN_WIDTH
    if len(cells) != MARGIN_CELLS or not narrow or not layout.read(rest)[:1].islower():
        return heading
    if cells[1].end - cells[1].start <= MARGIN_WIDTH:
        return heading
    return replace(heading, title=Span(heading.title.start, rest.end))


def style_of(first: Heading, second: Heading) -> str:
    """The make of a heading of two lines: a number alone over a title counts as one before it, « Objet » as itself."""
    if second.style == "object" and first.style not in EXPLICIT:
        return second.style
    if first.style != "alone":
        return first.style
    return "arabic" if first.printed.isdigit() else "roman"


def completes(layout: Layout, first: Heading, second: Heading) -> bool:
    """Whether the second line carries on the heading that the first one began."""
    if first.style == "alone":
        return second.number is None and second.title is not None
    if first.style in SET_OFF:
        return False
    if first.title is None:
        return not (first.number and second.number and first.style == second.style)
    if second.style == "object" and first.style != "object":
        return first.style != "plain" or first.number is not None or first.reference is not None
    if second.style == "register" and second.title is None and first.reference is None:
        return not beside_theme(layout, second)
    return runs_over(first, second)


def runs_over(first: Heading, second: Heading) -> bool:
    """Whether a long line in bold or capitals, which nothing ends, goes on in a second one that looks like it."""
    above, below = first.block, second.block
    if below.gap_before or second.number is not None or second.reference is not None:
        return False
    if (above.bold, above.upper) != (below.bold, below.upper) or above.text.rstrip().endswith((".", ":", "?")):
        return False
    goes_on = above.upper or (above.bold and below.text.lstrip()[:1].islower())
    return goes_on and len(above.text) > CONTINUED_LINE


def beside_theme(layout: Layout, register: Heading) -> bool:
    """Whether a theme stands behind a register number, which is then that of the title below, not of one above."""
    end = headline(layout, register.block).span.end  # who reports is no theme: « Délibération n° 12 – Rapporteur : … »
    behind = register.reference and layout.read(Span(register.reference.end, end))
    return bool(behind and regex.search(r"\p{L}{3}", behind))


def joined_title(first: Heading, second: Heading) -> Span | None:
    """The title of two lines: both where the first has one, that of « Objet » where the second is one."""
    if first.title is None:
        return second.title
    if second.style == "object" or second.title is None:
        return second.title or first.title
    return Span(first.title.start, second.title.end)
