"""Where a record comes from: the source, what each part of it is, repairs, findings, the evidence of each value."""

from typing import Annotated, Literal

from pydantic import Field

from pv_extract.records.vocabulary import How, Model, SpanPair


class Ocr(Model):
    """The engine, its language, the mean confidence (0 to 1) of its words, the numbers of the pages that it read."""

    engine: str
    language: str
    mean_confidence: float | None
    pages: tuple[int, ...] = ()


class Source(Model):
    """The document: name, digest of its bytes, media type, number of pages, who read it."""

    name: str
    sha256: str
    media_type: str
    pages: int
    reader: str
    ocr: Ocr | None


class Segment(Model):
    """A part of the source and what it is."""

    kind: str
    span: SpanPair


class Unclaimed(Model):
    """A part of the source that no rule took."""

    span: SpanPair
    text: str


class Finding(Model):
    """Something in the document that contradicts itself, or that could not be settled."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    pointer: str | None = None
    span: SpanPair | None = None


class Correction(Model):
    """A repair made to the text."""

    span: SpanPair
    before: str
    after: str
    rule: str


class Evidence(Model):
    """Where a value stands in the source, which rule read it, and how it is known."""

    span: SpanPair
    quote: str
    page: int
    box: tuple[float, float, float, float] | None
    rule: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    how: How
