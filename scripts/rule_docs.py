#!/usr/bin/env python3
"""Write docs/rules: every rule of `check` in French and in English.

The same sheets make `pv-extract check --explain`. Example: scripts/rule_docs.py
"""

import os
from collections.abc import Iterator
from pathlib import Path

from pv_extract.checks import Sheet, sheets
from pv_extract.messages import words
from pv_extract.reports.explanation import facts_of

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "docs" / "rules"
FILES = {"rules.en.md": "en_GB.UTF-8", "regles.fr.md": "fr_FR.UTF-8"}
INTRODUCTION = (
    """# The rules of `check`

*Written by `scripts/rule_docs.py` from `pv_extract/checks/sheets`.* A finding is a contradiction inside the document,
or a mention that was not found; it never says that a deliberation is illegal. A rule that needs what is not known
(population, members in office, the document's text) is skipped, and said so. Before the first day in force a rule is
silent or only informs; minutes before 24 February 1996 are checked for their own logic alone, as warnings. What was
misread (OCR, words that had to be repaired or are not French) is never an error. In the windows of the pandemic (12
March to 30 August 2020, 17 October 2020 to 30 September 2021, 10 November 2021 to 31 July 2022) a third of the
members makes a quorum and a member may hold two proxies.

Exceptions of the law are part of the rules that they soften: three days before the first meeting (L2121-7) in PV-203,
the local law's exceptions to the quorum (L2541-4) in PV-301, substitutes (L5211-6) in every count of members, a tie
that adopts the accounts (L1612-12) in PV-401 and PV-402, representatives who do not count for the quorum (L1111-6) in
PV-304.
""",
    """# Les règles de `check`

*Écrit par `scripts/rule_docs.py` d'après `pv_extract/checks/sheets`.* Un constat est une contradiction à l'intérieur
du document, ou une mention non trouvée ; il ne dit jamais qu'une délibération est illégale. Une règle à laquelle il
manque une donnée (population, membres en exercice, texte du document) est passée, et c'est dit. Avant son premier
jour en vigueur une règle se tait ou informe seulement ; les procès-verbaux antérieurs au 24 février 1996 ne sont
contrôlés que dans leur propre logique, en avertissements. Ce qui a été mal lu (OCR, mots réparés ou qui ne sont pas
français) n'est jamais une erreur. Pendant les périodes de la crise sanitaire (12 mars au 30 août 2020, 17 octobre
2020 au 30 septembre 2021, 10 novembre 2021 au 31 juillet 2022) le quorum est du tiers et un membre peut porter deux
pouvoirs.

Les exceptions de la loi sont dans les règles qu'elles adoucissent : trois jours avant la première réunion (L2121-7)
dans PV-203, exceptions du droit local au quorum (L2541-4) dans PV-301, suppléants (L5211-6) dans tout décompte de
membres, partage des voix qui arrête les comptes (L1612-12) dans PV-401 et PV-402, représentants qui ne comptent pas
pour le quorum (L1111-6) dans PV-304.
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


def pages() -> dict[Path, str]:
    """The files of docs/rules and what they hold."""
    written = {}
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
