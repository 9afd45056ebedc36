"""Whether a cue for a number has had it already, or tells what stands before it.

"My mobile's oh seven ...", then "what year did you qualify?" / "2012": the year is no part of the
number, though its cue is near. "They typed oh one nine five instead of my proper NHS number" tells
it behind, and so does the listener: "is that his NHS number?".
"""

from bisect import bisect_left

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.pieces import Piece, is_count
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE

_REACH, _CLOSE, _LONG, _GROUP = 30, 5, 6, 3
_FEWEST_ASKED, _BEHIND = 9, 8
_FOR = frozenset(
    {"instead", "of", "for", "as", "my", "the", "her", "his", "proper", "real", "right"}
)


def is_answered(
    reading: Reading,
    piece: Piece,
    kind: CueKind | None,
    answered: dict[CueKind | None, tuple[int, str]],
) -> bool:
    """Whether the cue got its number already: "... / What year was that?" / "2012."."""
    last, given = answered.get(kind, (-1, ""))
    if kind in (None, CueKind.EXTENSION) or last < 0:
        return False
    again = len(piece.digits) >= _GROUP and piece.digits in given
    if again or (len(piece.digits) >= _LONG and not is_count(piece)):
        return False
    asked = reading.cues.before(kind, piece.first, reach=_REACH)
    return asked is None or piece.first - asked <= last + _CLOSE


def asked_behind(reading: Reading, piece: Piece, kinds: tuple[CueKind, ...]) -> CueKind | None:
    """The kind that the listener asks about in the next turn: "is that his NHS number?"."""
    words, total = reading.words, len(piece.digits)
    if (
        total < _FEWEST_ASKED
        or is_count(piece)
        or piece.last >= len(words.words)
        or words.gap(piece.last) != LINE
    ):
        return None
    for kind in kinds:
        low = bisect_left(reading.cues.of(kind), piece.last, key=lambda cue: cue.first)
        for cue in reading.cues.of(kind)[low : low + 1]:
            near = cue.first - piece.last <= _BEHIND
            if near and reading.lines_between(piece.last - 1, cue.first) == 1:
                return kind
    return None


def is_told_behind(reading: Reading, piece: Piece, kind: CueKind) -> bool:
    """As in "they typed oh one nine five instead of my proper NHS number"."""
    behind = reading.cues.after(kind, piece.last, reach=_CLOSE) or 0
    named = piece.last + behind
    if "number" not in reading.words.words[named : named + _CLOSE]:
        return False
    between = reading.words.words[piece.last : named]
    return between[:1] in (["instead"], ["for"], ["as"]) and _FOR.issuperset(between)
