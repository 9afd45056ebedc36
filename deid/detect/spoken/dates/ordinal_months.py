"""Days whose month is a number: "the twelfth of the third, fifty eight", "ninth, eleventh, 2021".

Two ordinals need no year near a birth cue, where a date is asked for, or where the words lead up
to a day and the clause goes on as after one. Never "the first of the second batch".
"""

from collections.abc import Iterator

from deid.detect.spoken.dates.day import (
    Day,
    asked_when,
    goes_on,
    is_led,
    is_of_birth,
    year_behind,
)
from deid.detect.spoken.heard.lexicon import ORDINAL
from deid.detect.spoken.heard.numerals import Numeral, day_before, ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words

_MONTHS, _NO_RANK = 12, 13


def ordinal_months(reading: Reading) -> Iterator[Day]:
    """The days, in order."""
    words = reading.words
    for token, kind in enumerate(words.kinds):
        day = day_before(words, token + 1) if kind & ORDINAL else None
        if day is None:
            continue
        second = _past_of_the(words, token)
        month = ordinal_at(words, second or _bare(words, token))
        if month is None or not 1 <= month.value <= _MONTHS:
            continue
        year = year_behind(words, month.last)
        full = year_at(words, month.last, short=False)
        told = (year or _is_told(reading, day, month)) if second else full
        if told or (second and is_of_birth(reading, day.first, month.last)):
            last = year.last if year else month.last
            yield Day(day.first, last, day.value, month.value, year.value if year else 0)


def _past_of_the(words: Words, ordinal: int) -> int:
    """The token after "of the" that follows an ordinal, fillers aside; 0 when none does."""
    token = ordinal
    for expected in ("of", "the"):
        token, _ = words.skip(token + 1)
        if token >= len(words.words) or words.words[token] != expected:
            return 0
    return words.skip(token + 1)[0]


def _bare(words: Words, ordinal: int) -> int:
    """The token after an ordinal and "of", which may be left out."""
    after = ordinal + 1
    if words.words[after : after + 1] == ["of"]:
        return after + 1
    joined = after < len(words.words) and words.gap(after) in (SPACE, PAUSE)
    return after if joined else len(words.words)


def _is_told(reading: Reading, day: Numeral, month: Numeral) -> bool:
    """Whether two ordinals without a year are a day and a month."""
    words = reading.words
    if not goes_on(words, month.last):
        return False
    figures = words.words[day.first][0].isdigit() and words.words[month.first][0].isdigit()
    if figures or day.value >= _NO_RANK:
        return True
    return is_led(words, day.first) or asked_when(reading, day.first)
