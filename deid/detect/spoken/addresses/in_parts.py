"""Addresses said in parts with commas: "Room 118, Travelodge, Castle Street", "Block D, Ferncroft".

With capitals, or by words that are hardly English. A chain that begins with a numbered room, block
or flat goes on over names up to a street that was found, or up to another numbered part; a number
and a name behind the sentence that ends in "my house" are its address ("I came from my house. 7
Thorndale."). Never "Room 4, Monday" or "my house. 2 Paracetamol".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.heard.lexicon import DWELLING, LETTER, MIXED, MONTH, NUMERAL, SKIP
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_PARTS = frozenset({"room", "block", "floor"})
_HOMES = frozenset({"house", "home", "flat", "bungalow", "place", "cottage", "caravan"})
_OWN = frozenset({"my", "his", "her", "our", "their", "your", "mum's", "dad's", "mother's"})
_MOST_PARTS, _LONGEST_NAME, _RARE_WORD = 4, 3, 40


def in_parts(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits over the whole chains."""
    words = reading.words
    streets = {
        bisect_left(words.starts, hit.start): bisect_left(words.starts, hit.end)
        for hit in hits
        if hit.entity_type is EntityType.STREET_ADDRESS
    }
    for token, word in enumerate(words.words[:-1]):
        if word in _HOMES and token and words.words[token - 1] in _OWN:
            if last := _behind_home(words, token + 1):
                yield address_hit(reading, token + 1, last, 0.6, "behind-home")
        elif (word in _PARTS or words.kinds[token] & DWELLING) and (
            last := _chain_end(words, token, streets)
        ):
            yield address_hit(reading, token, last, 0.65, "address-in-parts")


def _chain_end(words: Words, first: int, streets: dict[int, int]) -> int:
    """The token after a street, or another numbered part, that the chain leads to; else 0."""
    last = _part_end(words, first)
    for _ in range(_MOST_PARTS):
        if not last or last >= len(words.words) or not _parted(words, last):
            return 0
        if last in streets and not words.kinds[last] & DWELLING:
            return streets[last]
        numbered = _part_end(words, last)
        if numbered and words.words[last] != words.words[first]:
            return numbered if words.closes(numbered) else 0
        last = _name_end(words, last)
    return 0


def _parted(words: Words, token: int) -> bool:
    """Whether a comma parts a token from the one before; captions have none."""
    return words.gap(token) == PAUSE or (not words.cased and words.gap(token) == SPACE)


def _part_end(words: Words, token: int) -> int:
    """The token after "Room 118", "Block D", "Flat 12"; 0 for none."""
    after = token + 1
    if after >= len(words.words) or words.gap(after) != SPACE:
        return 0
    if not (words.words[token] in _PARTS or words.kinds[token] & DWELLING):
        return 0
    numeral = numeral_at(words, after)
    letter = words.kinds[after] & LETTER and (words.capital(after) or not words.cased)
    told = words.kinds[after] & MIXED or letter
    return numeral.last if numeral else after + 1 if told else 0


def _name_end(words: Words, first: int) -> int:
    """The token after one to three names with capitals that end their clause; 0 for none."""
    token = first
    while token < len(words.words) and token - first < _LONGEST_NAME and _is_name(words, token):
        token += 1
        if words.closes(token) or (not words.cased and _part_end(words, token)):
            return token
        if words.gap(token) != SPACE:
            break
    return 0


def _is_name(words: Words, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    plain = word in DESCRIBING or word in NOT_NAMES
    other = kind & (MONTH | NUMERAL | SKIP) or word.endswith("day")
    called = words.capital(token) if words.cased else _rare(word)
    return called and not (plain or other or "'" in word)


def _rare(word: str) -> bool:
    tier = lexicon().entry(word).tier
    return (tier == 0 or tier >= _RARE_WORD) and word not in allowed().words


def _behind_home(words: Words, door: int) -> int:
    """The token after "7 Thorndale" that begins a sentence and ends a clause; else 0."""
    if door + 1 >= len(words.words) or words.gap(door) not in (STOP, LINE):
        return 0
    numeral = numeral_at(words, door) if words.kinds[door] & NUMERAL else None
    name = numeral.last if numeral else door + bool(words.kinds[door] & MIXED)
    if name == door or name >= len(words.words) or words.gap(name) != SPACE:
        return 0
    last = _name_end(words, name)
    return last if last and _rare(words.words[last - 1]) else 0
