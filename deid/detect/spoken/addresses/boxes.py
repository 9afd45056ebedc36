"""Boxes at a post office: "PO Box 3318, Columbus", "P.O. box twelve, Truro", "post office box 46".

Its number is all that is said of where somebody gets their letters. Never "tick box 3", "a post box
3 metres away", "the post office, box office".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import MIXED, MULTIPLE, NUMERAL, SCALE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, SPACE, Words
from deid.transcript import EntityType

_BOX = re.compile(
    r"\b(?:p\.? ?o\.?|post office) ?box(?:'s)?,?(?: (?:number|no\.?|is|it's|was)'?s?,?){0,2} "
    r"(?=[a-z\d])"
)
_NUMBER = NUMERAL | SCALE | MULTIPLE | MIXED


def boxes(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for match in _BOX.finditer(words.folded) if "box" in words.folded else ():
        first = bisect_left(words.starts, match.end())
        last = _end(words, first)
        if last > first:
            yield Hit(
                match.start(), words.ends[last - 1], EntityType.STREET_ADDRESS, 0.85,
                "spoken-addresses", "box",
            )  # fmt: skip


def _end(words: Words, first: int) -> int:
    """The token after the number that begins at ``first``; ``first`` where none does."""
    last = first
    while last < len(words.words) and words.kinds[last] & _NUMBER:
        if last > first and words.gap(last) not in (SPACE, HYPHEN):
            break
        last += 1
        last += words.words[last : last + 1] == ["and"] and _counts(words, last + 1)
    return last


def _counts(words: Words, token: int) -> bool:
    return token < len(words.words) and words.kinds[token] & _NUMBER > 0
