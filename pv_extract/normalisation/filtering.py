"""Filtering: plain text in, the same lines out with their words repaired; what ``normalise`` does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pv_extract.grammar import Grammar
from pv_extract.normalisation import LAYOUT, repair_edits
from pv_extract.normalisation.characters import hyphen_edits, unicode_edits
from pv_extract.repair.names import name_edits
from pv_extract.repair.restoration import restoration_edits
from pv_extract.repair.revision import revision_edits
from pv_extract.repair.typography import typography_edits
from pv_extract.text import AlignedText, Edit

KEPT = (LAYOUT, "unicode.bullet")  # changes for the rules that read minutes, not for people who read the text


@dataclass(frozen=True)
class Switches:
    """What is asked of the filter beside repairing: whole words at line ends, accents, typography, proven names."""

    join_hyphens: bool = False
    restore_accents: bool = False
    typography: bool = False
    roster: frozenset[str] = frozenset()


def repaired(text: str, grammar: Grammar, switches: Switches | None = None) -> AlignedText:
    """The text repaired, every change with its place in the source, its rule and its confidence."""
    asked = switches or Switches()
    aligned = AlignedText.of(text)
    for edits in stages(grammar, asked):
        aligned = aligned.edit(edits(aligned.text))
    return aligned


def stages(grammar: Grammar, asked: Switches) -> Iterable[Callable[[str], Iterable[Edit]]]:
    """The stages of the repair, each from a text to its edits."""
    yield character_edits
    if asked.join_hyphens:
        yield hyphen_edits
    yield lambda text: repair_edits(text, grammar)
    if asked.restore_accents:
        yield restoration_edits
    yield revision_edits
    yield lambda text: name_edits(text, asked.roster)
    if asked.typography:
        yield typography_edits


def character_edits(text: str) -> Iterable[Edit]:
    """Composed letters, plain spaces, ligatures opened; bullets and page ends stay."""
    return (edit for edit in unicode_edits(text) if not edit.rule.startswith(KEPT))
