"""Addresses with a hesitation inside the street's name: "12 Elder, what is it, Lane".

A number, one or two names, fillers, and the type: with capitals wherever they tell something, or
at the end of a clause. Never "2 spoons, um, close the lid".
"""

from collections.abc import Iterator, Mapping

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import (
    DESCRIBING,
    NOT_NAMES,
    address_hit,
    flat_before,
)
from deid.detect.spoken.addresses.towns import towns
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, STRONG_STREETS, UNITS
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, SPACE, Words

_LONGEST_NAME, _SHORTEST = 2, 3


def hesitant(reading: Reading, numbers: Mapping[int, Door]) -> Iterator[Hit]:
    """Hits over the number, the name and the type, and the towns behind."""
    words = reading.words
    for street in reading.streets:
        name = words.skip_back(street - 1) if street else -1
        if name < 1 or not words.hesitates(name + 1, street):
            continue
        if any(words.gap(each) == LINE for each in range(name + 1, street + 1)):
            continue
        if (first := _door_name(words, name, numbers)) and _is_type(words, street):
            begin = flat_before(reading, numbers[first].first)
            yield address_hit(reading, begin, street + 1, 0.65, "hesitant")
            yield from towns(reading, street + 1)


def _door_name(words: Words, name: int, numbers: Mapping[int, Door]) -> int:
    """The first token of the names that end at ``name``, right behind a number; 0 for none."""
    for first in range(name, max(0, name - _LONGEST_NAME), -1):
        word, kind = words.words[first], words.kinds[first]
        plain = word in DESCRIBING or word in NOT_NAMES or word in UNITS
        small = words.cased and not words.capital(first)
        if plain or small or kind & (NUMERAL | MONTH) or len(word) < _SHORTEST:
            return 0
        if first in numbers:
            return first
        if words.gap(first) not in (SPACE, HYPHEN):
            return 0
    return 0


def _is_type(words: Words, street: int) -> bool:
    """Whether the word is a type with its capital; in captions a sure one at its clause's end."""
    if words.cased:
        return words.capital(street)
    return words.words[street] in STRONG_STREETS and words.closes(street + 1)
