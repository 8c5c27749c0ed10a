"""What a check found, and the formats in which it is told: one module each, ``render(report) -> str``."""

from collections.abc import Callable
from importlib import import_module
from typing import Literal, cast

from pv_extract.reports.report import Checked, Report, Reported, reported

Format = Literal["text", "json", "sarif", "junit", "github", "gitlab"]

__all__ = ["Checked", "Format", "Report", "Reported", "renderer", "reported"]


def renderer(name: Format) -> Callable[[Report], str]:
    """The function that writes a report in a format."""
    return cast(Callable[[Report], str], import_module(f"pv_extract.reports.{name}").render)
