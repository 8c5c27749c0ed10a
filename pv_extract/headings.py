"""Which lines open an item: the numbering, the looks and the agenda that fit the decisions best.

A line that looks like a heading is only a candidate. Candidates of one make (numbered « 3. », roman, bold,
in capitals, named by the agenda…) form a *family*; the family whose members each own a decision is the one
that cuts the minutes into items.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz import fuzz

from pv_extract.blocks import Block, Layout, trimmed
from pv_extract.grammar import fold
from pv_extract.text import Span

EXPLICIT = ("register", "word", "resolution", "object")
LONGEST_TITLE = 320
LONGEST_LOOK_BACK = 400  # candidates; a number's predecessor is not further away
WORDIEST_CAPTION = 8  # words; a longer line that ends with a colon leads into a list
CONTINUED_LINE = 45  # characters; a shorter loud line is not carried on by the next one
# fmt: off
ORDINALS = {
    "premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6,
    "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12, "treizieme": 13,
    "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "dix-septieme": 17, "dix-huitieme": 18,
    "dix-neuvieme": 19, "vingtieme": 20,
}
# fmt: on
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True)
class Heading:
    """A line that opens an item: its number, register reference and title stand at these spans."""

    block: Block
    last: int  # index of the last block that belongs to the heading
    style: str
    rule: str
    number: Span | None = None
    reference: Span | None = None
    title: Span | None = None
    rank: int | None = None  # the number as an integer, for sequences
    agenda: int | None = None  # the agenda item that has this title


def roman_value(numeral: str) -> int | None:
    """The value of a roman numeral up to 89, None for what is none.

    >>> roman_value("XIV"), roman_value("IIII")
    (14, None)
    """
    if not regex.fullmatch(r"L?X{0,3}(?:IX|IV|V?I{0,3})", numeral) or not numeral:
        return None
    values = [ROMAN[c] for c in numeral]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def rank_of(number: str) -> int | None:
    """The place in a sequence that a printed number gives: « 3 », « IV », « PREMIÈRE », « B ».

    >>> rank_of("3"), rank_of("IV"), rank_of("Deuxième"), rank_of("2.1")
    (3, 4, 2, None)
    """
    plain = fold(number).strip(" .)°-")
    if plain.isdigit():
        return int(plain)
    low = plain.lower()
    if low in ORDINALS:
        return ORDINALS[low]
    if digits := regex.fullmatch(r"(\d{1,2})\s?(?:re|er|ere|e|eme)", low):
        return int(digits[1])
    if (value := roman_value(plain)) is not None:
        return value
    return ord(low) - ord("a") + 1 if len(low) == 1 and low.isalpha() else None


def printed_number(number: str) -> str:
    """The item's number without its punctuation; ordinals in letters are numbers.

    >>> printed_number("3."), printed_number("II-4"), printed_number("PREMIÈRE")
    ('3', 'II-4', '1')
    """
    low = fold(number).lower().strip()
    if low in ORDINALS:
        return str(ORDINALS[low])
    if digits := regex.fullmatch(r"(\d{1,2})\s?(?:re|er|ere|e|eme)", low):
        return digits[1]
    return number.strip(" .)°-–")


def title_key(text: str) -> str:
    """A title as it is compared: folded, without punctuation, numbers of its own kept."""
    return " ".join(regex.findall(r"\w+", fold(text).lower()))


def same_title(a: str, b: str) -> bool:
    """Whether two titles are one, cut short or carried on."""
    a, b = title_key(a), title_key(b)
    if not a or not b:
        return False
    n = min(len(a), len(b))
    if n >= 20 and fuzz.ratio(a[:n], b[:n]) >= 90:
        return True
    return fuzz.ratio(a, b) >= 86 or (n >= 12 and fuzz.token_sort_ratio(a, b) >= 90)


def candidates(layout: Layout, blocks: Sequence[Block], agenda: Sequence[str]) -> Iterator[Heading]:
    """Every line that could open an item."""
    for block in blocks:
        if len(block.text) > 3 * LONGEST_TITLE and not block.bold:
            heading = run_in(layout, block)
        else:
            heading = numbered(layout, block) or run_in(layout, block) or unnumbered(layout, block)
        if heading is not None:
            yield with_agenda(layout, heading, agenda)


def numbered(layout: Layout, block: Block) -> Heading | None:
    """The heading that a rule of the grammars reads in the block."""
    if refused(layout, block):
        return None
    for rule in layout.grammar.by_kind.get("ItemHeading", ()):
        found = next(rule.find(block.folded, block.hits), None)
        if found is None:
            continue
        fields = {name: span.shift(block.span.start) for name, span in found.fields.items()}
        style = found.sets.get("style", "arabic")
        title = fields.get("title")
        if title is not None:
            title = short_title(layout, block, trimmed(layout, title))
            if style in ("arabic", "roman", "letter") and not title_like(layout.read(title)):
                continue
        if title is not None and "reference" not in fields:
            title, reference = bracketed_reference(layout, title)
            fields |= {"reference": reference} if reference else {}
        number = fields.get("number")
        rank = rank_of(layout.read(number)) if number else None
        return Heading(block, block.index, style, found.rule, number, fields.get("reference"), title, rank)
    return None


def bracketed_reference(layout: Layout, title: Span) -> tuple[Span, Span | None]:
    """The title without the register number in brackets behind it, and that number: « Statuts (DE-2024-032) »."""
    found = regex.search(
        r"\s*\((?:(?i:délibération)\s*)?(?:n°\s*)?((?:\p{Lu}{1,4}[-_ ]?)?\d{2,4}[-/._]\d{1,4}[\d-]*)\)\W*$",
        layout.read(title),
    )
    if found is None:
        return title, None
    return trimmed(layout, Span(title.start, title.start + found.start())), Span(*found.span(1)).shift(title.start)


def refused(layout: Layout, block: Block) -> bool:
    """Whether the block is known to be no heading: a person in a list, the operative part, a table row."""
    if block.is_row and len([c for c in block.cells() if c.end > c.start]) > 2:
        return True
    return block.has("NotAHeading", layout.grammar)


def title_like(text: str) -> bool:
    """Whether a text can be a title: letters enough, no sum of money first, not a list item's tail."""
    if regex.match(r"[\d\s.,]+(?:€|euros|%|m²|m2|h\b|ha\b)", text):
        return False
    letters = sum(c.isalpha() for c in text)
    return letters >= 4 and letters >= 0.4 * len(text)


