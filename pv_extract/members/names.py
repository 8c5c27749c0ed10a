"""Names of persons as minutes write them: « M. Laurent Morval », « MORVAL Laurent », « Mme de La Tour »."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz import fuzz

from pv_extract.grammar import fold

HONORIFIC = regex.compile(
    r"^(?:(?:les?|la)\s+(?=citoyen|sieur|dame|docteur|dr\b))?(?:(?:(?:monsieur|madame|mademoiselle|messieurs|mesdames|messire|citoyen(?:ne)?s?|sieurs?|dames?|docteur|maitre|l'abbe)\b"
    r"|m\.?m\.|mm\b|ms\b\.?|mmes\b\.?|mme\b\.?|mlles?\b\.?|m\.|mrs?\b\.?|dr\b\.?|me\b\.?|m(?=\s))(?:\s+et\s+|\s+le\s+(?=docteur|dr\b)|\s+(?=l'abbe\b)"
    r"|\s+le\s+(?:comte|marquis|baron|vicomte|general|colonel|commandant|capitaine|chanoine|cure|pasteur)(?=\s+\S))?[\s.]*)+"
    r"(?:(?P<title>(?:les?|la)\s+(?:vice-)?(?:maire(?:sse)?|conseill(?:er|ere)(?:s?\s+municipa(?:l|ux))?|president|prefet|pro-maire|bourgmestre|echevin|adjoint"
    r"|syndic|depute)e?s?)\s+(?=\S))?",
    regex.IGNORECASE,
)
# fmt: off
FORMS = {
    "monsieur": "M.", "m": "M.", "mm": "M.", "ms": "M.", "messieurs": "M.", "mr": "M.", "mrs": "M.",
    "madame": "Mme", "mme": "Mme", "mmes": "Mme", "mesdames": "Mme",
    "mademoiselle": "Mlle", "mlle": "Mlle", "mlles": "Mlle", "sieur": "sieur", "sieurs": "sieur",
    "docteur": "Dr", "dr": "Dr", "maitre": "Me", "me": "Me",
    "citoyen": "citoyen", "citoyens": "citoyen", "citoyennes": "citoyenne", "dames": "dame",
    **dict.fromkeys(("comte", "marquis", "baron", "vicomte", "general", "colonel", "commandant", "capitaine"), "M."),
    **dict.fromkeys(("chanoine", "cure", "pasteur"), "M."), "abbe": "abbé",
    "citoyenne": "citoyenne", "dame": "dame", "messire": "messire",
}
# fmt: on
PARTICLES = {
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "l",
    "van",
    "von",
    "der",
    "den",
    "ben",
    "bin",
    "el",
    "al",
    "da",
    "dos",
    "di",
    "del",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts; a part is None where the text does not tell it apart."""

    honorific: str | None
    given: str | None
    family: str | None
    written: str

    @property
    def full(self) -> str:
        """« Prénom NOM » where both are known, else the name as written."""
        return f"{self.given} {self.family}" if self.given and self.family else self.written


NICKNAME = regex.compile(r"(?<=\w)\s+[\"«“]\s?[\p{L}'’-]{2,18}\s?[\"»”](?=\s+\p{Lu})")  # « Anne « nana » Roux »
COUPLE = regex.compile(
    r"\s*(?:(?:m\.|mr\b|monsieur\b)\s*(?:et|ou)\s+(?P<second>mme\b|madame\b)"
    r"|(?:mme|madame)\b\.?\s+(?:et|ou)\s+(?P<second>m\.|mr\b|monsieur\b))",
    regex.IGNORECASE,
)
BORNE_BEHIND = regex.compile(r"(.+\S)\s+(père|fils|aînée?|l'aîné|cadet(?:te)?|le jeune)")  # of two who bear one name
GIVEN_BEHIND = regex.compile(r"([^()]+?)\s*\((\p{Lu}[\p{L}.' -]+)\)")  # « Thirion (Nicolas) », of two who bear the name
HYPHEN_APART = regex.compile(r"\s*-\s*(?=\p{Lu})")  # « Jean - Luc »
OFFICE_BEHIND = regex.compile(
    r"(\S+\s\S.*)\s(?:Maire|(?:Vice-)?Présidente?|Adjointe?|Bourgmestre)"
)  # « MOREL Paul Maire »
WORD = regex.compile(r"[^\W\d_]+")
LETTERS = regex.compile(r"[a-z]+")
SEVERAL = regex.compile(r"\b(?:m\.?m|messieurs|mmes|mesdames|monsieur|madame)\b")


@lru_cache(maxsize=8192)
def split_honorific(text: str) -> tuple[str | None, str]:
    """The honorific in its usual short form, and the rest.

    >>> split_honorific("Monsieur Laurent MORVAL"), split_honorific("Mme. ROY"), split_honorific("Meunier")
    (('M.', 'Laurent MORVAL'), ('Mme', 'ROY'), (None, 'Meunier'))
    """
    found = HONORIFIC.match(fold(text))
    if not found or not text[found.end() :].strip():
        return None, text.strip()
    last = LETTERS.findall(found[0].lower())[-1]
    several = len(SEVERAL.findall(found[0].lower())) > 1
    return (None if several else FORMS.get(last)), text[found.end() :].strip()


