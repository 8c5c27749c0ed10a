"""The head of the minutes: which document it is, which assembly of which organisation meets."""

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.mentions import Mention
from pv_extract.segmentation.sections import Section, Segments

HEAD = ("head", "procedure", "approval", "agenda", "text")
ITEMS = ("deliberation", "discussion", "upcoming", "summary")
OPENING = ("header.date_opening", "header.date_met", "header.date_before_met", "header.date_quebec")
TITLE_BLOCKS = 14  # blocks from the top among which the document names itself
LONGEST_TITLE = 200  # characters
FIRST_WORDS = 40  # characters; a title that goes on as a sentence names the document in them
LONGEST_NAME = 70  # characters of an organisation's name on a line of its own
BEHIND_ROLL = 2  # blocks behind the roll that still tell of the meeting: the secretary, the quorum
MINUTES = ("proces_verbal", "compte_rendu")
APPROVES = regex.compile(r"\b(?:approbation|adoption|validation|lecture|arret)\b")
# « Résolution n° 1 : élection du président de séance »
SEATS = regex.compile(
    r"(?:election|designation|nomination|constitution)\s+(?:du|de\s+la|des|d'une?)\s+(?:president\w*|secretaire|scrutat\w+|bureau)"
    r"\s+d(?:e\s+(?:la\s+)?(?:seance|reunion)|e\s+l'assemblee)"
)
PLENARIES = ("conseil_departemental", "conseil_regional", "conseil_metropolitain")
COMMISSION_MEETS = regex.compile(
    r"\W*(?:la\s+|(?:reunion|seance)\s+de\s+la\s+)?commission\s+permanente\b(?:\W*$|[^\n]{0,60}?\bs'est\s+(?:assemblee|reunie)|\s+(?:du|d')\s)"
)
HOLDERS = {
    "conseil_municipal": ("commune",),
    "comite_syndical": ("syndicat",),
    "conseil_communautaire": ("communaute", "metropole"),
    "conseil_metropolitain": ("metropole",),
    "conseil_departemental": ("departement",),
    "conseil_regional": ("region",),
    "commission_permanente": ("departement", "region", "metropole"),
}
INITIALS = regex.compile(r"(?:\p{Lu}\.?){2,5}")
# A line that says what sort of organisation is named on the next.
KIND_ALONE = regex.compile(
    r"\W*(?:communaute\s+(?:de\s+communes|d'agglomeration|urbaine)|commune|ville|mairie|metropole|syndicat\s+(?:mixte|intercommunal"
    r"|des\s+eaux)|centre\s+(?:inter)?communal\s+d'action\s+sociale|centre\s+hospitalier|association|universite)"
    r"(?:\s+d(?:e(?:\s+la)?|u|es|'))?\W*"
)
PARTICLE_ALONE = regex.compile(r"\W*d(?:e|u|es|e la|e l'|')\W*")  # « MAIRIE » / « de » / « VALMORIN »
# A line that says of which sort the organisation named above it is.
SORT_BELOW = regex.compile(
    r"\W*association\s+(?:\(?(?:de\s+(?:la\s+)?|regie\s+par\s+la\s+)?loi\b|sans\s+but|declaree\b)"
)
LETTERHEAD = ("departement", "region")  # named above the organisation that belongs to them
COUNCILS = {
    "commune": "conseil_municipal",
    "communaute_de_communes": "conseil_communautaire",
    "communaute_d_agglomeration": "conseil_communautaire",
    "communaute_urbaine": "conseil_communautaire",
    "metropole": "conseil_metropolitain",
    "departement": "conseil_departemental",
    "region": "conseil_regional",
}


def head_blocks(layout: Layout, segments: Segments) -> list[Block]:
    """The blocks before the first item that the assembly deals with, those of the title at least; all without items."""
    blocks: list[Block] = []
    for section in segments.sections:
        if section.kind in ITEMS and blocks and not (seats(section) or calls_roll(section, segments)):
            blocks += opening_of_item(layout, section, blocks, segments)
            break
        blocks += section.blocks
    whole = len(blocks) >= TITLE_BLOCKS or any(b.has("AttendanceLabel", layout.grammar) for b in blocks)
    return reproduced(layout, blocks if whole else list(layout.blocks[:TITLE_BLOCKS]))


def opening_of_item(layout: Layout, section: Section, head: Sequence[Block], segments: Segments) -> list[Block]:
    """The opening formula and the roll of an extract, which stand below the object of its only deliberation."""
    called = [b.index for b in section.blocks if b.index in segments.roll_call.blocks]
    opened = any(m.rule in OPENING for b in section.blocks for m in b.find("MeetingDate", layout.grammar))
    if not called or not opened or any(b.index in segments.roll_call.blocks for b in head):
        return []
    return [b for b in section.blocks if b.index <= called[-1] + BEHIND_ROLL]


def calls_roll(section: Section, segments: Segments) -> bool:
    """Whether what looks like an item is none: nothing is decided there, and the roll is called."""
    return section.kind == "discussion" and any(b.index in segments.roll_call.blocks for b in section.blocks)


def seats(section: Section) -> bool:
    """Whether an item elects who presides over the meeting or writes its minutes."""
    return bool(section.blocks and SEATS.search(section.blocks[0].lowered))


