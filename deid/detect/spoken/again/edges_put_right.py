"""One end of a number put right after it was read back: "Not quite, it was zero four, at the end".

"No, the start is five five." / "Oh, five five."; "two one nine, not five". The digits are new, so
that nothing found holds them; what tells them is the end they are said of, or what they are not,
right after a number. Never a score or a dose that somebody gives "at the end" of something else,
for no number stands before it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import TYPES, covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, NUMERAL, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

_EDGES = phrases(data("context")["again_edges"])
_LEADS = (["end", "is"], ["start", "is"], ["end", "was"], ["start", "was"], ["ending", "is"])
_OTHERS = frozenset({EntityType.DATE_OF_BIRTH, EntityType.UK_POSTCODE})
_TALK, _AGAIN, _FEWEST, _LONGEST, _MOST_LINES = 16, 10, 2, 5, 3


def edges_put_right(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the digits of such an end, and for their next saying."""
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in TYPES - _OTHERS), key=lambda hit: hit.end
    )
    if not numbers:
        return
    ends, taken = [hit.end for hit in numbers], covered(reading, hits)
    told: tuple[Segment, EntityType] | None = None
    for segment in reading.segments:
        short = (
            _FEWEST <= len(segment.chars) <= _LONGEST
            and segment.chars.isdigit()
            and not segment.quantity
        )
        if not short or all(taken[segment.first : segment.last]):
            continue
        place = bisect_left(ends, reading.words.starts[segment.first]) - 1
        kind = numbers[place].entity_type if place >= 0 else None
        if told and _is_again(told[0], segment):
            kind = told[1]
        elif kind is None or not _is_edge(reading, segment, ends[place]):
            continue
        told, last = (segment, kind), _with_wrong(reading, segment)
        yield reading.hit(segment.first, last, kind, 0.65, ("spoken-again", "edge"))


def _with_wrong(reading: Reading, segment: Segment) -> int:
    """The token after "two one nine, not five" and what it is not; after the segment elsewhere."""
    words, wrong = reading.words, segment.last + 1
    if wrong >= len(words.words) or words.words[segment.last] != "not":
        return segment.last
    digit = words.kinds[wrong] & (DIGIT | FIGURE | NUMERAL)
    return wrong + 1 if digit and words.closes(wrong + 1) else segment.last


def _is_again(told: Segment, segment: Segment) -> bool:
    """Whether the listener says the same, possibly after a cry: "oh, five five"."""
    same = segment.chars in (told.chars, f"0{told.chars}")
    return same and segment.first - told.last <= _AGAIN


def _is_edge(reading: Reading, segment: Segment, number_end: int) -> bool:
    """Whether the digits are told of an end of the number right before."""
    words, first = reading.words, segment.first
    if number_end < words.starts[max(0, first - _TALK)]:
        return False
    last = bisect_left(words.starts, number_end) - 1
    if reading.lines_between(last, first) > _MOST_LINES:
        return False
    led = words.words[max(0, first - 2) : first]
    if led in _LEADS:
        return True
    if _with_wrong(reading, segment) > segment.last:
        return reading.starts_turn(first) and reading.lines_between(last, first) == 1
    nearly = led == ["not", "quite"] and words.closes(segment.last)
    return nearly or (led != ["out", "of"] and at_an_end(words, segment.last))


def at_an_end(words: Words, token: int) -> bool:
    """Whether "at the end", "is the first" or "last" stands there, and no "last time"."""
    if token >= len(words.words) or not words.phrase(token, _EDGES):
        return False
    return words.words[token : token + 2] not in _AGO


_AGO = [["last", then] for then in ("time", "week", "month", "year", "night", "summer", "winter")]
