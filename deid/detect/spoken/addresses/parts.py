"""Parts of an address: the number that answers, a house in the plural, a part said again.

"On Mill Row?" / "Two hundred and four"; "nine the Larches, Totnes"; "22 Gloucester Road?" / "Aye,
twenty two Gloucester". Each needs a street that was found, or a listed place after it; never a
number alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import address_hit
from deid.detect.spoken.addresses.towns import towns
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DWELLING, MIXED, NUMERAL
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_ADDRESS, _ANSWERED, _SAME_TURN = EntityType.STREET_ADDRESS, 8, 24
_RARE_WORD, _SHORTEST_HOUSE, _SHORTEST_NAME = 35, 5, 4


def numbers_answered(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "still at Mill Row?" / "Number thirty-one, yes."; "opposite number two"; "No. 63."."""
    words = reading.words
    ends = sorted(hit.end for hit in hits if hit.entity_type is _ADDRESS)
    for token, word in enumerate(words.words[:-1]):
        short = word == "no" and words.capital(token) and words.between(token + 1) == ". "
        if word != "number" and not short:
            continue
        placed = token > 0 and words.words[token - 1] in _BESIDE and words.gap(token) == SPACE
        if not placed and words.gap(token) not in (LINE, STOP):
            continue
        if words.gap(token + 1) != (STOP if short else SPACE):
            continue
        numeral = numeral_at(words, token + 1)
        last = numeral.last if numeral else token + 1 + bool(words.kinds[token + 1] & MIXED)
        if last == token + 1 or not words.closes(last):
            continue
        low = words.starts[_reach_back(words, token)]
        place = bisect_right(ends, low)
        if place < len(ends) and ends[place] <= words.starts[token]:
            yield address_hit(reading, token, last, 0.6, "number-answered")


def _reach_back(words: Words, token: int) -> int:
    """How far back an address may stand: a few words, more of them in the same turn."""
    first = token
    while first > 0 and token - first < _SAME_TURN and words.gap(first) != LINE:
        first -= 1
    return max(0, min(first, token - _ANSWERED))


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
        read = words.kinds[first] & NUMERAL and (
            "?" in words.between(token) or words.words[token] == "no"
        )
        if not (read or _asked(words, first)):
            continue
        while words.words[token] in _AGREEING and token + 1 < len(words.words):
            token += 1
            if words.gap(token) not in (SPACE, PAUSE, STOP):
                break
        numeral = numeral_at(words, token)
        if numeral is not None and 0 < numeral.value <= _HIGHEST and words.closes(numeral.last):
            yield address_hit(reading, token, numeral.last, 0.6, "door-answered")
        lettered = words.kinds[token] & MIXED and words.words[token][:-1].isdigit()
        if lettered and words.closes(token + 1):  # "112A."
            yield address_hit(reading, token, token + 1, 0.6, "door-answered")


def _asked(words: Words, first: int) -> bool:
    """Whether "you're still on", "do you live in" stands before a street without a number."""
    lead = words.skip_back(first - 1) if first else -1
    if words.kinds[first] & NUMERAL or lead < 0 or words.words[lead] not in _AT:
        return False
    before = words.words[max(0, lead - _QUESTION) : first]
    return not _LIVING.isdisjoint(before) and any(word in _YOURS for word in before)


_BESIDE = frozenset({"opposite", "at", "outside", "beside", "by"})
_AT = frozenset({"on", "at", "in"})
_LIVING = frozenset({"still", "live", "living", "address"})
_YOURS = frozenset({"you", "you're", "your", "they", "they're", "she", "she's", "he", "he's"})
_AGREEING = frozenset({"yes", "yeah", "aye", "yep", "um", "er", "erm", "oh", "no"})
_QUESTION, _HIGHEST = 6, 2999


def plural_houses(reading: Reading, numbers: dict[int, Door]) -> Iterator[Hit]:
    """As in "nine the Larches, Totnes", "i'm at forty five the ridgeway": hardly a word otherwise.

    With a listed place after it, or right behind "i'm at" in a text of one case.
    """
    words = reading.words
    for first, door in numbers.items():
        name = first + 1
        if name >= len(words.words) or words.words[first] != "the":
            continue
        paused = words.gap(first) == PAUSE and words.gap(door.first) in (LINE, STOP)
        if not paused and words.gap(first) != SPACE:
            continue
        told = reading.cues.before(CueKind.ADDRESS, door.first, reach=1) is not None
        told = told and not words.cased and _is_rare(words, name)
        if not told and not is_plural_house(words, name):
            continue
        after = list(towns(reading, name + 1))
        if after or told:
            yield address_hit(reading, door.first, name + 1, 0.6, "plural-house")
            yield from after


def is_plural_house(words: Words, token: int) -> bool:
    """Whether "Larches", behind "the", is hardly a word otherwise."""
    written = not words.cased or words.capital(token)
    return words.words[token].endswith("s") and written and _is_rare(words, token)


def _is_rare(words: Words, token: int) -> bool:
    """Whether a word that follows at once is hardly said otherwise than as a name."""
    word = words.words[token]
    tier = lexicon().entry(word).tier
    named = "'" not in word and len(word) >= _SHORTEST_HOUSE and words.gap(token) == SPACE
    return named and (not tier or tier >= _RARE_WORD)


def addresses_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A number with its street's first word, or a flat's, said apart from the whole address."""
    words = reading.words
    known: set[tuple[int, str]] = set()
    inside: set[int] = set()
    named: set[str] = set()
    for hit in hits:
        if hit.entity_type is not EntityType.STREET_ADDRESS:
            continue
        tokens = range(bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end))
        inside.update(tokens)
        named.update(words.words[token] for token in tokens)
        pairs = (pair for token in tokens for pair in _pairs(words, token))
        known.update(key for key, _, last in pairs if last <= tokens.stop)
    for numeral in reading.numerals if known else ():
        for key, first, end in _pairs(words, numeral.first):
            if key not in known or first in inside:
                continue
            last = end
            while not words.closes(last) and words.words[last] in named:
                last += 1
            if words.closes(last):
                yield address_hit(reading, first, last, 0.6, "address-again")


def _pairs(words: Words, token: int) -> Iterator[tuple[tuple[int, str], int, int]]:
    """A number that begins here with the name after it, and with "flat" before it.

    Each with the tokens (half-open) of both.
    """
    numeral = numeral_at(words, token) if words.kinds[token] & NUMERAL else None
    if numeral is None:
        return
    if token and words.kinds[token - 1] & DWELLING and words.gap(token) == SPACE:
        yield (numeral.value, words.words[token - 1]), token - 1, numeral.last
    if numeral.last < len(words.words) and words.gap(numeral.last) in (SPACE, PAUSE):
        name = words.words[numeral.last]
        if not words.kinds[numeral.last] & NUMERAL and len(name) >= _SHORTEST_NAME:
            yield (numeral.value, name), token, numeral.last + 1
