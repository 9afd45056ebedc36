"""Birthdays told sideways: "I'm a Halloween baby", "a fifty-eight model", "I'm March '58".

"Her birthday's in a week, the fourth"; "a March baby, the fourth"; "nineteen fifty-eight, March".
Only of somebody, and only in these frames: never a car of that year, "the second this year", nor
what happens on a feast.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL, data, phrases
from deid.detect.spoken.heard.numerals import ordinal_at, year_at, year_before
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, Words
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_FEASTS = phrases(data("context")["birth_feasts"])
_SOMEBODY = frozenset({"i'm", "he's", "she's", "was", "am", "is", "they're", "be"})
_BORN = frozenset({"baby", "model", "vintage", "child"})
_DAYS, _LONGEST, _TO_BIRTHDAY = 31, 8, 12


def sideways(reading: Reading) -> Iterator[Hit]:
    """Hits for the feasts, years and days so told."""
    words = reading.words
    for token, kind in enumerate(words.kinds):
        spans: list[tuple[int, int]] = []
        if words.words[token] in ("a", "an") and words.words[max(0, token - 1)] in _SOMEBODY:
            spans += _baby(words, token + 1)
        if kind & ORDINAL and _of_a_birthday(reading, token):
            day = ordinal_at(words, token)
            spans += [(day.first, day.last)] if day else []
        if kind & MONTH:
            spans += _month_and_year(reading, token)
        for first, last in spans:
            yield reading.hit(first, last, _BIRTH, 0.75, ("spoken-dates", "sideways"))


def _baby(words: Words, first: int) -> Iterator[tuple[int, int]]:
    """As in "a Christmas Day baby, 1948", "a fifty-eight model", "a March baby, the fourth"."""
    if first >= len(words.words):
        return
    size = words.phrase(first, _FEASTS)
    year = year_at(words, first, short=True) if words.kinds[first] & NUMERAL else None
    month = words.kinds[first] & MONTH
    last = year.last if year else first + (size or bool(month))
    if last == first or words.words[last : last + 1] == [] or words.words[last] not in _BORN:
        return
    if not month:
        yield first, last
    after = last + 1
    after += words.words[after : after + 1] == ["the"]
    if after >= len(words.words):
        return
    told = ordinal_at(words, after) or year_at(words, after, short=True)
    if told is not None and words.gap(last + 1) == PAUSE and _closed(words, told.last):
        yield told.first, told.last


def _of_a_birthday(reading: Reading, token: int) -> bool:
    """Whether a day's rank is a clause by itself, after "birthday" in this turn or the last."""
    words, day = reading.words, ordinal_at(reading.words, token)
    if day is None or day.first != token or day.value > _DAYS or not _closed(words, day.last):
        return False
    lead = token - (token > 0 and words.words[token - 1] == "the")
    apart = lead > 0 and words.gap(lead) in (PAUSE, LINE)
    said = words.words[max(0, lead - _TO_BIRTHDAY) : lead]
    lines = reading.lines_between(max(0, lead - _TO_BIRTHDAY), lead)
    return apart and lines <= 1 and not {"birthday", "birthday's"}.isdisjoint(said)


def _month_and_year(reading: Reading, month: int) -> Iterator[tuple[int, int]]:
    """As in "I'm March '58", and asked for a birth: "nineteen fifty-eight, March"."""
    words = reading.words
    year = year_at(words, month + 1, short=True) if month + 1 < len(words.words) else None
    told = month > 0 and words.words[month - 1] in ("i'm", "he's", "she's")
    if told and year and words.gap(month + 1) == SPACE and _closed(words, year.last):
        yield month, year.last
    before = year_before(words, month) if month and words.gap(month) == PAUSE else None
    asked = reading.cues.before(CueKind.BIRTH, month, reach=_LONGEST) is not None
    if before is not None and asked and _closed(words, month + 1):
        yield before.first, month + 1


def _closed(words: Words, last: int) -> bool:
    return words.closes(last)
