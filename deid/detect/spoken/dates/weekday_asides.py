"""Dates with their weekday told between: "fifth of May, it was a Tuesday, seventy-eight".

The year after such an aside belongs to the day before it; long ago, the whole is a date of birth.
Never a number that only follows a weekday ("it was a Tuesday, twelve of us came").
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL, data
from deid.detect.spoken.heard.numerals import year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE
from deid.transcript import EntityType

_BIRTH, _DATE = EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME
_WEEKDAYS = frozenset(data("context")["lone_days_weekdays"])
_ASIDES = (["it", "was", "a"], ["that", "was", "a"], ["which", "was", "a"], ["it's", "a"], ["a"])
_BABIES, _DAYS = 14, 31


def weekday_asides(reading: Reading, hits: Sequence[Hit], *, reference_year: int) -> Iterator[Hit]:
    """Hits over the day, the aside and the year."""
    words = reading.words
    for hit in hits:
        if hit.entity_type not in (_BIRTH, _DATE):
            continue
        last = bisect_left(words.starts, hit.end)
        if not last or not words.kinds[last - 1] & (MONTH | ORDINAL):
            continue
        year = next((last + len(each) for each in _ASIDES if _is_aside(reading, last, each)), 0)
        told = (
            year_at(words, year + 1, short=True) if year and year + 1 < len(words.words) else None
        )
        if told is None or told.value <= _DAYS or LINE in map(words.gap, range(last, told.last)):
            continue
        full = told.value if told.value > 99 else 1900 + told.value  # noqa: PLR2004 - two digits
        if hit.entity_type is _BIRTH or full <= reference_year - _BABIES:
            first = bisect_left(words.starts, hit.start)
            yield reading.hit(first, told.last, _BIRTH, 0.8, ("spoken-dates", "weekday-aside"))


def _is_aside(reading: Reading, token: int, aside: list[str]) -> bool:
    """Whether the words stand there, with a weekday after them."""
    words, last = reading.words.words, token + len(aside)
    return words[token:last] == aside and last < len(words) and words[last] in _WEEKDAYS
