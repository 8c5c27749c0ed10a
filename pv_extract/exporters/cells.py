"""Cells of CSV files that do no harm: no spreadsheet runs them, no reader stumbles over them."""

import csv
from collections.abc import Callable, Iterable
from typing import Any

import regex

from pv_extract.exporters.losses import Loss, Losses
from pv_extract.exporters.tables import Cell
from pv_extract.output import Writable
from pv_extract.records import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # OWASP, « CSV injection »
CONTROL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # not in XML 1.0 either
REPLACED = "\ufffd"

MADE_HARMLESS = Loss(
    "made-harmless",
    "cells that began like a formula, now after an apostrophe",
    "cellules qui commençaient comme une formule, désormais précédées d'une apostrophe",
)
CONTROL_REPLACED = Loss(
    "control-replaced",
    "texts whose control characters became �",
    "textes dont les caractères de commande sont devenus �",
)


def printable(text: str) -> str:
    r"""A text whose control characters, line ends and tabs aside, are shown as �.

    >>> printable("Vu\x00 le code")
    'Vu� le code'
    """
    return CONTROL.sub(REPLACED, text)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before what it would take for a formula.

    >>> harmless("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    """
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA) else text


def csv_writer(stream: Writable, header: Iterable[str]) -> Any:
    """A writer of comma-separated lines ended by LF, its header written."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    return writer


def cell_of(record: Record, losses: Losses) -> Callable[[Cell], str]:
    """What writes the cells of a record: text made harmless and printable, with the losses told; null is empty."""

    def cell(value: Cell) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return "" if value is None else repr(value)
        clean = printable(value)
        if clean != value:
            losses.tell(CONTROL_REPLACED, record)
        if (safe := harmless(clean)) != clean:
            losses.tell(MADE_HARMLESS, record)
        return safe

    return cell
