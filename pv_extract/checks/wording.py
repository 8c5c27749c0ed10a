"""What several checks say."""

import datetime

from pv_extract.checks.contract import Flaw, Words, flaw

NO_TEXT = Words("the document's text is not at hand", "le texte du document n'est pas à disposition")
NO_POPULATION = Words("the population is not known", "la population n'est pas connue")
NO_MEMBERS_IN_OFFICE = Words(
    "the number of members in office is not known", "le nombre de membres en exercice est inconnu"
)
NO_WHOLE_LIST = Words(
    "the list of members cannot be relied on for counting", "la liste des membres ne permet pas de compter sûrement"
)
NO_CONVOCATION = Words("the date of the convocation is not known", "la date de convocation n'est pas connue")
NO_SHEETS = Words(
    "the pages are no numbered sheets of a register", "les pages ne sont pas les feuillets numérotés d'un registre"
)
NO_REPORTS_SENT = Words(
    "the day on which the reports were sent is not printed", "la date d'envoi des rapports n'est pas imprimée"
)
NO_SENDER = Words(
    "who sent the deliberation on the accounts is not printed",
    "l'auteur de la transmission de la délibération sur les comptes n'est pas imprimé",
)
NO_SETTLING = Words(
    "when the minutes were settled, and published, is not printed",
    "la date d'arrêt du procès-verbal, ou celle de sa publication, n'est pas imprimée",
)
NO_SENDING = Words(
    "when the list was sent to the member communes is not printed",
    "la date d'envoi de la liste aux communes membres n'est pas imprimée",
)


def day(date: datetime.date) -> str:
    """A date as it is written in France: « 03/05/2024 »."""
    return f"{date:%d/%m/%Y}"


def french_count(number: int, one: str, several: str) -> str:
    """A number with its noun, singular below two: « 1 jour franc », « 0 jour franc », « 2 jours francs »."""
    return f"{number} {one if number < 2 else several}"


def not_found(pointer: str, english: str, french: str, at: tuple[int, int] | None = None) -> Flaw:
    """The flaw that a mention was not found; ``at``: the source characters that call for it."""
    return flaw(pointer, f"not found: {english}", f"mention non trouvée : {french}", at=at)
