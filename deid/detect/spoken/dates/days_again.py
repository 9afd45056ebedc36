"""A day of birth said again in another form: what counts is the value, not the characters.

"The third of May, nineteen forty one" / "third, fifth" / "forty-one, yes"; a day put in figures
that was said with its month's name. Runs after the recognisers that found it, reads whole clauses
only, and never takes a lone number that is not the day or the year which was said.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import MONTH, MONTHS, NUMERAL, ORDINAL
from deid.detect.spoken.heard.numerals import Numeral, day_at, is_ordinal, year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_REACH, _CLOSE = 80, 24
_ENDS = (STOP, LINE, BREAK)
_LEADS = frozenset({"the", "of", "it's", "that's", "was", "is", "in", "so", "on", "born", "and"})
_CONFIRMS = frozenset({"yes", "yeah", "yep", "aye", "no", "wait", "sorry"})
_WITHIN = frozenset({"the", "of", "um", "uh", "er", "erm"})
_DAYS = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME})
_MOST_PARTS, _WHOLE = 3, 2
_ASKED_NEXT = (["month"], ["year"])


@dataclass(frozen=True, slots=True)
class Said:
    """The numbers of a date as said: each of them with its tokens, ``ordinal`` where all are."""

    first: int
    last: int
    values: tuple[int, ...]
    ordinals: int
    full_year: bool


def days_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for dates of birth among ``hits`` that are said again after them."""
    words = reading.words
    found = sorted({(hit.start, hit.end) for hit in hits if hit.entity_type in _DAYS})
    spans = [
        (bisect_left(words.starts, low), bisect_left(words.starts, high)) for low, high in found
    ]
    values = [_values(words, [span]) for span in spans]
    free = 0
    for place, (_, last) in enumerate(spans):
        limit = spans[place + 1][0] if place + 1 < len(spans) else len(words.words)
        near = range(max(0, place - _REACH), place + 1)
        known = frozenset[int]().union(
            *(values[each] for each in near if last - spans[each][1] < _REACH)
        )
        token = max(last, free)
        while token < min(limit, last + _REACH):
            said = said_at(words, token)
            if said is None:
                token += 1
                continue
            token = free = said.last
            if _same(reading, said, known, apart=said.first - last):
                claim = (NAME, "birth-again")
                yield reading.hit(said.first, said.last, EntityType.DATE_OF_BIRTH, 0.7, claim)


def _values(words: Words, spans: list[tuple[int, int]]) -> frozenset[int]:
    """All numbers of the dates: days, months, years of two digits."""
    values = set()
    for first, last in spans:
        token = first
        while token < last:
            said = said_at(words, token)
            values |= set(said.values) if said else set()
            token = said.last if said else token + 1
    return frozenset(values)


def said_at(words: Words, token: int) -> Said | None:
    """Up to three numbers, ordinals or months from ``token`` on, of one clause."""
    values: list[int] = []
    ordinals, full, last, place = 0, False, token, token
    while place < len(words.words) and len(values) < _MOST_PARTS:
        if values and words.gap(place) in _ENDS:
            break
        if words.kinds[place] & MONTH and values:
            values.append(MONTHS[words.words[place]])
            place = last = place + 1
            continue
        part, is_full = _part(words, place)
        if part is None:
            if not values or words.words[place] not in _WITHIN:
                break
            place += 1
            continue
        full = full or is_full
        ordinals += is_ordinal(words, part)
        values.append(part.value % 100 if is_full else part.value)
        place = last = part.last
    return Said(token, last, tuple(values), ordinals, full) if values else None


def _part(words: Words, token: int) -> tuple[Numeral | None, bool]:
    """A day, month or year, and whether it is a year with its century."""
    if not words.kinds[token] & (NUMERAL | ORDINAL):
        return None, False
    year = year_at(words, token, short=False)
    if year is not None:
        return year, True
    return day_at(words, token) or year_at(words, token, short=True), False


def _same(reading: Reading, said: Said, known: frozenset[int], *, apart: int) -> bool:
    """Whether what was said is the known date, or a part that can be nothing else."""
    if not known.issuperset(said.values) or not _is_clause(reading, said):
        return False
    if len(said.values) == _MOST_PARTS:
        return True
    if said.full_year:
        return apart <= _REACH
    if apart > _CLOSE:
        return False
    if len(said.values) == _WHOLE or not _alone(reading, said):
        return said.ordinals > 0 or (len(said.values) == _WHOLE and _alone(reading, said))
    behind = reading.words.words[said.last : said.last + 1]
    return said.ordinals > 0 or said.values[0] > 31 or behind in _ASKED_NEXT  # noqa: PLR2004 - no day


def _is_clause(reading: Reading, said: Said) -> bool:
    """Whether the sentence ends or pauses after it, and led up to it."""
    words, first = reading.words, said.first
    ends = said.last >= len(words.words) or words.gap(said.last) != SPACE
    if not ends and words.words[said.last] not in ("yeah", "yes", "okay", "yep", "right", "lovely"):
        return False
    while first > 0 and words.gap(first) == SPACE and words.words[first - 1] in _LEADS:
        first -= 1
    confirms = first > 0 and words.words[first - 1] in _CONFIRMS
    return (
        first == 0 or confirms or reading.starts_turn(first) or words.gap(first) in (*_ENDS, PAUSE)
    )


def _alone(reading: Reading, said: Said) -> bool:
    """Whether it begins its turn, or ends its sentence behind "so yes", "no wait"."""
    words, before = reading.words, said.first - 1
    confirms = before >= 0 and words.words[before] in _CONFIRMS
    ends = said.last >= len(words.words) or words.gap(said.last) in _ENDS
    return reading.starts_turn(said.first) or (confirms and ends)
