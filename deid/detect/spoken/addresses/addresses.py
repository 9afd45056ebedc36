"""Street addresses: number, name and street type; a road's name alone.

"Fifteen Acacia Avenue", "flat 2, 40 The Parade", "just off the Gloucester Road". Never an ordinary
road ("on the busy road", "a two way street"): where capitals tell something the name must have one,
elsewhere no word may stand in the name that only describes.
"""

from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.address_talk import address_talk
from deid.detect.spoken.addresses.answers import address_answers
from deid.detect.spoken.addresses.boxes import boxes
from deid.detect.spoken.addresses.doors import REACH, Door, doors
from deid.detect.spoken.addresses.doors_again import door_numbers, doors_again
from deid.detect.spoken.addresses.doors_alone import doors_alone
from deid.detect.spoken.addresses.doors_compared import doors_compared
from deid.detect.spoken.addresses.dwellings import address_hit, dwellings, flat_before
from deid.detect.spoken.addresses.ends import (
    in_building,
    other_type,
    range_before,
    room_before,
    spelling_end,
    whole_end,
)
from deid.detect.spoken.addresses.floors import floors
from deid.detect.spoken.addresses.hesitant import hesitant
from deid.detect.spoken.addresses.house_names import house_names
from deid.detect.spoken.addresses.houses_alone import houses_said_back, numberless
from deid.detect.spoken.addresses.houses_by_roads import houses_by_roads
from deid.detect.spoken.addresses.in_parts import in_parts
from deid.detect.spoken.addresses.in_turns import in_turns
from deid.detect.spoken.addresses.named_houses import house_before, houses
from deid.detect.spoken.addresses.numbers_behind import numbers_behind
from deid.detect.spoken.addresses.parts import (
    addresses_again,
    doors_answered,
    numbers_answered,
    plural_houses,
)
from deid.detect.spoken.addresses.place_answers import places_answered
from deid.detect.spoken.addresses.rare_streets import is_rare_name, rare_streets
from deid.detect.spoken.addresses.roads import (
    answered,
    is_street_name,
    prefixed_end,
    road_start,
    street_end,
    surely_welsh,
)
from deid.detect.spoken.addresses.rooms import rooms
from deid.detect.spoken.addresses.three_words import three_words
from deid.detect.spoken.addresses.towns import listed, towns, towns_before
from deid.detect.spoken.addresses.unnamed_streets import unnamed_streets
from deid.detect.spoken.addresses.unusual_homes import unusual_homes
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import CORRECTIONS, DWELLING, STREET
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words

_LONGEST_NAME, _ABOUT = 4, 16
_FEW = frozenset({"one", "two", "three", "1", "2", "3"})


