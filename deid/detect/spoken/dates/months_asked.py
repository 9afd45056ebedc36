"""Days whose month was asked for: "she's the eighth and I'm the ninth" / "Of?" / "Of September".

Every day of the turn before the question is one of that month; with its year, long ago, they are
dates of birth. Also feasts in a list of births: "Hugh was Boxing Day nineteen seventy." Never a
rank that nobody asks a month of.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL, SKIP, data, phrases
from deid.detect.spoken.heard.numerals import Numeral, ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_BIRTH, _DATE = EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME
_ASKED = frozenset(
    {"of", "of what", "of which", "of what month", "of which month", "what month", "which month"}
)
_LONGEST, _BEFORE, _BABIES, _LIST, _LAST_DAY, _SMALL = 3, 40, 14, 40, 31, 5
_FEASTS = phrases(data("context")["birth_feasts"])
_BEHIND = frozenset({"and", "or", "but", "on", "here", "down"})
_LEADS = frozenset({"was", "is", "he's", "she's", "on", "came"})
_LEADS_BACK = frozenset(data("context")["birth_feast_leads"])


def months_asked(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for the days, and for the month that answers with its year."""
    words = reading.words
    for month in reading.months:
        begin = month - (month > 0 and words.words[month - 1] == "of")
        asked = _question(reading, begin)
        if asked < 0:
            continue
        days = list(_days(reading, asked))
        if not days:
            continue
        year = _year(reading, month + 1)
        old = year is not None and year.value <= reference_year - _BABIES
        kind = _BIRTH if old else _DATE
        for day in days:
            yield reading.hit(day.first, day.last, kind, 0.75, (NAME, "month-asked"))
        last = year.last if year else month + 1
        yield reading.hit(month, last, kind, 0.75, (NAME, "month-asked"))


def feasts_of_births(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for feasts with their year soon after a date of birth, and for the feast that it is.

    As in "the fourteenth of the second, fifty-nine. Valentine's.": the day is said again by it, or
    told by it first ("she's Boxing Day, twenty-sixth of December").
    """
    births = sorted(hit.end for hit in hits if hit.entity_type is _BIRTH)
    if not births:
        return
    words = reading.words
    begins = {bisect_left(words.starts, hit.start) for hit in hits if hit.entity_type is _BIRTH}
    for token, word in enumerate(words.words):
        size = words.phrase(token, _FEASTS) if word in _FEASTS else 0
        if not size or not token:
            continue
        place = bisect_left(births, words.starts[token]) - 1
        ahead = words.gap(token + size) in (SPACE, PAUSE) if token + size in begins else False
        if ahead or (place >= 0 and _right_behind(words, births[place], token)):
            yield reading.hit(token, token + size, _BIRTH, 0.75, (NAME, "feast-of-birth"))
        year = _year(reading, token + size)
        if year is not None and _is_full(words, token + size):
            yield reading.hit(token, year.last, _BIRTH, 0.75, (NAME, "feast-and-year"))
            continue
        if year is None or words.words[token - 1] not in _LEADS:
            continue
        since = words.starts[max(0, token - _LIST)]
        cued = reading.cues.before(CueKind.BIRTH, token, reach=_LIST) is not None
        if cued or (place >= 0 and births[place] >= since):
            yield reading.hit(token, year.last, _BIRTH, 0.75, (NAME, "feast-of-birth"))


def _is_full(words: Words, token: int) -> bool:
    """Whether a year with its century is said there: "Christmas Day nineteen thirty-six"."""
    return year_at(words, token, short=False) is not None


def _right_behind(words: Words, birth: int, token: int) -> bool:
    """Whether nothing but small words stands between the end of a date of birth and a token."""
    first = bisect_left(words.starts, birth)
    few = token - first <= _SMALL and words.text.count("\n", birth, words.starts[token]) <= 1
    return few and all(
        words.words[each] in _LEADS_BACK or words.kinds[each] & SKIP for each in range(first, token)
    )


def _question(reading: Reading, begin: int) -> int:
    """The first token of the turn before, where it asks for the month; -1 for none."""
    words, first = reading.words, begin
    if not begin or words.gap(begin) != LINE:
        return -1
    while first > 0 and begin - first <= _LONGEST:
        first -= 1
        if words.gap(first) == LINE:
            guessed = words.words[first] == "of" and words.kinds[first + 1] & MONTH
            guessed = guessed and first + 2 == begin  # "Of March?"
            asked = " ".join(words.words[first:begin]) in _ASKED
            return first if asked or guessed else -1
    return -1


def _days(reading: Reading, end: int) -> Iterator[Numeral]:
    """The days with "the" of the turn that ends before a token, each at the end of its clause."""
    words, first = reading.words, end - 1
    while first > 0 and words.gap(first) != LINE and end - first < _BEFORE:
        first -= 1
    for token in range(first, end):
        if not words.kinds[token] & ORDINAL:
            continue
        compound = token > 1 and words.words[token - 1] != "the"
        day = ordinal_at(words, token - compound)
        whole = day is not None and day.last == token + 1 and day.value <= _LAST_DAY
        ends = words.closes(token + 1) or words.words[token + 1] in _BEHIND
        if day is not None and whole and ends:
            yield day


def _year(reading: Reading, token: int) -> Numeral | None:
    words = reading.words
    if token >= len(words.words) or words.gap(token) not in (SPACE, PAUSE):
        return None
    year = year_at(words, token, short=True)
    ends = year is not None and (words.closes(year.last) or words.gap(year.last) in (STOP, LINE))
    return year if ends else None
