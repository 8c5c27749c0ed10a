"""Dates, times, numbers and sums, in digits and in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from pv_extract.values import read_date, read_number, read_sum, read_time, weekday_of

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
DATES = st.dates(datetime.date(1790, 1, 1), datetime.date(2099, 12, 31))


def in_words(number):
    return num2words(number, lang="fr")


def day_in_words(date):
    return "premier" if date.day == 1 else in_words(date.day)


@given(st.integers(0, 999_999))
def test_numbers_in_words(number):
    assert read_number(in_words(number)) == number


@given(st.integers(0, 9_999))
def test_numbers_in_words_without_hyphens(number):
    assert read_number(in_words(number).replace("-", " ").upper()) == number


@given(st.integers(0, 10**9))
def test_numbers_in_digits(number):
    assert read_number(f" {number} ") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Néant", 0),
        ("aucune", 0),
        ("-", 0),
        ("septante-deux", 72),
        ("nonante et un", 91),
        ("Vingt-et-un", 21),
        ("deux cents", 200),
        ("peu", None),
        ("plusieurs", None),
        ("", None),
    ],
)
def test_numbers_as_minutes_write_them(text, number):
    assert read_number(text) == number


@given(DATES)
def test_dates_with_the_month_named(date):
    assert read_date(f"le {date.day} {MONTHS[date.month - 1]} {date.year}") == date


@given(DATES)
def test_dates_in_digits(date):
    assert read_date(f"{date:%d/%m/%Y}") == date
    assert read_date(f"{date.day}.{date.month}.{date.year}") == date
    assert read_date(date.isoformat()) == date


@given(DATES)
def test_dates_in_words(date):
    year = in_words(date.year)
    month = MONTHS[date.month - 1]
    assert read_date(f"L'an {year}, le {day_in_words(date)} {month}") == date
    assert read_date(f"le {day_in_words(date)} {month} {year}") == date


@given(st.integers(2001, 2099), st.integers(1, 28), st.sampled_from(MONTHS))
def test_years_written_mil(year, day, month):
    words = in_words(year).replace("deux mille", "deux mil")
    expected = datetime.date(year, MONTHS.index(month) + 1, day)
    assert read_date(f"L'AN {words.upper()}, LE {day} {month.upper()}") == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("L'an mil huit cent quatre-vingt-six, le quatorze février", datetime.date(1886, 2, 14)),
        ("L'an deux mil dix-huit et le vingt-quatre du mois de mai", datetime.date(2018, 5, 24)),
        ("mardi 1er mars 1924", datetime.date(1924, 3, 1)),
        ("03/07/21", datetime.date(2021, 7, 3)),
        ("31 février 2020", None),
        ("32/01/2020", None),
        ("le 13 novembre", None),
        ("aucune date ici", None),
    ],
)
def test_dates_as_minutes_write_them(text, date):
    assert read_date(text) == date


@given(DATES)
def test_a_date_without_year_takes_the_one_that_is_known(date):
    written = f"le {date.day} {MONTHS[date.month - 1]}"
    known = 2000 if (date.month, date.day) == (2, 29) else date.year
    assert read_date(written, known) == date.replace(year=known)
    assert read_date(written) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    assert read_date(text) is None or isinstance(read_date(text), datetime.date)


@given(st.integers(0, 23), st.integers(0, 59))
def test_times_in_digits(hour, minute):
    expected = f"{hour:02d}:{minute:02d}"
    assert read_time(f"{hour} h {minute:02d}") == expected
    assert read_time(f"{hour:02d}H{minute:02d}") == expected
    assert read_time(f"{hour} heures {minute:02d}") == expected
    assert read_time(f"{hour:02d}:{minute:02d}") == expected


@given(st.integers(1, 23), st.integers(1, 59))
def test_times_in_words(hour, minute):
    hours = "une heure" if hour == 1 else f"{in_words(hour)} heures"
    assert read_time(f"à {hours} {in_words(minute)}") == f"{hour:02d}:{minute:02d}"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("vingt heures", "20:00"),
        ("dix-neuf heures et quart", "19:15"),
        ("18 heures et demie", "18:30"),
        ("huit heures du soir", "20:00"),
        ("minuit", "00:00"),
        ("midi", "12:00"),
        ("24h00", "00:00"),
        ("25h00", None),
        ("dans la soirée", None),
    ],
)
def test_times_as_minutes_write_them(text, time):
    assert read_time(text) == time


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(text):
    time = read_time(text)
    assert time is None or datetime.time.fromisoformat(time)


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "."]))
def test_sums_whichever_way_their_thousands_are_set_apart(whole, cents, separator):
    written = f"{whole:,}".replace(",", separator)
    assert read_sum(f"{written},{cents:02d}") == f"{whole}.{cents:02d}"
    if separator != "." or whole >= 1000:
        assert read_sum(written) == str(whole)


@pytest.mark.parametrize("text", ["", "néant", "12 € environ", ",50"])
def test_what_is_no_sum(text):
    assert read_sum(text) is None


@given(DATES)
def test_weekdays(date):
    names = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    assert weekday_of(f"Séance du {names[date.weekday()].upper()} {date.day}") == date.weekday()
    assert weekday_of(f"Séance du {date.day}") is None
