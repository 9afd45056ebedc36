"""Houses by the name that is asked for or told: "the house is called Tigh na Mara".

"What's the house called?" / "Hillcrest. Hillcrest, Moor Lane." Only right after those words, where
capitals tell a name, or where it is all that the clause holds.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.lexicon import NUMERAL, SKIP
from deid.detect.spoken.reading import Reading
from deid.detect.spoken.words import BREAK, HYPHEN, LINE, SPACE, STOP, Words

_HOMES = frozenset(
    {
        "house",
        "house's",
        "cottage",
        "bungalow",
        "farm",
        "farmhouse",
        "barn",
        "croft",
        "lodge",
        "home",
    }
)
_CALLED, _PARTICLES = (
    frozenset({"called", "named"}),
    frozenset({"na", "nan", "y", "yr", "an", "of", "the"}),
)
_REACH, _LONGEST = 2, 4


def houses_called(reading: Reading) -> Iterator[Hit]:
    """Names of houses after "called"."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word not in _CALLED or _HOMES.isdisjoint(words.words[max(0, token - _REACH) : token]):
            continue
        begin, _ = words.skip(token + 1)
        if begin < len(words.words) and words.gap(begin) in (SPACE, LINE, STOP, ","):
            lead = words.words[begin] in ("it's", "that's") and begin + 1 < len(words.words)
            first = begin + lead
            last = _name_end(words, first)
            if last > first:
                yield address_hit(reading, first, last, 0.65, "house-called")


def _name_end(words: Words, first: int) -> int:
    last = first
    while last < len(words.words) and last - first < _LONGEST:
        if last > first and words.gap(last) not in (SPACE, HYPHEN):
            break
        if not _in_name(words, first, last):
            break
        last += 1
    while last > first and words.words[last - 1] in _PARTICLES:
        last -= 1
    ends = last >= len(words.words) or words.gap(last) in (STOP, LINE, BREAK, ",")
    return last if words.cased or ends else first


def _in_name(words: Words, first: int, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    if word in NOT_NAMES or kind & (NUMERAL | SKIP) or "'" in word:
        return False
    if words.cased:
        return words.capital(token) or (token > first and word in _PARTICLES)
    return word not in DESCRIBING or word in _PARTICLES