def find_addresses(text: str, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Street addresses, road names, house names and flats."""
    reading = read(text, record_cues)
    found = list(_found(reading))
    yield from found
    yield from address_talk(reading, found)


def _found(reading: Reading) -> Iterator[Hit]:
    found = list(_addresses(reading))
    yield from found
    yield from addresses_again(reading, found)
    placed = list(places_answered(reading, found))
    answers = [
        *placed,
        *numbers_answered(reading, [*found, *placed]),
        *doors_answered(reading, found),
        *address_answers(reading),
    ]
    yield from answers
    told = [*found, *answers]
    again = list(doors_again(reading, told))
    yield from again
    yield from doors_compared(reading, [*told, *again])
    chains = list(in_parts(reading, told))
    yield from chains
    yield from floors(reading, [*told, *chains])
    yield from houses_said_back(reading, told)
    yield from towns_before(reading, told)
    yield from in_turns(reading)
    yield from doors_alone(reading)
    yield from three_words(reading)
    yield from boxes(reading)


def _addresses(reading: Reading) -> Iterator[Hit]:
    numbers = doors(reading)
    taken, about = -1, None
    for street in reading.streets:
        if street < taken:
            continue
        near = about is not None and street - about <= _ABOUT
        cued = near or reading.cues.before(CueKind.ADDRESS, street, reach=REACH) is not None
        found = _numbered(reading, street, numbers, cued=cued) or _alone(reading, street, cued=cued)
        if found is not None:
            first, last, score, rule = found
            first = _stuttered(reading, first)
            yield from _corrected(reading, numbers, first)
            taken = about = whole_end(reading, first, street, last)
            yield address_hit(reading, first, taken, score, rule)
            yield from towns(reading, taken)
            yield from other_type(reading, taken)
    yield from answered(reading, numbers)
    yield from hesitant(reading, numbers)
    yield from unnamed_streets(reading, numbers)
    yield from rare_streets(reading, numbers)
    yield from numbers_behind(reading)
    yield from dwellings(reading)
    yield from houses(reading)
    yield from house_names(reading)
    yield from numberless(reading)
    yield from houses_by_roads(reading)
    yield from rooms(reading)
    yield from door_numbers(reading)
    yield from unusual_homes(reading)
    yield from plural_houses(reading, numbers)


def _stuttered(reading: Reading, first: int) -> int:
    """Where "Fountain, Fountain Brow" begins."""
    words = reading.words
    again = first > 0 and words.words[first - 1] == words.words[first]
    return first - (again and words.gap(first) == PAUSE)


def _corrected(reading: Reading, numbers: dict[int, Door], first: int) -> Iterator[Hit]:
    """As in "30 Bellfield, I mean 30 Belford Road": what is taken back before an address."""
    words = reading.words
    for end in range(first - 1, max(0, first - _ABOUT // 4), -1):
        if not words.cased or words.skip(end) != (first, True):
            continue
        for name in range(end - 1, max(-1, end - _LONGEST_NAME), -1):
            if not words.capital(name) or words.kinds[name] & STREET:
                break
            if name in numbers and numbers[name].at_once:
                yield address_hit(reading, numbers[name].first, end, 0.6, "number-corrected")


type _Found = tuple[int, int, float, str] | None


def _numbered(reading: Reading, street: int, numbers: dict[int, Door], *, cued: bool) -> _Found:
    """The address that a street type ends, or begins ("Heol y Deri"), with its number."""
    words = reading.words
    prefixed = prefixed_end(reading, street)
    if prefixed and street in numbers:
        return flat_before(reading, numbers[street].first), prefixed, 0.9, "number-street"
    for first in range(street, max(-1, street - _LONGEST_NAME - 1), -1):
        if first < street and words.gap(first + 1) not in (SPACE, "-"):
            return None
        door = numbers.get(first)
        if door is None or _asks(reading, door, first, street):
            continue
        begin = flat_before(reading, range_before(words, door.first))
        built = in_building(words, begin, street, at_once=door.at_once)
        spelt = spelling_end(words, first, street) > 0
        flat = begin < door.first or _put_right(words, door)
        several = door.at_once and words.words[door.first] not in _FEW
        sure = cued or built or spelt or flat or _placed(reading, door, first, street)
        sure = sure or _posted(words, door) or _owned(words, door, first, street)
        sure = sure or (door.at_once and is_rare_name(words, first, street))
        if is_street_name(reading, first, street, cued=sure, numbered=flat or several):
            begin = house_before(reading, begin, cued=cued) or begin
            begin = room_before(words, begin) if cued else begin
            return begin, street_end(reading, street), 0.9, "number-street"
    return None


def _put_right(words: Words, door: Door) -> bool:
    """Whether a number takes back another: "ninety two no wait ninety one"."""
    return any(words.phrase(token, CORRECTIONS) for token in range(door.first, door.last))


def _placed(reading: Reading, door: Door, first: int, street: int) -> bool:
    """As in captions "at 486 leith walk": the street is called after a listed place."""
    words = reading.words
    led = door.first > 0 and words.words[door.first - 1] in _AT and door.at_once
    return led and not words.cased and street > first and listed(words, first) >= street


_AT = frozenset({"at", "to", "from"})


def _posted(words: Words, door: Door) -> bool:
    """Whether something is sent there: "i'd like it posted please to 23 shelley way"."""
    first = door.first
    if not door.at_once or words.words[max(0, first - 1) : first] != ["to"]:
        return False
    return not _SENT.isdisjoint(words.words[max(0, first - _SENT_REACH) : first])


_SENT = frozenset({"post", "posted", "send", "sent", "deliver", "delivered", "ambulance"})
_SENT_REACH = 5


def _owned(words: Words, door: Door, first: int, street: int) -> bool:
    """As in captions "at gita's one sixty two the avenue": whose home it is, and no verb behind."""
    owner = door.first > 0 and words.words[door.first - 1].endswith("'s")
    alone = words.words[first:street] == ["the"] and words.words[street] in _ALONE
    led = owner and words.words[max(0, door.first - _PAIR) : door.first - 1] in _LEADS
    ends = words.closes(street + 1) or words.words[street + 1] not in _VERBS
    return door.at_once and alone and led and ends


_ALONE = frozenset({"avenue", "crescent", "drive", "grove", "mews", "parade", "terrace", "square"})
_LEADS, _PAIR = (["at"], ["to"], ["from"]), 2
_VERBS = frozenset({"was", "is", "were", "had", "has", "got", "gets", "looks", "looked"})


def _asks(reading: Reading, door: Door, first: int, street: int) -> bool:
    """As in "Fifty-four." / "And the street?", "54, and the street?", which name none."""
    words = reading.words
    lone = words.words[first] == "the" and street == first + 1
    lone = lone and not (words.cased and words.capital(street))
    asked = words.folded[words.ends[street] :].startswith("?")
    return lone and (asked or reading.lines_between(door.last - 1, first) > 0)


def _alone(reading: Reading, street: int, *, cued: bool) -> _Found:
    """The address of a street without a number, with a house name before it."""
    prefixed = prefixed_end(reading, street)
    if prefixed and (cued or surely_welsh(reading, street)):
        begin = house_before(reading, street, cued=cued)
        begin = street if begin is None else flat_before(reading, begin)
        return begin, prefixed, 0.65, "street-name"
    first, sure = road_start(reading, street, cued=cued)
    if first is None:
        return None
    house = house_before(reading, first, cued=cued)
    if house is None:
        flat = flat_before(reading, first)
        if flat < first and reading.words.kinds[flat] & DWELLING:
            return flat, street_end(reading, street), 0.7, "flat-building"
        last = street_end(reading, street)
        numbered = reading.words.cased and whole_end(reading, first, street, last) > last
        return (first, last, 0.65, "street-name") if sure or numbered else None
    return flat_before(reading, house), street_end(reading, street), 0.7, "house-street"
