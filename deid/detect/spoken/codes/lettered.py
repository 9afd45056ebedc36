"""Letters and then digits, said one by one: somebody's registration or hospital number.

"mine's R T, oh six two, eight one", "k four oh seven, double two", "OD731420": one to three letters
and five to eight digits are no dose, no level and no grade, so that they need no cue. Never a count
("B, one, two, three, four, five"), a standard ("EN 13485"), or what an amount follows.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import (
    CHUNK,
    DIGIT,
    FIGURE,
    LETTER,
    MIXED,
    MULTIPLE,
    NATO,
    SHORT,
    TEEN,
    TENS,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.transcript import EntityType

NAME = "spoken-codes"
_SAID = re.compile(r"([B-HJ-Z]|[A-Z]{2,3})(\d{5,8})[A-HJ-Z]?")
_WRITTEN = re.compile(r"[A-Z]{2}\d{5,6}")
_STANDARDS = ("BS", "EN", "IS", "IP", "RF", "SD")
_REACH = 8
_NOT_OURS = frozenset(data("context")["runs_not_ours"]) | frozenset(data("context")["codes_placed"])
_LETTERS, _DIGITS, _GROUPS = LETTER | NATO | CHUNK | SHORT, DIGIT | MULTIPLE | FIGURE, TEEN | TENS


def lettered(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such codes that ``hits`` do not cover."""
    taken = covered(reading, hits)
    for each in reading.segments:
        segment = each
        if segment.quantity or all(taken[segment.first : segment.last]):
            continue
        if segment.chars[0] == "1" and reading.words.words[segment.first] == "one":
            segment = segment._replace(chars=segment.chars[1:], first=segment.first + 1)
        if segment.chars.startswith("0") and reading.words.words[segment.first] == "o":
            segment = segment._replace(chars="O" + segment.chars[1:])  # "O R T, eight one ..."
        near = reading.words.words[max(0, segment.first - _REACH) : segment.last]
        if _is_code(reading, segment) and _NOT_OURS.isdisjoint(near):
            record = EntityType.MEDICAL_RECORD
            yield reading.hit(segment.first, segment.last, record, 0.65, (NAME, "lettered"))


def _is_code(reading: Reading, segment: Segment) -> bool:
    said = _SAID.fullmatch(segment.chars)
    if said is None or segment.chars.startswith(_STANDARDS):
        return False
    kinds = reading.words.kinds[segment.first : segment.last]
    if len(kinds) == 1:
        return bool(kinds[0] & MIXED) and _WRITTEN.fullmatch(segment.chars) is not None
    letters, digits = said[1], said[2]
    steps = {int(later) - int(earlier) for earlier, later in pairwise(digits)}
    if len(steps) == 1 and abs(next(iter(steps))) <= 1:
        return False
    grouped = any(kind & _GROUPS for kind in kinds)
    known = any(kind & _DIGITS for kind in kinds) and any(kind & _LETTERS for kind in kinds)
    return known and not (grouped and len(letters) == 1)
