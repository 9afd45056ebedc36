"""What has been found so far, by its characters: the ground for hearing it said again.

An identifier given in pieces is known both by its pieces and as a whole. Look-ups are of strings in
sets, so that a transcript with many identifiers costs no more than one with few.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.reading import Reading
from deid.transcript import EntityType

TYPES = frozenset(
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
SURE, SURE_MIXED = 6, 5
"""Characters that are enough to know an identifier again anywhere; with a letter among them."""
_LONGEST, _PIECES_APART = 40, 16


@dataclass(frozen=True, slots=True)
class Known:
    """One identifier as found: its characters, its type, its tokens (half-open)."""

    chars: str = field(repr=False)
    entity_type: EntityType
    first: int
    last: int

    def nearly_says(self, chars: str) -> bool:
        """Whether it holds them with two changed about, or in four or more with one misheard."""
        size = len(chars)
        windows = {self.chars[at : at + size] for at in range(len(self.chars) - size + 1)}
        return any(alike(window, chars) for window in windows)


def alike(one: str, other: str) -> bool:
    """Whether two runs of a length are one with two places changed about, or one misheard."""
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return len(one) > 3  # noqa: PLR2004 - of three digits too many are one apart
    if len(apart) != 2:  # noqa: PLR2004 - two places changed about
        return not apart
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]


def known(reading: Reading, hits: Iterable[Hit]) -> list[Known]:
    """The identifiers among the hits in order of their end, pieces and wholes."""
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in TYPES), key=lambda hit: (hit.start, hit.end)
    )
    starts = [reading.words.starts[stretch.first] for stretch in reading.stretches]
    single = [found for hit in numbers if (found := _of(reading, hit, starts)) is not None]
    return sorted([*single, *_joined(single)], key=lambda each: each.last)


def _of(reading: Reading, hit: Hit, starts: list[int]) -> Known | None:
    words = reading.words
    begin = max(0, bisect_left(starts, hit.start) - 1)
    chars = "".join(
        char
        for stretch in reading.stretches[begin : bisect_left(starts, hit.end)]
        for char, unit in zip(stretch.chars, stretch.units, strict=True)
        if hit.start <= words.starts[stretch.spans[unit][0]] < hit.end
    )
    first = bisect_left(words.starts, hit.start)
    last = bisect_left(words.starts, hit.end)
    return Known(chars[:_LONGEST], hit.entity_type, first, last) if chars else None


def _joined(single: list[Known]) -> Iterator[Known]:
    """The pieces of one answer together."""
    whole = ""
    for before, piece in pairwise(single):
        apart = piece.first - before.last
        same = piece.entity_type is before.entity_type and 0 <= apart <= _PIECES_APART
        whole = (whole or before.chars) + piece.chars if same else ""
        if whole and len(whole) <= _LONGEST:
            yield Known(whole, piece.entity_type, before.first, piece.last)


def sure_parts(found: Iterable[Known]) -> dict[str, EntityType]:
    """Parts of the identifiers, of a length that is known again anywhere, with their type.

    Six characters, or five with a letter among them. Days are left out: they come in too few
    characters, and other people have them.
    """
    made: dict[str, EntityType] = {}
    for chars, entity_type in {(each.chars, each.entity_type): None for each in found}:
        if entity_type is EntityType.DATE_OF_BIRTH:
            continue
        for start in range(len(chars) - SURE_MIXED + 1):
            made.setdefault(chars[start : start + SURE], entity_type)
            mixed = chars[start : start + SURE_MIXED]
            if not mixed.isdigit() and not mixed.isalpha():
                made.setdefault(mixed, entity_type)
    return {part: kind for part, kind in made.items() if len(part) == SURE or not part.isdigit()}


def covered(reading: Reading, hits: Sequence[Hit]) -> bytearray:
    """One flag a token: whether a hit covers its beginning."""
    words = reading.words
    flags = bytearray(len(words.words))
    last_end, token = 0, 0
    for hit in sorted(hits, key=lambda each: each.start):
        while token < len(flags) and words.starts[token] < max(hit.start, last_end):
            token += 1
        while token < len(flags) and words.starts[token] < hit.end:
            flags[token] = 1
            token += 1
        last_end = max(last_end, hit.end)
    return flags
