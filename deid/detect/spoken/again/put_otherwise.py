"""What is down elsewhere for an identifier: "the screen says 458", "they've got you as AN68".

One character differs from how it begins or ends, or two are changed about: "NV14 JHT. Or JHF.";
"I put oh nine h and it's oh nine j oh four ..."; "the last three digits, are they two oh nine?" /
"Nine oh two." Only after the words that tell how it is written, and near what was found; never an
amount, nor a code that is not nearly the same.
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import TYPES, Known, alike, covered, known
from deid.detect.spoken.heard.lexicon import SCALE, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.transcript import EntityType

NAME = "spoken-again"
_FEWEST, _BEFORE, _AFTER, _MOST_LINES, _LEAD = 3, 40, 8, 4, 3
_TAIL, _TAIL_REACH = 3, 12
_WRITTEN = frozenset(data("context")["put_otherwise_leads"])
_NOT = frozenset({EntityType.DATE_OF_BIRTH, EntityType.UK_POSTCODE})
_PLATE = EntityType.UK_VEHICLE_REGISTRATION


def put_otherwise(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for them, of the type of what was found."""
    found = [each for each in known(reading, hits) if each.entity_type in TYPES - _NOT]
    if not found:
        return
    taken = covered(reading, hits)
    ends = {hit.start: hit.entity_type for hit in hits if hit.rule == "ending"}
    yield from _tails(reading, found, taken)
    place, asked = 0, None
    for segment in reading.segments:
        while place < len(found) and found[place].last <= segment.first:
            place += 1
        if any(taken[segment.first : segment.last]):
            kind = ends.get(reading.words.starts[segment.first])
            asked = (segment, kind) if kind is not None else asked
            continue
        if asked is not None and _is_answer(reading, *asked[:1], segment):
            yield reading.hit(
                segment.first, segment.last, asked[1], 0.65, (NAME, "ending-answered")
            )
            continue
        if len(segment.chars) < _FEWEST or not _is_written(reading, segment):
            continue
        beside = found[max(0, place - _LEAD) : place + _LEAD]
        one = next((each for each in beside if _is_nearly(reading, segment, each)), None)
        if one is not None:
            claim = (NAME, "put-otherwise")
            yield reading.hit(segment.first, segment.last, one.entity_type, 0.65, claim)


def _is_written(reading: Reading, segment: Segment) -> bool:
    """After "says", "as", "put" and up to the end of the clause, or to "and it's"; no amount."""
    words, first = reading.words, segment.first
    scaled = any(kind & SCALE for kind in words.kinds[first : segment.last])
    if segment.quantity or scaled or not any(map(str.isdigit, segment.chars)):
        return False
    ends = words.closes(segment.last) or words.words[segment.last] in ("and", "but", "not")
    return ends and first > 0 and words.words[first - 1] in _WRITTEN


def _is_nearly(reading: Reading, segment: Segment, one: Known) -> bool:
    chars, size = segment.chars, len(segment.chars)
    after = one.first >= segment.last
    apart = one.first - segment.last if after else segment.first - one.last
    if not 0 <= apart <= (_AFTER if after else _BEFORE) or size >= len(one.chars):
        return False
    first, last = (segment.last, one.first) if after else (one.last, segment.first)
    if reading.lines_between(first - 1, last) > _MOST_LINES:
        return False
    return any(
        sum(a != b for a, b in zip(chars, part, strict=True)) == 1 or alike(chars, part)
        for part in (one.chars[:size], one.chars[-size:])
    )


def _is_answer(reading: Reading, asked: Segment, segment: Segment) -> bool:
    """As many digits as the ending that was asked about, first in the next turn."""
    same = len(segment.chars) == len(asked.chars) and segment.chars.isdigit()
    if not same or segment.quantity or not reading.starts_turn(segment.first):
        return False
    lines = reading.lines_between(asked.last - 1, segment.first)
    return lines == 1 and reading.words.closes(segment.last)


def _tails(reading: Reading, found: Sequence[Known], taken: bytearray) -> Iterator[Hit]:
    """As in "NV14 JHT. Or JHF.": three letters beside those that were said."""
    words = reading.words
    for one in found:
        if one.entity_type is not _PLATE or not one.chars[-_TAIL:].isalpha():
            continue
        for token in range(one.last + 1, min(one.last + _TAIL_REACH, len(words.words))):
            word = words.words[token]
            either = words.words[token - 1] in ("or", "not") and len(word) == _TAIL
            shown = not words.cased or words.text[words.starts[token] : words.ends[token]].isupper()
            if not (either and shown and words.closes(token + 1)) or taken[token]:
                continue
            if sum(a != b for a, b in zip(word.upper(), one.chars[-_TAIL:], strict=True)) == 1:
                yield reading.hit(token, token + 1, _PLATE, 0.65, (NAME, "tail-or"))
