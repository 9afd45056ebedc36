"""Parts of an address: the number that answers, a house in the plural, a part said again.

"On Mill Row?" / "Two hundred and four"; "nine the Larches, Totnes"; "22 Gloucester Road?" / "Aye,
twenty two Gloucester". Each needs a street that was found, or a listed place after it; never a
number alone.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import address_hit
from deid.detect.spoken.addresses.towns import towns
from deid.detect.spoken.heard.lexicon import MIXED, NUMERAL
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_ADDRESS, _ANSWERED = EntityType.STREET_ADDRESS, 8
_RARE_WORD, _SHORTEST_HOUSE, _SHORTEST_NAME = 35, 5, 4


def numbers_answered(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "still at Mill Row?" / "Number thirty-one, yes."; "opposite number two"."""
    words = reading.words
    for token in (each for each, word in enumerate(words.words[:-1]) if word == "number"):
        placed = token > 0 and words.words[token - 1] in _BESIDE and words.gap(token) == SPACE
        if not placed and words.gap(token) not in (LINE, STOP):
            continue
        if words.gap(token + 1) != SPACE:
            continue
        numeral = numeral_at(words, token + 1)
        last = numeral.last if numeral else token + 1 + bool(words.kinds[token + 1] & MIXED)
        if last == token + 1 or not words.closes(last):
            continue
        low, high = words.starts[max(0, token - _ANSWERED)], words.starts[token]
        if any(low < hit.end <= high and hit.entity_type is _ADDRESS for hit in hits):
            yield address_hit(reading, token, last, 0.6, "number-answered")


def doors_answered(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "still on Mill Row?" / "Two hundred and four."; "17 Mill Row?" / "Seventy-one.".

    The answer is the door, or puts it right.
    """
    words = reading.words
    for hit in hits:
        if hit.entity_type is not _ADDRESS:
            continue
        first, token = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        if token >= len(words.words) or words.gap(token) != LINE:
            continue
        read = words.kinds[first] & NUMERAL and "?" in words.between(token)
        if not (read or _asked(words, first)):
            continue
        while words.words[token] in _AGREEING and token + 1 < len(words.words):
            token += 1
            if words.gap(token) not in (SPACE, PAUSE, STOP):
                break
        numeral = numeral_at(words, token)
        if numeral is not None and 0 < numeral.value <= _HIGHEST and words.closes(numeral.last):
            yield address_hit(reading, token, numeral.last, 0.6, "door-answered")


def _asked(words: Words, first: int) -> bool:
    """Whether "you're still on", "do you live in" stands before a street without a number."""
    if words.kinds[first] & NUMERAL or first == 0 or words.words[first - 1] not in _AT:
        return False
    before = words.words[max(0, first - _QUESTION) : first]
    return not _LIVING.isdisjoint(before) and any(word in _YOURS for word in before)


_BESIDE = frozenset({"opposite", "at", "outside", "beside", "by"})
_AT = frozenset({"on", "at", "in"})
_LIVING = frozenset({"still", "live", "living", "address"})
_YOURS = frozenset({"you", "you're", "your", "they", "they're", "she", "she's", "he", "he's"})
_AGREEING = frozenset({"yes", "yeah", "aye", "yep", "um", "er", "erm", "oh"})
_QUESTION, _HIGHEST = 6, 2999


def plural_houses(reading: Reading, numbers: dict[int, Door]) -> Iterator[Hit]:
    """As in "nine the Larches, Totnes": hardly a word otherwise, with a listed place after it."""
    words = reading.words
    for first, door in numbers.items():
        name = first + 1
        if name >= len(words.words) or words.words[first] != "the":
            continue
        paused = words.gap(first) == PAUSE and words.gap(door.first) in (LINE, STOP)
        if not paused and words.gap(first) != SPACE:
            continue
        if not _is_plural_house(words, name):
            continue
        after = list(towns(reading, name + 1))
        if after:
            yield address_hit(reading, door.first, name + 1, 0.6, "plural-house")
            yield from after


def _is_plural_house(words: Words, token: int) -> bool:
    word = words.words[token]
    tier = lexicon().entry(word).tier
    rare = not tier or tier >= _RARE_WORD
    plural = word.endswith("s") and len(word) >= _SHORTEST_HOUSE and words.gap(token) == SPACE
    return plural and rare and (not words.cased or words.capital(token))


def addresses_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A number with the first word of its street, said again after the whole address."""
    words, end = reading.words, 0
    known: dict[tuple[int, str], int] = {}
    for hit in hits:
        if hit.entity_type is not EntityType.STREET_ADDRESS:
            continue
        last = bisect_left(words.starts, hit.end)
        for token in range(bisect_left(words.starts, hit.start), last - 1):
            pair = _pair(words, token)
            if pair is not None and pair[1] < last:
                known.setdefault((pair[0], words.words[pair[1]]), last)
    for numeral in reading.numerals if known else ():
        pair = _pair(words, numeral.first)
        if pair is None or numeral.first < end or not words.closes(pair[1] + 1):
            continue
        value, name = pair
        if known.get((value, words.words[name]), len(words.words)) <= numeral.first:
            end = name + 1
            yield address_hit(reading, numeral.first, end, 0.6, "address-again")


def _pair(words: Words, token: int) -> tuple[int, int] | None:
    """The value of a number that begins here, and the token of the name after it."""
    numeral = numeral_at(words, token) if words.kinds[token] & NUMERAL else None
    if numeral is None or numeral.last >= len(words.words) or words.gap(numeral.last) != SPACE:
        return None
    name = words.words[numeral.last]
    plain = words.kinds[numeral.last] & NUMERAL or len(name) < _SHORTEST_NAME
    return None if plain else (numeral.value, numeral.last)
