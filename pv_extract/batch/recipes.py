"""What a record hangs on besides its document: the tool's version, the grammars, the options, the OCR engine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pv_extract import __version__
from pv_extract.conventions import grammar_of, register_of
from pv_extract.document import Document
from pv_extract.errors import GrammarError
from pv_extract.grammar import Grammar, grammar_files
from pv_extract.members.register import Register
from pv_extract.readers import ReadOptions
from pv_extract.readers.engine import identity
from pv_extract.records import SCHEMA_VERSION

LENGTH = 12  # hexadecimal digits of a fingerprint


class Fingerprints(NamedTuple):
    """What tells a recipe from others: for documents in which an OCR engine had no part, and for all."""

    without_ocr: str
    whole: str

    def of(self, document: Document) -> str:
        """The fingerprint for the record of a document."""
        by_engine = any(page.method == "ocr" or page.layer_score is not None for page in document.pages)
        return self.whole if by_engine else self.without_ocr


@dataclass(frozen=True)
class Recipe:
    """How documents become records: the user's grammar files and roster, and how sources are read."""

    grammars: tuple[str, ...]
    options: ReadOptions
    roster: str | None = None

    def fingerprints(self) -> Fingerprints:
        """The same for the same version, grammars, roster, options and engine, else others. Raises GrammarError.

        Where OCR is kept, and how many pages are read side by side, changes no record.
        """
        parts = b"".join(self._parts())
        engine = b"" if self.options.ocr == "never" else identity(self.options.lang).encode()
        return Fingerprints(_short(parts), _short(parts + engine))

    def _parts(self) -> Iterator[bytes]:
        """What tells recipes apart, the engine aside."""
        yield json.dumps(
            [__version__, SCHEMA_VERSION, self.options.ocr, self.options.lang, self.options.extension]
        ).encode()
        roster = [Path(self.roster)] if self.roster else []
        for file in (*grammar_files([Path(name) for name in self.grammars]), *roster):
            try:
                yield sha256(file.read_bytes()).digest()
            except OSError as error:
                raise GrammarError(f"{file}: cannot be read: {error}", f"{file} : illisible : {error}") from error

    def grammar(self) -> Grammar:
        """The rules in force, loaded once in each process."""
        return grammar_of(tuple(Path(name) for name in self.grammars))

    def register(self) -> Register:
        """The people of the roster, loaded once in each process."""
        return register_of(Path(self.roster)) if self.roster else Register()


def _short(told: bytes) -> str:
    return sha256(told).hexdigest()[:LENGTH]


def record_name(digest: str, fingerprint: str) -> str:
    """Where the record of a content lies in a batch's folder: that it is there says that it is done."""
    return f"records/{digest[:2]}/{digest}.{fingerprint}.json"


def text_name(digest: str, fingerprint: str) -> str:
    """Where the paragraphs of a content lie, for the catalogue."""
    return f"texts/{digest[:2]}/{digest}.{fingerprint}.json"


def parts_of(name: str) -> tuple[str, str] | None:
    """Digest and fingerprint behind a record's file name, None for the name of something else."""
    digest, _, rest = name.rpartition("/")[2].partition(".")
    fingerprint, _, ending = rest.partition(".")
    if len(digest) == 64 and len(fingerprint) == LENGTH and ending == "json":
        return digest, fingerprint
    return None
