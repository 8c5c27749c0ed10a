"""What was decided: one deliberation for each vote, with its outcome, counts, voters, ballots and sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.headings import candidates, printed_number, refused
from pv_extract.linking import Roster, office_of
from pv_extract.mentions import Mention
from pv_extract.people import people_in
from pv_extract.segmentation import Section
from pv_extract.text import Span
from pv_extract.values import read_number, read_sum

OLD_FRANC_ENDS = 1960  # the new franc is in force from 1 January 1960 (ordonnance n° 58-1341)
COUNTS = {
    "in_favour": "for",
    "against": "against",
    "abstentions": "abstentions",
    "not_participating": "not_participating",
    "voting": "voting",
}
VOTERS = {
    "for": "for_names",
    "against": "against_names",
    "abstention": "abstention_names",
    "not_participating": "not_participating_names",
}
VERB_OUTCOMES = (
    (r"refus|rejet", "rejected"),
    (r"ajourn|report|repouss", "postponed"),
    (r"acte", "noted"),
)
WIDEST_VOTE_ROW = 3  # filled cells; wider table rows hold the item's data, not its vote
STRONG = ("withdrawn", "postponed", "rejected", "unfavourable_opinion", "favourable_opinion")


@dataclass(frozen=True)
class Ballot:
    """The mentions that tell one decision, and the blocks that lead up to it."""

    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    caption: Span | None = None

    def of(self, kind: str) -> list[Mention]:
        """The mentions of a kind."""
        return [m for m in self.mentions if m.kind == kind]

    @property
    def last_block(self) -> int:
        """The index of the last block with a mention."""
        ends = [b.index for b in self.blocks for m in self.mentions if b.span.start <= m.span.start < b.span.end]
        return max(ends, default=self.blocks[0].index)


@dataclass
class Splitting:
    """The ballots found so far, and the one that is being read."""

    done: list[Ballot] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    mentions: list[tuple[Block, Mention]] = field(default_factory=list)


def deliberations(layout: Layout, section: Section, roster: Roster, year: int | None) -> list[Found]:
    """The deliberations of an item, one for each vote, in order."""
    heading = section.heading
    if heading is None:
        return []
    ballots = split_ballots(layout, section)
    if len(ballots) > 1 or is_collection(layout, section):
        ballots = captioned(layout, ballots)
    if is_collection(layout, section):
        ballots = [b for b in ballots if b.caption]
    return [deliberation(layout, section, ballot, roster, year) for ballot in ballots]


def is_collection(layout: Layout, section: Section) -> bool:
    """Whether an item only collects others: « Questions diverses ». Its decisions need headings of their own."""
    heading = section.heading
    return bool(heading and heading.block.has("SectionHeading", layout.grammar))


def body_of(section: Section) -> list[Block]:
    """The blocks under an item's heading; the heading's own where text runs on behind it."""
    heading = section.heading
    below = [b for b in section.blocks if heading is None or b.index > heading.last]
    if heading and heading.title and heading.block.span.end - heading.title.end > 40:
        return [heading.block, *below]
    return below or list(section.blocks)


def decisive_mentions(layout: Layout, block: Block) -> list[Mention]:
    """The mentions of a block that tell a decision or a vote, in order; votes on how to vote are not among them."""
    if sum(c.end > c.start for c in block.cells()) > WIDEST_VOTE_ROW or on_procedure(layout, block):
        return []
    found = block.find_all("VoteOutcome", layout.grammar)
    found += [m for kind in ("Decision", "VoteCount", "NamedVoters") for m in block.find(kind, layout.grammar)]
    return sorted(found, key=lambda m: (m.span.start, m.span.end))


def on_procedure(layout: Layout, block: Block) -> bool:
    """Whether a block tells a vote on procedure: it says so, or it is the short answer to a block that asks."""
    if block.has("ProceduralVote", layout.grammar):
        return True
    if block.index == 0 or len(block.text) > 80:
        return False
    asked = layout.blocks[block.index - 1]
    return asked.has("ProceduralVote", layout.grammar) and asked.text.rstrip().endswith((":", "?", "."))


def split_ballots(layout: Layout, section: Section) -> list[Ballot]:
    """The votes of an item; a new one begins where what led the first comes again behind a whole one."""
    state = Splitting()
    leading: str | None = None
    for block in body_of(section):
        found = decisive_mentions(layout, block)
        kinds = {role_of(m) for m in found}
        if found and leading is None:
            leading = "decision" if role_of(found[0]) == "decision" else "vote"
        if found and leading and begins_new(state, block, found, kinds, leading):
            close(state)
        state.blocks.append(block)
        state.mentions += [(block, m) for m in found]
    close(state)
    told = [b for b in state.done if tells_decision(b)]
    if told and any(b.has("Ballots", layout.grammar) for b in section.blocks):
        return [Ballot(tuple(body_of(section)), tuple(m for b in told for m in b.mentions))]
    return told or ([whole(section)] if is_election(layout, section) else [])


def whole(section: Section) -> Ballot:
    """The whole item as one ballot."""
    return Ballot(tuple(body_of(section)))


def is_election(layout: Layout, section: Section) -> bool:
    """Whether an item elects somebody: candidates have voices, or somebody is proclaimed elected."""
    return any(b.has("CandidateVotes", layout.grammar) or b.has("Elected", layout.grammar) for b in section.blocks)


def role_of(mention: Mention) -> str:
    """Whether a mention is the operative part or tells the vote; « décide » may stand beside both."""
    return "decision" if mention.kind == "Decision" else "vote"


def begins_new(state: Splitting, block: Block, found: Sequence[Mention], kinds: set[str], leading: str) -> bool:
    """Whether a block with mentions begins another vote than the one being read."""
    seen = [(b, m) for b, m in state.mentions if m.kind in ("Decision", "VoteOutcome", "VoteCount")]
    if not seen:
        return False
    have = {role_of(m) for _, m in seen}
    gap = block.index - seen[-1][0].index
    votes = [m for m in found if m.kind in ("VoteOutcome", "VoteCount") and not m.sets.get("secret")]
    if leading == "decision" and have == {"decision", "vote"}:
        formula = any(m.rule.endswith("deliberated") for m in found)
        return formula and (gap > 1 or bool(votes)) and (bool(votes) or gap > 2 or conflicting(state, votes))
    if votes and (have == {"vote"} or leading == "vote"):
        return conflicting(state, votes) and (gap > 1 or "decision" in kinds)
    return False


def conflicting(state: Splitting, votes: Sequence[Mention]) -> bool:
    """Whether votes tell anew what the ballot being read has told already."""
    before = [m for _, m in state.mentions]
    both_counted = any(m.kind == "VoteCount" for m in before) and any(m.kind == "VoteCount" for m in votes)
    both_said = any(m.sets.get("outcome") for m in before) and any(m.sets.get("outcome") for m in votes)
    fields = {f for m in before if m.kind == "VoteCount" for f in m.fields}
    return (both_counted and any(f in fields for m in votes for f in m.fields)) or both_said


def close(state: Splitting) -> None:
    """End the ballot that is being read."""
    if state.blocks:
        state.done.append(Ballot(tuple(state.blocks), tuple(m for _, m in state.mentions)))
    state.blocks, state.mentions = [], []


def tells_decision(ballot: Ballot) -> bool:
    """Whether mentions amount to a decision: names alone, or a secret ballot without result, do not."""
    outcome = any(m.sets.get("outcome") for m in ballot.of("VoteOutcome"))
    return bool(ballot.of("Decision") or outcome or ballot.of("VoteCount"))


def captioned(layout: Layout, ballots: Sequence[Ballot]) -> list[Ballot]:
    """The ballots with the sub-headings printed above them; a ballot without one goes on under that of the last."""
    out: list[Ballot] = []
    caption: Span | None = None
    for ballot in ballots:
        first = min(m.span.start for m in ballot.mentions) if ballot.mentions else ballot.blocks[-1].span.end
        lead = [b for b in ballot.blocks if b.span.start <= first]
        caption = next((c for b in reversed(lead) if (c := sub_heading(layout, b))), caption)
        out.append(replace(ballot, caption=caption))
    return out


def sub_heading(layout: Layout, block: Block) -> Span | None:
    """The caption that a block is or opens with: a loud line, or a list item « Subvention CCAS : … »."""
    found = next(iter(candidates(layout, [block], ())), None)
    if found and found.title and found.style not in ("plain", "register", "arabic"):
        return found.title
    opening = regex.match(r"[\s_]*[-+*•°>]+[\s_]*(\p{Lu}[^\n:.;]{4,90}?)\s*(?::|$)", block.text)
    if opening is None or refused(layout, block):
        return None
    return Span(*opening.span(1)).shift(block.span.start)


def deliberation(layout: Layout, section: Section, ballot: Ballot, roster: Roster, year: int | None) -> Found:
    """One deliberation as the record has it."""
    heading = section.heading
    assert heading is not None
    title = ballot.caption or heading.title or trimmed(layout, heading.block.span)
    text = Span(ballot.blocks[0].span.start, ballot.blocks[-1].span.end)
    tree = {
        "number": number_found(layout, heading.number, heading.rule),
        "reference": number_found(layout, heading.reference, heading.rule),
        "title": Found(clean_title(layout.read(title)), title, heading.rule),
        "rapporteur": rapporteur(layout, ballot, roster),
        "text": Found(layout.read(text).strip(), trimmed_text(layout, text), "deliberation.text"),
        "decision": operative_part(layout, ballot),
        "vote": vote_tree(layout, ballot, roster),
        "elections": elections(layout, ballot, roster),
        "amounts": amounts(layout, ballot, year),
        "references": references(layout, ballot),
        "tables": tables(layout, ballot),
    }
    return Found(tree, heading.block.span, heading.rule)


def clean_title(text: str) -> str:
    """A title without the punctuation around it."""
    text = " ".join(text.split())
    return regex.sub(r"[\s:;.,–—-]+$", "", regex.sub(r"^[\s:;.,•*–—-]+", "", text)) or text


def trimmed_text(layout: Layout, span: Span) -> Span:
    """The span without blanks at its ends."""
    text = layout.read(span)
    start = len(text) - len(text.lstrip())
    return Span(span.start + start, span.start + max(start + 1, len(text.rstrip())))


def number_found(layout: Layout, span: Span | None, rule: str) -> Found | None:
    """A printed number without its punctuation."""
    return Found(printed_number(layout.read(span)), span, rule) if span else None


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
        listed = regex.match(r"\W*(?:-|\d{1,2}\W|[a-z]\)|[A-ZÉ]{5,})", block.text.strip())
        if not listed or block.index != last.index + 1:
            break
        last = block
    span = trimmed_text(layout, Span(start, last.span.end))
    return Found(layout.read(span), span, found[0].rule)


def vote_tree(layout: Layout, ballot: Ballot, roster: Roster) -> dict[str, Any]:
    """How the decision was taken. Counts and names are those printed; the manner comes from words only."""
    counts = vote_counts(layout, ballot)
    tree: dict[str, Any] = {
        "outcome": outcome(layout, ballot, counts),
        "manner": manner(ballot),
        "secret": secrecy(ballot),
        **{COUNTS[name]: counts.get(name) for name in COUNTS},
        **{name: [] for name in VOTERS.values()},
    }
    for mention in ballot.of("NamedVoters"):
        tree[VOTERS[mention.sets["vote"]]] += voters(layout, mention, roster, tree[VOTERS[mention.sets["vote"]]])
    tree["not_participating_names"] += leavers(layout, ballot, roster, tree["not_participating_names"])
    return tree


def leavers(layout: Layout, ballot: Ballot, roster: Roster, known: Sequence[Found]) -> list[Found]:
    """Whoever leaves the room for this one vote: before the decision, in words that tie the leaving to it."""
    decided = min((m.span.start for m in ballot.mentions if m.kind != "NamedVoters"), default=0)
    out: list[Found] = []
    for block in ballot.blocks:
        for mention in block.find("Event", layout.grammar):
            if mention.sets["kind"] != "departure" or mention.span.start > decided or "time" in mention.fields:
                continue
            sentence = block.lowered[mention.span.start - block.span.start :][:160]
            if not regex.search(r"\bvot|deliber|se retir|salle|seance", sentence):
                continue
            for name in persons_of(layout, mention.fields.get("person"), roster):
                person = roster.person(layout, name, mention.rule, "derived")
                if not any(person.value == other.value for other in (*known, *out)):
                    out.append(person)
    return out


def persons_of(layout: Layout, span: Span | None, roster: Roster) -> list[Span]:
    """The spans of the persons that a span names, an office that somebody holds included."""
    if span is None:
        return []
    people = [p.span for p in people_in(layout, span)]
    if not people and office_of(layout.read(span)) and roster.resolve(layout.read(span)):
        people = [trimmed(layout, span)]
    return people


def tabled(layout: Layout, blocks: Sequence[Block], kind: str) -> list[Mention]:
    """The counts of tables whose heads are in one row and numbers in the next: « Pour | Contre » over « 9 | 1 »."""
    out: list[Mention] = []
    for heads, numbers in pairwise(blocks):
        cells = list(zip(heads.cells(), numbers.cells(), strict=False))
        if not (heads.is_row and numbers.is_row) or len(heads.cells()) != len(numbers.cells()):
            continue
        for head, number in cells:
            written = layout.read(number).strip()
            if number.end <= number.start or not written.isdigit():
                continue
            label = fold(layout.read(head))
            for mention in layout.grammar.find(kind, f"{label} : {written}")[:1]:
                fields = dict.fromkeys(mention.fields, number)
                out.append(replace(mention, span=number, fields=fields))
    return out


def vote_counts(layout: Layout, ballot: Ballot) -> dict[str, Found]:
    """The printed counts, the first of each kind."""
    counts: dict[str, Found] = {}
    for mention in (*ballot.of("VoteCount"), *tabled(layout, ballot.blocks, "VoteCount")):
        for name, span in mention.fields.items():
            written = layout.read(span)
            number = 0 if fold(written).strip() in ("O", "o", "©") else read_number(written)
            if number is not None and name not in counts:
                counts[name] = Found(number, span, mention.rule)
    return counts


def outcome(layout: Layout, ballot: Ballot, counts: dict[str, Found]) -> Found | None:
    """The outcome: by its word, else by the operative verb, else by counts that leave no doubt."""
    said = [m for m in ballot.of("VoteOutcome") if m.sets.get("outcome")]
    for mention in said:
        if mention.sets["outcome"] in STRONG:
            return Found(mention.sets["outcome"], mention.span, mention.rule)
    verbs = [(m, verb_outcome(layout, m)) for m in ballot.of("Decision")]
    noted = next((m for m in said if m.sets["outcome"] == "noted"), None)
    if noted and all(value == "noted" for _, value in verbs):
        return Found("noted", noted.span, noted.rule)
    adopted = next((m for m in said if m.sets["outcome"] == "adopted"), None)
    if adopted is None and "in_favour" in counts and "against" in counts:
        return by_counts(counts)
    if verbs and verbs[0][1] != "adopted":
        return Found(verbs[0][1], verbs[0][0].span, verbs[0][0].rule)
    if adopted:
        return Found("adopted", adopted.span, adopted.rule)
    if verbs:
        return Found("adopted", verbs[0][0].span, verbs[0][0].rule)
    return by_counts(counts)


def by_counts(counts: dict[str, Found]) -> Found | None:
    """The outcome that the counts alone tell: more voices for than against, or the reverse."""
    favour, against = counts.get("in_favour"), counts.get("against")
    if favour is None:
        return None
    opposed = against.value if against else 0
    if favour.value == opposed:
        return None
    return Found("adopted" if favour.value > opposed else "rejected", favour.span, favour.rule, "derived")


def verb_outcome(layout: Layout, mention: Mention) -> str:
    """What the operative verb says of the outcome: « refuse », « ajourne », « prend acte », else adopted."""
    verb = fold(layout.read(mention.fields["verb"])).lower()
    return next((said for stem, said in VERB_OUTCOMES if regex.search(stem, verb)), mention.sets["outcome"])


def manner(ballot: Ballot) -> Found | None:
    """« à l'unanimité » or « à la majorité », in the words of the vote."""
    said = [m for m in ballot.of("VoteOutcome") if m.sets.get("manner")]
    return Found(said[0].sets["manner"], said[0].span, said[0].rule) if said else None