def couple_in(text: str) -> int | None:
    """Where the second honorific of a couple who share their family name stands; None where no such couple is named.

    >>> couple_in("M. et Mme Petit"), couple_in("Mme et M. de La Tour"), couple_in("M. et Mme Paul DURAND")
    (6, 7, None)
    """
    found = COUPLE.match(fold(text))
    words = [w for w in split_honorific(text)[1].replace("'", "' ").split() if w.lower().rstrip("'") not in PARTICLES]
    return found.start("second") if found and len(words) == 1 else None


def title_in(text: str) -> tuple[int, int] | None:
    """Where an honorific carries an office: « Monsieur le maire Normand Roy » → that of « maire »."""
    found = HONORIFIC.match(fold(text))
    if not found or not found["title"]:
        return None
    start, end = found.span("title")
    return start + len(text[start:end].split()[0]) + 1, end


@lru_cache(maxsize=8192)
def is_upper(token: str) -> bool:
    """Whether a token is in capitals, as family names are: « DUPONT », « DEFrance », not « J. »."""
    letters = [c for c in fold(token) if c.isalpha()]
    return (
        len(letters) > 1
        and letters[0].isupper()
        and sum(c.isupper() for c in letters) * 2 > len(letters)
        and letters[1].isupper()
    )


@lru_cache(maxsize=8192)
def read_name(text: str) -> Name:
    """The parts of a name; capitals tell the family name, else the given name comes first.

    >>> read_name("M. DE WAZIN Isabelle").full, read_name("Jean-Marie Blond").full, read_name("ROY").full
    ('Isabelle DE WAZIN', 'Jean-Marie Blond', 'ROY')
    >>> read_name("Anne « nana » Roux").full
    'Anne Roux'
    >>> read_name("Thirion (Nicolas)").full, read_name("M. Sauvage père").full, read_name("MOREL Paul fils").full
    ('Nicolas Thirion', 'Sauvage père', 'Paul MOREL fils')
    """
    honorific, bare = split_honorific(NICKNAME.sub("", " ".join(text.split())))
    apart = " -" in bare or "- " in bare
    bare = HYPHEN_APART.sub("-", bare).strip(" ,;:.-–—") if apart else bare.strip(" ,;:–—-")
    bare = OFFICE_BEHIND.sub(r"\1", bare)
    if homonym := GIVEN_BEHIND.fullmatch(bare):
        return Name(honorific, homonym[2], homonym[1], f"{homonym[2]} {homonym[1]}")
    if elder := BORNE_BEHIND.fullmatch(bare):
        name = read_name(elder[1])
        family = f"{name.family or name.written} {elder[2]}"
        return Name(honorific, name.given, family if name.family else None, f"{name.written} {elder[2]}")
    given, family_name = given_and_family(bare.split())
    return Name(honorific, given, family_name, bare)


def given_and_family(words: Sequence[str]) -> tuple[str | None, str | None]:
    """The given and the family name of a person's words, None for what they do not tell."""
    upper = [is_upper(word) for word in words]
    if len(words) < 2:
        return None, " ".join(words) or None
    if all(upper):
        return None, None
    if not any(upper):
        if is_particle(words[0]):
            return None, " ".join(words)
        cut = next((i for i, word in enumerate(words) if i and is_particle(word)), 1)
        return " ".join(words[:cut]), " ".join(words[cut:])
    first = upper.index(True)
    last = max(i for i, is_family in enumerate(upper) if is_family)
    while first and is_particle(words[first - 1]):
        first -= 1
    return " ".join([*words[:first], *words[last + 1 :]]) or None, " ".join(words[first : last + 1])


def is_particle(word: str) -> bool:
    """Whether a word stands before a family name: « de », « d' », « Le »."""
    return fold(word).lower().rstrip("'") in PARTICLES


@lru_cache(maxsize=8192)
def tokens_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, without honorific and particles, hyphens taken as spaces."""
    _, bare = split_honorific(name)
    words = WORD.findall(fold(bare).lower().replace("œ", "oe"))
    return tuple(w for w in words if w not in PARTICLES) or tuple(words)


def alike(a: str, b: str) -> bool:
    """Whether two folded words are the same, an initial or one OCR slip aside."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return min(len(a), len(b)) >= 5 and fuzz.ratio(a, b) >= 84


def same_person(a: str, b: str) -> bool:
    """Whether two written names can be one person: every word of the shorter is in the longer.

    >>> same_person("Monsieur MORVAL", "Laurent Morval"), same_person("M. Jean Morel", "Mme Anne Morel")
    (True, False)
    >>> same_person("B. Calvet", "C. Bonnet"), same_person("B. Calvet", "Bruno Calvet")
    (False, True)
    >>> same_person("C. Calvet", "Clara Calvet")
    True
    """
    ta, tb = tokens_of(a), tokens_of(b)
    if not ta or not tb:
        return False
    short, long_ = (ta, tb) if len(ta) <= len(tb) else (tb, ta)
    left, whole = sorted(long_, key=len, reverse=True), False  # a word before its initial: « C. Calvet »
    for token in sorted(short, key=len, reverse=True):
        at = next((i for i, other in enumerate(left) if alike(token, other)), None)
        if at is None:
            return False
        other = left.pop(at)
        whole = whole or min(len(token), len(other)) > 1
    return whole
