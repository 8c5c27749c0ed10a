"""Filtering: plain text in, the same lines out with their words repaired; what ``normalise`` does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pv_extract.grammar import Grammar
from pv_extract.normalisation import LAYOUT, repair_edits
from pv_extract.normalisation.characters import hyphen_edits, unicode_edits
from pv_extract.normalisation.settling import Stage, settled
from pv_extract.repair.names import name_edits
from pv_extract.repair.restoration import restoration_edits
from pv_extract.repair.revision import Revision
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
    """The text repaired, every change with its place in the source, its rule and its confidence.

    What comes out is not changed when it is repaired again, but where its own evidence changed with it.
    """
    asked = switches or Switches()
    aligned = AlignedText.of(text)
    for edits in first_stages(asked):
        aligned = aligned.edit(edits(aligned.text))
    repairs = partial(repair_edits, grammar=grammar)
    aligned = settled(aligned.edit(repairs(aligned.text)), aligned.text, [repairs])
    if asked.restore_accents:
        aligned = aligned.edit(restoration_edits(aligned.text))
    revision = Revision.of(aligned.text)
    aligned = settled(aligned.edit(revision.edits()), aligned.text, [repairs, revision.edits_of_part])
    for edits in last_stages(asked):
        aligned = aligned.edit(edits(aligned.text))
    return aligned


def first_stages(asked: Switches) -> Iterator[Stage]:
    """What is done before words are repaired, each stage from a text to its edits."""
    yield character_edits
    if asked.join_hyphens:
        yield hyphen_edits


def last_stages(asked: Switches) -> Iterator[Stage]:
    """What is done when words are repaired."""
    yield lambda text: name_edits(text, asked.roster)
    if asked.typography:
        yield typography_edits


def character_edits(text: str) -> Iterable[Edit]:
    """Composed letters, plain spaces, ligatures opened; bullets and page ends stay."""
    return (edit for edit in unicode_edits(text) if not edit.rule.startswith(KEPT))
