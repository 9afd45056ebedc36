"""Rooms of a building that has a name, without a question: "elm lodge room four station road".

Only right after a building's name ("lodge", "tower"), never "court room two" or "the house, room
four of it": the word before the building has to name it.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import (
    BUILDINGS,
    DESCRIBING,
    NOT_NAMES,
    ROAD_LEADS,
    address_hit,
)
from deid.detect.spoken.heard.lexicon import NUMERAL, STREET, UNITS
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words

_BUILDINGS = BUILDINGS - {"court", "point", "hall"}
_PLAIN = DESCRIBING | NOT_NAMES | ROAD_LEADS
_LONGEST_STREET = 3


def rooms(reading: Reading) -> Iterator[Hit]:
    """A building's name, the room, and the street after it."""
    words = reading.words
    for token, word in enumerate(words.words[:-1]):
        if word != "room" or token < 2 or words.words[token - 1] not in _BUILDINGS:  # noqa: PLR2004 - a name and its building
            continue
        numeral = numeral_at(words, token + 1)
        joined = words.gap(token) in (SPACE, PAUSE) and words.gap(token + 1) == SPACE
        if numeral is None or not joined or not _names(words, token - 2):
            continue
        last = numeral.last
        if last < len(words.words) and words.gap(last) == SPACE and words.words[last] in UNITS:
            continue
        yield address_hit(reading, token - 2, _street_end(words, last), 0.65, "room-building")


def _names(words: Words, token: int) -> bool:
    """Whether a word may be the name of the building right after it."""
    plain = words.words[token] in _PLAIN or words.kinds[token] & NUMERAL
    capital = not words.cased or words.capital(token)
    return not plain and capital and words.gap(token + 1) == SPACE


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