def secrecy(ballot: Ballot) -> Found | None:
    """True where the vote was by secret ballot."""
    said = next((m for m in ballot.of("VoteOutcome") if m.sets.get("secret")), None)
    return Found(True, said.span, said.rule) if said else None


def voters(layout: Layout, mention: Mention, roster: Roster, known: Sequence[Found]) -> list[Found]:
    """The voters that a mention names, without those known already."""
    span = mention.fields.get("names")
    if span is None:
        return []
    found: list[Found] = []
    for name in persons_of(layout, span, roster):
        person = roster.person(layout, name, mention.rule)
        if roster.members and person.value["id"] is None and len(layout.read(name).split()) < 2:
            continue
        if not any(person.value == other.value for other in (*known, *found)):
            found.append(person)
    return found


def elections(layout: Layout, ballot: Ballot, roster: Roster) -> list[Found]:
    """The ballots of an election: candidates with their voices, and who was elected."""
    candidates_found = [m for b in ballot.blocks for m in b.find("CandidateVotes", layout.grammar)]
    if not candidates_found:
        return []
    elected = [m for b in ballot.blocks for m in b.find("Elected", layout.grammar)]
    counted: dict[str, Found] = {}
    for mention in (m for b in ballot.blocks for m in b.find("Ballots", layout.grammar)):
        for name, span in mention.fields.items():
            number = read_number(layout.read(span))
            if number is not None:
                counted.setdefault(name, Found(number, span, mention.rule))
    tree = {
        "office": None,
        "round": None,
        "candidates": [candidate(layout, m, roster) for m in candidates_found],
        **{name: counted.get(name) for name in ("ballots", "blank", "cast")},
        "elected": [
            roster.person(layout, p.span, m.rule) for m in elected for p in people_in(layout, m.fields["person"])
        ],
    }
    return [Found(tree, candidates_found[0].span, candidates_found[0].rule)]


