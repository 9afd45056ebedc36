"""One hit a turn: what lies between the pieces of an answer is nobody's identifier.

A number given in pieces is heard over the listener's "yep". The hit must not cover it, or the
transcript would lose words that tell nothing, so every hit is cut at line feeds and a piece that
holds only fillers and backchannels is left out. Never uncovers a word that says something.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.speech import Hit
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

_NAMED = frozenset({EntityType.STREET_ADDRESS, EntityType.EMAIL_ADDRESS, EntityType.LOCATION})
"""Where a filler's word may be part of what is said ("Great Western Road")."""
_DATES = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME})
_LONGEST_TAIL = 8
_LINKS = frozenset({"of", "the", "and"})
"""All that the listener says between a day and its month."""


def by_turn(words: Words, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, those that cross a line feed in one piece for each line."""
    for hit in hits:
        if "\n" in words.text[hit.start : hit.end]:
            yield from _cut(words, hit)
        else:
            yield hit


def _cut(words: Words, hit: Hit) -> Iterator[Hit]:
    start = hit.start
    while start < hit.end:
        feed = words.text.find("\n", start, hit.end)
        end = hit.end if feed < 0 else feed
        first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
        linking = hit.entity_type in _DATES and _LINKS.issuperset(words.words[first:last])
        if first < last and not linking and not words.only_skipped(first, last):
            begin = start
            if hit.entity_type not in _NAMED:
                begin = begin if start == hit.start else words.starts[words.skip(first)[0]]
                last = _without_tail(words, first, last) if end < hit.end else last
            yield replace(hit, start=begin, end=words.ends[last - 1])
        start = end + 1


def _without_tail(words: Words, first: int, last: int) -> int:
    """The token after the last one that is no filler."""
    sizes = range(1, min(last - first, _LONGEST_TAIL) + 1)
    return min(
        (last - size for size in sizes if words.only_skipped(last - size, last)), default=last
    )
