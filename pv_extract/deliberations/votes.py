"""How a decision was taken: outcome, manner, counts and voters, as the words say."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import regex

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.deliberations.ballots import Ballot
from pv_extract.deliberations.legibility import legible_counts
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.members.people import people_in
from pv_extract.members.roster import Roster, office_of
from pv_extract.mentions import Mention
from pv_extract.text import Span
from pv_extract.values import read_number

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
# « M. Roux et son pouvoir », « Mme Fabre (+ procuration) », behind the name of a voter.
WITH_PROXY = regex.compile(
    r"\s*(?:,|\()?\s*(?:et|\+|avec|ainsi que|plus)\s*(?:(?:par|pour)\s+)?(?:son|sa|le|la|1|une?|leur)?\s*"
    r"(?:pouvoir|procuration|mandant)(?!s?\s+(?:de|a|d')\b)",
    regex.IGNORECASE,
)
# « M. Roux + pouvoir de Mme Fabre »: who votes through somebody else.
PROXY_OF = regex.compile(
    r"\b(?:pouvoirs?|procurations?|mandats?)\s*(?:de\s+|d'|:\s*|(?=m(?:me|\.|lle)))", regex.IGNORECASE
)
RESULT = regex.compile(r"\W*(?:decision|resultat\s+du\s+vote|vote)\b[^\n:.;]{0,40}:")
LONGEST_BOND = 40  # characters between a voter's name and the word for the proxy
FOR_VOTE = regex.compile(
    r"\bvot|deliber|retir|salle|\b(?:pendant|durant|pour|lors de|au cours de)\s+(?:ce|cette|l'examen)\b"
)
DURING = regex.compile(r"\b(?:pendant|durant|lors|au\s+moment|le\s+temps|avant)\s+(?:du|de\s+ce|le|ce)\s+vote\b")
STRONG = ("withdrawn", "postponed", "rejected", "unfavourable_opinion", "favourable_opinion")


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
    """Whoever leaves the room for this one vote: before the decision or while it is taken, in words that say so."""
    told = [m.span.start for m in ballot.mentions if m.kind != "NamedVoters"]
    decided = min(told, default=0)
    back = returned(layout, ballot, roster, max(told, default=0))
    out: list[Found] = []
    for block in ballot.blocks:
        for mention in block.find("Event", layout.grammar):
            if mention.sets["kind"] != "departure":
                continue
            sentence = block.lowered[mention.span.start - block.span.start :][:160]
            tied = "time" not in mention.fields and (FOR_VOTE if mention.span.start <= decided else DURING)
            named = persons_of(layout, mention.fields.get("person"), roster)
            for person in (p for name in named for p in roster.persons(layout, name, mention.rule, "derived")):
                absent = (tied and tied.search(sentence)) or (mention.span.start <= decided and person.value in back)
                if absent and not any(person.value == other.value for other in (*known, *out)):
                    out.append(person)
    return out


def returned(layout: Layout, ballot: Ballot, roster: Roster, decided: int) -> list[Any]:
    """The persons who come in behind the decision, at ``decided``, and before the item ends."""
    events = (m for b in ballot.blocks for m in b.find("Event", layout.grammar))
    arrivals = (m for m in events if m.sets["kind"] == "arrival" and m.span.start > decided)
    names = (name for m in arrivals for name in persons_of(layout, m.fields.get("person"), roster))
    return [person.value for name in names for person in roster.persons(layout, name, "")]


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
    """The printed counts, the first of each kind, those left out that nobody can be sure to read."""
    counts: dict[str, Found] = {}
    for mention in (*ballot.of("VoteCount"), *tabled(layout, ballot.blocks, "VoteCount")):
        for name, span in mention.fields.items():
            written = layout.read(span)
            number = 0 if fold(written).strip() in ("O", "o", "©") else read_number(written)
            if number is not None and name not in counts:
                counts[name] = Found(number, span, mention.rule)
    return legible_counts(layout, counts)


def outcome(layout: Layout, ballot: Ballot, counts: dict[str, Found]) -> Found | None:
    """The outcome: by its word, else by the operative verb, else by counts that leave no doubt."""
    at = announced(ballot)
    said = [m for m in ballot.of("VoteOutcome") if m.sets.get("outcome") and m.span.start >= at]
    for mention in said:
        if mention.sets["outcome"] in STRONG and not voted_afresh(ballot, mention):
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
    return by_counts(counts) or proclaimed(layout, ballot) or chosen(layout, ballot)


def announced(ballot: Ballot) -> int:
    """Where a line begins that announces the result and tells it, « DÉCISION DU CONSEIL : adopté »; 0 without one."""
    told = [m.span.start for m in ballot.of("VoteOutcome") if m.sets.get("outcome")]
    lines = (b.span for b in ballot.blocks if RESULT.match(b.lowered))
    return next((line.start for line in lines if any(line.start <= at < line.end for at in told)), 0)


def chosen(layout: Layout, ballot: Ballot) -> Found | None:
    """The outcome of a vote between several proposals or bidders, where the text says which one is retained."""
    made = layout.best("ChoiceMade", ballot.blocks)
    voted = any(b.has(kind, layout.grammar) for b in ballot.blocks for kind in ("ChoiceVotes", "CandidateVotes"))
    return Found("adopted", made.span, made.rule) if made and voted else None


def voted_afresh(ballot: Ballot, earlier: Mention) -> bool:
    """Whether a vote stands behind an outcome without counts: somebody's proposal was refused, then the item adopted.

    An amendment that was counted has a vote of its own; an opinion is what the vote behind it adopts.
    """
    if earlier.sets["outcome"] not in ("rejected", "postponed"):
        return False
    edge = next(block.span.end for block in ballot.blocks if earlier.span.start < block.span.end)
    counts = [m.span.start for m in ballot.of("VoteCount")]
    adopted = [m.span.start for m in ballot.of("VoteOutcome") if m.sets.get("outcome") == "adopted"]
    return bool(counts) and min(counts) > edge and any(start > edge for start in adopted)


def proclaimed(layout: Layout, ballot: Ballot) -> Found | None:
    """The outcome of a ballot that somebody won: « Mme Roux a été proclamée maire »."""
    won = layout.find("Elected", ballot.blocks)
    counted = any(b.has("Ballots", layout.grammar) for b in ballot.blocks)
    return Found("adopted", won[0].span, won[0].rule, "derived") if won and counted else None


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
    titled = {p.span for p in people_in(layout, span) if p.honorific}
    for name in (*persons_of(layout, span, roster), *through_proxy(layout, span)):
        people = roster.persons(layout, name, mention.rule)
        bare = name not in titled and len(layout.read(name).split()) < 2
        if roster.members and people[0].value["id"] is None and bare:
            continue
        given = [*people, *givers(layout, name, mention, people[0], roster)]
        found += [p for p in given if not any(p.value == other.value for other in (*known, *found))]
    return found


def through_proxy(layout: Layout, span: Span) -> list[Span]:
    """Whom a list of voters names behind « pouvoir de » or « + procuration de »."""
    text = layout.folded(span)
    behind = (Span(span.start + m.end(), span.end) for m in PROXY_OF.finditer(text))
    return [
        people[0].span for rest in behind if (people := people_in(layout, rest)) and people[0].span.start == rest.start
    ]


def givers(layout: Layout, name: Span, mention: Mention, holder: Found, roster: Roster) -> list[Found]:
    """Whose proxy a voter votes with, « M. Roux et son pouvoir »: the one member who gave theirs to that voter."""
    if not WITH_PROXY.match(fold(layout.text.text[name.end : name.end + LONGEST_BOND])):
        return []
    given = [m for m in roster.members if m.proxy_to and m.proxy_to.value["id"] == holder.value["id"] is not None]
    tree = [{"id": m.id, "name": m.name.full} for m in given]
    return [Found(tree[0], name, mention.rule, "derived")] if len(tree) == 1 else []
