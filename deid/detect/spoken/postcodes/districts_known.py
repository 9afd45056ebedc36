"""Districts beside those that a talk has told: "G20?" / "G twenty, and over the road's G12".

Once a district was found, whatever says it again is masked too, and so is any other of its area;
of the letters that vitamins, vertebrae and motorways have as well only the same one. A number by
itself counts where it is set against a district: "LA23 or LA22" / "Twenty-three", "Not two".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, STOP
from deid.detect.spoken.postcodes.districts import is_in_use
from deid.detect.spoken.postcodes.shapes import with_letter
from deid.detect.spoken.postcodes.two_letters import goes_on
from deid.transcript import EntityType

_OUTWARD = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?(?:\d[A-Z]{2})?")
_ONE = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?")
ELSEWHERE = frozenset("BCLMST")
"""Areas of one letter that vitamins, vertebrae and roads have too."""
_AGAINST = frozenset({"not", "or", "side's", "road's"})
_LINES, _WRITTEN_OUT = 2, 2


def districts_known(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for those that ``hits`` do not cover."""
    kind = EntityType.UK_POSTCODE
    taken = covered(reading, [hit for hit in hits if hit.entity_type is kind])
    told: dict[str, set[int]] = {}
    for segment in reading.segments:
        shape = _OUTWARD.fullmatch(with_letter(segment.chars))
        if shape is not None and taken[segment.first]:
            told.setdefault(shape[1], set()).add(int(shape[2]))
    if not told:
        return
    ends = [bisect_left(reading.words.starts, hit.end) for hit in hits if hit.entity_type is kind]
    for segment in reading.segments:
        if any(taken[segment.first : segment.last]) or segment.quantity:
            continue
        if _is_of(reading, told, segment) and goes_on(reading.words, segment.last):
            claim = ("spoken-postcodes", "district-known")
            yield reading.hit(segment.first, segment.last, kind, 0.6, claim)
        elif _is_set_against(reading, told, segment, ends):
            claim = ("spoken-postcodes", "district-number")
            yield reading.hit(segment.first, segment.last, kind, 0.55, claim)


def _is_of(reading: Reading, told: Mapping[str, set[int]], segment: Segment) -> bool:
    """Whether it is a district of a told area."""
    shape = _ONE.fullmatch(with_letter(segment.chars))
    if shape is None or shape[1] not in told:
        return False
    other = shape[1] not in ELSEWHERE or _is_all(reading, segment)
    return int(shape[2]) in told[shape[1]] or (other and is_in_use(shape))


def _is_all(reading: Reading, segment: Segment) -> bool:
    """Whether nothing else is said in its sentence: "S eleven." behind "we're S6"."""
    words = reading.words
    opens = segment.first == 0 or words.gap(segment.first) in (LINE, STOP)
    ends = segment.last >= len(words.words) or words.gap(segment.last) in (LINE, STOP)
    return opens and ends


def _is_set_against(
    reading: Reading, told: Mapping[str, set[int]], segment: Segment, ends: Sequence[int]
) -> bool:
    """Whether it is the number of a told district by itself, soon after a district."""
    words, first = reading.words, segment.first
    numbers = set().union(*told.values())
    if not segment.chars.isdigit() or int(segment.chars) not in numbers:
        return False
    before = bisect_left(ends, first + 1)
    near = before > 0 and reading.lines_between(ends[before - 1] - 1, first) <= _LINES
    against = first > 0 and words.words[first - 1] in _AGAINST
    opens = reading.starts_turn(first) and len(segment.chars) == _WRITTEN_OUT
    return near and (against or opens) and goes_on(words, segment.last)
