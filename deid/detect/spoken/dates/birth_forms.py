"""Dates of birth in forms of their own, near a birth cue.

"Tenth month, fourth day, nineteen fifty-five"; "St David's Day, nineteen thirty-six"; "the seventh,
no, I tell a lie, the seventeenth of..."; "Dale Moss, two seven eighty-seven" where name and date
of birth were asked for. Never a feast that is only spoken of, nor a rank that is put right.
"""

from collections.abc import Iterator
from string import ascii_uppercase

from deid.detect.spoken.dates.births import plausible
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL, data, phrases
from deid.detect.spoken.heard.numerals import day_before, ordinal_at, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words

type Span = tuple[int, int]

_REACH, _BEHIND, _MOST_LINES = 25, 6, 4
_MONTHS, _DAYS, _MOST_BETWEEN, _MOST_NAMES, _ASKED, _UNITS = 12, 31, 7, 5, 40, 3
_ENDS = (STOP, LINE, PAUSE, BREAK)
_FEASTS = phrases(data("context")["birth_feasts"])
_FEAST_LEADS = frozenset(data("context")["birth_feast_leads"])
_TAKEN_BACK = frozenset(data("context")["birth_taken_back"])
_NAME_LEADS = frozenset(data("context")["birth_name_leads"])
_NAMED = {"month": _MONTHS, "day": _DAYS}


def birth_forms(reading: Reading) -> Iterator[Span]:
    """The tokens (half-open) of each."""
    if not reading.cues.of(CueKind.BIRTH):
        return
    words = reading.words
    for token, kind in enumerate(words.kinds):
        if words.words[token] in _FEASTS:
            yield from _feast(reading, token)
        if kind & ORDINAL and _asked(reading, token):
            yield from _named_parts(words, token)
            yield from _put_right(words, token)
            yield from _in_clauses(words, token)
    for stretch in reading.stretches:
        first = _after_a_name(reading, stretch)
        if first:
            yield first, stretch.last


def _asked(reading: Reading, token: int, *, reach: int = _REACH) -> bool:
    before = reading.cues.before(CueKind.BIRTH, token, reach=reach)
    if before is None:
        return reading.cues.after(CueKind.BIRTH, token, reach=_BEHIND) is not None
    return reading.lines_between(max(0, token - before - 1), token) <= _MOST_LINES


def _named_parts(words: Words, token: int) -> Iterator[Span]:
    """As in "tenth month, fourth day, nineteen fifty-five", in either order."""
    named, place, last = set[str](), token, token
    while len(named) < len(_NAMED):
        part = ordinal_at(words, place)
        name = words.words[part.last] if part and part.last < len(words.words) else ""
        if part is None or name in named or not 1 <= part.value <= _NAMED.get(name, 0):
            return
        named.add(name)
        last = part.last + 1
        place = _past(words, last)
    year = year_at(words, place, short=True)
    yield token, year.last if year else last


def _in_clauses(words: Words, token: int) -> Iterator[Span]:
    """As in "the twelfth, it's June, and the year is 1942", "fourth day of June in 1966"."""
    first = day_before(words, token + 1)
    place = token + 1
    if first is None:
        return
    if words.words[place : place + 2] == ["day", "of"]:
        place += 2
    elif words.words[place : place + 1] == ["it's"] and words.gap(place) in (PAUSE, SPACE):
        place += 1
    else:
        return
    if place >= len(words.words) or not words.kinds[place] & MONTH:
        return
    last, after = place + 1, place + 1
    if words.words[after : after + 4] in (
        ["and", "the", "year", "is"],
        ["and", "the", "year", "was"],
    ):
        after += 4
    elif words.words[after : after + 3] == ["and", "the", "year's"]:
        after += 3
    elif words.words[after : after + 1] in (["in"], ["of"]):
        after += 1
    year = year_at(words, after, short=True)
    yield first.first, year.last if year and words.gap(last) in (SPACE, PAUSE) else last


def _past(words: Words, token: int) -> int:
    """The token after fillers and "of the"."""
    token, _ = words.skip(token)
    while token < len(words.words) and words.words[token] in ("of", "the", "in"):
        token, _ = words.skip(token + 1)
    return token


def _put_right(words: Words, token: int) -> Iterator[Span]:
    """As in "the seventh, no, I tell a lie, the seventeenth of..."."""
    day = day_before(words, token + 1)
    if day is None or day.last >= len(words.words) or words.gap(day.last) not in _ENDS:
        return
    for place in range(day.last, min(len(words.words), day.last + _MOST_BETWEEN + 1)):
        other = ordinal_at(words, place)
        if other is None:
            continue
        between = set(words.words[day.last : place])
        closed = words.closes(other.last)
        closed = closed or words.words[other.last] == "of"
        if closed and other.value <= _DAYS and between & _TAKEN_BACK:
            yield day.first, other.last
        return


def _feast(reading: Reading, token: int) -> Iterator[Span]:
    """As in "St David's Day nineteen thirty-six"; alone right after "born on"."""
    words = reading.words
    size = words.phrase(token, _FEASTS)
    if not size or not _asked(reading, token):
        return
    last = token + size
    place = _past(words, last)
    year = year_at(words, place, short=True) if place < len(words.words) else None
    before = reading.cues.before(CueKind.BIRTH, token, reach=_REACH)
    led = before is not None and _FEAST_LEADS.issuperset(words.words[token - before : token])
    if year or led:
        yield token, year.last if year else last


def _after_a_name(reading: Reading, stretch: Stretch) -> int:
    """The token of a day, month and year in digits after a name that begins a turn; else 0."""
    words = reading.words
    chars = stretch.chars.lstrip(ascii_uppercase)  # "Jo, four, three, ..." is one stretch
    unit = stretch.units[len(stretch.chars) - len(chars)] if chars else 0
    first = stretch.spans[unit][0]
    digits = chars.isdigit() and len(stretch.spans) - unit >= _UNITS
    if not digits or stretch.quantity or not plausible(chars):
        return 0
    if (
        not first
        or words.gap(first) not in (PAUSE, STOP)
        or not _asked(reading, first, reach=_ASKED)
    ):
        return 0
    for token in range(first - 1, max(-1, first - _MOST_NAMES - 1), -1):
        name = words.capital(token) or not words.cased or words.words[token] in _NAME_LEADS
        if not name:
            return 0
        if token == 0 or words.gap(token) == LINE:
            return first
    return 0
