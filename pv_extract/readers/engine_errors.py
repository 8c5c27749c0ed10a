"""What goes wrong with the engine, and what to do about it."""

from pv_extract.errors import OcrMissing, UnreadableSource
from pv_extract.readers.scan import PageImage


def engine_missing() -> OcrMissing:
    """The error for a machine without Tesseract."""
    return OcrMissing(
        "a page needs OCR and Tesseract is not installed: apt install tesseract-ocr tesseract-ocr-fra "
        "(or --ocr never, to skip such pages)",
        "une page demande une OCR et Tesseract n'est pas installé : apt install tesseract-ocr "
        "tesseract-ocr-fra (ou --ocr never, pour ignorer ces pages)",
    )


def language_missing(lang: str) -> OcrMissing:
    """The error for a language whose model is not installed."""
    packages = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in lang.split("+"))
    return OcrMissing(
        f"Tesseract does not know the language {lang}: apt install {packages}",
        f"Tesseract ne connaît pas la langue {lang} : apt install {packages}",
    )


def engine_failed(message: str, image: PageImage, lang: str) -> OcrMissing | UnreadableSource:
    """The error for an image that the engine gave up with a message."""
    if "language" in message or "traineddata" in message:
        return language_missing(lang)
    first = message.splitlines()[0][:120] if message else "?"
    return UnreadableSource(
        f"Tesseract failed on the image {image.path.name} ({first}): check that it opens in a viewer",
        f"Tesseract a échoué sur l'image {image.path.name} ({first}) : vérifiez qu'elle s'ouvre dans une visionneuse",
    )


def engine_hangs(image: PageImage, limit: int) -> UnreadableSource:
    """The error for an image that the engine does not finish within the limit, in seconds."""
    minutes = limit // 60
    return UnreadableSource(
        f"Tesseract did not finish the image {image.path.name} within {minutes} minutes: leave that page out, "
        "or read it without OCR (--ocr never)",
        f"Tesseract n'a pas fini l'image {image.path.name} en {minutes} minutes : retirez cette page, "
        "ou lisez sans OCR (--ocr never)",
    )
