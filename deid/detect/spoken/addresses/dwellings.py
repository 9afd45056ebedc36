"""Flats around a street address: "flat 2B, first floor,", "flat 4B, first floor" alone."""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import REACH
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import (
    DWELLING,
    LETTER,
    MIXED,
    MULTIPLE,
    NATO,
    NUMERAL,
    ORDINAL,
    UNITS,
    data,
)
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SLASH, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-addresses"
DESCRIBING = frozenset(data("streets")["describing"])
ROAD_LEADS = frozenset(data("context")["addresses_road_leads"])
BUILDINGS = frozenset(data("streets")["buildings"])
NOT_NAMES = frozenset(data("context")["addresses_not_towns"])
_FLOORS = frozenset({"ground", "top", "basement", "upper"})
FLATS_BY_PLACE = frozenset(data("streets")["flats_by_place"])
_LEADING = frozenset({"on", "at", "in", "off"})
_NOT_ALONE = frozenset({"unit", "plot", "studio"})
_NUMBERED = NUMERAL | MIXED
_FARTHEST, _MOST_PARTS = 3, 3


def flat_before(reading: Reading, first: int) -> int:
    """The beginning of "flat 2B, first floor, number ..." before a house number."""
    words = reading.words
    for _ in range(_MOST_PARTS):
        token = first - 1
        if token < 0 or words.gap(first) not in (SPACE, PAUSE, STOP):
            return first
        if words.words[token] == "number":
            first = token
            continue
        numbered = words.kinds[token - 1] & (NUMERAL | MIXED) and words.gap(token) == SPACE
        led = token > 0 and words.words[token] in _LEADING and numbered
        moved = _before_floor(reading, first) or _dwelling_start(reading, token - bool(led))
        moved = _hesitated(words, first) if moved is None else moved
        moved = _slashed(words, first) if moved is None else moved
        if moved is None:
            return _taken_back(reading, first)
        first = moved
    return first


def _before_floor(reading: Reading, first: int) -> int | None:
    """Where "flat two, on the third floor," begins, given its floor; None without the flat."""
    words, lead = reading.words, first - len(_ON_THE)
    if lead < 1 or words.words[lead:first] != _ON_THE or not is_floor(words, first):
        return None
    near = words.gap(lead) in (SPACE, PAUSE)
    return _dwelling_start(reading, lead - 1) if near else None


_ON_THE = ["on", "the"]


def is_floor(words: Words, token: int) -> bool:
    """Whether a word tells a floor: "fourth", "4th", "top"."""
    return bool(words.kinds[token] & ORDINAL) or words.words[token] in _FLOORS


def _hesitated(words: Words, first: int) -> int | None:
    """Where "flat, you know, three," begins before the number at ``first``, or "flat, hang on,"."""
    number = first
    while number > 0 and first - number < _MOST_PARTS and words.kinds[number - 1] & _NUMBERED:
        number -= 1
    for place in {number, first}:
        flat = words.skip_back(place - 1)
        told = flat < place - 1 and flat >= 0 and words.kinds[flat] & DWELLING
        if told and words.hesitates(flat + 1, place) and words.gap(flat + 1) in (SPACE, PAUSE):
            return flat_start(words, flat)
    return None


def _slashed(words: Words, first: int) -> int | None:
    """Where "two slash one," begins, a Scottish flat by its floor and door, without "flat"."""
    begin = first - 3
    said = begin >= 0 and words.words[first - 2] in {"slash", "stroke"}
    told = said and words.kinds[begin] & words.kinds[first - 1] & NUMERAL
    near = all(words.gap(token) == SPACE for token in (first - 2, first - 1))
    return begin if told and near and words.gap(first) in (SPACE, PAUSE) else None


def _taken_back(reading: Reading, first: int) -> int:
    """Where "flat two, hang on," begins that stands before the flat at ``first``; or ``first``."""
    words = reading.words
    for begin in range(first - 1, max(0, first - _FARTHEST), -1):
        if not words.kinds[first] & DWELLING or words.skip(begin)[0] != first:
            continue
        before = _dwelling_start(reading, begin - 1)
        again = before is not None and words.words[before] == words.words[first]
        if before is not None and (again or words.skip(begin)[1]):
            return before
    return first


