"""Addresses with the house's number behind the road: "at fuller close, number 62".

Only after a word that leads to a place, or first in a turn: never "the bus lane, number 62".
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES
from deid.detect.spoken.heard.lexicon import NUMERAL
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE
from deid.transcript import EntityType

_LEADS = frozenset({"at", "to", "it's", "is"})
_ALONG = frozenset({"on", "in", "off", "down"})
"""What may lead there where nothing follows the number."""
_LIVING = frozenset({"born", "live", "lived", "lives", "living", "stay", "stayed", "we're", "i'm"})
_JOINED = (SPACE, HYPHEN)
_NAMELESS = (
    DESCRIBING
    | NOT_NAMES
    | {"bus", "fast", "slow", "inside", "outside", "middle", "cycle", "swimming"}
)


def numbers_behind(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for street in reading.streets:
        if words.words[street + 1 : street + 2] != ["number"] or street + 2 >= len(words.words):
            continue
        number = numeral_at(words, street + 2)
        first = street - 1
        apart = words.gap(street + 1) not in (SPACE, PAUSE) or words.gap(street) != SPACE
        if number is None or first < 0 or apart or words.gap(street + 2) != SPACE:
            continue
        last = number.last
        while (
            last < len(words.words) and words.kinds[last] & NUMERAL and words.gap(last) in _JOINED
        ):
            last += 1
        led = reading.starts_turn(first) or words.words[first - 1] in _LEADS
        homely = first > 1 and words.words[first - 2] in _LIVING
        led = led or (words.words[first - 1] in _ALONG and (homely or words.closes(last)))
        if not led or words.words[first] in _NAMELESS:
            continue
        rule = ("spoken-addresses", "number-behind")
        yield reading.hit(first, last, EntityType.STREET_ADDRESS, 0.9, rule)
