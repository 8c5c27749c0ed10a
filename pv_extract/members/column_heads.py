"""The heads of tables of members: what each column holds."""

from pv_extract.blocks import Block, Layout
from pv_extract.grammar import fold
from pv_extract.members.flattened import names_one

# What heads columns of ticks, where more than one of them does: « P | A | E ».
CODES = {
    "P": "present",
    "A": "absent",
    "E": "excuse",
    "AE": "excuse",
    "EXC": "excuse",
    "ABS": "absent",
    "R": "represente",
}
FEWEST_CODES, FEWEST_HEADS = 2, 2
COUNTED_APART = ("in_office", "voting", "quorum", "votes")  # numbers that head no list of names


def cell_kinds(layout: Layout, block: Block) -> list[tuple[str, str] | None]:
    """What each cell of a header row announces: (« status », « present »), (« proxy », « »)…, None for nothing.

    On a page, heads may stand so close that they were read as one cell; there may be more kinds than cells then.
    """
    texts = [fold(layout.read(cell)) for cell in block.cells()]
    coded = len({text for text in texts if text.upper() in CODES}) >= FEWEST_CODES
    kinds = [
        ("status", CODES[text.upper()]) if coded and text.upper() in CODES else kind_of(layout, text) for text in texts
    ]
    if layout.document.words and sum(map(bool, kinds)) < FEWEST_HEADS:
        together = (heads_together(layout, text) for text in texts)
        return [kind for alone, parts in zip(kinds, together, strict=True) for kind in parts or [alone]]
    return kinds


def kind_of(layout: Layout, text: str) -> tuple[str, str] | None:
    """What a folded cell announces as a head, None for nothing."""
    column = layout.grammar.first("Column", text) if text else None
    if column is not None:
        return column.sets["column"], text.lower()
    label = layout.grammar.first("AttendanceLabel", text) if text else None
    whole = label is not None and label.span.end - label.span.start >= 0.7 * len(text)
    return ("list", label.sets["status"]) if label and whole else None


def heads_together(layout: Layout, text: str) -> list[tuple[str, str] | None]:
    """The heads that were read as one cell: « Nom Présent(e) Excusé(e) Observations »; none where it is no such cell.

    What a colon ends is a label: « Membres élus : ». Behind statuses, one word may be of no head that is known.
    """
    if text.endswith(":"):
        return []
    words, kinds = text.split(), list[tuple[str, str]]()
    while words:
        found = next(
            ((n, kind) for n in range(len(words), 0, -1) if (kind := kind_of(layout, " ".join(words[:n])))), None
        )
        if found is None:
            break
        kinds.append(found[1])
        words = words[found[0] :]
    told = {kind for kind, _ in kinds}
    if told == {"name"} and not any("nom" in head for _, head in kinds):  # « conseillère municipale déléguée »
        return []
    if len(kinds) < FEWEST_HEADS or told.isdisjoint(("name", "status")) or len(words) > ("status" in told):
        return []
    return [*kinds, *(None for _ in words)]


def is_column_row(layout: Layout, block: Block) -> bool:
    """Whether a row heads the columns of a roll: two announcements, or one and nothing but blanks beside."""
    if (not block.is_row and not block.text.startswith("\t")) or tells_counts(layout, block):
        return False
    kinds = cell_kinds(layout, block)
    known = [k for k in kinds if k and k[0] != "remark"]
    filled = [c for c in block.cells() if c.end > c.start]
    if any(kind is None and names_one(layout, cell) for kind, cell in zip(kinds, block.cells(), strict=False)):
        return False  # « M. Morel | Conseiller municipal | Présent »
    return len(known) >= 2 or (len(known) == 1 and len(filled) == 1 and kinds[0] is None)


def tells_counts(layout: Layout, block: Block) -> bool:
    """Whether a row tells numbers of members: « En exercice : 12 | Présents : 8 | Votants : 10 »."""
    told = {m.sets.get("what") for m in block.find("StatedCount", layout.grammar)}
    return len(told) >= FEWEST_CODES and not told.isdisjoint(COUNTED_APART)


def is_roll_table(layout: Layout, block: Block) -> bool:
    """Whether a row opens a table of members."""
    if not is_column_row(layout, block):
        return False
    kinds = {k[0] for k in cell_kinds(layout, block) if k}
    return bool(kinds & {"list", "name", "status", "giver"})
