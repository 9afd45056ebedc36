"""Parts of a date of birth anywhere in the talk about it, in whatever turn they come.

"She's the eighth of the fourth too, but sixty-five."; "I've got the ninth here." / "Nineteenth.";
"what day" / "twelfth, it's twelfth"; "98 thank you". A date of birth that was found opens such
talk; it goes on for some turns, each part that is found prolongs it, and whatever asks for another
identifier ends it. In it a day, a month or a year counts where a clause leads up to it and no noun
follows. Never a rank ("the first time", "third of four"), an amount, an age or a reading.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.dates.births import OTHER
from deid.detect.spoken.dates.checked import is_other_talk, year_after
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL, STREET, UNITS, data
from deid.detect.spoken.heard.numerals import Numeral, ordinal_at, year_at
from deid.detect.spoken.heard.pieces import is_asked_of
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_NAME = "spoken-dates"
_PARTS = NUMERAL | ORDINAL | MONTH
_TURNS, _NEAR, _NEVER = 5, 3, -9
_CENTURY, _FULL, _EARLIEST, _LAST_DAY, _RANKS, _MONTHS = 100, 1900, 27, 31, 3, 12
_ASKED, _SAID, _FIGURES = 12, 30, 3
_CONTEXT = data("context")
_LEADS = frozenset(_CONTEXT["birth_talk_leads"])
_TAILS = frozenset(_CONTEXT["birth_talk_tails"])
_THEIRS = frozenset(_CONTEXT["birth_talk_theirs"])
_YEAR_LEADS = frozenset(_CONTEXT["birth_talk_year_leads"])
_OF_VISITS = frozenset(_CONTEXT["birth_talk_visits"])
_OF_ANOTHER = frozenset(_CONTEXT["birth_talk_other_years"])


class _Known(NamedTuple):
    """A flag for each token of a date of birth, and their years, of two digits."""

    opens: bytearray
    years: frozenset[int]


def birth_talk(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such parts, none of them in ``hits``."""
    born = [hit for hit in hits if hit.entity_type is _BIRTH]
    if not born:
        return
    words, taken, opens = reading.words, covered(reading, hits), covered(reading, born)
    known = _Known(opens, _years(words, opens))
    ending = {cue.last for kind in OTHER for cue in reading.cues.of(kind)}
    asked = {cue.last for cue in reading.cues.of(CueKind.BIRTH)}
    told, free, opened = _NEVER, 0, False
    for token, line in enumerate(reading.lines()):
        opened = opened or bool(opens[token])
        if opens[token] or (opened and token in asked):
            told = line
        elif token in ending:
            told = _NEVER
        if not opened or token < free or taken[token] or not words.kinds[token] & _PARTS:
            continue
        last = _theirs(words, token)
        if not last and line - told <= _TURNS:
            last = _whole(words, token) or _day(words, token) or _month(words, token)
            last = last or _year(words, token, known, near=line - told <= _NEAR)
        if last:
            told, free = line, last
            yield reading.hit(token, last, _BIRTH, 0.65, (_NAME, "birth-talk"))


def _years(words: Words, opens: Sequence[int]) -> frozenset[int]:
    """The years, of two digits, of the dates of birth."""
    found = set()
    for token, flag in enumerate(opens):
        year = year_at(words, token, short=True) if flag else None
        if year is not None and not ordinal_at(words, token):
            found.add(year.value % _CENTURY)
    return frozenset(found)


def _whole(words: Words, token: int) -> int:
    """The token after day, month and year in numbers, all of their clause."""
    year = year_after(words, token)
    if year is None or is_other_talk(words, token, year.last) or not _led(words, token):
        return 0
    figures = year.last - token == _FIGURES and all(
        words.words[each].isdigit() for each in range(token, year.last)
    )
    return year.last if figures or _ends(words, year.last) else 0


def _day(words: Words, token: int) -> int:
    """The token after "the ninth", "ninth of the second, fifty"; 0 where none begins."""
    day = ordinal_at(words, token)
    if day is None or not 0 < day.value <= _LAST_DAY or words.words[token - 1] == "of":
        return 0
    led = _led(words, token) or (words.words[token - 1] == "the" and words.gap(token) == SPACE)
    end = _of_month(words, day.last)
    if end:
        return _and_year(words, end) if led else 0
    theirs = " ".join(words.words[max(0, token - 2) : token])
    if day.value <= _RANKS and theirs not in _THEIRS and words.gap(token) != LINE:
        return 0
    return day.last if led and _ends(words, day.last) else 0


def _theirs(words: Words, token: int) -> int:
    """As in "I'm the fourth of the sixth", wherever dates of birth were told before."""
    day = ordinal_at(words, token)
    lead = " ".join(words.words[max(0, token - 2) : token])
    if day is None or lead not in _THEIRS or not 0 < day.value <= _LAST_DAY:
        return 0
    end = _of_month(words, day.last)
    return _and_year(words, end) if end else 0


