"""A day of the month without its month: "I'm off till the fourteenth", "the Friday? The fifth".

Only where "on", "till" or a weekday stands right before it, or where it is a sentence of its own
soon after a full date, and where no noun follows: never "on the third floor", "the second one".
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import ORDINAL, data
from deid.detect.spoken.heard.numerals import Numeral, day_before
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

NAME = "spoken-dates"
_LEADS = frozenset(data("context")["lone_days_leads"])
_WEEKDAYS = frozenset(data("context")["lone_days_weekdays"])
_FOLLOW = frozenset(data("context")["lone_days_follow"])
_RANKED = frozenset(data("context")["lone_days_ranked"])
_TAKEN_BACK = frozenset(data("context")["dates_taken_back"]) - {"the", "i"}
_REACH, _LEAST, _NO_RANK, _BEHIND, _CHANGED = 30, 4, 13, 12, 6


def lone_days(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Days of the month that stand alone, none of them in ``hits``."""
    words = reading.words
    starts = sorted(hit.start for hit in hits)
    dated = sorted(bisect_left(words.starts, hit.end) for hit in hits if _is_date(hit))
    for token, kind in enumerate(words.kinds):
        day = day_before(words, token + 1) if kind & ORDINAL else None
        if day is None or not _ends(reading, day):
            continue
        place = bisect_left(starts, words.starts[day.first])
        if starts[place : place + 1] and starts[place] < words.ends[token]:
            continue
        low, high = bisect_left(dated, day.first - _REACH), bisect_right(dated, day.first)
        changed = any(_takes_back(reading, last, day) for last in dated[low:high])
        if changed or _led(reading, day) or (low < high and _alone(reading, day)):
            insort(dated, day.last)
            yield reading.hit(day.first, day.last, EntityType.DATE_TIME, 0.6, (NAME, "lone-day"))


def _is_date(hit: Hit) -> bool:
    return hit.entity_type is EntityType.DATE_TIME


def _takes_back(reading: Reading, last: int, day: Numeral) -> bool:
    """As in "October the 14th, no, 15th", "the thirtieth of July, no, the thirty-first"."""
    said = reading.words.words[last : day.first]
    return 0 < len(said) <= _CHANGED and not _TAKEN_BACK.isdisjoint(said)


def _ends(reading: Reading, day: Numeral) -> bool:
    """Whether the clause ends, or goes on as it may after a day that can be no rank."""
    words, last = reading.words, day.last
    if last >= len(words.words):
        return True
    gap = words.gap(last)
    if gap in (STOP, LINE, BREAK):
        return True
    if gap == PAUSE:
        ranked = day.value < _LEAST or bool(words.kinds[last] & ORDINAL)
        return day.value >= _NO_RANK or not ranked
    return gap == SPACE and day.value >= _NO_RANK and words.words[last] in _FOLLOW


def _led(reading: Reading, day: Numeral) -> bool:
    """As in "on the thirtieth", "the Friday? The fifth"."""
    words, first = reading.words, day.first
    if first and words.words[first - 1] == "the" and words.gap(first) == SPACE:
        first -= 1
    elif day.value < _LEAST or not _after_weekday(reading, first):
        return False
    if _after_weekday(reading, first):
        return True
    lead = words.words[first - 1] if first else ""
    if lead not in _LEADS or words.gap(first) != SPACE:
        return False
    low, high = max(0, first - _BEHIND), day.last + _BEHIND
    return day.value >= _NO_RANK or _RANKED.isdisjoint(words.words[low:high])


def _after_weekday(reading: Reading, first: int) -> bool:
    words = reading.words
    return first > 0 and words.words[first - 1] in _WEEKDAYS and words.gap(first) != BREAK


def _alone(reading: Reading, day: Numeral) -> bool:
    """Whether it is a sentence of its own."""
    words, first, last = reading.words, day.first, day.last
    if first and words.words[first - 1] == "the" and words.gap(first) == SPACE:
        first -= 1
    begins = reading.starts_turn(first) or words.gap(first) == STOP
    return begins and (last >= len(words.words) or words.gap(last) in (STOP, LINE))