def short_title(layout: Layout, block: Block, title: Span) -> Span:
    """The title alone where text runs on behind it: the bold run, or what stands before « : » or a full stop."""
    text = layout.read(title)
    if layout.document.styles and not block.bold:
        run = bold_run(layout, title)
        if run is not None:
            return run
    if len(text) <= 160:
        return title
    cut = regex.search(r"(?<=\p{L}{3}[)\"»]?)\s?[:.]\s+(?=\p{Lu})", text[:LONGEST_TITLE])
    return trimmed(layout, Span(title.start, title.start + cut.start())) if cut else title


def bold_run(layout: Layout, span: Span) -> Span | None:
    """The bold words at the start of a span, where the rest is not bold."""
    text = layout.read(span)
    end = 0
    for word in regex.finditer(r"\S+", text):
        if layout.style(Span(span.start + word.start(), span.start + word.end()))[0] < 0.5:
            break
        end = word.end()
    return trimmed(layout, Span(span.start, span.start + end)) if 4 <= end < len(text.rstrip()) else None


def run_in(layout: Layout, block: Block) -> Heading | None:
    """A bold heading that opens a paragraph, text following on the same line."""
    if not layout.document.styles or block.bold or block.is_row or refused(layout, block):
        return None
    start = block.span.start + len(block.text) - len(block.text.lstrip(" -*•\t"))
    run = bold_run(layout, Span(start, block.span.end))
    if run is None or run.end - run.start < 8 or not title_like(layout.read(run)):
        return None
    behind = layout.read(Span(run.end, block.span.end)).lstrip()
    if not behind.startswith((":", ".", "-", "–")):
        return None
    return Heading(block, block.index, "run_in", "heading.run_in", title=run)


