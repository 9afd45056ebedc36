"""Numbers of staff and of hospitals that the usual recognisers see too little of.

"My ID is four one double eight two": after "ID" or "staff number" and nothing but "is", any run of
four characters or more. "My number was forty thousand, six hundred and twelve": said as a count.
"R, six two, I've not got my specs on, double five, oh three": a number begun, an aside of one
clause, the number continued. Never a room, a ward, a year,
an amount, or a level of the spine that the same turn tells of.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import (
    DIGIT,
    FIGURE,
    LETTER,
    MULTIPLE,
    NATO,
    NUMERAL,
    SCALE,
    UNITS,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP
from deid.transcript import EntityType

NAME = "spoken-codes"
_RECORD = EntityType.MEDICAL_RECORD
_AT_ONCE, _FEWEST, _LONGEST, _DIGITS, _YEAR = 5, 4, 12, 3, 4
_ASIDE, _CUE_REACH, _HALF, _WHOLE = 12, 40, 6, 10
_BETWEEN = frozenset(data("context")["ident_between"])
_OWN, _CARDINAL = (
    frozenset({"my", "his", "her", "their", "your"}),
    frozenset({"thousand", "hundred"}),
)
_CUES = (CueKind.IDENT, CueKind.RECORD)
_CLOSED = (LINE, STOP, PAUSE, BREAK)


def torn_records(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for identity numbers that ``hits`` do not cover, and for the parts of torn ones."""
    yield from _cardinals(reading)
    if not any(reading.cues.of(kind) for kind in _CUES):
        return
    taken = covered(reading, hits)
    for stretch in reading.stretches:
        last = _ident_end(reading, stretch)
        if last and not all(taken[stretch.first : last]):
            yield reading.hit(stretch.first, last, _RECORD, 0.75, (NAME, "ident"))
    for one, other in pairwise(reading.stretches):
        if not _torn(reading, one, other):
            continue
        for part, rest in ((one, other), (other, one)):
            if not any(taken[part.first : part.last]) and all(taken[rest.first : rest.last]):
                yield reading.hit(part.first, part.last, _RECORD, 0.7, (NAME, "torn-record"))


def _ident_end(reading: Reading, stretch: Stretch) -> int:
    """The token after a number that follows "ID" at once, up to the end of its clause; or 0."""
    if not _follows_cue(reading, stretch.first):
        return 0
    unit = next(
        (at for at in range(1, len(stretch.spans)) if stretch.breaks[at] in (LINE, STOP)),
        len(stretch.spans),
    )
    chars = stretch.chars[: bisect_left(stretch.units, unit)]
    amount = stretch.quantity and unit == len(stretch.spans)
    year = unit == 1 and len(chars) == _YEAR and chars[:2] in ("19", "20")
    if amount or year or not _FEWEST <= len(chars) <= _LONGEST:
        return 0
    return stretch.spans[unit - 1][1] if sum(map(str.isdigit, chars)) >= _DIGITS else 0


def _follows_cue(reading: Reading, token: int) -> bool:
    """Whether nothing but "is" stands between a cue and what follows it."""
    found = [reading.cues.before(kind, token, reach=_AT_ONCE) for kind in _CUES]
    distance = min((each for each in found if each is not None), default=None)
    return distance is not None and _BETWEEN.issuperset(
        reading.words.words[token - distance : token]
    )


def _torn(reading: Reading, one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of a turn are the halves of one number near its cue."""
    apart = other.first - one.last
    whole = len(one.chars) + len(other.chars)
    if not 0 < apart <= _ASIDE or whole > _WHOLE or max(len(one.chars), len(other.chars)) > _HALF:
        return False
    if reading.lines_between(one.last - 1, other.first) or one.quantity or other.quantity:
        return False
    if reading.cues.before(CueKind.RECORD, one.first, reach=_CUE_REACH) is None:
        return False
    return _said_singly(reading, one) and _said_singly(reading, other)


def _said_singly(reading: Reading, stretch: Stretch) -> bool:
    """Characters one by one, from pause to pause, and digits among them."""
    words = reading.words
    single = DIGIT | MULTIPLE | LETTER | NATO | FIGURE
    singly = all(words.kinds[first] & single for first, _ in stretch.spans)
    begins = stretch.first == 0 or words.gap(stretch.first) in _CLOSED
    ends = words.closes(stretch.last)
    return singly and begins and ends and sum(map(str.isdigit, stretch.chars)) > 1


def _cardinals(reading: Reading) -> Iterator[Hit]:
    """Long numbers after "my number is" that are said as a count is, and no round ones."""
    words = reading.words
    for cue in (*reading.cues.of(CueKind.RECORD), *reading.cues.of(CueKind.NUMBER)):
        if cue.kind is CueKind.NUMBER and words.words[cue.first] not in _OWN:
            continue
        token = cue.last
        while token < len(words.words) and words.words[token] in _BETWEEN:
            token += 1
        last = token
        while last < len(words.words) and (
            words.kinds[last] & (NUMERAL | SCALE) or words.words[last] == "and"
        ):
            last += 1
        while last > token and words.words[last - 1] == "and":
            last -= 1
        said = words.words[token:last]
        long = set(said) >= _CARDINAL and said[-1] not in _CARDINAL
        counted = last < len(words.words) and words.words[last] in UNITS
        if long and token - cue.last <= _AT_ONCE and not counted:
            yield reading.hit(token, last, _RECORD, 0.7, (NAME, "cardinal"))
