"""Street addresses: number, name and street type; flats; house names; a road's name alone.

"Fifteen Acacia Avenue", "flat 2, 40 The Parade", "just off the Gloucester Road". Never an ordinary
road ("on the busy road", "a two way street"): where capitals tell something the name must have one,
elsewhere no word may stand in the name that only describes.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import (
    DIGIT,
    MIXED,
    NUMERAL,
    STRONG_STREETS,
    data,
)
from deid.detect.spoken.numerals import Numeral
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.words import BREAK, LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

NAME = "spoken-addresses"
_REACH, _LONGEST_NAME, _HIGHEST = 25, 3, 2999
_ROAD_LEADS = frozenset(data("context")["addresses_road_leads"])
_FLOORS = frozenset({"ground", "first", "second", "third", "fourth", "top", "basement", "upper"})
_AFTER_NUMBER = frozenset({"bedroom", "bed", "storey", "star"})


_TAILS = STRONG_STREETS | frozenset(
    "east west north south way court gardens hill rise view walk place square green".split()
)


@cache
def _describing() -> frozenset[str]:
    return frozenset(data("streets")["describing"])


@cache
def _public() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in data("streets")["public"])


@cache
def _houses() -> frozenset[str]:
    return frozenset(data("streets")["houses"])


def find_addresses(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Street addresses, road names, house names and flats."""
    reading = read(speech.text, record_cues)
    ends = {numeral.last: numeral for numeral in reading.numerals}
    taken = -1
    for street in reading.streets:
        if street < taken:
            continue
        for hit, last in _at_street(reading, street, ends):
            taken = last
            yield hit
            yield from _towns(reading, last, hit)
    yield from _dwellings(reading)
    yield from _door_numbers(reading)


def _at_street(
    reading: Reading, street: int, ends: dict[int, Numeral]
) -> Iterator[tuple[Hit, int]]:
    words = reading.words
    last = street + 1
    while (
        last < len(words.words)
        and last - street < 2
        and words.gap(last) == SPACE
        and (words.words[last] in _TAILS and _named(reading, last))
    ):
        last += 1
    for first in range(street - 1, max(-1, street - _LONGEST_NAME - 1), -1):
        if words.gap(first + 1) not in (SPACE, "-"):
            return
        numeral = _number_before(reading, first, ends)
        if numeral is not None:
            if _is_name(reading, first, street, numbered=True):
                start = _flat_before(reading, numeral)
                yield _hit(reading, start, last, 0.9, "number-street"), last
                return
    name = _road_name(reading, street)
    if name is not None:
        yield _hit(reading, name, last, 0.65, "street-name"), last


def _number_before(reading: Reading, first: int, ends: dict[int, Numeral]) -> int | None:
    """The token where the house number that ends before ``first`` begins."""
    words = reading.words
    if first == 0 or words.gap(first) not in (SPACE, PAUSE, "-"):
        return None
    numeral = ends.get(first)
    if numeral and 0 < numeral.value <= _HIGHEST:
        return numeral.first
    previous = words.kinds[first - 1]
    if (
        previous & MIXED
        and words.words[first - 1][:1].isdigit()
        and words.ends[first - 1] - words.starts[first - 1] <= 5
    ):
        return first - 1
    if (
        len(words.words[first - 1]) == 1
        and words.words[first - 1] in "abcdef"
        and first - 1 in ends
    ):
        return ends[first - 1].first
    return None


def _is_name(reading: Reading, first: int, street: int, *, numbered: bool) -> bool:
    """Whether the words before a street type name it."""
    words = reading.words
    name = words.words[first:street]
    if not name or words.words[first] in _AFTER_NUMBER:
        return False
    the = name[0] == "the" and numbered
    kind = words.words[street]
    cued = reading.cues.before(CueKind.ADDRESS, first, reach=_REACH) is not None
    rest = name[1:] if the and len(name) > 1 else name
    capital = _named(reading, street) and all(
        words.capital(token) for token in range(street - len(rest), street)
    )
    if words.cased and capital and not (the and len(name) == 1 and not cued):
        return True
    if the and len(name) == 1:
        return cued or (words.cased and words.capital(street))
    plain = not set(rest) & _describing() and not any(
        words.kinds[token] & NUMERAL for token in range(street - len(rest), street)
    )
    if words.cased and not cued:
        named = words.capital(street - 1)
        return plain and named and kind in STRONG_STREETS
    if cued and set(rest) <= _ADJECTIVAL_NAMES:
        return True
    return plain and (kind in STRONG_STREETS or cued)


_ADJECTIVAL_NAMES = frozenset(
    {
        "high",
        "new",
        "old",
        "long",
        "main",
        "back",
        "church",
        "station",
        "park",
        "ring",
        "side",
        "middle",
    }
    | {"north", "south", "west", "east", "upper", "lower", "city", "village", "town"}
)


def _named(reading: Reading, token: int) -> bool:
    return not reading.words.cased or reading.words.capital(token)


