"""Where an address begins and ends beyond its number and name.

"Thirty-two to thirty-four Bridge Street, first floor front", "Mill Row, two hundred-odd", "four
Knaves Close, that's K N A V E S". Each follows a street that was found; never a number alone.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import (
    BUILDINGS,
    FLATS_BY_PLACE,
    address_hit,
    is_floor,
)
from deid.detect.spoken.heard.lexicon import (
    DIGIT,
    DIGITS,
    DWELLING,
    LETTER,
    MIXED,
    NUMERAL,
    STREET,
    TEEN,
    TENS,
)
from deid.detect.spoken.heard.numerals import Numeral, numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words

_NUMBER = frozenset({"number", "number's"})
_GOING_ON = frozenset(
    {"so", "but", "or", "it's", "i", "we", "you", "if", "because", "cos", "opposite", "yes", "yeah"}
)
SIDES = frozenset({"front", "back", "rear", "left", "right", "flat"})
_SAYING = frozenset({"that's", "so"})
_SPELT = frozenset({"that's", "spelt", "spelled"})
_FEWEST_LETTERS, _LONGEST_RANGE, _FLOOR_WORDS = 3, 3, 3
_PLAIN = (SPACE, PAUSE, HYPHEN)


def whole_end(reading: Reading, first: int, street: int, last: int) -> int:
    """The token after all that belongs to an address whose street ends before ``last``."""
    words = reading.words
    last = spelling_end(words, first, street) or last
    after = _number_after(words, last) or _odd(words, last) or last
    return _floor(words, after)


def _number_after(words: Words, last: int) -> int:
    """The token after "..., number 12B"; 0 where none follows."""
    number = last + 1
    if number >= len(words.words) or words.words[last] not in _NUMBER:
        return 0
    if words.gap(last) not in (SPACE, PAUSE) or words.gap(number) != SPACE:
        return 0
    numeral = numeral_at(words, number + (words.words[number] == "a"))
    if numeral is None and not words.kinds[number] & MIXED:
        return 0
    after = numeral.last if numeral else number + 1
    goes_on = after < len(words.words) and words.words[after] in _GOING_ON
    return after if words.closes(after) or goes_on else 0


def _odd(words: Words, last: int) -> int:
    """The token after "..., two hundred and eighty-odd", "..., twelve, flat B"; 0 for none."""
    if last + 1 >= len(words.words) or words.gap(last) not in (SPACE, PAUSE):
        return 0
    numeral = numeral_at(words, last + (words.words[last] == "a"))
    if numeral is None or numeral.last >= len(words.words):
        return 0
    if words.kinds[numeral.last] & DWELLING and words.gap(numeral.last) == PAUSE:
        return numeral.last if words.gap(last) == PAUSE else 0
    return numeral.last + 1 if _is_odd(words, numeral.last) else 0


def _is_odd(words: Words, token: int) -> bool:
    return words.words[token] == "odd" and words.closes(token + 1)


def _floor(words: Words, last: int) -> int:
    """The token after "..., first floor front", "..., top flat", if the clause holds no more."""
    said = words.words[last : last + _FLOOR_WORDS]
    if not said or words.gap(last) not in (SPACE, PAUSE):
        return last
    if said[0] in FLATS_BY_PLACE and said[1:2] != ["floor"] and words.gap(last) == PAUSE:
        flat = said[1:2] == ["flat"] and words.gap(last + 1) == SPACE
        whole = flat or said[0] in _UNDER_A_ROOF
        return last + 1 + flat if whole and words.closes(last + 1 + flat) else last
    if len(said) < _FLOOR_WORDS or said[1] != "floor" or not is_floor(words, last):
        return last
    side = words.gap(last + 1) == SPACE and said[2] in SIDES
    return last + 3 if side and words.closes(last + 3) else last


_UNDER_A_ROOF = frozenset({"basement", "attic", "loft", "penthouse"})


def spelling_end(words: Words, first: int, street: int) -> int:
    """The token after the letters that spell a word of the street's name right after its type.

    "Four Knaves Close that's K N A V E S"; the last of it may be said whole. 0 where none do.
    """
    token = street + 1
    token += words.words[token : token + 1] != [] and words.words[token] in _SPELT
    spelt, letters, names = "", 0, words.words[first:street]
    while token < len(words.words) and words.gap(token) in _PLAIN:
        word, kind = words.words[token], words.kinds[token]
        twice = word == "double" and token + 1 < len(words.words)
        if twice or kind & LETTER:
            spelt += 2 * words.words[token + 1] if twice else word
            token, letters = token + 1 + twice, letters + 1
            if letters >= _FEWEST_LETTERS and spelt in names:
                again = words.words[token : token + 1] == [words.words[street]]
                return token + (again and words.gap(token) in _PLAIN)
            continue
        return token + 1 if letters >= _FEWEST_LETTERS and spelt + word in names else 0
    return 0


def _digits_before(words: Words, first: int) -> int:
    """Where "one five, that's" begins that says a house number's digits; ``first`` for none."""
    numeral = numeral_at(words, first)
    if numeral is None or words.words[max(0, first - 1)] not in _SAYING:
        return first
    begin = first - 1 - len(str(numeral.value))
    digits = [DIGITS.get(word) for word in words.words[max(0, begin) : first - 1]]
    return begin if begin >= 0 and list(str(numeral.value)) == digits else first


def range_before(words: Words, first: int) -> int:
    """Where "thirty-two to", "one five, that's" begins before a house number; or ``first``."""
    if (begin := _digits_before(words, first)) < first:
        return begin
    hyphen = first > 0 and words.gap(first) == HYPHEN
    to = first > 1 and words.words[first - 1] == "to" and words.gap(first) == SPACE
    if not (hyphen or to) or (to and words.gap(first - 1) != SPACE):
        return first
    last = first - to
    for begin in range(max(0, last - _LONGEST_RANGE), last):
        numeral = numeral_at(words, begin) if words.kinds[begin] & NUMERAL else None
        if numeral is not None and numeral.last == last and _before(words, numeral, first):
            whole = begin > 0 and words.gap(begin) in (SPACE, HYPHEN)
            whole = whole and bool(words.kinds[begin - 1] & (DIGIT | TEEN | TENS))
            return first if whole else begin
    return first


def _before(words: Words, low: Numeral, first: int) -> bool:
    high = numeral_at(words, first)
    return high is not None and low.value < high.value


def in_building(words: Words, begin: int, street: int, *, at_once: bool) -> bool:
    """Whether "flat sixty two" stands before the name of a house of flats ("Brook Tower")."""
    return at_once and bool(words.kinds[begin] & DWELLING) and words.words[street] in BUILDINGS


def room_before(words: Words, begin: int) -> int:
    """Where "room seven Beacon House" begins, given its number; ``begin`` for another address."""
    return begin - (begin > 0 and words.words[begin - 1] == "room" and words.gap(begin) == SPACE)


def other_type(reading: Reading, last: int) -> Iterator[Hit]:
    """As in "Mill Rise, not Hill": the type that it is not."""
    words = reading.words
    if last + 1 >= len(words.words) or words.words[last] not in ("not", "or", "no"):
        return
    token = last + 1
    if words.kinds[token] & STREET and (not words.cased or words.capital(token)):
        yield address_hit(reading, token, token + 1, 0.6, "other-type")
