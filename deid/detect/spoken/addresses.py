"""Street addresses: number, name and street type; a road's name alone.

"Fifteen Acacia Avenue", "flat 2, 40 The Parade", "just off the Gloucester Road". Never an ordinary
road ("on the busy road", "a two way street"): where capitals tell something the name must have one,
elsewhere no word may stand in the name that only describes.
"""

from collections.abc import Iterable

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.dwellings import (
    DESCRIBING,
    REACH,
    ROAD_LEADS,
    address_hit,
    door_numbers,
    dwellings,
    flat_before,
    houses,
    towns,
)
from deid.detect.spoken.lexicon import MIXED, NUMERAL, STRONG_STREETS, data
from deid.detect.spoken.numerals import Numeral
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.words import PAUSE, SPACE

_LONGEST_NAME, _HIGHEST, _LONGEST_HOUSE_NUMBER, _ROAD_REACH = 3, 2999, 5, 12
_AFTER_NUMBER = frozenset({"bedroom", "bed", "storey", "star"})
_TAILS = STRONG_STREETS | frozenset(data("context")["addresses_tails"])
_ADJECTIVAL_NAMES = frozenset(data("context")["addresses_adjectival_names"])
_PUBLIC = frozenset(tuple(phrase.split()) for phrase in data("streets")["public"])


def find_addresses(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Street addresses, road names, house names and flats."""
    reading = read(speech.text, record_cues)
    ends = {numeral.last: numeral for numeral in reading.numerals}
    taken = -1
    for street in reading.streets:
        if street < taken:
            continue
        last = _last(reading, street)
        first = _numbered(reading, street, ends)
        if first is not None:
            taken = last
            yield address_hit(reading, flat_before(reading, first), last, 0.9, "number-street")
            yield from towns(reading, last)
        elif (name := _road_name(reading, street)) is not None:
            taken = last
            yield address_hit(reading, name, last, 0.65, "street-name")
    yield from dwellings(reading)
    yield from houses(reading)
    yield from door_numbers(reading)


def _last(reading: Reading, street: int) -> int:
    """The token after the street type and one more word of it ("Mill Way", "Road East")."""
    words, after = reading.words, street + 1
    more = after < len(words.words) and words.gap(after) == SPACE and words.words[after] in _TAILS
    return after + 1 if more and _named(reading, after) else after


def _numbered(reading: Reading, street: int, ends: dict[int, Numeral]) -> int | None:
    """Where the house number before a street begins."""
    for first in range(street - 1, max(-1, street - _LONGEST_NAME - 1), -1):
        if reading.words.gap(first + 1) not in (SPACE, "-"):
            return None
        number = _number_before(reading, first, ends)
        if number is not None and _is_name(reading, first, street):
            return number
    return None


def _number_before(reading: Reading, first: int, ends: dict[int, Numeral]) -> int | None:
    """The token where the house number that ends before ``first`` begins."""
    words = reading.words
    if first == 0 or words.gap(first) not in (SPACE, PAUSE, "-"):
        return None
    numeral = ends.get(first)
    if numeral and 0 < numeral.value <= _HIGHEST:
        return numeral.first
    word = words.words[first - 1]
    if words.kinds[first - 1] & MIXED and word[0].isdigit() and len(word) <= _LONGEST_HOUSE_NUMBER:
        return first - 1
    if word in tuple("abcdef") and first - 1 in ends:
        return ends[first - 1].first
    return None


def _is_name(reading: Reading, first: int, street: int) -> bool:
    """Whether the words between a number and a street type name the street."""
    words = reading.words
    name = words.words[first:street]
    if not name or name[0] in _AFTER_NUMBER:
        return False
    cued = reading.cues.before(CueKind.ADDRESS, first, reach=REACH) is not None
    if name == ["the"]:
        return cued or (words.cased and words.capital(street))
    begin = first + (name[0] == "the")
    rest = set(words.words[begin:street])
    if words.cased and all(words.capital(token) for token in range(begin, street + 1)):
        return True
    plain = not rest & DESCRIBING and not any(
        words.kinds[token] & NUMERAL for token in range(begin, street)
    )
    strong = words.words[street] in STRONG_STREETS
    if words.cased and not cued:
        return plain and strong and words.capital(street - 1)
    return (cued and rest <= _ADJECTIVAL_NAMES) or (plain and (strong or cued))


def _named(reading: Reading, token: int) -> bool:
    return not reading.words.cased or reading.words.capital(token)


def _road_name(reading: Reading, street: int) -> int | None:
    """Where a road's name without a number begins; None when it is only a road."""
    words = reading.words
    if words.words[street] not in STRONG_STREETS or street == 0:
        return None
    if tuple(words.words[street - 1 : street + 1]) in _PUBLIC:
        return None
    first = street
    while first > 0 and street - first < _LONGEST_NAME and words.gap(first) in (SPACE, "-"):
        if words.words[first - 1] in DESCRIBING or words.kinds[first - 1] & NUMERAL:
            break
        if not _named(reading, first - 1) or (not words.cased and first < street):
            break
        first -= 1
    if first == street:
        return None
    if words.cased:
        return first if words.capital(street) else None
    return first if _led(reading, first) else None


def _led(reading: Reading, first: int) -> bool:
    """In a text of one case: whether the words before say that a road's name follows."""
    words = reading.words
    lead = words.words[first - 1] if first else ""
    before = words.words[first - 2] if first > 1 else ""
    if lead == "the":
        return before in ROAD_LEADS
    cued = reading.cues.before(CueKind.ADDRESS, first, reach=_ROAD_REACH) is not None
    return lead == "off" or (lead in ROAD_LEADS and cued)
