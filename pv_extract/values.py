"""What written dates, times, numbers and sums mean; None where more than one reading is possible."""

import datetime
from decimal import Decimal, InvalidOperation

import regex
from text_to_num import text2num

from pv_extract.calendars import (
    REPUBLICAN_MONTH,
    REPUBLICAN_YEAR,
    REPUBLICAN_YEARS,
    day_of_same_month,
    republican_date,
    republican_year,
    roman_value,
)
from pv_extract.grammar import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
ZERO_WORDS = {"zero", "aucun", "aucune", "neant", "nul", "0", "-", "/"}
NUMBER_WORD = (
    r"(?:zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille|mil|et)"
)
MONTH = regex.compile(
    r"\b(?!(?<!\d\s)sept\b(?!\.))(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
)
DAY = regex.compile(
    r"(?:(?P<digits>\d{1,2})\s*(?:er|e|eme|ier|°)?|(?P<words>premier|"
    + NUMBER_WORD
    + r"(?:[\s-]+"
    + NUMBER_WORD
    + r")*))"
    r"(?:\s+jours?)?(?:\s+du\s+mois)?(?:\s+d[e'])?\s*$"
)
YEAR_AFTER = regex.compile(
    r"^[\s,]*(?:de\s+l'an(?:nee)?\s+)?(?:(?P<digits>\d{4})\b|(?P<words>(?:deux|mil|mille)\b(?:[\s-]+"
    + NUMBER_WORD
    + r"\b)*))"
)
YEAR_BEFORE = regex.compile(
    r"\b(?:(?P<digits>1[789]\d\d|20\d\d)|(?P<words>(?:deux[\s-]+mil(?:le)?|mil(?:le)?|dix[\s-]+(?:sept|huit|neuf)[\s-]+cents?)"
    r"(?:[\s-]+(?:et[\s-]+)?(?!et\b)" + NUMBER_WORD + r"\b)*))"
)
SAME_MONTH = regex.compile(r"\s*\b(?:du\s+(?:meme|present|dit)\s+mois|(?:du\s+)?courant|de\s+ce\s+mois)\b")
NUMERIC = regex.compile(r"\b(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})\b")
SHORT = regex.compile(r"\b(\d{1,2})/(\d{1,2})\b(?!/)")
ISO = regex.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
TIME = regex.compile(
    r"\b(?:(?P<hour>\d{1,2})\s*(?:heures?|h(?![a-z])(?:\.(?=\s?[0-5]\d))?|:|[.]\s?(?=\d{2}\s*h))|(?P<hour_words>"
    + NUMBER_WORD
    + r"(?:[\s-]"
    + NUMBER_WORD
    + r")*)\s+heures?|(?<!apres[\s-])(?P<noon>midi|minuit)\b|heure\s+de\s+(?P<hour_of>"
    + NUMBER_WORD
    + r"))"
    r"(?:\s*(?:et\s+)?(?:(?P<minute>[0-5]\d)(?!\d)|(?P<minute_words>quart|demie?|trois\s+quarts|"
    + NUMBER_WORD
    + r"(?:[\s-]"
    + NUMBER_WORD
    + r")*)\b(?:\s+minutes?\b)?)|\s+moins\s+(?:(?:le|un)\s+)?(?P<short>quart|[0-5]?\d\b|"
    + NUMBER_WORD
    + r"(?:-"
    + NUMBER_WORD
    + r")*\b))?"
    r"(?P<half>\s+(?:du\s+soir|de\s+l'apres[\s-]midi|de\s+relevee))?"
)
NOONS = {"midi": 12, "minuit": 24}
FRACTIONS = {"quart": 15, "demi": 30, "demie": 30, "trois quarts": 45}
WEEKDAY = regex.compile(r"\b(?:" + "|".join(WEEKDAYS) + r")\b")
GROUPED = regex.compile(r"\d{1,3}(?:[ .]\d{3})+")
SUM = regex.compile(r"(\d[\d .]*?)(?:[,.](\d{1,2}))?$")


THOUSANDS = regex.compile(r"\d{1,3}(?:[ .]\d{3})+")


def read_number(text: str) -> int | None:
    """A whole number in digits or French words; ``aucun``, ``néant`` and a dash are 0.

    >>> read_number("vingt-deux"), read_number("14"), read_number("6 486"), read_number("Néant"), read_number("peu")
    (22, 14, 6486, 0, None)
    """
    low = fold(text).lower().strip(" .:()")
    if low in ZERO_WORDS:
        return 0
    if low.isdigit() or THOUSANDS.fullmatch(low):
        return int(regex.sub(r"\D", "", low))
    low = regex.sub(r"\s*-\s*", "-", regex.sub(r"\bcents\b", "cent", low))
    for form in (low, low.replace("-", " "), low.replace(" ", "-")):
        try:
            return int(text2num(form, "fr"))
        except (ValueError, OverflowError):
            continue
    return None


def read_year(digits: str | None, words: str | None) -> int | None:
    """A year from whichever of the two is given; two digits are of this century up to 49, else of the last."""
    number = read_number(digits or words or "")
    if number is None:
        return None
    if number < 100 and digits:
        number += 2000 if number < 50 else 1900
    return number if 1700 <= number <= 2199 else None


def make_date(year: int | None, month: int | None, day: int | None) -> datetime.date | None:
    """The date, None where it does not exist."""
    if year is None or month is None or day is None:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def day_and_month(low: str) -> tuple[int, int, int] | None:
    """Day, month and the offset behind the month of the first date with a named month."""
    for month in MONTH.finditer(low):
        day = DAY.search(low[: month.start()].rstrip())
        if day:
            number = 1 if day["words"] == "premier" else read_number(day["digits"] or day["words"])
            if number and number <= 31:
                return number, MONTHS[month["month"]], month.end()
    return None


