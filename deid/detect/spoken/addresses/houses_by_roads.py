"""In texts of one case: houses by their names before a street, and two streets that meet.

"At the old granary on maple close leyland"; "my nan's beech lodge queens drive"; "the coach house
ash grove"; "on the corner of abbey mews and mill street". The street has a strong type and words
that name it: never "the old barn on the main road", "rose cottage on a long drive".
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, ROAD_LEADS, address_hit
from deid.detect.spoken.addresses.towns import towns
from deid.detect.spoken.heard.lexicon import NUMERAL, SKIP, STREET, STRONG_STREETS, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import SPACE, Words

_OLD = phrases(data("streets")["old_houses"])
_SURE = frozenset(data("streets")["sure_houses"]) | {"hall", "manor", "barn", "mill", "villa"}
_TWO_WORDS = frozenset({("coach", "house"), ("school", "house"), ("police", "house")})
_MOST, _PAIR = 2, 2


def houses_by_roads(reading: Reading) -> Iterator[Hit]:
    """Hits for both, with the towns behind them."""
    words = reading.words
    for street in reading.streets if not words.cased else ():
        strong = words.words[street] in STRONG_STREETS
        for name in range(street - 1, max(0, street - 1 - _MOST), -1) if strong else ():
            if not _names(words, name):
                break
            first = _house_before(words, name)
            if first is not None:
                yield address_hit(reading, first, street + 1, 0.75, "house-by-road")
                yield from towns(reading, street + 1)
                break
        yield from _corner(reading, street)


def _names(words: Words, token: int) -> bool:
    """Whether a word may name a street or a house, and the next one follows at once."""
    word, kind = words.words[token], words.kinds[token]
    plain = word in DESCRIBING or word in NOT_NAMES or word in ROAD_LEADS or "'" in word
    return words.gap(token + 1) == SPACE and not plain and not kind & (NUMERAL | SKIP)


def _house_before(words: Words, name: int) -> int | None:
    """Where a house begins that stands right before a street's name, or before "on" and it."""
    if words.gap(name) != SPACE:
        return None
    on = words.words[name - 1] == "on" and words.gap(name - 1) == SPACE
    last = name - on
    for first in range(last - _PAIR, max(0, last - _PAIR - 1) - 1, -1):
        if first < 1 or words.gap(first + 1) != SPACE or words.gap(last) != SPACE:
            continue
        the = words.words[first - 1] == "the" and words.gap(first) == SPACE
        old = words.words[first] == "old" and words.phrase(first + 1, _OLD) == last - first - 1
        pair = tuple(words.words[first:last]) in _TWO_WORDS
        if the and (old or pair):
            return first - 1
    named = last > 1 and words.words[last - 1] in _SURE and _names(words, last - _PAIR)
    return last - _PAIR if named and not words.kinds[last - _PAIR] & STREET else None


def _corner(reading: Reading, street: int) -> Iterator[Hit]:
    """As in "the corner of abbey mews and mill street", given the first street's type."""
    words = reading.words
    first = _after_corner(words, street)
    if not first or words.words[street + 1 : street + 2] != ["and"]:
        return
    for last in range(street + 3, min(len(words.words), street + 3 + _MOST)):
        if not _names(words, last - 1):
            return
        if words.kinds[last] & STREET:
            yield address_hit(reading, first, street + 1, 0.75, "corner")
            yield address_hit(reading, street + 2, last + 1, 0.75, "corner")
            return


def _after_corner(words: Words, street: int) -> int:
    """The token after "corner of" that begins a street's name; 0 where none leads to it."""
    for first in range(street - 1, max(1, street - 1 - _MOST), -1):
        if not _names(words, first):
            return 0
        if words.words[first - _PAIR : first] == ["corner", "of"]:
            return first
    return 0
