"""Short numbers on which somebody is reached: extensions, bleeps, the old local numbers.

"you can reach theatres on two seven oh six", "bleep three oh four's in clinic"; "and the shop's
number?" / "Double two, nine four." Said one by one, up to the end of the clause, and only after
the words for it; never a time, a bus, a score, or "on two hundred".
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, data
from deid.detect.spoken.heard.pieces import Piece, is_count, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_FEWEST, _LONGEST, _BEFORE, _ASKED, _MORE, _ASKED_FOR = 3, 6, 5, 18, 14, 6
_REACHED = frozenset(data("context")["short_phones_reached"])
_OWN = frozenset({"own", "ours", "old"})
_CLOSED = (LINE, STOP, PAUSE, BREAK)
_NOT_OURS = frozenset(data("context")["runs_not_ours"])
_PUBLIC = frozenset({"111", "999", "101", "112", "119", "105"})


def short_phones(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such numbers that ``hits`` do not cover."""
    taken, last = covered(reading, hits), -1
    for segment in reading.segments:
        if _is_extension(reading, segment, taken) and not any(taken[segment.first : segment.last]):
            yield reading.hit(segment.first, segment.last, _PHONE, 0.65, (NAME, "extension"))
    for piece in pieces(reading):
        if not _FEWEST <= len(piece.digits) <= _LONGEST or any(taken[piece.first : piece.last]):
            continue
        if not _is_short(reading, piece):
            continue
        more = last >= 0 and piece.first - last <= _MORE and _is_ours(reading, piece)
        if more or _reached(reading, piece) or _answers(reading, piece):
            last = piece.last
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "short-phone"))


def _is_extension(reading: Reading, segment: Segment, taken: bytearray) -> bool:
    """As in "extension seven one four", "... that's the extension", "and ask for three oh nine"."""
    words, cues, first = reading.words, reading.cues, segment.first
    if segment.quantity or not segment.chars.isdigit():
        return False
    if not _FEWEST <= len(segment.chars) <= _LONGEST:
        return False
    before = cues.before(CueKind.EXTENSION, first, reach=1) is not None
    behind = words.words[segment.last : segment.last + 2] in (["that's", "the"], ["is", "the"])
    behind = behind and cues.after(CueKind.EXTENSION, segment.last + 2, reach=0) is not None
    asked = words.words[max(0, first - 2) : first] == ["ask", "for"]
    asked = asked and any(taken[max(0, first - _ASKED_FOR) : first - 2])
    return before or behind or asked


def _is_short(reading: Reading, piece: Piece) -> bool:
    words, kinds = reading.words, reading.words.kinds
    whole = len(piece.digits) == len(piece.stretch.chars)
    if piece.quantity or not whole or is_count(piece) or piece.digits in _PUBLIC:
        return False
    steps = {int(later) - int(earlier) for earlier, later in pairwise(piece.digits)}
    if len(steps) == 1 and abs(next(iter(steps))) <= 1:
        return False  # "one, two, three"
    singly = all(kinds[first] & (DIGIT | MULTIPLE | FIGURE) for first, _ in piece.stretch.spans)
    closed = piece.last >= len(words.words) or words.gap(piece.last) in _CLOSED
    near = words.words[max(0, piece.first - _ASKED) : piece.last]
    return singly and closed and _NOT_OURS.isdisjoint(near)


def _reached(reading: Reading, piece: Piece) -> bool:
    """As in "reach theatres on two seven oh six": figures are no year or price there."""
    words = reading.words
    said = words.words[max(0, piece.first - _BEFORE - 1) : piece.first]
    spoken = words.kinds[piece.first] & (DIGIT | MULTIPLE)
    return bool(spoken) and said[-1:] == ["on"] and not _REACHED.isdisjoint(said)


def _answers(reading: Reading, piece: Piece) -> bool:
    """Whether it is the first that is said to a question for a telephone number."""
    words = reading.words
    if len(piece.digits) == _FEWEST or not reading.starts_turn(piece.first):
        return False
    distance = reading.cues.before(CueKind.PHONE, piece.first, reach=_ASKED)
    if distance is None or not words.kinds[piece.first] & (DIGIT | MULTIPLE):
        return False
    return "number" in words.words[max(0, piece.first - distance - 2) : piece.first]


def _is_ours(reading: Reading, piece: Piece) -> bool:
    """As in "and ours was double two, one seven"."""
    return not _OWN.isdisjoint(reading.words.words[max(0, piece.first - _BEFORE) : piece.first])