def read_date(text: str, year: int | None = None) -> datetime.date | None:
    """The first date of a text, in digits or words; ``year`` serves where none is printed.

    >>> read_date("deux mille vingt-trois, le treize novembre"), read_date("1er mars 1924"), read_date("18.01.2021")
    (datetime.date(2023, 11, 13), datetime.date(1924, 3, 1), datetime.date(2021, 1, 18))
    """
    low = fold(text).lower()
    if iso := ISO.search(low):
        return make_date(int(iso[1]), int(iso[2]), int(iso[3]))
    named = day_and_month(low)
    numeric = NUMERIC.search(low)
    if numeric and (named is None or numeric.start() < named[2]):
        return make_date(read_year(numeric[3], None), int(numeric[2]), int(numeric[1]))
    if named is None and (republican := read_republican(low)):
        return republican
    if named is None:
        short = SHORT.search(low)
        return make_date(year, int(short[2]), int(short[1])) if short else None
    day, month, end = named
    printed = YEAR_AFTER.match(low[end:]) or YEAR_BEFORE.search(low[:end])
    return make_date(read_year(printed["digits"], printed["words"]) if printed else year, month, day)


def dates_near(text: str, date: datetime.date, told: str) -> list[datetime.date]:
    """What a date printed without its year can mean beside a later one as it is ``told``, the nearest first.

    >>> dates_near("quinze de ce mois", datetime.date(1795, 12, 16), "25 frimaire, l'an quatrieme")
    [datetime.date(1795, 12, 6)]
    >>> dates_near("12 nivose", datetime.date(1796, 1, 11), "21 nivose an IV")[0]
    datetime.date(1796, 1, 2)
    """
    low = fold(text).lower()
    if same := SAME_MONTH.search(low):
        day = read_number(low[: same.start()])
        found = [day_of_same_month(date, day, bool(REPUBLICAN_MONTH.search(fold(told).lower())))] if day else []
    elif REPUBLICAN_MONTH.search(low):
        year = republican_year(date)
        found = [read_republican(low, year), read_republican(low, year - 1)]
    else:
        found = [read_date(text, date.year), read_date(text, date.year - 1)]
    return [near for near in found if near]


def read_republican(low: str, year: int | None = None) -> datetime.date | None:
    """The first date of the Republican calendar in a folded text; ``year`` serves where none is printed.

    >>> read_republican("quatorze germinal l'an xiii"), read_republican("30 floreal an deux de la republique")
    (datetime.date(1805, 4, 4), datetime.date(1794, 5, 19))
    >>> read_republican("vingt quatre ventose de l'an deuxieme de la republique")
    datetime.date(1794, 3, 14)
    """
    month = REPUBLICAN_MONTH.search(low)
    day = DAY.search(low[: month.start()].rstrip()) if month else None
    if month is None or day is None:
        return None
    number = 1 if day["words"] == "premier" else read_number(day["digits"] or day["words"])
    told = REPUBLICAN_YEAR.match(low, month.end())
    of_year = read_republican_year(told["year"]) if told else year
    return republican_date(of_year, month[0], number) if of_year and number else None


def read_republican_year(written: str) -> int | None:
    """A year of the Republic in roman or other numerals, or by its rank: « an IV », « l'an quatrième »."""
    return roman_value(written.upper()) or REPUBLICAN_YEARS.get(written) or read_number(written)


def read_time(text: str) -> str | None:
    """The first time of day of a text as ``HH:MM``, None where there is none.

    >>> read_time("20 H 30"), read_time("dix-huit heures trente"), read_time("8 heures du soir")
    ('20:30', '18:30', '20:00')
    >>> read_time("minuit moins le quart"), read_time("neuf heures moins dix"), read_time("heure de onze")
    ('23:45', '08:50', '11:00')
    """
    found = TIME.search(fold(text).lower())
    if found is None:
        return None
    hour = (
        NOONS[found["noon"]] if found["noon"] else read_number(found["hour"] or found["hour_words"] or found["hour_of"])
    )
    past, short = minutes_of(found["minute"] or found["minute_words"]), minutes_of(found["short"])
    if hour is None or past is None or short is None:
        return None
    if found["half"] and hour < 12:
        hour += 12
    at = (60 * hour + past - short) % (24 * 60)
    return f"{at // 60:02d}:{at % 60:02d}" if hour <= 24 and past < 60 else None


def minutes_of(words: str | None) -> int | None:
    """The minutes that words tell, 0 where none are printed: « quart », « vingt-cinq »."""
    return FRACTIONS.get(regex.sub(r"\s+", " ", words), read_number(words)) if words else 0


def read_sum(text: str) -> str | None:
    """A sum of money as a decimal string, whichever way its thousands are set apart.

    >>> read_sum("564 614,75"), read_sum("400.000"), read_sum("228 285.85"), read_sum("0,01")
    ('564614.75', '400000', '228285.85', '0.01')
    """
    clean = regex.sub(r"\s", " ", fold(text)).strip()
    if GROUPED.fullmatch(clean):
        whole, cents = clean, None
    elif found := SUM.fullmatch(clean):
        whole, cents = found[1], found[2]
    else:
        return None
    try:
        value = Decimal(whole.replace(" ", "").replace(".", "") + (f".{cents}" if cents else ""))
    except InvalidOperation:
        return None
    return str(value)


def weekday_of(text: str) -> int | None:
    """The weekday that a text names, Monday being 0."""
    low = fold(text).lower()
    return min(map(WEEKDAYS.index, WEEKDAY.findall(low)), default=None)
