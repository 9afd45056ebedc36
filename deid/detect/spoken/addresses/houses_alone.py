"""Houses by their names alone: told to have no number, or said back without their street.

"It should be Larkrise, it hasn't got a number, Firth Crescent"; "The Bungalow, Mill Lane." / "So
Bungalow." Only where such words follow the name at once, and only a name that an address was found
to begin with, in a turn that holds nothing else: never "a bungalow, and it's got no garden".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.heard.giving import closes, past_leads, turns
from deid.detect.spoken.heard.lexicon import NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_NUMBERLESS = phrases(data("context")["address_numberless"])
_LEADS = frozenset({"be", "is", "it's", "at", "called", "that's", "was", "just", "address"})
_LONGEST, _LATER, _OPENING = 3, 2, 4


def numberless(reading: Reading) -> Iterator[Hit]:
    """Hits for names before "it hasn't got a number", "there's no number"."""
    words = reading.words
    for token in range(1, len(words.words)):
        if words.words[token] not in _NUMBERLESS or words.gap(token) not in (PAUSE, SPACE):
            continue
        if words.phrase(token, _NUMBERLESS):
            first = _name_before(words, token)
            if first < token:
                yield address_hit(reading, first, token, 0.6, "house-numberless")


def _name_before(words: Words, end: int) -> int:
    """Where the house's name that ends before a token begins, behind "it's" or a clause's start."""
    for first in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
        if not _may_name(words, first) or (first < end - 1 and words.gap(first + 1) != SPACE):
            return end
        led = first > 0 and words.words[first - 1] in _LEADS
        opens = first == 0 or words.gap(first) in (LINE, STOP, BREAK)
        if led or (opens and words.cased):
            return first
    return end


def _may_name(words: Words, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    plain = word in NOT_NAMES or "'" in word or kind & (NUMERAL | SKIP)
    return not plain and (words.capital(token) if words.cased else word not in DESCRIBING)


def houses_said_back(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for turns soon after an address that only say the name with which it begins."""
    words, spans = reading.words, list(turns(reading.words))
    lasts = [last for _, last in spans]
    for hit in hits:
        begin = bisect_left(words.starts, hit.start)
        name = _house(words, begin) if hit.entity_type is EntityType.STREET_ADDRESS else []
        place = bisect_left(lasts, begin + 1)
        for first, last in spans[place + 1 : place + 1 + _LATER] if name else ():
            token = past_leads(words, first, last)
            for said in (name, name[1:], name[-1:]):
                end = token + len(said)
                again = said and words.words[token:end] == said
                if again and end <= last and closes(words, end, last):
                    yield address_hit(reading, token, end, 0.6, "house-said-back")
                    break


def _house(words: Words, first: int) -> list[str]:
    """The words of the house's name with which an address begins: to its first pause, or kind."""
    last = first
    while last < len(words.words) and last - first < _OPENING:
        if words.kinds[last] & NUMERAL or (last > first and words.gap(last) != SPACE):
            break
        last += 1
        if not words.cased and words.words[last - 1] in _KINDS:
            return words.words[first:last]
    named = last >= len(words.words) or words.gap(last) in (PAUSE, LINE)
    return words.words[first:last] if named else []


_KINDS = frozenset(data("streets")["sure_houses"])
