"""Outward halves of two letters, written joined: "we're BS16", "still ta20?", "Dd2 and out".

In capitals a district in use is one wherever it ends a clause or a plain word goes on from it: what
cannot be told from where somebody lives is masked. In any case where an area is spoken of beside
it. Never where a thing is named so ("they do CT7 tests", "bed HD2", "the form says DE3"), nor what
such characters are in talk of care: grades of doctors ("ST3"), scales ("DN4"), gases ("CO2").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import data, postcode_areas, postcode_districts
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP, Words
from deid.transcript import EntityType

AREAS = frozenset({"area", "areas", "patch", "district", "districts", "postcodes"})
_HALF = re.compile(r"(?<![\w/.-])([A-Za-z]{2})(\d{1,2})(?![\w/-]|\.\d| ?\d[A-Za-z]{2}\b)")
_NOT_OURS = frozenset(word.upper() for word in data("context")["district_not_ours"])
CARE = frozenset(word.upper() for word in data("context")["district_or_care"])
_THINGS = frozenset(data("context")["district_things"])
_NEXT = frozenset(data("context")["district_goes_on"])
_ARTICLES = frozenset({"the", "a", "an", "my", "your", "his", "her", "this", "another"})
_CHECKED = ["is", "that", "right"]
_REACH, _THING_BEFORE, _THING_BEHIND = 8, 4, 6


def two_letters(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for match in _HALF.finditer(words.text):
        if match[1].upper() not in postcode_areas() or match.group().upper() in _NOT_OURS:
            continue
        first, last = (bisect_left(words.starts, end) for end in match.span())
        owning = words.text.startswith(("'s", "\u2019s"), match.end())  # "TR18's got it"
        ends = goes_on(words, last) or owning
        in_use = int(match[2]) in postcode_districts()[match[1].upper()]
        written = match.group().isupper() or not words.cased
        plain = in_use and written and may_be_lived_in(words, first, last)
        if ends and (plain or _is_spoken_of(words, first, last)):
            yield Hit(
                match.start(), match.end(), EntityType.UK_POSTCODE, 0.6,
                "spoken-postcodes", "two-letters",
            )  # fmt: skip


def goes_on(words: Words, last: int) -> bool:
    """Whether a clause ends before a token, or it is a word that is called nothing."""
    return last >= len(words.words) or words.closes(last) or words.words[last] in _NEXT


def may_be_lived_in(words: Words, first: int, last: int) -> bool:
    """Whether nothing beside tells that something else is called so: no article, no thing."""
    said = "".join(words.words[first:last]).upper()
    if said in CARE or said in _NOT_OURS:
        return False
    begin, end = first, last
    while begin > max(0, first - _THING_BEFORE) and words.gap(begin) != STOP:
        begin -= 1  # what a question is about, as well: "what did she score" / "it's H U six"
    while end < min(len(words.words), last + _THING_BEHIND) and words.gap(end) not in (LINE, STOP):
        end += 1
    near = words.words[begin:first] + words.words[last:end]
    led = begin < first and words.words[first - 1] in _ARTICLES
    return not led and _THINGS.isdisjoint(near)


def _is_spoken_of(words: Words, first: int, last: int) -> bool:
    """Whether an area is spoken of right before, it is "still" that, or it is checked behind."""
    begin = first
    while begin > 0 and first - begin < _REACH and words.gap(begin) != LINE:
        begin -= 1
    before = words.words[begin:first]
    told = not AREAS.isdisjoint(before) or before[-1:] == ["still"]
    return told or words.words[last : last + len(_CHECKED)] == _CHECKED
