"""Whose meeting it is: the assembly that meets, and the organisation that holds it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.meeting.header import TITLE_BLOCKS, earliest, title_region, value_of
from pv_extract.mentions import Mention

LONGEST_NAME = 70  # characters of an organisation's name on a line of its own
PLENARIES = ("conseil_departemental", "conseil_regional", "conseil_metropolitain")
LETTERHEAD = ("departement", "region")  # named above the organisation that belongs to them
INITIALS = regex.compile(r"(?:\p{Lu}\.?){2,5}")
SORT_INITIALS = regex.compile(r"(?:C\.?[CI]\.?A\.?S|S\.?I\.?(?:\p{Lu}\.?){1,5}|S\.?M\.?(?:\p{Lu}\.?){2,5})\b")
BROKEN_COMPOUND = regex.compile(r"(?<=\p{L})- (?=\p{Lu}\p{Ll})")  # « Haute- Brenne », where a line ended
HOLDERS = {
    "conseil_municipal": ("commune",),
    "comite_syndical": ("syndicat",),
    "conseil_communautaire": ("communaute", "metropole"),
    "conseil_metropolitain": ("metropole",),
    "conseil_departemental": ("departement",),
    "conseil_regional": ("region",),
    "commission_permanente": ("departement", "region", "metropole"),
}
COUNCILS = {
    "commune": "conseil_municipal",
    "communaute_de_communes": "conseil_communautaire",
    "communaute_d_agglomeration": "conseil_communautaire",
    "communaute_urbaine": "conseil_communautaire",
    "metropole": "conseil_metropolitain",
    "departement": "conseil_departemental",
    "region": "conseil_regional",
}


def body_tree(layout: Layout, head: Sequence[Block]) -> dict[str, Any]:
    """The assembly that meets."""
    mention = earliest(layout, "Body", head[:TITLE_BLOCKS]) or earliest(layout, "Body", head)
    mention = standing(layout, mention, head[:TITLE_BLOCKS]) or earliest(layout, "Council", head[:TITLE_BLOCKS])
    mention = spelled_out(layout, mention, head[:TITLE_BLOCKS]) if mention else None
    return {"name": value_of(layout, mention, "name"), "kind": value_of(layout, mention, "kind")}


def standing(layout: Layout, mention: Mention | None, title: Sequence[Block]) -> Mention | None:
    """The mention of an assembly, or of its standing commission where the title or the opening says that it meets."""
    if mention is None or mention.sets["kind"] not in PLENARIES:
        return mention
    meets = (b for b in title if b.has("StandingCommission", layout.grammar))
    same = (m for b in meets for m in b.find("Body", layout.grammar) if m.sets["kind"] == "commission_permanente")
    return next(same, mention)


def spelled_out(layout: Layout, mention: Mention, title: Sequence[Block]) -> Mention:
    """The mention of an assembly, or the one that spells out its initials in the title: « CSE »."""
    same = (m for m in layout.find("Body", title) if m.sets["kind"] == mention.sets["kind"])
    longer = (m for m in same if "name" in m.fields and " " in layout.read(m.fields["name"]))
    name = layout.read(mention.fields["name"]) if "name" in mention.fields else ""
    return next(longer, mention) if INITIALS.fullmatch(name) else mention


def qualified(body: dict[str, Any], organization: dict[str, Any]) -> dict[str, Any]:
    """The assembly, a bare « conseil » being the council of the organisation that holds the meeting."""
    kind, holder = body["kind"], organization["kind"]
    if kind is None or kind.value != "conseil" or holder is None or holder.value not in COUNCILS:
        return body
    return {**body, "kind": Found(COUNCILS[holder.value], kind.span, kind.rule, "derived")}


def organization_tree(layout: Layout, head: Sequence[Block], body: dict[str, Any]) -> dict[str, Any]:
    """Who holds the meeting; a municipal council is that of a commune even where none is named."""
    found = [m for block in title_region(layout, head) for m in named_organizations(layout, block)]
    wanted = HOLDERS.get(getattr(body["kind"], "value", ""), ())
    if not any("name" in m.fields for m in found):
        found += [
            m for b in layout.blocks[-TITLE_BLOCKS:] for m in b.find("Organization", layout.grammar) if at_foot(m)
        ]
    found.sort(key=lambda m: ("name" not in m.fields, named_by_initials(layout, m)))
    fitting = [m for m in found if m.sets.get("kind", "").startswith(wanted)]
    others = [] if "commune" in wanted else [m for m in found if m.sets.get("kind") not in LETTERHEAD]
    mention = next(iter(fitting or others), None)
    tree = {"name": organization_name(layout, mention), "kind": value_of(layout, mention, "kind")}
    if tree["kind"] is None and "commune" in wanted:
        tree["kind"] = Found("commune", body["kind"].span, body["kind"].rule, "derived")
    return tree


def named_by_initials(layout: Layout, mention: Mention) -> bool:
    """Whether an organisation is called by the initials of its sort, « le SIVU des Prés », « CCAS »."""
    name = layout.read(mention.fields["name"]).strip() if "name" in mention.fields else ""
    return (not name.isupper() and bool(SORT_INITIALS.match(name))) or bool(INITIALS.fullmatch(name))


def named_organizations(layout: Layout, block: Block) -> list[Mention]:
    """The organisations that a block names, or whose sort it says and the next block the name."""
    grammar = layout.grammar
    below = layout.blocks[block.index + 1 : block.index + 3]
    lines = [block, *below[: 2 if below and below[0].has("ParticleAlone", grammar) else 1]]
    sort_above = grammar.has("OrganizationSort", first_cell(block)) and len(lines[-1].text) < LONGEST_NAME
    if below and (sort_above or below[0].has("SortBelow", grammar)):
        gaps = [" " * (b.span.start - a.span.end) for a, b in pairwise(lines)]
        text = "".join(first_cell(line) + gap for line, gap in zip(lines, [*gaps, ""], strict=True))
        return [m.shift(block.span.start) for m in grammar.find("Organization", text)]
    return [m for m in block.find("Organization", grammar) if "\t" not in layout.read(m.span)]


def first_cell(block: Block) -> str:
    """The folded text of a block, its cells behind the first one blank: same length."""
    return block.folded.split("\t")[0].ljust(len(block.text))


def at_foot(mention: Mention) -> bool:
    """Whether the end of the minutes can name the organisation so: in a signature, or as « l'association »."""
    return mention.rule == "header.org_mayor_of" or "name" not in mention.fields


def organization_name(layout: Layout, mention: Mention | None) -> Found | None:
    """The organisation's name as printed, without quotes."""
    if mention is None or "name" not in mention.fields:
        return None
    span = trimmed(layout, mention.fields["name"])
    text = BROKEN_COMPOUND.sub("-", " ".join(layout.read(span).strip('"«» ').split()))
    return Found(text, span, mention.rule) if text else None
