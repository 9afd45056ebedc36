"""Numbers near a telephone's cue that are none: times, prices, years, bounds, pressures.

"Try you at ten forty" / "On oh seven ..."; "it's eleven, it's twelve. I get my phone. I'm asleep at
one"; "you can ring us that day" / "One eighty, one twenty". Never what begins with nought, has as
many digits as a whole number, or answers who asked for one.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from deid.detect.spoken.heard.checks import is_phone_shaped
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import JOINING, PIECE_LEADS
from deid.detect.spoken.heard.lexicon import SKIP
from deid.detect.spoken.heard.pieces import Piece
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.ringing import only_rung
from deid.detect.spoken.heard.words import LINE, STOP, Words

_BOUNDS = frozenset({"under", "over", "below", "above", "than"})
_YEAR, _TWO, _LONGEST = re.compile(r"(?:19|20)\d\d"), 2, 6
_WHOLE, _REACH, _BEFORE, _BESIDE = 10, 30, 8, 4


def is_amount(reading: Reading, group: Sequence[Piece]) -> bool:
    """Whether the first of some pieces is a time, a price, years or a bound, and no beginning.

    As in "try you at ten forty" / "On oh seven ...", "under four hundred, ring us", "1996, 97".
    """
    piece, before = group[0], reading.words.words[max(0, group[0].first - 1)]
    units = piece.units()
    if piece.digits[0] == "0":
        return False
    whole = len(group) > 1 and is_phone_shaped(group[1].digits) and len(piece.digits) < _LONGEST
    dated = _YEAR.fullmatch(units[0]) is not None and all(len(each) == _TWO for each in units[1:])
    return whole or before in _BOUNDS or (dated and len(units) > 1)


def is_in_passing(reading: Reading, group: Sequence[Piece]) -> bool:
    """Whether few digits stand by a cue that asks for none: parted by talk, or only rung about."""
    digits = "".join(piece.digits for piece in group)
    if digits.startswith("0") or len(digits) >= _WHOLE:
        return False
    return _is_parted(reading, group) or _only_rung(reading, group[0])


def _is_parted(reading: Reading, group: Sequence[Piece]) -> bool:
    """Whether another sentence stands between two of the pieces, all in one turn."""
    first = group[0].first
    cue = reading.cues.before(CueKind.PHONE, first, reach=_REACH)
    answers = reading.starts_turn(first) or reading.lines_between(first, group[-1].first)
    asked = cue is not None and (cue <= _BESIDE or reading.lines_between(first - cue - 1, first))
    if answers or asked:
        return False
    if any(len(piece.digits) >= _LONGEST for piece in group):
        return False
    return any(_is_sentence(reading.words, one.last, other.first) for one, other in pairwise(group))


def _is_sentence(words: Words, first: int, last: int) -> bool:
    """Whether what stands between two pieces begins anew and says more than what leads to one."""
    said = [
        token
        for token in range(first, last)
        if words.words[token] not in PIECE_LEADS | JOINING and not words.kinds[token] & SKIP
    ]
    return words.gap(first) == STOP and len(said) > _TWO


def _only_rung(reading: Reading, piece: Piece) -> bool:
    """Whether the turn before says "ring us" and then more, and no number is spoken of."""
    words, cues = reading.words, reading.cues.of(CueKind.PHONE)
    place = bisect_left(cues, piece.first, key=lambda cue: cue.first) - 1
    if place < 0 or piece.first - cues[place].last > _REACH:
        return False
    cue = cues[place]
    if reading.lines_between(cue.last - 1, piece.first) != 1:
        return False
    behind = range(cue.last, piece.first + 1)
    ended = next((each for each in behind if words.gap(each) == LINE), cue.last)
    return only_rung(words, cue, max(0, cue.first - _BEFORE), ended)
