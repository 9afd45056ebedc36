"""A calendar day as said, the year that belongs to it, and whether it is one of birth."""

from dataclasses import dataclass

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import UNITS, data
from deid.detect.spoken.heard.numerals import Numeral, year_at, year_before
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words

_REACH, _BEHIND, _MOST_LINES = 40, 6, 6
_CENTURY = 100
_LEADS = frozenset(data("context")["dated_leads"])
_GOES_ON = frozenset(data("context")["dated_follow"])
_ASKED = frozenset({"when", "when's", "date", "dates"})
_WHICH = frozenset({"what", "which", "what's"})
_COUNTED = UNITS | {"past"}
_LONGEST_QUESTION, _MOST_LEADS = 24, 4


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day as said. ``year`` is 0 where none was, ``day`` where only month and year."""

    first: int
    last: int
    day: int
    month: int
    year: int


def is_of_birth(reading: Reading, first: int, last: int) -> bool:
    """Whether a birth cue stands near the tokens ``first`` to ``last`` (half-open)."""
    cues = reading.cues
    behind = cues.before(CueKind.BIRTH, first, reach=_REACH)
    if behind is not None and reading.lines_between(first - behind - 1, first) <= _MOST_LINES:
        return True
    return cues.after(CueKind.BIRTH, last, reach=_BEHIND) is not None


def year_behind(words: Words, token: int) -> Numeral | None:
    """The year of a day that ends before ``token``; to the one meant in "1933, no, 1923"."""
    year = _year_from(words, token)
    if year is None or year.last >= len(words.words):
        return year
    place, corrected = words.skip(year.last)
    anew = year_at(words, place, short=year.value < _CENTURY) if corrected else None
    if anew is None or any(words.gap(each) == LINE for each in range(year.last, place + 1)):
        return year
    return Numeral(anew.value, year.first, anew.last)


def _year_from(words: Words, token: int) -> Numeral | None:
    if token >= len(words.words) or words.gap(token) == BREAK:
        return None
    after, _ = words.skip(token)
    if words.words[after : after + 2] == ["back", "in"] and words.gap(token) == SPACE:
        after += 1
    if after < len(words.words) and words.words[after] in ("of", "in"):
        after, _ = words.skip(after + 1)
    if words.words[after : after + 2] == ["the", "year"] and words.gap(token) != LINE:
        after += 2
    year = year_at(words, after, short=True)
    if year is None:
        return None
    stopped = any(words.gap(each) == STOP for each in range(token, after + 1))
    return None if year.value < _CENTURY and (stopped or _is_amount(words, year)) else year


def _is_amount(words: Words, numeral: Numeral) -> bool:
    last = numeral.last
    return last < len(words.words) and words.gap(last) == SPACE and words.words[last] in _COUNTED


def year_ahead(words: Words, first: int) -> Numeral | None:
    """The full year said before a day or month that begins at ``first``."""
    if first == 0 or words.gap(first) == BREAK:
        return None
    place = first - 1
    while place >= 0:
        place = words.skip_back(place)
        if place < 0 or words.words[place] not in _LINKS:
            break
        place -= 1
    return year_before(words, place + 1) if place >= 0 else None


_LINKS = frozenset({"of", "the", "on", "in", "was", "it"})


def is_led(words: Words, first: int) -> bool:
    """Whether what stands before a day leads up to one: "due the", "it was", "Thursday"."""
    if first and words.words[first - 1] == "the" and words.gap(first) == SPACE:
        first -= 1
    return first > 0 and words.gap(first) in (SPACE, PAUSE) and words.words[first - 1] in _LEADS


def goes_on(words: Words, last: int) -> bool:
    """Whether the clause ends after a day, or goes on as it does after one: "at ten", "and I"."""
    return words.closes(last) or words.words[last] in _GOES_ON


def asked_when(reading: Reading, first: int) -> bool:
    """Whether a day begins the answer, few words aside, to "when did it start?"."""
    words, begin = reading.words, first
    while begin > 0 and words.gap(begin) != LINE:
        begin -= 1
    if not begin or first - begin > _MOST_LEADS:
        return False
    asked = begin - 1
    while asked > 0 and words.gap(asked) != LINE and begin - asked < _LONGEST_QUESTION:
        asked -= 1
    said = words.words[asked:begin]
    return not _ASKED.isdisjoint(said) or ("day" in said and not _WHICH.isdisjoint(said))
