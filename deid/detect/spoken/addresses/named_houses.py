"""House names beside a street address, and those that are nothing else: "Hazel Bank, Kiln Hill".

By the kind of house behind the name, by capitals, or by the street that follows a comma. Never
"my nan's lodge", "Cottage Hospital".
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, ROAD_LEADS, address_hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, STREET, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words

_HOUSES = frozenset(data("streets")["houses"])
_SURE_HOUSES = frozenset(data("streets")["sure_houses"])
_HOUSE_ADJECTIVES = frozenset(data("streets")["house_adjectives"])
_HOUSE_PARTICLES = frozenset({"na", "nan", "y", "yr", "an"})
_LEADS = ROAD_LEADS | frozenset(data("context")["addresses_answer_leads"])
_HOUSE_REACH, _LONGEST_HOUSE = 12, 3


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
        words.capital(token) or words.words[token] in _HOUSE_PARTICLES
        for token in range(begin, house + 1)
    ):
        return None
    if begin == house and (not words.cased or words.words[house] in NOT_NAMES):
        return None
    the = begin > 0 and words.words[begin - 1] == "the" and words.gap(begin) == SPACE
    return begin - the


def _particle(words: Words, token: int) -> bool:
    """Whether it is the small word of "Chy an Mor", between two names."""
    small = token > 0 and words.words[token] in _HOUSE_PARTICLES and not words.capital(token)
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
        small = word in _HOUSE_PARTICLES and token > 0 and words.gap(token) == SPACE
        if small and words.capital(token - 1) and not words.capital(token):
            return words.words[token - 1] not in NOT_NAMES
        return words.capital(token) and word not in ("i", "the")
    return word in _HOUSE_ADJECTIVES or not (word in DESCRIBING or word in _LEADS)
