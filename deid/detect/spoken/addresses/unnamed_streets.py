"""A number and a name that no street type ends: "2 Tai Bychan, Corris", "it's 3 Stonegate".

In a text with capitals one to three words that have them, with a comma and a listed place after
them; a word of two that names land, behind "it's" or "at" and with nothing of the clause after it;
in any text a street that is listed without a type ("22 Mount Pleasant"). Never a dose, a month or a
role: "2 Paracetamol, Reading", "4 May, Bath".
"""

from collections.abc import Iterator, Mapping

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors import Door
from deid.detect.spoken.addresses.dwellings import NOT_NAMES, address_hit, flat_before
from deid.detect.spoken.addresses.towns import listed_phrase, towns
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon

_TYPELESS = phrases(data("streets")["typeless"])
_LAND = tuple(data("streets")["compounds"])
_LEADS = frozenset({"it's", "that's", "at", "is", "address's", "us", "them", "me", "to"})
_PARTS = frozenset({"upper", "lower", "nether", "higher"})
_THERE = frozenset({"in", "and", "near", "just", "off", "by", "over", "out", "then", "now", "when"})
_LONGEST_NAME, _LISTED, _SHORTEST, _SHORTEST_NAME = 3, 3, 7, 4


def unnamed_streets(reading: Reading, numbers: Mapping[int, Door]) -> Iterator[Hit]:
    """Hits over the number, the name and the town."""
    words = reading.words
    for first, door in numbers.items():
        if not door.at_once:
            continue
        led = words.words[door.first - 1] in _LEADS if door.first else False
        name = _name_end(words, first, led=led) if words.cased else first
        town = _town_end(words, name) if name > first else 0
        begin = flat_before(reading, door.first)
        if town:
            yield address_hit(reading, begin, town, 0.7, "number-and-town")
        elif words.gap(first) != SPACE:
            continue
        elif last := _typeless(words, first) or _compound(words, door, first):
            yield address_hit(reading, begin, last, 0.65, "number-and-name")
            yield from towns(reading, last)


def _typeless(words: Words, first: int) -> int:
    """The token after a listed street that begins at ``first``, if nothing goes on; else 0."""
    last = first + words.phrase(first, _TYPELESS)
    written = not words.cased or words.capital(last - 1)
    return last if last > first and written and _ends(words, last) else 0


def _compound(words: Words, door: Door, first: int) -> int:
    """The token after a name such as "Stonegate", "Upper Bayble" that "it's 3" leads to, or 0."""
    part = words.words[first] in _PARTS and not words.closes(first + 1)
    word, lead = words.words[first + part], words.words[max(0, door.first - 1)]
    last = first + part + 1
    if lead not in _LEADS or words.gap(door.first) != SPACE or not (part or word.endswith(_LAND)):
        return 0
    plain = lexicon().entry(word).tier > 0 or word in allowed().words
    plain = plain or len(word) < (_SHORTEST_NAME if part else _SHORTEST)
    written = words.cased and words.capital(first) and words.capital(last - 1)
    return last if written and not plain and _ends(words, last) else 0


def _ends(words: Words, last: int) -> bool:
    return words.closes(last) or words.words[last] in _THERE


def _name_end(words: Words, first: int, *, led: bool) -> int:
    """The token after one to three names with capitals that a comma follows; else ``first``.

    A lone English word is one only behind "it's", "at".
    """
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
    plain = token == first + 1 and not led and lexicon().entry(words.words[first]).tier > 0
    return token if closed and not plain and 0 < token - first <= _LONGEST_NAME else first


def _town_end(words: Words, first: int) -> int:
    """The token after a listed town or village that begins at ``first``; 0 for none."""
    if not words.capital(first):
        return 0
    if end := listed_phrase(words, first):
        return end
    entry = lexicon().entry(words.words[first])
    return first + 1 if entry.place >= _LISTED and entry.given <= _LISTED else 0
