"""A day whose year is asked for: "the second of the fourth" / "And the year?" / "Double four".

Who is asked for a year has heard a date, and where it is long ago that is one of birth; a recent
one is a date, unless "what year's he?" was asked. Only a day with its month at the end of a turn,
or one given turn by turn ("seventeenth" / "of?" / "August"), a question that is nothing but this,
and a year that begins the answer; never "what year did you move?".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.dates.days_again import said_at
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL
from deid.detect.spoken.heard.numerals import full_year, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

_LONGEST, _DATE, _DAY_AND_MONTH, _MONTHS, _DAYS, _BABIES = 5, 7, 2, 12, 31, 14
_GIVEN, _EARLIEST, _CALENDAR = 16, 20, frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME})
_WHOSE = frozenset({"he", "she", "they", "birth", "born"})
_YEAR = frozenset({"year", "year's"})
_ASKING = frozenset(
    {
        "and",
        "the",
        "what",
        "what's",
        "year",
        "which",
        "sorry",
        "of",
        "birth",
        "okay",
        "right",
        "yes",
        "year's",
        "was",
        "is",
        "he",
        "she",
        "they",
        "were",
        "born",
    }
)


def year_asked(reading: Reading, hits: Sequence[Hit], *, reference_year: int) -> Iterator[Hit]:
    """Hits for the day, and for the year that answers."""
    words = reading.words
    spans = list(turns(words))
    given = sorted((hit.start, hit.end) for hit in hits if hit.entity_type in _CALENDAR)
    for (begin, end), (first, last) in pairwise(spans):
        asked = words.words[first:last]
        if len(asked) > _LONGEST or not _ASKING.issuperset(asked) or _YEAR.isdisjoint(asked):
            continue
        one = _day(words, begin, end)
        days = [one] if one is not None else list(_in_turns(reading, given, begin, end))
        answer, _ = words.skip(last)
        year = year_at(words, answer, short=True)
        if not days or year is None or not words.closes(year.last):
            continue
        if one is None and year.value < _EARLIEST:
            continue
        old = full_year(year.value, reference=reference_year) <= reference_year - _BABIES
        born = old or not _WHOSE.isdisjoint(asked)
        kind = EntityType.DATE_OF_BIRTH if born else EntityType.DATE_TIME
        for low, high in (*days, (year.first, year.last)):
            yield reading.hit(low, high, kind, 0.75, ("spoken-dates", "year-asked"))


def _in_turns(
    reading: Reading, given: Sequence[tuple[int, int]], begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """The parts of a day that were found in the turns before; none unless a month ends the last."""
    words = reading.words
    if end - begin > _LONGEST or not words.kinds[end - 1] & MONTH:
        return
    low = bisect_left(given, (words.starts[max(0, end - _GIVEN)], 0))
    for start, stop in given[low : bisect_left(given, (words.ends[end - 1], 0))]:
        yield bisect_left(words.starts, start), bisect_left(words.starts, stop)


def _day(words: Words, begin: int, end: int) -> tuple[int, int] | None:
    """The tokens of a day with its month that ends a turn, with its article."""
    for token in range(max(begin, end - _DATE), end):
        said = said_at(words, token) if words.kinds[token] & (NUMERAL | ORDINAL) else None
        if said is None or said.last != end or len(said.values) != _DAY_AND_MONTH:
            continue
        day, month = sorted(said.values, reverse=True)
        if said.ordinals and 1 <= month <= _MONTHS and day <= _DAYS:
            led = token > begin and words.words[token - 1] == "the"
            return token - led, end
    return None
