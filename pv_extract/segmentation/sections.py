"""Sections: the parts that minutes are cut into."""

from dataclasses import dataclass

from pv_extract.blocks import Block
from pv_extract.members.attendance import RollCall
from pv_extract.mentions import Mention
from pv_extract.segmentation.headings import Heading
from pv_extract.text import Span


@dataclass(frozen=True)
class AgendaItem:
    """A point of an agenda: the spans of its number (if printed) and of its title."""

    number: Span | None
    title: Span
    rule: str


@dataclass(frozen=True)
class Section:
    """A run of blocks and what it is; ``heading`` opens an item, ``mention`` is what the section was told by."""

    kind: str
    blocks: tuple[Block, ...]
    heading: Heading | None = None
    mention: Mention | None = None
    items: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True)
class Segments:
    """The sections of the minutes, and their roll call."""

    sections: tuple[Section, ...]
    roll_call: RollCall

    def of(self, *kinds: str) -> list[Section]:
        """The sections of some kinds."""
        return [s for s in self.sections if s.kind in kinds]

    def blocks_of(self, *kinds: str) -> list[Block]:
        """The blocks of the sections of some kinds."""
        return [b for s in self.sections if s.kind in kinds for b in s.blocks]
