"""Names of streets: which words before, or after, a street type make it one.

Where capitals tell something a name has one; elsewhere no describing word may stand in it. Types
that are ordinary words too ("view", "rise") need a number, a house name or an address cue.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import REACH, Door
from deid.detect.spoken.addresses.dwellings import (
    DESCRIBING,
    NOT_NAMES,
    ROAD_LEADS,
    address_hit,
    flat_before,
)
from deid.detect.spoken.addresses.towns import towns
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import (
    MONTH,
    NUMERAL,
    SKIP,
    STREET,
    STRONG_STREETS,
    UNITS,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words

_LONGEST_ABBREVIATION, _SURE = 2, frozenset({"quay", "wharf"})
_LONGEST_NAME, _ROAD_REACH, _ANSWER_REACH, _ANSWER_LINES = 3, 12, 8, 3
_AFTER_NUMBER = frozenset({"thousand", "hundred", "million", "bedroom", "bed", "storey", "star"})
_TAILS = STRONG_STREETS | frozenset(data("context")["addresses_tails"])
_ADJECTIVAL_NAMES = frozenset(data("context")["addresses_adjectival_names"])
_ANSWER_LEADS = frozenset(data("context")["addresses_answer_leads"])
PUBLIC = frozenset(tuple(phrase.split()) for phrase in data("streets")["public"])
_WHOLE = frozenset(data("streets")["whole"])
_WELSH, _WELSH_SURE = frozenset(data("streets")["welsh"]), frozenset(data("streets")["welsh_sure"])
_PARTICLES = frozenset({"y", "yr", "ar", "dan", "pen", "ty", "t\u0177", "the"})
_ENDING = DESCRIBING | {"postcode", "postal", "how", "when", "who", "why", "where", "word"}
_FACILITIES = frozenset(data("streets")["facilities"])
_NOT_STREETS = frozenset(data("streets")["not_streets_before"])
_ARTICLELESS_LEADS = frozenset(data("context")["addresses_articleless_leads"])
_SAYING = frozenset(data("context")["addresses_saying"])
_ARTICLELESS = frozenset({"road", "street", "avenue", "lane", "crescent", "terrace", "grove", "rd"})


def street_end(reading: Reading, street: int) -> int:
    """The token after the street type and one more word of it ("Mill Way", "Road East")."""
    words, after = reading.words, street + 1
    more = after < len(words.words) and words.gap(after) == SPACE and words.words[after] in _TAILS
    after += more and (not words.cased or words.capital(after))
    place = after < len(words.words) and words.gap(after) == SPACE and words.words[after]
    if not words.cased or place not in _FACILITIES:
        return after
    hall = after + 1
    halls = hall < len(words.words) and words.gap(hall) == SPACE and words.words[hall] in _HALLS
    return hall + (place in _CHAPELS and bool(halls))


_CHAPELS = frozenset({"methodist", "baptist"})
_HALLS = frozenset({"hall", "church", "chapel", "school"})


def prefixed_end(reading: Reading, street: int) -> int:
    """The token after a Welsh name ("Heol y Deri"); 0 where the type does not come first."""
    words = reading.words
    if words.words[street] not in _WELSH:
        return 0
    last = street + 1
    while last < len(words.words) and words.gap(last) in (SPACE, "-", "'"):
        particle = words.words[last] in _PARTICLES
        if last - street > _LONGEST_NAME or (
            words.cased and not particle and not words.capital(last)
        ):
            break
        last += 1
        if not words.cased and not particle:
            break
    while words.words[last - 1] in _PARTICLES:
        last -= 1
    return last if last > street + 1 else 0


def surely_welsh(reading: Reading, street: int) -> bool:
    """Whether a type is Welsh and nothing else, so that it needs no number and no cue."""
    return reading.words.words[street] in _WELSH_SURE


def is_street_name(
    reading: Reading, first: int, street: int, *, cued: bool, numbered: bool = False
) -> bool:
    """Whether the words between a number and a street type name the street.

    A name may begin with "old" or "upper" where it is ``numbered``: "14 old mill lane", never "one
    old mill lane", "14 old roads".
    """
    words = reading.words
    name = words.words[first:street]
    capital = not words.cased or words.capital(street)
    if not name:
        return words.words[street] in _WHOLE and capital
    if name[0] in _AFTER_NUMBER:
        return False
    if name == ["the"]:
        return cued or (words.cased and words.capital(street))
    begin = first + (name[0] == "the")
    older = numbered and street > begin + 1 and words.words[begin] in _ADJECTIVAL_NAMES
    rest = set(words.words[begin + older : street])
    if words.cased and all(words.capital(token) for token in range(begin, street + 1)):
        return True
    plain = not rest & DESCRIBING and not any(
        words.kinds[token] & NUMERAL for token in range(begin + older, street)
    )
    strong = words.words[street] in STRONG_STREETS
    if words.cased and not cued:
        return plain and strong and words.capital(street - 1)
    cued = cued or (words.words[street] in _SURE and _ends_clause(words, street + 1))
    return (cued and rest <= _ADJECTIVAL_NAMES) or (plain and (strong or cued))


def road_start(reading: Reading, street: int, *, cued: bool) -> tuple[int | None, bool]:
    """Where a road's name without a number begins, and whether it needs no house name before it.

    None where it is only a road.
    """
    words = reading.words
    if not street:
        return None, False
    if words.words[street] in _WHOLE and words.gap(street) == PAUSE:
        return (street if not words.cased or words.capital(street) else None), False
    first = _capitals_before(words, street) if words.cased else _plain_before(words, street)
    if first is None or (words.cased and not words.capital(street)):
        return None, False
    public = tuple(words.words[first : street + 1]) in PUBLIC
    strong = words.words[street] in STRONG_STREETS and not public
    cued = cued and not public and len(words.words[street]) > _LONGEST_ABBREVIATION
    if not words.cased:
        return first, words.words[first] != "the" and strong and _led(reading, first, street)
    off = first > 0 and words.words[first - 1] == "off" and words.gap(first) == SPACE
    return first, words.words[first] != "the" and (
        strong or (off and not public) or (cued and _begins_answer(words, first))
    )


def _capitals_before(words: Words, street: int) -> int | None:
    first = street
    if words.words[street - 1] == "the" and street > 1 and words.gap(street - 1) == PAUSE:
        return street - 1
    while first > 0 and street - first < _LONGEST_NAME and words.gap(first) in (SPACE, "-"):
        before = first - 1
        inside = words.gap(before) in (SPACE, PAUSE) and before > 0 and words.words[before] != "i"
        inside = inside or (first < street and words.words[before] in _ADJECTIVAL_NAMES)
        describing = words.words[before] in DESCRIBING and not (inside and words.capital(before))
        if (
            describing
            or words.words[before] in NOT_NAMES
            or words.words[before] in _IT_IS
            or words.kinds[before] & NUMERAL
            or not words.capital(before)
        ):
            break
        first = before
    return None if first == street else first


_IT_IS = frozenset(
    {"there's", "that's", "it's", "here's", "where's", "what's", "he's", "she's", "we're", "i'm",
     "they're", "you're"}
)  # fmt: skip


def _begins_answer(words: Words, first: int) -> bool:
    return (
        first == 0
        or words.gap(first) in (PAUSE, STOP, LINE, BREAK)
        or words.words[first - 1] in _ANSWER_LEADS
    )


def _plain_before(words: Words, street: int) -> int | None:
    """In a text of one case: the words up to a lead or a pause, none of them describing."""
    if words.words[street - 1] == "the" or _no_article(words, street):
        return street - 1
    first = street
    while first > 0 and words.gap(first) in (SPACE, "-"):
        word = words.words[first - 1]
        if first < street and word in _ADJECTIVAL_NAMES and _articleless(words, first - 1):
            return first - 1
        led = word in _ANSWER_LEADS or word in _ARTICLELESS_LEADS
        if led or word in DESCRIBING or words.kinds[first - 1] & NUMERAL:
            break
        first -= 1
        if street - first > _LONGEST_NAME - 1:
            return street - 1
    return None if first == street else first


def _articleless(words: Words, first: int) -> bool:
    """Whether a preposition, and no article, stands right before a word."""
    led = first > 0 and words.gap(first) == SPACE
    return led and words.words[first - 1] in _ARTICLELESS_LEADS


def _no_article(words: Words, street: int) -> bool:
    """Whether "on city road" has no article and ends there: then it is a name, not a sort."""
    lead = street - 2
    if lead < 0 or words.words[street - 1] not in _SETTLED or words.gap(street) != SPACE:
        return False
    led = words.words[lead] in ("on", "in", "off") and words.gap(street - 1) == SPACE
    return led and _ends_clause(words, street + 1)


_SETTLED = frozenset({"city", "town", "village"})


def _led(reading: Reading, first: int, street: int) -> bool:
    """In a text of one case: whether the words before say that a road's name follows."""
    words = reading.words
    if first and words.gap(first) != SPACE:
        asked = reading.cues.before(CueKind.ADDRESS, first, reach=_ANSWER_REACH) is not None
        asked = asked and words.gap(first) in (PAUSE, LINE)
        alone = words.gap(first) == STOP and words.words[street] in _ARTICLELESS
        return (asked or alone) and _ends_clause(words, street + 1)
    lead = words.words[first - 1] if first else ""
    before = words.words[first - 2] if first > 1 else ""
    if lead == "the":
        return before in ROAD_LEADS
    cued = reading.cues.before(CueKind.ADDRESS, first, reach=_ROAD_REACH) is not None
    after = street + 1
    compound = after < len(words.words) and words.gap(after) == SPACE
    compound = compound and words.words[after] in _NOT_STREETS
    led = lead in _ARTICLELESS_LEADS or (lead == "that" and before in _SAYING)
    led = led or (lead == "of" and before in _SIDES)
    articleless = led and words.words[street] in _ARTICLELESS
    articleless = articleless and not compound
    return lead == "off" or articleless or (lead in ROAD_LEADS and cued)


