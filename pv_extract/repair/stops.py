"""Commas that OCR read as full stops, and semicolons that it read as colons.

Thin type on black-and-white scans loses the tails of its commas: « Le Conseil. après en avoir délibéré. décide »,
« Mme ARNAUD. M. BRIAND. Mme COLIN ». A full stop before a small letter is one only behind an abbreviation; between the
names of a list it is none.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex

from pv_extract.repair.recurrence import is_list
from pv_extract.text import Edit, Span

COMMA, SEMICOLON, LIKELY = "stop.comma", "stop.semicolon", 0.9
# Behind a word or a closing bracket, before a small letter on its line or the next; in a label it is a speck.
LOW = regex.compile(
    r"(?P<before>\p{L}[\p{L}'’]+|\))(?P<stop>\.)(?=(?:[ ]|\n)(?!(?:et|www)\b)\p{Ll}[\p{L}'’]+\b)(?![^\n:]{1,30}:[ ]*$)",
    regex.MULTILINE,
)
HONORIFIC = r"(?:MM?\.|Mmes?|Mlles?|Mrs?|Dr|Me)[ ]+"
LOUD = r"\p{Lu}[\p{Lu}'’-]{2,}"
NAME = rf"(?:{HONORIFIC})?(?:\p{{Lu}}\p{{Ll}}+(?:-\p{{Lu}}\p{{Ll}}+)*[ ]+|\p{{Lu}}\.[ ]?)?{LOUD}"
# Behind a part of a name, but no roman number, before another name or its honorific; behind a name, before an office.
NAMED = regex.compile(
    rf"(?<![\p{{L}}\d])(?![IVX]+\.)(?:{LOUD}|\p{{Lu}}\p{{Ll}}{{2,}})(?P<stop>\.)(?=[ ](?:{NAME}|{HONORIFIC}))"
)
OFFICE = regex.compile(
    r"""(?<=\p{Lu}{3,}(?:[ ]\p{Lu}\p{Ll}+)?)(?P<stop>\.)
    (?=[ ](?:Maires?\b|Président|Bourgmestre|Adjoint|Échevin|Conseill|Vice-|Secrétaire|\d{1,2}(?:e|[eè]re)[ ]))""",
    regex.VERBOSE,
)
# Behind what is told of somebody in brackets, before another name of whom it is told too.
TOLD = regex.compile(rf"\([^()\n]{{3,80}}\)(?P<stop>\.)(?=[ ]{NAME}[ ]\()")
# A clause that has no verb of its own: « M. Morel s'étant retiré. M. Aubin prend la présidence ».
CLAUSE = regex.compile(
    r"\b(?:s'étant|étant|ayant)[ ]\p{Ll}+(?P<stop>\.)(?=[ ](?:MM?\.|Mmes?|Mlles?|Monsieur|Madame|[Ll][ea])[ ])"
)
BRACKETS = regex.compile(r"\([^()\n]{5,200}\)")
# A line « Mme Lise COLIN, bourgmestre : » above another person.
PERSON = r"[ ]*(?:[-•][ ]+)?(?:MM?\.|Mmes?|Mlles?)[ ]+\p{Lu}"
ENTRY = regex.compile(
    rf"^{PERSON}[^\n:;.,]{{5,60}},[^\n:;.]{{4,60}}?(?P<colon>[ ]?:)[ ]*(?=\n{PERSON})", regex.MULTILINE
)


def stop_edits(text: str) -> Iterator[Edit]:
    """The repairs of commas and semicolons in a damaged text."""
    spans = {span for places in (low_stops(text), list_stops(text), other_stops(text)) for span in places}
    yield from (Edit(span, ",", COMMA, LIKELY) for span in sorted(spans))
    for found in ENTRY.finditer(text):
        yield Edit(Span(*found.span("colon")), " ;", SEMICOLON, LIKELY)


@cache
def abbreviations() -> frozenset[str]:
    """The abbreviations of minutes that end in a full stop, in lower case."""
    text = resources.files("pv_extract.repair").joinpath("data", "abbreviations.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def low_stops(text: str) -> Iterator[Span]:
    """The full stops before small letters that no abbreviation asks for."""
    for found in LOW.finditer(text):
        if found["before"].lower() not in abbreviations() and not found["before"].isupper():
            yield Span(*found.span("stop"))


def list_stops(text: str) -> Iterator[Span]:
    """The full stops between the names of a list: on a line of names, or within brackets."""
    start = 0
    for line in text.split("\n"):
        parts = [Span(0, len(line))] if is_list(line) else [Span(*found.span()) for found in BRACKETS.finditer(line)]
        for part in parts:
            yield from (Span(*f.span("stop")).shift(start) for f in NAMED.finditer(line, part.start, part.end))
        start += len(line) + 1


def other_stops(text: str) -> Iterator[Span]:
    """The full stops behind a name before its office, behind what is told of it, and behind clauses without a verb."""
    yield from (Span(*found.span("stop")) for pattern in (OFFICE, TOLD, CLAUSE) for found in pattern.finditer(text))
