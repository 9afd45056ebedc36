"""Dates of birth said the year first, as elsewhere in Europe and in Asia: "1974, ten, twenty-one".

Year, month and day in one breath and nothing but numbers: that is a date whether or not anybody
asked for one, and of birth where the year is long enough ago.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.dates.day_first import next_number
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL
from deid.detect.spoken.heard.numerals import Numeral, day_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP, Words
from deid.transcript import EntityType

_EARLIEST, _YOUNGEST, _MONTHS, _DAYS = 1900, 14, 12, 31
_CLOSING = (PAUSE, STOP, LINE, BREAK)


def year_first(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for them, one a date."""
    words = reading.words
    for numeral in reading.numerals:
        token = numeral.first
        if _lone_year(words, numeral) and (last := _day_of_month(words, numeral.last)):
            rule = ("spoken-dates", "year-first")
            yield reading.hit(token, last, EntityType.DATE_OF_BIRTH, 0.75, rule)
            continue
        after_number = token > 0 and words.kinds[token - 1] & NUMERAL
        led = token > 0 and words.words[token - 1] in _CHECKED
        if after_number or (token and words.gap(token) not in _CLOSING and not led):
            continue
        year = year_at(words, token, short=False)
        if year is None or not _EARLIEST <= year.value <= reference_year - _YOUNGEST:
            continue
        if last := _day_after(words, year.last):
            place = (token, last)
            rule = ("spoken-dates", "year-first")
            yield reading.hit(*place, EntityType.DATE_OF_BIRTH, 0.75, rule)


def _lone_year(words: Words, numeral: Numeral) -> bool:
    """Whether it is a year of two digits that stands by itself before a pause: "born 38, the"."""
    after = numeral.last
    paused = after < len(words.words) and words.gap(after) == PAUSE
    led = numeral.first > 0 and words.words[numeral.first - 1] in _LEADS
    return paused and led and _SMALLEST <= numeral.value < _CENTURY


def _day_of_month(words: Words, token: int) -> int:
    """The token after "the sixteenth of September"; 0 where no such day follows."""
    if words.words[token : token + 1] != ["the"]:
        return 0
    day = day_at(words, token + 1)
    if day is None or words.words[day.last : day.last + 1] != ["of"]:
        return 0
    month = day.last + 1
    return month + 1 if month < len(words.words) and words.kinds[month] & MONTH else 0


_LEADS = frozenset({"born", "mine's", "is", "it's", "was", "in", "hers", "his", "that's", "put"})
_CHECKED = frozenset({"you", "you're", "says"})
"""As in "are you nineteen seventy-two, nought five, nought six?"."""
_SMALLEST, _CENTURY = 20, 100


def _day_after(words: Words, token: int) -> int:
    """The token after "ten, twenty-one", "nought five, nought six" behind a year; else 0."""
    month = next_number(words, token)
    day = next_number(words, month[1]) if month and 1 <= month[0] <= _MONTHS else None
    ends = day is not None and 1 <= day[0] <= _DAYS and words.closes(day[1])
    return day[1] if day is not None and ends else 0
