"""Who presides over the meeting, and who writes its minutes."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.members.people import people_in
from pv_extract.members.roster import Roster, office_of
from pv_extract.mentions import Mention


def chair_of(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """Who presides, by the surest formula that names somebody; an office alone is resolved on the roll.

    Where a formula says only who leads the meeting or convened it, that they preside is ``inferred``.
    """
    for rule in layout.grammar.by_kind.get("Chair", ()):
        for block in head:
            for mention in rule.find(block.folded, block.promising):
                span = trimmed(layout, mention.shift(block.span.start).fields["person"])
                written = layout.read(span)
                if office_of(written) and roster.resolve(written) is None:
                    continue
                if office_of(written) or people_in(layout, span):
                    return roster.person(layout, span, rule.id, rule.sets.get("how", "stated"))
    return presiding_member(layout, head, roster)


def presiding_member(layout: Layout, head: Sequence[Block], roster: Roster) -> Found | None:
    """The present mayor or president, where the text says that the office opens or leads the meeting."""
    for block in (*head, *layout.blocks):
        if named := block.first("OfficeNamed", layout.grammar):
            member = roster.resolve(layout.read(named.span))
            if member and member.status.value in ("present", "remote", "unknown"):
                return Found({"id": member.id, "name": member.name.full}, named.span, "chair.office", "inferred")
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
