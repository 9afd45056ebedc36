"""What stands around a street address: flats and house names."""

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
    STREET,
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
_HOUSES = frozenset(data("streets")["houses"])
_SURE_HOUSES = frozenset(data("streets")["sure_houses"])
BUILDINGS = frozenset(data("streets")["buildings"])
_HOUSE_ADJECTIVES = frozenset(data("streets")["house_adjectives"])
HOUSE_PARTICLES = frozenset({"na", "nan", "y", "yr", "an"})
_LEADS = ROAD_LEADS | frozenset(data("context")["addresses_answer_leads"])
NOT_NAMES = frozenset(data("context")["addresses_not_towns"])
_FLOORS = frozenset({"ground", "top", "basement", "upper"})
FLATS_BY_PLACE = frozenset(data("streets")["flats_by_place"])
_LEADING = frozenset({"on", "at", "in", "off"})
_NOT_ALONE = frozenset({"unit", "plot", "studio"})
_NUMBERED = NUMERAL | MIXED
_HOUSE_REACH, _LONGEST_HOUSE, _MOST_PARTS = 12, 3, 3


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


def _taken_back(reading: Reading, first: int) -> int:
    """Where "flat two, hang on," begins that stands before the flat at ``first``; or ``first``."""
    words = reading.words
    for begin in range(first - 1, max(0, first - _LONGEST_HOUSE), -1):
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


def houses(reading: Reading) -> Iterator[Hit]:
    """A house with a name, near an address, or one that is nothing else: "Rose Cottage"."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word not in _HOUSES or token == 0 or words.gap(token) != SPACE:
            continue
        distance = reading.cues.before(CueKind.ADDRESS, token, reach=_HOUSE_REACH)
        if distance is None and not _is_house(words, token):
            continue
        first = _house_name(words, token)
        if first is not None:
            yield address_hit(reading, first, token + 1, 0.7, "house-name")


def _is_house(words: Words, token: int) -> bool:
    """By its capitals, and no part of a longer name ("Cottage Hospital")."""
    after = token + 1
    longer = after < len(words.words) and words.gap(after) == SPACE and words.capital(after)
    return words.cased and words.words[token] in _SURE_HOUSES and not longer


def _house_name(words: Words, token: int) -> int | None:
    first = token
    while first > 0 and token - first < _LONGEST_HOUSE and words.gap(first) == SPACE:
        word = words.words[first - 1]
        if word in DESCRIBING or word in NOT_NAMES or word in ROAD_LEADS:
            break
        if words.kinds[first - 1] & NUMERAL:
            break
        if words.cased and not words.capital(first - 1):
            break
        first -= 1
    if first == token or (words.cased and not words.capital(token)):
        return None
    return first


def house_before(reading: Reading, first: int, *, cued: bool) -> int | None:
    """Where a house name before the token ``first`` begins: "Hazel Bank, Kiln Hill".

    Behind a comma, which captions without capitals leave out: "lilac cottage mill lane".
    """
    words = reading.words
    on = words.words[first - 1 : first] == ["on"] and words.gap(first - 1) == PAUSE
    first -= on and words.words[max(0, first - 2)] in _HOUSES  # "Hazel Lodge, on Kiln Hill"
    house = first - 1
    if house < 0:
        return None
    kind = words.words[house]
    captions = not words.cased and kind in _SURE_HOUSES and words.gap(first) == SPACE
    if words.gap(first) != PAUSE and not captions:
        return None
    typed = kind in _HOUSES or bool(words.kinds[house] & STREET)
    if not typed and not (
        words.cased and (cued or _the_written(words, house - 1) or _particle(words, house - 1))
    ):
        return None
    begin = house
    while begin > 0 and house - begin < _LONGEST_HOUSE and words.gap(begin) in (SPACE, "-"):
        if not _in_house_name(words, begin - 1):
            break
        begin -= 1
    if words.cased and not all(
        words.capital(token) or words.words[token] in HOUSE_PARTICLES
        for token in range(begin, house + 1)
    ):
        return None
    if begin == house and (not words.cased or words.words[house] in NOT_NAMES):
        return None
    the = begin > 0 and words.words[begin - 1] == "the" and words.gap(begin) == SPACE
    return begin - the


def _particle(words: Words, token: int) -> bool:
    """Whether it is the small word of "Chy an Mor", between two names."""
    small = token > 0 and words.words[token] in HOUSE_PARTICLES and not words.capital(token)
    joined = words.gap(token) == SPACE and words.gap(token + 1) == SPACE
    return small and joined and words.capital(token - 1) and words.capital(token + 1)


def _the_written(words: Words, token: int) -> bool:
    """Whether "The", with a capital where no sentence begins, stands at a token."""
    the = token > 0 and words.words[token] == "the" and words.capital(token)
    return the and words.gap(token) == SPACE and words.gap(token + 1) == SPACE


def _in_house_name(words: Words, token: int) -> bool:
    word = words.words[token]
    if words.kinds[token] & NUMERAL or word in NOT_NAMES:
        return False
    if word.removesuffix("'s") in NOT_NAMES:  # "my nan's beech lodge"
        return False
    if words.cased:
        small = word in HOUSE_PARTICLES and token > 0 and words.gap(token) == SPACE
        if small and words.capital(token - 1) and not words.capital(token):
            return words.words[token - 1] not in NOT_NAMES
        return words.capital(token) and word not in ("i", "the")
    return word in _HOUSE_ADJECTIVES or not (word in DESCRIBING or word in _LEADS)


def address_hit(reading: Reading, first: int, last: int, score: float, rule: str) -> Hit:
    """A street address over tokens."""
    return reading.hit(first, last, EntityType.STREET_ADDRESS, score, (NAME, rule))
