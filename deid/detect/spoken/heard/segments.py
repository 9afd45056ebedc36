"""Segments: what is said between full stops, turns and corrections, as characters.

Whether a number is said again, begun, or asked for in part is asked of one segment at a time; the
stretches of :mod:`.stretches` go on over turns.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import LINE, STOP, Words

_ENDS = (LINE, STOP, CORRECTED)


class Segment(NamedTuple):
    """Units of one stretch between full stops, turns and corrections."""

    chars: str
    first: int
    last: int
    quantity: bool
    explained: bool


def segments(words: Words, stretches: Iterable[Stretch]) -> Iterator[Segment]:
    """The segments of a text, in order."""
    for stretch in stretches:
        begin = 0
        for unit in range(1, len(stretch.spans) + 1):
            ends = unit == len(stretch.spans)
            if ends or stretch.breaks[unit] in _ENDS:
                spans = stretch.spans[begin:unit]
                amount = ends and stretch.quantity and _word(words, spans[-1][1]) != "or"
                low, high = bisect_left(stretch.units, begin), bisect_left(stretch.units, unit)
                yield Segment(
                    chars=stretch.chars[low:high],
                    first=spans[0][0],
                    last=spans[-1][1],
                    quantity=amount and not stretch.chars[low:high].isalpha(),
                    explained=any(last - first > 2 for first, last in spans),  # noqa: PLR2004 - "S for sugar"
                )
                begin = unit


def _word(words: Words, token: int) -> str:
    return words.words[token] if token < len(words.words) else ""
