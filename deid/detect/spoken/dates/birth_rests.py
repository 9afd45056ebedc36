"""What stands beside a date of birth in a clause of its own: its year.

"The second of March! Seventy-four."; before it, "sixty-four, March the first"; "oh two. As in two
thousand and two". Only beside a date of birth that was found, where nothing else stands in the
sentence: never a number that goes on ("seventy-four miles").
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL
from deid.detect.spoken.heard.numerals import ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_NAME = "spoken-dates"
_BIRTH = EntityType.DATE_OF_BIRTH
_DAYS, _EARLIEST = 31, 1900
_ENDS = (STOP, LINE, BREAK)
_THIS_YEAR = {("this", "year"), ("last", "year"), ("this", "month"), ("last", "month")}


def birth_rests(reading: Reading, births: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for years beside ``births``."""
    words = reading.words
    for hit in births:
        last = bisect_left(words.starts, hit.end)
        if last < len(words.words):
            yield from _year(reading, last)
            yield from _year_before(reading, bisect_left(words.starts, hit.start))
            yield from _year_put_right(reading, last)
            yield from _as_in(reading, last)
            this = tuple(words.words[last : last + 2]) in _THIS_YEAR
            this = this and words.gap(last) in (SPACE, PAUSE)  # "April, last year"
            if this and words.kinds[last - 1] & (MONTH | ORDINAL):
                yield reading.hit(last, last + 2, _BIRTH, 0.7, (_NAME, "birth-this-year"))


def _year(reading: Reading, last: int) -> Iterator[Hit]:
    """The year of a day that was told without one, as the next sentence or turn."""
    words = reading.words
    if not words.kinds[last - 1] & (MONTH | ORDINAL):
        return
    token, _ = words.skip(last)
    if token >= len(words.words) or words.gap(token) not in _ENDS:
        return
    year = year_at(words, token, short=True)
    if year is None or ordinal_at(words, token) or not _ends(words, year.last):
        return
    if _DAYS < year.value < 100 or year.value >= _EARLIEST:  # noqa: PLR2004 - of two digits
        yield reading.hit(year.first, year.last, _BIRTH, 0.7, (_NAME, "birth-year-after"))


def _year_before(reading: Reading, first: int) -> Iterator[Hit]:
    """As in "Right you are. Sixty-four, March first.": two digits and a pause, then the month."""
    words = reading.words
    month = any(kind & MONTH for kind in words.kinds[first : first + 2])
    if not month or first == 0 or words.gap(first) != PAUSE:
        return
    for begin in range(first - 1, max(-1, first - 3), -1):
        year = year_at(words, begin, short=True)
        opens = begin == 0 or words.gap(begin) in (*_ENDS, PAUSE)
        if year is not None and year.last == first and opens and year.value > _DAYS:
            yield reading.hit(begin, first, _BIRTH, 0.7, (_NAME, "birth-year-before"))


def _year_put_right(reading: Reading, last: int) -> Iterator[Hit]:
    """As in "the seventh of May nineteen fifty, no, sorry, nineteen forty"."""
    words = reading.words
    token, corrected = words.skip(last)
    year = year_at(words, token, short=True) if corrected and token < len(words.words) else None
    if year is not None and year.value >= _EARLIEST and LINE not in map(words.gap, (last, token)):
        yield reading.hit(year.first, year.last, _BIRTH, 0.7, (_NAME, "birth-year-put-right"))


def _as_in(reading: Reading, last: int) -> Iterator[Hit]:
    """As in "three, eleven, oh two. As in two thousand and two"."""
    words = reading.words
    as_in = words.words[last : last + 2] == ["as", "in"]
    year = year_at(words, last + 2, short=True) if as_in else None
    if year is not None and words.closes(year.last):
        yield reading.hit(last, year.last, _BIRTH, 0.75, (_NAME, "birth-year-as-in"))


def _ends(words: Words, last: int) -> bool:
    """Whether a sentence ends before the token ``last``."""
    return last >= len(words.words) or words.gap(last) in _ENDS
