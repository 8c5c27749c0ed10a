"""The whole line: read → normalise → lay out → segment → extract → cross-check."""

from pathlib import Path

from pv_extract.blocks import lay_out
from pv_extract.consistency import cross_check
from pv_extract.document import Document
from pv_extract.extraction import extract as extract_record
from pv_extract.grammar import Grammar
from pv_extract.normalisation import normalise
from pv_extract.readers import ReadOptions, read
from pv_extract.records import Record
from pv_extract.segmentation import segment


def extract(source: str | Path, grammar: Grammar, options: ReadOptions | None = None) -> Record:
    """The record of one document. Raises ``UnreadableSource``, ``OcrMissing`` or ``UsageError``."""
    return extract_document(read(source, options or ReadOptions()), grammar)


def extract_document(document: Document, grammar: Grammar) -> Record:
    """The record of a document that was read. The same document and grammars give the same record."""
    text = normalise(document, grammar)
    layout = lay_out(document, text, grammar)
    segments = segment(layout)
    record = extract_record(layout, segments)
    return record.model_copy(update={"findings": (*record.findings, *cross_check(layout, record))})
