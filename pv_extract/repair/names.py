"""Names: left alone, unless a roster or the rest of the document proves how they are written."""

from collections import Counter
from collections.abc import Iterator

from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.wording import Wording
from pv_extract.text import Edit

RULE = "name.proven"
PROOFS = 3  # times that a document must write a name one way to prove it
LIKELY = 0.9
SHORTEST = 4


def name_edits(text: str, roster: frozenset[str] = frozenset()) -> Iterator[Edit]:
    """The accents of names that the roster or the document writes with others; ``roster`` holds single words."""
    wording = Wording.of(text)
    written = [wording.span(index).of(text) for index in range(len(wording.forms))]
    counts = Counter(word for word in written if is_name(word))
    proven = proven_forms(counts, roster)
    for index, word in enumerate(written):
        to = proven.get(skeleton(word)) if counts.get(word) == 1 and word not in roster else None
        if to and to != word and not wording.opens_sentence(index):
            yield Edit(wording.span(index), to, RULE, LIKELY)


def is_name(word: str) -> bool:
    """Whether a word is written as a name: « Régnier », not « RÉGNIER », whose accents are a convention."""
    return len(word) >= SHORTEST and word[0].isupper() and word[1:].islower()


def proven_forms(counts: Counter[str], roster: frozenset[str]) -> dict[str, str]:
    """The one form proven for each name without its accents; none where two are."""
    forms: dict[str, set[str]] = {}
    for word in {*roster, *(word for word, count in counts.items() if count >= PROOFS)}:
        forms.setdefault(skeleton(word), set()).add(word)
    return {bare: found.pop() for bare, found in forms.items() if len(found) == 1}
