"""Dates of birth in three numbers that are all of a clause: "five, five, nineteen eighty-three".

Day, month and year, or month and day as Americans have them, with nothing but pauses and hesitation
between: a full year makes it a date whoever asked for it; one of two digits needs a birth that is
asked or told of before. Never where a noun follows ("five, ten, two thousand people").
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import PIECE_LEADS
from deid.detect.spoken.heard.lexicon import NUMERAL, TENS, VALUES
from deid.detect.spoken.heard.numerals import Numeral, day_at, numeral_at, ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_EARLIEST, _MONTHS, _DAYS, _CENTURY = 1900, 12, 31, 100
_JOINING, _CLOSING = (PAUSE, SPACE, HYPHEN), (PAUSE, STOP, LINE, BREAK)
_BEHIND = frozenset({"will", "is", "that's", "if", "and", "so", "okay", "yeah", "thanks", "like"})
_NOUGHTS = frozenset({"oh", "zero", "nought", "nil", "0"})
_REACH, _BEHIND_IT = 30, 7


def day_first(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for them, one a date."""
    words = reading.words
    for numeral in reading.numerals:
        first = numeral.first
        if not 0 <= numeral.value <= _DAYS or not _begins(words, first):
            continue
        last = _year_end(reading, first, reference_year)
        if last:
            claim = ("spoken-dates", "day-first")
            yield reading.hit(first, last, EntityType.DATE_OF_BIRTH, 0.75, claim)


def _begins(words: Words, first: int) -> bool:
    """Whether a clause begins there, or behind "it's", "born"."""
    if first == 0:
        return True
    if words.kinds[first - 1] & NUMERAL:
        return words.gap(first) in (STOP, LINE)
    led = words.words[first - 1] in PIECE_LEADS or words.words[first - 1] == "born"
    return led or words.gap(first) in _CLOSING


def _year_end(reading: Reading, first: int, reference_year: int) -> int:
    """The token after day, month and year from one on; 0 where they do not stand there alone."""
    words = reading.words
    behind = day_and_month(words, first)
    if not behind:
        return 0
    place, _ = words.skip(behind)
    if place >= len(words.words) or words.gap(place) not in _JOINING:
        return 0
    told = reading.cues.near(CueKind.BIRTH, first, place, reach=_REACH, ahead=_BEHIND_IT)
    year = year_at(words, place, short=told)
    if year is None or not (_EARLIEST <= year.value <= reference_year or year.value < _CENTURY):
        return 0
    ends = words.closes(year.last) or words.words[year.last] in _BEHIND
    return year.last if ends else 0


def day_and_month(words: Words, first: int) -> int:
    """The token after a day and a month, in either order, from one on; 0 where there are none."""
    nought = words.words[first] in _NOUGHTS and first + 1 < len(words.words)
    day = day_at(words, first + nought)
    if day is None and words.kinds[first] & TENS:  # "thirty, four", said in one breath
        day = Numeral(VALUES[words.words[first]], first, first + 1)
    month = next_number(words, day.last) if day is not None else None
    if day is None or month is None or not 1 <= min(day.value, month[0]) <= _MONTHS:
        return 0
    return month[1] if max(day.value, month[0]) <= _DAYS else 0


def next_number(words: Words, token: int) -> tuple[int, int] | None:
    """The value of the number that follows close behind, and the token after it."""
    place, _ = words.skip(token) if token < len(words.words) else (token, False)
    if place >= len(words.words) or any(
        words.gap(each) not in _JOINING for each in range(token, place + 1)
    ):
        return None
    place += words.words[place] in _NOUGHTS and place + 1 < len(words.words)
    number = ordinal_at(words, place) or numeral_at(words, place)
    return (number.value, number.last) if number is not None else None
