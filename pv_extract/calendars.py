"""Numerals and calendars of other times: roman numbers, dates of the French Republican calendar (1793 to 1805)."""

import datetime
from calendar import monthrange

import regex
from convertdate import french_republican

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
REPUBLICAN_MONTHS = (
    "vendemiaire",
    "brumaire",
    "frimaire",
    "nivose",
    "pluviose",
    "ventose",
    "germinal",
    "floreal",
    "prairial",
    "messidor",
    "thermidor",
    "fructidor",
)
REPUBLICAN_MONTH = regex.compile(r"\b(?:" + "|".join(REPUBLICAN_MONTHS) + r")\b")
REPUBLICAN_YEAR = regex.compile(
    r"\s*,?\s*(?:de\s+)?(?:l')?an(?:nee)?\s+(?P<year>[ivxl]+\b|\d{1,2}\b|\p{L}+)", regex.IGNORECASE
)
# Years by their rank, as registers write them: « de l'an deuxième de la République ».
REPUBLICAN_YEARS = {
    **{"premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4},
    **{"cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11},
    **{"douzieme": 12, "treizieme": 13, "quatorzieme": 14},
}
LAST_REPUBLICAN_YEAR = 14  # abolished on 1 January 1806, decree of 22 fructidor an XIII


def roman_value(numeral: str) -> int | None:
    """The value of a roman numeral up to 89, None for what is none.

    >>> roman_value("XIV"), roman_value("IIII")
    (14, None)
    """
    if not regex.fullmatch(r"L?X{0,3}(?:IX|IV|V?I{0,3})", numeral) or not numeral:
        return None
    values = [ROMAN[c] for c in numeral]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def day_of_same_month(date: datetime.date, day: int, republican: bool) -> datetime.date | None:
    """A day of the month that a date is in, of the Republican calendar where the date was told in it.

    >>> day_of_same_month(datetime.date(1795, 12, 16), 15, True)
    datetime.date(1795, 12, 6)
    """
    if republican:
        _, month, _ = french_republican.from_gregorian(date.year, date.month, date.day)
        return republican_date(republican_year(date), REPUBLICAN_MONTHS[month - 1], day)
    return date.replace(day=day) if 1 <= day <= monthrange(date.year, date.month)[1] else None


def republican_year(date: datetime.date) -> int:
    """The year of the Republic that a day is in.

    >>> republican_year(datetime.date(1795, 12, 16))
    4
    """
    return int(french_republican.from_gregorian(date.year, date.month, date.day)[0])


def republican_date(year: int, month: str, day: int) -> datetime.date | None:
    """The Gregorian date of a day of the Republican calendar, None where it has no such day.

    >>> republican_date(13, "germinal", 14)
    datetime.date(1805, 4, 4)
    """
    if not (1 <= year <= LAST_REPUBLICAN_YEAR and 1 <= day <= 30):
        return None
    return datetime.date(*french_republican.to_gregorian(year, REPUBLICAN_MONTHS.index(month) + 1, day))
