"""Houses by the name that is asked for or told: "the house is called Tigh na Mara".

"What's the house called?" / "Hillcrest. Hillcrest, Moor Lane." Only right after those words, where
capitals tell a name, or where it is all that the clause holds.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, SPACE, STOP, Words

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
_GOING_ON = frozenset({"it's", "that's", "there's", "you", "on", "off", "near", "by", "but"})
_WHERE = frozenset({"where", "whereabouts", "address", "name", "called"})
_ASKED, _REACH, _LONGEST = 4, 2, 4


def houses_called(reading: Reading) -> Iterator[Hit]:
    """Names of houses after "called"."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word not in _CALLED or not (_of_home(words, token) or _answers(reading, token)):
            continue
        begin, _ = words.skip(token + 1)
        if begin < len(words.words) and words.gap(begin) in (SPACE, LINE, STOP, ","):
            lead = words.words[begin] in ("it's", "that's") and begin + 1 < len(words.words)
            first = begin + lead
            last = _name_end(words, first)
            if last > first:
                yield address_hit(reading, first, last, 0.65, "house-called")


def _of_home(words: Words, token: int) -> bool:
    return not _HOMES.isdisjoint(words.words[max(0, token - _REACH) : token])


def _answers(reading: Reading, token: int) -> bool:
    """As in "house name or number" / "it's called the hollies"."""
    words, turn = reading.words, token - 1
    if turn < 1 or words.words[turn] != "it's" or not reading.starts_turn(turn):
        return False
    turn = words.skip_back(turn - 1) + 1
    distance = reading.cues.before(CueKind.ADDRESS, turn, reach=_ASKED)
    return distance is not None and asks_where(words, turn - distance, turn)


def asks_where(words: Words, cue: int, turn: int) -> bool:
    """Whether a turn asks for a place: the cue that ends before ``cue`` is not "live alone"."""
    return not _WHERE.isdisjoint(words.words[max(0, cue - _ASKED) : turn])


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
    ends = ends or (last - first > 1 and words.words[last] in _GOING_ON)
    return last if words.cased or ends else first


def _in_name(words: Words, first: int, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    if word == "the" and token == first and token + 1 < len(words.words):
        return words.gap(token + 1) == SPACE and _in_name(words, first, token + 1)
    if word in NOT_NAMES or kind & (NUMERAL | SKIP) or "'" in word:
        return False
    if words.cased:
        return words.capital(token) or (token > first and word in _PARTICLES)
    return word not in DESCRIBING or word in _PARTICLES
