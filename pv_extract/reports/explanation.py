"""A rule explained: what it asks, by which article, of whom, since when, with an example."""

from collections.abc import Iterator

from pv_extract.checks import Sheet, sheets
from pv_extract.checks.contract import CHECKS
from pv_extract.checks.series import ACROSS
from pv_extract.messages import words
from pv_extract.policy import known
from pv_extract.reports.wording import articles, name_of

LAWS = {
    "municipal": ("municipal councils", "conseils municipaux"),
    "intercommunal": ("councils of EPCI and closed syndicates", "conseils d'EPCI et de syndicats fermés"),
    "departmental": ("departmental councils", "conseils départementaux"),
    "standing": ("standing committees of departments", "commissions permanentes départementales"),
    "regional": ("regional councils", "conseils régionaux"),
}
KNOWN = {
    "text": ("the text of the law was read", "le texte a été lu"),
    "report": ("a report of the law was read, not its text", "lu dans un commentaire, non dans le texte"),
    "memory": ("from memory: never an error", "de mémoire : jamais une erreur"),
}
GRADES = {"info": ("information only", "information seulement"), "off": ("not applied", "non appliquée")}


def explained(beginning: str) -> Iterator[str]:
    """The lines about each rule that begins so. Raises UsageError where none does."""
    known([beginning])
    chosen = [sheet for rule, sheet in sheets().items() if rule.startswith(beginning)]
    for i, sheet in enumerate(chosen):
        yield from ("",) if i else ()
        yield from lines_of(sheet)


def lines_of(sheet: Sheet) -> Iterator[str]:
    """The lines about one rule."""
    yield f"{sheet.id}  {words(*sheet.title)}"
    yield words(*sheet.explanation)
    for label, value in facts_of(sheet):
        yield words(f"  {label}: {value}", f"  {label} : {value}")


def facts_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Severity, article, assemblies, dates, example, profiles, source; what does not apply is left out."""
    severities = dict.fromkeys(
        check.severity for check in (*CHECKS, *(each for each, _ in ACROSS)) if check.rule == sheet.id
    )
    if severities:
        yield words("severity", "gravité"), ", ".join(name_of(each) for each in severities)
    if sheet.articles:
        yield words("article", "article"), articles(sheet.articles)
    laws = (words(*LAWS[law]) for law in sheet.laws)
    yield words("assemblies", "assemblées"), ", ".join(laws) or words("any", "toutes")
    for law, since in sheet.joined.items():
        yield words(f"since {since} also", f"depuis {since} aussi"), words(*LAWS[law])
    if sheet.minutes:
        kinds = words("minutes, no extracts or lists", "procès-verbaux, ni extraits ni listes")
        yield words("documents", "documents"), kinds
    if sheet.in_force:
        until = f" – {sheet.until}" if sheet.until else ""
        yield words("in force since", "en vigueur depuis"), f"{sheet.in_force}{until}"
    yield words("example", "exemple"), sheet.example
    if sheet.earlier:
        yield words("information only since", "information seulement depuis"), str(sheet.earlier)
    for profile, grade in sheet.profiles.items():
        yield words(f"profile `{profile}`", f"profil `{profile}`"), words(*GRADES[grade])
    if sheet.articles:
        yield "source", words(*KNOWN[sheet.known])
