#!/usr/bin/env python3
"""Write docs/rules: every rule of `check` in French and in English, and the matrix of planted errors.

The same sheets make `pv-extract check --explain`. Example: scripts/rule_docs.py
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pv_extract.checks import Sheet, sheets
from pv_extract.checks.contract import CHECKS
from pv_extract.messages import words
from pv_extract.reports.explanation import facts_of

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs" / "rules"
TWINS = ROOT / "fixtures" / "planted" / "twins.toml"
FILES = {"rules.en.md": "en_GB.UTF-8", "regles.fr.md": "fr_FR.UTF-8"}
INTRODUCTION = (
    """# The rules of `check`

*Written by `scripts/rule_docs.py` from `pv_extract/checks/sheets`.* A finding is a contradiction inside the document,
or a mention that was not found; it never says that a deliberation is illegal. A rule that needs what is not known
(population, members in office, the document's text) is skipped, and said so. Before the first day in force a rule is
silent or only informs; minutes before 24 February 1996 are checked for their own logic alone, as warnings, and what
OCR read is never an error. In the windows of the pandemic (12 March to 30 August 2020, 17 October 2020 to 30 September
2021, 10 November 2021 to 31 July 2022) a third of the members makes a quorum and a member may hold two proxies.
Some duties leave nothing to check in minutes alone: publication of the minutes and their
sending to the communes (L2121-15, L5211-40-2), the debate on the budget's orientations (L2312-1), the public meeting
(no mention is asked for), the sending of the accounts (R2121-8).
""",
    """# Les règles de `check`

*Écrit par `scripts/rule_docs.py` d'après `pv_extract/checks/sheets`.* Un constat est une contradiction à l'intérieur du
document, ou une mention non trouvée ; il ne dit jamais qu'une délibération est illégale. Une règle à laquelle il manque
une donnée (population, membres en exercice, texte du document) est passée, et c'est dit. Avant son premier jour en
vigueur une règle se tait ou informe seulement ; les procès-verbaux antérieurs au 24 février 1996 ne sont contrôlés que
dans leur propre logique, en avertissements, et ce qu'a lu l'OCR n'est jamais une erreur. Pendant les périodes de la
crise sanitaire (12 mars au 30 août 2020, 17 octobre 2020 au 30 septembre 2021, 10 novembre 2021 au 31 juillet 2022) le
quorum est du tiers et un membre peut porter deux pouvoirs. Certaines obligations ne laissent rien à contrôler dans un
procès-verbal seul : la publication du procès-verbal et son envoi aux communes (L2121-15, L5211-40-2), le débat
d'orientation budgétaire (L2312-1), la publicité de la séance (aucune mention n'est exigée), la transmission des comptes
(R2121-8).
""",
)


def rule_lines(sheet: Sheet) -> Iterator[str]:
    """The section of a rule."""
    yield f"\n## {sheet.id}\n"
    yield f"**{words(*sheet.title)}.** {words(*sheet.explanation)}\n"
    for label, value in facts_of(sheet):
        yield words(f"- {label}: {value}", f"- {label} : {value}")


def rules_page() -> str:
    """All rules, in the language of the environment."""
    lines = [words(*INTRODUCTION).rstrip("\n")]
    for sheet in sheets().values():
        lines += rule_lines(sheet)
    return "\n".join(lines) + "\n"


def shown(text: str) -> str:
    """A planted text in a cell of a table."""
    flat = " ".join(text.split()).replace("|", "\\|")
    if not flat:
        return "nothing"
    return f"« {flat} »" if len(flat) <= 90 else f"« {flat[:60]} … {flat[-25:]} »"


def matrix() -> str:
    """Every check that can be an error or a warning, with what breaks it."""
    twins = tomllib.loads(TWINS.read_text(encoding="utf-8"))
    lines = [
        "# Planted errors\n",
        "*Written by `scripts/rule_docs.py` from `fixtures/planted`; `tests/test_planted.py` holds it true.* Each row",
        "is a fictional meeting that breaks one check: it gives exactly that finding, and its mended twin none.\n",
        "| rule | severity | check | planted | in the mended twin |",
        "|---|---|---|---|---|",
    ]
    for check in sorted((c for c in CHECKS if c.severity != "info"), key=lambda c: c.rule):
        name = check.function.__name__
        before, after = twins[name]["planted"][0]
        lines.append(f"| {check.rule} | {check.severity} | `{name}` | {shown(after)} | {shown(before)} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """The files of docs/rules and what they hold."""
    written = {RULES / "matrix.md": matrix()}
    before = os.environ.get("LC_ALL")
    for name, locale in FILES.items():
        os.environ["LC_ALL"] = locale
        written[RULES / name] = rules_page()
    os.environ.pop("LC_ALL") if before is None else os.environ.update(LC_ALL=before)
    return written


def main() -> None:
    """Write the pages."""
    RULES.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