def _of_month(words: Words, last: int) -> int:
    """The token after "of the fourth", "of May", "month"; 0 for others ("of four children")."""
    if last >= len(words.words) or words.gap(last) == STOP:
        return 0
    if words.words[last] == "month":
        return last + 1
    place = last + (words.words[last] == "of")
    if place == last or place >= len(words.words):
        return 0
    if words.kinds[place] & MONTH:
        return place + 1
    if words.words[place] != "the":
        return 0
    month = ordinal_at(words, place + 1)
    return month.last if month is not None and month.value <= _MONTHS else 0


def _and_year(words: Words, last: int) -> int:
    """The token after the year that goes on from a month ("too, but sixty-five"), or ``last``."""
    place = last
    while place < len(words.words) and words.words[place] in _BETWEEN and words.gap(place) != LINE:
        place += 1
    if place >= len(words.words) or words.gap(place) in (LINE, STOP):
        return last
    year = year_at(words, place, short=True)
    if year is None:
        return last
    odd = words.words[year.last : year.last + 1] == ["odd"]
    return year.last + odd if _ends(words, year.last + odd) else last


_BETWEEN = frozenset({"too", "but", "and", "as", "well", "also"})


def _month(words: Words, token: int) -> int:
    """The token after a month that is all that its clause says."""
    if not words.kinds[token] & MONTH or not _led(words, token):
        return 0
    before = words.words[max(0, token - _ASKED) : token]
    when = before[-1:] == ["in"] and before[-2:-1] != ["time"]
    other = when or before[-1:] in (["the"], ["was"]) or not _OF_VISITS.isdisjoint(before)
    return token + 1 if _ends(words, token + 1) and not other else 0


def _year(words: Words, token: int, known: _Known, *, near: bool) -> int:
    """The token after a year: one that was told, or, near the last part, all of its clause."""
    year = year_at(words, token, short=True)
    if year is None or ordinal_at(words, token) or not _asks_year(words, token):
        return 0
    told = year.value % _CENTURY in known.years
    follows = words.kinds[token - 1] & (MONTH | NUMERAL) and words.gap(token) != LINE
    if follows or _is_amount(words, year):
        return 0
    if told and words.gap(token) == LINE:
        return year.last
    likely = told or (near and _is_likely(words, year, known))
    when = words.words[token - 1] == "in" and not (told and year.value < _CENTURY)
    whole = likely and not when and not _of_another(words, token)
    return year.last if whole and _goes_on(words, year.last) else 0


def _asks_year(words: Words, token: int) -> bool:
    """Whether a sentence begins there, or "it's", "or", "I've got" leads up to it."""
    return words.closes(token) or words.words[token - 1] in _YEAR_LEADS


def _is_likely(words: Words, year: Numeral, known: _Known) -> bool:
    """Whether a year that was not told may be one of birth, and is no number said before."""
    inside = words.gap(year.first) == STOP and not known.opens[year.first - 1]
    if year.value >= _FULL:
        return True
    return year.value >= _EARLIEST and not inside and not _counted_before(words, year)


def _goes_on(words: Words, last: int) -> bool:
    """Whether the sentence ends after a year, or what follows is of the year still."""
    ends = last >= len(words.words) or (words.closes(last) and words.gap(last) != PAUSE)
    return ends or words.words[last] in _TAILS


def _counted_before(words: Words, year: Numeral) -> bool:
    """Whether the same number was said shortly before, as in "twenty-two of them"."""
    said = words.words[year.first : year.last]
    return any(
        words.words[first : first + len(said)] == said
        for first in range(max(0, year.first - _SAID), year.first)
    )


def _of_another(words: Words, token: int) -> bool:
    """Whether what was asked before is how many, or in which year something else came about."""
    said = words.words[max(0, token - _ASKED) : token]
    return is_asked_of(said) or not _OF_ANOTHER.isdisjoint(said)


def _is_amount(words: Words, year: Numeral) -> bool:
    """Whether a unit, a street or another number follows."""
    last = year.last
    if last >= len(words.words) or words.gap(last) not in (SPACE, "-"):
        return False
    return words.words[last] in UNITS or bool(words.kinds[last] & (STREET | NUMERAL | MONTH))


def _led(words: Words, token: int) -> bool:
    """Whether a clause begins there, or "it's", "or the", "I've got" leads up to it."""
    if not token or words.closes(token):
        return True
    first = token - (words.words[token - 1] == "the" and words.gap(token) == SPACE)
    return first == 0 or words.closes(first) or words.words[first - 1] in _LEADS


def _ends(words: Words, last: int) -> bool:
    """Whether the clause ends there or goes on with what is no noun."""
    return words.closes(last) or words.words[last] in _TAILS
