"""The groups of a roll: the college or commune that a line names, over those who follow or before them."""

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.members.flattened import WHOLE, WHOLE_REVERSED
from pv_extract.members.people import name_share, people_in
from pv_extract.text import Span

LIST_SHARE = 0.6  # share of a block's letters that must be names, roles and marks for it to be a list
BULLETED = regex.compile(r"\s*[-*•+]\s+\p{L}[\p{L}' .-]{0,28}(?:\([^()]{0,30}\))?\s*")
FEWEST_HEADS = 2  # a line above one list only is a title
LISTED_MEMBER = regex.compile(r"\s*[-–—•*]\s+(?:M\.|Mmes?\b|MM\.|Mlle\b|Monsieur\b|Madame\b|Mademoiselle\b)")
GROUP_LINE = regex.compile(r"\s*\p{Lu}[^\n\d.,;:()\t]{3,70}\s*:?\s*")


def behind_group(layout: Layout, block: Block) -> Span:
    """A line without the commune, college or seat that it opens with: « Siège n° 2 : Anne Roux »."""
    found = layout.grammar.first("Group", block.folded)
    if found is None or found.span.end >= len(block.text):
        return block.span
    return Span(block.span.start + found.span.end, block.span.end)


def group_of_line(layout: Layout, block: Block) -> Span | None:
    """The college or commune that a line alone names, heading those who follow."""
    found = layout.grammar.first("Group", block.folded)
    if found is None or not found.rule.endswith(("group_line", "group_heading")) or "group" not in found.fields:
        return group_of_marked(layout, block) or group_of_listed(layout, block) or group_of_bold(layout, block)
    if found.rule.endswith("group_heading") and not heads_names(layout, block):
        return None
    return trimmed(layout, found.fields["group"].shift(block.span.start))


def group_of_marked(layout: Layout, block: Block) -> Span | None:
    """The commune that a bare line names over members of whom each line says whether they are there.

    « BRENNE » / « M. Morel | présent » / « Mme Roux | excusée » / « ORVANNE » / …: at least two such lines.
    """
    if not heads_marked(layout, block) or sum(heads_marked(layout, b) for b in layout.blocks) < FEWEST_HEADS:
        return None
    return trimmed(layout, block.span)


def heads_marked(layout: Layout, block: Block) -> bool:
    """Whether a short line without a name stands over a marked entry, whose name has an honorific or small letters."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    if block.is_row or not below or not GROUP_LINE.fullmatch(block.text):
        return False
    if not below[0].has("MarkedEntry", layout.grammar) or block.has("MarkedEntry", layout.grammar):
        return False
    if block.has("AttendanceLabel", layout.grammar) or layout.grammar.has("NotAName", block.folded):
        return False
    here, named = people_in(layout, block.span), people_in(layout, below[0].span)
    if any(person.honorific for person in here) or not named:
        return False
    return named[0].honorific is not None or (block.upper and not layout.read(named[0].span).isupper())


def group_of_listed(layout: Layout, block: Block) -> Span | None:
    """The college that a line set off names over a list of members with honorifics, in whatever words.

    « Administrateurs désignés par la communauté » / « - Mme Roux » / « - M. Morel » / « Locataires » / « - M. Fabre »:
    at least two such lines.
    """
    if not heads_listed(layout, block) or sum(heads_listed(layout, b) for b in layout.blocks) < FEWEST_HEADS:
        return None
    return trimmed(layout, block.span)


def heads_listed(layout: Layout, block: Block) -> bool:
    """Whether a line of words behind a gap stands over a bullet and somebody with an honorific."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    if block.is_row or not block.gap_before or not below or below[0].gap_before or not GROUP_LINE.fullmatch(block.text):
        return False
    opens = LISTED_MEMBER.match(below[0].text) and name_share(layout, below[0].span) >= LIST_SHARE
    told = any(block.has(kind, layout.grammar) for kind in ("OfficeLine", "AttendanceLabel"))
    return bool(opens) and not told and not people_in(layout, block.span)


def group_of_bold(layout: Layout, block: Block) -> Span | None:
    """The commune that a bold line names over members in plain type: « **Brenne** » / « M. Morel » / « **Orvanne** ».

    At least two such lines; the members have honorifics, or both their names.
    """
    if not heads_plain(layout, block) or sum(heads_plain(layout, b) for b in layout.blocks) < FEWEST_HEADS:
        return None
    return trimmed(layout, block.span)


def heads_plain(layout: Layout, block: Block) -> bool:
    """Whether a bold line without honorific stands right above a line in plain type that begins with a whole name."""
    below = layout.blocks[block.index + 1 : block.index + 2]
    if not block.bold or block.is_row or not below or below[0].bold or below[0].gap_before:
        return False
    told = any(block.has(kind, layout.grammar) for kind in ("OfficeLine", "AttendanceLabel", "NotAName"))
    if told or not GROUP_LINE.fullmatch(block.text) or is_whole_name(layout, block.span):
        return False
    return is_whole_name(layout, below[0].span) and name_share(layout, below[0].span) >= LIST_SHARE


def is_whole_name(layout: Layout, span: Span) -> bool:
    """Whether a line or a cell begins with an honorific and a name, or with a given and a family name in capitals."""
    text = layout.read(span)
    courteous = bool(people_in(layout, span)) and people_in(layout, span)[0].honorific is not None
    return courteous or bool(WHOLE.match(text) or WHOLE_REVERSED.match(text))


def heads_names(layout: Layout, block: Block) -> bool:
    """Whether the block below, or the one below another heading, is an entry of a list."""
    below = list(layout.blocks[block.index + 1 : block.index + 3])
    below = below[1:] if below and below[0].text.rstrip().endswith(":") else below[:1]
    return any(BULLETED.fullmatch(b.lowered) or name_share(layout, b.span) >= LIST_SHARE for b in below)
