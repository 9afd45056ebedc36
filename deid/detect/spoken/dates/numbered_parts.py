"""Dates of birth whose parts are numbers with a word between: "day 17, month 9, year 96".

"Born twenty-nine of five, forty-four"; "date of birth six dot ten dot seventy-two"; "forty, third
of October". The day and the month have to be ones, and a year has to follow; "three of eight" of
other things has none, and "two dot four dot ten" is a version where no birth is spoken of.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.dates.day import is_of_birth
from deid.detect.spoken.heard.lexicon import MONTH, UNITS
from deid.detect.spoken.heard.numerals import Numeral, day_at, numeral_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words
from deid.transcript import EntityType

_DAYS, _MONTHS, _SMALLEST, _CENTURY = 31, 12, 10, 100
_JOINING = (SPACE, PAUSE)
_LEADS = frozenset({"it's", "is", "was", "that's", "born", "birth"})


def numbered_parts(reading: Reading) -> Iterator[Hit]:
    """Hits for them, one a date."""
    words = reading.words
    for day in reading.numerals:
        after = words.words[day.last : day.last + 1]
        if not 1 <= day.value <= _CENTURY or not after:
            continue
        last, first = 0, day.first
        if words.words[first - 1 : first] == ["day"] and after in (["month"], ["of"], ["and"]):
            last, first = _named(words, day.last), first - 1
        elif after == ["of"]:
            last = _of(words, day)
            last = last if last and (_stands(words, first, last) or _born(reading, first)) else 0
        elif after == ["dot"]:
            last = _dotted(words, day) if _born(reading, first) else 0
        elif after == ["third"] or words.gap(day.last) == PAUSE:
            last = _before_day(reading, day)
        if last:
            rule = ("spoken-dates", "numbered-parts")
            yield reading.hit(first, last, EntityType.DATE_OF_BIRTH, 0.8, rule)


def _born(reading: Reading, first: int) -> bool:
    return is_of_birth(reading, first, first)


def _month(words: Words, token: int) -> Numeral | None:
    month = numeral_at(words, token) if token < len(words.words) else None
    if month is None or words.gap(token) not in _JOINING:
        return None
    return month if 1 <= month.value <= _MONTHS else None


def _year(words: Words, token: int) -> int:
    """The token after a year that begins there; 0 for none."""
    year = year_at(words, token, short=True) if token < len(words.words) else None
    if year is None or words.gap(token) not in _JOINING:
        return 0
    amount = words.words[year.last : year.last + 1]
    return 0 if amount and amount[0] in UNITS and words.gap(year.last) == SPACE else year.last


def _named(words: Words, token: int) -> int:
    """After "day 17": ", month 9, year 96"."""
    while words.words[token : token + 1] in (["of"], ["and"], ["the"]):
        token += 1
    month = _month(words, token + 1) if words.words[token : token + 1] == ["month"] else None
    if month is None:
        return 0
    token = month.last + (words.words[month.last : month.last + 1] == ["and"])
    return _year(words, token + 1) if words.words[token : token + 1] == ["year"] else 0


def _of(words: Words, day: Numeral) -> int:
    """After "twenty-nine": "of five, forty-four"."""
    month = _month(words, day.last + 1) if day.value <= _DAYS else None
    if month is None:
        return 0
    return _year(words, month.last + (words.words[month.last : month.last + 1] == ["of"]))


def _dotted(words: Words, day: Numeral) -> int:
    """After "six": "dot ten dot seventy-two"."""
    month = _month(words, day.last + 1) if day.value <= _DAYS else None
    if month is None or words.words[month.last : month.last + 1] != ["dot"]:
        return 0
    return _year(words, month.last + 1)


def _before_day(reading: Reading, year: Numeral) -> int:
    """After "forty": ", third of October", where nothing but the year is missing."""
    words = reading.words
    if not _SMALLEST <= year.value < _CENTURY or not _born(reading, year.first):
        return 0
    day = day_at(words, year.last + (words.words[year.last : year.last + 1] == ["the"]))
    if day is None or words.words[day.last : day.last + 1] != ["of"]:
        return 0
    month = day.last + 1
    dated = month < len(words.words) and words.kinds[month] & MONTH
    return month + 1 if dated and words.closes(month + 1) else 0


def _stands(words: Words, first: int, last: int) -> bool:
    """Whether it is all that somebody says it is: "it's three of eight, eighty-six."."""
    return first > 0 and words.words[first - 1] in _LEADS and words.closes(last)
