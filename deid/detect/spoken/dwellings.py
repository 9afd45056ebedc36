"""What stands around a street address: flats, house names, door numbers, the town after it."""

from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import DIGIT, DWELLING, MIXED, NUMERAL, data
from deid.detect.spoken.reading import Reading
from deid.detect.spoken.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-addresses"
REACH = 25
DESCRIBING = frozenset(data("streets")["describing"])
ROAD_LEADS = frozenset(data("context")["addresses_road_leads"])
_HOUSES = frozenset(data("streets")["houses"])
_NOT_TOWNS = frozenset(data("context")["addresses_not_towns"])
_FLOORS = frozenset({"ground", "first", "second", "third", "fourth", "top", "basement", "upper"})
_NOT_ALONE = frozenset({"unit", "plot", "studio"})
_HOUSE_REACH, _LONGEST_HOUSE, _DOOR_REACH = 12, 2, 6
_MOST_PARTS, _MOST_TOWNS, _SHORTEST_TOWN = 3, 3, 3


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
        moved = _dwelling_start(reading, token)
        if moved is None:
            return first
        first = moved
    return first


def _dwelling_start(reading: Reading, token: int) -> int | None:
    """Where "flat two" or "first floor flat" that ends at ``token`` begins."""
    words = reading.words
    for back in range(token, max(-1, token - 4), -1):
        if back < token and words.gap(back + 1) not in (SPACE, PAUSE):
            return None
        if words.kinds[back] & DWELLING:
            start = back
            if back > 1 and words.words[back - 1] == "floor" and words.words[back - 2] in _FLOORS:
                start = back - 2
            return start
        if words.words[back] == "floor" and back and words.words[back - 1] in _FLOORS:
            return back - 1
    return None


def dwellings(reading: Reading) -> Iterator[Hit]:
    """A flat alone, near an address: "flat 4B"."""
    words = reading.words
    for token in reading.dwellings:
        after = token + 1
        if after >= len(words.words) or words.gap(after) != SPACE:
            continue
        if not words.kinds[after] & (NUMERAL | MIXED) or words.words[token] in _NOT_ALONE:
            continue
        if reading.cues.before(CueKind.ADDRESS, token, reach=REACH) is not None:
            last = after + 1
            letter = last < len(words.words) and len(words.words[last]) == 1
            last += letter and words.gap(last) == SPACE and words.words[last] not in ("a", "i")
            yield address_hit(reading, token, last, 0.75, "dwelling")


def houses(reading: Reading) -> Iterator[Hit]:
    """A house with a name, near an address: "Rose Cottage"."""
    words = reading.words
    for token in reading.streets:
        if words.words[token] not in _HOUSES or token == 0:
            continue
        distance = reading.cues.before(CueKind.ADDRESS, token, reach=_HOUSE_REACH)
        if distance is None or words.gap(token) != SPACE:
            continue
        first = _house_name(words, token)
        if first is not None:
            yield address_hit(reading, first, token + 1, 0.7, "house-name")


def _house_name(words: Words, token: int) -> int | None:
    first = token
    while first > 0 and token - first < _LONGEST_HOUSE and words.gap(first) == SPACE:
        word = words.words[first - 1]
        if word in DESCRIBING or word in ROAD_LEADS or words.kinds[first - 1] & NUMERAL:
            break
        if words.cased and not words.capital(first - 1):
            break
        first -= 1
    if first == token or (words.cased and not words.capital(token)):
        return None
    return first


def door_numbers(reading: Reading) -> Iterator[Hit]:
    """A number after "house number"."""
    words = reading.words
    firsts = [numeral.first for numeral in reading.numerals]
    for cue in reading.cues.of(CueKind.ADDRESS):
        if words.words[cue.last - 1] != "number":
            continue
        place = bisect_left(firsts, cue.last)
        if place < len(firsts) and firsts[place] <= cue.last + _DOOR_REACH:
            numeral = reading.numerals[place]
            yield address_hit(reading, numeral.first, numeral.last, 0.7, "door-number")


def towns(reading: Reading, last: int) -> Iterator[Hit]:
    """Capitalised places after a whole address, set off by commas: ", Fishponds, Bristol"."""
    words = reading.words
    token = last
    for _ in range(_MOST_TOWNS if words.cased else 0):
        first = token
        if token >= len(words.words) or words.gap(token) != PAUSE or not _town_word(words, token):
            return
        token += 1
        while (
            token < len(words.words)
            and words.gap(token) in (SPACE, "-")
            and _town_word(words, token)
        ):
            token += 1
        ends = (
            token >= len(words.words)
            or words.gap(token) in (PAUSE, STOP, LINE, BREAK)
            or bool(words.kinds[token] & MIXED)
        )
        if not ends or words.words[first] in _NOT_TOWNS:
            return
        yield reading.hit(first, token, EntityType.LOCATION, 0.6, (NAME, "after-address"))


def _town_word(words: Words, token: int) -> bool:
    word = words.words[token]
    plain = word.isalpha() and not words.kinds[token] & DIGIT
    return plain and len(word) >= _SHORTEST_TOWN and words.capital(token)


def address_hit(reading: Reading, first: int, last: int, score: float, rule: str) -> Hit:
    """A street address over tokens."""
    return reading.hit(first, last, EntityType.STREET_ADDRESS, score, (NAME, rule))
