#!/usr/bin/env python3
"""Write docs/coverage.md: each turn of phrase of minutes, the rules that read it, an example that each of them reads.

The turns are described in scripts/templates.toml; which rule reads which stands in the grammars (`templates = […]`).
Example: scripts/coverage.py
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pv_extract.grammar import Rule, load_grammars

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
DATA = ROOT / "scripts" / "templates.toml"
INTRODUCTION = """# What is read

*Written by `scripts/coverage.py` from the grammars' `templates = […]` and `scripts/templates.toml`;
`tests/test_coverage.py` holds it true.* The sixty turns of phrase that minutes are made of, each with the rules that
read it and the first of their examples; every rule refuses counter-examples too, which stand beside its pattern in
`grammars/`.

| | turn of phrase | rule | example | refused |
|---|---|---|---|---|"""
NOISES = """
## Noise

| | read by |
|---|---|"""


def described() -> dict[str, Any]:
    """The turns of phrase, the samples and the noises, as the data file has them."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def rules_by_template() -> dict[int, list[Rule]]:
    """The rules that read each turn of phrase."""
    rules = defaultdict(list)
    for rule in load_grammars().rules:
        for number in rule.templates:
            rules[number].append(rule)
    return rules


def cell(text: str) -> str:
    """A text in a cell of a table."""
    flat = " ".join(text.split()).replace("|", "\\|")
    return flat if len(flat) <= 90 else f"{flat[:88]} …"


def rows() -> Iterator[str]:
    """One row for each turn of phrase and rule; the turn is told once."""
    rules = rules_by_template()
    for number, about in described()["templates"].items():
        for at, rule in enumerate(rules[int(number)]):
            first = f"{number} | {about}" if at == 0 else " | "
            yield f"| {first} | `{rule.id}` | {cell(rule.matches[0]['text'])} | {cell(rule.rejects[0])} |"


def page() -> str:
    """The text of docs/coverage.md."""
    noises = (f"| {n['what']} | {', '.join(f'`{reader}`' for reader in n['readers'])} |" for n in described()["noises"])
    return "\n".join([INTRODUCTION, *rows(), NOISES, *noises]) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
