"""The second half of a plate or a postcode, in one word that is all of a turn: "AB12" / "CDE".

"What's your postcode?" / "BS8" / "and the rest?" / "1TH": such a word reads as a day or as nothing,
so that only the half before it tells. Never a word of talk ("yes", "and").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP
from deid.transcript import EntityType

_HALVES = {
    EntityType.UK_VEHICLE_REGISTRATION: (
        re.compile(r"[a-z]{2}\d\d"),
        re.compile(r"[a-hj-pr-z]{3}"),
    ),
    EntityType.UK_POSTCODE: (
        re.compile(r"[a-z]{1,2}\d[a-z\d]?"),
        re.compile(r"\d[abd-hjlnp-uw-z]{2}"),
    ),
}
_WORDS = frozenset(data("lexicon")["three_letter_words"])
_REACH, _MOST_LINES = 8, 2


def rests_in_a_word(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the second halves of those among ``hits`` that are halves."""
    words = reading.words
    for hit in hits:
        half, rest = _HALVES.get(hit.entity_type, (None, None))
        if half is None or rest is None or not half.fullmatch(words.folded, hit.start, hit.end):
            continue
        last = bisect_left(words.starts, hit.end)
        for token in range(last, min(len(words.words), last + _REACH)):
            if reading.lines_between(last - 1, token) > _MOST_LINES:
                break
            word, after = words.words[token], token + 1
            plain = word in _WORDS or words.kinds[token] & SKIP
            alone = words.gap(token) == LINE and rest.fullmatch(word) and not plain
            if alone and (after >= len(words.words) or words.gap(after) in (LINE, STOP)):
                rule = ("spoken-again", "rest-in-a-word")
                yield reading.hit(token, after, hit.entity_type, 0.7, rule)
                break