def _road_name(reading: Reading, street: int) -> int | None:
    """Where a road's name without a number begins; None when it is only a road."""
    words = reading.words
    if words.words[street] not in STRONG_STREETS or street == 0:
        return None
    first = street
    while first > 0 and street - first < _LONGEST_NAME and words.gap(first) in (SPACE, "-"):
        word = words.words[first - 1]
        if word in _describing() or words.kinds[first - 1] & NUMERAL:
            break
        if words.cased and not words.capital(first - 1):
            break
        if not words.cased and street - first >= 1 and word in _ROAD_LEADS | {"live", "lived"}:
            break
        first -= 1
    if first == street or tuple(words.words[street - 1 : street + 1]) in _public():
        return None
    if words.cased:
        return first if words.capital(street) else None
    cued = reading.cues.before(CueKind.ADDRESS, first, reach=12) is not None
    lead = words.words[first - 1] if first else ""
    before = words.words[first - 2] if first > 1 else ""
    leads = lead in _ROAD_LEADS - {"the"} or (lead == "the" and before in _ROAD_LEADS)
    return (
        street - 1
        if leads and (cued or before == "off" or lead == "off" or lead == "the")
        else None
    )


def _flat_before(reading: Reading, first: int) -> int:
    """The beginning of "flat 2B, first floor, number ..." before a house number."""
    words = reading.words
    for _ in range(3):
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
        if back in reading.dwellings:
            start = back
            if back > 1 and words.words[back - 1] == "floor" and words.words[back - 2] in _FLOORS:
                start = back - 2
            return start
        if words.words[back] == "floor" and back and words.words[back - 1] in _FLOORS:
            return back - 1
    return None


def _dwellings(reading: Reading) -> Iterator[Hit]:
    """As in "flat 4B" alone, near an address; "Rose Cottage" in the same place."""
    words = reading.words
    for token in reading.dwellings:
        after = token + 1
        if after >= len(words.words) or words.gap(after) != SPACE:
            continue
        if not words.kinds[after] & (NUMERAL | MIXED) or words.words[token] in (
            "unit",
            "plot",
            "studio",
        ):
            continue
        if reading.cues.before(CueKind.ADDRESS, token, reach=_REACH) is not None:
            last = after + 1
            letter = last < len(words.words) and len(words.words[last]) == 1
            last += letter and words.gap(last) == SPACE and words.words[last] not in ("a", "i")
            yield _hit(reading, token, last, 0.75, "dwelling")
    for token in reading.streets:
        if words.words[token] not in _houses() or token == 0:
            continue
        distance = reading.cues.before(CueKind.ADDRESS, token, reach=12)
        if distance is None or words.gap(token) != SPACE:
            continue
        first = _house_name(reading, token)
        if first is not None:
            yield _hit(reading, first, token + 1, 0.7, "house-name")


def _house_name(reading: Reading, token: int) -> int | None:
    words = reading.words
    first = token
    while first > 0 and token - first < 2 and words.gap(first) == SPACE:  # noqa: PLR2004 - two words
        word = words.words[first - 1]
        if word in _describing() or word in _ROAD_LEADS or words.kinds[first - 1] & NUMERAL:
            break
        if words.cased and not words.capital(first - 1):
            break
        first -= 1
    if first == token or (words.cased and not words.capital(token)):
        return None
    return first


def _door_numbers(reading: Reading) -> Iterator[Hit]:
    """As in "house number?" / "forty two"; "I live at number nine"."""
    words = reading.words
    for cue in reading.cues.of(CueKind.ADDRESS):
        said = words.words[cue.first : cue.last]
        if said[-1] != "number":
            continue
        for numeral in reading.numerals:
            if cue.last <= numeral.first <= cue.last + 6:
                yield _hit(reading, numeral.first, numeral.last, 0.7, "door-number")
                break


def _towns(reading: Reading, last: int, address: Hit) -> Iterator[Hit]:
    """Capitalised places that follow an address after commas: ", Fishponds, Bristol"."""
    words = reading.words
    if not words.cased or address.score < 0.9:  # noqa: PLR2004 - only after a number and a street
        return
    token = last
    for _ in range(3):
        if token >= len(words.words) or words.gap(token) != PAUSE or not words.capital(token):
            return
        first = token
        if (
            not words.words[token].isalpha()
            or words.kinds[token] & DIGIT
            or len(words.words[token]) < 3
        ):  # noqa: PLR2004
            return
        token += 1
        while (
            token < len(words.words)
            and words.gap(token) in (SPACE, "-")
            and words.capital(token)
            and words.words[token].isalpha()
            and len(words.words[token]) > 2
        ):
            token += 1
        ends = (
            token >= len(words.words)
            or words.gap(token) in (PAUSE, STOP, LINE, BREAK)
            or bool(words.kinds[token] & MIXED)
        )
        if not ends or words.words[first] in _NOT_TOWNS:
            return
        yield reading.hit(first, token, EntityType.LOCATION, 0.6, NAME, "after-address")


_NOT_TOWNS = frozenset(data("context")["addresses_not_towns"])


def _hit(reading: Reading, first: int, last: int, score: float, rule: str) -> Hit:
    return reading.hit(first, last, EntityType.STREET_ADDRESS, score, NAME, rule)
