"""Spellings of their time, which are no damage: « étoit », « enfans », « connoître »."""

from pv_extract.repair.lexicon import Lexicon

# Old ending → the one that replaced it in 1835 or 1878.
MODERN = {
    "oit": "ait", "oient": "aient", "ois": "ais", "oître": "aitre", "oitre": "aitre", "oissent": "aissent",
    "oissoit": "aissait", "oissant": "aissant", "oissance": "aissance", "ans": "ants", "ens": "ents", "yer": "ier",
}  # fmt: skip


def is_archaic(form: str, lexicon: Lexicon) -> bool:
    """Whether a form that is no word today was one."""
    return any(
        lexicon.variants(form.removesuffix(old) + modern) for old, modern in MODERN.items() if form.endswith(old)
    )
