"""Signers: who signed the register, which tells who was there where the minutes print no list of those present."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from pv_extract.blocks import Block, Layout
from pv_extract.members.attendance import read_roll
from pv_extract.members.entries import Entry
from pv_extract.members.roll_openings import rest_of
from pv_extract.members.rolls import Roll, lists_names


def signers(layout: Layout) -> list[Entry]:
    """The names under the last « Ont signé au registre : », as those of members whom it shows to have been there."""
    labelled = (block for block in reversed(layout.blocks) if block.has("SignersLabel", layout.grammar))
    block = next(labelled, None)
    if block is None:
        return []
    label = block.find("SignersLabel", layout.grammar)[-1]
    roll = Roll("present", label.rule, label.span, rest_of(label.span, block), tuple(names_below(layout, block)))
    return [replace(entry, how="inferred") for entry in read_roll(layout, roll)[0] if entry.status == "present"]


def names_below(layout: Layout, block: Block) -> Iterator[Block]:
    """The lines of names right below a block."""
    return takewhile(lambda below: lists_names(layout, below), layout.blocks[block.index + 1 :])
