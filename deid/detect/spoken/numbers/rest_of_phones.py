"""What is left of a telephone number: its end after a read-back, and its end put right later.

"oh one six three two..." / "nine six oh..." / "Nine six oh." / "...four double one"; "I gave you it
wrong. It's three, eight, eight. I'm sorry. Three double eight." Only where a number was found, and
for the latter only after a word of error; never a dose or a score that was wrong.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, data
from deid.detect.spoken.heard.pieces import Piece, is_count, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_LENGTHS, _FEWEST, _LONGEST_END, _MOST_LINES = (10, 11), 3, 6, 2
_TALK, _REACH, _AGAIN = 220, 10, 8
_WRONG = frozenset(data("context")["phones_wrong"])
_NOT_OURS = frozenset(data("context")["runs_not_ours"])


def rest_of_phones(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for ends of the telephone numbers among ``hits``."""
    phones = sorted((hit for hit in hits if hit.entity_type is _PHONE), key=lambda hit: hit.end)
    if not phones:
        return
    ends = [hit.end for hit in phones]
    starts = sorted(hit.start for hit in phones)
    wrong: Piece | None = None
    for piece in pieces(reading):
        if _is_read_back(reading, piece, starts):
            yield reading.hit(piece.first, piece.last, _PHONE, 0.75, (NAME, "read-back-rest"))
        elif _is_end(reading, piece) and _spoken_of(reading, piece, ends):
            again = wrong and piece.digits == wrong.digits and piece.first - wrong.last <= _AGAIN
            if again or _led(reading, piece):
                wrong = piece
                yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "end-put-right"))


def _is_read_back(reading: Reading, piece: Piece, starts: list[int]) -> bool:
    """Whether a piece that a telephone number begins is one when what was read back is left out."""
    low = reading.words.starts[piece.first]
    place = bisect_left(starts, low)
    if place == len(starts) or starts[place] != low or len(piece.digits) <= max(_LENGTHS):
        return False
    digits, last = "", ""
    for group in _turns(piece):
        if group != last:
            digits += group
        last = group
    return len(digits) in _LENGTHS and digits.startswith("0")


def _turns(piece: Piece) -> list[str]:
    """The digits between line feeds and full stops."""
    made: list[str] = []
    units = dict.fromkeys(piece.stretch.units[piece.start : piece.end])
    for unit, said in zip(units, piece.units(), strict=True):
        if made and piece.stretch.breaks[unit] not in (LINE, STOP):
            made[-1] += said
        else:
            made.append(said)
    return made


def _is_end(reading: Reading, piece: Piece) -> bool:
    """Three to six digits said singly, up to the end of a clause."""
    if not _FEWEST <= len(piece.digits) <= _LONGEST_END or piece.quantity or is_count(piece):
        return False
    words = reading.words
    units = dict.fromkeys(piece.stretch.units[piece.start : piece.end])
    spans = [piece.stretch.spans[unit] for unit in units]
    singly = all(words.kinds[first] & (DIGIT | MULTIPLE | FIGURE) for first, _ in spans)
    closed = words.closes(piece.last)
    near = words.words[max(0, piece.first - _REACH) : piece.last + 1]
    return singly and closed and _NOT_OURS.isdisjoint(near)


def _spoken_of(reading: Reading, piece: Piece, ends: list[int]) -> bool:
    words = reading.words
    place = bisect_left(ends, words.starts[piece.first] + 1) - 1
    return place >= 0 and ends[place] >= words.starts[max(0, piece.first - _TALK)]


def _led(reading: Reading, piece: Piece) -> bool:
    """Whether the speaker told shortly before that it was wrong."""
    words = reading.words
    said = words.words[max(0, piece.first - _REACH) : piece.first]
    lines = reading.lines_between(max(0, piece.first - _REACH), piece.first)
    return not _WRONG.isdisjoint(said) and lines <= _MOST_LINES
