"""Names: left alone, unless a roster or the rest of the document proves how they are written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pv_extract.repair.lexicon import lexicon, skeleton
from pv_extract.repair.wording import Wording
from pv_extract.text import Edit

RULE = "name.proven"
PROOFS = 3  # times that a document must write a name one way to prove it
LIKELY = 0.9
SHORTEST = 4
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w\w)[^\W\d_]{3,}\b(?!['’])")


def name_edits(text: str, roster: frozenset[str] = frozenset()) -> Iterator[Edit]:
    """The accents of names that the roster or the document writes with others; ``roster`` holds single words."""
    counts = {word: count for word, count in Counter(CAPITALISED.findall(text)).items() if is_name(word)}
    proven = proven_forms(counts, roster)
    single = {word for word, count in counts.items() if count == 1 and word not in roster}
    becomes = {word: to for word in single if (to := proven.get(skeleton(word), word)) != word}
    wording = Wording.of(text if becomes else "")
    for index in (index for index, word in enumerate(wording.written) if word in becomes):
        if not wording.opens_sentence(index):
            yield Edit(wording.span(index), becomes[wording.written[index]], RULE, LIKELY)


def is_name(word: str) -> bool:
    """Whether a word is written as a name and is no common one: « Régnier », not « Prés », not « RÉGNIER »."""
    return len(word) >= SHORTEST and word.istitle() and word.isalpha() and word.lower() not in lexicon().parts


def proven_forms(counts: Mapping[str, int], roster: frozenset[str]) -> dict[str, str]:
    """The one form proven for each name without its accents; none where two are."""
    forms: dict[str, set[str]] = {}
    for word in {*roster, *(word for word, count in counts.items() if count >= PROOFS)}:
        forms.setdefault(skeleton(word), set()).add(word)
    return {bare: found.pop() for bare, found in forms.items() if len(found) == 1}
