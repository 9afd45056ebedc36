"""Letters at a code's edge that are words elsewhere: "it's A 2392970", "pa 10840", "40 43 a".

Only the letters that such a code has there: the professions of the HCPC's register (hcpc-uk.org,
"Check the Register"), the last letter of an NI number (HMRC NIM39110), an A before a hospital
number. Right beside the digits, without a pause.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import SPACE
from deid.transcript import EntityType

_NINO = EntityType.UK_NINO
_BEFORE = {
    EntityType.MEDICAL_RECORD: frozenset({"a"}),
    EntityType.STAFF_REGISTRATION: frozenset(
        {"bs", "ch", "cs", "dt", "odp", "or", "ot", "pa", "ph", "po", "pyl", "ra", "sl"}
    ),
}
_LAST_OF_NINO = frozenset("abcd")


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
