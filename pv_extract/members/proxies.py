"""Proxies: who gives their voice to whom, on a list or in running text."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.members.people import is_legal_person, people_in
from pv_extract.members.rolls import Roll
from pv_extract.mentions import Mention
from pv_extract.text import Span


@dataclass(frozen=True)
class ProxyGiven:
    """A proxy: who gives it to whom."""

    giver: Span
    holder: Span
    rule: str
    span: Span


def proxy_pairs(layout: Layout, roll: Roll, line: Span) -> list[ProxyGiven]:
    """The proxies that a line of a roll tells."""
    text = fold(layout.read(line))
    kinds = ["Proxy"] + (["ProxyPair"] if roll.status in ("proxy", "represented") else [])
    given: list[ProxyGiven] = []
    for kind in kinds:
        for mention in layout.grammar.find(kind, text):
            for pair in pairs_of(layout, mention.shift(line.start)):
                if roll.status == "present" and is_legal_person(layout, pair.giver):
                    continue
                if not any(overlaps(pair.giver, other.giver) for other in given):
                    given.append(pair)
    return given


def proxies_in(layout: Layout, blocks: Sequence[Block]) -> list[ProxyGiven]:
    """The proxies that running text tells: « Mme Roux donne pouvoir à M. Morel »."""
    return [pair for block in blocks for m in block.find("Proxy", layout.grammar) for pair in pairs_of(layout, m)]


def pairs_of(layout: Layout, mention: Mention) -> list[ProxyGiven]:
    """One proxy for each giver of a mention."""
    giver, holder = mention.fields.get("giver"), mention.fields.get("holder")
    if giver is None or holder is None:
        return []
    givers = [p.span for p in people_in(layout, giver)]
    holders = [p.span for p in people_in(layout, holder)]
    to = holders[0] if len(holders) > 1 else trimmed(layout, holder)
    return [ProxyGiven(g, to, mention.rule, mention.span) for g in givers]


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end
