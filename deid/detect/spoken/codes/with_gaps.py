"""Codes with a character that nobody could read: "A U D, nine oh four, something, two".

Who spells letters and digits, says "something" and spells on reads a code out, whatever it is: a
plate by its shape, else a number of somebody's. Letters said singly, digits behind them, and more
letters or a digit right behind "something", which end their clause; then also the letters said
again ("I can't see the K L T"). Never "B T ten something, one of them".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import CHUNK, LETTER, NATO, postcode_areas
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE
from deid.transcript import EntityType

_CODE, _PLATE = re.compile(r"[A-Z]{1,3}\d{2,6}"), re.compile(r"[A-Z]{2}\d{2}")
_REST = re.compile(r"[A-Z]{1,3}|\d{1,4}[A-Z]?")
_HALF, _LETTERS = re.compile(r"[A-Z]{2}\d{3}"), 2
_GAPS = frozenset({"something", "summat", "blank"})
_AGAIN = 10


def with_gaps(reading: Reading) -> Iterator[Hit]:
    """Hits for such codes, and for their letters said again."""
    words = reading.words
    for one, rest in pairwise(reading.segments):
        if one.last + 1 != rest.first or words.words[one.last] not in _GAPS:
            continue
        near = {words.gap(one.last), words.gap(rest.first)} <= {SPACE, PAUSE}
        if not near or not _CODE.fullmatch(one.chars) or not _REST.fullmatch(rest.chars):
            continue
        postcode = _HALF.fullmatch(one.chars) and one.chars[:2] in postcode_areas()
        if postcode and len(rest.chars) == _LETTERS and rest.chars.isalpha():
            continue  # "T R twelve seven something P Q"
        if not _is_spelt(reading, one) or rest.quantity or not _ends(reading, rest):
            continue
        plate = _PLATE.fullmatch(one.chars) and rest.chars.isalpha()
        kind = EntityType.UK_VEHICLE_REGISTRATION if plate else EntityType.MEDICAL_RECORD
        for each in (one._replace(last=rest.last), *_again(reading, rest)):
            yield reading.hit(each.first, each.last, kind, 0.65, ("spoken-codes", "with-gap"))


def _is_spelt(reading: Reading, segment: Segment) -> bool:
    """Whether its first character is a letter said singly, or letters written together."""
    return bool(reading.words.kinds[segment.first] & (LETTER | NATO | CHUNK))


def _ends(reading: Reading, rest: Segment) -> bool:
    """Whether the clause ends there; spelt letters may go on with what somebody says of them."""
    goes_on = rest.chars.isalpha() and not reading.words.cased
    return reading.words.closes(rest.last) or goes_on


def _again(reading: Reading, rest: Segment) -> Iterator[Segment]:
    """The letters of the rest, said again in the same turn."""
    if not rest.chars.isalpha() or len(rest.chars) == 1:
        return
    at = bisect_left(reading.segments, rest.last, key=lambda each: each.first)
    for segment in reading.segments[at : at + 2]:
        between = range(rest.last, segment.first + 1)
        near = len(between) <= _AGAIN and LINE not in map(reading.words.gap, between)
        if near and segment.chars.isalpha() and segment.chars.startswith(rest.chars):
            yield segment