def unnumbered(layout: Layout, block: Block) -> Heading | None:
    """A line in bold or capitals that no rule numbers."""
    if block.is_row or refused(layout, block) or len(block.text) > LONGEST_TITLE:
        return None
    if regex.match(r"\s*[-–—*•+>]\s", block.text):
        return None
    title = trimmed(layout, block.span)
    text = layout.read(title)
    if not title_like(text) or len(text) < 6 or any(block.has(k, layout.grammar) for k in ("VoteOutcome", "VoteCount")):
        return None
    if block.bold or block.upper:
        style = "bold_upper" if block.bold and block.upper else "bold" if block.bold else "upper"
        if block.bold and not block.upper and block.text.rstrip().endswith((".", ";", ",", "?")):
            return None
        if block.text.rstrip().endswith(":") and len(text.split()) > WORDIEST_CAPTION:
            return None
        return Heading(block, block.index, style, f"heading.{style}", title=title)
    if len(text) <= 200 and not block.text.rstrip().endswith((".", ";", ",", "?", "!")) and text[:1].isupper():
        return Heading(block, block.index, "plain", "heading.plain", title=title)
    return None


def with_agenda(layout: Layout, heading: Heading, agenda: Sequence[str]) -> Heading:
    """The heading, tied to the agenda item of the same title."""
    if heading.title is None:
        return heading
    title = layout.read(heading.title)
    at = next((i for i, item in enumerate(agenda) if same_title(title, item)), None)
    return replace(heading, agenda=at) if at is not None else heading


def merged(layout: Layout, headings: Sequence[Heading]) -> list[Heading]:
    """Headings on successive lines as one: a register number over its title, « Objet » under a number."""
    out: list[Heading] = []
    for heading in headings:
        last = out[-1] if out else None
        if last is not None and heading.block.index == last.last + 1 and completes(layout, last, heading):
            out[-1] = replace(
                last,
                last=heading.last,
                number=last.number or heading.number,
                rank=last.rank if last.number else heading.rank,
                reference=last.reference or heading.reference,
                title=joined_title(last, heading),
                agenda=last.agenda if last.agenda is not None else heading.agenda,
            )
        else:
            out.append(heading)
    return out


def completes(layout: Layout, first: Heading, second: Heading) -> bool:
    """Whether the second line carries on the heading that the first one began."""
    if first.title is None:
        return not (first.number and second.number and first.style == second.style)
    if second.style == "object" and first.style != "object":
        return True
    if second.style == "register" and second.title is None and first.reference is None:
        return True
    if first.style in ("register", "word") and second.style in ("object",):
        return True
    same_looks = first.block.bold == second.block.bold and first.block.upper == second.block.upper
    loud = (first.block.bold or first.block.upper) and len(first.block.text) > CONTINUED_LINE
    loud = loud and (first.block.upper or layout.read(second.block.span).lstrip()[:1].islower())
    unnumbered_second = second.number is None and second.reference is None
    open_end = not layout.read(first.block.span).rstrip().endswith((".", ":", "?"))
    return bool(loud and same_looks and unnumbered_second and open_end and not second.block.gap_before)


def joined_title(first: Heading, second: Heading) -> Span | None:
    """The title of two lines: both where the first has one, that of « Objet » where the second is one."""
    if first.title is None:
        return second.title
    if second.style == "object" or second.title is None:
        return second.title or first.title
    return Span(first.title.start, second.title.end)


def sequence(headings: Sequence[Heading], restarts: Iterable[int] = ()) -> list[Heading]:
    """The longest well-numbered chain: 1, 2, 3…, a few numbers may be missing, parts may begin anew at 1.

    ``restarts`` are indices of blocks behind which a new numbering may begin.
    """
    openings = sorted(restarts)
    best: list[tuple[float, int]] = []
    for i, heading in enumerate(headings):
        weight = 1.0 + heading.block.bold + 0.7 * heading.block.upper + 2.0 * (heading.agenda is not None)
        weight += 0.4 * heading.block.gap_before - 0.6 * heading.block.text.rstrip().endswith((";", ","))
        rank = heading.rank or 0
        score, before = weight - (0.0 if rank <= 1 else min(1.0 + 0.3 * rank, 3.5)), -1
        for j in range(max(0, i - LONGEST_LOOK_BACK), i):
            gap = rank - (headings[j].rank or 0)
            if 1 <= gap <= 4:
                cost = 0.8 * (gap - 1) + 0.001 * (heading.block.index - headings[j].block.index)
            elif rank == 1 and any(headings[j].block.index < o <= heading.block.index for o in openings):
                cost = 0.5
            elif rank == 1:
                cost = 4.0
            else:
                continue
            if best[j][0] + weight - cost > score:
                score, before = best[j][0] + weight - cost, j
        best.append((score, before))
    chain: list[Heading] = []
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while at >= 0:
        chain.append(headings[at])
        at = best[at][1]
    return chain[::-1]


