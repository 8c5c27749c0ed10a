"""The head of the minutes: which document, who meets, when and where, who presides and who writes."""

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.linking import Roster, office_of
from pv_extract.mentions import Mention
from pv_extract.people import people_in
from pv_extract.sections import Segments
from pv_extract.text import Span
from pv_extract.values import read_date, read_number, read_time
from pv_extract.votes import tabled

HEAD = ("head", "procedure", "approval", "agenda", "text")
OPENING = ("header.date_opening", "header.date_met", "header.date_before_met", "header.date_quebec")
TITLE_BLOCKS = 14  # blocks from the top among which the document names itself
LONGEST_TITLE = 200  # characters
MINUTES = ("proces_verbal", "compte_rendu")
APPROVES = regex.compile(r"\b(?:approbation|adoption|validation|lecture|arret)\b")
HOLDERS = {
    "conseil_municipal": ("commune",),
    "comite_syndical": ("syndicat",),
    "conseil_communautaire": ("communaute", "metropole"),
    "conseil_metropolitain": ("metropole",),
    "conseil_departemental": ("departement",),
    "conseil_regional": ("region",),
    "commission_permanente": ("departement", "region", "metropole"),
}
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
COUNTS = (
    "in_office",
    "present",
    "represented",
    "present_or_represented",
    "excused",
    "absent",
    "voting",
    "quorum",
    "votes",
)


def head_blocks(layout: Layout, segments: Segments) -> list[Block]:
    """The blocks before the first item that the assembly deals with, those of the title at least; all without items."""
    blocks: list[Block] = []
    for section in segments.sections:
        if section.kind in ("deliberation", "discussion", "upcoming", "summary") and blocks:
            break
        blocks += section.blocks
    whole = len(blocks) >= TITLE_BLOCKS or any(b.has("AttendanceLabel", layout.grammar) for b in blocks)
    return reproduced(layout, blocks if whole else list(layout.blocks[:TITLE_BLOCKS]))


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
    title = [b for b in head[:TITLE_BLOCKS] if len(b.text) < LONGEST_TITLE]
    for block in title:
        if found := block.first("DocumentKind", layout.grammar):
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
    mention = mention or earliest(layout, "Council", head[:TITLE_BLOCKS])
    return {"name": value_of(layout, mention, "name"), "kind": value_of(layout, mention, "kind")}


def qualified(body: dict[str, Any], organization: dict[str, Any]) -> dict[str, Any]:
    """The assembly, a bare « conseil » being the council of the organisation that holds the meeting."""
    kind, holder = body["kind"], organization["kind"]
    if kind is None or kind.value != "conseil" or holder is None or holder.value not in COUNCILS:
        return body
    return {**body, "kind": Found(COUNCILS[holder.value], kind.span, kind.rule, "derived")}


def organization_tree(layout: Layout, head: Sequence[Block], body: dict[str, Any]) -> dict[str, Any]:
    """Who holds the meeting; a municipal council is that of a commune even where none is named."""
    found = [m for block in title_region(layout, head) for m in block.find("Organization", layout.grammar)]
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


def meeting_date(layout: Layout, head: Sequence[Block]) -> Found | None:
    """The day of the meeting, by the surest formula that holds a whole date."""
    for rule in layout.grammar.by_kind.get("MeetingDate", ()):
        for block in (*title_region(layout, head), *head):
            for mention in rule.find(block.folded, block.hits):
                span = mention.fields["date"].shift(block.span.start)
                if date := read_date(layout.read(span)):
                    return Found(date.isoformat(), span, rule.id)
    return None


def convocation_date(layout: Layout, head: Sequence[Block], meeting: Found | None) -> Found | None:
    """The day of the convocation; its year, where none is printed, is that of the meeting or the one before."""
    mention = layout.best("ConvocationDate", head)
    if mention is None:
        return None
    span = mention.fields["date"]
    text = layout.read(span)
    if date := read_date(text):
        return Found(date.isoformat(), span, mention.rule)
    if meeting is None:
        return None
    year = int(meeting.value[:4])
    if mention.rule.endswith("same_month"):
        day = read_number(regex.split(r"\s+(?:du|courant|de)\b", fold(text).lower())[0])
        same = f"{meeting.value[:8]}{day:02d}" if day and day <= int(meeting.value[8:]) else None
        return Found(same, span, mention.rule, "derived") if same else None
    for candidate in (read_date(text, year), read_date(text, year - 1)):
        if candidate and candidate.isoformat() <= meeting.value:
            return Found(candidate.isoformat(), span, mention.rule, "derived")
    return None


def clock(layout: Layout, mention: Mention | None) -> Found | None:
    """The time of day of a mention."""
    if mention is None:
        return None
    time = read_time(layout.read(mention.fields["time"]))
    return Found(time, mention.fields["time"], mention.rule) if time else None


def end_time(layout: Layout, start: Found | None, head: Sequence[Block]) -> Found | None:
    """The time at which the meeting closed: the last one told, or the printed duration added to its start."""
    for block in reversed(layout.blocks):
        found = block.find("EndTime", layout.grammar)
        if found and (time := clock(layout, found[-1])):
            return time
    duration = layout.best("Duration", layout.blocks)
    if duration is None or start is None:
        return None
    lasted = read_time(layout.read(duration.fields["time"]))
    if lasted is None:
        return None
    minutes = sum(int(t[:2]) * 60 + int(t[3:]) for t in (start.value, lasted)) % (24 * 60)
    return Found(f"{minutes // 60:02d}:{minutes % 60:02d}", duration.fields["time"], duration.rule, "derived")


