"""Outward halves of two letters that are written joined, in any case, where one is spoken of.

"and still ta20?", "the same patch, Dd2 and out to the farms", "we've Tq12, is that right?". Never
where a thing of that name follows ("they do CT7 tests"), nor what such characters are besides: a
guideline ("NG59"), a form, a bed, a season's clothes, "CO2".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import data, postcode_areas
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, Words
from deid.transcript import EntityType

AREAS = frozenset({"area", "areas", "patch", "district", "districts", "postcodes"})
_HALF = re.compile(r"(?<![\w/.-])([A-Za-z]{2})\d{1,2}(?![\w/-]|\.\d)")
_NOT_OURS = frozenset(word.upper() for word in data("context")["district_not_ours"])
_NEXT = frozenset({"and", "or", "if", "so", "but", "is", "isn't", "then", "now", "yeah", "yes"})
_CHECKED = ["is", "that", "right"]
_REACH = 8


def two_letters(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for match in _HALF.finditer(words.text):
        if match[1].upper() not in postcode_areas() or match.group().upper() in _NOT_OURS:
            continue
        first, last = (bisect_left(words.starts, end) for end in match.span())
        ends = last >= len(words.words) or words.closes(last) or words.words[last] in _NEXT
        if ends and _is_spoken_of(words, first, last):
            yield Hit(
                match.start(), match.end(), EntityType.UK_POSTCODE, 0.6,
                "spoken-postcodes", "two-letters",
            )  # fmt: skip


def _is_spoken_of(words: Words, first: int, last: int) -> bool:
    """Whether an area is spoken of right before, it is "still" that, or it is checked behind."""
    begin = first
    while begin > 0 and first - begin < _REACH and words.gap(begin) != LINE:
        begin -= 1
    before = words.words[begin:first]
    told = not AREAS.isdisjoint(before) or before[-1:] == ["still"]
    return told or words.words[last : last + len(_CHECKED)] == _CHECKED
