"""The words that rules share: patterns with a name, called as ``(?&name)``."""

from collections.abc import Mapping

import regex

WORD_CALL = regex.compile(r"\(\?&(\w+)\)")


def expand(pattern: str, words: Mapping[str, str], inside: tuple[str, ...] = ()) -> str:
    """The pattern with every ``(?&word)`` replaced by that word of the vocabulary.

    Raises KeyError for an unknown word, ValueError for one that is defined by itself.
    """

    def replace(call: "regex.Match[str]") -> str:
        name = call[1]
        if name in inside:
            raise ValueError(" -> ".join((*inside, name)))
        return f"(?:{expand(words[name], words, (*inside, name))})"

    return WORD_CALL.sub(replace, pattern)
