"""Floors of an address: "Floor?" / "Fourth floor.", "Flat 1/2, 14 Byres Road. Top floor left.".

Right before a flat ("9th floor, flat 2"), right after an address, or in answer to a
question for the floor shortly after one; never the floor of a clinic or a ward.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import address_hit, is_floor
from deid.detect.spoken.addresses.ends import SIDES
from deid.detect.spoken.heard.lexicon import DWELLING
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

_CARE = frozenset({"clinic", "ward", "department", "office", "surgery", "theatre", "hospital"})
_NEAR, _REACH = 6, 30


def floors(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits over "fourth floor", with its side."""
    words = reading.words
    streets = [hit for hit in hits if hit.entity_type is EntityType.STREET_ADDRESS]
    ends = sorted(bisect_left(words.starts, hit.end) for hit in streets)
    flats = {bisect_left(words.starts, hit.start) for hit in streets}
    for floor in (token for token, word in enumerate(words.words) if word == "floor"):
        first = floor - 1
        if first < 1 or not is_floor(words, first) or words.gap(floor) != SPACE:
            continue
        last = floor + 1
        if last in flats and words.kinds[last] & DWELLING and words.gap(last) in (SPACE, PAUSE):
            yield address_hit(reading, first, last + 1, 0.65, "floor-before")
            continue
        side = words.words[last : last + 1] and words.words[last] in SIDES
        last += bool(side) and words.gap(last) == SPACE
        place = bisect_left(ends, max(0, first - _REACH))
        if not words.closes(last) or place == len(ends) or ends[place] > first:
            continue
        behind = first in ends[place:] and words.gap(first) == STOP
        if behind or _asked(reading, first):
            yield address_hit(reading, first, last, 0.6, "floor")


def _asked(reading: Reading, first: int) -> bool:
    """Whether the turn before asks for a floor, and of no clinic."""
    words = reading.words
    first -= words.words[first - 1] == "the" and words.gap(first) == SPACE
    first -= words.words[first - 1] == "on" and words.gap(first) == SPACE
    if not reading.starts_turn(first):
        return False
    turn = words.skip_back(first - 1) + 1
    begin = turn - 1
    while begin > 0 and turn - begin < _NEAR and words.gap(begin) not in (LINE, STOP):
        begin -= 1
    asked = words.words[begin:turn]
    return "floor" in asked and _CARE.isdisjoint(asked)
