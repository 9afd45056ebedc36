"""The date of birth of somebody else, asked for in two words once the talk is of such dates.

"Date of birth?" / "..." / "And his?" / "Nine, six, sixty."; "what about your husband's?". The words
"date of birth" need not come again. Only after one that was found or asked for, a question that is
nothing but whose, and an answer that is all day, month and year.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.dates.births import plausible
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_TALK, _LONGEST, _UNITS = 120, 6, 3
_WHOSE = frozenset(data("context")["birthday_owners"]) | {"hers", "yours", "theirs", "mine"}
_ASKING = frozenset(
    {"and", "what", "what's", "about", "your", "is", "um", "er", "then", "please", "the", "how"}
)


def births_of_others(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such answers."""
    ends = sorted(hit.end for hit in hits if hit.entity_type is _BIRTH)
    if not ends and not reading.cues.of(CueKind.BIRTH):
        return
    words = reading.words
    for stretch in reading.stretches:
        digits = stretch.chars.isdigit() and len(stretch.spans) >= _UNITS and not stretch.quantity
        if not digits or not plausible(stretch.chars) or not reading.starts_turn(stretch.first):
            continue
        closed = words.closes(stretch.last)
        if closed and _asks_whose(reading, stretch.first) and _talk(reading, stretch.first, ends):
            claim = ("spoken-dates", "birth-of-another")
            yield reading.hit(stretch.first, stretch.last, _BIRTH, 0.8, claim)


def _asks_whose(reading: Reading, first: int) -> bool:
    """Whether the turn before is nothing but "and his?", "what about your wife's?"."""
    words = reading.words
    end = first
    while end > 0 and words.gap(end) != LINE:
        end -= 1
    begin = end - 1
    while begin > 0 and words.gap(begin) != LINE and end - begin < _LONGEST:
        begin -= 1
    asked = words.words[max(0, begin) : end]
    whole = bool(asked) and (begin == 0 or words.gap(begin) == LINE)
    return whole and not _WHOSE.isdisjoint(asked) and _WHOSE.union(_ASKING).issuperset(asked)


def _talk(reading: Reading, first: int, ends: list[int]) -> bool:
    """Whether a date of birth was found or asked for shortly before."""
    if reading.cues.before(CueKind.BIRTH, first, reach=_TALK) is not None:
        return True
    place = bisect_left(ends, reading.words.starts[first]) - 1
    return place >= 0 and ends[place] >= reading.words.starts[max(0, first - _TALK)]
