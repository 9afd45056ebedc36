"""Postcodes torn apart, or never finished: "HX7, I forget, seven, D for David, B for butter".

An outward part where the talk is of an address tells by itself where somebody lives. Its inward
half may come a few words or a turn later, and be cut short ("four P something"). Never a vertebra,
a vitamin or a road: an area of one letter has to stand right after a street or, with two
figures, after a town.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import LETTER, NATO, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP
from deid.detect.spoken.postcodes.shapes import INWARD, outward, with_letter
from deid.detect.spoken.postcodes.towns_before import is_by_town
from deid.transcript import EntityType

NAME = "spoken-postcodes"
_ENDS = (STOP, LINE, PAUSE, BREAK)
_REACH_STREET, _REACH_CUE, _BESIDE, _LINES = 16, 16, 1, 2
_APART, _APART_TURN, _NEXT = 9, 12, 3
_AREA, _SURE_DISTRICT, _INWARD, _VITAMIN = 2, 3, 3, "B12"
_INWARD_CUT, _SECTOR = re.compile(r"\d[A-Z]"), re.compile(r"\d")
_FORGETTING, _FORGOTTEN = frozenset({"remember", "forget", "forgotten", "forgot"}), 7
_CUT_SHORT = frozenset(data("context")["postcode_cut_short"])
_LEADS = frozenset(data("context")["postcode_leads"])


class _Half(NamedTuple):
    """Tokens (half-open) and characters of a part of a postcode; ``whole`` with an inward half."""

    first: int
    last: int
    chars: str
    whole: bool


@cache
def _with_cut() -> re.Pattern[str]:
    """An outward part and an inward one that lacks a letter or two."""
    return re.compile(rf"({outward().pattern})(\d[A-Z]?)")


@cache
def _sector_again() -> re.Pattern[str]:
    """A postcode whose sector is said twice: "BT12 6..." / "6HW"."""
    return re.compile(rf"(?:{outward().pattern})(\d)\1[A-Z]{{2}}")


def torn_postcodes(reading: Reading) -> Iterator[Hit]:
    """Hits for the halves, whether or not another rule knows one of them."""
    near = _Places(reading)
    for place, stretch in enumerate(reading.stretches):
        for start, end in stretch.matches(_sector_again()):
            if stretch.breaks[stretch.units[end - _INWARD]] == LINE:
                first, last = stretch.tokens(start, end)
                claim = (NAME, "sector-again")
                yield reading.hit(first, last, EntityType.UK_POSTCODE, 0.8, claim)
        half = None if stretch.quantity else _outward_half(reading, stretch)
        half = half or _outward_half(reading, _before_next(stretch))
        if half is None:
            continue
        rest = None if half.whole else _inward_half(reading, place, half)
        if near.holds(half, paired=rest is not None):
            for part in (half, rest) if rest else (half,):
                last = _with_something(reading, part.last)
                yield reading.hit(part.first, last, EntityType.UK_POSTCODE, 0.65, (NAME, "torn"))


def _outward_half(reading: Reading, stretch: Stretch) -> _Half | None:
    """The outward part with which a stretch ends, from a pause to a pause."""
    if not (_closed(reading, stretch.last) or _breaks_off(reading, stretch.last)):
        return None
    for unit, mark in enumerate(stretch.breaks):
        if unit and mark not in _ENDS:
            continue
        chars = with_letter(stretch.chars[stretch.units.index(unit) :])
        first = stretch.spans[unit][0]
        if outward().fullmatch(chars):
            return _Half(first, stretch.last, chars, whole=False) if _led(reading, first) else None
        cut = _with_cut().fullmatch(chars)
        if cut and _breaks_off(reading, stretch.last):
            return _Half(first, stretch.last, chars, whole=True)
    return None


def _before_next(stretch: Stretch) -> Stretch:
    """The stretch without a number that begins the next sentence: "UB1. Forty-four years now."."""
    for unit in range(len(stretch.spans) - 1, 0, -1):
        place = stretch.units.index(unit)
        if not stretch.chars[place:].isdigit():
            return stretch
        if stretch.breaks[unit] == STOP and outward().search(stretch.chars[:place]):
            return Stretch(
                stretch.chars[:place], stretch.units[:place], stretch.spans[:unit],
                stretch.breaks[:unit], quantity=False,
            )  # fmt: skip
    return stretch


def _closed(reading: Reading, last: int) -> bool:
    words = reading.words
    return words.closes(last) or words.skip(last)[0] > last


def _breaks_off(reading: Reading, last: int) -> bool:
    """Whether the speaker gives up there: "something", "..."."""
    words = reading.words
    more = last < len(words.words)
    forgets = more and not _FORGETTING.isdisjoint(words.words[last : last + _FORGOTTEN])
    return more and (words.words[last] in _CUT_SHORT or ".." in words.between(last) or forgets)


def _led(reading: Reading, first: int) -> bool:
    words = reading.words
    return first == 0 or words.gap(first) in _ENDS or words.words[first - 1] in _LEADS


def _inward_half(reading: Reading, place: int, half: _Half) -> _Half | None:
    """The rest of it, a few words on or in the next turn."""
    for stretch in reading.stretches[place + 1 : place + 1 + _NEXT]:
        lines = reading.lines_between(half.last - 1, stretch.first)
        if stretch.first - half.last > (_APART_TURN if lines else _APART) or lines > _LINES:
            return None
        found = _rest(reading, stretch)
        if found is not None:
            return found
    return None


def _rest(reading: Reading, stretch: Stretch) -> _Half | None:
    """The inward half with which a stretch begins, up to a pause."""
    words = reading.words
    for size, pattern in ((_INWARD, INWARD), (_INWARD - 1, _INWARD_CUT), (1, _SECTOR)):
        chars = stretch.chars[:size]
        if not pattern.fullmatch(chars) or not stretch.whole_units(0, size):
            continue
        last, units = stretch.tokens(0, size)[1], stretch.units[size - 1] + 1
        whole = size == len(stretch.chars)
        told = all(
            words.kinds[low] & (LETTER | NATO) or high - low > 1
            for low, high in stretch.spans[1:units]
        )
        cut = _breaks_off(reading, last)
        closed = cut or (_closed(reading, last) if whole else stretch.breaks[units] in _ENDS)
        if closed and (cut or size == _INWARD) and told and not (whole and stretch.quantity):
            return _Half(stretch.first, last, chars, whole=True)
    return None


def _with_something(reading: Reading, last: int) -> int:
    return last + 1 if reading.words.words[last : last + 1] == ["something"] else last


class _Places:
    """Where the talk is of an address: cues, streets, dwellings, a town right before."""

    def __init__(self, reading: Reading) -> None:
        words = reading.words
        self._reading = reading
        self._streets = {
            token for token in reading.streets if not words.cased or words.capital(token)
        }
        self._dwellings = set(reading.dwellings)

    def holds(self, half: _Half, *, paired: bool) -> bool:
        """Whether a half is one: near an address, or sure by its other half."""
        if not half.chars[1].isalpha():
            district = len(half.chars) >= _SURE_DISTRICT and half.chars != _VITAMIN
            street = half.first - _BESIDE in self._streets
            street = street and self._reading.words.gap(half.first) == PAUSE  # "Marlow Street, L8"
            return (paired or district or street) and self._beside(half.first)
        if half.whole or paired:
            return paired or len(half.chars) > _AREA + _SURE_DISTRICT or self._near(half.first)
        return self._near(half.first)

    def _beside(self, first: int) -> bool:
        """Whether a street or the question for a postcode stands right before."""
        cue = self._reading.cues.before(CueKind.POSTCODE, first, reach=_REACH_CUE // 2)
        words = self._reading.words
        return cue is not None or first - _BESIDE in self._streets or is_by_town(words, first)

    def _near(self, first: int) -> bool:
        cues = self._reading.cues
        for kind in (CueKind.POSTCODE, CueKind.ADDRESS):
            if cues.before(kind, first, reach=_REACH_CUE) is not None:
                return True
        close = range(max(0, first - _REACH_STREET), first)
        return any(token in self._streets or token in self._dwellings for token in close)
