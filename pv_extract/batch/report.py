"""What a batch came to: for people in a few lines, for programs as JSON."""

from typing import Any

from pv_extract.batch.run import FAILURES, Batch
from pv_extract.catalogue.refreshing import summary_of
from pv_extract.messages import words

FINDINGS_SHOWN = 10


def report(batch: Batch, seconds: float) -> dict[str, Any]:
    """The figures of a run and, where it ended, of the folder: facts by confidence (0.9: from 0.9 to 1)."""
    count = batch.ledger.count
    return {
        "sources": count("source"),
        "documents": count("contents"),
        "done_now": batch.done,
        "failed": count("failed"),
        "left": batch.left,
        "seconds": round(seconds, 1),
        "passed_over": dict(sorted(batch.passed_over.items())),
        "slowest": [{"name": name, "seconds": round(taken, 2)} for taken, name in sorted(batch.slowest, reverse=True)],
        "folder": summary_of(batch.out),
    }


def told(figures: dict[str, Any], out: str) -> list[str]:
    """The figures as lines."""
    folder = figures["folder"]
    ocr = folder.get("pages by reading", {}).get("ocr", 0)
    documents, pages = folder.get("documents", 0), folder.get("pages", 0)
    lines = [
        words(
            f"{figures['done_now']} documents done in {figures['seconds']} s, {figures['failed']} without a record; "
            f"{out} holds {documents} documents, {pages} pages, {ocr} of them read by OCR",
            f"{figures['done_now']} documents faits en {figures['seconds']} s, {figures['failed']} sans notice ; "
            f"{out} contient {documents} documents, {pages} pages, dont {ocr} lues par OCR",
        )
    ]
    facts = folder.get("facts by confidence", {})
    if facts:
        shown = ", ".join(f"{label}: {number}" for label, number in sorted(facts.items(), reverse=True))
        lines.append(words(f"facts by confidence: {shown}", f"faits par confiance : {shown}"))
    findings = sorted(folder.get("findings by rule", {}).items(), key=lambda item: (-item[1], item[0]))
    if findings:
        shown = ", ".join(f"{rule}: {number}" for rule, number in findings[:FINDINGS_SHOWN])
        lines.append(words(f"findings by rule: {shown}", f"constats par règle : {shown}"))
    if figures["slowest"]:
        shown = ", ".join(f"{item['name']} ({item['seconds']} s)" for item in figures["slowest"][:3])
        lines.append(words(f"slowest: {shown}", f"les plus lents : {shown}"))
    if figures["failed"]:
        lines.append(words(f"what failed and what to do: {out}/{FAILURES}", f"échecs et remèdes : {out}/{FAILURES}"))
    return lines
