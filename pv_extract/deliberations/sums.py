"""Sums of money in the running text of an item."""

from decimal import Decimal

import regex

from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.ballots import Ballot
from pv_extract.deliberations.legibility import is_dollar
from pv_extract.evidence import Found
from pv_extract.grammar import fold
from pv_extract.text import Span
from pv_extract.values import read_number, read_sum

LEADERS = regex.compile(r"(?:\.\s?){6}")  # dots that lead from a line's words to its figures
THOUSANDS = regex.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # « 2,847 fr. », as before 1900
WORD = regex.compile(r"\p{L}{3,}")
FEWEST_WORDS = 3  # of a sentence set beside what it is
FRANCS = regex.compile(r"(.+?)\s*(?:francs?|(?<=\d\s?)(?:frs?|f)\.?)(?:\s+(?:et\s+)?(.+?)(?:\s*c(?:entimes?|\.)?)?)?")
CENTIMES = regex.compile(r"(.+?)\s+centimes")
LIVRES = regex.compile(r"(.+?)\s+livres?(?:\s*,?\s*(?:et\s+)?(.+?)\s+so(?:ls?|us?))?")
SOLS = 20  # in a livre
LIVRE_ENDS = 1810  # counted in long after the franc of 1795 (loi du 18 germinal an III)
OLD_FRANC_ENDS = 1960  # the new franc is in force from 1 January 1960 (ordonnance n° 58-1341)


def amounts(layout: Layout, ballot: Ballot, year: int | None) -> list[Found]:
    """The sums of money in the running text, tables aside, each as often as it is printed."""
    out: list[Found] = []
    for block in ballot.blocks:
        if in_table(layout, block):
            continue
        out += sums_in(layout, block, year)
    return out


def sums_beside(layout: Layout, title: Span, block: Block, year: int | None) -> list[Found]:
    """The sums behind a title on its line: « 4.1 Réfection du lavoir – 4 500 € »."""
    return [found for found in sums_in(layout, block, year) if found.span.start >= title.end]


def sums_in(layout: Layout, block: Block, year: int | None) -> list[Found]:
    """The sums of money that a block prints, in its order."""
    out: list[Found] = []
    for mention in block.find("Amount", layout.grammar):
        value = amount_value(layout.read(mention.fields["value"]))
        if value is None or not is_dollar(layout, mention.span):
            continue
        currency = mention.sets["currency"]
        if currency == "livre" and (year is None or year > LIVRE_ENDS):
            continue
        if currency == "FRF" and year is not None and year < OLD_FRANC_ENDS:
            currency = "FRX"
        tax = mention.fields.get("tax")
        code = None if currency == "livre" else currency
        tree = {"value": value, "currency": code, "tax": tax_of(layout.read(tax)) if tax else None}
        out.append(Found(tree, mention.span, mention.rule))
    return out


def tax_of(written: str) -> str:
    """Whether a sum is without or with the tax.

    >>> tax_of("T.T.C."), tax_of("hors taxes")
    ('TTC', 'HT')
    """
    return "HT" if written.upper().startswith("H") else "TTC"


def in_table(layout: Layout, block: Block) -> bool:
    """Whether a block is part of a table, not a line « Section d'investissement : » with its sum set apart.

    A sentence set beside what it is (« Décision | Le repas passe à 3,50 €. ») is running text.
    """
    if not block.is_row:
        return bool(LEADERS.search(block.text))
    if tells_beside_label(layout, block):
        return False
    if not any(layout.read(cell).rstrip().endswith(":") for cell in block.cells()[:-1]):
        return True
    around = layout.blocks[max(0, block.index - 1) : block.index + 2]
    return len(block.cells()) > 2 or sum(b.is_row for b in around) > 1


def tells_beside_label(layout: Layout, block: Block) -> bool:
    """Whether a row is a label of what an item holds, without figures, and the words of it."""
    cells = [layout.read(c).strip() for c in block.cells() if c.end > c.start]
    if len(cells) != 2 or len(WORD.findall(cells[1])) < FEWEST_WORDS:
        return False
    return layout.grammar.has("ItemPart", fold(cells[0]))


def amount_value(text: str) -> str | None:
    """A printed sum as a decimal string; « 1,5 million », « 300 k » are multiplied out.

    >>> amount_value("1,5 million d'"), amount_value("300 k"), amount_value("12 500,50"), amount_value("2,847 f. 50")
    ('1500000', '300000', '12500.50', '2847.50')
    >>> amount_value("neuf cents francs"), amount_value("mille neuf cent un francs dix centimes")
    ('900', '1901.10')
    >>> amount_value("quinze centimes"), amount_value("cent vingt livres"), amount_value("6 livres 10 sols")
    ('0.15', '120', '6.50')
    """
    low = fold(text).lower()
    if livres := LIVRES.fullmatch(low):
        return in_livres(livres[1], livres[2])
    if francs := FRANCS.fullmatch(low):
        return in_francs(francs[1], francs[2])
    if centimes := CENTIMES.fullmatch(low):
        cents = read_number(centimes[1])
        return None if cents is None else f"{Decimal(cents) / 100:.2f}"
    found = regex.match(r"([\d ]+(?:[.,]\d+)?)\s*(millions?|k|m)\b", low)
    if not found:
        return read_sum(THOUSANDS.sub(" ", text.replace("'", " ")))
    factor = 1000 if found[2] == "k" else 1_000_000
    value = Decimal(found[1].replace(" ", "").replace(",", ".")) * factor
    return f"{value.normalize():f}"


def in_livres(livres: str, sols: str | None) -> str | None:
    """Livres and sols, in digits or words, as a decimal string of livres."""
    whole = read_sum(THOUSANDS.sub(" ", livres)) if livres[:1].isdigit() else read_number(livres)
    parts = read_number(sols) if sols else None
    if whole is None or (sols and (parts is None or parts >= SOLS)):
        return None
    return str(whole) if parts is None else f"{Decimal(whole) + Decimal(parts) / SOLS:.2f}"


def in_francs(francs: str, centimes: str | None) -> str | None:
    """Francs and centimes, in digits or words, as a decimal string.

    >>> in_francs("quatre", "vingt-cinq"), in_francs("2,847", "50"), in_francs("mille", None)
    ('4.25', '2847.50', '1000')
    """
    whole = read_sum(THOUSANDS.sub(" ", francs)) if francs[:1].isdigit() else read_number(francs)
    cents = read_number(centimes) if centimes else None
    if whole is None or (centimes and (cents is None or cents > 99)):
        return None
    return str(whole) if cents is None else f"{whole}.{cents:02d}"
