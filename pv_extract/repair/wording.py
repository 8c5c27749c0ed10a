"""A text as words: each in lower case, with its place, its neighbours, and how often the document writes it."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain

from pv_extract.text import Span

TOKEN = re.compile(r"([lL]['’][oO][nN]\b|[^\W\d_]+['’]?|\d+|[^\w\s])")
GLUE = frozenset("-‐‑_@/\\&+*=<>~^")  # beside one of these a word is part of something else
HYPHENS = frozenset("-‐‑")
INVERTED = frozenset(
    ("il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous", "ce", "t", "moi", "toi", "lui", "leur", "y", "en")
)
SENTENCE_ENDS = frozenset('.!?:;«»"“”()[]•–—')
ABBREVIATED = "M."  # how the full stop behind an initial is seen
TIE = "‐"  # how a hyphen between letters is seen
REACH = 5  # words on either side that tell the context


def lowered(text: str) -> str:
    """The text in lower case, as long as it was: characters whose lower case is longer stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def cased(form: str, written: str, *, keep_initial: bool = False) -> str:
    """The form in the case in which the word is written; mixed cases stay, and an initial capital may."""
    if written.islower():
        return form
    if not (written.istitle() or written.isupper()):
        return written
    initial = written[0] if keep_initial else form[0].upper()
    return initial + (form[1:].upper() if written.isupper() and len(written) > 1 else form[1:])


@dataclass(frozen=True)
class Wording:
    """The words, numbers and marks of a text, in order; ``forms`` are in lower case with a plain apostrophe.

    How often they are written is counted in the document of which the text is a part.
    """

    text: str
    written: Sequence[str]
    forms: Sequence[str]
    starts: Sequence[int]
    document: "Wording | None" = None
    neighbours: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, document: "Wording | None" = None) -> "Wording":
        """The words of a text, which may be a part of a document."""
        parts = TOKEN.split(text)
        starts = array("I", accumulate(map(len, parts)))[:-1:2]
        met: dict[str, str] = {}  # one string for all words that are alike
        written = list(map(met.setdefault, words := parts[1::2], words))
        forms = {word: lowered(word).replace("’", "'") for word in met}
        return cls(text, written, list(map(forms.__getitem__, written)), starts, document)

    @cached_property
    def linked(self) -> Sequence[str]:
        """The forms as they are seen from beside."""
        return [self.seen(index) for index in range(len(self.forms))]

    def seen(self, index: int) -> str:
        """A form as it is seen from beside: « -il » in « dit-il », « ‐ » between letters, names with their capital."""
        form, before = self.forms[index], self.forms[index - 1] if index else ""
        start = self.starts[index]
        if before != "-" and self.text[start].islower():
            return form
        if before == "-" and form in INVERTED:
            return f"-{form}"
        if form == "-" and self.text[start - 1 : start].isalpha() and self.text[start + 1 : start + 2].isalpha():
            return TIE
        if form == "." and len(before) == 1 and self.text[start - 1].isupper():
            return ABBREVIATED
        return self.text[start] + form[1:] if self.is_named(before, start) else form

    def is_named(self, before: str, start: int) -> bool:
        """Whether a word has a capital and opens neither a sentence nor a line; behind « M. » it does neither."""
        text = self.text
        if not text[start].isupper() or not before or before in SENTENCE_ENDS - {"."}:
            return False
        return "\n" not in text[start - 2 : start] and (before != "." or text[start - 3 : start - 2].isupper())

    @cached_property
    def indexes(self) -> Mapping[str, Sequence[int]]:
        """Where each form stands among the words, in the order in which the forms first come."""
        found: dict[str, list[int]] = {}
        for index, form in enumerate(self.forms):
            found.setdefault(form, []).append(index)
        return found

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each form stands in the document."""
        return self.document.counts if self.document else Counter(self.forms)

    def written_here(self, index: int, form: str) -> int:
        """How often the document writes a form between the same two words as stand beside one of the text's words."""
        if not 0 < index < len(self.forms) - 1:
            return 0
        return (self.document or self).around(form)[self.forms[index - 1], self.forms[index + 1]]

    def around(self, form: str) -> Counter[tuple[str, str]]:
        """Between which two forms the text writes one, and how often."""
        known = self.neighbours.get(form)
        if known is None:
            inner = (at for at in self.indexes.get(form, ()) if 0 < at < len(self.forms) - 1)
            known = self.neighbours[form] = Counter((self.forms[at - 1], self.forms[at + 1]) for at in inner)
        return known

    @cached_property
    def in_lower_case(self) -> frozenset[str]:
        """The forms that stand in lower case somewhere; those that end in an apostrophe only with a plain one."""
        written = self.written
        return frozenset(form for form, places in self.indexes.items() if any(written[at] == form for at in places))

    def is_in_lower_case(self, form: str) -> bool:
        """Whether the document writes a form in lower case somewhere."""
        return form in self.in_lower_case or (self.document is not None and form in self.document.in_lower_case)

    def span(self, index: int) -> Span:
        """The place of a word."""
        start = self.starts[index]
        return Span(start, start + len(self.forms[index]))

    def gap(self, index: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.span(index).end : self.starts[index + 1] if index + 1 < len(self.starts) else None]

    def before(self, index: int, reach: int = REACH) -> Sequence[str]:
        """The words before one."""
        return [self.seen(at) for at in range(max(0, index - reach), index)]

    def after(self, index: int, reach: int = REACH) -> Sequence[str]:
        """The words behind one."""
        return [self.seen(at) for at in range(index + 1, min(len(self.forms), index + 1 + reach))]

    def glued(self, index: int) -> bool:
        """Whether a word is a part of a compound, an address or a formula."""
        start, end = self.span(index)
        around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
        return any(char in GLUE or char.isdigit() for char in around) or (
            self.text[end : end + 1] == "." and self.text[end + 1 : end + 2].isalpha()
        )

    def whole(self, index: int) -> bool:
        """Whether a word in lower case is all there: no part of a compound, no rest behind a full stop."""
        cut_off = self.forms[index - 1] == "." and index > 0 and self.text[self.starts[index] - 1] != "\n"
        return self.lower_case(index) and not self.glued(index) and not cut_off

    def in_address(self, index: int) -> bool:
        """Whether a word is a part of an address or a formula; a hyphen does not make it one."""
        start, end = self.span(index)
        around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
        return any(char in GLUE - HYPHENS or char.isdigit() for char in around)

    def opens_sentence(self, index: int) -> bool:
        """Whether a word begins the text, a line or a sentence."""
        if index == 0 or self.forms[index - 1] in SENTENCE_ENDS:
            return True
        return "\n" in self.text[self.starts[index - 1] : self.starts[index]]

    def lower_case(self, index: int) -> bool:
        """Whether a word is written in lower case."""
        start, end = self.span(index)
        return self.text[start:end].islower()

    def places(self, wanted: Iterable[str]) -> Sequence[int]:
        """The indexes, in order, of the words that are among those wanted, each named once."""
        return sorted(chain.from_iterable(self.indexes.get(form, ()) for form in wanted))
