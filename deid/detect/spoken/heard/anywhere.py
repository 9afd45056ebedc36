"""Where a known identifier, or a sure part of it, is said again: the search of said_again.

Six characters, or five with a letter among them, are looked up in a set at every place of a
stretch. Never widened over a full stop or a turn, nor over a pause beside a number that is covered.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from deid.detect.spoken.heard.known import SURE, SURE_MIXED
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, STOP
from deid.transcript import EntityType

_ENDS, _MOST_MORE, _YEAR = (LINE, STOP, CORRECTED), 4, 4


def anywhere(
    stretches: Iterable[Stretch], parts: Mapping[str, EntityType], taken: bytearray
) -> Iterator[tuple[tuple[int, int], EntityType]]:
    """The tokens that say at least a sure part of an identifier, and its type.

    ``taken`` are the flags of tokens that are covered: what stands beyond a pause beside a number
    that is ("a black Golf, ...") is none of it.
    """
    for stretch in stretches:
        chars, start, end, entity_type = stretch.chars, 0, 0, None
        for place in range(len(chars) - SURE_MIXED + 1):
            size = SURE if chars[place : place + SURE] in parts else SURE_MIXED
            kind = parts.get(chars[place : place + size])
            if kind is None:
                continue
            other = place == end and kind is not entity_type
            if entity_type is not None and (place > end or other):
                yield _widened(stretch, start, end, taken), entity_type
                entity_type = None
            start, entity_type = (place, kind) if entity_type is None else (start, entity_type)
            end = min(place + size, len(chars))
        if entity_type is not None:
            yield _widened(stretch, start, end, taken), entity_type


def _widened(stretch: Stretch, start: int, end: int, taken: bytearray) -> tuple[int, int]:
    """The tokens of a range of characters, with the rest up to the next full stop or turn."""
    low, high = stretch.units[start], stretch.units[end - 1] + 1
    first, last = stretch.tokens(start, end)
    ends = (*_ENDS, PAUSE) if all(taken[first:last]) else _ENDS
    while low and stretch.breaks[low] not in ends and not _is_year(stretch, low - 1):
        low -= 1
    while high < len(stretch.spans) and stretch.breaks[high] not in ends:
        high += 1
    begun = _begun(stretch, low, start, end)
    low = low if begun is None else begun
    chars = bisect_left(stretch.units, high) - bisect_left(stretch.units, low)
    if chars - (end - start) > _MOST_MORE:
        return stretch.tokens(start, end)
    return stretch.spans[low][0], stretch.spans[high - 1][1]


def _is_year(stretch: Stretch, unit: int) -> bool:
    """As in "since 1988 oh one two ...": figures of a year are none of a number said after it."""
    place = bisect_left(stretch.units, unit)
    said = stretch.chars[place : bisect_left(stretch.units, unit + 1)]
    return len(said) == _YEAR and said[:2] in ("19", "20")


def _begun(stretch: Stretch, low: int, start: int, end: int) -> int | None:
    """The unit where a number begins that is then said as a whole: "oh six D, oh six D two"."""
    unit = low - 1
    while unit > 0 and stretch.breaks[unit] not in _ENDS:
        unit -= 1
    said = stretch.chars[bisect_left(stretch.units, max(0, unit)) : start]
    return max(0, unit) if len(said) > 1 and stretch.chars[start:end].startswith(said) else None
