"""Read-backs: "so that's nine four three...", said by the other speaker after an identifier.

A stretch that repeats part of what was just found is the same identifier, whoever says it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.reading import Reading
from deid.transcript import EntityType

NAME = "spoken-readback"
_REACH, _FEWEST = 80, 3
_TYPES = frozenset(
    {
        EntityType.UK_NHS,
        EntityType.UK_CHI,
        EntityType.UK_HSC,
        EntityType.MEDICAL_RECORD,
        EntityType.UK_NINO,
        EntityType.STAFF_REGISTRATION,
        EntityType.PHONE_NUMBER,
        EntityType.UK_VEHICLE_REGISTRATION,
        EntityType.BANK_ACCOUNT,
        EntityType.CREDIT_CARD,
        EntityType.UK_POSTCODE,
        EntityType.DATE_OF_BIRTH,
    }
)


def read_backs(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for stretches that repeat at least three characters of a hit shortly before them.

    ``hits`` are what the other recognisers found, in any order.
    """
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in _TYPES), key=lambda hit: (hit.start, hit.end)
    )
    if not numbers:
        return
    words, place = reading.words, 0
    starts = [words.starts[stretch.first] for stretch in reading.stretches]
    said = [(hit, _chars(reading, hit, starts)) for hit in numbers]
    for stretch in reading.stretches:
        start, end = words.starts[stretch.first], words.ends[stretch.last - 1]
        while place < len(said) and said[place][0].end <= start:
            place += 1
        if len(stretch.chars) < _FEWEST or stretch.quantity:
            continue
        for hit, chars in reversed(said[max(0, place - 6) : place]):
            if start - hit.end > _REACH * 6:
                break
            if len(chars) > _FEWEST and stretch.chars in chars:
                yield Hit(start, end, hit.entity_type, 0.7, NAME, "repeats")
                break


def _chars(reading: Reading, hit: Hit, starts: list[int]) -> str:
    """The characters said in a hit; ``starts`` are the offsets of all stretches."""
    inside = reading.stretches[bisect_left(starts, hit.start) : bisect_left(starts, hit.end)]
    ends = reading.words.ends
    return "".join(each.chars for each in inside if ends[each.last - 1] <= hit.end)
