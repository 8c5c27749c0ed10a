"""Typography: the conventions that OCR and typewriters lack, on request: œ, and the accents of capitals."""

from collections.abc import Iterator

from pv_extract.repair.context import context
from pv_extract.repair.lexicon import Lexicon
from pv_extract.repair.wording import Wording
from pv_extract.text import Edit

LIGATURE, CAPITAL = "typography.ligature", "typography.capital"


def typography_edits(text: str) -> Iterator[Edit]:
    """« œuvre » for « oeuvre », « État » for « Etat », where the plain form is no word."""
    wording, lexicon = Wording.of(text), context().lexicon
    becomes = {form: to for form in wording.counts if (to := conventional(form, lexicon))}
    for index in wording.places(frozenset(becomes)):
        span, to = wording.span(index), becomes[wording.forms[index]]
        written = span.of(text)
        if written[0].isupper() or len(to) < len(written):
            after = to.upper() if written.isupper() else to.capitalize() if written[0].isupper() else to
            yield Edit(span, after, LIGATURE if len(to) < len(written) else CAPITAL)


def conventional(form: str, lexicon: Lexicon) -> str | None:
    """The one word that differs from a form that is none in a ligature, or in the accent of its first letter."""
    if not form.isalpha() or lexicon.knows(form):
        return None
    found = lexicon.variants(form)
    if len(found) != 1:
        return None
    ligature = found[0].replace("œ", "oe").replace("æ", "ae") == form
    return found[0] if ligature or (found[0][1:] == form[1:] and found[0] != form) else None
