"""Calendar days: "the seventeenth of November, nineteen ninety one", "12/03/1958".

A day of birth is one near a birth cue, or where a full day's year is that of a grown person. Never
a duration, a weekday, a bare year or month, a time of day, a score or a fraction.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.dates.figures import figure_days
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTHS, ORDINAL, UNITS, data
from deid.detect.spoken.heard.numerals import (
    Numeral,
    before_hesitation,
    day_at,
    day_before,
    full_year,
    is_ordinal,
    ordinal_at,
    year_at,
    year_before,
)
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_REACH, _BEHIND, _MOST_LINES = 40, 6, 6
_GROWN = 14
_VERBS = frozenset({"may", "march", "mar", "sun"})
_AFTER_VERB = frozenset(data("context")["dates_after_verb"])
_TAKEN_BACK = frozenset(data("context")["dates_taken_back"])
_EVENT_LEADS = frozenset(data("context")["dates_event_leads"])
_MONTHS_A_YEAR, _LONGEST_ABBREVIATION = 12, 4
_ABBREVIATED = frozenset(
    month
    for month in MONTHS
    if len(month) <= _LONGEST_ABBREVIATION and month not in ("may", "june", "july")
)
_DAY_LEADS = frozenset(data("context")["dates_day_leads"])


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day as said. ``year`` is 0 where none was, ``day`` where only month and year."""

    first: int
    last: int
    day: int
    month: int
    year: int


def find_dates(
    speech: Speech, *, reference_year: int, record_cues: tuple[str, ...] = ()
) -> Iterable[Hit]:
    """Dates of birth and other calendar days with a month that was named, or in figures."""
    reading = read(speech.text, record_cues)
    taken = 0
    for month in reading.months:
        if month < taken:
            continue
        day = _around(reading.words, month)
        if day is not None:
            taken = day.last
            yield from _judge(reading, day, reference_year)
    for day in _ordinal_months(reading):
        yield from _judge(reading, day, reference_year)
    yield from _in_figures(reading, reference_year)


def _around(words: Words, month: int) -> Day | None:
    """The day that a month's name belongs to, with what precedes and follows it."""
    value = _month_number(words, month)
    before = _left_day(words, month)
    if before is not None:
        year = _right_year(words, month + 1)
        first, last = _corrected(words, before.first), year.last if year else month + 1
        if not year and (year := _left_year(words, before.first)):
            first = year.first
        if not year and _is_verb(words, month, before):
            return None
        return Day(first, last, before.value, value, year.value if year else 0)
    after = _right_day(words, month)
    if after is not None:
        year = _right_year(words, after.last)
        left = None if year else _left_year(words, month)
        first = left.first if left else month
        last = year.last if year else after.last
        found = year or left
        if not found and _is_verb(words, month, after):
            return None
        return Day(first, last, after.value, value, found.value if found else 0)
    year = _right_year(words, month + 1)
    return Day(month, year.last, 0, value, year.value) if year else None


def _month_number(words: Words, month: int) -> int:
    """The number of a month's name."""
    return MONTHS[words.words[month]]


def _corrected(words: Words, first: int) -> int:
    """Where "the fifth, no, the sixth" begins, given where "sixth" does."""
    token = first - 1
    while token > 0 and first - token <= 5 and words.words[token] in _TAKEN_BACK:  # noqa: PLR2004 - "no, sorry, I mean the"
        token -= 1
    taken_back = set(words.words[token + 1 : first]) - {"the"}
    day = day_before(words, token + 1) if taken_back else None
    return day.first if day else first


def _back(words: Words, token: int) -> int:
    """The last token before ``token`` that is neither filler nor of/the/on."""
    token -= 1
    while token >= 0:
        skipped = words.skip_back(token)
        if skipped >= 0 and words.words[skipped] in ("of", "the", "on", "in", "was", "it"):
            token = skipped - 1
            continue
        return skipped
    return token


def _left_day(words: Words, month: int) -> Numeral | None:
    if month == 0 or words.gap(month) == BREAK:
        return None
    place = before_hesitation(words, words.skip_back(month - 1))
    if place >= 0 and words.words[place] in ("of", "in", "o", "ae"):
        if words.words[place] == "in":
            return None
        place = words.skip_back(place - 1)
    day = day_before(words, place + 1) if place >= 0 else None
    if day is None or (words.gap(place + 1) == STOP and not is_ordinal(words, day)):
        return None
    return day


def _right_day(words: Words, month: int) -> Numeral | None:
    token = month + 1
    if token >= len(words.words) or (
        words.gap(token) in (BREAK, STOP) and words.words[month] not in _ABBREVIATED
    ):
        return None
    token, _ = words.skip(token)
    if token < len(words.words) and words.words[token] == "the":
        token += 1
    day = day_at(words, token) if token < len(words.words) else None
    repeated = month > 0 and words.words[month - 1] == words.words[month]
    if (
        day is None
        or _month_alone(words, month, token)
        or words.words[day.last : day.last + 1] in (["thousand"], ["hundred"])
        or (repeated and not is_ordinal(words, day))
        or _has_own_month(words, month, day)
        or (year_at(words, token, short=False) is not None and day.value > _MONTHS_A_YEAR)
    ):
        return None
    return day


def _month_alone(words: Words, month: int, token: int) -> bool:
    """Whether the month goes without a day: "in March, one in May", "last April." / "Nine?"."""
    led = month > 0 and words.words[month - 1] in _BEFORE_MONTH
    apart = words.gap(token) in (PAUSE, LINE) and words.words[token - 1] != "the"
    return led and apart


