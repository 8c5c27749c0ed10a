"""What was decided: one deliberation for each vote, with its text, its ballots and its references."""

from dataclasses import replace

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.deliberations.ballots import Ballot, captioned, is_collection, split_ballots
from pv_extract.deliberations.elections import elections
from pv_extract.deliberations.sums import amounts, sums_beside
from pv_extract.deliberations.votes import vote_tree
from pv_extract.evidence import Found
from pv_extract.members.roster import Roster
from pv_extract.segmentation.headings import PART, Heading
from pv_extract.segmentation.numbering import printed_number
from pv_extract.segmentation.sections import Section
from pv_extract.text import Span

BEFORE_TITLE, BEHIND_TITLE = regex.compile(r"^[\s:;.,•*–—-]+"), regex.compile(r"[\s:;.,–—-]+$")
LISTED = regex.compile(r"\W*(?:-|\d{1,2}\W|[a-z]\)|[A-ZÉ]{5,})")


def deliberations(layout: Layout, section: Section, roster: Roster, year: int | None) -> list[Found]:
    """The deliberations of an item, one for each vote, in order."""
    heading = section.heading
    if heading is None:
        return []
    ballots = split_ballots(layout, section)
    if len(ballots) > 1 or is_collection(layout, section):
        ballots = captioned(layout, ballots)
    if is_collection(layout, section):
        named = [from_caption(b) for b in ballots if b.caption and (heading.style != PART or is_captioned_close(b))]
        ballots = named or [b for b in ballots if reports_decisions(layout, heading, b)]
    return [deliberation(layout, section, ballot, roster, year) for ballot in ballots]


def from_caption(ballot: Ballot) -> Ballot:
    """A ballot of a collection from its own caption on: what stands above is another matter."""
    start = ballot.caption.start if ballot.caption else ballot.blocks[0].span.start
    return replace(ballot, blocks=tuple(b for b in ballot.blocks if b.span.end > start))


def is_captioned_close(ballot: Ballot) -> bool:
    """Whether a ballot's caption opens the paragraph that tells the decision, or stands right above it."""
    first = next(b for b in ballot.blocks if b.span.end > ballot.mentions[0].span.start)
    return ballot.caption is not None and any(
        b.span.start <= ballot.caption.start < b.span.end and first.index - b.index <= 1 for b in ballot.blocks
    )


def reports_decisions(layout: Layout, heading: Heading, ballot: Ballot) -> bool:
    """Whether the assembly takes note of what was decided for it: « Décisions du maire » / « Dont acte »."""
    noted = any(m.sets.get("outcome") == "noted" for m in ballot.of("VoteOutcome") + ballot.of("Decision"))
    return noted and any(b.has("DecisionsWord", layout.grammar) for b in (heading.block, ballot.blocks[0]))


def deliberation(layout: Layout, section: Section, ballot: Ballot, roster: Roster, year: int | None) -> Found:
    """One deliberation as the record has it."""
    heading = section.heading
    assert heading is not None
    title = ballot.caption or heading.title or trimmed(layout, heading.block.span)
    text = Span(ballot.blocks[0].span.start, ballot.blocks[-1].span.end)
    tree = {
        "number": number_found(layout, heading.number, heading.rule),
        "reference": number_found(layout, heading.reference, heading.rule) or act_reference(layout, ballot),
        "title": Found(clean_title(layout.read(title)), title, heading.rule),
        "rapporteur": rapporteur(layout, ballot, roster),
        "text": Found(layout.read(text).strip(), trimmed_text(layout, text), "deliberation.text"),
        "decision": operative_part(layout, ballot),
        "vote": vote_tree(layout, ballot, roster),
        "elections": elections(layout, ballot, title, roster),
        "amounts": [*title_sums(layout, heading, ballot, year), *amounts(layout, ballot, year)],
        "references": references(layout, ballot),
        "tables": tables(layout, ballot),
    }
    return Found(tree, heading.block.span, heading.rule)


def title_sums(layout: Layout, heading: Heading, ballot: Ballot, year: int | None) -> list[Found]:
    """The sums printed behind the title of an item, where its line is no part of the ballot's text."""
    apart = ballot.caption is None and ballot.blocks[0].index == heading.last + 1
    return sums_beside(layout, heading.title, heading.block, year) if apart and heading.title else []


def clean_title(text: str) -> str:
    """A title without the punctuation around it."""
    text = " ".join(text.split())
    return BEHIND_TITLE.sub("", BEFORE_TITLE.sub("", text)) or text


def trimmed_text(layout: Layout, span: Span) -> Span:
    """The span without blanks at its ends."""
    text = layout.read(span)
    start = len(text) - len(text.lstrip())
    return Span(span.start + start, span.start + max(start + 1, len(text.rstrip())))


def number_found(layout: Layout, span: Span | None, rule: str) -> Found | None:
    """A printed number without its punctuation."""
    return Found(printed_number(layout.read(span)), span, rule) if span else None


def act_reference(layout: Layout, ballot: Ballot) -> Found | None:
    """The register number that the decision itself bears: « Délibération n° 2022-41 : le conseil approuve… »."""
    mention = layout.best("ActNumber", ballot.blocks)
    return number_found(layout, mention.fields["reference"], mention.rule) if mention else None


def rapporteur(layout: Layout, ballot: Ballot, roster: Roster) -> Found | None:
    """Who reports on the item."""
    mention = layout.best("Rapporteur", ballot.blocks)
    return roster.person(layout, trimmed(layout, mention.fields["person"]), mention.rule) if mention else None


def operative_part(layout: Layout, ballot: Ballot) -> Found | None:
    """The text of the decision, from its formula to the end of the paragraph or list that it opens."""
    found = ballot.of("Decision")
    if not found:
        return None
    start = found[0].span.start
    blocks = [b for b in ballot.blocks if b.span.end > start]
    first = blocks[0]
    last = first
    for block in blocks[1:]:
        listed = LISTED.match(block.text.strip())
        if not listed or block.index != last.index + 1:
            break
        last = block
    span = trimmed_text(layout, Span(start, last.span.end))
    return Found(layout.read(span), span, found[0].rule)


def references(layout: Layout, ballot: Ballot) -> list[Found]:
    """The laws, codes and decrees that the item cites."""
    out: list[Found] = []
    for mention in (m for b in ballot.blocks for m in b.find("Reference", layout.grammar)):
        kind, target = mention.fields.get("kind"), mention.fields.get("target")
        tree = {
            "kind": mention.sets.get("kind") or (layout.read(kind).lower() if kind else "texte"),
            "text": layout.read(mention.span),
            "target": layout.read(target) if target else None,
        }
        out.append(Found(tree, mention.span, mention.rule))
    return out


def tables(layout: Layout, ballot: Ballot) -> list[Found]:
    """The tables of the item: runs of two or more rows, cell by cell."""
    out: list[Found] = []
    run: list[Block] = []
    for block in (*ballot.blocks, None):
        if block is not None and block.is_row and (not run or block.index == run[-1].index + 1):
            run.append(block)
            continue
        if len(run) > 1:
            rows = [[layout.read(c).strip() for c in row.cells()] for row in run]
            out.append(Found(rows, Span(run[0].span.start, run[-1].span.end), "deliberation.table"))
        run = [block] if block is not None and block.is_row else []
    return out
