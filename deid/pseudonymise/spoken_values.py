"""The value of a date or an age as it was said, for operators that keep a part of it."""

import re

from deid.detect.spoken.heard.lexicon import MONTHS
from deid.detect.spoken.heard.numerals import year_at
from deid.detect.spoken.heard.reading import read

_FIGURES = re.compile(
    r"\b(?:\d{1,2}[/.-](\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2})[/.-]\d{1,2})\b"
)
_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def month_and_year(said: str) -> str:
    """Month and year of a calendar day, days before months: "March 2024", "March", or "".

    Empty where no month can be told; a year of two digits in figures is not guessed at.
    """
    figures = _FIGURES.search(said)
    if figures:
        month, year = int(figures[1] or figures[4]), figures[2] or figures[3]
        return f"{_NAMES[month - 1]} {year}" if 1 <= month <= len(_NAMES) else ""
    words = read(said).words
    months = [MONTHS[word] for word in words.words if word in MONTHS]
    if len(months) != 1:
        return ""
    years = [year_at(words, token, short=False) for token in range(len(words.words))]
    told = [year.value for year in years if year is not None]
    return f"{_NAMES[months[0] - 1]} {told[0]}" if told else _NAMES[months[0] - 1]


def years_of_age(said: str) -> int | None:
    """The highest number said, or None where there is none."""
    return max((int(numeral.value) for numeral in read(said).numerals), default=None)
