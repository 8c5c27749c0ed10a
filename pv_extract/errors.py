"""What can go wrong, what to do next, and the exit code that says so.

Problems of the *data* (a count that contradicts a list) are findings in the record, never exceptions.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    OCR_MISSING = 4
    GRAMMAR = 5
    BATCH_FAILURES = 6
    INTERRUPTED = 130


class PvExtractError(Exception):
    """An error that a person can act on: its message says what to do next, in French and in English."""

    exit_code = Exit.UNREADABLE

    def __init__(self, english: str, french: str) -> None:
        super().__init__(english)
        self.english, self.french = english, french

    def __reduce__(self) -> tuple[type["PvExtractError"], tuple[str, str]]:
        return type(self), (self.english, self.french)


class UsageError(PvExtractError):
    """The command line asks for something that cannot be."""

    exit_code = Exit.USAGE


class UnreadableSource(PvExtractError):
    """The source is missing, empty, damaged, locked, or of a format that no reader knows."""


class OcrMissing(PvExtractError):
    """A page needs OCR, and the engine or its language is not installed."""

    exit_code = Exit.OCR_MISSING


class GrammarError(PvExtractError):
    """A grammar file cannot be used: the message names file, rule and place."""

    exit_code = Exit.GRAMMAR
