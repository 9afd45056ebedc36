"""The gathering of an answer that comes in pieces.

"Nine four three" / "go on, what's the rest?" / "four seven six five nine one nine": the listener's
question stays uncovered, the pieces are read together.
"""

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.pieces import ABOUT, Piece, is_asked_of, is_told_of
from deid.detect.spoken.heard.reading import Reading

_LONGEST_GAP, _MOST_LINES, _MOST_PIECES = 14, 4, 24


def gather(
    reading: Reading, found: list[Piece], place: int, *, enough: int, other: tuple[CueKind, ...]
) -> list[Piece]:
    """The pieces of one answer, from ``found[place]`` on.

    Goes on while the next piece is near and no cue of another kind stands between; once there are
    ``enough`` digits, only while the next repeats digits already said (a read-back). No answer
    comes in more than two dozen pieces, so that 999 said all day long is read in linear time.
    """
    group = [found[place]]
    digits = found[place].digits
    for piece in found[place + 1 : place + _MOST_PIECES]:
        before = group[-1]
        if not _goes_on(reading, before, piece, other):
            break
        repeats = len(piece.digits) >= 3 and piece.digits in digits  # noqa: PLR2004 - one group
        if len(digits) >= enough and not repeats:
            again = len(piece.digits) >= enough
            if not again:
                break
        group.append(piece)
        digits += piece.digits
    return group


def _goes_on(reading: Reading, before: Piece, piece: Piece, other: tuple[CueKind, ...]) -> bool:
    if piece.first - before.last > _LONGEST_GAP or piece.quantity:
        return False
    if reading.lines_between(before.last - 1, piece.first) > _MOST_LINES:
        return False
    gap = piece.first - before.last
    said = reading.words.words[piece.first : piece.last]
    about = reading.words.words[piece.first - 1] in ABOUT and "hundred" in said
    if about or "thousand" in said:
        return False
    if is_told_of(reading, piece) or is_asked_of(reading.words.words[before.last : piece.first]):
        return False
    return all(reading.cues.before(kind, piece.first, reach=gap) is None for kind in other)
