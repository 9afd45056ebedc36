"""A code of letters and digits that one speaker spells and another says back, whatever it is.

"N K T, seven one four, double nine" / "N K T seven one four double nine": nobody reads anything
else back letter by letter. Two letters and four digits at least, the same in two turns that are
near; never levels of the spine ("L four, L five, S one"), nor what one speaker only repeats.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import LETTER, NATO
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE
from deid.transcript import EntityType

_FEWEST_ECHOED = 2
_APART, _MOST_LINES, _FEWEST, _LONGEST = 40, 4, 6, 20
_MIXED = re.compile(r"(?=(?:\d*[A-Z]){2})(?=(?:[A-Z]*\d){4})[A-Z\d]+")
_LEVELS = re.compile(r"(?:[A-Z]\d{1,2})+")


def said_twice(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for both sayings, where ``hits`` do not cover them."""
    taken = covered(reading, hits)
    before: dict[str, Segment] = {}
    for segment in reading.segments:
        if not _is_code(reading, segment):
            continue
        last = before.get(segment.chars)
        before[segment.chars] = segment
        if last is None or not _is_answered(reading, last, segment):
            continue
        for each in (last, segment):
            if not all(taken[each.first : each.last]):
                claim = ("spoken-codes", "said-twice")
                record = EntityType.MEDICAL_RECORD
                yield reading.hit(each.first, each.last, record, 0.7, claim)


def echoed(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "F E Z" / "FEZ": the letters that were given, in one word that is all of a turn."""
    words, taken = reading.words, covered(reading, hits)
    for segment in reading.segments:
        last = segment.last
        spelt = segment.chars.isalpha() and len(segment.chars) == last - segment.first
        if not spelt or len(segment.chars) < _FEWEST_ECHOED or not all(taken[segment.first : last]):
            continue
        echo = words.words[last : last + 1] == [segment.chars.lower()]
        if echo and words.gap(last) == LINE and words.closes(last + 1):
            record = EntityType.MEDICAL_RECORD
            yield reading.hit(last, last + 1, record, 0.7, ("spoken-codes", "echoed"))


def _is_code(reading: Reading, segment: Segment) -> bool:
    chars = segment.chars
    if not _FEWEST <= len(chars) <= _LONGEST or segment.quantity or _LEVELS.fullmatch(chars):
        return False
    spelt = reading.words.kinds[segment.first : segment.last]
    return _MIXED.fullmatch(chars) is not None and any(kind & (LETTER | NATO) for kind in spelt)


def _is_answered(reading: Reading, one: Segment, other: Segment) -> bool:
    lines = reading.lines_between(one.last - 1, other.first)
    return 0 < lines <= _MOST_LINES and other.first - one.last <= _APART