def reproduced(layout: Layout, blocks: list[Block]) -> list[Block]:
    """The blocks from the title of the minutes that a later meeting's agenda reproduces; all where there is none."""
    kind = document_kind(layout, blocks)
    if kind is None or kind.value != "ordre_du_jour":
        return blocks
    listed = (at for at, b in enumerate(blocks) if b.has("AttendanceLabel", layout.grammar))
    before = range(1, next(listed, 0))
    return blocks[next((at for at in before if titles_minutes(layout, blocks[at])), 0) :]


def titles_minutes(layout: Layout, block: Block) -> bool:
    """Whether a block is the dated title of minutes, not a point that approves some."""
    kinds = {m.sets["kind"] for m in block.find("DocumentKind", layout.grammar)}
    dated = block.has("MeetingDate", layout.grammar) and len(block.text) < LONGEST_TITLE
    return dated and not kinds.isdisjoint(MINUTES) and not APPROVES.search(block.lowered)


def value_of(layout: Layout, mention: Mention | None, field: str, how: Any = "stated") -> Found | None:
    """The text of a mention's field, or what the rule itself states for it."""
    if mention is None:
        return None
    if field in mention.sets:
        return Found(mention.sets[field], mention.span, mention.rule, how)
    span = mention.fields.get(field)
    if span is None:
        return None
    span = trimmed(layout, span)
    return Found(sentence_case(layout.read(span)), span, mention.rule, how)


def sentence_case(text: str) -> str:
    """Words of a title in capitals as running text has them: « CONSEIL MUNICIPAL » → « Conseil municipal »."""
    text = " ".join(text.split())
    return text[:1].upper() + (text[1:].lower() if text.isupper() and len(text) > 4 else text[1:])


def document_kind(layout: Layout, head: Sequence[Block]) -> Found | None:
    """What the document calls itself in its first lines."""
    for block in head[:TITLE_BLOCKS]:
        found = block.first("DocumentKind", layout.grammar)
        reach = LONGEST_TITLE if len(block.text) < LONGEST_TITLE else FIRST_WORDS
        if found and found.span.end - block.span.start < reach and not block.has("VoteOutcome", layout.grammar):
            return value_of(layout, found, "kind")
    return None


def meeting_title(layout: Layout, kind: Found | None) -> Found | None:
    """The line in which the document names itself."""
    if kind is None:
        return None
    block = next(b for b in layout.blocks if b.span.start <= kind.span.start < b.span.end)
    span = trimmed(layout, block.span)
    return Found(" ".join(layout.read(span).split()), span, kind.rule)


def opening_first(layout: Layout, head: Sequence[Block]) -> list[Block]:
    """The head's blocks with the opening formula (« L'an deux mille… ») before the others."""
    dated = (b for b in head if any(m.rule in OPENING for m in b.find("MeetingDate", layout.grammar)))
    opening = list(islice(dated, 1))
    return [*opening, *(b for b in head if b not in opening)]


def title_region(layout: Layout, head: Sequence[Block]) -> list[Block]:
    """The opening formula, then the other blocks from the top to it: where the document says whose meeting it tells."""
    ordered = opening_first(layout, head)
    last = max(TITLE_BLOCKS, head.index(ordered[0]) if ordered else 0)
    return [b for b in ordered if b in head[: last + 1]]


def earliest(layout: Layout, kind: str, blocks: Sequence[Block]) -> Mention | None:
    """The first mention of a kind by place."""
    for block in blocks:
        if found := block.first(kind, layout.grammar):
            return found
    return None


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
    meets = (b for b in title if COMMISSION_MEETS.match(b.lowered))
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
    found.sort(key=lambda m: "name" not in m.fields)
    fitting = [m for m in found if m.sets.get("kind", "").startswith(wanted)]
    others = [] if "commune" in wanted else [m for m in found if m.sets.get("kind") not in LETTERHEAD]
    mention = next(iter(fitting or others), None)
    tree = {"name": organization_name(layout, mention), "kind": value_of(layout, mention, "kind")}
    if tree["kind"] is None and "commune" in wanted:
        tree["kind"] = Found("commune", body["kind"].span, body["kind"].rule, "derived")
    return tree


def named_organizations(layout: Layout, block: Block) -> list[Mention]:
    """The organisations that a block names, or whose sort it says and the next block the name."""
    below = layout.blocks[block.index + 1 : block.index + 3]
    lines = [block, *below[: 2 if below and PARTICLE_ALONE.fullmatch(below[0].lowered) else 1]]
    sort = KIND_ALONE.fullmatch(first_cell(block).lower()) and len(lines[-1].text) < LONGEST_NAME
    if below and (sort or SORT_BELOW.match(below[0].lowered)):
        gaps = [" " * (b.span.start - a.span.end) for a, b in pairwise(lines)]
        text = "".join(first_cell(line) + gap for line, gap in zip(lines, [*gaps, ""], strict=True))
        return [m.shift(block.span.start) for m in layout.grammar.find("Organization", text)]
    return [m for m in block.find("Organization", layout.grammar) if "\t" not in layout.read(m.span)]


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
    text = layout.read(span).strip('"«» ')
    return Found(" ".join(text.split()), span, mention.rule) if text else None