def candidate(layout: Layout, mention: Mention, roster: Roster) -> dict[str, Any]:
    """A candidate and the voices received."""
    votes = read_number(layout.read(mention.fields["votes"]))
    return {
        "person": roster.person(layout, trimmed(layout, mention.fields["person"]), mention.rule),
        "votes": Found(votes, mention.fields["votes"], mention.rule) if votes is not None else None,
    }


def amounts(layout: Layout, ballot: Ballot, year: int | None) -> list[Found]:
    """The sums of money in the running text, tables aside, each as often as it is printed."""
    out: list[Found] = []
    for block in ballot.blocks:
        if in_table(layout, block):
            continue
        for mention in block.find("Amount", layout.grammar):
            value = amount_value(layout.read(mention.fields["value"]))
            if value is None:
                continue
            currency = mention.sets["currency"]
            if currency == "FRF" and year is not None and year < OLD_FRANC_ENDS:
                currency = "FRX"
            tax = mention.fields.get("tax")
            tree = {"value": value, "currency": currency, "tax": layout.read(tax).replace(".", "") if tax else None}
            out.append(Found(tree, mention.span, mention.rule))
    return out


def in_table(layout: Layout, block: Block) -> bool:
    """Whether a block is part of a table: a row of many cells, or one beside other rows."""
    if not block.is_row:
        return False
    around = layout.blocks[max(0, block.index - 1) : block.index + 2]
    return len(block.cells()) > 2 or sum(b.is_row for b in around) > 1


def amount_value(text: str) -> str | None:
    """A printed sum as a decimal string; « 1,5 million », « 300 k » are multiplied out.

    >>> amount_value("1,5 million d'"), amount_value("300 k"), amount_value("12 500,50")
    ('1500000', '300000', '12500.50')
    """
    low = fold(text).lower()
    found = regex.match(r"([\d ]+(?:[.,]\d+)?)\s*(millions?|k|m)\b", low)
    if not found:
        return read_sum(text.replace("'", " "))
    factor = 1000 if found[2] == "k" else 1_000_000
    value = Decimal(found[1].replace(" ", "").replace(",", ".")) * factor
    return f"{value.normalize():f}"


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
