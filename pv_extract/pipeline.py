"""The whole line: read → normalise → lay out, annexes apart → segment → extract → link to the roster → cross-check."""

from dataclasses import replace
from pathlib import Path

from pv_extract.blocks import Layout, lay_out
from pv_extract.checks import contradictions
from pv_extract.document import Document
from pv_extract.doubts import out_of_time
from pv_extract.errors import UnreadableSource
from pv_extract.extraction import extract as extract_record
from pv_extract.grammar import Grammar, watched
from pv_extract.members.register import Register
from pv_extract.members.respelling import linked
from pv_extract.normalisation import normalise
from pv_extract.readers import ReadOptions, Source, read
from pv_extract.records import Record
from pv_extract.segmentation import segment
from pv_extract.segmentation.annexes import annexes_apart
from pv_extract.segmentation.decision_tables import with_table_votes

NOBODY = Register()
LONGEST_MINUTES = 5_000_000  # characters, about 2 000 pages: no one meeting has minutes as long


def extract(
    source: str | Path | Source,
    grammar: Grammar,
    options: ReadOptions | None = None,
    register: Register = NOBODY,
) -> Record:
    """The record of one document. Raises ``UnreadableSource``, ``OcrMissing`` or ``UsageError``."""
    return record_of(layout_of(source, grammar, options), register)


def layout_of(source: str | Path | Source, grammar: Grammar, options: ReadOptions | None = None) -> Layout:
    """One document, read and laid out. Raises as ``extract`` does."""
    document = read(source, options or ReadOptions())
    if len(document.text) > LONGEST_MINUTES:
        raise UnreadableSource(
            f"{len(document.text)} characters are too many for one meeting; split the file, one meeting each",
            f"{len(document.text)} caractères sont trop pour une séance ; découpez le fichier, une séance chacun",
        )
    return laid_out(document, grammar)


def laid_out(document: Document, grammar: Grammar) -> Layout:
    """A document that was read, normalised and in blocks; a rule that runs out of time on it is set aside."""
    overruns: set[str] = set()
    with watched(overruns):
        layout = with_table_votes(annexes_apart(lay_out(document, normalise(document, grammar), grammar)))
        return replace(layout, overruns=overruns)


def extract_document(document: Document, grammar: Grammar, register: Register = NOBODY) -> Record:
    """The record of a document that was read. The same document, grammars and roster give the same record."""
    return record_of(laid_out(document, grammar), register)


def record_of(layout: Layout, register: Register = NOBODY) -> Record:
    """The record of a document that was laid out, its members by the names of the roster."""
    with watched(layout.overruns):
        segments = segment(layout)
        record = linked(extract_record(layout, segments), register)
        found = (*record.findings, *contradictions(record, layout, segments))
    return record.model_copy(update={"findings": (*found, *map(out_of_time, sorted(layout.overruns)))})
