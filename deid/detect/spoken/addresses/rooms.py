"""Rooms of a building that has a name: "elm lodge room four station road", "room 6 at The Beeches".

Only right after a building's name ("lodge", "tower"), or right before one, with "at" or a comma:
"unit 4, Falcon Works". Never "court room two" or "the house, room four of it": a word has to name
the building, which a plural with "the" does by itself.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import (
    BUILDINGS,
    DESCRIBING,
    NOT_NAMES,
    ROAD_LEADS,
    address_hit,
    flat_start,
)
from deid.detect.spoken.addresses.parts import is_plural_house
from deid.detect.spoken.heard.lexicon import DWELLING, MIXED, NUMERAL, STREET, UNITS, data
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.gazetteer import lexicon

_LEADS = frozenset({"it's", "at"})
_AT = frozenset({"at", "in", "on"})
_BUILDINGS = BUILDINGS - {"court", "point", "hall"}
_PLAIN = DESCRIBING | NOT_NAMES | ROAD_LEADS
_BEFORE = BUILDINGS | frozenset(data("streets")["houses"]) | frozenset(data("streets")["rooms_of"])
_LONGEST_STREET, _LONGEST_NAME, _SENTENCE = 3, 4, 12


def rooms(reading: Reading) -> Iterator[Hit]:
    """A building's name, the room, and the street after it; or the room first."""
    words = reading.words
    yield from _of_buildings(reading)
    for token, word in enumerate(words.words[:-1]):
        if word == "room":
            for first, last in _moved(words, token):
                yield address_hit(reading, first, last, 0.6, "room-moved")
        if word != "room" or token < 2 or not _is_building(words, token - 1):  # noqa: PLR2004 - a name and its building
            continue
        numeral = numeral_at(words, token + 1)
        joined = words.gap(token) in (SPACE, PAUSE) and words.gap(token + 1) == SPACE
        if numeral is None or not joined or not _names(words, token - 2):
            continue
        last = numeral.last
        if last < len(words.words) and words.gap(last) == SPACE and words.words[last] in UNITS:
            continue
        yield address_hit(reading, token - 2, _street_end(words, last), 0.65, "room-building")


def _is_building(words: Words, token: int) -> bool:
    written = words.cased and words.capital(token)
    return words.words[token] in (_BEFORE if written else _BUILDINGS)


def _of_buildings(reading: Reading) -> Iterator[Hit]:
    """As in "room 6 at The Beeches", "plot nine, the Willows", "studio 9 the old brewery"."""
    words = reading.words
    for token, kind in enumerate(words.kinds[:-1]):
        door = words.words[token] == "number" and token > 0 and words.words[token - 1] in _LEADS
        if not (kind & DWELLING or words.words[token] == "room" or (door and not words.cased)):
            continue
        begin, number = _numbered(words, token)
        if number in (0, len(words.words)):
            continue
        first = number + (words.words[number] in _AT and words.gap(number) == SPACE)
        if first < len(words.words) and words.gap(first) in (SPACE, PAUSE):
            last = _building_end(words, first) if first == number else _named_end(words, first)
            if last > first:
                yield address_hit(reading, begin, _street_end(words, last), 0.65, "room-of")


def _numbered(words: Words, token: int) -> tuple[int, int]:
    """Where "room 6", "flat 2B", "top floor flat" begins, and the token after it; 0 for none."""
    begin = flat_start(words, token)
    if begin < token:
        return begin, token + 1
    numeral = numeral_at(words, token + 1)
    number = numeral.last if numeral else token + 1 + bool(words.kinds[token + 1] & MIXED)
    return token, number if number > token + 1 and words.gap(token + 1) == SPACE else 0


def _named_end(words: Words, first: int) -> int:
    """As below, behind "at": also a lone name that is no English word ("room 14 at Ferndale")."""
    last = first + 1
    named = words.cased and words.words[first - 1] == "at" and _is_name(words, first)
    if named and words.closes(last) and not lexicon().entry(words.words[first]).tier:
        return last
    return _building_end(words, first)


def _building_end(words: Words, first: int) -> int:
    """The token after a building's name; ``first`` where none begins."""
    name = first + (words.words[first] == "the")
    if name > first and name < len(words.words) and is_plural_house(words, name):
        return name + 1
    for token in range(name, min(len(words.words), name + _LONGEST_NAME)):
        old = token == name > first and words.words[token] == "old"
        if token > name and words.words[token] in _BEFORE and _of_the_name(words, token):
            more = token + 1 < len(words.words) and words.words[token + 1] in _BEFORE
            return token + 1 + (more and _of_the_name(words, token + 1))
        if not old and not (
            _is_name(words, token) and (token == name or words.gap(token) == SPACE)
        ):
            return first
    return first


def _of_the_name(words: Words, token: int) -> bool:
    return words.gap(token) == SPACE and (not words.cased or words.capital(token))


def _names(words: Words, token: int) -> bool:
    """Whether a word may be the name of the building right after it."""
    return _is_name(words, token) and words.gap(token + 1) == SPACE


def _is_name(words: Words, token: int) -> bool:
    plain = (
        words.words[token] in _PLAIN or words.kinds[token] & NUMERAL or "'" in words.words[token]
    )
    return not plain and (not words.cased or words.capital(token))


def _street_end(words: Words, last: int) -> int:
    """The token after the street that follows at once; ``last`` where none does."""
    for token in range(last, min(len(words.words), last + _LONGEST_STREET)):
        if words.gap(token) not in ((SPACE, PAUSE) if token == last else (SPACE,)):
            return last
        if words.kinds[token] & STREET:
            return token + 1 if token > last else last
        if words.words[token] in _PLAIN or words.kinds[token] & NUMERAL:
            return last
    return last


def _told(words: Words, house: int) -> bool:
    """Whether a building is named: by capitals, or right behind "in" in a text of one case."""
    if words.cased:
        return words.capital(house)
    return house > 1 and words.words[house - 2] in _AT and words.gap(house - 1) == SPACE


def _moved(words: Words, token: int) -> Iterator[tuple[int, int]]:
    """As in "in Larch House still, but room 12 now, not 21": the numbers behind the house."""
    numeral = numeral_at(words, token + 1)
    first = token
    while first > 0 and token - first < _SENTENCE and words.gap(first) not in (LINE, STOP):
        first -= 1
    house = any(
        words.words[place] in _BEFORE and _names(words, place - 1) and _told(words, place)
        for place in range(first + 1, token)
    )
    if numeral is None or not house or words.gap(token + 1) != SPACE:
        return
    last = numeral.last
    now = words.words[last : last + 1] == ["now"] and words.gap(last) == SPACE
    if not words.closes(last + now) and words.words[last + now] != "not":
        return
    yield token, last
    other = last + now
    other += words.words[other : other + 1] == ["not"]
    other += words.words[other : other + 1] == ["room"]
    again = numeral_at(words, other) if last + now < other < len(words.words) else None
    if again is not None and words.closes(again.last):
        yield other, again.last