def _dwelling_start(reading: Reading, token: int) -> int | None:
    """Where "flat two" or "first floor flat" that ends at ``token`` begins."""
    words = reading.words
    for back in range(token, max(-1, token - 4), -1):
        joined = words.gap(back + 1) in (SPACE, PAUSE, SLASH, HYPHEN) if back < token else True
        if not joined or (back < token and not _of_door(words, back + 1)):
            return None  # "a flat on", "the flat was on the second floor"
        if words.kinds[back] & DWELLING:
            return flat_start(words, back)
        room = words.words[back] == "room" and words.kinds[token + 1] & DWELLING
        if room or words.words[back] == "block":
            return back
        if words.words[back] == "floor" and back and is_floor(words, back - 1):
            return back - 1
    return None


def flat_start(words: Words, token: int) -> int:
    """Where "top floor flat", "garden flat" begins, given its flat; ``token`` for a plain one."""
    if token > 1 and words.words[token - 1] == "floor" and is_floor(words, token - 2):
        return token - 2
    placed = token > 0 and words.words[token - 1] in FLATS_BY_PLACE
    return token - (placed and words.gap(token) == SPACE)


def _of_door(words: Words, token: int) -> bool:
    """Whether a word can stand between "flat" and the house number: "two", "B", "first floor"."""
    said = words.words[token]
    told = words.kinds[token] & (NUMERAL | MIXED | LETTER | NATO | ORDINAL | MULTIPLE | DWELLING)
    return bool(told) or len(said) == 1 or said in _FLOORS or said in _OF_DOORS


_OF_DOORS = frozenset(
    {
        "floor",
        "number",
        "left",
        "right",
        "up",
        "front",
        "back",
        "rear",
        "stroke",
        "slash",
        "dash",
        "for",
        "um",
        "er",
        "erm",
        "uh",
    }
)


def dwellings(reading: Reading) -> Iterator[Hit]:
    """A flat alone, near an address: "flat 4B"."""
    words = reading.words
    for token in reading.dwellings:
        after = token + 1
        if after >= len(words.words) or words.gap(after) != SPACE:
            continue
        last = _number_end(words, after)
        if not last or words.words[token] in _NOT_ALONE:
            continue
        letter = last < len(words.words) and len(words.words[last]) == 1
        last += letter and words.gap(last) == SPACE and words.words[last] not in ("a", "i")
        last += _second_part(words, last)
        floor = _floor_end(words, last)
        near = reading.cues.before(CueKind.ADDRESS, token, reach=REACH) is not None
        if near or (floor > last and words.words[token] in _HOMES):
            yield address_hit(reading, token, floor, 0.75, "dwelling")


def _number_end(words: Words, token: int) -> int:
    """The token after "sixty two", "a hundred and four", "4B"; 0 where a quantity or none is."""
    hundred = words.words[token : token + 2] == ["a", "hundred"]
    numeral = numeral_at(words, token + hundred)
    if numeral is None:
        return token + 1 if words.kinds[token] & (NUMERAL | MIXED) else 0
    quantity = numeral.last < len(words.words) and words.words[numeral.last] in UNITS
    return 0 if quantity and words.gap(numeral.last) == SPACE else numeral.last


_HOMES = frozenset({"flat", "apartment", "apt", "maisonette", "bedsit"})
_LEVELS = (["basement"], ["ground", "floor"], ["lower", "ground", "floor"], ["upper", "floor"])


def _floor_end(words: Words, last: int) -> int:
    """The token after the floor of "flat 4B, first floor", which ends its clause; else ``last``."""
    place = last + len(_ON_THE) * (words.words[last : last + 2] == _ON_THE)
    place += place == last and words.words[last : last + 1] == ["the"]
    if place >= len(words.words) or words.gap(last) not in (SPACE, PAUSE):
        return last
    end = place + next(
        (len(said) for said in _LEVELS if words.words[place : place + len(said)] == said), 0
    )
    if end == place and is_floor(words, place) and words.words[place + 1 : place + 2] == ["floor"]:
        end = place + 2
    return end if end > place and words.closes(end) else last


def _second_part(words: Words, token: int) -> bool:
    """Whether the second half of a Scottish flat follows, "flat 2/1": its floor, then its door."""
    more = token < len(words.words) and words.gap(token) == SLASH
    return more and bool(words.kinds[token] & NUMERAL)


def address_hit(reading: Reading, first: int, last: int, score: float, rule: str) -> Hit:
    """A street address over tokens."""
    return reading.hit(first, last, EntityType.STREET_ADDRESS, score, (NAME, rule))
