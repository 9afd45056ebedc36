"""Years that are weighed after a date of birth: "seventy-eight. No, is it seventy-seven?".

"The ninth of May." / "There's a fifty-two on the card or a sixty-two." / "Fifty-two."; "were you
sixty four or sixty five sixty four she says". Only near a date of birth that was found, until
something else is asked for; only a number that stands alone or after "is it", "or", "a"; and, where
a year was told, only one that shares a digit with it or lies beside it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.dates.births import OTHER
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL, data
from deid.detect.spoken.heard.numerals import Numeral, ordinal_at, year_at
from deid.detect.spoken.heard.pieces import is_asked_of
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import is_tested
from deid.detect.spoken.heard.words import LINE, SPACE
from deid.transcript import EntityType

_NAME = "spoken-dates"
_BIRTH = EntityType.DATE_OF_BIRTH
_REACH, _MOST_LINES, _BESIDE, _EARLIEST, _CENTURY, _TEN = 45, 6, 2, 20, 100, 10
_FULL = 1900
_LEADS = frozenset(data("context")["birth_year_leads"])
_ASKING = frozenset(data("context")["birth_year_asking"])
_TAILS = frozenset(data("context")["birth_year_tails"])


def birth_years(reading: Reading, births: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for years after ``births`` that put theirs right, or supply it."""
    words = reading.words
    ends = sorted({bisect_left(words.starts, hit.end) for hit in births})
    for place, last in enumerate(ends):
        until = ends[place + 1] if place + 1 < len(ends) else len(words.words)
        told = _told(reading, last)
        if told is None and not words.kinds[last - 1] & (MONTH | ORDINAL):
            continue
        token = last
        while token < min(until, last + _REACH) and not _another(reading, last, token):
            year = year_at(words, token, short=True) if words.kinds[token] & NUMERAL else None
            if year is None:
                token += 1
                continue
            if _weighed(reading, year, told):
                yield reading.hit(year.first, year.last, _BIRTH, 0.7, (_NAME, "birth-year-weighed"))
                told = told or year.value % _CENTURY
            token = year.last


def _told(reading: Reading, last: int) -> int | None:
    """The year, of two digits, with which a date of birth ends before a token."""
    for first in range(max(0, last - _YEAR_WORDS), last):
        year = year_at(reading.words, first, short=True)
        if year is not None and year.last == last and not ordinal_at(reading.words, first):
            return year.value % _CENTURY
    return None


_YEAR_WORDS = 5


def _another(reading: Reading, last: int, token: int) -> bool:
    """Whether another identifier is asked for by then, or too many turns have gone."""
    apart = token - last
    if reading.lines_between(last - 1, token) > _MOST_LINES:
        return True
    return any(reading.cues.before(kind, token, reach=apart) is not None for kind in OTHER)


def _alike(value: int, told: int) -> bool:
    """Whether one year may be mistaken for another: 33 and 43, 87 and 88."""
    digits = value // _TEN == told // _TEN or value % _TEN == told % _TEN
    return digits or abs(value - told) <= _BESIDE


def _counts(reading: Reading, first: int) -> bool:
    """Whether "how many" was asked right before, or the number is a task: "in sevens: 93, 86"."""
    said = reading.words.words[max(0, first - _ASKED) : first]
    place = bisect_left(reading.stretches, first, key=lambda each: each.last - 1)
    tested = any(
        is_tested(reading.words, stretch.first, stretch.chars)
        for stretch in reading.stretches[place : place + 1]
        if stretch.first <= first
    )
    return tested or is_asked_of(said) or not _OTHER_TALK.isdisjoint(said)


_ASKED = 10
_OTHER_TALK = frozenset(
    {"expensive", "cost", "costs", "price", "pay", "paid", "charge", "charged", "oxygen", "sats",
     "saturation", "saturations", "pulse", "peak"}
)  # fmt: skip


def _weighed(reading: Reading, year: Numeral, told: int | None) -> bool:
    words, value = reading.words, year.value % _CENTURY
    whole = year.value >= _FULL and words.gap(year.first) == LINE  # "Two thousand and sixteen."
    likely = (value >= _EARLIEST or whole) if told is None else _alike(value, told)
    if not likely or ordinal_at(words, year.first) or _counts(reading, year.first):
        return False
    gap = words.gap(year.first)
    asked = " ".join(words.words[max(0, year.first - 2) : year.first]) in _ASKING
    led = gap != SPACE or asked or words.words[year.first - 1] in _LEADS
    if year.last >= len(words.words) or words.gap(year.last) != SPACE:
        return led
    follows = words.kinds[year.last] & NUMERAL and year_at(words, year.last, short=True)
    closed = bool(follows) or words.words[year.last] in _TAILS
    again = value == told and words.kinds[year.first - 1] & NUMERAL
    return closed and (led or bool(again) or gap == LINE)
