"""A number and a name that no street type ends, before a town: "2 Tai Bychan, Corris".

Only in a text with capitals, of one to three words that have them, with a comma and a listed place
after them. Never a dose, a month or a role: "2 Paracetamol, Reading", "4 May, Bath".
"""

from collections.abc import Iterator, Mapping

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import NOT_NAMES, address_hit, flat_before
from deid.detect.spoken.addresses.towns import listed_phrase
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon

_LONGEST_NAME, _LISTED = 3, 3


def unnamed_streets(reading: Reading, numbers: Mapping[int, Door]) -> Iterator[Hit]:
    """Hits over the number, the name and the town."""
    words = reading.words
    for first, door in numbers.items() if words.cased else ():
        name = _name_end(words, first)
        town = _town_end(words, name) if door.at_once and name > first else 0
        if town:
            begin = flat_before(reading, door.first)
            yield address_hit(reading, begin, town, 0.7, "number-and-town")


def _name_end(words: Words, first: int) -> int:
    """The token after one to three names with capitals that a comma follows; else ``first``."""
    token = first
    while token < len(words.words) and token - first <= _LONGEST_NAME:
        if token > first and words.gap(token) not in (SPACE, HYPHEN):
            break
        word, kind = words.words[token], words.kinds[token]
        plain = not kind & (MONTH | NUMERAL | SKIP) and "'" not in word
        if not (plain and words.capital(token)) or word in NOT_NAMES or word in allowed().words:
            return first
        token += 1
    closed = token < len(words.words) and words.gap(token) == PAUSE
    plain = token == first + 1 and lexicon().entry(words.words[first]).tier > 0
    return token if closed and not plain and 0 < token - first <= _LONGEST_NAME else first


def _town_end(words: Words, first: int) -> int:
    """The token after a listed town or village that begins at ``first``; 0 for none."""
    if not words.capital(first):
        return 0
    if end := listed_phrase(words, first):
        return end
    entry = lexicon().entry(words.words[first])
    return first + 1 if entry.place >= _LISTED and entry.given <= _LISTED else 0
