"""What the record says of its source: the file, who read which page, and which pages were read badly or not at all."""

from collections.abc import Iterator

from pv_extract.document import Document, Page
from pv_extract.records import Finding, Ocr, Source
from pv_extract.repair.legibility import POOR, layer_score

CLEAN = 0.995  # share of words that look French; nearly all texts that were typed have more, see layer_score


def source_of(document: Document) -> Source:
    """The source of a record."""
    return Source(
        name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=len(document.pages),
        reader=document.reader,
        ocr=ocr_of(document),
    )


def ocr_of(document: Document) -> Ocr | None:
    """Which engine read which pages, None where none did."""
    if not document.ocr_engine:
        return None
    return Ocr(
        engine=document.ocr_engine,
        language=document.ocr_language or "",
        mean_confidence=document.mean_confidence,
        pages=tuple(page.number for page in document.pages if page.method == "ocr"),
    )


def reading_findings(document: Document) -> Iterator[Finding]:
    """The pages that were not read, those whose text layer is poor, and whether the text has misread words."""
    for page in document.pages:
        if page.method == "unread":
            text = f"page {page.number} needs OCR and was not read / la page {page.number}, sans OCR, n'a pas été lue"
            yield Finding(rule="page-not-read", severity="warning", message=text)
        elif page.layer_score is not None:
            yield poor_layer(page)
    if not document.ocr_engine and (score := layer_score(document.text.split())) is not None and score < CLEAN:
        yield misread(score)


def poor_layer(page: Page) -> Finding:
    """What became of a poor text layer: OCR took its place, or it was kept."""
    replaced, score = page.method == "ocr", page.layer_score or 0.0
    english, french = ("OCR was used", "l'OCR l'a remplacée") if replaced else ("it was kept", "elle a été gardée")
    fault, faute = ("has no accents", "n'a pas d'accents") if score >= POOR else ("is poor", "est mauvaise")
    text = (
        f"the text layer of page {page.number} {fault} (score {score:.2f}): {english}"
        f" / la couche de texte de la page {page.number} {faute} (note {score:.2f}) : {french}"
    )
    return Finding(rule="poor-text-layer", severity="info" if replaced else "warning", message=text)


def misread(score: float) -> Finding:
    """The finding that a text has words that no typist wrote: whatever was read of it may be wrong."""
    text = f"some words were misread (score {score:.3f}) / des mots ont été mal lus (note {score:.3f})"
    return Finding(rule="misread-text", severity="info", message=text)
