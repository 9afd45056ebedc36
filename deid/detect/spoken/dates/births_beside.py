"""Dates of birth in figures that stand beside another's, or before another identifier of somebody.

"He's eighteen, four, twenty seventeen and I'm five, two, eighty-eight"; "Three, twelve,
eighty-five, and my postcode's ...". Only day, month and year that are all of their clause, behind
"he's" with the other date near in the same turn, or as the beginning of a sentence that goes on
with "and my". Never readings, amounts, or numbers that go up by steps.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.dates.checked import is_grown, is_other_talk, year_after
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, SPACE, STOP
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_IS = frozenset({"he's", "she's", "i'm", "they're", "mine's", "hers is", "his is", "mine is"})
_OTHER = (CueKind.POSTCODE, CueKind.NHS, CueKind.ADDRESS)
_MINE = frozenset({"my", "the", "our", "his", "her"})
_BESIDE, _TO_CUE, _CENTURY, _EARLIEST, _UNITS = 9, 3, 100, 1900, 3


def births_beside(reading: Reading, hits: Sequence[Hit], *, reference_year: int) -> Iterator[Hit]:
    """Hits for such dates."""
    words = reading.words
    born = sorted((hit.start, hit.end) for hit in hits if hit.entity_type is _BIRTH)
    for segment in reading.segments:
        first, last = segment.first, segment.last
        if not segment.chars.isdigit() or segment.quantity or is_other_talk(words, first, last):
            continue
        year = year_after(words, first)
        if year is None or year.last != last or last - first < _UNITS:
            continue
        full = _EARLIEST <= year.value <= reference_year or year.value < _CENTURY
        grown = is_grown(words, first, year, reference_year)
        told = full and _is_beside(reading, segment, born)
        if told or (grown and _goes_on(reading, segment)):
            yield reading.hit(first, last, _BIRTH, 0.85, ("spoken-dates", "birth-beside"))


def _is_beside(reading: Reading, segment: Segment, born: Sequence[tuple[int, int]]) -> bool:
    """Whether "he's" leads it, and another date of birth stands near in the same turn."""
    words, first, last = reading.words, segment.first, segment.last
    lead = words.words[max(0, first - 2) : first]
    led = bool(lead) and words.gap(first) == SPACE
    led = led and (lead[-1] in _IS or " ".join(lead) in _IS)
    ends = words.closes(last) or words.words[last] == "and"
    if not led or not ends:
        return False
    low = bisect_left(born, (words.starts[max(0, first - _BESIDE * 2)], 0))
    for start, end in born[low : low + _BESIDE]:
        other, behind = bisect_left(words.starts, start), bisect_left(words.starts, end)
        if 0 <= first - behind <= _BESIDE:
            return reading.lines_between(other, first) == 0
        if 0 <= other - last <= _BESIDE:
            return reading.lines_between(last - 1, other) == 0
    return False


def _goes_on(reading: Reading, segment: Segment) -> bool:
    """Whether it begins a sentence that goes on with another identifier: "and my postcode's"."""
    words, token = reading.words, segment.last
    opens = segment.first == 0 or words.gap(segment.first) in (STOP, LINE)
    if not opens or token >= len(words.words) or words.gap(token) == LINE:
        return False
    token += words.words[token] == "and"
    if words.words[token : token + 1] == [] or words.words[token] not in _MINE:
        return False
    return any(reading.cues.after(kind, token, reach=_TO_CUE) is not None for kind in _OTHER)
