"""The ways one calendar day is written and said.

A register gives a date of birth in one form; speech gives it in another. Only a full date (day,
month and year) is taken apart, days before months as is usual in Britain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
_NAMES = {name[:n]: i for i, name in enumerate(MONTHS, 1) for n in (3, 4, len(name))}
_MONTH = "(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + ")"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4}|\d{2})"
_SHAPES = (
    (re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})"), "ymd"),
    (re.compile(rf"(\d{{1,2}}) (\d{{1,2}}) {_YEAR}"), "dmy"),
    (re.compile(rf"(?:the )?{_DAY}(?: of)? {_MONTH} {_YEAR}"), "dmy"),
    (re.compile(rf"{_MONTH} (?:the )?{_DAY} {_YEAR}"), "mdy"),
)
_CENTURY = 100
_TEEN = 20
_LAST_DAY = 31


@dataclass(frozen=True, slots=True, repr=False)
class Day:
    """A calendar day; a year of two digits is one of the twentieth century."""

    year: int
    month: int
    day: int


def parse(words: str) -> Day | None:
    """The day that folded words give ("5th of april 1973", "1973 04 05"), or None."""
    for shape, order in _SHAPES:
        match = shape.fullmatch(words.strip())
        if match is None:
            continue
        given = {o: _NAMES.get(g) or int(g) for o, g in zip(order, match.groups(), strict=True)}
        year = given["y"] if given["y"] >= _CENTURY else 1900 + given["y"]
        if 1 <= given["m"] <= len(MONTHS) and 1 <= given["d"] <= _LAST_DAY:
            return Day(year, given["m"], given["d"])
    return None


def written(day: Day) -> Iterator[str]:
    """Every form with words or with its groups apart, folded."""
    short = day.year % _CENTURY
    years = (str(day.year), f"{short:02}", *_spoken_years(day.year))
    name = MONTHS[day.month - 1]
    suffix = "th" if day.day // 10 == 1 else _SUFFIX.get(day.day % 10, "th")
    days = (str(day.day), f"{day.day}{suffix}", number_words(day.day), _ordinal(day.day))
    for said, month, year in product(days, (name, name[:3]), years):
        yield f"{said} {month} {year}"
        yield f"{said} of {month} {year}"
        yield f"{month} {said} {year}"
        yield f"{month} the {said} {year}"
    yield f"{day.year} {day.month:02} {day.day:02}"
    for year in (str(day.year), f"{short:02}"):
        yield f"{day.day:02} {day.month:02} {year}"
        yield f"{day.day} {day.month} {year}"
    yield f"{day.month:02} {day.day:02} {day.year}"


def digits(day: Day) -> Iterator[str]:
    """The forms of eight figures without anything between."""
    yield f"{day.day:02}{day.month:02}{day.year}"
    yield f"{day.year}{day.month:02}{day.day:02}"


def number_words(number: int) -> str:
    """A number from 0 to 99 in words, without hyphen."""
    if number < _TEEN:
        return UNITS[number]
    tens = TENS[number // 10 - 2]
    return tens if number % 10 == 0 else f"{tens} {UNITS[number % 10]}"


def _spoken_years(year: int) -> Iterator[str]:
    century, short = divmod(year, _CENTURY)
    if short >= len(UNITS[:10]):
        yield f"{number_words(century)} {number_words(short)}"
        yield number_words(short)
    else:
        yield f"{number_words(century)} oh {number_words(short)}"


def _ordinal(number: int) -> str:
    head, _, last = number_words(number).rpartition(" ")
    last = _IRREGULAR.get(last, f"{last}th")
    return f"{head} {last}" if head else last
