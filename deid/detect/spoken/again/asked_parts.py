"""A part of a number that was asked for: "the last three characters?" / "Two nine A".

Letters or digits that answer a question for a part are one, while the talk is of a number: after
its cue, or after a part that was found. With them what is left open of it: "C or D to
finish". Never a lone digit, which answers many questions, or an amount.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import TYPES, covered
from deid.detect.spoken.heard.lexicon import (
    CHUNK,
    DIGIT,
    FIGURE,
    LETTER,
    MIXED,
    MULTIPLE,
    NATO,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.transcript import EntityType

NAME = "spoken-codes"
_TALK, _QUESTION, _LONGEST, _LINKED, _FEWEST = 50, 14, 5, 12, 2
_PARTS = frozenset(data("context")["asked_parts"])
_AT = frozenset(data("context")["asked_parts_at"])
_CUES = {
    CueKind.NINO: EntityType.UK_NINO,
    CueKind.VEHICLE: EntityType.UK_VEHICLE_REGISTRATION,
    CueKind.RECORD: EntityType.MEDICAL_RECORD,
    CueKind.HCPC: EntityType.STAFF_REGISTRATION,
    CueKind.GMC: EntityType.STAFF_REGISTRATION,
    CueKind.NMC: EntityType.STAFF_REGISTRATION,
    CueKind.STAFF: EntityType.STAFF_REGISTRATION,
}
_SINGLY = LETTER | NATO | CHUNK | DIGIT | MULTIPLE | FIGURE | MIXED


def asked_parts(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for parts that answer, and for the letters that are left open beside them."""
    taken = covered(reading, hits)
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in set(_CUES.values()) & TYPES),
        key=lambda hit: hit.end,
    )
    ends = [hit.end for hit in numbers]
    answers = []
    for segment in reading.segments:
        if all(taken[segment.first : segment.last]) or not _is_answer(reading, segment):
            continue
        kind = _talk(reading, segment.first, numbers, ends)
        if kind is not None:
            answers.append(
                reading.hit(segment.first, segment.last, kind, 0.65, (NAME, "asked-part"))
            )
    yield from answers
    yield from _left_open(reading, [*numbers, *answers])


def _is_answer(reading: Reading, segment: Segment) -> bool:
    """Letters or two digits and more, said singly at the beginning of a turn after the question."""
    words, chars = reading.words, segment.chars
    if segment.quantity or not _FEWEST <= len(chars) <= _LONGEST or not segment.first:
        return False
    singly = all(kind & _SINGLY or not kind for kind in words.kinds[segment.first : segment.last])
    closed = words.closes(segment.last)
    if not singly or not reading.starts_turn(segment.first):
        return False
    begin = words.skip_back(segment.first - 1) + 1
    asked = words.words[max(0, begin - _QUESTION) : begin]
    lines = reading.lines_between(max(0, begin - _QUESTION), begin)
    at = words.words[segment.last : segment.last + 1]
    return lines > 0 and not _PARTS.isdisjoint(asked) and (closed or not _AT.isdisjoint(at))


def _left_open(reading: Reading, numbers: Sequence[Hit]) -> Iterator[Hit]:
    """As in "I can't read it, C or A", after a number: two letters, one of which is its."""
    words = reading.words
    for number in numbers:
        begin = bisect_left(words.starts, number.end)
        for token in range(begin + 1, min(begin + _LINKED, len(words.words) - 1)):
            sides = words.kinds[token - 1] & words.kinds[token + 1] & LETTER
            if words.words[token] == "or" and sides:
                claim = (NAME, "left-open")
                yield reading.hit(token - 1, token + 2, number.entity_type, 0.65, claim)


def _talk(
    reading: Reading, first: int, numbers: Sequence[Hit], ends: list[int]
) -> EntityType | None:
    """The type of the number the talk is of."""
    near = reading.cues.nearest(tuple(_CUES), first, first, reach=_TALK, ahead=0)
    if near is not None:
        return _CUES[near]
    words = reading.words
    place = bisect_left(ends, words.starts[first] + 1) - 1
    recent = place >= 0 and ends[place] >= words.starts[max(0, first - _TALK)]
    return numbers[place].entity_type if recent else None
