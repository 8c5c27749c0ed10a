"""Spellings of their time, which are no damage: « étoit », « enfans », « connoître »."""

from pv_extract.repair.lexicon import Lexicon

# Old ending → the one that replaced it in 1835.
MODERN = {
    "oit": "ait", "oient": "aient", "ois": "ais", "oître": "aître", "oitre": "aitre", "oissent": "aissent",
    "oissoit": "aissait", "oissant": "aissant", "oissance": "aissance", "ans": "ants", "ens": "ents", "yer": "ier",
    "oît": "aît", "ûment": "uement",
}  # fmt: skip


def is_archaic(form: str, lexicon: Lexicon) -> bool:
    """Whether a form that is no word today was one."""
    return any(
        lexicon.variants(form.removesuffix(old) + modern) for old, modern in MODERN.items() if form.endswith(old)
    )


def modern_ending(form: str, lexicon: Lexicon) -> str | None:
    """An old form without accents with those of its modern form: « batimens » → « bâtimens »."""
    for old, modern in MODERN.items():
        stem = form.removesuffix(old)
        found = lexicon.variants(stem + modern) if form.endswith(old) else ()
        if found:
            best = max(found, key=lexicon.frequency)
            return best[: len(stem)] + (old.replace("i", "î") if "î" in best[len(stem) :] else old)
    return None
