"""A door number, a name, and a kind of street that is an everyday word too: "8 Oaktree Mead".

With capitals on all of it, or, without, after "it's" and "at" with a name that is no English word:
"it's eight oaktree furlong". Never "a bike ride", "two tablets down" or "8 out of ten a side".
"""

from collections.abc import Iterator, Mapping

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import NOT_NAMES, address_hit, flat_before
from deid.detect.spoken.addresses.towns import listed, towns
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, SKIP, UNITS, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import SPACE, Words
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon, medicines

_RARE = frozenset(data("streets")["rare"])
_WEAK = _RARE | frozenset(data("streets")["weak"])
_LEADS = frozenset({"it's", "that's", "at", "is", "address's"})
_LONGEST_NAME, _RARE_WORD, _SHORTEST = 2, 50, 4


def rare_streets(reading: Reading, numbers: Mapping[int, Door]) -> Iterator[Hit]:
    """Hits over the number, the name and the kind, with the towns after them."""
    words = reading.words
    for first, door in numbers.items():
        last = _street_end(words, first) if door.at_once else first
        led = door.first > 0 and words.words[door.first - 1] in _LEADS
        if last == first or not (words.cased or (led and words.gap(door.first) == SPACE)):
            continue
        yield address_hit(reading, flat_before(reading, door.first), last, 0.65, "rare-street")
        yield from towns(reading, last)


def is_rare_name(words: Words, first: int, street: int) -> bool:
    """Whether a name that is no English word stands there in small letters: "5 adelaide court"."""
    if words.cased or not 0 < street - first <= _LONGEST_NAME:
        return False
    names = all(_names(words, token) for token in range(first, street))
    last = lexicon().entry(words.words[street - 1]).tier
    return names and (not last or last >= _RARE_WORD) and words.words[street] not in _EVERYDAY


_EVERYDAY = frozenset({"way", "place", "point", "end", "bank", "park", "walk", "row", "st", "pass"})


def _street_end(words: Words, first: int) -> int:
    """The token after the kind; ``first`` where the words from there on are no street."""
    for kind in range(first + 1, min(len(words.words), first + _LONGEST_NAME + 1)):
        if words.gap(kind) != SPACE or not _names(words, kind - 1):
            return first
        if words.words[kind] in (_RARE if words.cased else _WEAK):
            return kind + 1 if _closes(words, first, kind) else first
    return first


def _names(words: Words, token: int) -> bool:
    """Whether a word may be of a street's name: no number, month, unit or medicine."""
    word, plain = words.words[token], words.kinds[token] & (NUMERAL | MONTH | SKIP)
    medicine = word in medicines() or word in allowed().words or allowed().term_like(word)
    said = bool(plain) or word in UNITS or word in NOT_NAMES or medicine or len(word) < _SHORTEST
    return not said and (words.capital(token) or not words.cased)


def _closes(words: Words, first: int, kind: int) -> bool:
    if words.cased:
        return words.capital(kind)
    tier = lexicon().entry(words.words[first]).tier
    after = kind + 1
    there = after < len(words.words) and words.words[after] in {"in", "off", "near", "by"}
    there = there or (after < len(words.words) and listed(words, after) > after)
    return (not tier or tier >= _RARE_WORD) and (words.closes(after) or there)