_SIDES = frozenset({"back", "front", "end", "top", "bottom", "side", "middle", "corner", "length"})


def _ends_clause(words: Words, last: int) -> bool:
    return last >= len(words.words) or words.gap(last) in (PAUSE, STOP, LINE)


def answered(reading: Reading, numbers: dict[int, Door]) -> Iterator[Hit]:
    """A number and a name in answer to a question for the address: "twenty-four Burnside"."""
    words, cues = reading.words, reading.cues
    if not cues.of(CueKind.ADDRESS):
        return
    for first, door in numbers.items():
        reach = REACH if words.cased else _ANSWER_REACH
        distance = cues.before(CueKind.ADDRESS, door.first, reach=reach)
        if distance is None or cues.before(CueKind.EMAIL, door.first, reach=distance) is not None:
            continue
        if not _begins_answer(words, door.first) or _to(words, door.first):
            continue
        if reading.lines_between(door.first - distance - 1, door.first) > _ANSWER_LINES:
            continue
        last = _name_end(words, first)
        parted = reading.lines_between(door.last - 1, first) > 0
        asks = last == first + 1 and words.kinds[first] & STREET
        if parted and (asks or not _ends_clause(words, last)):
            continue  # "Three." / "Ringing you on what?", "Nine." / "Street?"
        if last > first and (words.cased or _fills_turn(reading, door.first, last)):
            yield address_hit(reading, flat_before(reading, door.first), last, 0.6, "number-name")
            yield from towns(reading, last)


def _to(words: Words, first: int) -> bool:
    """Whether a number ends a range: "pages four to six"."""
    return first > 1 and words.words[first - 1] == "to" and bool(words.kinds[first - 2] & NUMERAL)


def _name_end(words: Words, first: int) -> int:
    the = words.cased and words.words[first] == "the" and words.capital(first)
    if the and not words.closes(first + 1):
        after = _name_end(words, first + 1)
        return after if after > first + 1 else first
    last = first
    while last < len(words.words) and last - first < _LONGEST_NAME:
        word, kind = words.words[last], words.kinds[last]
        if last > first and words.gap(last) not in (SPACE, "-"):
            break
        if kind & (NUMERAL | MONTH | SKIP) or word in UNITS or word in _ENDING or len(word) < 3:  # noqa: PLR2004 - names are longer
            break
        if words.cased and not words.capital(last):
            break
        last += 1
    return last


def _fills_turn(reading: Reading, first: int, last: int) -> bool:
    words = reading.words
    ends = last >= len(words.words) or words.gap(last) in (STOP, LINE, PAUSE)
    return ends and reading.starts_turn(first)
