"""Districts in the talk about districts: "it was N16, then that went mad, then E5".

A postcode or a half of one that was found opens such talk, some turns behind it and a few before;
each that is found prolongs it. In it a district in use counts, one of one letter too, and a run of
them ("K W one to K W seventeen, P H nineteen"), unless an article or a road's word leads up to it
("the M5", "down the A38", "my L5", "his B12") or a thing beside it is called so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import LETTER, UNITS, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import Words
from deid.detect.spoken.postcodes.districts import is_in_use
from deid.detect.spoken.postcodes.districts_known import ELSEWHERE
from deid.detect.spoken.postcodes.shapes import with_letter
from deid.detect.spoken.postcodes.two_letters import CARE, may_be_lived_in
from deid.transcript import EntityType

_KIND = EntityType.UK_POSTCODE
_ONE = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?")
_MANY = re.compile(r"(?:[A-Z]{2}\d{1,2}){2,8}")
_AREA = re.compile(r"([A-Z]{1,2})\d")
_EACH = re.compile(r"([A-Z]{2})(\d{1,2})")
_BEHIND, _AHEAD, _NEVER = 8, 4, -99
_LEADS = frozenset(data("context")["district_talk_leads"])


def district_talk(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for those that ``hits`` do not cover."""
    words = reading.words
    starts = sorted(words.span(hit.start, hit.end)[0] for hit in hits if hit.entity_type is _KIND)
    if not starts:
        return
    lines, taken, told = reading.lines(), covered(reading, hits), _NEVER
    areas = {
        shape[1]
        for segment in reading.segments
        if taken[segment.first] and (shape := _AREA.match(with_letter(segment.chars)))
    }
    for segment in reading.segments:
        if any(taken[segment.first : segment.last]):
            continue
        line, place = lines[segment.first], bisect_left(starts, segment.first)
        told = max(told, lines[starts[place - 1]]) if place else told
        ahead = place < len(starts) and lines[starts[place]] - line <= _AHEAD
        if not ahead and line - told > _BEHIND:
            continue
        last = _district(words, segment, areas)
        if last:
            told = line
            yield reading.hit(
                segment.first, last, _KIND, 0.55, ("spoken-postcodes", "district-talk")
            )


def _district(words: Words, segment: Segment, areas: set[str]) -> int:
    """The token after a district, or a run of them; 0 for what is none."""
    chars, first, last = with_letter(segment.chars), segment.first, segment.last
    if _of_amount(words, last) or not may_be_lived_in(words, first, last):
        return 0
    if _MANY.fullmatch(chars):
        return last if all(map(is_in_use, _EACH.finditer(chars))) else 0
    shape = _ONE.fullmatch(chars)
    if shape is None or not is_in_use(shape) or shape.group() in CARE:
        return 0
    shown = not words.cased or all(
        words.capital(token) for token in range(first, last) if words.kinds[token] & LETTER
    )
    alone = words.closes(first) and (shape[1] not in ELSEWHERE or shape[1] in areas)
    led = alone or words.words[first - 1] in _LEADS
    return last if shown and led else 0


def _of_amount(words: Words, last: int) -> bool:
    """Whether a unit of something follows: "B twelve tablets"."""
    return last < len(words.words) and not words.closes(last) and words.words[last] in _UNITS


_UNITS = UNITS - {"to", "of", "or", "out", "over", "other", "is", "more"}
