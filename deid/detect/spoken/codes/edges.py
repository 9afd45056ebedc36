"""Letters at a code's edge that are words elsewhere: "it's A 2392970", "pa 10840", "40 43 a".

Only the letters that such a code has there: the professions of the HCPC's register (hcpc-uk.org,
"Check the Register"), the last letter of an NI number (HMRC NIM39110), an A before a hospital
number. Right beside the digits, without a pause.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import PAUSE, SPACE
from deid.transcript import EntityType

_NINO = EntityType.UK_NINO
_BEFORE = {
    EntityType.MEDICAL_RECORD: frozenset({"a"}),
    EntityType.STAFF_REGISTRATION: frozenset(
        {"bs", "ch", "cs", "dt", "odp", "or", "ot", "pa", "ph", "po", "pyl", "ra", "sl"}
    ),
}
_LAST_OF_NINO = frozenset("abcd")
_PROFESSIONS = _BEFORE[EntityType.STAFF_REGISTRATION]
_DIGITS, _REACH, _LONGEST_SLIP = range(5, 7), 12, 5
_REGISTERED = frozenset({"register", "registered", "registration", "hcpc"})


def worn_edges(reading: Reading, kind: EntityType, first: int, last: int) -> Iterator[Hit]:
    """A hit over the code with the tokens ``first`` to ``last`` and the letters beside it."""
    words = reading.words
    before, after = first, last
    begins = first > 0 and words.kinds[first] & NUMERAL and words.gap(first) == SPACE
    if begins and words.words[first - 1] in _BEFORE.get(kind, ()):
        before -= 1
    ends = kind is _NINO and last < len(words.words) and not words.kinds[last - 1] & LETTER
    if ends and words.gap(last) == SPACE and words.words[last] in _LAST_OF_NINO:
        after += 1
    if (before, after) != (first, last):
        yield reading.hit(before, after, kind, 0.9, ("spoken-codes", "edge"))


def professions(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits over a profession in capitals and its digits: "I'm registered. PYL, oh, oh four ..."."""
    words, kind = reading.words, EntityType.STAFF_REGISTRATION
    firsts = {segment.first: segment for segment in reading.segments}
    starts = {hit.start for hit in hits}
    for token, word in enumerate(words.words):
        if word not in _PROFESSIONS or token + 1 not in firsts or not words.cased:
            continue
        digits = firsts[token + 1]
        shown = words.text[words.starts[token] : words.ends[token]].isupper()
        number = digits.chars.isdigit() and len(digits.chars) in _DIGITS
        told = not _REGISTERED.isdisjoint(words.words[max(0, token - _REACH) : token])
        found = told or words.starts[token + 1] in starts
        beside = found and words.gap(token + 1) in (SPACE, PAUSE)
        if shown and number and beside and not digits.quantity:
            yield reading.hit(token, digits.last, kind, 0.75, ("spoken-codes", "profession"))


def is_put_right_inside(stretch: Stretch, pattern: re.Pattern[str]) -> bool:
    """Whether all is a code but for what is taken back: "21, B, 3718, no, 3758, O"."""
    for place in range(1, len(stretch.chars)):
        unit = stretch.units[place]
        if stretch.breaks[unit] != CORRECTED or stretch.units[place - 1] == unit:
            continue
        meant = (
            stretch.chars[: place - size] + stretch.chars[place:]
            for size in range(1, min(place, _LONGEST_SLIP) + 1)
        )
        if any(map(pattern.fullmatch, meant)):
            return True
    return False
