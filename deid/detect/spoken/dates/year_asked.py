"""A day whose year is asked for: "the second of the fourth" / "And the year?" / "Double four".

Who is asked for a year has heard a date, and where it is long ago that is one of birth; a recent
one is a date. Only a day with its month at the end of a turn, a question that is nothing but this,
and a year that begins the answer; never "what year did you move?".
"""

from collections.abc import Iterator
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.dates.days_again import said_at
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.lexicon import NUMERAL, ORDINAL
from deid.detect.spoken.heard.numerals import full_year, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

_LONGEST, _DATE, _DAY_AND_MONTH, _MONTHS, _DAYS, _BABIES = 5, 7, 2, 12, 31, 14
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
    }
)


def year_asked(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for the day, and for the year that answers."""
    words = reading.words
    spans = list(turns(words))
    for (begin, end), (first, last) in pairwise(spans):
        asked = words.words[first:last]
        if len(asked) > _LONGEST or "year" not in asked or not _ASKING.issuperset(asked):
            continue
        day = _day(words, begin, end)
        answer, _ = words.skip(last)
        year = year_at(words, answer, short=True)
        if day is None or year is None or not words.closes(year.last):
            continue
        old = full_year(year.value, reference=reference_year) <= reference_year - _BABIES
        kind = EntityType.DATE_OF_BIRTH if old else EntityType.DATE_TIME
        for low, high in (day, (year.first, year.last)):
            yield reading.hit(low, high, kind, 0.75, ("spoken-dates", "year-asked"))


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
