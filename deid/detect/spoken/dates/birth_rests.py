"""What stands beside a date of birth in a clause of its own: its year, or a day put right.

"The second of March! Seventy-four."; "the fifth of May, forty-one?" / "no, the sixth"; before it,
"sixty-four, March the first". Only beside a date of birth that was found, where nothing else stands
in the sentence: never a day or a number that goes on ("the sixth of them", "seventy-four miles").
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
_DAYS, _TO_TURN, _EARLIEST = 31, 6, 1900
_ENDS = (STOP, LINE, BREAK)
_THIS_YEAR = {("this", "year"), ("last", "year"), ("this", "month"), ("last", "month")}


def birth_rests(reading: Reading, births: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for years and days after ``births``."""
    words = reading.words
    for hit in births:
        last = bisect_left(words.starts, hit.end)
        if last < len(words.words):
            yield from _year(reading, last)
            yield from _day_put_right(reading, last)
            yield from _year_before(reading, bisect_left(words.starts, hit.start))
            yield from _year_put_right(reading, last)
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


def _day_put_right(reading: Reading, last: int) -> Iterator[Hit]:
    """As in "the fifth of May, forty-one?" / "no, the sixth."."""
    words = reading.words
    near = range(last, min(len(words.words), last + _TO_TURN))
    turn = next((token for token in near if words.gap(token) == LINE), None)
    if turn is None:
        return
    token, corrected = words.skip(turn)
    token += words.words[token : token + 1] == ["the"]
    day = ordinal_at(words, token) if corrected else None
    if day is not None and 1 <= day.value <= _DAYS and _ends(words, day.last, pause=True):
        yield reading.hit(day.first, day.last, _BIRTH, 0.7, (_NAME, "birth-day-put-right"))


def _year_put_right(reading: Reading, last: int) -> Iterator[Hit]:
    """As in "the seventh of May nineteen fifty, no, sorry, nineteen forty"."""
    words = reading.words
    token, corrected = words.skip(last)
    year = year_at(words, token, short=True) if corrected and token < len(words.words) else None
    if year is not None and year.value >= _EARLIEST and LINE not in map(words.gap, (last, token)):
        yield reading.hit(year.first, year.last, _BIRTH, 0.7, (_NAME, "birth-year-put-right"))


def _ends(words: Words, last: int, *, pause: bool = False) -> bool:
    """Whether a sentence, or with ``pause`` a clause, ends before the token ``last``."""
    ends = (*_ENDS, PAUSE) if pause else _ENDS
    return last >= len(words.words) or words.gap(last) in ends