def families(found: Sequence[Heading]) -> dict[str, list[Heading]]:
    """The candidates by make, numbered ones as well-numbered chains."""
    loud = [h.block.index for h in found if h.style in ("roman", "bold_upper", "upper")]
    out: dict[str, list[Heading]] = {
        "explicit": [h for h in found if h.style in EXPLICIT],
        "arabic": sequence(
            [h for h in found if h.style in ("arabic", "register", "object") and h.rank is not None], loud
        ),
        "roman": sequence([h for h in found if h.style == "roman" and h.rank is not None]),
        "nested": [h for h in found if h.style in ("arabic", "roman") and h.number and h.rank is None],
        "letter": sequence([h for h in found if h.style == "letter"], loud),
        "agenda": in_order([h for h in found if h.agenda is not None]),
        "bold": [h for h in found if h.block.bold or h.style == "run_in"],
        "loud": [h for h in found if h.style in ("bold_upper", "upper")],
        "plain": [h for h in found if h.style == "plain" and h.block.gap_before],
    }
    return {name: family for name, family in out.items() if family}


def in_order(headings: Sequence[Heading]) -> list[Heading]:
    """One heading for each agenda item, the first that comes behind that of the item before."""
    chain: list[Heading] = []
    for heading in headings:
        if not chain or (heading.agenda or 0) > (chain[-1].agenda or 0):
            chain.append(heading)
    return chain


def choose(found: Sequence[Heading], decisions: Sequence[int]) -> list[Heading]:
    """The headings that cut the minutes into items, given the blocks where decisions stand.

    The family that gives most decisions a heading of their own comes first; others are added where they
    part decisions that still share one.
    """
    groups = families(found)
    if not decisions:
        groups = {name: family for name, family in groups.items() if name in ("explicit", "arabic", "roman", "agenda")}
    if not groups:
        return []
    order = ("explicit", "arabic", "roman", "agenda", "nested", "bold", "loud", "letter", "plain")
    bonus = {
        "explicit": 1.5,
        "agenda": 1.2,
        "arabic": 1.0,
        "roman": 0.8,
        "bold": 0.2,
        "loud": 0.2,
        "plain": -2.0,
        "letter": -0.5,
    }
    scored = [
        (fit(groups[name], decisions) + bonus.get(name, 0.0), -order.index(name), name)
        for name in order
        if name in groups
    ]
    score, _, first = max(scored)
    chosen = list(groups[first]) if score > 0 else []
    for name in order:
        if name in groups and name != "plain":
            chosen = refine(chosen, groups[name], decisions)
    return chosen


def fit(family: Sequence[Heading], decisions: Sequence[int]) -> float:
    """How well a family parts the decisions: headings with decisions count, crowded and idle ones cost."""
    starts = [h.block.index for h in family]
    owned = [0] * len(starts)
    lost = 0
    for at in decisions:
        place = sum(1 for s in starts if s <= at) - 1
        if place < 0:
            lost += 1
        else:
            owned[place] += 1
    crowded = sum(max(0, n - 2) for n in owned)
    return sum(1 for n in owned if n) - 0.35 * sum(1 for n in owned if not n) - 0.4 * crowded - 0.4 * lost


def refine(chosen: Sequence[Heading], more: Sequence[Heading], decisions: Sequence[int]) -> list[Heading]:
    """The chosen headings and those of another family that part decisions which share an item.

    An added heading needs a decision of its own, and another in the same item: one before it, or one that
    another added heading owns.
    """
    extra = [h for h in more if not any(h.block.index <= c.last and c.block.index <= h.last for c in chosen)]
    starts = [c.block.index for c in chosen]
    owners: dict[int, list[Heading]] = {}
    for i, heading in enumerate(extra):
        ends = [c.block.index for c in (*chosen, *extra[i + 1 :]) if c.block.index > heading.block.index]
        if any(heading.block.index <= d < min(ends, default=d + 1) for d in decisions):
            parent = max((s for s in starts if s < heading.block.index), default=-1)
            owners.setdefault(parent, []).append(heading)
    added = []
    for parent, headings in owners.items():
        first = headings[0].block.index
        if parent < 0 or len(headings) > 1 or any(parent <= d < first for d in decisions):
            added += headings
    return sorted([*chosen, *added], key=lambda h: h.block.index)
