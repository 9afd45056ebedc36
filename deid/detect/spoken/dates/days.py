"""Calendar days: "the seventeenth of November, nineteen ninety one", "12/03/1958".

A day of birth is one near a birth cue, or where a full day's year is that of a grown person. Never
a duration, a weekday, a bare year or month, a time of day, a score or a fraction.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.dates.day import Day, is_of_birth, year_ahead, year_behind
from deid.detect.spoken.dates.figures import figure_days
from deid.detect.spoken.dates.ordinal_months import ordinal_months
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, MONTHS, data
from deid.detect.spoken.heard.numerals import (
    Numeral,
    before_hesitation,
    day_at,
    day_before,
    full_year,
    is_ordinal,
    year_at,
)
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_GROWN = 14
_VERBS = frozenset({"may", "march", "mar", "sun"})
_AFTER_VERB = frozenset(data("context")["dates_after_verb"])
_TAKEN_BACK = frozenset(data("context")["dates_taken_back"])
_EVENT_LEADS = frozenset(data("context")["dates_event_leads"])
_EVENTS = frozenset(data("context")["dates_events"])
_OF_PEOPLE = frozenset({"i", "i'm", "he's", "she's", "mum", "dad", "mine", "mine's", "who's"})
_REACH, _REACH_UNSTOPPED = 7, 3
_MONTHS_A_YEAR, _LONGEST_ABBREVIATION = 12, 4
_ABBREVIATED = frozenset(
    month
    for month in MONTHS
    if len(month) <= _LONGEST_ABBREVIATION and month not in ("may", "june", "july")
)
_SPANS = frozenset(
    {"year", "years", "month", "months", "week", "weeks", "days", "nights", "hours", "minutes"}
    | {"times"}
)
_DAY_LEADS = frozenset(data("context")["dates_day_leads"])


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
    for day in ordinal_months(reading):
        yield from _judge(reading, day, reference_year)
    yield from _in_figures(reading, reference_year)


def _around(words: Words, month: int) -> Day | None:
    """The day that a month's name belongs to, with what precedes and follows it."""
    value = MONTHS[words.words[month]]
    before = None if _led_by_year(words, month) else _left_day(words, month)
    if before is not None:
        meant = _meant(words, month)
        year = year_behind(words, meant + 1)
        first, last = _corrected(words, before.first), year.last if year else meant + 1
        if not year and (year := year_ahead(words, before.first)):
            first = year.first
        if not year and _is_verb(words, month, before):
            return None
        return Day(first, last, before.value, value, year.value if year else 0)
    after = _right_day(words, month)
    if after is not None:
        year = year_behind(words, after.last)
        left = None if year else year_ahead(words, month)
        first = left.first if left else month
        last = year.last if year else after.last
        found = year or left
        if not found and _is_verb(words, month, after):
            return None
        return Day(first, last, after.value, value, found.value if found else 0)
    year = year_behind(words, month + 1)
    return Day(month, year.last, 0, value, year.value) if year else None


def _led_by_year(words: Words, month: int) -> bool:
    """As in "two thousand and twelve, November seventeenth": the number before is a year's."""
    year, day = year_ahead(words, month), _right_day(words, month)
    return year is not None and day is not None and is_ordinal(words, day)


def _meant(words: Words, month: int) -> int:
    """The month of "the fifteenth of March, sorry, November"; ``month`` where it stands."""
    if month + 1 >= len(words.words):
        return month
    place, corrected = words.skip(month + 1)
    anew = corrected and place < len(words.words) and words.kinds[place] & MONTH
    own_day = anew and _right_day(words, place) is not None and not year_behind(words, place + 1)
    return place if anew and not own_day else month


def _corrected(words: Words, first: int) -> int:
    """Where "the fifth, no, the sixth" begins, given where "sixth" does."""
    token = first - 1
    while token > 0 and first - token <= 5 and words.words[token] in _TAKEN_BACK:  # noqa: PLR2004 - "no, sorry, I mean the"
        token -= 1
    taken_back = set(words.words[token + 1 : first]) - {"the"}
    day = day_before(words, token + 1) if taken_back else None
    return day.first if day else first


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
    linked = "and" in words.words[month + 1 : token]  # "since last March and two brown ones"
    if token < len(words.words) and words.words[token] == "the":
        token += 1
    day = day_at(words, token) if token < len(words.words) else None
    repeated = month > 0 and words.words[month - 1] == words.words[month]
    if (
        day is None
        or _month_alone(words, month, token)
        or (linked and not is_ordinal(words, day))
        or words.words[day.last : day.last + 1] in (["thousand"], ["hundred"])
        or (_lasts(words, day.last) and not is_ordinal(words, day))
        or (repeated and not is_ordinal(words, day))
        or _has_own_month(words, month, day)
        or (year_at(words, token, short=False) is not None and day.value > _MONTHS_A_YEAR)
    ):
        return None
    return day


def _lasts(words: Words, last: int) -> bool:
    """As in "since November." / "Three years!": what follows a number makes it a duration."""
    return last < len(words.words) and words.words[last] in _SPANS and words.gap(last) == SPACE


def _month_alone(words: Words, month: int, token: int) -> bool:
    """Whether the month goes without a day: "in March, one in May", "last April." / "Nine?"."""
    led = month > 0 and words.words[month - 1] in _BEFORE_MONTH
    apart = words.gap(token) in (PAUSE, LINE) and words.words[token - 1] != "the"
    return led and apart


_BEFORE_MONTH = frozenset(
    {"last", "next", "since", "in", "until", "till", "every", "by", "late", "from"}
)


def _has_own_month(words: Words, month: int, day: Numeral) -> bool:
    """As in "was it November?" / "Third of March.": the day that answers is not November's."""
    after = day.last + (words.words[day.last : day.last + 1] == ["of"])
    own = after < len(words.words) and words.words[after] in MONTHS
    return own and LINE in {words.gap(token) for token in range(month + 1, day.first + 1)}


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


def _judge(reading: Reading, day: Day, reference_year: int) -> Iterator[Hit]:
    born = is_of_birth(reading, day.first, day.last)
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
    return not _EVENT_LEADS & set(lead) and not _tells_event(words, day.first)


def _tells_event(words: Words, first: int) -> bool:
    """As in "launched March 26th, 1921", "on the day that a train crossed, 26th January 1998"."""
    reach = _REACH if words.cased else _REACH_UNSTOPPED
    for token in range(first - 1, max(-1, first - 1 - reach), -1):
        if words.gap(token + 1) in (STOP, LINE, BREAK) or words.words[token] in _OF_PEOPLE:
            return False
        if words.words[token] in _EVENTS or words.words[token : token + 2] == ["today", "is"]:
            return True
        if words.words[token] == "interview" and (token == 0 or words.closes(token)):
            return True  # the head of one
    return False


def _in_figures(reading: Reading, reference_year: int) -> Iterator[Hit]:
    words = reading.words
    for each in figure_days(reading):
        first, last = _token_at(words, each.start), _token_at(words, each.end - 1) + 1
        day = Day(first, last, each.day, each.month, each.year)
        yield from _judge(reading, day, reference_year)


def _token_at(words: Words, offset: int) -> int:
    return bisect_right(words.starts, offset) - 1
