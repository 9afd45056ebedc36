"""A day of birth put right: "they've written it as the first", "not the twelfth, the twenty-first".

After a date of birth a lone day of the month may say what it is or is not. Only where a date of
birth was found shortly before, and only where the words lead up to it; never "the first time".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import ORDINAL
from deid.detect.spoken.heard.numerals import ordinal_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP
from deid.transcript import EntityType

NAME = "spoken-dates"
_REACH, _CLOSE, _LAST_DAY = 60, 16, 31
_LEADS = frozenset(
    {"as", "to", "not", "says", "said", "say", "put", "or", "meant", "mean", "wrote"}
)
_SOMEBODY = frozenset({"you're", "i'm", "we're", "they're", "he's", "she's", "are", "am", "was"})
_CLOSE_LEADS = frozenset({"it's", "is", "was", "no", "sorry", "actually", "well"})


def put_right(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Lone days of the month said about the dates of birth among ``hits``."""
    words = reading.words
    ends = sorted(hit.end for hit in hits if hit.entity_type is EntityType.DATE_OF_BIRTH)
    lasts = [bisect_left(words.starts, end) for end in ends]
    free = 0
    for last in lasts:
        for token in range(max(last, free), min(len(words.words), last + _REACH)):
            free = token + 1
            if not words.kinds[token] & ORDINAL:
                continue
            first = _day_start(reading, token)
            if first is not None and _led(reading, first, apart=token - last):
                claim = (NAME, "put-right")
                yield reading.hit(first, token + 1, EntityType.DATE_OF_BIRTH, 0.65, claim)


def _day_start(reading: Reading, token: int) -> int | None:
    """Where the day that ends with this ordinal begins; None where the clause goes on."""
    words, after = reading.words, token + 1
    if after < len(words.words) and words.gap(after) not in (STOP, LINE, PAUSE, BREAK):
        return None
    for first in (token - 1, token):
        day = ordinal_at(words, first) if first >= 0 else None
        if day is not None and day.last == after and day.value <= _LAST_DAY:
            return first
    return None


def _led(reading: Reading, first: int, *, apart: int) -> bool:
    words = reading.words.words
    if first < 2 or words[first - 1] != "the":  # noqa: PLR2004 - a lead and the article
        return False
    if words[first - 2] == "not" and first > 2 and words[first - 3] in _SOMEBODY:  # noqa: PLR2004
        return False  # "you're not the first"
    return words[first - 2] in _LEADS or (apart <= _CLOSE and words[first - 2] in _CLOSE_LEADS)