_BEFORE_MONTH = frozenset({"last", "next", "since", "in", "until", "till", "every", "by", "late"})


def _has_own_month(words: Words, month: int, day: Numeral) -> bool:
    """As in "was it November?" / "Third of March.": the day that answers is not November's."""
    after = day.last + (words.words[day.last : day.last + 1] == ["of"])
    own = after < len(words.words) and words.words[after] in MONTHS
    return own and LINE in {words.gap(token) for token in range(month + 1, day.first + 1)}


def _right_year(words: Words, token: int) -> Numeral | None:
    if token >= len(words.words) or words.gap(token) == BREAK:
        return None
    after, _ = words.skip(token)
    if after < len(words.words) and words.words[after] in ("of", "in"):
        after, _ = words.skip(after + 1)
    if words.words[after : after + 2] == ["the", "year"] and words.gap(token) != LINE:
        after += 2
    year = year_at(words, after, short=True)
    if year is None:
        return None
    stopped = any(words.gap(each) == STOP for each in range(token, after + 1))
    if year.value < 100 and (stopped or _followed_by_unit(words, year)):  # noqa: PLR2004 - short
        return None
    return year


def _followed_by_unit(words: Words, numeral: Numeral) -> bool:
    last = numeral.last
    return last < len(words.words) and words.gap(last) == SPACE and words.words[last] in UNITS


def _left_year(words: Words, first: int) -> Numeral | None:
    if first == 0 or words.gap(first) == BREAK:
        return None
    place = _back(words, first)
    return year_before(words, place + 1) if place >= 0 else None


def _is_verb(words: Words, month: int, day: Numeral) -> bool:
    """As in "one may", "we march four": a day only where the words leave no doubt."""
    name = words.words[month]
    if name not in _VERBS:
        return False
    if day.first > month:
        return not (is_ordinal(words, day) or (words.cased and words.capital(month)))
    if words.words[month - 1] == "of":
        return False
    if words.cased and words.capital(month) and words.words[day.last - 1].isdigit():
        return False
    following = words.words[month + 1] if month + 1 < len(words.words) else ""
    led = day.first > 0 and words.words[day.first - 1] in _DAY_LEADS
    figures = led and words.words[day.last - 1].isdigit()
    return not (is_ordinal(words, day) or figures) or following in _AFTER_VERB


def _ordinal_months(reading: Reading) -> Iterator[Day]:
    """As in "the twelfth of the third, fifty eight"."""
    words = reading.words
    for token, kind in enumerate(words.kinds):
        second = _after_of_the(words, token) if kind & ORDINAL else 0
        if not second:
            continue
        day, month = day_before(words, token + 1), ordinal_at(words, second)
        if day is None or month is None or not 1 <= month.value <= 12:  # noqa: PLR2004 - months
            continue
        year = _right_year(words, month.last)
        if year is None and not _birth(reading, day.first, month.last):
            continue
        last = year.last if year else month.last
        yield Day(day.first, last, day.value, month.value, year.value if year else 0)


def _after_of_the(words: Words, ordinal: int) -> int:
    """The token after "of the" that follows an ordinal, fillers aside; 0 when none does."""
    token = ordinal
    for expected in ("of", "the"):
        token, _ = words.skip(token + 1)
        if token >= len(words.words) or words.words[token] != expected:
            return 0
    return words.skip(token + 1)[0]


def _birth(reading: Reading, first: int, last: int) -> bool:
    cues = reading.cues
    behind = cues.before(CueKind.BIRTH, first, reach=_REACH)
    if behind is not None and reading.lines_between(first - behind - 1, first) <= _MOST_LINES:
        return True
    return cues.after(CueKind.BIRTH, last, reach=_BEHIND) is not None


def _judge(reading: Reading, day: Day, reference_year: int) -> Iterator[Hit]:
    born = _birth(reading, day.first, day.last)
    if not day.day and not (born and _close_to_birth(reading, day.first)):
        return
    if born:
        entity_type, score, rule = EntityType.DATE_OF_BIRTH, 0.95, "birth-cue"
    elif day.year and _is_grown(reading, day, reference_year):
        entity_type, score, rule = EntityType.DATE_OF_BIRTH, 0.7, "grown-year"
    else:
        entity_type, score = EntityType.DATE_TIME, 0.85 if day.year else 0.75
        rule = "day-month-year" if day.year else "day-month"
    yield reading.hit(day.first, day.last, entity_type, score, (NAME, rule))


def _close_to_birth(reading: Reading, first: int) -> bool:
    return reading.cues.before(CueKind.BIRTH, first, reach=12) is not None


def _is_grown(reading: Reading, day: Day, reference_year: int) -> bool:
    """A year that makes it a birthday, unless the words tell of an event on that day."""
    if full_year(day.year, reference=reference_year) > reference_year - _GROWN:
        return False
    words = reading.words
    lead = words.words[max(0, day.first - 2) : day.first]
    return not _EVENT_LEADS & set(lead)


def _in_figures(reading: Reading, reference_year: int) -> Iterator[Hit]:
    words = reading.words
    for each in figure_days(words):
        first, last = _token_at(words, each.start), _token_at(words, each.end - 1) + 1
        day = Day(first, last, each.day, each.month, each.year)
        yield from _judge(reading, day, reference_year)


def _token_at(words: Words, offset: int) -> int:
    return bisect_right(words.starts, offset) - 1
