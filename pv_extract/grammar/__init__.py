"""Rules as data: loading them, checking them, and searching with them.

Rules are searched in *folded* text: without accents, with plain quotes, hyphens and spaces, and with the
case kept. Folding never changes the length, so a match gives offsets into the text itself. Patterns are
folded the same way when they are loaded: write them in ordinary French.
"""

from pv_extract.grammar.examples import failures
from pv_extract.grammar.folding import fold, fold_whole
from pv_extract.grammar.loading import grammar_files, load_grammars
from pv_extract.grammar.rules import Grammar, Rule, without_overlaps
from pv_extract.grammar.searching import searched, watched

__all__ = [
    "Grammar",
    "Rule",
    "failures",
    "fold",
    "fold_whole",
    "grammar_files",
    "load_grammars",
    "searched",
    "watched",
    "without_overlaps",
]
