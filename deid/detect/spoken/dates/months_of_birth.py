"""Month and year of a birth in figures: "And month and year of birth?" ... "he's 11/58".

Only where births are spoken of shortly before and somebody is said to be it; the year is one that
no day, score or fraction has, and what tells how far somebody sees (6/60) is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import SPACE
from deid.transcript import EntityType

_SAID = re.compile(
    r"(?<![\d./])(?!6/(?:36|60)\b|3/60\b)(?:0?[1-9]|1[0-2])/(?:3[2-9]|[4-9]\d)(?![\d/])"
)
_IS = frozenset({"he's", "she's", "i'm", "they're", "it's", "is", "was", "mine's"})
_REACH = 80


def months_of_birth(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for match in _SAID.finditer(words.folded) if "/" in words.folded else ():
        token = bisect_left(words.starts, match.start())
        led = token > 0 and words.gap(token) == SPACE and words.words[token - 1] in _IS
        if led and reading.cues.before(CueKind.BIRTH, token, reach=_REACH) is not None:
            yield Hit(
                match.start(), match.end(), EntityType.DATE_OF_BIRTH, 0.7,
                "spoken-dates", "month-of-birth",
            )  # fmt: skip