def chair_of(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """Who presides, by the surest formula that names somebody; an office alone is resolved on the roll."""
    for rule in layout.grammar.by_kind.get("Chair", ()):
        for block in head:
            for mention in rule.find(block.folded, block.hits):
                span = trimmed(layout, mention.shift(block.span.start).fields["person"])
                written = layout.read(span)
                if office_of(written) and roster.resolve(written) is None:
                    continue
                if office_of(written) or people_in(layout, span):
                    return roster.person(layout, span, rule.id)
    return presiding_member(layout, head, roster)


def presiding_member(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """The present mayor or president, where the text says that the office opens or leads the meeting."""
    for block in (*head, *layout.blocks):
        found = regex.search(r"\b(?:(?:monsieur|madame|m\.|mme)\s+)?l[ea]\s+(?:maire|president)e?\b", block.lowered)
        if found:
            member = roster.resolve(found[0])
            if member and member.status.value in ("present", "remote", "unknown"):
                span = Span(*found.span()).shift(block.span.start)
                return Found({"id": member.id, "name": member.name.full}, span, "chair.office", "inferred")
    return None


def secretaries(layout: Layout, head: Sequence[Block], roster: Roster) -> list[Found]:
    """Who writes the minutes."""
    mention = layout.best("Secretary", head) or layout.best("Secretary", layout.blocks)
    mention = mention or appointed(layout, head)
    if mention is None:
        return []
    people = people_in(layout, mention.fields["person"]) or []
    spans = [p.span for p in people] or [mention.fields["person"]]
    return [roster.person(layout, trimmed(layout, span), mention.rule) for span in spans]


def appointed(layout: Layout, head: Sequence[Block]) -> Mention | None:
    """Who is appointed under the heading of that item: « Désignation d'un secrétaire » / « Mme Roux est désignée »."""
    for heading, answer in pairwise(head):
        if "secretaire" in heading.lowered and heading.has("Procedural", layout.grammar):
            return answer.first("Elected", layout.grammar)
    return None


def stated_counts(layout: Layout, head: Sequence[Block]) -> dict[str, Found | None]:
    """The numbers that the head prints."""
    counts: dict[str, Found | None] = dict.fromkeys(COUNTS)
    for block in head:
        for mention in block.find("StatedCount", layout.grammar):
            what, span = mention.sets["what"], mention.fields.get("count")
            number = read_number(layout.read(span)) if span else None
            if counts[what] is None and number is not None and span is not None:
                counts[what] = Found(number, span, mention.rule)
    for mention in layout.find("AttendanceLabel", head):
        span, what = mention.fields.get("count"), counted_by(layout, mention)
        if span is not None and what in counts and counts[what] is None:
            counts[what] = Found(read_number(layout.read(span)), span, mention.rule)
    for mention in tabled(layout, head, "StatedCount"):
        what, span = mention.sets["what"], mention.fields.get("count")
        if counts[what] is None and span is not None:
            counts[what] = Found(read_number(layout.read(span)), span, mention.rule)
    return counts


def counted_by(layout: Layout, label: Mention) -> str:
    """What the number in a label counts: « Présents (12) », « Membres présents ou représentés (8) »."""
    if regex.search(r"present\w*\s+(?:ou|et)\s+represent", fold(layout.read(label.span)).lower()):
        return "present_or_represented"
    return {"proxy": "represented"}.get(label.sets["status"], label.sets["status"])


def quorum(layout: Layout, head: Sequence[Block]) -> dict[str, Found | None]:
    """Whether the quorum was reached, as the text says; « peut valablement délibérer » tells it too."""
    mention = layout.best("Quorum", head) or layout.best("Quorum", [b for b in layout.blocks if "quorum" in b.lowered])
    if mention is None:
        return {"reached": None}
    said = "quorum" in fold(layout.read(mention.span)).lower()
    return {
        "reached": Found(mention.sets["reached"] == "true", mention.span, mention.rule, "stated" if said else "derived")
    }


def mode_of(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """Whether people met in person, at a distance, or both, where the text says so.

    A list that has some members at a distance and others present tells that too.
    """
    if said := value_of(layout, layout.best("Mode", [b for b in head if len(b.text) > 30]), "mode"):
        return Found(str(said.value).lower(), said.span, said.rule)
    remote = [m.status for m in roster.members if m.status.value == "remote"]
    if remote and any(m.status.value == "present" for m in roster.members):
        return Found("hybrid", remote[0].span, remote[0].rule, "derived")
    return None


def place_of(layout: Layout, head: Sequence[Block]) -> Found | None:
    """Where the meeting was held."""
    mention = layout.best("Place", head)
    if mention is None:
        return None
    span = trimmed(layout, mention.fields["place"])
    return Found(" ".join(layout.read(span).split()), span, mention.rule)


def publicity(layout: Layout, head: Sequence[Block]) -> Found | None:
    """Whether the meeting was public."""
    mention = layout.best("Public", head)
    return Found(mention.sets["public"] == "true", mention.span, mention.rule) if mention else None
