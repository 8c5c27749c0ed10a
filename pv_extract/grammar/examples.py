"""Rules held against their own examples: what ``rules check`` runs."""

import unicodedata
from collections.abc import Iterator, Mapping

from pv_extract.grammar.folding import fold
from pv_extract.grammar.rules import Rule
from pv_extract.mentions import Mention


def failures(rule: Rule) -> list[str]:
    """What is wrong with a rule by its own examples: one line each, nothing where it keeps its word."""
    try:
        return list(broken_promises(rule))
    except TimeoutError:
        return [f"{rule.id} runs out of time on its own examples"]


def broken_promises(rule: Rule) -> Iterator[str]:
    """What a rule's examples and counter-examples hold against it. Raises TimeoutError."""
    for example in rule.matches:
        yield from misreadings(rule, example)
    for text in rule.rejects:
        if reading_of(rule, text) is not None:
            yield f"{rule.id} reads its counter-example {text!r}"
    if not rule.matches or not rule.rejects:
        yield f"{rule.id} lacks examples or counter-examples"


def misreadings(rule: Rule, example: Mapping[str, str]) -> Iterator[str]:
    """What a rule does not read in one of its examples, or reads otherwise than expected."""
    text = unicodedata.normalize("NFC", example["text"])
    found = reading_of(rule, text)
    if found is None:
        yield f"{rule.id} does not read its example {text!r}"
        return
    values = {**found.sets, **{name: span.of(text) for name, span in found.fields.items()}}
    if rule.becomes is not None:
        values["becomes"] = repaired(rule, text)
    for name, expected in example.items():
        if name != "text" and values.get(name) != expected:
            yield f"{rule.id} reads {name} = {values.get(name)!r} in {text!r}, not {expected!r}"


def reading_of(rule: Rule, text: str) -> Mention | None:
    """The first mention that a rule finds in a text as people write it."""
    return next(rule.find(fold(unicodedata.normalize("NFC", text))), None)


def repaired(rule: Rule, text: str) -> str:
    """The text after every repair of the rule: its part ``part``, or the whole match, becomes ``becomes``."""
    out, at = [], 0
    for mention in rule.find(fold(text)):
        span = mention.fields.get("part", mention.span)
        out += [text[at : span.start], rule.becomes or ""]
        at = span.end
    return "".join([*out, text[at:]])
