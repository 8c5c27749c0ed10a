"""What a cell of a table of members says: whether somebody is there, with how many voices, who stands in."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import regex

from pv_extract.blocks import Layout
from pv_extract.grammar import fold
from pv_extract.members.people import Named, people_in
from pv_extract.text import Span

# OCR reads the sides of a box as brackets of any kind, or as strokes.
TICK = regex.compile(r"[\[({|I]{0,2}\s*(?:[x✓✔✅☒☑*1]|oui)\s*[\])}|I]{0,2}", regex.IGNORECASE)
EMPTY_BOX = regex.compile(r"[\[({|]\s*[\])}|1lIi]{1,2}|[1lI|][\])}]|[☐□]|non", regex.IGNORECASE)
CROSS = regex.compile(r"[❌✗✘]")
DUST = " .,:;'’‘°·"
NO_CODES: Mapping[str, str] = MappingProxyType({})
STATUSES = ("represented", "remote", "excused", "absent", "present")


def ticked_status(layout: Layout, cells: Sequence[tuple[str, Span]], codes: Mapping[str, str] = NO_CODES) -> str | None:
    """The status that a row's cells say: a word, « P » or « A », or a tick under « Présent », « Excusé »…

    What a legend says of a letter (``codes``) comes before what it usually means.
    """
    for header, cell in cells:
        text = fold(layout.read(cell)).strip(DUST)
        if text.lower() in codes:
            return codes[text.lower()]
        if EMPTY_BOX.fullmatch(text):
            continue
        ticked = TICK.fullmatch(text) is not None
        if ticked and (head := layout.grammar.first("TickedUnder", header)):
            return head.sets["status"]
        if (ticked or CROSS.fullmatch(text)) and layout.grammar.has("TicksTellPresence", header):
            return "present" if ticked else "absent"
        if letters := layout.grammar.first("CellStatus", text):
            return letters.sets["status"]
        if status := marked(layout, text):
            return status
    return None


def marked(layout: Layout, text: str) -> str | None:
    """The status that the marks in a folded text say."""
    said = {mark.sets["mark"] for mark in layout.grammar.find("EntryMark", text)}
    return next((status for status in STATUSES if status in said), None)


def said_in(layout: Layout, text: str) -> str | None:
    """The status that a folded text of a legend says: « présent en salle », « en visioconférence »."""
    under = layout.grammar.first("TickedUnder", text)
    return marked(layout, text) or (under.sets["status"] if under else None)


def row_status(
    layout: Layout,
    above: str,
    cells: Sequence[tuple[str, Span]],
    in_columns: bool,
    codes: Mapping[str, str] = NO_CODES,
) -> str:
    """The status that a row tells, that of its roll (``above``) where it tells none; unknown where it cannot be read.

    On a page a tick is told by its place alone, and worth nothing in a row that has lost some of its cells.
    """
    if not in_columns and cells and layout.document.words:
        return "unknown"
    status = ticked_status(layout, cells, codes)
    marks = [fold(layout.read(cell)).strip(DUST) for _, cell in cells]
    unread = any(mark and not EMPTY_BOX.fullmatch(mark) for mark in marks)
    return status or ("unknown" if unread and layout.document.words else above)


def votes_in(layout: Layout, cell: Span) -> Span | None:
    """The voices that a cell holds and nothing else: « 12 », « 1 204 tantièmes »."""
    found = layout.grammar.first("CellVoices", layout.folded(cell))
    return found.fields["votes"].shift(cell.start) if found else None


def counts_voices(layout: Layout, cell: Span) -> bool:
    """Whether a cell holds a number of voices with its unit: « 642 tantièmes »."""
    found = layout.grammar.first("CellVoices", layout.folded(cell))
    return found is not None and "unit" in found.fields


def told_behind(layout: Layout, cell: Span, kind: str) -> list[Named]:
    """Whom a cell names behind a mention of some kind: « pouvoir à Mme Roux », « suppléé par M. Fabre »."""
    found = layout.grammar.first(kind, layout.folded(cell))
    return people_in(layout, Span(cell.start + found.span.end, cell.end)) if found else []
